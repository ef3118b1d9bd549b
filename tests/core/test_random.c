#include <string.h>

#include "base/random.h"
#include "support/unit.h"

/* The first numbers that the author's demonstration prints: pcg-random.org, pcg32-demo, seed 42,
 * stream 54, "Round 1". */
static void the_numbers_are_those_of_pcg32(void **state) {
  static const uint32_t known[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                   0x83d2f293, 0xbfa4784b, 0xcbed606e};
  struct random source;
  (void)state;
  random_init(&source, 42, 54);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    assert_int_equal(random_next(&source), known[i]);
}

/* FNV-1a of "foobar": RFC 9923, appendix C. */
static void a_text_seeds_with_its_hash(void **state) {
  struct random by_text, by_number;
  (void)state;
  random_init_text(&by_text, "foobar", 6);
  random_init(&by_number, UINT64_C(0x85944171f73967e8), 0);
  assert_memory_equal(&by_text, &by_number, sizeof by_text);
  random_init_text(&by_text, "", 0);
  random_init(&by_number, UINT64_C(0xcbf29ce484222325), 0);
  assert_memory_equal(&by_text, &by_number, sizeof by_text);
}

static void bounded_draws_reach_every_number_alike(void **state) {
  enum { LIMIT = 6, DRAWS = 60000 };
  int counts[LIMIT] = {0};
  struct random source;
  (void)state;
  random_init(&source, 1, 0);
  for (int i = 0; i < DRAWS; i++)
    counts[random_below(&source, LIMIT)]++;
  for (int i = 0; i < LIMIT; i++) /* within 5 standard deviations of 10,000 */
    assert_in_range(counts[i], 10000 - 457, 10000 + 457);
  assert_int_equal(random_below(&source, 1), 0);
}

static void a_sample_has_its_size_its_order_and_no_favourites(void **state) {
  enum { COUNT = 10, SIZE = 3, TRIALS = 20000 };
  int chosen[COUNT] = {0};
  uint32_t places[COUNT];
  struct random source;
  (void)state;
  random_init(&source, 7, 0);
  for (int trial = 0; trial < TRIALS; trial++) {
    random_sample(&source, places, SIZE, COUNT);
    for (int i = 0; i < SIZE; i++) {
      assert_true(places[i] < COUNT && (i == 0 || places[i] > places[i - 1]));
      chosen[places[i]]++;
    }
  }
  for (int i = 0; i < COUNT; i++) /* within 5 standard deviations of 6,000 */
    assert_in_range(chosen[i], 6000 - 325, 6000 + 325);
  random_sample(&source, places, COUNT, COUNT);
  for (uint32_t i = 0; i < COUNT; i++)
    assert_int_equal(places[i], i);
  random_sample(&source, places, 0, 0);
}

/* What a trial mailing draws must not change from version to version. */
static void a_seed_gives_the_same_sample_for_ever(void **state) {
  static const uint32_t known[] = {10, 22, 47, 50, 70};
  uint32_t places[5];
  struct random source;
  (void)state;
  random_init_text(&source, "spring", strlen("spring"));
  random_sample(&source, places, 5, 100);
  for (size_t i = 0; i < 5; i++)
    assert_int_equal(places[i], known[i]);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_numbers_are_those_of_pcg32),
      cmocka_unit_test(a_text_seeds_with_its_hash),
      cmocka_unit_test(bounded_draws_reach_every_number_alike),
      cmocka_unit_test(a_sample_has_its_size_its_order_and_no_favourites),
      cmocka_unit_test(a_seed_gives_the_same_sample_for_ever),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
