/* Which columns of a result a chart draws, and other parts of plot_init(). */
#ifndef ENGINE_PLOT_CHOICE_H
#define ENGINE_PLOT_CHOICE_H

#include "engine/chart.h"

enum { PLOT_NONE = -1 };

/* Columns by their numbers. */
struct plot_choice {
  int x, by; /* by: PLOT_NONE when the columns drawn are the series */
  int y[CHART_COLUMNS];
  size_t y_count;
  bool counted; /* rows are counted; y is the x then, and its values don't matter */
  int unset;    /* asked for, but without a figure, so that another is drawn; or PLOT_NONE */
};

/* Fails with ERROR_USAGE when there is nothing to draw, or nothing that has a common scale. */
bool plot_choose(struct plot_choice *choice, const struct result *result, const struct chart *chart,
                 struct error *err);
/* Where the points of a line stand; nothing when they are no times in order. */
bool plot_place_points(struct plot *plot, struct error *err);
/* Rows of one name, summaries apart, are found in the order of their values: *out, owned, holds the
 * numbers of all rows. */
bool plot_sort_rows(size_t **out, const struct result *result, int column, struct error *err);

#endif
