#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "core/failing.h"
#include "support/unit.h"

static void a_map_finds_what_was_set_and_nothing_else(void **state) {
  (void)state;
  struct map map = {0};
  struct error err = {0};
  char key[32];
  int64_t number = -1;
  assert_false(map_find(&map, "key 1", &number));
  for (int i = 0; i < 5000; i++) {
    snprintf(key, sizeof key, "key %d", i);
    assert_true(map_set(&map, key, i, &err));
  }
  assert_int_equal(map.count, 5000);
  for (int i = 0; i < 5000; i++) {
    snprintf(key, sizeof key, "key %d", i);
    assert_true(map_find(&map, key, &number));
    assert_int_equal(number, i);
  }
  assert_false(map_find(&map, "key 5000", &number));
  map_release(&map);
}

static void setting_a_key_again_replaces_its_number(void **state) {
  (void)state;
  struct map map = {0};
  struct error err = {0};
  int64_t number;
  assert_true(map_set(&map, "", 1, &err) && map_set(&map, "", INT64_MIN, &err));
  assert_true(map_find(&map, "", &number));
  assert_true(number == INT64_MIN);
  assert_int_equal(map.count, 1);
  map_release(&map);
}

static bool fill(struct error *err) {
  struct map map = {0};
  char key[32];
  bool done = true;
  for (int i = 0; i < 20 && done; i++) {
    snprintf(key, sizeof key, "%d", i);
    done = map_set(&map, key, i, err);
  }
  map_release(&map);
  return done;
}

static void a_map_that_cannot_grow_says_so(void **state) {
  (void)state;
  assert_int_equal(failing_count(fill), 22); /* 20 keys and two tables */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_map_finds_what_was_set_and_nothing_else),
      cmocka_unit_test(setting_a_key_again_replaces_its_number),
      cmocka_unit_test(a_map_that_cannot_grow_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
