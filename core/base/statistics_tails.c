/* The tails of the continuous distributions. The formulas are numbered as in the NIST Digital
 * Library of Mathematical Functions (dlmf.nist.gov). */
#include <math.h>

#include "base/statistics.h"

enum { TERMS_MAX = 100000 };

static const double tiny = 1e-300;
static const double precision = 1e-15;

double statistics_normal_below(double z) {
  return erfc(-z / sqrt(2)) / 2; /* 7.2.2 */
}

/* Halving until the two ends are neighbours: erfc is exact far out, where series are not. */
double statistics_normal_quantile(double share) {
  if (!(share > 0 && share < 1))
    return NAN;
  if (share > 0.5)
    return -statistics_normal_quantile(1 - share);
  double low = -40, high = 0;
  for (;;) {
    double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high)
      return middle;
    if (statistics_normal_below(middle) < share)
      low = middle;
    else
      high = middle;
  }
}

/* The n-th step of a continued fraction: a[n] / (b[n] + …). */
struct step {
  double a;
  double b;
};
typedef struct step (*step_fn)(int n, const double *parameters);

/* b0 + a1/(b1 + a2/(b2 + …)) from the front, as long as it still changes (Lentz 1976, with
 * Thompson & Barnett's care for zeros, 1986). */
static double continued_fraction(double b0, step_fn step, const double *parameters) {
  double value = b0 != 0 ? b0 : tiny, c = value, d = 0;
  for (int n = 1; n < TERMS_MAX; n++) {
    struct step now = step(n, parameters);
    d = now.b + now.a * d;
    c = now.b + now.a / c;
    d = 1 / (d != 0 ? d : tiny);
    c = c != 0 ? c : tiny;
    value *= c * d;
    if (fabs(c * d - 1) < precision)
      break;
  }
  return value;
}

/* 8.17.22 */
static struct step beta_step(int n, const double *parameters) {
  int half = n / 2;
  double a = parameters[0], b = parameters[1], x = parameters[2], m = half;
  double numerator = n % 2 ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
                           : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
  return (struct step){numerator, 1};
}

/* The regularized incomplete beta function I(x; a, b); `rest` is 1 - x, given for its digits. */
static double incomplete_beta(double x, double rest, double a, double b) {
  if (x <= 0 || rest <= 0)
    return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2))
    return 1 - incomplete_beta(rest, x, b, a);
  double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest)) / a;
  return front / continued_fraction(1, beta_step, (const double[]){a, b, x});
}

double statistics_student_beyond(double t, double freedom) {
  if (isinf(t))
    return 0;
  double sum = freedom + t * t;
  return incomplete_beta(freedom / sum, t * t / sum, freedom / 2, 0.5);
}

/* 8.9.2 */
static struct step gamma_step(int n, const double *parameters) {
  double a = parameters[0], x = parameters[1];
  return (struct step){-n * (n - a), x + 2 * n + 1 - a};
}

double statistics_chi_square_above(double value, double freedom) {
  double a = freedom / 2, x = value / 2;
  if (x <= 0)
    return 1;
  double front = exp(a * log(x) - x - lgamma(a));
  if (x > a + 1)
    return front / continued_fraction(x + 1 - a, gamma_step, (const double[]){a, x});
  double term = 1 / a, sum = term; /* 8.7.1 */
  for (int n = 1; n < TERMS_MAX && term > sum * precision; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return fmax(0, 1 - front * sum);
}
