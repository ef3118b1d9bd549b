#include <string.h>

#include "base/memory.h"
#include "core/failing.h"
#include "support/unit.h"

static void new_memory_is_zeroed_and_never_null_for_nothing(void **state) {
  (void)state;
  static const char zeros[64];
  char *block = memory_new(sizeof zeros);
  void *empty = memory_new(0);
  assert_memory_equal(block, zeros, sizeof zeros);
  assert_non_null(empty);
  memory_free(block);
  memory_free(empty);
  memory_free(NULL);
}

static void an_array_whose_size_overflows_is_refused(void **state) {
  (void)state;
  assert_null(memory_new_array(SIZE_MAX / 2, 3));
}

static void resizing_keeps_the_contents(void **state) {
  (void)state;
  char *block = memory_copy_text("Ёлка");
  block = memory_resize(block, 1000);
  assert_string_equal(block, "Ёлка");
  memory_free(block);
  assert_null(memory_copy_text(NULL));
}

static void the_guard_makes_allocations_fail_and_leaves_the_old_block(void **state) {
  (void)state;
  struct failing failing = {.until = 1};
  memory_guard(failing_guard, &failing);
  char *block = memory_copy_text("kept");
  void *second = memory_new(1);
  void *third = memory_resize(block, 100);
  memory_guard(NULL, NULL);
  assert_null(second);
  assert_null(third);
  assert_string_equal(block, "kept");
  memory_free(block);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(new_memory_is_zeroed_and_never_null_for_nothing),
      cmocka_unit_test(an_array_whose_size_overflows_is_refused),
      cmocka_unit_test(resizing_keeps_the_contents),
      cmocka_unit_test(the_guard_makes_allocations_fail_and_leaves_the_old_block),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
