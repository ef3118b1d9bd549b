/* A growing array of equal-sized items. {.size = sizeof(item)} is an empty list. */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stddef.h>

#include "base/error.h"

struct list {
  void *items; /* owned; the items' own memory is the user's */
  size_t count;
  size_t capacity;
  size_t size; /* of one item, set by the user */
};

/* Room for one more at the end, zeroed; borrowed until the next add. NULL when out of memory
 * (then err is set). */
void *list_add(struct list *list, struct error *err);
void *list_at(const struct list *list, size_t index); /* index < count */
void list_remove(struct list *list, size_t index);    /* keeps the order */
void list_clear(struct list *list);                   /* keeps the memory */
void list_release(struct list *list);

#endif
