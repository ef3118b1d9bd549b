#include <jansson.h>
#include <math.h>

#include "engine/export.h"
#include "support/sales.h"

static struct value money(int64_t minor, const char *currency) {
  struct error err = {0};
  struct money amount;
  must(money_from_minor(&amount, minor, currency, &err));
  return value_money(amount);
}

/* name | amount | share; one text that a spreadsheet would run. */
static void fill(struct result *result, const char *second_currency) {
  struct error err = {0};
  must(result_init(result, "deals", "Deals", &err));
  must(result_add_column(result, "name", "Name", FIELD_TEXT, &err));
  must(result_add_column(result, "amount", "Amount", FIELD_MONEY, &err));
  must(result_add_column(result, "share", "Share", FIELD_PERCENT, &err));
  const struct value rows[3][3] = {
      {value_text("Ёлка, \"big\""), money(105400, "USD"),          value_number(0.6315)},
      {value_text("=1+1"),                               money(-500,                          second_currency), value_null()},
      {value_text(""),                   value_null(),                               value_number(-5)                                },
  };
  for (size_t i = 0; i < 3; i++) {
    struct result_row *row = result_add_row(result, 0, &err);
    assert_non_null(row);
    for (int j = 0; j < 3; j++)
      must(result_set(row, j, &rows[i][j], &err));
  }
  must(result_note(result, "a note", &err));
  strcpy(result->stamp.currency, "USD");
}

static void csv_is_exact(void **state) {
  struct error err = {0};
  struct result result;
  struct text text = {0};
  (void)state;
  fill(&result, "USD");
  must(export_csv(&result, ',', false, &text, &err));
  assert_string_equal(text_string(&text), "name,amount,share\n"
                                          "\"Ёлка, \"\"big\"\"\",1054.00,0.6315\n"
                                          "=1+1,-5.00,\n"
                                          "\"\",,-5\n");
  text_release(&text);
  result_release(&result);
}

static void amounts_of_several_currencies_say_which(void **state) {
  struct error err = {0};
  struct result result;
  struct text text = {0};
  (void)state;
  fill(&result, "EUR");
  must(export_csv(&result, '\t', true, &text, &err));
  assert_string_equal(text_string(&text), "name\tamount\tamount_currency\tshare\n"
                                          "\"Ёлка, \"\"big\"\"\"\t1054.00\tUSD\t0.6315\n"
                                          "'=1+1\t-5.00\tEUR\t\n"
                                          "\"\"\t\t\t-5\n");
  text_release(&text);
  result_release(&result);
}

static void json_keeps_types(void **state) {
  struct error err = {0};
  struct result result;
  struct text text = {0};
  (void)state;
  fill(&result, "USD");
  must(export_ndjson(&result, &text, &err));
  assert_string_equal(
      text_string(&text),
      "{\"name\":\"Ёлка, \\\"big\\\"\",\"amount\":{\"amount\":\"1054.00\",\"currency\":\"USD\"},"
      "\"share\":0.6315}\n"
      "{\"name\":\"=1+1\",\"amount\":{\"amount\":\"-5.00\",\"currency\":\"USD\"},"
      "\"share\":null}\n"
      "{\"name\":\"\",\"amount\":null,\"share\":-5}\n");
  text_clear(&text);
  must(export_json(&result, &text, &err));
  const char *json = text_string(&text);
  assert_ptr_equal(strstr(json, "{\"title\":\"Deals\",\"stamp\":{\"position\":0,"), json);
  assert_non_null(strstr(json, "{\"name\":\"share\",\"title\":\"Share\",\"type\":\"percent\"}"));
  assert_non_null(strstr(json, "\"notes\":[\"a note\"]}\n"));
  text_release(&text);
  result_release(&result);
}

static void add_row(struct result *result, const struct value *values) {
  struct error err = {0};
  struct result_row *row = result_add_row(result, 0, &err);
  assert_non_null(row);
  for (int i = 0; i < (int)result->columns.count; i++)
    must(result_set(row, i, &values[i], &err));
}

/* The cell of the only row, as jansson reads it. */
static json_t *read_cell(const struct result *result, json_t **root) {
  struct error err = {0};
  struct text text = {0};
  json_error_t fault;
  must(export_json(result, &text, &err));
  *root =
      json_loadb(text_string(&text), text.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &fault);
  if (!*root)
    fail_msg("%s in %s", fault.text, text_string(&text));
  text_release(&text);
  return json_object_get(json_array_get(json_object_get(*root, "rows"), 0), "a");
}

static void one_cell(struct result *result, enum field_type type, struct value value) {
  struct error err = {0};
  must(result_init(result, "one", "One", &err));
  must(result_add_column(result, "a", "A", type, &err));
  add_row(result, &value);
}

static void texts_of_any_bytes_are_json(void **state) {
  static const struct {
    const char *bytes;
    size_t length;
    const char *read;
  } cases[] = {
      {"\"Ёлка\" \\ / 東京 🚀", sizeof "\"Ёлка\" \\ / 東京 🚀" - 1, "\"Ёлка\" \\ / 東京 🚀"},
      {"\b\f\n\r\t\x01\x1b\x7f",        8,                                          "\b\f\n\r\t\x01\x1b\x7f"       },
      {"a\0b",                          3,                                          "a\0b"                         },
      {"x\xff\xd0",                     3,                                          "x\xef\xbf\xbd\xef\xbf\xbd"    },
      {"\xed\xa0\x80 \xc0\xaf",         6,                                          NULL                           },
      {"",                              0,                                          ""                             },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct result result;
    json_t *root;
    one_cell(&result, FIELD_TEXT, value_text_bytes(cases[i].bytes, cases[i].length));
    json_t *cell = read_cell(&result, &root);
    assert_true(json_is_string(cell));
    if (cases[i].read) {
      assert_true(json_string_length(cell) >= cases[i].length);
      assert_memory_equal(json_string_value(cell), cases[i].read, json_string_length(cell));
    }
    json_decref(root);
    result_release(&result);
  }
}

static void whole_numbers_are_read_back_to_the_last_digit(void **state) {
  static const int64_t cases[] = {
      0,         -1,        (INT64_C(1) << 53) + 1, -(INT64_C(1) << 53) - 1,
      INT64_MAX, INT64_MIN, 1000000000000000};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct result result;
    json_t *root;
    one_cell(&result, FIELD_INTEGER, value_integer(cases[i]));
    json_t *cell = read_cell(&result, &root);
    assert_true(json_is_integer(cell));
    assert_true(json_integer_value(cell) == cases[i]);
    json_decref(root);
    result_release(&result);
  }
}

static void numbers_are_read_back_as_they_were(void **state) {
  static const double cases[] = {0.1 + 0.2, 1.0 / 3, 1e300, -2.5e-300,           5e-324,
                                 0.6315,    1e15,    1e16,  123456789012345678.0};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct result result;
    json_t *root;
    one_cell(&result, FIELD_NUMBER, value_number(cases[i]));
    assert_true(json_number_value(read_cell(&result, &root)) == cases[i]);
    json_decref(root);
    result_release(&result);
  }
  for (size_t i = 0; i < 2; i++) {
    struct result result;
    json_t *root;
    one_cell(&result, FIELD_NUMBER, value_number(i ? NAN : -INFINITY));
    const json_t *cell = read_cell(&result, &root);
    assert_true(json_is_null(cell));
    json_decref(root);
    result_release(&result);
  }
}

/* A text, since many readers hold every number as a double. */
static void amounts_are_read_back_to_the_cent(void **state) {
  static const struct {
    int64_t minor;
    const char *currency, *amount;
  } cases[] = {
      {9007199254740993, "USD", "90071992547409.93"   },
      {INT64_MAX,        "USD", "92233720368547758.07"},
      {-7,               "USD", "-0.07"               },
      {1000000,          "JPY", "1000000"             },
      {1,                "KWD", "0.001"               },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct result result;
    json_t *root;
    one_cell(&result, FIELD_MONEY, money(cases[i].minor, cases[i].currency));
    json_t *cell = read_cell(&result, &root);
    assert_string_equal(json_string_value(json_object_get(cell, "amount")), cases[i].amount);
    assert_string_equal(json_string_value(json_object_get(cell, "currency")), cases[i].currency);
    json_decref(root);
    result_release(&result);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_is_exact),
      cmocka_unit_test(amounts_of_several_currencies_say_which),
      cmocka_unit_test(json_keeps_types),
      cmocka_unit_test(texts_of_any_bytes_are_json),
      cmocka_unit_test(whole_numbers_are_read_back_to_the_last_digit),
      cmocka_unit_test(numbers_are_read_back_as_they_were),
      cmocka_unit_test(amounts_are_read_back_to_the_cent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
