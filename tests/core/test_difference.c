#include <string.h>

#include "base/difference.h"
#include "support/unit.h"

static void assert_difference(const char *before, const char *after, const char *expected) {
  struct text out = {0};
  struct error err = {0};
  const struct difference_side old = {"a.lua", before, before ? strlen(before) : 0},
                               new = {"a.lua", after, after ? strlen(after) : 0};
  assert_true(difference_append(&out, &old, &new, &err));
  assert_string_equal(text_string(&out), expected);
  text_release(&out);
}

static void equal_texts_have_none(void **state) {
  (void)state;
  assert_difference("", "", "");
  assert_difference("один\nдва\n", "один\nдва\n", "");
}

static void a_changed_line_stands_between_three_others(void **state) {
  (void)state;
  assert_difference("1\n2\n3\n4\nx\n5\n6\n7\n8\n", "1\n2\n3\n4\ny\n5\n6\n7\n8\n",
                    "--- a.lua\n+++ a.lua\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-x\n+y\n 5\n 6\n 7\n");
}

static void changes_far_apart_are_hunks_of_their_own(void **state) {
  (void)state;
  assert_difference("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\n",
                    "--- a.lua\n+++ a.lua\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
                    "@@ -6,4 +6,3 @@\n 5\n 6\n 7\n-b\n");
}

static void changes_close_together_share_one(void **state) {
  (void)state;
  assert_difference("a\n1\n2\n3\n4\n5\n6\nb\n", "1\n2\n3\n4\n5\n6\nB\n",
                    "--- a.lua\n+++ a.lua\n@@ -1,8 +1,7 @@\n-a\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
}

static void a_file_of_one_side_is_told_from_nothing(void **state) {
  (void)state;
  assert_difference(NULL, "1\n2", "--- /dev/null\n+++ a.lua\n@@ -0,0 +1,2 @@\n+1\n+2\n");
  assert_difference("1\n", NULL, "--- a.lua\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n");
}

/* What is common is kept even where it moved. */
static void only_what_differs_is_told(void **state) {
  (void)state;
  assert_difference("a\nb\nc\n", "c\na\nb\n",
                    "--- a.lua\n+++ a.lua\n@@ -1,3 +1,3 @@\n+c\n a\n b\n-c\n");
}

static void what_is_too_much_to_compare_is_told_as_replaced(void **state) {
  struct text before = {0}, after = {0}, out = {0};
  struct error err = {0};
  (void)state;
  for (int i = 0; i < 4000; i++) {
    text_format(&before, "a%d\nsame\n", i);
    text_format(&after, "b%d\nsame\nc\n", i);
  }
  const struct difference_side old = {"a", before.data, before.length},
                               new = {"a", after.data, after.length};
  assert_true(difference_append(&out, &old, &new, &err));
  assert_non_null(strstr(text_string(&out), "@@ -1,8000 +1,12000 @@\n-a0\n-same\n"));
  text_release(&before);
  text_release(&after);
  text_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_texts_have_none),
      cmocka_unit_test(a_changed_line_stands_between_three_others),
      cmocka_unit_test(changes_far_apart_are_hunks_of_their_own),
      cmocka_unit_test(changes_close_together_share_one),
      cmocka_unit_test(a_file_of_one_side_is_told_from_nothing),
      cmocka_unit_test(only_what_differs_is_told),
      cmocka_unit_test(what_is_too_much_to_compare_is_told_as_replaced),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
