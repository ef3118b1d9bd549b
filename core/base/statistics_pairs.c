/* What two lists of numbers have to do with each other. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/statistics.h"

/* Sums of squares about the means; two passes, because one loses digits. */
struct moments {
  double mean_x, mean_y;
  double xx, yy, xy;
};

static bool is_flat(const double *numbers, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (numbers[i] != numbers[0])
      return false;
  return true;
}

static bool measure(struct moments *out, const struct pairs *pairs, struct error *err) {
  *out = (struct moments){0};
  double n = (double)pairs->count;
  for (size_t i = 0; i < pairs->count; i++) {
    out->mean_x += pairs->x[i] / n;
    out->mean_y += pairs->y[i] / n;
  }
  for (size_t i = 0; i < pairs->count; i++) {
    double x = pairs->x[i] - out->mean_x, y = pairs->y[i] - out->mean_y;
    out->xx += x * x;
    out->yy += y * y;
    out->xy += x * y;
  }
  /* Equal numbers have a mean that is theirs but for its rounding. */
  if (is_flat(pairs->x, pairs->count))
    out->xx = out->xy = 0;
  if (is_flat(pairs->y, pairs->count))
    out->yy = out->xy = 0;
  if (!isfinite(out->xx * out->yy) || !isfinite(out->xy))
    return error_set(err, ERROR_INVALID, "the numbers are too large to be compared, or none");
  return true;
}

bool statistics_pearson(struct correlation *out, const struct pairs *pairs, struct error *err) {
  struct moments moments;
  *out = (struct correlation){NAN, NAN};
  if (!measure(&moments, pairs, err))
    return false;
  double both = sqrt(moments.xx * moments.yy);
  if (both <= 0)
    return true;
  out->r = fmax(-1, fmin(1, moments.xy / both));
  if (pairs->count < 3)
    return true;
  double freedom = (double)pairs->count - 2, rest = (1 - out->r) * (1 + out->r);
  out->p = statistics_student_beyond(out->r * sqrt(freedom / rest), freedom);
  return true;
}

static int compare_pointed(const void *a, const void *b) {
  double x = **(const double *const *)a, y = **(const double *const *)b;
  return (x > y) - (x < y);
}

/* Writes the rank of each number, 1 for the smallest; `order` is room for as many pointers. */
static void rank(double *ranks, const double *numbers, size_t count, const double **order) {
  for (size_t i = 0; i < count; i++)
    order[i] = &numbers[i];
  qsort(order, count, sizeof *order, compare_pointed);
  for (size_t from = 0, to; from < count; from = to) {
    for (to = from + 1; to < count && *order[to] == *order[from];)
      to++;
    for (size_t i = from; i < to; i++)
      ranks[order[i] - numbers] = (double)(from + to + 1) / 2;
  }
}

bool statistics_spearman(struct correlation *out, const struct pairs *pairs, struct error *err) {
  size_t count = pairs->count;
  double *ranks = memory_new((2 * count + 1) * sizeof *ranks);
  const double **order = memory_new((count + 1) * sizeof *order);
  bool done = ranks && order;
  if (done) {
    rank(ranks, pairs->x, count, order);
    rank(ranks + count, pairs->y, count, order);
    done = statistics_pearson(out, &(struct pairs){ranks, ranks + count, count}, err);
  } else {
    error_memory(err);
  }
  memory_free(ranks);
  memory_free(order);
  return done;
}

bool statistics_separation(double *out, const struct pairs *pairs, struct error *err) {
  size_t count = pairs->count;
  double hits = 0, sum = 0;
  double *ranks = memory_new((count + 1) * sizeof *ranks);
  const double **order = memory_new((count + 1) * sizeof *order);
  bool done = (ranks && order) || error_memory(err);
  if (done)
    rank(ranks, pairs->x, count, order);
  for (size_t i = 0; done && i < count; i++) {
    hits += pairs->y[i] == 1;
    sum += pairs->y[i] == 1 ? ranks[i] : 0;
  }
  double misses = (double)count - hits;
  if (done && (hits == 0 || misses == 0))
    done = error_set(err, ERROR_INVALID, "there is nothing to separate: all pairs are of one side");
  if (done)
    *out = (sum - hits * (hits + 1) / 2) / (hits * misses);
  memory_free(ranks);
  memory_free(order);
  return done;
}

bool statistics_line(struct line *out, const struct pairs *pairs, struct error *err) {
  struct moments moments;
  if (!measure(&moments, pairs, err))
    return false;
  *out = (struct line){NAN, NAN, NAN, NAN};
  if (moments.xx <= 0)
    return true;
  double slope = moments.xy / moments.xx, intercept = moments.mean_y - slope * moments.mean_x;
  double residue = 0;
  for (size_t i = 0; i < pairs->count; i++) {
    double off = (pairs->y[i] - moments.mean_y) - slope * (pairs->x[i] - moments.mean_x);
    residue += off * off;
  }
  *out = (struct line){
      .slope = slope,
      .intercept = intercept,
      .explained = moments.yy > 0 ? fmax(0, 1 - residue / moments.yy) : 1,
      .spread = pairs->count > 2 ? sqrt(residue / (double)(pairs->count - 2)) : NAN,
  };
  return true;
}
