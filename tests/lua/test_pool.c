#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "bind/pool.h"
#include "support/unit.h"

enum { BLOCKS = 200, STEPS = 50000, LARGEST = 600 };

struct held {
  unsigned char *bytes;
  size_t size;
  unsigned char mark;
};

static void check_marks(const struct held *held) {
  for (size_t i = 0; i < held->size; i++)
    assert_int_equal(held->bytes[i], held->mark);
}

static void resize(struct pool *pool, struct held *held, size_t size) {
  size_t kept = size < held->size ? size : held->size;
  held->bytes = pool_resize(pool, held->bytes, held->size, size);
  assert_true(size == 0 || held->bytes);
  held->size = kept;
  check_marks(held);
  held->size = size;
  memset(held->bytes ? held->bytes : &held->mark, held->mark, size ? size : 1);
}

static void blocks_keep_what_is_in_them(void **context) {
  (void)context;
  static struct held held[BLOCKS];
  struct pool pool = {0};
  uint32_t dice = 7;
  for (int i = 0; i < BLOCKS; i++)
    held[i].mark = (unsigned char)(i + 1);
  for (int step = 0; step < STEPS; step++) {
    dice = dice * 1664525u + 1013904223u;
    struct held *one = &held[(dice >> 8) % BLOCKS];
    check_marks(one);
    resize(&pool, one, (dice >> 16) % LARGEST);
  }
  for (int i = 0; i < BLOCKS; i++)
    resize(&pool, &held[i], 0);
  pool_release(&pool);
}

static void a_freed_block_is_used_again(void **context) {
  (void)context;
  struct pool pool = {0};
  void *first = pool_resize(&pool, NULL, 0, 40);
  assert_null(pool_resize(&pool, first, 40, 0));
  assert_ptr_equal(pool_resize(&pool, NULL, 0, 48), first);
  assert_ptr_equal(pool_resize(&pool, first, 48, 33), first);
  pool_release(&pool);
}

static _Bool refuse(size_t size, void *payload) {
  (void)size;
  (void)payload;
  return 0;
}

static void a_failure_leaves_the_block_as_it_was(void **context) {
  (void)context;
  struct pool pool = {0};
  char *large = pool_resize(&pool, NULL, 0, 1000);
  strcpy(large, "kept");
  memory_guard(refuse, NULL);
  assert_null(pool_resize(&pool, large, 1000, 16)); /* needs the first chunk */
  assert_null(pool_resize(&pool, large, 1000, 5000));
  assert_null(pool_resize(&pool, NULL, 0, 16));
  memory_guard(NULL, NULL);
  assert_string_equal(large, "kept");
  assert_null(pool_resize(&pool, large, 1000, 0));
  pool_release(&pool);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocks_keep_what_is_in_them),
      cmocka_unit_test(a_freed_block_is_used_again),
      cmocka_unit_test(a_failure_leaves_the_block_as_it_was),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
