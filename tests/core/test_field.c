#include "core/model_fixture.h"
#include "model/field.h"

static const char *const sizes[] = {"small", "medium", "large", NULL};

static const struct field fields[] = {
    [FIELD_TEXT] = {.name = "f",        .type = FIELD_TEXT   },
    [FIELD_INTEGER] = {.name = "f",        .type = FIELD_INTEGER},
    [FIELD_NUMBER] = {.name = "f",        .type = FIELD_NUMBER },
    [FIELD_MONEY] = {.name = "f",        .type = FIELD_MONEY  },
    [FIELD_PERCENT] = {.name = "f",        .type = FIELD_PERCENT},
    [FIELD_BOOLEAN] = {.name = "f",        .type = FIELD_BOOLEAN},
    [FIELD_DATE] = {.name = "f",        .type = FIELD_DATE   },
    [FIELD_INSTANT] = {.name = "f",        .type = FIELD_INSTANT},
    [FIELD_CHOICE] = {.name = "f",        .type = FIELD_CHOICE,  .choices = sizes},
    [FIELD_CHOICES] = {.name = "f",                  .type = FIELD_CHOICES,                             .choices = sizes},
    [FIELD_REF] = {.name = "f",  .type = FIELD_REF,.target = "client"},
    [FIELD_EMAIL] = {.name = "f",.type = FIELD_EMAIL        },
    [FIELD_PHONE] = {.name = "f",        .type = FIELD_PHONE          },
    [FIELD_MINUTES] = {.name = "f",        .type = FIELD_MINUTES  },
    [FIELD_URL] = {.name = "f",        .type = FIELD_URL},
};

struct word_case {
  enum field_type type;
  const char *word;
  const char *expected; /* machine form, or a part of the complaint */
};

static bool parse(const struct word_case *row, struct value *out) {
  struct field_reading reading = {.currency = "USD", .today = 17226, .now = 17226 * 86400LL};
  return field_parse(&fields[row->type], row->word, &reading, out, &failure);
}

static void words_are_read_by_the_type_of_the_field(void **state) {
  static const struct word_case cases[] = {
      {FIELD_TEXT,    "ООО Ёлка",              "ООО Ёлка"             },
      {FIELD_TEXT,    "e\xcc\x81t\xc3\xa9",           "\xc3\xa9t\xc3\xa9"           },
      {FIELD_INTEGER, "-12",                          "-12"                         },
      {FIELD_NUMBER,  "1.5",                          "1.5"                         },
      {FIELD_PERCENT, "15%",                          "0.15"                        },
      {FIELD_PERCENT, "0.15",                         "0.15"                        },
      {FIELD_MONEY,   "12 500,00 EUR",                "12500.00"                    },
      {FIELD_MONEY,   "1.2M",                         "1200000.00"                  },
      {FIELD_BOOLEAN, "Да",                         "true"                        },
      {FIELD_BOOLEAN, "NO",                           "false"                       },
      {FIELD_DATE,    "15.04.2021",                   "2021-04-15"                  },
      {FIELD_INSTANT, "2021-04-15T10:00:00Z",         "2021-04-15T10:00:00Z"        },
      {FIELD_CHOICE,  "Large",                        "large"                       },
      {FIELD_CHOICES, "LARGE, small; large",          "small,large"                 },
      {FIELD_REF,     "#42",                          "42"                          },
      {FIELD_REF,     "42",                           "42"                          },
      {FIELD_EMAIL,   "ann@example.com",              "ann@example.com"             },
      {FIELD_EMAIL,   "почта@пример.рф", "почта@пример.рф"},
      {FIELD_PHONE,   "+7 (495) 123-45-67",           "+7 (495) 123-45-67"          },
      {FIELD_PHONE,   "123-45-67 доб. 5",          "123-45-67 доб. 5"         },
      {FIELD_MINUTES, "1h30m",                        "90"                          },
      {FIELD_URL,     "https://example.com/",         "https://example.com/"        },
      {FIELD_URL,     "пример.рф",            "пример.рф"           },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct value value;
    struct text text = {0};
    ok(parse(&cases[i], &value));
    value_append_plain(&text, &value);
    assert_string_equal(text_string(&text), cases[i].expected);
    assert_int_equal(value.type, field_value_type(cases[i].type));
    text_release(&text);
    value_release(&value);
  }
}

static void a_wrong_word_is_refused_with_what_is_right(void **state) {
  static const struct word_case cases[] = {
      {FIELD_TEXT,    "\xff",            "not UTF-8 at byte 1"          },
      {FIELD_INTEGER, "12.5",            "f: "                          },
      {FIELD_NUMBER,  "many",            "f: "                          },
      {FIELD_MONEY,   "10.555",          "f: "                          },
      {FIELD_BOOLEAN, "perhaps",         "neither yes nor no"           },
      {FIELD_DATE,    "2021-02-30",      "f: "                          },
      {FIELD_CHOICE,  "lareg",           "did you mean 'large'?"        },
      {FIELD_CHOICE,  "x",               "none of: small, medium, large"},
      {FIELD_CHOICES, "small,huge",      "'huge' is none of"            },
      {FIELD_REF,     "#0",              "write it as #42"              },
      {FIELD_EMAIL,   "ann",             "not an e-mail address"        },
      {FIELD_EMAIL,   "ann@example",     "not an e-mail address"        },
      {FIELD_EMAIL,   "a b@example.com", "not an e-mail address"        },
      {FIELD_EMAIL,   "a@b@example.com", "not an e-mail address"        },
      {FIELD_EMAIL,   "a@example..com",  "not an e-mail address"        },
      {FIELD_PHONE,   "none",            "not a phone number"           },
      {FIELD_PHONE,   "12",              "not a phone number"           },
      {FIELD_URL,     "example",         "not a web address"            },
      {FIELD_URL,     "https://a b.com", "not a web address"            },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct value value = value_null();
    refused(parse(&cases[i], &value), ERROR_INVALID, cases[i].expected);
  }
}

static void an_empty_word_unsets(void **state) {
  (void)state;
  for (int type = FIELD_TEXT; type <= FIELD_URL; type++) {
    struct value value = value_integer(1);
    ok(parse(&(struct word_case){(enum field_type)type, "", NULL}, &value));
    assert_true(value_is_null(&value));
  }
}

static bool accept(enum field_type type, struct value value, struct value *out) {
  return field_accept(&fields[type], &value, "USD", out, &failure);
}

static void a_number_becomes_what_the_field_keeps_when_nothing_is_lost(void **state) {
  struct value out;
  (void)state;
  ok(accept(FIELD_INTEGER, value_number(3), &out));
  assert_int_equal(out.type, VALUE_INTEGER);
  ok(accept(FIELD_NUMBER, value_integer(3), &out));
  assert_int_equal(out.type, VALUE_NUMBER);
  ok(accept(FIELD_MONEY, value_number(0.1 + 0.2), &out));
  assert_int_equal(out.as.money.minor, 30);
  ok(accept(FIELD_MONEY, value_integer(-7), &out));
  assert_int_equal(out.as.money.minor, -700);
  ok(accept(FIELD_INSTANT, value_date(1), &out));
  assert_int_equal(out.as.at, 86400);
  ok(accept(FIELD_DATE, value_text("2017-03-01"), &out));
  assert_int_equal(out.as.day, 17226);
  refused(accept(FIELD_INTEGER, value_number(3.5), &out), ERROR_INVALID, "whole number");
  refused(accept(FIELD_INTEGER, value_number(1e300), &out), ERROR_INVALID, "whole number");
  refused(accept(FIELD_MONEY, value_number(10.555), &out), ERROR_INVALID, "more decimals");
  refused(accept(FIELD_NUMBER, value_number(0.0 / 0.0), &out), ERROR_INVALID, "not a number");
  refused(accept(FIELD_DATE, value_instant(0), &out), ERROR_INVALID, "not a date");
  refused(accept(FIELD_TEXT, value_integer(1), &out), ERROR_INVALID, "not a text");
  refused(accept(FIELD_BOOLEAN, value_integer(1), &out), ERROR_INVALID, "not yes or no");
  refused(accept(FIELD_TEXT, value_text_bytes("a\0b", 3), &out), ERROR_INVALID, "zero byte");
}

static void empty_text_is_not_unset(void **state) {
  struct value out;
  (void)state;
  ok(accept(FIELD_TEXT, value_text(""), &out));
  assert_int_equal(out.type, VALUE_TEXT);
  assert_int_equal(out.as.text.length, 0);
  value_release(&out);
}

static void limits_hold_at_both_ends(void **state) {
  const struct field field = {.name = "satisfaction",
                              .type = FIELD_NUMBER,
                              .has_min = true,
                              .min = 1,
                              .has_max = true,
                              .max = 5};
  struct value out, one = value_number(1), five = value_number(5), less = value_number(0.99),
                    more = value_number(5.01);
  (void)state;
  ok(field_accept(&field, &one, NULL, &out, &failure));
  ok(field_accept(&field, &five, NULL, &out, &failure));
  refused(field_accept(&field, &less, NULL, &out, &failure), ERROR_INVALID, "the least is 1");
  refused(field_accept(&field, &more, NULL, &out, &failure), ERROR_INVALID, "the most is 5");
}

static void types_are_known_by_name(void **state) {
  enum field_type type;
  (void)state;
  for (int i = FIELD_TEXT; i <= FIELD_URL; i++) {
    assert_true(field_type_from_name(&type, field_type_name((enum field_type)i)));
    assert_int_equal(type, i);
  }
  assert_false(field_type_from_name(&type, "txt"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_are_read_by_the_type_of_the_field),
      cmocka_unit_test(a_wrong_word_is_refused_with_what_is_right),
      cmocka_unit_test(an_empty_word_unsets),
      cmocka_unit_test(a_number_becomes_what_the_field_keeps_when_nothing_is_lost),
      cmocka_unit_test(empty_text_is_not_unset),
      cmocka_unit_test(limits_hold_at_both_ends),
      cmocka_unit_test(types_are_known_by_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
