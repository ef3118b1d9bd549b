#include "engine/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "engine/profile.h"
#include "model/query.h"
#include "model/record.h"

enum { WINDOW = 16 };

/* A key of one profile. */
struct entry {
  uint64_t key;
  size_t profile;
};

struct finding {
  struct engine *engine;
  const struct duplicate_search *search;
  struct list profiles; /* of struct profile */
  struct list entries;  /* of struct entry */
  struct list wanted;   /* of uint64_t, sorted: keys of the records asked for; none: all count */
  struct list scratch;  /* of uint64_t */
  size_t targets;       /* the first so many profiles are the records asked for */
  struct list *out;
};

static void finding_release(struct finding *finding) {
  for (size_t i = 0; i < finding->profiles.count; i++)
    profile_release(list_at(&finding->profiles, i));
  list_release(&finding->profiles);
  list_release(&finding->entries);
  list_release(&finding->wanted);
  list_release(&finding->scratch);
}

static int compare_keys(const void *left, const void *right) {
  const uint64_t *a = left, *b = right;
  return *a < *b ? -1 : *a > *b;
}

static bool is_wanted(const struct finding *finding) {
  const struct list *wanted = &finding->wanted;
  if (!finding->search->ids)
    return true;
  for (size_t i = 0; wanted->count && i < finding->scratch.count; i++)
    if (bsearch(list_at(&finding->scratch, i), wanted->items, wanted->count, sizeof(uint64_t),
                compare_keys))
      return true;
  return false;
}

static bool add_entries(struct finding *finding, struct error *err) {
  for (size_t i = 0; i < finding->scratch.count; i++) {
    struct entry *entry = list_add(&finding->entries, err);
    if (!entry)
      return false;
    entry->key = *(uint64_t *)list_at(&finding->scratch, i);
    entry->profile = finding->profiles.count - 1;
  }
  return true;
}

/* A profile that shares no key with the records asked for is dropped at once. */
static bool take_profile(struct finding *finding, struct profile *profile, bool target,
                         struct error *err) {
  list_clear(&finding->scratch);
  bool done = profile_keys(profile, &finding->scratch, err);
  if (!done || (!target && !is_wanted(finding))) {
    profile_release(profile);
    return done;
  }
  struct profile *slot = list_add(&finding->profiles, err);
  if (!slot) {
    profile_release(profile);
    return false;
  }
  *slot = *profile;
  return add_entries(finding, err);
}

static bool is_target(const struct finding *finding, int64_t id) {
  for (size_t i = 0; i < finding->targets; i++)
    if (((struct profile *)list_at(&finding->profiles, i))->id == id)
      return true;
  return false;
}

/* Query columns: the id, then those parts that the identity has. */
static bool select_parts(struct query *query, const struct identity *identity, struct error *err) {
  bool done = query_select(query, "id", "id", err);
  for (int i = 0; done && i < IDENTITY_PARTS; i++)
    if (identity->paths[i])
      done =
          query_select(query, identity_part_name((enum identity_part)i), identity->paths[i], err);
  return done;
}

static bool take_row(struct finding *finding, const struct identity *identity,
                     const struct value *row, bool target, struct error *err) {
  struct value parts[IDENTITY_PARTS] = {0};
  struct profile profile;
  int column = 1;
  if (!target && is_target(finding, row[0].as.integer))
    return true;
  for (int i = 0; i < IDENTITY_PARTS; i++)
    if (identity->paths[i])
      parts[i] = row[column++];
  return profile_init(&profile, row[0].as.integer, identity, parts, err) &&
         take_profile(finding, &profile, target, err);
}

static bool take_rows(struct finding *finding, const struct identity *identity, struct query *query,
                      bool target, struct error *err) {
  struct cursor *cursor = NULL;
  const struct value *row = NULL;
  bool done =
      select_parts(query, identity, err) && query_run(query, finding->engine->book, &cursor, err);
  while (done && (done = cursor_next(cursor, &row, err)) && row)
    done = take_row(finding, identity, row, target, err);
  cursor_close(cursor);
  return done;
}

static bool only_where(struct query *query, const char *path, const struct value *value,
                       struct error *err) {
  struct condition *condition = NULL;
  return condition_compare(&condition, query, path, COMPARE_EQUAL, value, err) &&
         query_where(query, condition, err);
}

/* The records asked for, whether they are settled or not. */
static bool add_target(struct finding *finding, int64_t id, struct error *err) {
  const struct kind *kind = NULL;
  struct query *query = NULL;
  struct value value = value_integer(id);
  if (!record_kind_of(finding->engine->book, id, &kind, err))
    return false;
  const struct identity *identity = identity_find(finding->engine, kind->name);
  if (!identity)
    return error_set(err, ERROR_USAGE,
                     "nothing says who a %s is about; declare identity \"%s\" in the scripts",
                     kind->name, kind->name);
  bool done = query_new(&query, finding->engine->book, kind, err) &&
              only_where(query, "id", &value, err) &&
              take_rows(finding, identity, query, true, err);
  query_free(query);
  return done;
}

static bool add_targets(struct finding *finding, struct error *err) {
  for (size_t i = 0; i < finding->search->count; i++)
    if (!add_target(finding, finding->search->ids[i], err))
      return false;
  finding->targets = finding->profiles.count;
  for (size_t i = 0; i < finding->entries.count; i++) {
    uint64_t *slot = list_add(&finding->wanted, err);
    if (!slot)
      return false;
    *slot = ((struct entry *)list_at(&finding->entries, i))->key;
  }
  if (finding->wanted.count)
    qsort(finding->wanted.items, finding->wanted.count, sizeof(uint64_t), compare_keys);
  return true;
}

static bool add_kind(struct finding *finding, const struct identity *identity, struct error *err) {
  const struct kind *kind = NULL;
  struct query *query = NULL;
  const struct value unset = value_null();
  bool done = catalog_find(finding->engine->book->catalog, identity->kind, &kind, err) &&
              query_new(&query, finding->engine->book, kind, err);
  if (done && identity->settled)
    done = only_where(query, identity->settled, &unset, err);
  done = done && take_rows(finding, identity, query, false, err);
  query_free(query);
  return done;
}

/* Whether records of this kind can be in a pair that is asked for. */
static bool concerns(const struct finding *finding, const struct identity *identity) {
  const struct kind *kind = finding->search->kind;
  bool found = !kind && !finding->targets;
  if (kind) {
    const struct identity *own = identity_find(finding->engine, kind->name);
    found = own && identity_matches(own, identity);
  }
  for (size_t i = 0; !found && i < finding->targets; i++)
    found = identity_matches(((const struct profile *)list_at(&finding->profiles, i))->identity,
                             identity);
  return found;
}

static bool load(struct finding *finding, struct error *err) {
  const struct list *all = &finding->engine->rules->identities;
  if (finding->search->kind && !identity_find(finding->engine, finding->search->kind->name))
    return error_set(err, ERROR_USAGE,
                     "nothing says who a %s is about; declare identity \"%s\" in the scripts",
                     finding->search->kind->name, finding->search->kind->name);
  bool done = !finding->search->ids || add_targets(finding, err);
  for (size_t i = 0; done && i < all->count; i++)
    if (concerns(finding, list_at(all, i)))
      done = add_kind(finding, list_at(all, i), err);
  return done;
}

/* ---- pairs -------------------------------------------------------------------------------- */

static bool is_asked_for(const struct finding *finding, size_t a, size_t b) {
  const struct profile *left = list_at(&finding->profiles, a);
  const struct profile *right = list_at(&finding->profiles, b);
  const struct kind *kind = finding->search->kind;
  if (left->id == right->id || !identity_matches(left->identity, right->identity))
    return false;
  if (finding->search->ids && a >= finding->targets && b >= finding->targets)
    return false;
  return !kind || strcmp(left->identity->kind, kind->name) == 0 ||
         strcmp(right->identity->kind, kind->name) == 0;
}

static bool try_pair(struct finding *finding, size_t a, size_t b, struct error *err) {
  const struct profile *left = list_at(&finding->profiles, a);
  const struct profile *right = list_at(&finding->profiles, b);
  struct duplicate_evidence evidence;
  if (!is_asked_for(finding, a, b))
    return true;
  double score = profile_compare(left, right, &evidence);
  if (score < finding->search->least)
    return true;
  struct duplicate *found = list_add(finding->out, err);
  if (!found)
    return false;
  const struct profile *first = left->id < right->id ? left : right;
  const struct profile *second = first == left ? right : left;
  const struct catalog *catalog = finding->engine->book->catalog;
  *found = (struct duplicate){first->id,
                              second->id,
                              catalog_kind(catalog, first->identity->kind),
                              catalog_kind(catalog, second->identity->kind),
                              score,
                              evidence};
  return true;
}

static const char *name_of(const struct profile *profile) {
  return text_string(profile->person.sound.length ? &profile->person.sound
                                                  : &profile->company.sound);
}

/* An entry with what it is sorted by. */
struct neighbour {
  const char *name;
  size_t profile;
};

static int compare_neighbours(const void *left, const void *right) {
  const struct neighbour *a = left, *b = right;
  int order = strcmp(a->name, b->name);
  return order ? order : a->profile < b->profile ? -1 : a->profile > b->profile;
}

/* Those asked for with all others; when all are asked for each with those next to it. */
static bool try_neighbours(struct finding *finding, const struct neighbour *all, size_t count,
                           struct error *err) {
  bool some = finding->search->ids != NULL;
  for (size_t i = 0; i < count; i++) {
    if (some && all[i].profile >= finding->targets)
      continue;
    size_t till = some || count - i <= WINDOW ? count : i + WINDOW;
    for (size_t j = some ? 0 : i + 1; j < till; j++)
      if (!try_pair(finding, all[i].profile, all[j].profile, err))
        return false;
  }
  return true;
}

/* Records under one key: each with each, or in a crowd with its neighbours. */
static bool try_block(struct finding *finding, const struct entry *block, size_t count,
                      struct error *err) {
  struct list neighbours = {.size = sizeof(struct neighbour)};
  bool done = true;
  for (size_t i = 0; done && i < count; i++) {
    struct neighbour *slot = list_add(&neighbours, err);
    done = slot != NULL;
    if (slot)
      *slot = (struct neighbour){name_of(list_at(&finding->profiles, block[i].profile)),
                                 block[i].profile};
  }
  if (done && count > 1)
    qsort(neighbours.items, count, sizeof(struct neighbour), compare_neighbours);
  done = done && try_neighbours(finding, neighbours.items, count, err);
  list_release(&neighbours);
  return done;
}

static int compare_entries(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  if (a->key != b->key)
    return a->key < b->key ? -1 : 1;
  return a->profile < b->profile ? -1 : a->profile > b->profile;
}

static bool try_blocks(struct finding *finding, struct error *err) {
  size_t count = finding->entries.count;
  if (!count)
    return true;
  struct entry *entries = finding->entries.items;
  qsort(entries, count, sizeof *entries, compare_entries);
  for (size_t from = 0, till; from < count; from = till) {
    for (till = from + 1; till < count && entries[till].key == entries[from].key;)
      till++;
    if (till - from > 1 && !try_block(finding, entries + from, till - from, err))
      return false;
  }
  return true;
}

static int compare_pairs(const void *left, const void *right) {
  const struct duplicate *a = left, *b = right;
  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  if (a->first != b->first)
    return a->first < b->first ? -1 : 1;
  return a->second < b->second ? -1 : a->second > b->second;
}

/* Found under several keys, a pair stands there several times. */
static void sort_out(struct list *pairs) {
  struct duplicate *all = pairs->items;
  size_t kept = 0;
  if (!pairs->count)
    return;
  qsort(all, pairs->count, sizeof *all, compare_pairs);
  for (size_t i = 0; i < pairs->count; i++)
    if (kept == 0 || compare_pairs(&all[kept - 1], &all[i]) != 0)
      all[kept++] = all[i];
  pairs->count = kept;
}

bool duplicates_find(struct engine *engine, const struct duplicate_search *search, struct list *out,
                     struct error *err) {
  struct finding finding = {.engine = engine,
                            .search = search,
                            .profiles = {.size = sizeof(struct profile)},
                            .entries = {.size = sizeof(struct entry)},
                            .wanted = {.size = sizeof(uint64_t)},
                            .scratch = {.size = sizeof(uint64_t)},
                            .out = out};
  bool done = load(&finding, err) && try_blocks(&finding, err);
  if (done)
    sort_out(out);
  finding_release(&finding);
  return done;
}
