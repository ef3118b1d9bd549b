/* How far counted and measured figures can be trusted: intervals, tests, correlation, and what many
 * comparisons do to them. Pure arithmetic. Not for: drawing samples (random.h).
 * Counts are at most STATISTICS_MOST; lists hold finite numbers. All functions that can fail do so
 * with ERROR_INVALID. */
#ifndef BASE_STATISTICS_H
#define BASE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Beyond it the logarithms of factorials lose the digits that the exact tests need. */
enum { STATISTICS_MOST = 1000000000 };

/* `hits` of `all`: 0 <= hits <= all. */
struct proportion {
  int64_t hits;
  int64_t all;
};

struct interval {
  double low;
  double high;
};

/* --- distributions --- */

double statistics_normal_below(double z); /* P(Z <= z) of the standard normal */
/* The z below which a share lies; 0 < share < 1, else NAN. */
double statistics_normal_quantile(double share);
/* P(|T| >= |t|) of Student's distribution; freedom > 0. */
double statistics_student_beyond(double t, double freedom);
/* P(X >= value) of chi-square; freedom > 0, value >= 0. */
double statistics_chi_square_above(double value, double freedom);

/* --- proportions --- */

/* Where the true share lies with that level (0 < level < 1): the score interval (Wilson 1927).
 * Fails when `all` is 0. */
bool statistics_wilson(struct interval *out, struct proportion of, double level, struct error *err);
/* The same for the difference of two shares, first less second (Newcombe 1998, method 10). */
bool statistics_difference(struct interval *out, struct proportion first, struct proportion second,
                           double level, struct error *err);

struct contrast {
  double difference; /* first share less second */
  double z;          /* of the pooled test */
  double p;          /* two-sided: how probable so great a difference is by chance alone */
  bool exact;        /* p is Fisher's, because a count is too small for the normal one */
};
/* Whether two shares differ: the pooled z test, or Fisher's exact one when an expected count is
 * under 5 (Cochran 1954). Fails when one `all` is 0. */
bool statistics_two_proportions(struct contrast *out, struct proportion first,
                                struct proportion second, struct error *err);
/* Fisher's exact test of two shares, two-sided: the tables at most as probable as this one. */
bool statistics_fisher(double *p, struct proportion first, struct proportion second,
                       struct error *err);
/* How probable it is to find at least drawn.hits among drawn.all taken from a population of
 * which population.hits are hits, by chance alone. */
bool statistics_hypergeometric(double *p, struct proportion drawn, struct proportion population,
                               struct error *err);

/* --- pairs of numbers --- */

struct pairs {
  const double *x; /* borrowed */
  const double *y;
  size_t count;
};

struct correlation {
  double r; /* NAN: there is none, because one side does not vary or there are fewer than 2 pairs */
  double p; /* two-sided, from Student's distribution; NAN: fewer than 3 pairs */
};
bool statistics_pearson(struct correlation *out, const struct pairs *pairs, struct error *err);
/* Pearson's of the ranks; equal values share their mean rank. */
bool statistics_spearman(struct correlation *out, const struct pairs *pairs, struct error *err);

struct line {
  double slope;
  double intercept;
  double explained; /* r squared; 1 when y does not vary */
  double spread;    /* standard deviation of the residuals; NAN: fewer than 3 pairs */
};
/* Least squares. All NAN when x does not vary. */
bool statistics_line(struct line *out, const struct pairs *pairs, struct error *err);

/* How well x separates the pairs with y = 1 from those with y = 0: the probability that of one of
 * each the first has the greater x, equal ones counted half (the area under the ROC curve; Hanley
 * & McNeil 1982). 0.5 is chance. Fails when there are none of either. */
bool statistics_separation(double *out, const struct pairs *pairs, struct error *err);

/* --- lists --- */

/* The value below which a share of the numbers lies, between two neighbours by proportion
 * (Hyndman & Fan 1996, type 7). Fails for an empty list. */
bool statistics_quantile(double *out, const double *numbers, size_t count, double share,
                         struct error *err);

enum correction {
  CORRECTION_FALSE_DISCOVERIES, /* the share of false ones among what is found: Benjamini & Hochberg
                                   1995 */
  CORRECTION_ANY_ERROR,         /* the risk of a single false one: Holm 1979 */
};
/* Turns p-values of many comparisons, in place, into what may be compared with the same limit as
 * that of a single one. */
bool statistics_correct(double *p, size_t count, enum correction correction, struct error *err);

#endif
