#include <string.h>

#include "base/error_place.h"
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

static void what_to_do_is_found_in_the_message(void **state) {
  (void)state;
  static const struct {
    const char *quoted, *hint;
  } values[] = {
      {"x",    "did you mean 'y'?"},
      {"a; b", "did you mean 'y'?"},
      {"; ",   "did you mean 'y'?"},
  };
  struct error err = {0};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    error_set(&err, ERROR_USAGE, "no '%s'; did you mean 'y'?", values[i].quoted);
    assert_string_equal(error_hint(&err), values[i].hint);
  }
  error_prefix(&err, "line %d; ", 3);
  assert_string_equal(error_hint(&err), "did you mean 'y'?");
  error_set(&err, ERROR_USAGE, "no '%s'", "a; b");
  assert_string_equal(error_hint(&err), "");
  error_find_hint(&err);
  assert_string_equal(error_hint(&err), "b'");
}

static void a_new_message_has_no_place(void **state) {
  (void)state;
  struct error err = {0};
  const char word[] = "amuont=5";
  error_set(&err, ERROR_USAGE, "x");
  error_locate(&err, "a.lua", 7);
  error_blame_part(&err, word, 6);
  error_prefix(&err, "a.lua:7: ");
  assert_int_equal(err.place.line, 7);
  assert_ptr_equal(err.blamed, word);
  assert_int_equal(err.blamed_length, 6);
  error_set(&err, ERROR_USAGE, "y");
  assert_int_equal(err.place.line, 0);
  assert_string_equal(err.place.file, "");
  assert_null(err.blamed);
}

/* The line, what is marked in it, and both as they are shown. */
static void assert_shown(const char *file, const struct error_line *line, const char *expected) {
  struct error err = {0};
  struct text out = {0};
  error_set(&err, ERROR_DATA, "x");
  error_locate(&err, file, 12);
  error_show_line(&err, line);
  error_append_excerpt(&out, &err);
  assert_string_equal(text_string(&out), expected);
  assert_true(text_is_utf8(err.place.excerpt, strlen(err.place.excerpt), NULL));
  text_release(&out);
}

static void a_line_is_shown_with_its_mark(void **state) {
  (void)state;
  assert_shown("a.lua", &(struct error_line){"x = = 1", 7, 4, 1},
               "   12 | x = = 1\n"
               "            ^\n");
  assert_shown("", &(struct error_line){"list dael", 9, 5, 4},
               "  list dael\n"
               "       ^~~~\n");
  assert_shown("a.lua", &(struct error_line){"東京\tё = = 1", 17, 12, 1},
               "   12 | 東京 ё = = 1\n"
               "                 ^\n");
  assert_shown("a.lua", &(struct error_line){"print(x", 7, 7, 1},
               "   12 | print(x\n"
               "               ^\n");
  assert_shown("a.lua", &(struct error_line){"x.y.z", 5, 0, 0}, "   12 | x.y.z\n");
  assert_shown("a.lua", &(struct error_line){"", 0, 0, 0}, "");
}

static void of_a_long_line_what_is_around_the_mark_is_shown(void **state) {
  (void)state;
  static const char *const letters[] = {"x", "ж", "€", "😀"};
  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
    struct text text = {0};
    struct error err = {0};
    text_append_repeat(&text, letters[i], 500);
    size_t at = text.length;
    text_append(&text, "=");
    text_append_repeat(&text, letters[i], 500);
    error_set(&err, ERROR_DATA, "x");
    error_locate(&err, "a.lua", 1);
    error_show_line(&err, &(struct error_line){text_string(&text), text.length, at, 1});
    assert_int_equal(err.place.column, 501);
    assert_int_equal(err.place.excerpt[err.place.mark], '=');
    assert_int_equal(err.place.mark_length, 1);
    assert_true(text_is_utf8(err.place.excerpt, strlen(err.place.excerpt), NULL));
    assert_memory_equal(err.place.excerpt, "…", 3);
    text_release(&text);
  }
}

static void a_line_is_found_by_its_number(void **state) {
  (void)state;
  struct error_line line;
  assert_true(error_line_find(&line, "a\n\nbc", 5, 3));
  assert_int_equal(line.length, 2);
  assert_memory_equal(line.text, "bc", 2);
  assert_true(error_line_find(&line, "a\n\nbc", 5, 2));
  assert_int_equal(line.length, 0);
  assert_false(error_line_find(&line, "a\n\nbc", 5, 4));
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
      cmocka_unit_test(what_to_do_is_found_in_the_message),
      cmocka_unit_test(a_new_message_has_no_place),
      cmocka_unit_test(a_line_is_shown_with_its_mark),
      cmocka_unit_test(of_a_long_line_what_is_around_the_mark_is_shown),
      cmocka_unit_test(a_line_is_found_by_its_number),
      cmocka_unit_test(an_error_can_quote_itself),
      cmocka_unit_test(every_code_has_its_own_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
