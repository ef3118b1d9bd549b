#include <string.h>

#include "base/memory.h"
#include "engine/import_sheet.h"
#include "model/query.h"

enum { AMBIGUOUS = -1 };

void import_names_free(struct import_names *names) {
  if (names == NULL)
    return;
  map_release(&names->exact);
  map_release(&names->folded);
  memory_free(names->by);
  memory_free(names);
}

static bool add_to(struct map *map, const char *key, int64_t id, struct error *err) {
  int64_t known = 0;
  bool taken = map_find(map, key, &known) && known != id;
  return map_set(map, key, taken ? AMBIGUOUS : id, err);
}

bool import_names_add(struct import_names *names, const char *name, int64_t id, struct error *err) {
  if (!add_to(&names->exact, name, id, err))
    return false;
  struct text folded = {0};
  text_append_folded(&folded, name, strlen(name));
  bool added = text_check(&folded, err) && add_to(&names->folded, text_string(&folded), id, err);
  text_release(&folded);
  return added;
}

static bool read_column(struct import_names *names, struct book *book, const char *path,
                        struct error *err) {
  struct query *query = NULL;
  struct cursor *cursor = NULL;
  const struct value *values = NULL;
  bool done = query_new(&query, book, names->kind, err) && query_select(query, "id", "id", err) &&
              query_select(query, "name", path, err) && query_run(query, book, &cursor, err);
  while (done && (done = cursor_next(cursor, &values, err)) && values != NULL)
    if (values[1].type == VALUE_TEXT)
      done = import_names_add(names, values[1].as.text.data, values[0].as.integer, err);
  cursor_close(cursor);
  query_free(query);
  return done;
}

static bool read_names(struct import_names *names, struct book *book, struct error *err) {
  if (names->by != NULL)
    return read_column(names, book, names->by, err);
  return read_column(names, book, names->kind->name_field, err) &&
         read_column(names, book, "external_id", err);
}

static struct import_names *find_open(const struct import_sheet *sheet, const struct kind *kind,
                                      const char *by) {
  for (size_t i = 0; i < sheet->names.count; i++) {
    struct import_names *names = *(struct import_names **)list_at(&sheet->names, i);
    bool same = by == NULL ? names->by == NULL : names->by != NULL && strcmp(names->by, by) == 0;
    if (names->kind == kind && same)
      return names;
  }
  return NULL;
}

bool import_names_open(struct import_sheet *sheet, const struct kind *kind, const char *by,
                       struct import_names **out, struct error *err) {
  *out = find_open(sheet, kind, by);
  if (*out != NULL)
    return true;
  struct import_names **place = list_add(&sheet->names, err);
  if (place == NULL)
    return false;
  *place = memory_new(sizeof **place);
  if (*place == NULL)
    return error_memory(err);
  (*place)->kind = kind;
  (*place)->by = memory_copy_text(by);
  if (by != NULL && (*place)->by == NULL)
    return error_memory(err);
  *out = *place;
  return read_names(*place, sheet->engine->book, err);
}

/* The nearest of all names, for the message; reading them all is fine on the way to a failure. */
static const char *nearest(const struct import_names *names, const char *word) {
  const char *best = NULL;
  size_t best_distance = strlen(word) / 3 + 1;
  for (size_t i = 0; i < names->exact.capacity; i++) {
    const char *key = names->exact.entries[i].key;
    size_t distance = key == NULL ? best_distance : text_distance(word, key);
    if (distance < best_distance) {
      best = key;
      best_distance = distance;
    }
  }
  return best;
}

/* Looking at every name for each of many rows would take longer than the import; who reads the
 * first of them knows what is wrong. */
enum { SUGGESTIONS_MAX = 30 };

static bool fail_unknown(struct import_sheet *sheet, const struct import_binding *binding,
                         const char *word, struct error *err) {
  const char *kind = binding->names->kind->name;
  const char *near = sheet->suggestions++ < SUGGESTIONS_MAX ? nearest(binding->names, word) : NULL;
  if (near == NULL)
    return error_set(err, ERROR_DATA,
                     "no %s '%s'; import it first, or say create = true in the mapping", kind,
                     word);
  return error_set(
      err, ERROR_DATA,
      "no %s '%s'; if '%s' is meant, say values = { [\"%s\"] = \"%s\" } in the mapping", kind, word,
      near, word, near);
}

static bool find_folded(const struct map *map, const char *word, int64_t *id, struct error *err) {
  struct text folded = {0};
  text_append_folded(&folded, word, strlen(word));
  bool done = text_check(&folded, err);
  if (done)
    (void)map_find(map, text_string(&folded), id);
  text_release(&folded);
  return done;
}

bool import_names_find(struct import_sheet *sheet, const struct import_binding *binding,
                       const char *word, int64_t *id, struct error *err) {
  *id = 0;
  if (!map_find(&binding->names->exact, word, id) &&
      !find_folded(&binding->names->folded, word, id, err))
    return false;
  if (*id == AMBIGUOUS)
    return error_set(err, ERROR_DATA,
                     "several records of kind %s are called '%s'; use external ids",
                     binding->names->kind->name, word);
  /* Nobody reads a suggestion that costs a look at every name when the target will be made. */
  if (*id == 0 && !binding->column->create)
    (void)fail_unknown(sheet, binding, word, err);
  return true;
}
