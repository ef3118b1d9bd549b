/* The figures of a chart: its columns chosen, its rows as points and series. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/chart.h"

enum { SERIES_TOLD_APART = 8, GRID_MOST = 60, POINTS_MOST = 1000, NONE = -1 };

/* The columns of a chart by their numbers. */
struct choice {
  int x, by, y[CHART_COLUMNS];
  size_t y_count;
};

static const struct result_column *column_at(const struct result *result, int index) {
  return list_at(&result->columns, (size_t)index);
}

static const struct result_row *row_at(const struct result *result, size_t index) {
  return list_at(&result->rows, index);
}

static bool find(const struct result *result, const char *name, int *out, struct error *err) {
  size_t index = 0;
  if (!name)
    return true;
  if (!result_find_column(result, name, &index, err))
    return false;
  *out = (int)index;
  return true;
}

static bool is_drawable(const struct result_column *column) {
  return result_is_number(column) && strcmp(column->name, "id") != 0;
}

static bool has_figures(const struct result *result, int column) {
  for (size_t i = 0; i < result->rows.count; i++)
    if (!value_is_null(&row_at(result, i)->values[column]))
      return true;
  return result->rows.count == 0;
}

/* Money says more than numbers of things, these more than shares. */
static int choose_y(const struct result *result) {
  static const enum field_type order[] = {FIELD_MONEY, FIELD_INTEGER, FIELD_NUMBER, FIELD_MINUTES,
                                          FIELD_PERCENT};
  for (size_t t = 0; t < sizeof order / sizeof *order; t++)
    for (int i = 0; i < (int)result->columns.count; i++)
      if (column_at(result, i)->type == order[t] && is_drawable(column_at(result, i)) &&
          has_figures(result, i))
        return i;
  return NONE;
}

static bool is_chosen(const struct choice *choice, int column) {
  for (size_t i = 0; i < choice->y_count; i++)
    if (choice->y[i] == column)
      return true;
  return column == choice->x;
}

/* The next column of names from there. */
static int next_names(const struct result *result, const struct choice *choice, int from) {
  for (int i = from; i < (int)result->columns.count; i++)
    if (!result_is_number(column_at(result, i)) && !is_chosen(choice, i))
      return i;
  return NONE;
}

/* More rows than there may be points are equal or too many. */
static bool has_equal_points(const struct result *result, int x) {
  if (result->rows.count > POINTS_MOST)
    return true;
  for (size_t i = 0; i < result->rows.count; i++)
    for (size_t j = 0; j < i; j++)
      if (!row_at(result, i)->summary && !row_at(result, j)->summary &&
          value_equal(&row_at(result, i)->values[x], &row_at(result, j)->values[x]))
        return true;
  return false;
}

static bool check_y(const struct result *result, const struct choice *choice, struct error *err) {
  const struct result_column *first = column_at(result, choice->y[0]);
  for (size_t i = 0; i < choice->y_count; i++) {
    const struct result_column *column = column_at(result, choice->y[i]);
    if (!result_is_number(column))
      return error_set(err, ERROR_USAGE, "column '%s' holds no numbers to draw", column->name);
    if (column->type != first->type)
      return error_set(err, ERROR_USAGE, "'%s' and '%s' have no common scale: draw one of them",
                       first->name, column->name);
  }
  return true;
}

static bool choose(struct choice *choice, const struct result *result, const struct chart *chart,
                   struct error *err) {
  *choice = (struct choice){.x = NONE, .by = NONE};
  for (size_t i = 0; chart->y[i]; i++, choice->y_count++)
    if (!find(result, chart->y[i], &choice->y[i], err))
      return false;
  if (!find(result, chart->x, &choice->x, err) || !find(result, chart->by, &choice->by, err))
    return false;
  if (choice->y_count == 0) {
    choice->y[choice->y_count++] = choose_y(result);
    if (choice->y[0] == NONE)
      return error_set(err, ERROR_USAGE, "'%s' has no numbers to draw", result->name);
  }
  if (choice->x == NONE)
    choice->x = next_names(result, choice, 0);
  if (choice->x == NONE)
    choice->x = 0;
  if (!chart->x && !chart->by && choice->y_count == 1 && has_equal_points(result, choice->x))
    choice->by = next_names(result, choice, choice->x + 1);
  if (choice->by != NONE && choice->y_count > 1)
    return error_set(err, ERROR_USAGE, "by '%s' one column is drawn, not several", chart->by);
  return check_y(result, choice, err);
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

static size_t point_of(const struct plot *plot, const struct value *value) {
  size_t i = 0;
  while (i < plot->point_count && !value_equal(plot->points[i], value))
    i++;
  return i;
}

/* A waterfall goes row by row; else rows of the same name are one point. */
static bool read_points(struct plot *plot, const struct result *result, int x, bool by_row,
                        struct error *err) {
  for (size_t i = 0; i < result->rows.count; i++) {
    const struct result_row *row = row_at(result, i);
    if (row->summary && plot->type != CHART_WATERFALL)
      continue;
    if (!by_row && point_of(plot, &row->values[x]) < plot->point_count)
      continue;
    if (plot->point_count == POINTS_MOST)
      return error_set(err, ERROR_INVALID,
                       "more than %d points are no chart: keep some with --where or --limit",
                       POINTS_MOST);
    plot->totals[plot->point_count] = row->summary;
    plot->points[plot->point_count++] = &row->values[x];
  }
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

static void read_series(struct plot *plot, const struct result *result,
                        const struct choice *choice) {
  for (size_t i = 0; !plot->by && i < choice->y_count; i++)
    add_series(plot, column_at(result, choice->y[i]), NULL);
  for (size_t i = 0; plot->by && i < result->rows.count; i++) {
    const struct result_row *row = row_at(result, i);
    const struct value *value = &row->values[choice->by];
    if (!row->summary && series_of(plot, value) == plot->series_count)
      add_series(plot, column_at(result, choice->y[0]), value);
  }
}

bool plot_add(struct value *sum, const struct value *value, struct error *err) {
  if (sum->type == VALUE_MONEY && value->type == VALUE_MONEY)
    return money_add(&sum->as.money, sum->as.money, value->as.money, err);
  if (sum->type == VALUE_INTEGER && value->type == VALUE_INTEGER &&
      !__builtin_add_overflow(sum->as.integer, value->as.integer, &sum->as.integer))
    return true;
  return error_set(err, ERROR_INVALID, "what is drawn has no sum");
}

static bool may_be_added(const struct result_column *column) {
  return column->type == FIELD_MONEY || column->type == FIELD_INTEGER ||
         column->type == FIELD_MINUTES;
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

static bool read_cells(struct plot *plot, const struct result *result, const struct choice *choice,
                       bool by_row, struct error *err) {
  size_t next = 0;
  for (size_t i = 0; i < result->rows.count; i++) {
    const struct result_row *row = row_at(result, i);
    if (row->summary && plot->type != CHART_WATERFALL)
      continue;
    size_t point = by_row ? next++ : point_of(plot, &row->values[choice->x]);
    size_t series = plot->by ? series_of(plot, &row->values[choice->by]) : 0;
    for (size_t y = 0; point < plot->point_count && y < choice->y_count; y++)
      if (!put(plot, point, series + y, &row->values[choice->y[y]], err))
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
                     "%zu series can't be told apart, at most %zu can: keep some with --where",
                     plot->series_count, most);
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
                 const struct choice *choice, struct error *err) {
  bool by_row = plot->type == CHART_WATERFALL && chart->has_type;
  if (!make_room(plot, result, err) || !read_points(plot, result, choice->x, by_row, err))
    return false;
  if (!by_row)
    sort_merged(plot, result);
  read_series(plot, result, choice);
  if (!chart->has_type)
    plot->type = choose_type(plot);
  if (plot->type == CHART_LINE)
    drop_unnamed(plot);
  if (plot->point_count)
    plot->totals[0] = true;
  plot->cells = memory_new_array(plot->point_count * plot->series_count, sizeof *plot->cells);
  if (!plot->cells)
    return error_memory(err);
  return read_cells(plot, result, choice, by_row, err) && check_shape(plot, err);
}

bool plot_init(struct plot *plot, const struct result *result, const struct chart *chart,
               struct error *err) {
  struct choice choice;
  *plot = (struct plot){.type = chart->type};
  if (result->document || result->columns.count == 0)
    return error_set(err, ERROR_USAGE, "the answer has no columns to draw");
  if (!choose(&choice, result, chart, err))
    return false;
  plot->x = column_at(result, choice.x);
  plot->y = column_at(result, choice.y[0]);
  plot->by = choice.by == NONE ? NULL : column_at(result, choice.by);
  if (fill(plot, result, chart, &choice, err))
    return true;
  plot_release(plot);
  return false;
}

void plot_release(struct plot *plot) {
  memory_free(plot->points);
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
