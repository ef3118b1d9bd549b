#include <math.h>
#include <string.h>

#include "base/money.h"
#include "core/failing.h"
#include "support/unit.h"

static void assert_plain(struct money amount, const char *expected) {
  struct text text = {0};
  money_append_plain(&text, amount);
  assert_string_equal(text_string(&text), expected);
  text_release(&text);
}

static void currencies_have_their_digits(void **state) {
  (void)state;
  static const struct {
    const char *code;
    int digits;
  } cases[] = {
      {"USD",    2 },
      {"EUR",    2 },
      {"RUB",    2 },
      {"JPY",    0 },
      {"KWD",    3 },
      {"CLF",    4 },
      {"AED",    2 },
      {"ZWG",    2 },
      {"usd",    -1},
      {"XXX",    -1},
      {"",       -1},
      {"DOLLAR", -1}
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(money_digits(cases[i].code), cases[i].digits);
  }
}

static void an_unknown_currency_is_refused_with_a_suggestion(void **state) {
  (void)state;
  struct money amount;
  struct error err = {0};
  assert_false(money_from_minor(&amount, 1, "usd", &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_non_null(strstr(err.message, "'USD'"));
  assert_false(money_from_minor(&amount, 1, "DOLLAR", &err));
}

static void money_is_written_for_people_and_for_machines(void **state) {
  (void)state;
  static const struct {
    struct money amount;
    const char *people, *plain;
  } cases[] = {
      {{105400, "USD"},    "1,054.00 USD",                   "1054.00"              },
      {{-5, "USD"},        "-0.05 USD",                      "-0.05"                },
      {{0, "EUR"},         "0.00 EUR",                       "0.00"                 },
      {{1234567, "JPY"},   "1,234,567 JPY",                  "1234567"              },
      {{-999, "KWD"},      "-0.999 KWD",                     "-0.999"               },
      {{INT64_MIN, "USD"}, "-92,233,720,368,547,758.08 USD", "-92233720368547758.08"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct text text = {0};
    money_append(&text, cases[i].amount);
    assert_string_equal(text_string(&text), cases[i].people);
    assert_plain(cases[i].amount, cases[i].plain);
    text_release(&text);
  }
}

static void arithmetic_is_exact_and_refuses_overflow_and_mixed_currencies(void **state) {
  (void)state;
  struct money a = {100, "USD"};
  struct money b = {30, "USD"};
  struct money euro = {1, "EUR"};
  struct money most = {INT64_MAX, "USD"};
  struct money least = {INT64_MIN, "USD"};
  struct money out;
  struct error err = {0};
  int order;
  assert_true(money_add(&out, a, b, &err) && out.minor == 130);
  assert_true(money_subtract(&out, b, a, &err) && out.minor == -70);
  assert_true(money_compare(&order, a, b, &err) && order > 0);
  assert_true(money_compare(&order, b, b, &err) && order == 0);
  assert_false(money_add(&out, most, b, &err));
  assert_false(money_subtract(&out, least, b, &err));
  assert_false(money_multiply(&out, most, 1.5, &err));
  assert_false(money_multiply(&out, a, NAN, &err));
  assert_false(money_multiply(&out, a, INFINITY, &err));
  assert_false(money_multiply(&out, a, 1e300, &err));
  assert_false(money_add(&out, a, euro, &err));
  assert_false(money_subtract(&out, a, euro, &err));
  assert_false(money_compare(&order, a, euro, &err));
  assert_non_null(strstr(err.message, "EUR"));
}

static void multiplying_rounds_half_away_from_zero_once(void **state) {
  (void)state;
  static const struct {
    int64_t minor;
    double factor;
    int64_t result;
  } cases[] = {
      {10,               0.15,    2                  },
      {-10,              0.15,    -2                 },
      {10,               0.14,    1                  },
      {5,                0.1,     1                  },
      {4,                0.1,     0                  },
      {100,              0,       0                  },
      {100,              1e-300,  0                  },
      {INT64_MAX,        1,       INT64_MAX          },
      {3,                1.0 / 3, 1                  },
      {7,                -0.5,    -4                 },
      {105400,           0.35,    36890              },
      {9007199254740993, 1,       9007199254740993   },
      {1,                1e18,    1000000000000000000},
      {115,              0.1,     12                 },
  };
  struct error err = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct money out;
    assert_true(money_multiply(&out, (struct money){cases[i].minor, "USD"}, cases[i].factor, &err));
    assert_true(out.minor == cases[i].result);
  }
}

static void a_script_number_becomes_minor_units(void **state) {
  (void)state;
  struct money out;
  struct error err = {0};
  assert_true(money_from_number(&out, 1054.5, "USD", &err) && out.minor == 105450);
  assert_true(money_from_number(&out, 1.005, "USD", &err) && out.minor == 101);
  assert_true(money_from_number(&out, -0.5, "JPY", &err) && out.minor == -1);
  assert_true(money_from_number(&out, 0.0015, "KWD", &err) && out.minor == 2);
  assert_false(money_from_number(&out, 1e18, "USD", &err));
  assert_false(money_from_number(&out, NAN, "USD", &err));
  assert_false(money_from_number(&out, 1, "QQQ", &err));
  assert_true(money_to_number((struct money){105450, "USD"}) == 1054.5);
}

static void amounts_are_read_as_people_write_them(void **state) {
  (void)state;
  static const struct {
    const char *word;
    char decimal;
    const char *plain, *currency;
  } cases[] = {
      {"1054",                         0,   "1054.00",              "USD"},
      {"1054.5",                       0,   "1054.50",              "USD"},
      {"1054,5",                       0,   "1054.50",              "USD"},
      {"1,054.50",                     0,   "1054.50",              "USD"},
      {"1.054,50",                     0,   "1054.50",              "USD"},
      {"12 500,00 EUR",                0,   "12500.00",             "EUR"},
      {"12\xC2\xA0"
       "500,00\xE2\x80\xAF€", 0,   "12500.00",             "EUR"},
      {"$342.09K",                     0,   "342090.00",            "USD"},
      {"1.2M",                         0,   "1200000.00",           "USD"},
      {"950k",                         0,   "950000.00",            "USD"},
      {"2b",                           0,   "2000000000.00",        "USD"},
      {"€99",                        0,   "99.00",                "EUR"},
      {"£5",                          0,   "5.00",                 "GBP"},
      {"¥500",                        0,   "500",                  "JPY"},
      {"5 млн руб",              0,   "5000000.00",           "RUB"},
      {"5 МЛН РУБ.",             0,   "5000000.00",           "RUB"},
      {"1,5 млрд",                 0,   "1500000000.00",        "USD"},
      {"300 тыс. р.",              0,   "300000.00",            "RUB"},
      {"99 ₽",                       0,   "99.00",                "RUB"},
      {"(1,200.00)",                   0,   "-1200.00",             "USD"},
      {"($1,200.00)",                  0,   "-1200.00",             "USD"},
      {"(1200) EUR",                   0,   "-1200.00",             "EUR"},
      {"-1200",                        0,   "-1200.00",             "USD"},
      {"−1200",                      0,   "-1200.00",             "USD"},
      {"-$5",                          0,   "-5.00",                "USD"},
      {"$-5",                          0,   "-5.00",                "USD"},
      {"+5",                           0,   "5.00",                 "USD"},
      {"-0",                           0,   "0.00",                 "USD"},
      {"1'234'567.89",                 0,   "1234567.89",           "USD"},
      {"1’234’567",                0,   "1234567.00",           "USD"},
      {"1,234,567",                    0,   "1234567.00",           "USD"},
      {"1.234.567",                    0,   "1234567.00",           "USD"},
      {"1,234",                        '.', "1234.00",              "USD"},
      {"1.234",                        ',', "1234.00",              "USD"},
      {"1.234 KWD",                    '.', "1.234",                "KWD"},
      {"0.5",                          0,   "0.50",                 "USD"},
      {".5",                           0,   "0.50",                 "USD"},
      {"$.5",                          0,   "0.50",                 "USD"},
      {"EUR 5",                        0,   "5.00",                 "EUR"},
      {"5eur",                         0,   "5.00",                 "EUR"},
      {"3kUSD",                        0,   "3000.00",              "USD"},
      {"$5 USD",                       0,   "5.00",                 "USD"},
      {"1234.5600",                    0,   "1234.56",              "USD"},
      {"1.2E+06",                      0,   "1200000.00",           "USD"},
      {"92233720368547758.07",         0,   "92233720368547758.07", "USD"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct money amount;
    struct error err = {0};
    if (!money_parse(&amount, cases[i].word, "USD", cases[i].decimal, &err)) {
      fail_msg("%s", err.message);
    }
    assert_plain(amount, cases[i].plain);
    assert_string_equal(amount.currency, cases[i].currency);
  }
}

static void what_is_no_amount_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *word;
    char decimal;
  } cases[] = {
      {"",                     0  },
      {" ",                    0  },
      {"abc",                  0  },
      {"$",                    0  },
      {"-",                    0  },
      {"1,234",                0  },
      {"1.234",                0  },
      {"1.234M",               0  },
      {"1.239",                '.'},
      {"12.345,678",           0  },
      {"1.005",                '.'},
      {"5.5 JPY",              0  },
      {"1,23,456",             0  },
      {"12,34,567",            0  },
      {"1.2.3",                0  },
      {"1,234,56",             0  },
      {"1 2",                  0  },
      {"1,234 567",            0  },
      {"1.234,567.89",         0  },
      {"(5",                   0  },
      {"5)",                   0  },
      {"(-5)",                 0  },
      {"--5",                  0  },
      {"5-",                   0  },
      {"$5 EUR",               0  },
      {"5 xyz",                0  },
      {"5 k k",                0  },
      {"5%",                   0  },
      {"5²",                  0  },
      {"½",                   0  },
      {"5.",                   0  },
      {"5 5 5",                0  },
      {"1e",                   0  },
      {"1e9999",               0  },
      {"92233720368547758.08", 0  },
      {"1e300",                0  },
      {"9999999999999b",       0  },
      {"\xFF"
       "5",             0  },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct money amount;
    struct error err = {0};
    if (money_parse(&amount, cases[i].word, "USD", cases[i].decimal, &err)) {
      fail_msg("'%s' was taken", cases[i].word);
    }
    assert_int_equal(err.code, ERROR_INVALID);
    assert_non_null(strstr(err.message, "'"));
  }
}

static void refusals_say_what_is_wrong(void **state) {
  (void)state;
  static const struct {
    const char *word, *currency, *part;
  } cases[] = {
      {"1,234",  "USD", "1234 or 1.234"},
      {"5.255",  "EUR", "5255 or 5.255"},
      {"5.2551", "EUR", "more decimals"},
      {"1e30",   "EUR", "too large"    },
      {"5",      "USX", "did you mean" },
      {"5",      NULL,  "no currency"  },
      {"soon",   "USD", "write it like"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct money amount;
    struct error err = {0};
    assert_false(money_parse(&amount, cases[i].word, cases[i].currency, 0, &err));
    assert_non_null(strstr(err.message, cases[i].part));
  }
}

static void an_endless_number_is_refused(void **state) {
  (void)state;
  struct text word = {0};
  struct money amount;
  struct error err = {0};
  double number;
  text_append_repeat(&word, "1", 1000);
  assert_false(money_parse(&amount, text_string(&word), "USD", 0, &err));
  assert_false(number_parse(&number, text_string(&word), 0, &err));
  text_clear(&word);
  text_append(&word, "1");
  text_append_repeat(&word, ",111", 1000);
  assert_false(money_parse(&amount, text_string(&word), "USD", 0, &err));
  text_release(&word);
}

static void numbers_are_read_with_the_same_grammar(void **state) {
  (void)state;
  static const struct {
    const char *word;
    char decimal;
    double number;
  } cases[] = {
      {"63.15",               0,   63.15    },
      {"63,15",               0,   63.15    },
      {"12 500,5",            0,   12500.5  },
      {"15%",                 0,   0.15     },
      {"-2.5%",               0,   -0.025   },
      {"1.2M",                0,   1200000  },
      {"1.234",               '.', 1.234    },
      {"1.234",               ',', 1234     },
      {"1e+20",               0,   1e20     },
      {"1.234e-05",           0,   1.234e-05},
      {"0.30000000000000004", 0,   0.1 + 0.2},
      {"-0.001",              0,   -0.001   },
      {"-1200.50",            ',', -1200.5  },
      {".5",                  0,   0.5      },
      {"12,3456",             0,   12.3456  },
  };
  static const char *const bad[] = {"",      "$5",  "5 EUR", "1.234", "1e999", "-",   "--5",
                                    "1.2.3", "12.", "five",  "5%%",   "nan",   "0x10"};
  struct error err = {0};
  double number;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (!number_parse(&number, cases[i].word, cases[i].decimal, &err)) {
      fail_msg("%s", err.message);
    }
    assert_true(number == cases[i].number);
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    if (number_parse(&number, bad[i], 0, &err)) {
      fail_msg("'%s' was taken", bad[i]);
    }
  }
}

static void whole_numbers_are_whole(void **state) {
  (void)state;
  static const struct {
    const char *word;
    int64_t number;
  } cases[] = {
      {"42",                  42       },
      {"-7",                  -7       },
      {"1,234",               1234     },
      {"10k",                 10000    },
      {"1 000 000",           1000000  },
      {"9223372036854775807", INT64_MAX},
      {"5.0",                 5        },
      {"007",                 7        }
  };
  static const char *const bad[] = {"", "1.5", "x", "9223372036854775808", "5%", "$5", "1.234"};
  struct error err = {0};
  int64_t number;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_true(integer_parse(&number, cases[i].word, &err));
    assert_true(number == cases[i].number);
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    if (integer_parse(&number, bad[i], &err)) {
      fail_msg("'%s' was taken", bad[i]);
    }
    assert_int_equal(err.code, ERROR_INVALID);
  }
}

static bool read_amount(struct error *err) {
  struct money amount;
  return money_parse(&amount, "5 млн руб", "USD", 0, err);
}

static void reading_without_memory_fails_clearly(void **state) {
  (void)state;
  assert_true(failing_count(read_amount) > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(currencies_have_their_digits),
      cmocka_unit_test(an_unknown_currency_is_refused_with_a_suggestion),
      cmocka_unit_test(money_is_written_for_people_and_for_machines),
      cmocka_unit_test(arithmetic_is_exact_and_refuses_overflow_and_mixed_currencies),
      cmocka_unit_test(multiplying_rounds_half_away_from_zero_once),
      cmocka_unit_test(a_script_number_becomes_minor_units),
      cmocka_unit_test(amounts_are_read_as_people_write_them),
      cmocka_unit_test(what_is_no_amount_is_refused),
      cmocka_unit_test(refusals_say_what_is_wrong),
      cmocka_unit_test(an_endless_number_is_refused),
      cmocka_unit_test(numbers_are_read_with_the_same_grammar),
      cmocka_unit_test(whole_numbers_are_whole),
      cmocka_unit_test(reading_without_memory_fails_clearly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
