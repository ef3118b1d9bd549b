#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "core/failing.h"
#include "support/unit.h"

/* Friday, 15 May 2026: the "today" of every test here. */
static const date today = 20588;
static const instant now = 20588 * (instant)86400 + 12 * 3600;

static date day_of(const char *iso) {
  date day = 0;
  struct error err = {0};
  if (!date_read(&day, iso, &err)) {
    fail_msg("%s", err.message);
  }
  return day;
}

static void assert_day(date day, const char *iso) {
  char text[DATE_TEXT_SIZE];
  date_write(day, text);
  assert_string_equal(text, iso);
}

static void every_day_of_the_calendar_reads_back(void **state) {
  (void)state;
  struct error err = {0};
  struct date_parts before = {0, 12, 31};
  for (date day = -719162; day <= 2932896; day++) {
    struct date_parts parts = date_to_parts(day);
    date back;
    if (!date_from_parts(&back, parts, &err) || back != day ||
        !(parts.year * 10000 + parts.month * 100 + parts.day >
          before.year * 10000 + before.month * 100 + before.day)) {
      fail_msg("day %d", day);
    }
    before = parts;
  }
  assert_day(-719162, "0001-01-01");
  assert_day(2932896, "9999-12-31");
  assert_day(0, "1970-01-01");
}

static void strict_dates_are_read_and_others_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",           "2026-5-1",    "2026-02-29",  "2100-02-29",
                                    "2026-04-31", "2026-13-01",  "2026-00-10",  "2026-01-00",
                                    "0000-01-01", "2026-05-01 ", " 2026-05-01", "2026/05/01",
                                    "20260501",   "2026-05-0x"};
  struct error err = {0};
  date day;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_false(date_read(&day, bad[i], &err));
    assert_int_equal(err.code, ERROR_INVALID);
    assert_non_null(strstr(err.message, bad[i]));
  }
  assert_day(day_of("2000-02-29"), "2000-02-29");
  assert_day(day_of("2024-02-29"), "2024-02-29");
}

static void strict_instants_are_read_and_others_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "2026-05-01",
                                    "2026-05-01T14:30:00",
                                    "2026-05-01 14:30:00Z",
                                    "2026-05-01T24:00:00Z",
                                    "2026-05-01T14:60:00Z",
                                    "2026-05-01T14:30:60Z",
                                    "2026-02-30T14:30:00Z"};
  static const char *const good[] = {"2026-05-01T14:30:59Z", "1969-12-31T23:59:59Z",
                                     "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"};
  struct error err = {0};
  instant at;
  char text[INSTANT_TEXT_SIZE];
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_false(instant_read(&at, bad[i], &err));
  }
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_true(instant_read(&at, good[i], &err));
    instant_write(at, text);
    assert_string_equal(text, good[i]);
  }
  assert_int_equal(instant_date(-1), -1);
  assert_int_equal(date_instant(1), 86400);
}

static void adding_months_keeps_the_day_or_takes_the_last(void **state) {
  (void)state;
  static const struct {
    const char *from;
    int months;
    const char *to;
  } cases[] = {
      {"2026-01-31", 1,   "2026-02-28"},
      {"2024-01-31", 1,   "2024-02-29"},
      {"2026-03-31", -1,  "2026-02-28"},
      {"2026-01-31", 2,   "2026-03-31"},
      {"2026-12-15", 1,   "2027-01-15"},
      {"2026-01-15", -1,  "2025-12-15"},
      {"2024-02-29", 12,  "2025-02-28"},
      {"2026-05-31", -12, "2025-05-31"},
  };
  struct error err = {0};
  date day;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_true(date_add_months(&day, day_of(cases[i].from), cases[i].months, &err));
    assert_day(day, cases[i].to);
  }
  assert_false(date_add_months(&day, day_of("9999-12-01"), 1, &err));
  assert_false(date_add_months(&day, day_of("0001-01-01"), -1, &err));
  assert_false(date_add_months(&day, 0, INT32_MAX, &err));
  assert_false(date_add_days(&day, day_of("9999-12-31"), 1, &err));
  assert_false(date_add_days(&day, 0, INT64_MIN, &err));
  assert_true(date_add_days(&day, day_of("2024-02-28"), 2, &err));
  assert_day(day, "2024-03-01");
}

static void periods_begin_end_and_have_names(void **state) {
  (void)state;
  static const struct {
    const char *day, *period, *start, *end, *name;
  } cases[] = {
      {"2017-03-01", "day",     "2017-03-01", "2017-03-01", "2017-03-01"},
      {"2017-03-01", "week",    "2017-02-27", "2017-03-05", "2017-W09"  },
      {"2017-03-01", "month",   "2017-03-01", "2017-03-31", "2017-03"   },
      {"2017-03-01", "quarter", "2017-01-01", "2017-03-31", "2017-Q1"   },
      {"2017-03-01", "year",    "2017-01-01", "2017-12-31", "2017"      },
      {"2024-02-10", "month",   "2024-02-01", "2024-02-29", "2024-02"   },
      {"2021-01-03", "week",    "2020-12-28", "2021-01-03", "2020-W53"  },
      {"2024-12-31", "week",    "2024-12-30", "2025-01-05", "2025-W01"  },
      {"2026-11-23", "quarter", "2026-10-01", "2026-12-31", "2026-Q4"   },
      {"9999-12-31", "week",    "9999-12-27", "9999-12-31", "9999-W52"  },
      {"0001-01-01", "week",    "0001-01-01", "0001-01-07", "0001-W01"  },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    enum period period;
    struct text name = {0};
    assert_true(period_from_name(&period, cases[i].period));
    date day = day_of(cases[i].day);
    assert_day(date_period_start(day, period), cases[i].start);
    assert_day(date_period_end(day, period), cases[i].end);
    date_period_name(&name, day, period);
    assert_string_equal(text_string(&name), cases[i].name);
    text_release(&name);
  }
  enum period period;
  assert_false(period_from_name(&period, "decade"));
  assert_int_equal(date_weekday(today), 5);
  assert_int_equal(date_weekday(-1), 3);
}

static void dates_are_read_as_people_write_them(void **state) {
  (void)state;
  static const struct {
    const char *word;
    enum date_order order;
    const char *iso;
  } cases[] = {
      {"2026-05-01",                 DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"2026/05/01",                 DATE_ORDER_DMY,     "2026-05-01"},
      {" 01.05.2026 ",               DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"1.5.26",                     DATE_ORDER_MDY,     "2026-05-01"},
      {"1/5/26",                     DATE_ORDER_DMY,     "2026-05-01"},
      {"1/5/26",                     DATE_ORDER_MDY,     "2026-01-05"},
      {"26/5/1",                     DATE_ORDER_YMD,     "2026-05-01"},
      {"25/12/2017",                 DATE_ORDER_UNKNOWN, "2017-12-25"},
      {"12/25/2017",                 DATE_ORDER_UNKNOWN, "2017-12-25"},
      {"5/5/2017",                   DATE_ORDER_UNKNOWN, "2017-05-05"},
      {"25/12/2017",                 DATE_ORDER_YMD,     "2017-12-25"},
      {"20260501",                   DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"1 May 2026",                 DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"May 1, 2026",                DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"1-SEP-26",                   DATE_ORDER_UNKNOWN, "2026-09-01"},
      {"1 мая 2026",              DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"31 ДЕКАБРЯ 2026 г.", DATE_ORDER_UNKNOWN, "2026-12-31"},
      {"29 февр. 2024",          DATE_ORDER_UNKNOWN, "2024-02-29"},
      {"01.01.68",                   DATE_ORDER_UNKNOWN, "2068-01-01"},
      {"01.01.69",                   DATE_ORDER_UNKNOWN, "1969-01-01"},
      {"today",                      DATE_ORDER_UNKNOWN, "2026-05-15"},
      {"Вчера",                 DATE_ORDER_UNKNOWN, "2026-05-14"},
      {"tomorrow",                   DATE_ORDER_UNKNOWN, "2026-05-16"},
      {"+30d",                       DATE_ORDER_UNKNOWN, "2026-06-14"},
      {"-2w",                        DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"+1m",                        DATE_ORDER_UNKNOWN, "2026-06-15"},
      {"+1y",                        DATE_ORDER_UNKNOWN, "2027-05-15"},
      {"friday",                     DATE_ORDER_UNKNOWN, "2026-05-22"},
      {"Saturday",                   DATE_ORDER_UNKNOWN, "2026-05-16"},
      {"понедельник",     DATE_ORDER_UNKNOWN, "2026-05-18"},
      {"чт",                       DATE_ORDER_UNKNOWN, "2026-05-21"},
      {"som",                        DATE_ORDER_UNKNOWN, "2026-05-01"},
      {"eom",                        DATE_ORDER_UNKNOWN, "2026-05-31"},
      {"soq",                        DATE_ORDER_UNKNOWN, "2026-04-01"},
      {"eoq",                        DATE_ORDER_UNKNOWN, "2026-06-30"},
      {"soy",                        DATE_ORDER_UNKNOWN, "2026-01-01"},
      {"eoy",                        DATE_ORDER_UNKNOWN, "2026-12-31"},
  };
  struct error err = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    date day;
    if (!date_parse(&day, cases[i].word, cases[i].order, today, &err)) {
      fail_msg("%s", err.message);
    }
    assert_day(day, cases[i].iso);
  }
}

static void every_month_is_known_in_both_languages(void **state) {
  (void)state;
  static const char *const words[][4] = {
      {"January",   "Jan", "январь",     "января"    },
      {"February",  "Feb", "февраль",   "февраля"  },
      {"March",     "Mar", "март",         "марта"      },
      {"April",     "Apr", "апрель",     "апреля"    },
      {"May",       "May", "май",           "мая"          },
      {"June",      "Jun", "июнь",         "июня"        },
      {"July",      "Jul", "июль",         "июля"        },
      {"August",    "Aug", "август",     "августа"  },
      {"September", "Sep", "сентябрь", "сентября"},
      {"October",   "Oct", "октябрь",   "октября"  },
      {"November",  "Nov", "ноябрь",     "ноября"    },
      {"December",  "Dec", "декабрь",   "декабря"  },
  };
  struct error err = {0};
  for (int month = 1; month <= 12; month++) {
    for (int form = 0; form < 4; form++) {
      struct text word = {0};
      date day;
      text_format(&word, "7 %s 2026", words[month - 1][form]);
      assert_true(date_parse(&day, text_string(&word), DATE_ORDER_UNKNOWN, today, &err));
      assert_int_equal(date_to_parts(day).month, month);
      assert_int_equal(date_to_parts(day).day, 7);
      text_release(&word);
    }
  }
}

static void what_is_no_date_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *word;
    enum date_order order;
  } cases[] = {
      {"",                       DATE_ORDER_DMY    },
      {"soon",                   DATE_ORDER_DMY    },
      {"01/02/2017",             DATE_ORDER_UNKNOWN},
      {"01/02/2017",             DATE_ORDER_YMD    },
      {"31/02/2017",             DATE_ORDER_DMY    },
      {"12/25/2017",             DATE_ORDER_DMY    },
      {"25/12/17",               DATE_ORDER_UNKNOWN},
      {"13/13/2017",             DATE_ORDER_UNKNOWN},
      {"29.02.2026",             DATE_ORDER_DMY    },
      {"31 April 2026",          DATE_ORDER_DMY    },
      {"1 мая",               DATE_ORDER_DMY    },
      {"May 2026",               DATE_ORDER_DMY    },
      {"1/5",                    DATE_ORDER_DMY    },
      {"1/5-26",                 DATE_ORDER_DMY    },
      {"1/5/126",                DATE_ORDER_DMY    },
      {"20261301",               DATE_ORDER_DMY    },
      {"2026050",                DATE_ORDER_DMY    },
      {"+30",                    DATE_ORDER_DMY    },
      {"+d",                     DATE_ORDER_DMY    },
      {"+9999999y",              DATE_ORDER_DMY    },
      {"+1d2",                   DATE_ORDER_DMY    },
      {"2026-05-01T10:00",       DATE_ORDER_DMY    },
      {"1 2 May 2026",           DATE_ORDER_DMY    },
      {"123 May 2026",           DATE_ORDER_DMY    },
      {"1 мая 2026 г. ок", DATE_ORDER_DMY    },
      {"1 мая 2026 г. г.",  DATE_ORDER_DMY    },
      {"99999999999999999999",   DATE_ORDER_DMY    },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct error err = {0};
    date day;
    if (date_parse(&day, cases[i].word, cases[i].order, today, &err)) {
      fail_msg("'%s' was taken", cases[i].word);
    }
    assert_int_equal(err.code, ERROR_INVALID);
    assert_true(err.message[strlen(err.message) - 1] != ' ');
  }
}

static void an_ambiguous_date_is_refused_with_both_readings(void **state) {
  (void)state;
  struct error err = {0};
  date day;
  assert_false(date_parse(&day, "01/02/2017", DATE_ORDER_UNKNOWN, today, &err));
  assert_non_null(strstr(err.message, "2017-02-01"));
  assert_non_null(strstr(err.message, "2017-01-02"));
  enum date_order order;
  assert_true(date_order_from_name(&order, "mdy") && order == DATE_ORDER_MDY);
  assert_false(date_order_from_name(&order, "dym"));
}

static void instants_are_read_with_and_without_a_zone(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"now",                      "2026-05-15T12:00:00Z"},
      {"сейчас",             "2026-05-15T12:00:00Z"},
      {"2026-05-01",               "2026-05-01T00:00:00Z"},
      {"2026-05-01 14:30",         "2026-05-01T14:30:00Z"},
      {"2026-05-01T14:30:05Z",     "2026-05-01T14:30:05Z"},
      {"2026-05-01T14:30:05.123Z", "2026-05-01T14:30:05Z"},
      {"2026-05-01T01:30+03:00",   "2026-04-30T22:30:00Z"},
      {"2026-05-01 23:30 -0500",   "2026-05-02T04:30:00Z"},
      {"1 мая 2026 9:05",       "2026-05-01T09:05:00Z"},
      {"tomorrow 9:05",            "2026-05-16T09:05:00Z"},
      {"14:30",                    "2026-05-15T14:30:00Z"},
      {"tomorrow at 9:05",         "2026-05-16T09:05:00Z"},
      {"в пятницу 9:05",   "2026-05-22T09:05:00Z"},
      {"пятницы 9:05",      "2026-05-22T09:05:00Z"},
      {"пятнице 9:05",      "2026-05-22T09:05:00Z"},
      {"завтра в 14:00",    "2026-05-16T14:00:00Z"},
  };
  static const char *const bad[] = {"at 14:30",
                                    "2026-05-01 24:00",
                                    "2026-05-01 14:3x",
                                    "2026-05-01 14:30+15:00",
                                    "2026-05-01x14:30",
                                    "today 1:",
                                    "0001-01-01 00:00+03:00",
                                    "",
                                    "2026-05-01 14:30 MSK"};
  struct error err = {0};
  instant at;
  char text[INSTANT_TEXT_SIZE];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (!instant_parse(&at, cases[i][0], DATE_ORDER_UNKNOWN, now, &err)) {
      fail_msg("%s", err.message);
    }
    instant_write(at, text);
    assert_string_equal(text, cases[i][1]);
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    if (instant_parse(&at, bad[i], DATE_ORDER_UNKNOWN, now, &err)) {
      fail_msg("'%s' was taken", bad[i]);
    }
    assert_int_equal(err.code, ERROR_INVALID);
  }
}

static void ranges_are_inclusive_and_may_be_open(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"2026-01..2026-06",         "2026-01-01", "2026-06-30"},
      {"2026",                     "2026-01-01", "2026-12-31"},
      {"2024-02",                  "2024-02-01", "2024-02-29"},
      {"2026-q2",                  "2026-04-01", "2026-06-30"},
      {"Q2",                       "2026-04-01", "2026-06-30"},
      {"2017-W09",                 "2017-02-27", "2017-03-05"},
      {"2020-w53",                 "2020-12-28", "2021-01-03"},
      {"2026-05-01..",             "2026-05-01", NULL        },
      {"2026-05-01...",            "2026-05-01", NULL        },
      {"..today",                  NULL,         "2026-05-15"},
      {"01.05.2026 .. 31.05.2026", "2026-05-01", "2026-05-31"},
      {"som..eom",                 "2026-05-01", "2026-05-31"},
      {"today",                    "2026-05-15", "2026-05-15"},
  };
  static const char *const bad[] = {
      "",         "..",   "2026-06..2026-01", "2026-q5", "q0", "2026-13", "2021-w53",
      "2026-w00", "a..b", "2026-01..x",       "0000"};
  struct error err = {0};
  struct date_range range;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (!date_range_parse(&range, cases[i][0], today, &err)) {
      fail_msg("%s", err.message);
    }
    assert_int_equal(range.has_from, cases[i][1] != NULL);
    assert_int_equal(range.has_to, cases[i][2] != NULL);
    if (range.has_from) {
      assert_day(range.from, cases[i][1]);
    }
    if (range.has_to) {
      assert_day(range.to, cases[i][2]);
    }
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    if (date_range_parse(&range, bad[i], today, &err)) {
      fail_msg("'%s' was taken", bad[i]);
    }
    assert_int_equal(err.code, ERROR_INVALID);
  }
}

static void a_fixed_clock_stands_still_and_today_is_local(void **state) {
  (void)state;
  struct clock clock = {.fixed = true, .at = 20588 * (instant)86400 + 23 * 3600, .offset = 0};
  struct clock machine = {0};
  assert_int_equal(clock_now(&clock), clock.at);
  assert_int_equal(clock_today(&clock), today);
  clock.offset = 3 * 3600;
  assert_int_equal(clock_today(&clock), today + 1);
  assert_true(clock_now(&machine) > clock_now(&clock) - 86400 * (instant)365 * 10);
}

static bool read_range(struct error *err) {
  struct date_range range;
  return date_range_parse(&range, "1 мая 2026..eom", today, err);
}

static void reading_without_memory_fails_clearly(void **state) {
  (void)state;
  assert_true(failing_count(read_range) > 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_of_the_calendar_reads_back),
      cmocka_unit_test(strict_dates_are_read_and_others_refused),
      cmocka_unit_test(strict_instants_are_read_and_others_refused),
      cmocka_unit_test(adding_months_keeps_the_day_or_takes_the_last),
      cmocka_unit_test(periods_begin_end_and_have_names),
      cmocka_unit_test(dates_are_read_as_people_write_them),
      cmocka_unit_test(every_month_is_known_in_both_languages),
      cmocka_unit_test(what_is_no_date_is_refused),
      cmocka_unit_test(an_ambiguous_date_is_refused_with_both_readings),
      cmocka_unit_test(instants_are_read_with_and_without_a_zone),
      cmocka_unit_test(ranges_are_inclusive_and_may_be_open),
      cmocka_unit_test(a_fixed_clock_stands_still_and_today_is_local),
      cmocka_unit_test(reading_without_memory_fails_clearly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
