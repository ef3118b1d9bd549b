/* What is drawn of a result: which of its columns, and as what. Not for: how it looks
 * (repl/format).
 */
#ifndef ENGINE_CHART_H
#define ENGINE_CHART_H

#include "engine/result.h"

enum chart_type {
  CHART_BAR,
  CHART_STACKED,   /* bars of parts that add up */
  CHART_LINE,      /* over time */
  CHART_FUNNEL,    /* what is left from step to step */
  CHART_WATERFALL, /* changes between totals, which are the summary rows and the first */
  CHART_HEAT,      /* a shaded grid */
};

enum { CHART_COLUMNS = 16 }; /* drawn at once */
#define CHART_COUNT "count"  /* in place of a column: the number of rows */

/* A declaration, or what a person asked for. */
struct chart {
  enum chart_type type;
  bool has_type;          /* else chosen by what is drawn */
  bool drawn;             /* shown in place of the table, not only with it */
  char *x;                /* owned: the column that names the points; NULL: chosen */
  char *by;               /* owned: the column whose values are the series; NULL: chosen or none */
  size_t most;            /* points drawn at most; 0: as many as are clear */
  char *y[CHART_COLUMNS]; /* owned: the columns drawn, ended by a NULL; none: chosen */
};

/* "bar" "stacked" …; the second fails with ERROR_USAGE and a suggestion. */
const char *chart_type_name(enum chart_type type);
bool chart_type_find(enum chart_type *out, const char *name, struct error *err);
extern const char *const chart_type_names[]; /* ended by NULL */

bool chart_set_x(struct chart *chart, const char *column, struct error *err);
bool chart_set_by(struct chart *chart, const char *column, struct error *err);
/* Fails with ERROR_USAGE behind CHART_COLUMNS of them. */
bool chart_add_y(struct chart *chart, const char *column, struct error *err);
bool chart_copy(struct chart **out, const struct chart *chart, struct error *err);
void chart_free(struct chart *chart); /* NULL is fine */

/* A series: a column, or the rows of one value of a column. */
struct plot_series {
  const struct result_column *column; /* how its values read */
  const struct value *value;          /* borrowed; NULL: the series is the column */
};

/* The figures of a chart, point by point. Borrows the result. */
struct plot {
  enum chart_type type;
  const struct result_column *x, *by; /* by: NULL when the series are columns */
  const struct result_column *y;      /* the first drawn: how the figures read */
  const struct result_column *unset;  /* asked for, but without a figure: y is drawn instead */
  struct result_column count;         /* stands for the number of rows */
  size_t left_out;                    /* points behind the last that is drawn */
  size_t point_count, series_count;
  const struct value **points; /* owned array: what names each point */
  double *places;              /* owned, by point of a line; NULL: evenly */
  bool *totals;                /* owned, by point: stands on the ground in a waterfall */
  struct plot_series *series;  /* owned array */
  struct value *cells;         /* owned array, all series of a point together; NULL: no figure */
};

/* Chooses what the chart leaves open and reads the figures. Rows of the same point are added up
 * where that makes sense: numbers of things, money, minutes. Columns without a figure give way to
 * one that has some; of very many points the first are drawn. The plot must not be moved.
 * Fails with ERROR_USAGE when the columns can't be drawn so, with ERROR_INVALID when the rows
 * can't: several currencies, too many series. */
bool plot_init(struct plot *plot, const struct result *result, const struct chart *chart,
               struct error *err);
void plot_release(struct plot *plot);
/* Adds integers or money. Fails with ERROR_INVALID for what has no sum. */
bool plot_add(struct value *sum, const struct value *value, struct error *err);
const struct value *plot_cell(const struct plot *plot, size_t point, size_t series);
/* Where the point stands on a line, from 0 to 1. */
double plot_place(const struct plot *plot, size_t point);
/* The figure to scale by; 0 for NULL. Money in major units. */
double plot_number(const struct plot *plot, size_t point, size_t series);

#endif
