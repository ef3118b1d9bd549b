#include "base/minutes.h"
#include "core/failing.h"
#include "support/unit.h"

static void lengths_of_time_are_read_as_people_write_them(void **state) {
  static const struct {
    const char *word;
    int64_t minutes;
  } cases[] = {
      {"45",               45 },
      {"45m",              45 },
      {"45 min",           45 },
      {"1h30m",            90 },
      {"1h30",             90 },
      {"1 hour 5 minutes", 65 },
      {"1.5h",             90 },
      {"1,5 ч",           90 },
      {"1:30",             90 },
      {"0:05",             5  },
      {"2 часа",       120},
      {"45 МИН",        45 },
      {"0",                0  },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t minutes = -1;
    struct error err = {0};
    if (!minutes_parse(&minutes, cases[i].word, &err))
      fail_msg("%s", err.message);
    assert_int_equal(minutes, cases[i].minutes);
  }
}

static void what_is_no_length_of_time_is_refused(void **state) {
  static const char *const words[] = {"",      "m",    "-5",       "1:60",    "1:5",
                                      "30m1h", "1h1h", "0.3",      "5 км",    "1h x",
                                      "1.25h", "1..5", "9999999h", "12345678"};
  (void)state;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    int64_t minutes = -1;
    struct error err = {0};
    if (minutes_parse(&minutes, words[i], &err))
      fail_msg("'%s' was read as %lld", words[i], (long long)minutes);
    assert_int_equal(minutes, -1);
    assert_int_equal(err.code, ERROR_INVALID);
  }
}

static void what_is_shown_is_read_back(void **state) {
  (void)state;
  for (int64_t minutes = 0; minutes < 3000; minutes += 7) {
    struct text shown = {0};
    struct error err = {0};
    int64_t back = -1;
    minutes_append(&shown, minutes);
    assert_true(minutes_parse(&back, text_string(&shown), &err));
    assert_int_equal(back, minutes);
    text_release(&shown);
  }
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(lengths_of_time_are_read_as_people_write_them),
      cmocka_unit_test(what_is_no_length_of_time_is_refused),
      cmocka_unit_test(what_is_shown_is_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
