#include "engine/merge.h"

#include <string.h>

#include "base/memory.h"
#include "engine/process.h"
#include "model/history.h"
#include "model/query.h"

struct merge {
  struct engine *engine;
  const struct merge_options *options;
  struct merge_summary *summary;
  struct record stays, goes;
};

static void summary_init(struct merge_summary *summary) {
  *summary = (struct merge_summary){
      .filled.size = sizeof(struct field *),
      .joined.size = sizeof(struct field *),
      .chosen.size = sizeof(struct field *),
      .conflicts.size = sizeof(struct merge_conflict),
      .moved.size = sizeof(struct merge_moved),
  };
}

void merge_summary_release(struct merge_summary *summary) {
  for (size_t i = 0; i < summary->conflicts.count; i++) {
    struct merge_conflict *conflict = list_at(&summary->conflicts, i);
    value_release(&conflict->kept);
    value_release(&conflict->dropped);
  }
  list_release(&summary->filled);
  list_release(&summary->joined);
  list_release(&summary->chosen);
  list_release(&summary->conflicts);
  list_release(&summary->moved);
  memory_free(summary->stage);
  memory_free(summary->stage_of_other);
  *summary = (struct merge_summary){0};
}

static bool note_field(struct list *fields, const struct field *field, struct error *err) {
  const struct field **slot = list_add(fields, err);
  if (slot)
    *slot = field;
  return slot != NULL;
}

static bool is_taken(const struct merge *merge, const struct field *field) {
  for (const char *const *name = merge->options->take; name && *name; name++)
    if (strcmp(*name, field->name) == 0)
      return true;
  return false;
}

/* Engine fields are the mover's; computed ones follow by themselves. */
static bool is_mergeable(const struct field *field) {
  return field_is_stored(field) && !(field->flags & FIELD_ENGINE);
}

static bool check_take(const struct merge *merge, struct error *err) {
  for (const char *const *name = merge->options->take; name && *name; name++) {
    const struct field *field = NULL;
    if (!kind_find_field(merge->stays.kind, *name, &field, err))
      return false;
    if (!is_mergeable(field))
      return error_set(err, ERROR_USAGE, "%s can't be taken over: %s", field->name,
                       field->flags & FIELD_ENGINE ? "a process moves it; use 'advance' or 'back'"
                                                   : "it is computed");
  }
  return true;
}

/* ---- fields ------------------------------------------------------------------------------- */

static bool take_value(struct merge *merge, const struct field *field, const struct value *value,
                       struct error *err) {
  return record_set(&merge->stays, merge->engine->book, field, value, err);
}

static bool join_texts(struct merge *merge, const struct field *field, struct error *err) {
  struct text both = {0};
  value_append_plain(&both, &merge->stays.values[field->position]);
  text_append(&both, "\n\n");
  value_append_plain(&both, &merge->goes.values[field->position]);
  const struct value value = value_text(text_string(&both));
  bool done = text_check(&both, err) && take_value(merge, field, &value, err) &&
              note_field(&merge->summary->joined, field, err);
  text_release(&both);
  return done;
}

static bool note_conflict(struct merge *merge, const struct field *field, struct error *err) {
  struct merge_conflict *conflict = list_add(&merge->summary->conflicts, err);
  if (!conflict)
    return false;
  conflict->field = field;
  return value_copy(&conflict->kept, &merge->stays.values[field->position], err) &&
         value_copy(&conflict->dropped, &merge->goes.values[field->position], err);
}

/* Neither may refer to itself or to the record that is about to go. */
static bool is_own_reference(const struct merge *merge, const struct field *field,
                             const struct value *value) {
  return field->type == FIELD_REF && value->type == VALUE_INTEGER &&
         (value->as.integer == merge->stays.id || value->as.integer == merge->goes.id);
}

static bool merge_field(struct merge *merge, const struct field *field, struct error *err) {
  const struct value none = value_null();
  const struct value *mine = &merge->stays.values[field->position];
  const struct value *other = &merge->goes.values[field->position];
  if (is_own_reference(merge, field, mine) && !take_value(merge, field, &none, err))
    return false;
  if (value_is_null(other) || is_own_reference(merge, field, other) || value_equal(mine, other))
    return true;
  if (value_is_null(mine))
    return take_value(merge, field, other, err) && note_field(&merge->summary->filled, field, err);
  if (is_taken(merge, field))
    return take_value(merge, field, other, err) && note_field(&merge->summary->chosen, field, err);
  if (field->flags & FIELD_LONG)
    return join_texts(merge, field, err);
  return note_conflict(merge, field, err);
}

/* A field that the caller set is no conflict any more. */
static bool settle_conflicts(struct merge *merge, struct error *err) {
  struct list *conflicts = &merge->summary->conflicts;
  for (size_t i = conflicts->count; i-- > 0;) {
    struct merge_conflict *conflict = list_at(conflicts, i);
    const struct field *field = conflict->field;
    if (value_equal(&merge->stays.values[field->position], &conflict->kept))
      continue;
    value_release(&conflict->kept);
    value_release(&conflict->dropped);
    list_remove(conflicts, i);
    if (!note_field(&merge->summary->chosen, field, err))
      return false;
  }
  return true;
}

static bool merge_fields(struct merge *merge, struct error *err) {
  const struct merge_options *options = merge->options;
  const struct kind *kind = merge->stays.kind;
  for (int i = 0; i < kind->field_count; i++)
    if (is_mergeable(kind->fields[i]) && !merge_field(merge, kind->fields[i], err))
      return false;
  return (!options->adjust || options->adjust(&merge->stays, options->payload, err)) &&
         settle_conflicts(merge, err);
}

/* ---- references --------------------------------------------------------------------------- */

static bool find_referrers(struct merge *merge, const struct kind *kind, const struct field *field,
                           int64_t **ids, size_t *count, struct error *err) {
  struct query *query = NULL;
  struct condition *leads_there = NULL;
  const struct value other = value_integer(merge->goes.id);
  bool done = query_new(&query, merge->engine->book, kind, err) &&
              condition_compare(&leads_there, query, field->name, COMPARE_EQUAL, &other, err) &&
              query_where(query, leads_there, err) &&
              query_ids(query, merge->engine->book, ids, count, err);
  query_free(query);
  return done;
}

static bool redirect(struct merge *merge, const struct kind *kind, const struct field *field,
                     int64_t id, struct error *err) {
  struct record record;
  const struct value survivor = value_integer(merge->stays.id);
  if (!record_load(&record, merge->engine->book, kind, id, err))
    return false;
  bool done = record_put_within(&record, merge->engine->book, field, &survivor, 0, err);
  record_release(&record);
  return done;
}

static bool note_moved(struct merge *merge, const struct kind *kind, const struct field *field,
                       int64_t count, struct error *err) {
  struct merge_moved *moved = count ? list_add(&merge->summary->moved, err) : NULL;
  if (moved)
    *moved = (struct merge_moved){kind, field, count};
  return moved || !count;
}

/* The two themselves are not among them: what they say of each other ends with one of them. */
static bool move_references(struct merge *merge, const struct kind *kind, const struct field *field,
                            struct error *err) {
  int64_t *ids = NULL, moved = 0;
  size_t count = 0;
  bool done = find_referrers(merge, kind, field, &ids, &count, err);
  for (size_t i = 0; done && i < count; i++) {
    if (ids[i] == merge->stays.id || ids[i] == merge->goes.id)
      continue;
    done = redirect(merge, kind, field, ids[i], err);
    moved++;
  }
  memory_free(ids);
  return done && note_moved(merge, kind, field, moved, err);
}

static bool move_all_references(struct merge *merge, struct error *err) {
  const struct catalog *catalog = merge->engine->book->catalog;
  for (int k = 0; k < catalog_count(catalog); k++) {
    const struct kind *kind = catalog_at(catalog, k);
    for (int i = 0; i < kind->field_count; i++) {
      const struct field *field = kind->fields[i];
      if (field_is_stored(field) && field->type == FIELD_REF &&
          strcmp(field->target, merge->goes.kind->name) == 0 &&
          !move_references(merge, kind, field, err))
        return false;
    }
  }
  return true;
}

/* ---- the whole ---------------------------------------------------------------------------- */

static const char *text_at(const struct record *record, const struct field *field) {
  const struct value *value = &record->values[field->position];
  return value->type == VALUE_TEXT ? value->as.text.data : "";
}

static bool note_stages(struct merge *merge, struct error *err) {
  const struct kind *kind = merge->stays.kind;
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *field = kind->fields[i];
    if (!(field->flags & FIELD_ENGINE) ||
        strcmp(text_at(&merge->stays, field), text_at(&merge->goes, field)) == 0)
      continue;
    merge->summary->stage = memory_copy_text(text_at(&merge->stays, field));
    merge->summary->stage_of_other = memory_copy_text(text_at(&merge->goes, field));
    return (merge->summary->stage && merge->summary->stage_of_other) || error_memory(err);
  }
  return true;
}

static bool note_in_history(struct merge *merge, struct error *err) {
  struct text name = {0};
  text_format(&name, "%s #%lld ", merge->goes.kind->name, (long long)merge->goes.id);
  record_append_name(&name, &merge->goes);
  bool done = text_check(&name, err) &&
              record_note_merged(merge->engine->book, merge->stays.id, text_string(&name), err);
  text_release(&name);
  return done;
}

static bool run(struct merge *merge, struct error *err) {
  const char *command = merge->options->command;
  return check_take(merge, err) && note_stages(merge, err) && merge_fields(merge, err) &&
         engine_save(merge->engine, &merge->stays, command, err) &&
         move_all_references(merge, err) && note_in_history(merge, err) &&
         engine_delete(merge->engine, &merge->goes, command, err);
}

static bool run_in_unit(struct merge *merge, struct error *err) {
  struct book *book = merge->engine->book;
  if (!unit_begin(book, merge->options->command, NULL, err))
    return false;
  if (run(merge, err))
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}

bool merge_records(struct engine *engine, int64_t survivor, int64_t other,
                   const struct merge_options *options, struct merge_summary *summary,
                   struct error *err) {
  struct merge merge = {.engine = engine, .options = options, .summary = summary};
  summary_init(summary);
  if (survivor == other)
    return error_set(err, ERROR_USAGE, "#%lld can't be merged into itself", (long long)survivor);
  if (!record_load(&merge.stays, engine->book, NULL, survivor, err))
    return false;
  bool done = record_load(&merge.goes, engine->book, NULL, other, err);
  if (done && merge.stays.kind != merge.goes.kind)
    done = error_set(
        err, ERROR_USAGE, "#%lld is a %s and #%lld a %s: only records of one kind become one",
        (long long)survivor, merge.stays.kind->name, (long long)other, merge.goes.kind->name);
  done = done && run_in_unit(&merge, err);
  record_release(&merge.goes);
  record_release(&merge.stays);
  return done;
}
