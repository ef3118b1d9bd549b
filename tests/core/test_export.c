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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_is_exact),
      cmocka_unit_test(amounts_of_several_currencies_say_which),
      cmocka_unit_test(json_keeps_types),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
