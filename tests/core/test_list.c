#include <string.h>

#include "base/list.h"
#include "core/failing.h"
#include "support/unit.h"

static void a_list_grows_and_keeps_its_items(void **state) {
  (void)state;
  struct list list = {.size = sizeof(int)};
  struct error err = {0};
  for (int i = 0; i < 1000; i++) {
    int *item = list_add(&list, &err);
    assert_int_equal(*item, 0);
    *item = i;
  }
  assert_int_equal(list.count, 1000);
  for (int i = 0; i < 1000; i++) {
    assert_int_equal(*(int *)list_at(&list, (size_t)i), i);
  }
  list_release(&list);
}

static void removing_keeps_the_order_and_clearing_the_memory(void **state) {
  (void)state;
  struct list list = {.size = sizeof(int)};
  struct error err = {0};
  for (int i = 0; i < 4; i++) {
    *(int *)list_add(&list, &err) = i;
  }
  list_remove(&list, 1);
  list_remove(&list, 2);
  assert_int_equal(list.count, 2);
  assert_int_equal(*(int *)list_at(&list, 0), 0);
  assert_int_equal(*(int *)list_at(&list, 1), 2);
  list_clear(&list);
  assert_int_equal(list.count, 0);
  assert_int_equal(*(int *)list_add(&list, &err), 0);
  list_release(&list);
}

static bool fill(struct error *err) {
  struct list list = {.size = 24};
  bool done = true;
  for (int i = 0; i < 40 && done; i++) {
    done = list_add(&list, err) != NULL;
  }
  list_release(&list);
  return done;
}

static void a_list_that_cannot_grow_says_so(void **state) {
  (void)state;
  assert_int_equal(failing_count(fill), 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_list_grows_and_keeps_its_items),
      cmocka_unit_test(removing_keeps_the_order_and_clearing_the_memory),
      cmocka_unit_test(a_list_that_cannot_grow_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
