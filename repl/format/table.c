#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/chart.h"
#include "repl/format/cell.h"
#include "repl/format/count.h"
#include "repl/format/document.h"

enum { NARROWEST = 10 }; /* a text or a heading is never cut below that, another value not at all */

/* The texts of all cells, measured once. Column 0 may be the #id of the row's record. */
struct grid {
  const struct result *result;
  const struct style *style;
  bool has_ids, repeats_ids; /* the result's first column is told by the #ids */
  size_t columns, rows;      /* rows counts the titles as row 0 */
  char **cells;              /* owned texts */
  size_t *widths;            /* of each cell */
  size_t *shown;             /* width given to each column */
  size_t *least;             /* what it needs at least */
};

/* Of a column behind the #ids, among those of the result. */
static size_t place_of(const struct grid *grid, size_t column) {
  return column - grid->has_ids + grid->repeats_ids;
}

static const struct result_column *grid_column(const struct grid *grid, size_t column) {
  if (grid->has_ids && column == 0)
    return NULL;
  return list_at(&grid->result->columns, place_of(grid, column));
}

static const struct result_row *grid_row(const struct grid *grid, size_t row) {
  return list_at(&grid->result->rows, row - 1);
}

/* Where it is the first one, it looks like that of listings. */
static bool repeats_ids(const struct result *result, const struct style *style) {
  const struct result_column *first =
      result->columns.count > 1 ? list_at(&result->columns, 0) : NULL;
  bool repeats = style->ids && first && strcmp(first->name, "id") == 0 && result->rows.count;
  for (size_t i = 0; repeats && i < result->rows.count; i++) {
    const struct value *id = &((struct result_row *)list_at(&result->rows, i))->values[0];
    repeats = value_is_null(id) || id->type == VALUE_INTEGER;
  }
  return repeats;
}

static bool shows_ids(const struct result *result, const struct style *style) {
  return cell_shows_ids(result, style) || repeats_ids(result, style);
}

static int64_t id_of(const struct grid *grid, const struct result_row *row) {
  bool told = grid->repeats_ids && row->values[0].type == VALUE_INTEGER;
  return told ? row->values[0].as.integer : row->id;
}

static bool is_changed(const struct grid *grid, size_t row, size_t column) {
  return row > 0 && grid_column(grid, column) &&
         cell_is_changed(grid->result, grid->style, row - 1, place_of(grid, column));
}

static void append_cell(struct text *out, const struct grid *grid, size_t row, size_t column) {
  const struct result_column *described = grid_column(grid, column);
  const struct result_row *values = row ? grid_row(grid, row) : NULL;
  if (!described && !values)
    text_append(out, "#");
  else if (!described && id_of(grid, values))
    text_format(out, "#%lld", (long long)id_of(grid, values));
  else if (described && !values)
    cell_append_title(out, described, grid->style);
  else if (described)
    cell_append(out, described, &values->values[place_of(grid, column)], grid->style, false);
  if (is_changed(grid, row, column) && !grid->style->colour)
    text_append_char(out, '*');
}

/* A part of a text says something, a part of a number, a day or an id something else. */
static bool is_cut(const struct result_column *column) {
  return column && !result_is_number(column) && column->type != FIELD_DATE &&
         column->type != FIELD_INSTANT && column->type != FIELD_REF;
}

static bool fill_cell(struct grid *grid, size_t row, size_t column, struct error *err) {
  struct text cell = {0};
  append_cell(&cell, grid, row, column);
  size_t index = row * grid->columns + column;
  size_t width = grid->widths[index] = text_width(text_string(&cell), cell.length);
  size_t least = row == 0 || is_cut(grid_column(grid, column)) ? NARROWEST : width;
  if (width > grid->shown[column])
    grid->shown[column] = width;
  if (least > grid->least[column])
    grid->least[column] = least;
  grid->cells[index] = text_take(&cell, err);
  return grid->cells[index] != NULL;
}

static void grid_release(struct grid *grid) {
  for (size_t i = 0; grid->cells && i < grid->columns * grid->rows; i++)
    memory_free(grid->cells[i]);
  memory_free(grid->cells);
  memory_free(grid->widths);
  memory_free(grid->shown);
  memory_free(grid->least);
}

static bool grid_fill(struct grid *grid, const struct result *result, const struct style *style,
                      struct error *err) {
  *grid = (struct grid){.result = result,
                        .style = style,
                        .has_ids = shows_ids(result, style),
                        .repeats_ids = repeats_ids(result, style)};
  grid->columns = result->columns.count + grid->has_ids - grid->repeats_ids;
  grid->rows = result->rows.count + 1;
  grid->cells = memory_new_array(grid->columns * grid->rows, sizeof *grid->cells);
  grid->widths = memory_new_array(grid->columns * grid->rows, sizeof *grid->widths);
  grid->shown = memory_new_array(grid->columns, sizeof *grid->shown);
  grid->least = memory_new_array(grid->columns, sizeof *grid->least);
  bool done = grid->cells && grid->widths && grid->shown && grid->least;
  if (!done)
    error_memory(err);
  for (size_t row = 0; row < grid->rows; row++)
    for (size_t column = 0; done && column < grid->columns; column++)
      done = fill_cell(grid, row, column, err);
  if (!done)
    grid_release(grid);
  return done;
}

static size_t grid_width(const struct grid *grid) {
  size_t sum = grid->columns ? 3 * (grid->columns - 1) : 0;
  for (size_t i = 0; i < grid->columns; i++)
    sum += grid->shown[i];
  return sum;
}

/* Takes from the widest column that can give until the table fits; false when none can. */
static bool grid_shrink(struct grid *grid, size_t width) {
  while (grid_width(grid) > width) {
    size_t widest = grid->columns;
    for (size_t i = grid->has_ids; i < grid->columns; i++)
      if (grid->shown[i] > grid->least[i] &&
          (widest == grid->columns || grid->shown[i] > grid->shown[widest]))
        widest = i;
    if (widest == grid->columns)
      return false;
    grid->shown[widest]--;
  }
  return true;
}

static enum paint paint_of(const struct grid *grid, size_t row, size_t column) {
  const struct result_column *described = grid_column(grid, column);
  if (is_changed(grid, row, column))
    return PAINT_CHANGED;
  if (row == 0 || grid_row(grid, row)->summary)
    return PAINT_BOLD;
  if (!described || grid_row(grid, row)->values[place_of(grid, column)].type == VALUE_NULL)
    return PAINT_DIM;
  return PAINT_NONE;
}

static void append_fitted(struct text *out, const struct grid *grid, size_t index, size_t width) {
  const char *cell = grid->cells[index];
  if (grid->widths[index] <= width) {
    text_append(out, cell);
    return;
  }
  const char *mark = grid->style->ascii ? "~" : "…";
  size_t length = text_fit(cell, strlen(cell), width - 1);
  text_append_bytes(out, cell, length);
  text_append(out, mark);
  text_append_repeat(out, " ", width - 1 - text_width(cell, length));
}

static void append_row(struct text *out, const struct grid *grid, size_t row) {
  for (size_t c = 0; c < grid->columns; c++) {
    size_t index = row * grid->columns + c;
    const struct result_column *described = grid_column(grid, c);
    size_t width = grid->shown[c];
    size_t room = grid->widths[index] < width ? width - grid->widths[index] : 0;
    bool right = !described || result_is_number(described);
    bool last = c + 1 == grid->columns;
    enum paint paint = paint_of(grid, row, c);
    if (right)
      text_append_repeat(out, " ", room);
    paint_begin(out, paint, grid->style);
    append_fitted(out, grid, index, width);
    paint_end(out, paint, grid->style);
    if (!right && !last)
      text_append_repeat(out, " ", room);
    if (!last)
      text_append(out, grid->style->ascii ? " | " : " │ ");
  }
  text_append_char(out, '\n');
}

static void append_line(struct text *out, const struct grid *grid) {
  bool ascii = grid->style->ascii;
  for (size_t c = 0; c < grid->columns; c++) {
    text_append_repeat(out, ascii ? "-" : "─", grid->shown[c] + (c > 0) + (c + 1 < grid->columns));
    if (c + 1 < grid->columns)
      text_append(out, ascii ? "+" : "┼");
  }
  text_append_char(out, '\n');
}

static void append_rows(struct text *out, const struct grid *grid) {
  append_row(out, grid, 0);
  append_line(out, grid);
  for (size_t r = 1; r < grid->rows; r++) {
    bool first_summary = grid_row(grid, r)->summary && (r == 1 || !grid_row(grid, r - 1)->summary);
    if (first_summary && r > 1)
      append_line(out, grid);
    append_row(out, grid, r);
  }
  if (grid->rows == 1)
    text_format(out, "%s\n", translate("(no rows)"));
}

bool table_write(const struct result *result, const struct style *style, struct text *out,
                 struct error *err) {
  if (result->document)
    return document_write(result, style, out, err);
  if (result->chart && result->chart->drawn)
    return chart_write(result, style, out, err);
  struct grid grid;
  if (result->single)
    return record_write(result, style, out, err);
  if (!grid_fill(&grid, result, style, err))
    return false;
  bool fits = !style->width || grid_shrink(&grid, style->width);
  if (fits) {
    cell_append_title_line(out, result, style);
    append_rows(out, &grid);
    count_append_line(out, result, style);
    cell_append_notes(out, result, style);
  }
  grid_release(&grid);
  return fits ? text_check(out, err) : record_write(result, style, out, err);
}
