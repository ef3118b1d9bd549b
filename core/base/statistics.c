#include "base/statistics.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static bool check_proportion(struct proportion of, struct error *err) {
  if (of.all < 0 || of.hits < 0 || of.hits > of.all)
    return error_set(err, ERROR_INVALID, "%lld of %lld is no share of a whole", (long long)of.hits,
                     (long long)of.all);
  if (of.all > STATISTICS_MOST)
    return error_set(err, ERROR_INVALID, "%lld is too many: at most %d can be compared",
                     (long long)of.all, STATISTICS_MOST);
  return true;
}

static bool check_some(struct proportion of, struct error *err) {
  if (!check_proportion(of, err))
    return false;
  return of.all > 0 || error_set(err, ERROR_INVALID, "a share of none says nothing");
}

static double share(struct proportion of) {
  return (double)of.hits / (double)of.all;
}

/* --- intervals --- */

bool statistics_wilson(struct interval *out, struct proportion of, double level,
                       struct error *err) {
  if (!check_some(of, err))
    return false;
  if (!(level > 0 && level < 1))
    return error_set(err, ERROR_INVALID, "the level %g is not between 0 and 1, such as 0.95",
                     level);
  double n = (double)of.all, p = share(of);
  double z = -statistics_normal_quantile((1 - level) / 2);
  double whole = 1 + z * z / n;
  double middle = (p + z * z / (2 * n)) / whole;
  double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / whole;
  /* At the ends the two are equal; rounding must not say that 0 is impossible. */
  out->low = of.hits == 0 ? 0 : fmax(0, middle - half);
  out->high = of.hits == of.all ? 1 : fmin(1, middle + half);
  return true;
}

bool statistics_difference(struct interval *out, struct proportion first, struct proportion second,
                           double level, struct error *err) {
  struct interval a, b;
  if (!statistics_wilson(&a, first, level, err) || !statistics_wilson(&b, second, level, err))
    return false;
  double p = share(first), q = share(second);
  out->low = p - q - hypot(p - a.low, b.high - q);
  out->high = p - q + hypot(a.high - p, q - b.low);
  return true;
}

/* --- the hypergeometric distribution --- */

/* How many hits are among `drawn` of `all`, of which `hits` are hits. */
struct urn {
  double drawn;
  double hits;
  double all;
};

static double log_choose(double n, double k) {
  return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

static double log_probability(const struct urn *urn, double k) {
  return log_choose(urn->hits, k) + log_choose(urn->all - urn->hits, urn->drawn - k) -
         log_choose(urn->all, urn->drawn);
}

static double least(const struct urn *urn) {
  return fmax(0, urn->drawn + urn->hits - urn->all);
}

static double most(const struct urn *urn) {
  return fmin(urn->drawn, urn->hits);
}

/* P(k + 1) / P(k) */
static double growth(const struct urn *urn, double k) {
  return (urn->hits - k) * (urn->drawn - k) /
         ((k + 1) * (urn->all - urn->hits - urn->drawn + k + 1));
}

/* The sum of the probabilities from k on, away from the middle; it ends when what would follow is
 * too small to be seen. */
static double tail(const struct urn *urn, double k, bool upwards) {
  double end = upwards ? most(urn) : least(urn);
  if (upwards ? k > end : k < end)
    return 0;
  double term = exp(log_probability(urn, k)), sum = term;
  while (k != end && term > sum * 1e-17) {
    term *= upwards ? growth(urn, k) : 1 / growth(urn, k - 1);
    k += upwards ? 1 : -1;
    sum += term;
  }
  return fmin(sum, 1);
}

static double middle_of(const struct urn *urn) {
  return floor((urn->drawn + 1) * (urn->hits + 1) / (urn->all + 2));
}

/* P(at least k), summed on the side where the terms grow smaller. */
static double at_least(const struct urn *urn, double k) {
  if (k <= least(urn))
    return 1;
  return k > middle_of(urn) ? tail(urn, k, true) : 1 - tail(urn, k - 1, false);
}

/* Up to here a logarithm counts as equal: that of the same probability differs by rounding, the
 * more the larger the factorials are. */
static double as_probable(const struct urn *urn, double k) {
  return log_probability(urn, k) + 1e-7 + 2e-14 * urn->all;
}

/* The place on the other side of the middle from which on nothing is more probable than what was
 * seen; one beyond the end when there is none. The probabilities fall on both sides, so halving
 * finds it. */
static double opposite(const struct urn *urn, double seen, bool above) {
  double limit = as_probable(urn, seen);
  double inner = middle_of(urn), outer = above ? most(urn) + 1 : least(urn) - 1;
  while (fabs(outer - inner) > 1) {
    double k = floor((inner + outer) / 2);
    if (log_probability(urn, k) <= limit)
      outer = k;
    else
      inner = k;
  }
  return outer;
}

bool statistics_hypergeometric(double *p, struct proportion drawn, struct proportion population,
                               struct error *err) {
  if (!check_proportion(drawn, err) || !check_proportion(population, err))
    return false;
  if (drawn.all > population.all || drawn.hits > population.hits ||
      drawn.all - drawn.hits > population.all - population.hits)
    return error_set(err, ERROR_INVALID, "%lld of %lld can't be drawn from %lld of %lld",
                     (long long)drawn.hits, (long long)drawn.all, (long long)population.hits,
                     (long long)population.all);
  struct urn urn = {(double)drawn.all, (double)population.hits, (double)population.all};
  *p = at_least(&urn, (double)drawn.hits);
  return true;
}

bool statistics_fisher(double *p, struct proportion first, struct proportion second,
                       struct error *err) {
  if (!check_proportion(first, err) || !check_proportion(second, err) ||
      !check_proportion((struct proportion){0, first.all + second.all}, err))
    return false;
  struct urn urn = {(double)first.all, (double)(first.hits + second.hits),
                    (double)(first.all + second.all)};
  double seen = (double)first.hits, middle = middle_of(&urn);
  *p = 1;
  if (log_probability(&urn, middle) > as_probable(&urn, seen)) {
    bool above = seen > middle;
    *p = fmin(1, tail(&urn, seen, above) + tail(&urn, opposite(&urn, seen, !above), !above));
  }
  return true;
}

/* --- comparing two shares --- */

/* Each of the four cells expects 5, if the shares are the same: Cochran 1954. */
static bool is_enough(struct proportion first, struct proportion second) {
  double all = (double)(first.all + second.all), hits = (double)(first.hits + second.hits);
  double smaller = (double)(first.all < second.all ? first.all : second.all);
  return smaller * fmin(hits, all - hits) / all >= 5;
}

bool statistics_two_proportions(struct contrast *out, struct proportion first,
                                struct proportion second, struct error *err) {
  if (!check_some(first, err) || !check_some(second, err))
    return false;
  double n = (double)first.all, m = (double)second.all;
  double pooled = (double)(first.hits + second.hits) / (n + m);
  double error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  *out = (struct contrast){.difference = share(first) - share(second)};
  out->z = error > 0 ? out->difference / error : 0; /* all or none hit: there is no difference */
  out->p = erfc(fabs(out->z) / sqrt(2));
  out->exact = !is_enough(first, second);
  return !out->exact || statistics_fisher(&out->p, first, second, err);
}

/* --- lists --- */

static int compare_numbers(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

bool statistics_quantile(double *out, const double *numbers, size_t count, double at,
                         struct error *err) {
  if (count == 0)
    return error_set(err, ERROR_INVALID, "an empty list has no quantile");
  if (!(at >= 0 && at <= 1))
    return error_set(err, ERROR_INVALID, "the share %g is not between 0 and 1", at);
  double *sorted = memory_new(count * sizeof *sorted);
  if (!sorted)
    return error_memory(err);
  for (size_t i = 0; i < count; i++)
    sorted[i] = numbers[i];
  qsort(sorted, count, sizeof *sorted, compare_numbers);
  double place = at * (double)(count - 1), whole = floor(place);
  size_t below = (size_t)whole;
  *out = sorted[below];
  if (below + 1 < count && place > whole)
    *out += (place - whole) * (sorted[below + 1] - sorted[below]);
  memory_free(sorted);
  return true;
}

struct ranked {
  double p;
  size_t place;
};

static int compare_ranked(const void *a, const void *b) {
  const struct ranked *x = a, *y = b;
  if (x->p < y->p || x->p > y->p)
    return x->p < y->p ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

/* From the greatest down: none may become smaller than what stands above it allows. */
static void correct_discoveries(struct ranked *ranked, size_t count) {
  double smallest = 1;
  for (size_t i = count; i-- > 0;) {
    smallest = fmin(smallest, ranked[i].p * (double)count / (double)(i + 1));
    ranked[i].p = smallest;
  }
}

/* From the smallest up: none may become smaller than one below it. */
static void correct_any(struct ranked *ranked, size_t count) {
  double greatest = 0;
  for (size_t i = 0; i < count; i++) {
    greatest = fmax(greatest, fmin(1, ranked[i].p * (double)(count - i)));
    ranked[i].p = greatest;
  }
}

bool statistics_correct(double *p, size_t count, enum correction correction, struct error *err) {
  for (size_t i = 0; i < count; i++)
    if (!(p[i] >= 0 && p[i] <= 1))
      return error_set(err, ERROR_INVALID, "entry %zu, %g, is no probability", i + 1, p[i]);
  struct ranked *ranked = memory_new((count + 1) * sizeof *ranked);
  if (!ranked)
    return error_memory(err);
  for (size_t i = 0; i < count; i++)
    ranked[i] = (struct ranked){p[i], i};
  qsort(ranked, count, sizeof *ranked, compare_ranked);
  if (correction == CORRECTION_ANY_ERROR)
    correct_any(ranked, count);
  else
    correct_discoveries(ranked, count);
  for (size_t i = 0; i < count; i++)
    p[ranked[i].place] = ranked[i].p;
  memory_free(ranked);
  return true;
}
