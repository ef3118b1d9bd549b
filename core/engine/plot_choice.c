#include "engine/plot_choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

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
    if (!row_at(result, i)->summary && !value_is_null(&row_at(result, i)->values[column]))
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
  return PLOT_NONE;
}

static bool is_chosen(const struct plot_choice *choice, int column) {
  for (size_t i = 0; i < choice->y_count; i++)
    if (choice->y[i] == column)
      return true;
  return column == choice->x;
}

/* The next column of names from there. */
static int next_names(const struct result *result, const struct plot_choice *choice, int from) {
  for (int i = from; i < (int)result->columns.count; i++)
    if (!result_is_number(column_at(result, i)) && !is_chosen(choice, i))
      return i;
  return PLOT_NONE;
}

struct order {
  const struct result *result;
  int column;
};

static int compare_rows(const void *left, const void *right, void *payload) {
  const struct order *order = payload;
  size_t a = *(const size_t *)left, b = *(const size_t *)right;
  const struct result_row *one = row_at(order->result, a), *other = row_at(order->result, b);
  int by_value = value_compare(&one->values[order->column], &other->values[order->column]);
  return by_value ? by_value : (a > b) - (a < b);
}

bool plot_sort_rows(size_t **out, const struct result *result, int column, struct error *err) {
  struct order order = {result, column};
  size_t *rows = memory_new_array(result->rows.count, sizeof *rows);
  if (!rows)
    return error_memory(err);
  for (size_t i = 0; i < result->rows.count; i++)
    rows[i] = i;
  qsort_r(rows, result->rows.count, sizeof *rows, compare_rows, &order);
  *out = rows;
  return true;
}

static bool has_equal_points(bool *out, const struct result *result, int x, struct error *err) {
  size_t *rows = NULL;
  const struct value *before = NULL;
  *out = false;
  if (!plot_sort_rows(&rows, result, x, err))
    return false;
  for (size_t i = 0; i < result->rows.count; i++) {
    const struct result_row *row = row_at(result, rows[i]);
    if (row->summary)
      continue;
    *out = *out || (before && value_equal(before, &row->values[x]));
    before = &row->values[x];
  }
  memory_free(rows);
  return true;
}

static bool check_y(const struct result *result, const struct plot_choice *choice,
                    struct error *err) {
  const struct result_column *first = column_at(result, choice->y[0]);
  for (size_t i = 0; !choice->counted && i < choice->y_count; i++) {
    const struct result_column *column = column_at(result, choice->y[i]);
    if (!result_is_number(column))
      return error_set(err, ERROR_USAGE, "column '%s' holds no numbers to draw", column->name);
    if (column->type != first->type)
      return error_set(err, ERROR_USAGE, "'%s' and '%s' have no common scale: draw one of them",
                       first->name, column->name);
  }
  return true;
}

/* A column of that name comes first. */
static bool is_count(const struct result *result, const char *name) {
  size_t index = 0;
  struct error ignored;
  return strcmp(name, CHART_COUNT) == 0 && !result_find_column(result, name, &index, &ignored);
}

static bool read_wishes(struct plot_choice *choice, const struct result *result,
                        const struct chart *chart, struct error *err) {
  for (size_t i = 0; chart->y[i]; i++)
    if (is_count(result, chart->y[i]))
      choice->counted = true;
    else if (!find(result, chart->y[i], &choice->y[choice->y_count++], err))
      return false;
  if (choice->counted && choice->y_count > 0)
    return error_set(err, ERROR_USAGE, "the number of rows is drawn alone, without '%s'",
                     column_at(result, choice->y[0])->name);
  return find(result, chart->x, &choice->x, err) && find(result, chart->by, &choice->by, err);
}

static bool refuse(const struct result *result, const struct plot_choice *choice,
                   struct error *err) {
  int names = next_names(result, choice, 0);
  if (names == PLOT_NONE)
    return error_set(err, ERROR_USAGE, "'%s' has no numbers to draw", result->name);
  return error_set(err, ERROR_USAGE,
                   "'%s' has no numbers to draw; to count its rows say by what: by %s",
                   result->name, column_at(result, names)->name);
}

/* What was not said, and what was but has nothing to show. */
static bool choose_figures(struct plot_choice *choice, const struct result *result,
                           struct error *err) {
  bool said = choice->y_count > 0, any = choice->counted;
  for (size_t i = 0; i < choice->y_count; i++)
    any = any || has_figures(result, choice->y[i]) || !is_drawable(column_at(result, choice->y[i]));
  int other = any ? PLOT_NONE : choose_y(result);
  if (other != PLOT_NONE) {
    choice->unset = said ? choice->y[0] : PLOT_NONE;
    choice->y[0] = other;
    choice->y_count = 1;
  }
  if (any || other != PLOT_NONE || said)
    return true;
  choice->counted = choice->x != PLOT_NONE;
  return choice->counted || refuse(result, choice, err);
}

bool plot_choose(struct plot_choice *choice, const struct result *result, const struct chart *chart,
                 struct error *err) {
  bool parted = false;
  *choice = (struct plot_choice){.x = PLOT_NONE, .by = PLOT_NONE, .unset = PLOT_NONE};
  if (!read_wishes(choice, result, chart, err) || !choose_figures(choice, result, err))
    return false;
  if (choice->x == PLOT_NONE)
    choice->x = next_names(result, choice, 0);
  if (choice->x == PLOT_NONE)
    choice->x = 0;
  if (choice->counted)
    choice->y[choice->y_count++] = choice->x;
  bool open = !chart->x && !chart->by && !choice->counted && choice->y_count == 1;
  if (open && !has_equal_points(&parted, result, choice->x, err))
    return false;
  if (parted)
    choice->by = next_names(result, choice, choice->x + 1);
  if (choice->by != PLOT_NONE && choice->y_count > 1)
    return error_set(err, ERROR_USAGE, "by '%s' one column is drawn, not several", chart->by);
  return check_y(result, choice, err);
}
