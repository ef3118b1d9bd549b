#include "base/map.h"

#include <string.h>

#include "base/memory.h"

enum { FIRST_CAPACITY = 16 };

/* FNV-1a: short keys, nothing hostile to defend against. */
static uint64_t hash(const char *key) {
  uint64_t sum = 14695981039346656037u;
  for (; *key; key++) {
    sum = (sum ^ (unsigned char)*key) * 1099511628211u;
  }
  return sum ^ (sum >> 32);
}

/* The slot that holds the key, or the free one where it belongs. */
static struct map_entry *slot(struct map_entry *entries, size_t capacity, const char *key) {
  size_t at = (size_t)hash(key) & (capacity - 1);
  while (entries[at].key && strcmp(entries[at].key, key) != 0) {
    at = (at + 1) & (capacity - 1);
  }
  return &entries[at];
}

static bool grow(struct map *map) {
  size_t capacity = map->capacity ? map->capacity * 2 : FIRST_CAPACITY;
  struct map_entry *entries = memory_new_array(capacity, sizeof *entries);
  if (!entries) {
    return false;
  }
  for (size_t i = 0; i < map->capacity; i++) {
    if (map->entries[i].key) {
      *slot(entries, capacity, map->entries[i].key) = map->entries[i];
    }
  }
  memory_free(map->entries);
  map->entries = entries;
  map->capacity = capacity;
  return true;
}

bool map_set(struct map *map, const char *key, int64_t number, struct error *err) {
  if (map->count >= map->capacity / 4 * 3 && !grow(map)) {
    return error_memory(err);
  }
  struct map_entry *entry = slot(map->entries, map->capacity, key);
  if (!entry->key) {
    entry->key = memory_copy_text(key);
    if (!entry->key) {
      return error_memory(err);
    }
    map->count++;
  }
  entry->number = number;
  return true;
}

bool map_find(const struct map *map, const char *key, int64_t *number) {
  if (map->count == 0) {
    return false;
  }
  const struct map_entry *entry = slot(map->entries, map->capacity, key);
  if (!entry->key) {
    return false;
  }
  *number = entry->number;
  return true;
}

void map_release(struct map *map) {
  for (size_t i = 0; i < map->capacity; i++) {
    memory_free(map->entries[i].key);
  }
  memory_free(map->entries);
  *map = (struct map){0};
}
