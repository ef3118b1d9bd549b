#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static memory_guard_fn current_guard;
static void *current_payload;

static _Bool is_allowed(size_t size) {
  return !current_guard || current_guard(size, current_payload);
}

void *memory_new(size_t size) {
  return memory_new_array(1, size);
}

void *memory_new_array(size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total) || !is_allowed(total)) {
    return NULL;
  }
  return calloc(1, total ? total : 1);
}

void *memory_resize(void *block, size_t size) {
  if (!is_allowed(size)) {
    return NULL;
  }
  return realloc(block, size ? size : 1);
}

void memory_free(void *block) {
  free(block);
}

char *memory_copy_text(const char *text) {
  if (!text) {
    return NULL;
  }
  size_t size = strlen(text) + 1;
  char *copy = memory_new(size);
  return copy ? memcpy(copy, text, size) : NULL;
}

void memory_guard(memory_guard_fn guard, void *payload) {
  current_guard = guard;
  current_payload = payload;
}
