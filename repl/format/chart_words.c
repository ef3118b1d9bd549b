/* What is written on a chart, and the scale it is drawn by. */
#include <math.h>
#include <string.h>

#include "base/translate.h"
#include "repl/format/cell.h"
#include "repl/format/chart.h"
#include "repl/format/count.h"

void chart_append_point(struct text *out, const struct plot *plot, size_t point, size_t series,
                        const struct style *style) {
  (void)series;
  cell_append(out, plot->x, plot->points[point], style, false);
}

void chart_append_series(struct text *out, const struct plot *plot, size_t point, size_t series,
                         const struct style *style) {
  (void)point;
  const struct plot_series *drawn = &plot->series[series];
  if (drawn->value)
    cell_append(out, plot->by, drawn->value, style, false);
  else
    cell_append_title(out, drawn->column, style);
}

void chart_append_figure(struct text *out, const struct plot *plot, size_t point, size_t series,
                         const struct style *style) {
  cell_append(out, plot->series[series].column, plot_cell(plot, point, series), style, false);
}

static const char *currency_of(const struct plot *plot) {
  for (size_t i = 0; i < plot->point_count * plot->series_count; i++)
    if (plot->cells[i].type == VALUE_MONEY)
      return plot->cells[i].as.money.currency;
  return NULL;
}

/* A round number of the scale as the column shows its figures, but money without what are zeros
 * anyway. */
void chart_append_tick(struct text *out, const struct plot *plot, double number,
                       const struct style *style) {
  struct result_column column = *plot->y;
  struct value value = value_number(number);
  const char *currency = currency_of(plot);
  column.decimals = -1;
  if (column.type == FIELD_MONEY)
    column.type = FIELD_NUMBER;
  if (column.type == FIELD_PERCENT)
    column.decimals = fabs(number * 100 - round(number * 100)) < 1e-9 ? 0 : 1;
  if (column.type == FIELD_MINUTES)
    value = value_integer((int64_t)llround(number));
  bool whole = fabs(number) < 1e15 && number == floor(number);
  if (currency && whole) /* 5,000: an amount is never a year */
    cell_append_count(out, (int64_t)number);
  else
    cell_append(out, &column, &value, style, false);
  if (currency)
    text_format(out, " %s", currency);
}

void chart_append_subject(struct text *out, const struct plot *plot, const struct style *style) {
  struct text drawn = {0}, points = {0};
  if (plot->by)
    cell_append_title(&drawn, plot->y, style);
  for (size_t s = 0; !plot->by && s < plot->series_count; s++) {
    text_append(&drawn, s ? ", " : "");
    cell_append_title(&drawn, plot->series[s].column, style);
  }
  cell_append_title(&points, plot->x, style);
  if (plot->by) {
    text_append(&points, ", ");
    cell_append_title(&points, plot->by, style);
  }
  text_format(out, translate("%s by %s"), text_string(&drawn), text_string(&points));
  out->failed = out->failed || drawn.failed || points.failed;
  text_release(&drawn);
  text_release(&points);
}

/* Shares and means have no sum. */
void chart_append_sum(struct text *out, const struct plot *plot, size_t point, size_t series,
                      const struct style *style) {
  (void)series;
  struct value sum = value_null();
  struct error ignored; /* too large to be written */
  const struct result_column *column = plot->y;
  for (size_t s = 0; s < plot->series_count; s++) {
    const struct value *cell = plot_cell(plot, point, s);
    if (value_is_null(cell))
      continue;
    if (value_is_null(&sum))
      sum = *cell;
    else if (!plot_add(&sum, cell, &ignored))
      return;
  }
  if (column->type != FIELD_PERCENT)
    cell_append(out, column, &sum, style, false);
}

/* What the drawing is not: what was asked for, or all there is. */
void chart_append_remark(struct text *out, const struct plot *plot, const struct result *result,
                         const struct style *style) {
  struct text asked = {0}, drawn = {0};
  size_t start = out->length;
  if (plot->unset) {
    cell_append_title(&asked, plot->unset, style);
    cell_append_title(&drawn, plot->y, style);
    text_format(out, translate("no figures in \"%s\": \"%s\" is drawn"), text_string(&asked),
                text_string(&drawn));
  }
  if (plot->left_out) {
    text_append(out, out->length > start ? "; " : "");
    text_clear(&asked);
    text_clear(&drawn);
    cell_append_count(&drawn, (int64_t)plot->point_count);
    cell_append_count(&asked, (int64_t)(plot->point_count + plot->left_out));
    text_format(out, translate("the first %s of %s; more with --limit"), text_string(&drawn),
                text_string(&asked));
  }
  if (result->cut_from) {
    text_append(out, out->length > start ? "; " : "");
    count_append(out, result);
  }
  out->failed = out->failed || asked.failed || drawn.failed;
  text_release(&asked);
  text_release(&drawn);
}

static bool is_same_series(const struct plot_series *one, const struct plot_series *other) {
  if (!one->value || !other->value)
    return !one->value && !other->value && strcmp(one->column->name, other->column->name) == 0;
  return value_equal(one->value, other->value);
}

bool chart_is_changed(const struct plot *plot, const struct plot *before, size_t point,
                      size_t series) {
  size_t p = 0, s = 0;
  while (p < before->point_count && !value_equal(before->points[p], plot->points[point]))
    p++;
  while (s < before->series_count && !is_same_series(&before->series[s], &plot->series[series]))
    s++;
  return p == before->point_count || s == before->series_count ||
         !value_equal(plot_cell(before, p, s), plot_cell(plot, point, series));
}

size_t chart_widest(const struct plot *plot, chart_words_fn append, const struct style *style) {
  size_t widest = 0;
  struct text text = {0};
  for (size_t p = 0; p < plot->point_count; p++)
    for (size_t s = 0; s < plot->series_count; s++) {
      text_clear(&text);
      append(&text, plot, p, s, style);
      size_t width = text_width(text_string(&text), text.length);
      widest = width > widest ? width : widest;
    }
  text_release(&text);
  return widest;
}

void chart_float(const struct plot *plot, size_t point, double *from, double *to) {
  double ground = 0;
  for (size_t p = 0; p <= point; p++) {
    *from = plot->totals[p] ? 0 : ground;
    ground = plot->totals[p] ? plot_number(plot, p, 0) : ground + plot_number(plot, p, 0);
  }
  *to = ground;
}

static void widen(struct scale *scale, double number) {
  scale->low = number < scale->low ? number : scale->low;
  scale->high = number > scale->high ? number : scale->high;
}

static void widen_by_point(struct scale *scale, const struct plot *plot, size_t point) {
  double sum = 0, from = 0, to = 0;
  for (size_t s = 0; s < plot->series_count; s++) {
    sum += plot_number(plot, point, s);
    if (plot->type != CHART_WATERFALL)
      widen(scale, plot->type == CHART_STACKED ? sum : plot_number(plot, point, s));
  }
  if (plot->type != CHART_WATERFALL)
    return;
  chart_float(plot, point, &from, &to);
  widen(scale, from);
  widen(scale, to);
}

/* 1, 2 or 5 times a power of ten: three to six steps. */
static double round_step(double span) {
  double power = pow(10, floor(log10(span / 4)));
  double times = span / 4 / power;
  return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

struct scale chart_scale(const struct plot *plot) {
  struct scale scale = {0};
  for (size_t p = 0; p < plot->point_count; p++)
    widen_by_point(&scale, plot, p);
  if (scale.high == scale.low)
    scale.high = scale.low + 1;
  scale.step = round_step(scale.high - scale.low);
  if (plot->type != CHART_LINE)
    return scale;
  if (plot->y->type == FIELD_INTEGER && scale.step < 1)
    scale.step = 1;
  scale.low = floor(scale.low / scale.step) * scale.step;
  scale.high = ceil(scale.high / scale.step) * scale.step;
  return scale;
}

const char *chart_mark(size_t series, const struct style *style) {
  static const char *const marks[] = {"█", "▒", "▓", "░", "▚", "◆", "●", "○"};
  static const char *const letters[] = {"#", "=", "+", ":", "*", "%", "o", "."};
  size_t count = sizeof marks / sizeof *marks;
  return style->ascii ? letters[series % count] : marks[series % count];
}

enum paint chart_paint(size_t series) {
  static const enum paint paints[] = {PAINT_BLUE, PAINT_YELLOW, PAINT_GREEN, PAINT_MAGENTA,
                                      PAINT_CYAN, PAINT_RED,    PAINT_BOLD,  PAINT_DIM};
  return paints[series % (sizeof paints / sizeof *paints)];
}
