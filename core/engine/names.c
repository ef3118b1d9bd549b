#include "engine/names.h"

#include "base/memory.h"
#include "model/record.h"

struct slot {
  int64_t id; /* 0: free */
  char *name; /* owned */
};

struct names {
  struct book *book;  /* borrowed */
  struct slot *slots; /* owned */
  size_t count;
  size_t capacity; /* a power of two */
};

enum { NAMES_CAPACITY = 64 };

bool names_new(struct names **out, struct book *book, struct error *err) {
  struct names *names = memory_new(sizeof *names);
  struct slot *slots = memory_new_array(NAMES_CAPACITY, sizeof *slots);
  if (!names || !slots) {
    memory_free(names);
    memory_free(slots);
    return error_memory(err);
  }
  *names = (struct names){.book = book, .slots = slots, .capacity = NAMES_CAPACITY};
  *out = names;
  return true;
}

void names_free(struct names *names) {
  if (!names)
    return;
  for (size_t i = 0; i < names->capacity; i++)
    memory_free(names->slots[i].name);
  memory_free(names->slots);
  memory_free(names);
}

static struct slot *find_slot(struct slot *slots, size_t capacity, int64_t id) {
  size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15)) & (capacity - 1);
  while (slots[at].id != 0 && slots[at].id != id)
    at = (at + 1) & (capacity - 1);
  return &slots[at];
}

static bool grow(struct names *names, struct error *err) {
  size_t capacity = names->capacity * 2;
  struct slot *slots = memory_new_array(capacity, sizeof *slots);
  if (!slots)
    return error_memory(err);
  for (size_t i = 0; i < names->capacity; i++)
    if (names->slots[i].id != 0)
      *find_slot(slots, capacity, names->slots[i].id) = names->slots[i];
  memory_free(names->slots);
  names->slots = slots;
  names->capacity = capacity;
  return true;
}

static bool read_name(struct names *names, int64_t id, char **name, struct error *err) {
  struct record record;
  struct text text = {0};
  struct error failure;
  if (record_load(&record, names->book, NULL, id, &failure)) {
    record_append_name(&text, &record);
    record_release(&record);
  } else if (failure.code == ERROR_NOT_FOUND) {
    text_format(&text, "#%lld", (long long)id);
  } else {
    *err = failure;
    return false;
  }
  *name = text_take(&text, err);
  text_release(&text);
  return *name != NULL;
}

bool names_find(struct names *names, int64_t id, const char **name, struct error *err) {
  struct slot *slot = find_slot(names->slots, names->capacity, id);
  if (slot->id == 0) {
    char *read;
    if (!read_name(names, id, &read, err))
      return false;
    *slot = (struct slot){id, read};
    names->count++;
    *name = read;
    return names->count * 2 < names->capacity || grow(names, err);
  }
  *name = slot->name;
  return true;
}
