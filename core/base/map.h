/* From text to a 64-bit number: names to ids, words to positions. {0} is an empty map. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct map_entry {
  char *key; /* owned; NULL: free slot */
  int64_t number;
};

struct map {
  struct map_entry *entries;
  size_t count;
  size_t capacity; /* a power of two, or 0 */
};

bool map_set(struct map *map, const char *key, int64_t number, struct error *err);
bool map_find(const struct map *map, const char *key, int64_t *number); /* false: not there */
void map_release(struct map *map);

#endif
