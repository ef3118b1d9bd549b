/* The figures of a chart: its rows as points and series. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/plot_choice.h"

enum { SERIES_TOLD_APART = 8, GRID_MOST = 60, POINTS_MOST = 1000, POINTS_USUAL = 50 };

static const struct result_column *column_at(const struct result *result, int index) {
  return list_at(&result->columns, (size_t)index);
}

static const struct result_row *row_at(const struct result *result, size_t index) {
  return list_at(&result->rows, index);
}

/* "2026-05" "2026-W12" "2026" and days. */
static bool is_time(const struct value *value) {
  if (value->type == VALUE_DATE || value->type == VALUE_INSTANT)
    return true;
  if (value->type != VALUE_TEXT || value->as.text.length < 4)
    return false;
  const char *text = value->as.text.data;
  return strspn(text, "0123456789") == 4 && (text[4] == '\0' || text[4] == '-');
}

static enum chart_type choose_type(const struct plot *plot) {
  size_t named = 0, times = 0;
  for (size_t i = 0; i < plot->point_count; i++) {
    named += !value_is_null(plot->points[i]);
    times += is_time(plot->points[i]);
  }
  if (times > 2 && times == named)
    return CHART_LINE;
  return plot->by ? CHART_STACKED : CHART_BAR;
}

static void add_point(struct plot *plot, const struct result_row *row, int x) {
  plot->totals[plot->point_count] = row->summary;
  plot->points[plot->point_count++] = &row->values[x];
}

/* Days and other measures are integers, too: their unit tells them from numbers of things. */
static bool may_be_added(const struct result_column *column) {
  bool is_measure = column->unit && *column->unit;
  return column->type == FIELD_MONEY || column->type == FIELD_MINUTES ||
         (column->type == FIELD_INTEGER && !is_measure);
}

/* Records of one name stay apart where what is drawn of them has no sum. */
static bool stay_apart(const struct plot *plot, const struct result *result) {
  bool records = result->rows.count > 0;
  for (size_t i = 0; i < result->rows.count; i++)
    records = records && (row_at(result, i)->summary || row_at(result, i)->id);
  return records && !plot->by && !may_be_added(plot->y);
}

/* Each row becomes a point. */
static void read_every_row(struct plot *plot, const struct result *result, int x) {
  for (size_t i = 0; i < result->rows.count; i++)
    if (!row_at(result, i)->summary || plot->type == CHART_WATERFALL)
      add_point(plot, row_at(result, i), x);
}

/* Rows of the same name are one point, which stands where the first of them does. */
static bool read_names(struct plot *plot, const struct result *result, int x, struct error *err) {
  size_t *rows = NULL;
  bool *first = memory_new_array(result->rows.count, sizeof *first);
  if (!first || !plot_sort_rows(&rows, result, x, err)) {
    memory_free(first);
    return error_memory(err);
  }
  const struct value *before = NULL;
  for (size_t i = 0; i < result->rows.count; i++) {
    const struct result_row *row = row_at(result, rows[i]);
    if (row->summary)
      continue;
    first[rows[i]] = !before || !value_equal(before, &row->values[x]);
    before = &row->values[x];
  }
  for (size_t i = 0; i < result->rows.count; i++)
    if (first[i])
      add_point(plot, row_at(result, i), x);
  memory_free(first);
  memory_free(rows);
  return true;
}

/* What has no time has no place on a line. */
static void drop_unnamed(struct plot *plot) {
  size_t kept = 0;
  for (size_t i = 0; i < plot->point_count; i++)
    if (!value_is_null(plot->points[i]))
      plot->points[kept++] = plot->points[i];
  plot->point_count = kept;
}

static int compare_points(const void *left, const void *right, void *plot) {
  const struct value *const *a = left, *const *b = right;
  return result_compare(((const struct plot *)plot)->x, *a, *b);
}

/* Rows that were put together came in any order. */
static void sort_merged(struct plot *plot, const struct result *result) {
  size_t rows = 0;
  for (size_t i = 0; i < result->rows.count; i++)
    rows += !row_at(result, i)->summary;
  if (plot->point_count < rows && !plot->by)
    qsort_r(plot->points, plot->point_count, sizeof *plot->points, compare_points, plot);
}

static size_t series_of(const struct plot *plot, const struct value *value) {
  size_t i = 0;
  while (i < plot->series_count && !value_equal(plot->series[i].value, value))
    i++;
  return i;
}

static void add_series(struct plot *plot, const struct result_column *column,
                       const struct value *value) {
  size_t at = plot->series_count++;
  while (value && at > 0 && result_compare(plot->by, plot->series[at - 1].value, value) > 0) {
    plot->series[at] = plot->series[at - 1];
    at--;
  }
  plot->series[at] = (struct plot_series){column, value};
}

/* point_count when it is not drawn. */
static size_t point_of(const struct plot *plot, const struct value *name) {
  size_t i = 0;
  while (i < plot->point_count && !value_equal(plot->points[i], name))
    i++;
  return i;
}

/* One more than can be drawn is enough to know that there are too many. */
static void read_series(struct plot *plot, const struct result *result,
                        const struct plot_choice *choice) {
  for (size_t i = 0; !plot->by && i < choice->y_count; i++)
    add_series(plot, choice->counted ? plot->y : column_at(result, choice->y[i]), NULL);
  for (size_t i = 0; plot->by && i < result->rows.count && plot->series_count <= GRID_MOST; i++) {
    const struct result_row *row = row_at(result, i);
    const struct value *value = &row->values[choice->by];
    if (!row->summary && series_of(plot, value) == plot->series_count &&
        (!plot->left_out || point_of(plot, &row->values[choice->x]) < plot->point_count))
      add_series(plot, plot->y, value);
  }
}

/* A line or a waterfall without its end would tell another story. */
static bool cut(struct plot *plot, size_t most, struct error *err) {
  bool whole = plot->type == CHART_LINE || plot->type == CHART_WATERFALL;
  most = whole || most > POINTS_MOST ? POINTS_MOST : most ? most : POINTS_USUAL;
  if (plot->point_count <= most)
    return true;
  if (whole)
    return error_set(err, ERROR_INVALID,
                     "more than %d points are no %s chart: keep some with --where", POINTS_MOST,
                     chart_type_name(plot->type));
  plot->left_out = plot->point_count - most;
  plot->point_count = most;
  return true;
}

bool plot_add(struct value *sum, const struct value *value, struct error *err) {
  if (sum->type == VALUE_MONEY && value->type == VALUE_MONEY)
    return money_add(&sum->as.money, sum->as.money, value->as.money, err);
  if (sum->type == VALUE_INTEGER && value->type == VALUE_INTEGER &&
      !__builtin_add_overflow(sum->as.integer, value->as.integer, &sum->as.integer))
    return true;
  return error_set(err, ERROR_INVALID, "what is drawn has no sum");
}

static bool put(const struct plot *plot, size_t point, size_t series, const struct value *value,
                struct error *err) {
  struct value *cell = &plot->cells[point * plot->series_count + series];
  const struct result_column *column = plot->series[series].column;
  bool is_number =
      value->type == VALUE_INTEGER || value->type == VALUE_NUMBER || value->type == VALUE_MONEY;
  if (value_is_null(value) || !is_number)
    return value_is_null(value) ||
           error_set(err, ERROR_INVALID, "column '%s' holds no numbers to draw", column->name);
  if (value_is_null(cell)) {
    *cell = *value;
    return true;
  }
  if (!may_be_added(column))
    return error_set(err, ERROR_INVALID,
                     "several rows are one point, and '%s' can't be added up: name the column that "
                     "parts them, as in: by %s,COLUMN",
                     column->name, plot->x->name);
  return plot_add(cell, value, err);
}

static bool read_cells(struct plot *plot, const struct result *result,
                       const struct plot_choice *choice, bool by_row, struct error *err) {
  const struct value one = value_integer(1);
  size_t next = 0;
  for (size_t i = 0; i < result->rows.count; i++) {
    const struct result_row *row = row_at(result, i);
    if (row->summary && plot->type != CHART_WATERFALL)
      continue;
    if (plot->type == CHART_LINE && value_is_null(&row->values[choice->x]))
      continue;
    size_t point = by_row ? next++ : point_of(plot, &row->values[choice->x]);
    size_t series = plot->by ? series_of(plot, &row->values[choice->by]) : 0;
    for (size_t y = 0; point < plot->point_count && y < choice->y_count; y++)
      if (!put(plot, point, series + y, choice->counted ? &one : &row->values[choice->y[y]], err))
        return false;
  }
  return true;
}

static bool check_currency(const struct plot *plot, struct error *err) {
  const char *first = NULL;
  for (size_t i = 0; i < plot->point_count * plot->series_count; i++) {
    const struct value *cell = &plot->cells[i];
    const char *currency = cell->type == VALUE_MONEY ? cell->as.money.currency : first;
    if (first && strcmp(first, currency) != 0)
      return error_set(err, ERROR_INVALID,
                       "%s and %s have no common scale; keep one of them: --where \"%s>=0 %s\"",
                       first, currency, plot->y->name, first);
    first = currency;
  }
  return true;
}

/* What the drawing would tell wrongly. */
static bool check_shape(const struct plot *plot, struct error *err) {
  size_t most = plot->type == CHART_HEAT ? GRID_MOST : SERIES_TOLD_APART;
  bool alone = plot->type == CHART_FUNNEL || plot->type == CHART_WATERFALL;
  bool positive = plot->type == CHART_FUNNEL || plot->type == CHART_STACKED;
  if (alone && plot->series_count > 1)
    return error_set(err, ERROR_USAGE, "a %s draws one column", chart_type_name(plot->type));
  if (plot->series_count > most)
    return error_set(err, ERROR_INVALID,
                     "more than %zu series can't be told apart: keep some with --where, or try "
                     "--type heat",
                     most);
  for (size_t p = 0; positive && p < plot->point_count; p++)
    for (size_t s = 0; s < plot->series_count; s++)
      if (plot_number(plot, p, s) < 0)
        return error_set(err, ERROR_INVALID, "amounts below zero are no part of a %s chart",
                         chart_type_name(plot->type));
  return check_currency(plot, err);
}

static bool make_room(struct plot *plot, const struct result *result, struct error *err) {
  size_t most = result->rows.count + CHART_COLUMNS;
  plot->points = memory_new_array(result->rows.count, sizeof *plot->points);
  plot->totals = memory_new_array(result->rows.count, sizeof *plot->totals);
  plot->series = memory_new_array(most, sizeof *plot->series);
  return (plot->points && plot->totals && plot->series) || error_memory(err);
}

static bool fill(struct plot *plot, const struct result *result, const struct chart *chart,
                 const struct plot_choice *choice, struct error *err) {
  bool by_row = plot->type == CHART_WATERFALL || stay_apart(plot, result);
  if (!make_room(plot, result, err))
    return false;
  if (by_row)
    read_every_row(plot, result, choice->x);
  else if (!read_names(plot, result, choice->x, err))
    return false;
  if (!by_row)
    sort_merged(plot, result);
  if (!chart->has_type)
    plot->type = choose_type(plot);
  if (plot->type == CHART_LINE)
    drop_unnamed(plot);
  if (!cut(plot, chart->most, err))
    return false;
  if (plot->type == CHART_LINE && !plot_place_points(plot, err))
    return false;
  read_series(plot, result, choice);
  if (!chart->has_type && plot->series_count > SERIES_TOLD_APART)
    plot->type = CHART_HEAT;
  if (plot->point_count)
    plot->totals[0] = true;
  plot->cells = memory_new_array(plot->point_count * plot->series_count, sizeof *plot->cells);
  if (!plot->cells)
    return error_memory(err);
  return read_cells(plot, result, choice, by_row, err) && check_shape(plot, err);
}

/* What the columns are called. */
static void set_columns(struct plot *plot, const struct result *result,
                        const struct plot_choice *choice) {
  plot->count = (struct result_column){.name = (char *)CHART_COUNT,
                                       .title = (char *)translate("Number"),
                                       .type = FIELD_INTEGER,
                                       .decimals = -1};
  plot->x = column_at(result, choice->x);
  plot->y = choice->counted ? &plot->count : column_at(result, choice->y[0]);
  plot->by = choice->by == PLOT_NONE ? NULL : column_at(result, choice->by);
  plot->unset = choice->unset == PLOT_NONE ? NULL : column_at(result, choice->unset);
}

bool plot_init(struct plot *plot, const struct result *result, const struct chart *chart,
               struct error *err) {
  struct plot_choice choice;
  *plot = (struct plot){.type = chart->has_type ? chart->type : CHART_BAR};
  if (result->document || result->columns.count == 0)
    return error_set(err, ERROR_USAGE, "the answer has no columns to draw");
  if (!plot_choose(&choice, result, chart, err))
    return false;
  set_columns(plot, result, &choice);
  if (fill(plot, result, chart, &choice, err))
    return true;
  plot_release(plot);
  return false;
}

void plot_release(struct plot *plot) {
  memory_free(plot->points);
  memory_free(plot->places);
  memory_free(plot->totals);
  memory_free(plot->series);
  memory_free(plot->cells);
  *plot = (struct plot){0};
}

const struct value *plot_cell(const struct plot *plot, size_t point, size_t series) {
  return &plot->cells[point * plot->series_count + series];
}

double plot_number(const struct plot *plot, size_t point, size_t series) {
  const struct value *cell = plot_cell(plot, point, series);
  switch (cell->type) {
  case VALUE_INTEGER:
    return (double)cell->as.integer;
  case VALUE_NUMBER:
    return cell->as.number;
  case VALUE_MONEY:
    return money_to_number(cell->as.money);
  default:
    return 0;
  }
}
