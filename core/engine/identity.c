#include "engine/identity.h"

#include <string.h>

#include "base/memory.h"

struct identity *identity_new(struct rules *rules, const char *kind, struct error *err) {
  struct identity *identity = list_add(&rules->identities, err);
  if (!identity)
    return NULL;
  identity->among.size = sizeof(char *);
  identity->kind = memory_copy_text(kind);
  if (identity->kind)
    return identity;
  error_memory(err);
  return NULL;
}

bool identity_add_kind(struct identity *identity, const char *kind, struct error *err) {
  char **slot = list_add(&identity->among, err);
  if (!slot)
    return false;
  *slot = memory_copy_text(kind);
  return *slot || error_memory(err);
}

void identity_release(struct identity *identity) {
  for (int i = 0; i < IDENTITY_PARTS; i++)
    memory_free(identity->paths[i]);
  for (size_t i = 0; i < identity->among.count; i++)
    memory_free(*(char **)list_at(&identity->among, i));
  list_release(&identity->among);
  memory_free(identity->kind);
  memory_free(identity->settled);
  place_release(&identity->place);
}

const struct identity *identity_find(const struct engine *engine, const char *kind) {
  const struct list *all = &engine->rules->identities;
  for (size_t i = 0; i < all->count; i++) {
    const struct identity *identity = list_at(all, i);
    if (strcmp(identity->kind, kind) == 0)
      return identity;
  }
  return NULL;
}

static bool names(const struct identity *identity, const char *kind) {
  for (size_t i = 0; i < identity->among.count; i++)
    if (strcmp(*(char **)list_at(&identity->among, i), kind) == 0)
      return true;
  return false;
}

bool identity_matches(const struct identity *a, const struct identity *b) {
  return a == b || names(a, b->kind) || names(b, a->kind);
}

const char *identity_part_name(enum identity_part part) {
  static const char *const part_names[] = {"person", "company", "email", "phone"};
  return part_names[part];
}
