/* Charts as characters for a terminal (chart_write(), in format.h), and what these and pictures
 * (svg.h) say of a plot. */
#ifndef FORMAT_CHART_H
#define FORMAT_CHART_H

#include "engine/chart.h"
#include "repl/format/cell.h"

/* A figure of a plot. */
struct mark {
  size_t point, series;
};

/* What is written on a chart, safe for a terminal: the name of a point, of a series, a figure or
 * the sum of a point's series ("" where there is none or it makes no sense). */
typedef void (*chart_words_fn)(struct text *out, const struct plot *plot, size_t point,
                               size_t series, const struct style *style);
void chart_append_point(struct text *out, const struct plot *plot, size_t point, size_t series,
                        const struct style *style);
void chart_append_series(struct text *out, const struct plot *plot, size_t point, size_t series,
                         const struct style *style);
void chart_append_figure(struct text *out, const struct plot *plot, size_t point, size_t series,
                         const struct style *style);
void chart_append_sum(struct text *out, const struct plot *plot, size_t point, size_t series,
                      const struct style *style);
/* The columns of the widest of them. */
size_t chart_widest(const struct plot *plot, chart_words_fn append, const struct style *style);
/* A figure of the scale. */
void chart_append_tick(struct text *out, const struct plot *plot, double number,
                       const struct style *style);
/* "Amount, Weighted by Stage" */
void chart_append_subject(struct text *out, const struct plot *plot, const struct style *style);
/* "the first 50 of 500; …": what else has to be known; nothing when there is nothing. */
void chart_append_remark(struct text *out, const struct plot *plot, const struct result *result,
                         const struct style *style);
/* Whether another figure, or none, stood there. */
bool chart_is_changed(const struct plot *plot, const struct plot *before, size_t point,
                      size_t series);
/* The scale that holds all figures and zero, its ends and steps on round numbers. */
struct scale {
  double low, high, step;
};
struct scale chart_scale(const struct plot *plot);
/* Where a waterfall's bar begins and ends. */
void chart_float(const struct plot *plot, size_t point, double *from, double *to);

/* What is drawn and the drawing, without title and notes. Fails as plot_init() does. */
bool chart_append(struct text *out, const struct result *result, const struct style *style,
                  struct error *err);
/* The lines of a line chart, drawn for so many columns. */
bool chart_draw_lines(struct text *out, const struct plot *plot, size_t width,
                      const struct style *style, struct error *err);
/* What marks a series in a legend and in the drawing. */
const char *chart_mark(size_t series, const struct style *style);
enum paint chart_paint(size_t series);

#endif
