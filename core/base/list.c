#include "base/list.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_CAPACITY = 8 };

static bool grow(struct list *list) {
  size_t capacity = list->capacity ? list->capacity * 2 : FIRST_CAPACITY;
  size_t bytes;
  if (capacity < list->capacity || __builtin_mul_overflow(capacity, list->size, &bytes)) {
    return false;
  }
  void *items = memory_resize(list->items, bytes);
  if (!items) {
    return false;
  }
  list->items = items;
  list->capacity = capacity;
  return true;
}

void *list_add(struct list *list, struct error *err) {
  assert(list->size > 0);
  if (list->count == list->capacity && !grow(list)) {
    error_memory(err);
    return NULL;
  }
  list->count++;
  return memset(list_at(list, list->count - 1), 0, list->size);
}

void *list_at(const struct list *list, size_t index) {
  assert(index < list->count);
  return (char *)list->items + index * list->size;
}

void list_remove(struct list *list, size_t index) {
  char *item = list_at(list, index);
  memmove(item, item + list->size, (list->count - index - 1) * list->size);
  list->count--;
}

void list_clear(struct list *list) {
  list->count = 0;
}

void list_release(struct list *list) {
  memory_free(list->items);
  *list = (struct list){.size = list->size};
}
