/* Runs an operation again and again while each time a later allocation fails. LeakSanitizer
 * sees what a failure leaves behind. */
#ifndef TEST_FAILING_H
#define TEST_FAILING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"

struct failing {
  size_t until; /* allocations that still succeed */
};

static inline bool failing_guard(size_t size, void *payload) {
  struct failing *failing = payload;
  (void)size;
  return failing->until > 0 && failing->until--;
}

/* How many allocations failed before the operation succeeded. Each failure must be
 * ERROR_MEMORY; otherwise the answer is -1. */
static inline int failing_count(bool (*operation)(struct error *err)) {
  for (int allowed = 0; allowed < 1000; allowed++) {
    struct failing failing = {.until = (size_t)allowed};
    struct error err = {0};
    memory_guard(failing_guard, &failing);
    bool done = operation(&err);
    memory_guard(NULL, NULL);
    if (done) {
      return allowed;
    }
    if (err.code != ERROR_MEMORY) {
      return -1;
    }
  }
  return -1;
}

#endif
