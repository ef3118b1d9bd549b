#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "support/unit.h"

static void setting_an_error_returns_false_and_keeps_code_and_message(void **state) {
  (void)state;
  struct error err = {0};
  assert_false(error_set(&err, ERROR_NOT_FOUND, "no client '%s'", "Ёлка"));
  assert_int_equal(err.code, ERROR_NOT_FOUND);
  assert_string_equal(err.message, "no client 'Ёлка'");
}

static void a_long_message_is_cut_between_characters(void **state) {
  (void)state;
  static const char *const letters[] = {"x", "ж", "€", "😀"};
  for (size_t kind = 0; kind < 4; kind++) {
    for (int shift = 0; shift < 4; shift++) {
      struct text text = {0};
      struct error err = {0};
      text_append_repeat(&text, "a", (size_t)shift);
      text_append_repeat(&text, letters[kind], 600);
      error_set(&err, ERROR_INVALID, "%s", text_string(&text));
      size_t length = strlen(err.message);
      assert_true(text_is_utf8(err.message, length, NULL));
      assert_true(length < ERROR_MESSAGE_SIZE &&
                  length + strlen(letters[kind]) >= ERROR_MESSAGE_SIZE);
      text_release(&text);
    }
  }
}

static void a_message_is_one_line(void **state) {
  (void)state;
  struct error err = {0};
  error_set(&err, ERROR_INVALID, "'%s'", "a\nb\r\nc");
  assert_string_equal(err.message, "'a b  c'");
}

static void a_prefix_stands_before_the_message_and_keeps_the_code(void **state) {
  (void)state;
  struct error err = {0};
  error_set(&err, ERROR_DATA, "odd quote");
  assert_false(error_prefix(&err, "line %d: ", 3));
  assert_string_equal(err.message, "line 3: odd quote");
  assert_int_equal(err.code, ERROR_DATA);
}

static void an_error_can_quote_itself(void **state) {
  (void)state;
  struct error err = {0};
  error_set(&err, ERROR_DATA, "inner");
  error_set(&err, ERROR_INVALID, "outer: %s", err.message);
  assert_string_equal(err.message, "outer: inner");
}

static void every_code_has_its_own_name(void **state) {
  (void)state;
  for (int a = ERROR_NONE; a <= ERROR_MEMORY; a++) {
    for (int b = ERROR_NONE; b < a; b++) {
      assert_string_not_equal(error_code_name((enum error_code)a),
                              error_code_name((enum error_code)b));
    }
  }
  assert_string_equal(error_code_name(ERROR_NO_DATABASE), "no_database");
  assert_string_equal(error_code_name((enum error_code)99), "unknown");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(setting_an_error_returns_false_and_keeps_code_and_message),
      cmocka_unit_test(a_long_message_is_cut_between_characters),
      cmocka_unit_test(a_message_is_one_line),
      cmocka_unit_test(a_prefix_stands_before_the_message_and_keeps_the_code),
      cmocka_unit_test(an_error_can_quote_itself),
      cmocka_unit_test(every_code_has_its_own_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
