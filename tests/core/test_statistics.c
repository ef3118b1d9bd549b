/* Against published values; each says where it stands. */
#include <math.h>

#include "base/statistics.h"
#include "core/failing.h"
#include "support/unit.h"

static void assert_near(double found, double known, double within) {
  if (!(fabs(found - known) <= within))
    fail_msg("%.12g, not %.12g", found, known);
}

static void done(bool passed, const struct error *err) {
  if (!passed)
    fail_msg("%s", err->message);
}

/* NIST/SEMATECH e-Handbook of Statistical Methods, tables 1.3.6.7.1, .2 and .4. */
static void tails_are_those_of_the_tables(void **state) {
  (void)state;
  assert_near(statistics_normal_below(0), 0.5, 0);
  assert_near(statistics_normal_below(1.96) - 0.5, 0.47500, 5e-6);
  assert_near(statistics_normal_below(-3), 0.5 - 0.49865, 5e-6);
  assert_near(statistics_student_beyond(2.228, 10), 0.05, 5e-5);
  assert_near(statistics_student_beyond(-12.706, 1), 0.05, 5e-6);
  assert_near(statistics_student_beyond(1.984, 100), 0.05, 5e-5);
  assert_near(statistics_student_beyond(0, 7), 1, 0);
  assert_near(statistics_student_beyond(INFINITY, 7), 0, 0);
  assert_near(statistics_chi_square_above(3.841, 1), 0.05, 2e-5);
  assert_near(statistics_chi_square_above(18.307, 10), 0.05, 1e-6);
  assert_near(statistics_chi_square_above(124.342, 100), 0.05, 1e-6);
  assert_near(statistics_chi_square_above(3.940, 10), 0.95, 2e-5);
  assert_near(statistics_chi_square_above(0, 3), 1, 0);
}

/* With two degrees of freedom both have a closed form: exp(-x/2), and 1 - t/sqrt(2 + t^2). */
static void tails_keep_their_digits_far_out(void **state) {
  (void)state;
  for (double value = 0.01; value < 1000; value *= 1.7) {
    double known = exp(-value / 2), t = 1 - value / sqrt(2 + value * value);
    assert_near(statistics_chi_square_above(value, 2) / known, 1, 1e-10);
    assert_near(statistics_student_beyond(value, 2), t, 1e-14);
  }
}

/* 1.959963984540054: Wichura 1988, Applied Statistics 37(3), algorithm AS 241, and many others. */
static void a_quantile_is_where_that_share_lies(void **state) {
  (void)state;
  assert_near(statistics_normal_quantile(0.975), 1.959963984540054, 1e-14);
  assert_near(statistics_normal_quantile(0.5), 0, 1e-15);
  for (double share = 1e-300; share < 0.5; share *= 3) {
    double z = statistics_normal_quantile(share);
    assert_near(statistics_normal_below(z) / share, 1, 1e-11);
  }
  for (double share = 0.01; share < 0.995; share += 0.01)
    assert_near(statistics_normal_quantile(share), -statistics_normal_quantile(1 - share), 1e-13);
  assert_true(isnan(statistics_normal_quantile(0)));
  assert_true(isnan(statistics_normal_quantile(1)));
  assert_true(isnan(statistics_normal_quantile(NAN)));
}

/* Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in Medicine
 * 17:857-872, table I, method 3. */
static void intervals_of_a_share_are_those_published(void **state) {
  static const struct {
    struct proportion of;
    double low, high;
  } cases[] = {
      {{81, 263}, 0.2553, 0.3662},
      {{15, 148}, 0.0624, 0.1605},
      {{0, 20},   0.0000, 0.1611},
      {{1, 29},   0.0061, 0.1718},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct interval interval;
    struct error err = {0};
    done(statistics_wilson(&interval, cases[i].of, 0.95, &err), &err);
    assert_near(interval.low, cases[i].low, 5e-5);
    assert_near(interval.high, cases[i].high, 5e-5);
  }
}

/* Newcombe 1998, "Interval estimation for the difference between independent proportions",
 * Statistics in Medicine 17:873-890, table II, method 10. */
static void intervals_of_a_difference_are_those_published(void **state) {
  static const struct {
    struct proportion first, second;
    double low, high;
  } cases[] = {
      {{56, 70}, {48, 80}, 0.0524,  0.3339},
      {{9, 10},  {3, 10},  0.1705,  0.8090},
      {{6, 7},   {2, 7},   0.0582,  0.8062},
      {{5, 56},  {0, 29},  -0.0381, 0.1926},
      {{0, 10},  {0, 20},  -0.1611, 0.2775},
      {{0, 10},  {0, 10},  -0.2775, 0.2775},
      {{10, 10}, {0, 20},  0.6791,  1.0000},
      {{10, 10}, {0, 10},  0.6075,  1.0000},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct interval interval;
    struct error err = {0};
    done(statistics_difference(&interval, cases[i].first, cases[i].second, 0.95, &err), &err);
    assert_near(interval.low, cases[i].low, 5e-5);
    assert_near(interval.high, cases[i].high, 5e-5);
  }
}

static void an_interval_at_the_ends_holds_the_end(void **state) {
  struct interval none, all;
  struct error err = {0};
  (void)state;
  for (int64_t n = 1; n <= STATISTICS_MOST / 10; n *= 10) {
    done(statistics_wilson(&none, (struct proportion){0, n}, 0.95, &err), &err);
    done(statistics_wilson(&all, (struct proportion){n, n}, 0.95, &err), &err);
    assert_true(none.low == 0 && none.high > 0 && none.high < 1);
    assert_true(all.high == 1 && all.low > 0 && all.low < 1);
    assert_near(none.high, 1 - all.low, 1e-12);
  }
}

/* The square of z is Pearson's chi-square of the table. Typhoid among inoculated and others,
 * Greenwood & Yule 1915, worked in Fisher 1925, Statistical Methods, section 21: 56.234. */
static void shares_are_compared_by_the_pooled_test(void **state) {
  struct contrast contrast;
  struct error err = {0};
  (void)state;
  done(statistics_two_proportions(&contrast, (struct proportion){56, 6815},
                                  (struct proportion){272, 11668}, &err),
       &err);
  assert_near(contrast.z * contrast.z, 56.234, 5e-4);
  assert_true(contrast.z < 0 && contrast.difference < 0 && !contrast.exact);
  assert_near(contrast.p, statistics_chi_square_above(contrast.z * contrast.z, 1), 1e-20);
}

static void small_counts_are_compared_exactly(void **state) {
  struct contrast contrast;
  struct proportion milk = {3, 4}, tea = {1, 4}, many = {10, 20}, half = {5, 20};
  struct error err = {0};
  double p = 0;
  (void)state;
  done(statistics_two_proportions(&contrast, milk, tea, &err), &err);
  done(statistics_fisher(&p, milk, tea, &err), &err);
  assert_true(contrast.exact && contrast.p == p);
  done(statistics_two_proportions(&contrast, many, half, &err), &err);
  assert_false(contrast.exact);
  done(statistics_two_proportions(&contrast, half, half, &err), &err);
  assert_true(contrast.z == 0 && contrast.p == 1);
  done(statistics_two_proportions(&contrast, (struct proportion){0, 50}, (struct proportion){0, 70},
                                  &err),
       &err);
  assert_true(contrast.z == 0 && contrast.p == 1 && contrast.difference == 0);
}

/* The lady tasting tea: Fisher 1935, The Design of Experiments, chapter 2: 17 of 70 at least as
 * good. Convictions of like-sex twins: Fisher 1925, Statistical Methods, section 21.02; the
 * two-sided p of that table, 0.0005367, is the one R's manual of fisher.test prints. */
static void exact_tests_give_what_fisher_counted(void **state) {
  struct error err = {0};
  double p = 0;
  (void)state;
  done(statistics_hypergeometric(&p, (struct proportion){3, 4}, (struct proportion){4, 8}, &err),
       &err);
  assert_near(p, 17.0 / 70, 1e-14);
  done(statistics_fisher(&p, (struct proportion){3, 4}, (struct proportion){1, 4}, &err), &err);
  assert_near(p, 34.0 / 70, 1e-14);
  done(statistics_fisher(&p, (struct proportion){2, 17}, (struct proportion){10, 13}, &err), &err);
  assert_near(p, 0.0005367, 5e-8);
  done(
      statistics_hypergeometric(&p, (struct proportion){10, 13}, (struct proportion){12, 30}, &err),
      &err);
  assert_near(p, 0.0004652, 5e-8);
}

/* Every table with these margins, added up by the definition. */
static double by_definition(struct proportion first, struct proportion second) {
  double hits = (double)(first.hits + second.hits), n = (double)first.all;
  double m = (double)second.all, seen = 0, sum = 0, all = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (double k = fmax(0, hits - m); k <= fmin(hits, n); k++) {
      double ways = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + lgamma(m + 1) -
                        lgamma(hits - k + 1) - lgamma(m - hits + k + 1));
      seen = k == (double)first.hits ? ways : seen;
      all += pass ? ways : 0;
      sum += pass && ways <= seen * (1 + 1e-7) ? ways : 0;
    }
  }
  return sum / all;
}

static void exact_tests_agree_with_counting_every_table(void **state) {
  (void)state;
  for (int64_t n = 0; n <= 9; n++)
    for (int64_t m = 0; m <= 12; m++)
      for (int64_t i = 0; i <= n; i++)
        for (int64_t k = 0; k <= m; k++) {
          struct error err = {0};
          double p = 0;
          done(statistics_fisher(&p, (struct proportion){i, n}, (struct proportion){k, m}, &err),
               &err);
          assert_near(p, by_definition((struct proportion){i, n}, (struct proportion){k, m}), 1e-9);
        }
}

static void exact_tests_of_great_numbers_end_and_agree_with_the_normal_one(void **state) {
  struct proportion first = {500200000 / 2, 500000000}, second = {249950000, 500000000};
  struct contrast contrast;
  struct error err = {0};
  double p = 0;
  (void)state;
  done(statistics_two_proportions(&contrast, first, second, &err), &err);
  done(statistics_fisher(&p, first, second, &err), &err);
  assert_near(p / contrast.p, 1, 1e-2);
  done(statistics_hypergeometric(&p, (struct proportion){1, 1}, (struct proportion){1, 1000000000},
                                 &err),
       &err);
  assert_near(p, 1e-9, 1e-13);
  done(statistics_hypergeometric(&p, (struct proportion){0, 5}, (struct proportion){3, 9}, &err),
       &err);
  assert_near(p, 1, 0);
}

static void what_is_no_share_is_refused(void **state) {
  static const struct proportion wrong[] = {
      {-1, 5                           },
      {6,  5                           },
      {0,  -1                          },
      {0,  (int64_t)STATISTICS_MOST + 1},
  };
  static const struct proportion fine = {1, 2};
  struct interval interval;
  struct contrast contrast;
  double p;
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct error err = {0};
    assert_false(statistics_wilson(&interval, wrong[i], 0.95, &err));
    assert_int_equal(err.code, ERROR_INVALID);
    assert_false(statistics_two_proportions(&contrast, fine, wrong[i], &err));
    assert_false(statistics_fisher(&p, wrong[i], fine, &err));
    assert_false(statistics_hypergeometric(&p, wrong[i], fine, &err));
  }
  struct error err = {0};
  assert_false(statistics_wilson(&interval, (struct proportion){0, 0}, 0.95, &err));
  assert_string_equal(err.message, "a share of none says nothing");
  assert_false(statistics_wilson(&interval, fine, 95, &err));
  assert_false(statistics_wilson(&interval, fine, NAN, &err));
  assert_false(
      statistics_hypergeometric(&p, (struct proportion){3, 3}, (struct proportion){2, 9}, &err));
}

/* Anscombe 1973, "Graphs in Statistical Analysis", The American Statistician 27:17-21: the same
 * line and the same correlation for four quite different pictures. */
static void anscombes_quartet_has_one_line(void **state) {
  static const double x[] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
  static const double x4[] = {8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8};
  static const double y[][11] = {
      {8.04, 6.95, 7.58,  8.81, 8.33, 9.96, 7.24, 4.26,  10.84, 4.82, 5.68},
      {9.14, 8.14, 8.74,  8.77, 9.26, 8.10, 6.13, 3.10,  9.13,  7.26, 4.74},
      {7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39,  8.15,  6.42, 5.73},
      {6.58, 5.76, 7.71,  8.84, 8.47, 7.04, 5.25, 12.50, 5.56,  7.91, 6.89},
  };
  (void)state;
  for (size_t i = 0; i < 4; i++) {
    struct pairs pairs = {i == 3 ? x4 : x, y[i], 11};
    struct correlation correlation;
    struct line line;
    struct error err = {0};
    done(statistics_line(&line, &pairs, &err), &err);
    done(statistics_pearson(&correlation, &pairs, &err), &err);
    assert_near(line.slope, 0.5, 5e-4);
    assert_near(line.intercept, 3, 5e-3);
    assert_near(line.explained, 0.667, 8e-4);
    assert_near(correlation.r, 0.816, 6e-4);
    assert_near(correlation.r * correlation.r, line.explained, 1e-12);
    assert_near(correlation.p, 0.00217, 2e-5);
  }
}

/* NIST Statistical Reference Datasets, "Norris" (ozone monitors): certified values. */
static void the_line_of_norris_is_the_certified_one(void **state) {
  static const double y[] = {0.1,   338.8, 118.1, 888.0, 9.2,   228.1, 668.5, 998.5, 449.1,
                             778.9, 559.2, 0.3,   0.1,   778.1, 668.8, 339.3, 448.9, 10.8,
                             557.7, 228.3, 998.0, 888.8, 119.6, 0.3,   0.6,   557.6, 339.3,
                             888.0, 998.5, 778.9, 10.2,  117.6, 228.9, 668.4, 449.2, 0.2};
  static const double x[] = {0.2,   337.4, 118.2, 884.6, 10.1,  226.5, 666.3, 996.3, 448.6,
                             777.0, 558.2, 0.4,   0.6,   775.5, 666.9, 338.0, 447.5, 11.6,
                             556.0, 228.1, 995.8, 887.6, 120.2, 0.3,   0.3,   556.8, 339.1,
                             887.2, 999.0, 779.0, 11.1,  118.3, 229.2, 669.1, 448.9, 0.5};
  struct line line;
  struct error err = {0};
  (void)state;
  done(statistics_line(&line, &(struct pairs){x, y, 36}, &err), &err);
  assert_near(line.slope, 1.00211681802045, 1e-12);
  assert_near(line.intercept, -0.262323073774029, 1e-11);
  assert_near(line.spread, 0.884796396144373, 1e-12);
  assert_near(line.explained, 0.999993745883712, 1e-13);
}

/* Ten people's IQ and hours of television: rho = -29/165, p = 0.627188 by Student's distribution;
 * the worked example of many introductions. Ties, by hand: the ranks {1 2.5 2.5 4} and {3 1.5
 * 4 1.5} give -2.25 / 4.5. */
static void ranks_are_correlated(void **state) {
  static const double iq[] = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
  static const double hours[] = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
  static const double a[] = {1, 2, 2, 3}, b[] = {2, 1, 3, 1};
  struct correlation correlation;
  struct error err = {0};
  (void)state;
  done(statistics_spearman(&correlation, &(struct pairs){iq, hours, 10}, &err), &err);
  assert_near(correlation.r, -29.0 / 165, 1e-14);
  assert_near(correlation.p, 0.627188, 1e-5);
  done(statistics_spearman(&correlation, &(struct pairs){a, b, 4}, &err), &err);
  assert_near(correlation.r, -0.5, 1e-14);
}

static void there_is_no_correlation_without_variation(void **state) {
  static const double same[] = {0.1, 0.1, 0.1}, rising[] = {1, 2, 3}, huge[] = {1e308, -1e308, 1};
  struct correlation correlation;
  struct line line;
  struct error err = {0};
  (void)state;
  done(statistics_pearson(&correlation, &(struct pairs){same, rising, 3}, &err), &err);
  assert_true(isnan(correlation.r) && isnan(correlation.p));
  done(statistics_pearson(&correlation, &(struct pairs){rising, rising, 0}, &err), &err);
  assert_true(isnan(correlation.r));
  done(statistics_pearson(&correlation, &(struct pairs){rising, rising, 2}, &err), &err);
  assert_true(correlation.r == 1 && isnan(correlation.p));
  done(statistics_pearson(&correlation, &(struct pairs){rising, rising, 3}, &err), &err);
  assert_true(correlation.r == 1 && correlation.p == 0);
  done(statistics_line(&line, &(struct pairs){same, rising, 3}, &err), &err);
  assert_true(isnan(line.slope));
  done(statistics_line(&line, &(struct pairs){rising, same, 3}, &err), &err);
  assert_true(line.slope == 0 && line.explained == 1);
  assert_false(statistics_pearson(&correlation, &(struct pairs){huge, rising, 3}, &err));
  assert_int_equal(err.code, ERROR_INVALID);
}

/* The fifteen p-values of Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B
 * 57:289-300, section 3.2: four are found at 0.05, where Bonferroni and Holm find three. */
/* Hanley & McNeil 1982, table I: ratings 1–5 of 58 normal and 51 abnormal images, area 0.893. */
static void separation_is_the_area_that_hanley_and_mcneil_found(void **state) {
  static const int normal[] = {33, 6, 6, 11, 2}, abnormal[] = {3, 2, 2, 11, 33};
  double x[109], y[109], area = 0;
  size_t count = 0;
  struct error err = {0};
  (void)state;
  for (int rating = 0; rating < 5; rating++)
    for (int i = 0; i < normal[rating] + abnormal[rating]; i++) {
      x[count] = rating + 1;
      y[count++] = i < abnormal[rating];
    }
  assert_true(statistics_separation(&area, &(struct pairs){x, y, count}, &err));
  assert_true(fabs(area - 0.893) < 0.0005);
}

static void nothing_is_separated_from_nothing(void **state) {
  static const double x[] = {1, 2}, all[] = {1, 1}, even[] = {3, 3}, both[] = {0, 1};
  double area = 0;
  struct error err = {0};
  (void)state;
  assert_false(statistics_separation(&area, &(struct pairs){x, all, 2}, &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_false(statistics_separation(&area, &(struct pairs){x, all, 0}, &err));
  assert_true(statistics_separation(&area, &(struct pairs){even, both, 2}, &err));
  assert_true(area == 0.5);
}

static void many_comparisons_are_corrected(void **state) {
  static const double published[] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                     0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  double discoveries[15], any[15];
  int found = 0, sure = 0;
  struct error err = {0};
  (void)state;
  for (size_t i = 0; i < 15; i++) /* in another order than that of their size */
    discoveries[i * 4 % 15] = any[i * 4 % 15] = published[i];
  done(statistics_correct(discoveries, 15, CORRECTION_FALSE_DISCOVERIES, &err), &err);
  done(statistics_correct(any, 15, CORRECTION_ANY_ERROR, &err), &err);
  for (size_t i = 0; i < 15; i++) {
    found += discoveries[i] <= 0.05;
    sure += any[i] <= 0.05;
    assert_true(any[i] >= discoveries[i] && any[i] <= 1);
  }
  assert_int_equal(found, 4);
  assert_int_equal(sure, 3);
  assert_near(discoveries[0], 0.0015, 1e-15);
  assert_near(discoveries[12], 0.0095 * 15 / 4, 1e-15);
  assert_near(discoveries[5 * 4 % 15], 0.0298 * 15 / 7, 1e-15); /* not above its successor */
  assert_near(any[8], 0.0019 * 13, 1e-15);
  assert_near(any[9 * 4 % 15], 1, 0);
  discoveries[3] = NAN;
  assert_false(statistics_correct(discoveries, 15, CORRECTION_FALSE_DISCOVERIES, &err));
  assert_true(statistics_correct(NULL, 0, CORRECTION_ANY_ERROR, &err));
}

/* Hyndman & Fan 1996: type 7 of 1 … 10 puts the quartiles at 3.25, 5.5 and 7.75. */
static void quantiles_lie_between_neighbours(void **state) {
  static const double numbers[] = {7, 2, 9, 4, 5, 6, 1, 8, 3, 10};
  double out = 0;
  struct error err = {0};
  (void)state;
  done(statistics_quantile(&out, numbers, 10, 0.25, &err), &err);
  assert_near(out, 3.25, 1e-14);
  done(statistics_quantile(&out, numbers, 10, 0.5, &err), &err);
  assert_near(out, 5.5, 1e-14);
  done(statistics_quantile(&out, numbers, 10, 1, &err), &err);
  assert_near(out, 10, 0);
  done(statistics_quantile(&out, numbers, 1, 0.3, &err), &err);
  assert_near(out, 7, 0);
  assert_false(statistics_quantile(&out, numbers, 0, 0.5, &err));
  assert_false(statistics_quantile(&out, numbers, 10, 50, &err));
}

static bool do_lists(struct error *err) {
  static const double numbers[] = {3, 1, 2};
  double p[] = {0.5, 0.1}, out;
  struct correlation correlation;
  return statistics_quantile(&out, numbers, 3, 0.5, err) &&
         statistics_correct(p, 2, CORRECTION_FALSE_DISCOVERIES, err) &&
         statistics_spearman(&correlation, &(struct pairs){numbers, numbers, 3}, err);
}

static void lack_of_memory_is_an_error(void **state) {
  (void)state;
  assert_int_equal(failing_count(do_lists), 4);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(tails_are_those_of_the_tables),
      cmocka_unit_test(tails_keep_their_digits_far_out),
      cmocka_unit_test(a_quantile_is_where_that_share_lies),
      cmocka_unit_test(intervals_of_a_share_are_those_published),
      cmocka_unit_test(intervals_of_a_difference_are_those_published),
      cmocka_unit_test(an_interval_at_the_ends_holds_the_end),
      cmocka_unit_test(shares_are_compared_by_the_pooled_test),
      cmocka_unit_test(small_counts_are_compared_exactly),
      cmocka_unit_test(exact_tests_give_what_fisher_counted),
      cmocka_unit_test(exact_tests_agree_with_counting_every_table),
      cmocka_unit_test(exact_tests_of_great_numbers_end_and_agree_with_the_normal_one),
      cmocka_unit_test(what_is_no_share_is_refused),
      cmocka_unit_test(anscombes_quartet_has_one_line),
      cmocka_unit_test(the_line_of_norris_is_the_certified_one),
      cmocka_unit_test(ranks_are_correlated),
      cmocka_unit_test(there_is_no_correlation_without_variation),
      cmocka_unit_test(separation_is_the_area_that_hanley_and_mcneil_found),
      cmocka_unit_test(nothing_is_separated_from_nothing),
      cmocka_unit_test(many_comparisons_are_corrected),
      cmocka_unit_test(quantiles_lie_between_neighbours),
      cmocka_unit_test(lack_of_memory_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
