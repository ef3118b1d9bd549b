#include <stdio.h>
#include <string.h>

#include "base/recurrence.h"
#include "support/unit.h"

/* Friday 2026-01-02T09:00:00Z lies in the middle of what is asked. */
static const struct {
  const char *words, *at, *last, *next;
} times[] = {
    {"friday 09:00",                                   "2026-01-02T08:59:59Z", "2025-12-26T09:00:00Z", "2026-01-02T09:00:00Z"},
    {"friday 09:00",                                   "2026-01-02T09:00:00Z", "2026-01-02T09:00:00Z", "2026-01-09T09:00:00Z"},
    {"Fridays at 9:00",                                "2026-01-05T00:00:00Z", "2026-01-02T09:00:00Z", "2026-01-09T09:00:00Z"},
    {"пятница 09:00",                           "2026-01-05T00:00:00Z", "2026-01-02T09:00:00Z", "2026-01-09T09:00:00Z"},
    {"по пятницам в 09:00",                 "2026-01-05T00:00:00Z", "2026-01-02T09:00:00Z", "2026-01-09T09:00:00Z"},
    {"day 18:30",                                      "2026-01-05T00:00:00Z", "2026-01-04T18:30:00Z", "2026-01-05T18:30:00Z"},
    {"каждый день 18:30",                    "2026-01-05T00:00:00Z", "2026-01-04T18:30:00Z", "2026-01-05T18:30:00Z"},
    {"weekday 08:00",                                  "2026-01-04T12:00:00Z", "2026-01-02T08:00:00Z", "2026-01-05T08:00:00Z"},
    {"каждый будний день 8:00",        "2026-01-04T12:00:00Z", "2026-01-02T08:00:00Z",
     "2026-01-05T08:00:00Z"                                                                                                  },
    {"monday, thursday 10:00",                         "2026-01-06T00:00:00Z", "2026-01-05T10:00:00Z",
     "2026-01-08T10:00:00Z"                                                                                                  },
    {"1st of month 09:00",                             "2026-01-15T00:00:00Z", "2026-01-01T09:00:00Z", "2026-02-01T09:00:00Z"},
    {"1-го числа 09:00",                        "2026-01-15T00:00:00Z", "2026-01-01T09:00:00Z", "2026-02-01T09:00:00Z"},
    {"31 of the month 09:00",                          "2026-02-15T00:00:00Z", "2026-01-31T09:00:00Z",
     "2026-02-28T09:00:00Z"                                                                                                  },
    {"last day of month 18:00",                        "2024-02-29T18:00:00Z", "2024-02-29T18:00:00Z",
     "2024-03-31T18:00:00Z"                                                                                                  },
    {"последний день месяца 18:00", "2026-02-15T00:00:00Z", "2026-01-31T18:00:00Z",
     "2026-02-28T18:00:00Z"                                                                                                  },
    {"15 minutes",                                     "2026-01-02T09:14:59Z", "2026-01-02T09:00:00Z", "2026-01-02T09:15:00Z"},
    {"каждые 15 минут",                     "2026-01-02T09:15:00Z", "2026-01-02T09:15:00Z", "2026-01-02T09:30:00Z"},
    {"every hour",                                     "2026-01-02T23:59:00Z", "2026-01-02T23:00:00Z", "2026-01-03T00:00:00Z"},
};

static void assert_moment(const char *words, instant at, const char *expected) {
  char iso[INSTANT_TEXT_SIZE];
  instant_write(at, iso);
  if (strcmp(iso, expected) != 0)
    print_error("%s: %s, not %s\n", words, iso, expected);
  assert_string_equal(iso, expected);
}

static void words_say_when_in_english_and_in_russian(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
    struct error err = {0};
    struct recurrence recurrence;
    instant at;
    assert_true(instant_read(&at, times[i].at, &err));
    if (!recurrence_parse(&recurrence, times[i].words, &err))
      fail_msg("%s: %s", times[i].words, err.message);
    assert_moment(times[i].words, recurrence_last(&recurrence, at, 0), times[i].last);
    assert_moment(times[i].words, recurrence_next(&recurrence, at, 0), times[i].next);
  }
}

static void what_is_next_is_the_last_when_it_came(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
    struct error err = {0};
    struct recurrence recurrence;
    instant at;
    assert_true(instant_read(&at, times[i].at, &err));
    assert_true(recurrence_parse(&recurrence, times[i].words, &err));
    for (int step = 0; step < 40; step++) {
      instant next = recurrence_next(&recurrence, at, 10800);
      assert_true(next > at);
      assert_int_equal(recurrence_last(&recurrence, next, 10800), next);
      assert_true(recurrence_last(&recurrence, next - 1, 10800) <= at);
      at = next;
    }
  }
}

static void the_local_clock_counts(void **state) {
  struct error err = {0};
  struct recurrence recurrence;
  instant at;
  (void)state;
  assert_true(recurrence_parse(&recurrence, "friday 01:00", &err));
  assert_true(instant_read(&at, "2026-01-01T22:00:00Z", &err));
  assert_moment("friday 01:00", recurrence_last(&recurrence, at, 3 * 3600), "2026-01-01T22:00:00Z");
}

static const struct {
  const char *words, *message;
} wrong[] = {
    {"fryday 09:00",             "did you mean 'friday'?"          },
    {"пятниццам 09:00", "did you mean 'пятницам'?"},
    {"friday",                   "at what time of the day?"        },
    {"09:00",                    "on which day?"                   },
    {"",                         "on which day?"                   },
    {"friday 25:00",             "'25:00' says no time"            },
    {"friday 9",                 "at what time of the day?"        },
    {"friday 1st 09:00",         "not both"                        },
    {"32 of month 09:00",        "which day of the month?"         },
    {"7 minutes",                "do not divide a day evenly"      },
    {"0 minutes",                "do not divide a day evenly"      },
    {"hour friday",              "an interval goes through day"    },
    {"whenever it rains",        "'whenever' says no time"         },
    {"99999999999999 minutes",   "says no time"                    },
};

static void what_is_not_understood_is_refused_with_what_was_meant(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    struct error err = {0};
    struct recurrence recurrence;
    if (recurrence_parse(&recurrence, wrong[i].words, &err))
      fail_msg("'%s' was understood", wrong[i].words);
    assert_int_equal(err.code, ERROR_INVALID);
    if (!strstr(err.message, wrong[i].message))
      fail_msg("%s: %s", wrong[i].words, err.message);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_say_when_in_english_and_in_russian),
      cmocka_unit_test(what_is_next_is_the_last_when_it_came),
      cmocka_unit_test(the_local_clock_counts),
      cmocka_unit_test(what_is_not_understood_is_refused_with_what_was_meant),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
