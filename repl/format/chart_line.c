/* Lines over time as characters: a grid of cells, a frame with round numbers, names below. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "repl/format/cell.h"
#include "repl/format/chart.h"

enum { ROWS_A_STEP = 3, LEAST_COLUMNS = 10 };

struct grid {
  const struct plot *plot;
  const struct style *style;
  struct scale scale;
  size_t rows, columns;
  const char **cells; /* owned: a glyph or NULL */
  size_t *series;     /* owned: whose glyph it is */
};

enum stroke {
  STROKE_FLAT,
  STROKE_UP_FROM,
  STROKE_UP_TO,
  STROKE_DOWN_FROM,
  STROKE_DOWN_TO,
  STROKE_UPRIGHT
};

static const char *glyph(enum stroke stroke, const struct style *style) {
  static const char *const lines[] = {"─", "╯", "╭", "╮", "╰", "│"};
  static const char *const letters[] = {"-", "/", "/", "\\", "\\", "|"};
  return style->ascii ? letters[stroke] : lines[stroke];
}

static void put(struct grid *grid, size_t row, size_t column, const char *mark, size_t series) {
  size_t at = row * grid->columns + column;
  grid->cells[at] = mark;
  grid->series[at] = series;
}

/* 0 is the bottom. */
static size_t row_of(const struct grid *grid, double number) {
  double part = (number - grid->scale.low) / (grid->scale.high - grid->scale.low);
  return (size_t)lround(part * (double)(grid->rows - 1));
}

static size_t column_of(const struct grid *grid, size_t point) {
  return (size_t)(plot_place(grid->plot, point) * (double)(grid->columns - 1) + 1e-9);
}

static void put_step(struct grid *grid, size_t column, size_t from, size_t to, size_t series) {
  if (from == to) {
    put(grid, from, column, glyph(STROKE_FLAT, grid->style), series);
    return;
  }
  bool up = to > from;
  size_t low = up ? from : to, high = up ? to : from;
  for (size_t row = low + 1; row < high; row++)
    put(grid, row, column, glyph(STROKE_UPRIGHT, grid->style), series);
  put(grid, from, column, glyph(up ? STROKE_UP_FROM : STROKE_DOWN_FROM, grid->style), series);
  put(grid, to, column, glyph(up ? STROKE_UP_TO : STROKE_DOWN_TO, grid->style), series);
}

static bool is_there(const struct grid *grid, size_t point, size_t series) {
  return !value_is_null(plot_cell(grid->plot, point, series));
}

/* From one point to the next, column by column. */
static void put_leg(struct grid *grid, size_t point, size_t series) {
  size_t start = column_of(grid, point), end = column_of(grid, point + 1);
  double from = plot_number(grid->plot, point, series);
  double to = plot_number(grid->plot, point + 1, series);
  size_t row = row_of(grid, from);
  for (size_t column = start + 1; column <= end; column++) {
    double part = (double)(column - start) / (double)(end - start);
    size_t next = row_of(grid, from + part * (to - from));
    put_step(grid, column, row, next, series);
    row = next;
  }
}

static void put_series(struct grid *grid, size_t series) {
  size_t count = grid->plot->point_count;
  static const char *const marks[] = {"●", "◆", "■", "▲", "○", "◇", "□", "△"};
  for (size_t p = 0; p + 1 < count; p++)
    if (is_there(grid, p, series) && is_there(grid, p + 1, series))
      put_leg(grid, p, series);
  for (size_t p = 0; p < count; p++)
    if (is_there(grid, p, series))
      put(grid, row_of(grid, plot_number(grid->plot, p, series)), column_of(grid, p),
          grid->style->ascii ? chart_mark(series, grid->style) : marks[series % 8], series);
}

static size_t count_steps(const struct scale *scale) {
  return (size_t)lround((scale->high - scale->low) / scale->step);
}

static void append_tick(struct text *out, const struct grid *grid, size_t step) {
  chart_append_tick(out, grid->plot, grid->scale.low + (double)step * grid->scale.step,
                    grid->style);
}

static size_t tick_width(const struct grid *grid) {
  size_t widest = 0;
  struct text tick = {0};
  for (size_t step = 0; step <= count_steps(&grid->scale); step++) {
    text_clear(&tick);
    append_tick(&tick, grid, step);
    size_t width = text_width(text_string(&tick), tick.length);
    widest = width > widest ? width : widest;
  }
  text_release(&tick);
  return widest;
}

static void append_row(struct text *out, const struct grid *grid, size_t row, size_t tick) {
  struct text label = {0};
  bool on_step = row % ROWS_A_STEP == 0;
  if (on_step)
    append_tick(&label, grid, row / ROWS_A_STEP);
  text_append_repeat(out, " ", tick - text_width(text_string(&label), label.length));
  text_append(out, text_string(&label));
  text_append(out, grid->style->ascii ? on_step ? " +" : " |" : on_step ? " ┤" : " │");
  size_t blanks = 0;
  for (size_t c = 0; c < grid->columns; c++) {
    size_t at = row * grid->columns + c;
    blanks += !grid->cells[at];
    if (!grid->cells[at])
      continue;
    text_append_repeat(out, " ", blanks);
    blanks = 0;
    paint_begin(out, chart_paint(grid->series[at]), grid->style);
    text_append(out, grid->cells[at]);
    paint_end(out, chart_paint(grid->series[at]), grid->style);
  }
  text_append_char(out, '\n');
  out->failed = out->failed || label.failed;
  text_release(&label);
}

/* Each stands in the middle under its point; one that would touch the one before is left out. */
static void append_names(struct text *out, const struct grid *grid, size_t indent) {
  struct text name = {0};
  size_t used = 0;
  text_append_repeat(out, " ", indent);
  for (size_t p = 0; p < grid->plot->point_count; p++) {
    text_clear(&name);
    chart_append_point(&name, grid->plot, p, 0, grid->style);
    size_t width = text_width(text_string(&name), name.length), place = column_of(grid, p);
    size_t start = place > width / 2 ? place - width / 2 : 0;
    if (start + width > grid->columns)
      start = grid->columns > width ? grid->columns - width : 0;
    if ((used && start < used + 2) || start + width > grid->columns)
      continue;
    text_append_repeat(out, " ", start - used);
    text_append(out, text_string(&name));
    used = start + width;
  }
  text_append_char(out, '\n');
  text_release(&name);
}

static bool grid_open(struct grid *grid, size_t width, size_t *tick, struct error *err) {
  *tick = tick_width(grid);
  grid->rows = count_steps(&grid->scale) * ROWS_A_STEP + 1;
  grid->columns = width > *tick + 2 + LEAST_COLUMNS ? width - *tick - 2 : LEAST_COLUMNS;
  grid->cells = memory_new_array(grid->rows * grid->columns, sizeof *grid->cells);
  grid->series = memory_new_array(grid->rows * grid->columns, sizeof *grid->series);
  return (grid->cells && grid->series) || error_memory(err);
}

bool chart_draw_lines(struct text *out, const struct plot *plot, size_t width,
                      const struct style *style, struct error *err) {
  struct grid grid = {.plot = plot, .style = style, .scale = chart_scale(plot)};
  size_t tick = 0;
  bool done = grid_open(&grid, width, &tick, err);
  for (size_t s = 0; done && s < plot->series_count; s++)
    put_series(&grid, s);
  for (size_t row = grid.rows; done && row-- > 0;)
    append_row(out, &grid, row, tick);
  if (done)
    append_names(out, &grid, tick + 2);
  memory_free(grid.cells);
  memory_free(grid.series);
  return done;
}
