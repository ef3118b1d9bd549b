#include "engine/chart.h"

#include <string.h>

#include "base/memory.h"

const char *const chart_type_names[] = {
    [CHART_BAR] = "bar",       [CHART_STACKED] = "stacked",     [CHART_LINE] = "line",
    [CHART_FUNNEL] = "funnel", [CHART_WATERFALL] = "waterfall", [CHART_HEAT] = "heat",
    [CHART_HEAT + 1] = NULL,
};
enum { TYPE_COUNT = CHART_HEAT + 1 };

const char *chart_type_name(enum chart_type type) {
  return chart_type_names[type];
}

bool chart_type_find(enum chart_type *out, const char *name, struct error *err) {
  for (int i = 0; i < TYPE_COUNT; i++)
    if (strcmp(chart_type_names[i], name) == 0) {
      *out = (enum chart_type)i;
      return true;
    }
  const char *near = text_suggest(name, chart_type_names, TYPE_COUNT);
  if (near)
    return error_set(err, ERROR_USAGE, "no chart '%s'; did you mean '%s'?", name, near);
  return error_set(err, ERROR_USAGE,
                   "no chart '%s'; there are: bar, stacked, line, funnel, waterfall, heat", name);
}

static bool set(char **slot, const char *word, struct error *err) {
  char *copy = memory_copy_text(word);
  if (word && !copy)
    return error_memory(err);
  memory_free(*slot);
  *slot = copy;
  return true;
}

bool chart_set_x(struct chart *chart, const char *column, struct error *err) {
  return set(&chart->x, column, err);
}

bool chart_set_by(struct chart *chart, const char *column, struct error *err) {
  return set(&chart->by, column, err);
}

bool chart_add_y(struct chart *chart, const char *column, struct error *err) {
  for (int i = 0; i < CHART_COLUMNS - 1; i++)
    if (!chart->y[i])
      return set(&chart->y[i], column, err);
  return error_set(err, ERROR_USAGE, "a chart draws at most %d columns", CHART_COLUMNS - 1);
}

bool chart_copy(struct chart **out, const struct chart *chart, struct error *err) {
  struct chart *copy = memory_new(sizeof *copy);
  if (!copy)
    return error_memory(err);
  copy->type = chart->type;
  copy->has_type = chart->has_type;
  copy->drawn = chart->drawn;
  copy->most = chart->most;
  bool done = set(&copy->x, chart->x, err) && set(&copy->by, chart->by, err);
  for (int i = 0; done && i < CHART_COLUMNS; i++)
    done = set(&copy->y[i], chart->y[i], err);
  if (!done) {
    chart_free(copy);
    return false;
  }
  *out = copy;
  return true;
}

void chart_free(struct chart *chart) {
  if (!chart)
    return;
  memory_free(chart->x);
  memory_free(chart->by);
  for (int i = 0; i < CHART_COLUMNS; i++)
    memory_free(chart->y[i]);
  memory_free(chart);
}
