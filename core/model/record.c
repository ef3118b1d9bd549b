#include "model/record.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "model/column.h"
#include "model/past.h"
#include "model/rollup.h"
#include "model/search.h"
#include "model/search_suggest.h"

static bool allocate(struct record *record, const struct kind *kind, struct error *err) {
  size_t count = (size_t)kind->field_count;
  *record = (struct record){.kind = kind};
  record->values = memory_new_array(count, sizeof *record->values);
  record->stored = memory_new_array(count, sizeof *record->stored);
  record->computed = memory_new_array(count, sizeof *record->computed);
  if (record->values && record->stored && record->computed)
    return true;
  record_release(record);
  return error_memory(err);
}

bool record_init(struct record *record, const struct kind *kind, struct error *err) {
  if (!kind_check_written(kind, err) || !allocate(record, kind, err))
    return false;
  for (int i = 0; i < kind->field_count; i++)
    if (!value_copy(&record->values[i], &kind->fields[i]->fallback, err)) {
      record->values[i] = value_null();
      record_release(record);
      return false;
    }
  return true;
}

static void release_values(struct value *values, int count) {
  for (int i = 0; values && i < count; i++)
    value_release(&values[i]);
  memory_free(values);
}

void record_release(struct record *record) {
  int count = record->kind ? record->kind->field_count : 0;
  release_values(record->values, count);
  release_values(record->stored, count);
  memory_free(record->computed);
  *record = (struct record){0};
}

static bool read_values(struct record *record, const struct statement *row, struct error *err) {
  int column = 0;
  for (int i = 0; i < record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i];
    if (!field_is_stored(field))
      continue;
    if (!column_read(&record->values[i], row, column, field, err) ||
        !value_copy(&record->stored[i], &record->values[i], err))
      return false;
    column += column_count(field);
  }
  return true;
}

static bool load_row(struct record *record, struct book *book, bool *found, struct error *err) {
  struct text sql = {0};
  struct statement *statement;
  text_append(&sql, "select ");
  text_append(&sql, text_string(&record->kind->columns));
  text_append(&sql, " from \"");
  text_append(&sql, record->kind->name);
  text_append(&sql, "\" where id = $1");
  bool loaded =
      text_check(&sql, err) && statement_open(&statement, book->store, text_string(&sql), err);
  text_release(&sql);
  if (!loaded)
    return false;
  statement_bind_integer(statement, 1, record->id);
  loaded =
      statement_step(statement, found, err) && (!*found || read_values(record, statement, err));
  statement_close(statement);
  return loaded;
}

bool record_kind_of(struct book *book, int64_t id, const struct kind **out, struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, book->store, "select kind from record where id = $1", err))
    return false;
  statement_bind_integer(statement, 1, id);
  bool found = statement_step(statement, &row, err);
  if (found && !row)
    found = error_set(err, ERROR_NOT_FOUND, "no record #%lld", (long long)id);
  if (found) {
    *out = catalog_kind(book->catalog, statement_text(statement, 0));
    found =
        *out || error_set(err, ERROR_NOT_FOUND, "#%lld is a %s, which no script declares any more",
                          (long long)id, statement_text(statement, 0));
  }
  statement_close(statement);
  return found;
}

/* Why there is no such live record: it was deleted, by whom and how to see it again. */
static bool explain_missing(struct book *book, const struct kind *kind, int64_t id,
                            struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, book->store,
                      "select t.at, t.actor from record r join tx t on t.id = r.deleted_tx "
                      "where r.id = $1",
                      err))
    return false;
  statement_bind_integer(statement, 1, id);
  if (!statement_step(statement, &row, err))
    row = false;
  else if (row)
    error_set(err, ERROR_NOT_FOUND,
              "%s #%lld was deleted on %.10s by %s; 'undo' or 'history #%lld' shows more",
              kind->name, (long long)id, statement_text(statement, 0), statement_text(statement, 1),
              (long long)id);
  else
    error_set(err, ERROR_NOT_FOUND, "no record #%lld", (long long)id);
  statement_close(statement);
  return false;
}

bool record_require_kind(struct book *book, const struct kind *kind, int64_t id,
                         struct error *err) {
  const struct kind *real;
  if (!record_kind_of(book, id, &real, err))
    return false;
  if (real == kind)
    return true;
  return error_set(err, ERROR_NOT_FOUND, "#%lld is of kind %s, not %s", (long long)id, real->name,
                   kind->name);
}

static bool load_present(struct record *record, struct book *book, struct error *err) {
  bool found = false;
  if (!load_row(record, book, &found, err))
    return false;
  return found || (record_require_kind(book, record->kind, record->id, err) &&
                   explain_missing(book, record->kind, record->id, err));
}

static bool load_past(struct record *record, struct book *book, struct error *err) {
  bool found = false;
  return record_require_kind(book, record->kind, record->id, err) &&
         past_check(book, record->kind, record->id, err) && load_row(record, book, &found, err) &&
         past_apply(record, book, err);
}

bool record_load(struct record *record, struct book *book, const struct kind *kind, int64_t id,
                 struct error *err) {
  *record = (struct record){0};
  if (!kind && !record_kind_of(book, id, &kind, err))
    return false;
  if (!allocate(record, kind, err))
    return false;
  record->id = id;
  bool loaded = book->has_as_of ? load_past(record, book, err) : load_present(record, book, err);
  if (!loaded)
    record_release(record);
  return loaded;
}

bool record_get(struct record *record, struct book *book, const struct field *field,
                const struct value **out, struct error *err) {
  struct value *value = &record->values[field->position];
  bool *computed = &record->computed[field->position];
  *out = value;
  if (field_is_stored(field) || *computed)
    return true;
  if (field->flags & FIELD_FORMULA)
    return error_set(err, ERROR_REFUSED, "%s is a formula; the scripts compute it", field->name);
  if (record->id == 0)
    return true;
  struct value fresh;
  if (!rollup_compute(&fresh, book, record->kind, field, record->id, err))
    return false;
  value_release(value);
  *value = fresh;
  *computed = true;
  return true;
}

static bool is_settable(const struct record *record, const struct field *field, struct error *err) {
  if (field->flags & FIELD_ENGINE)
    return error_set(err, ERROR_REFUSED,
                     "%s is moved by a process and cannot be set; use 'advance', 'back', 'win' or "
                     "'lose'",
                     field->name);
  if (field_is_stored(field))
    return true;
  return error_set(err, ERROR_REFUSED, "%s.%s is computed and cannot be set; %s",
                   record->kind->name, field->name,
                   field->flags & FIELD_ROLLUP ? translate("change the records it counts")
                                               : translate("change the fields its formula reads"));
}

static void replace(struct record *record, const struct field *field, struct value value) {
  value_release(&record->values[field->position]);
  record->values[field->position] = value;
}

bool record_set(struct record *record, struct book *book, const struct field *field,
                const struct value *value, struct error *err) {
  struct value accepted;
  if (!is_settable(record, field, err) ||
      !field_accept(field, value, book->currency, &accepted, err))
    return false;
  replace(record, field, accepted);
  return true;
}

static bool is_id(const char *word) {
  const char *digits = word[0] == '#' ? word + 1 : word;
  return *digits && !digits[strspn(digits, "0123456789")];
}

static bool no_such_record(const struct book *book, const struct field *field,
                           const struct kind *target, const char *word, struct error *err) {
  struct text near = {0};
  search_suggest(book, target, word, &near);
  if (near.length)
    error_set(err, ERROR_NOT_FOUND, "%s: no %s is called '%s'; did you mean '%s'?", field->name,
              field->target, word, text_string(&near));
  else
    error_set(err, ERROR_NOT_FOUND, "%s: no %s is called '%s'; 'new %s' makes one", field->name,
              field->target, word, field->target);
  text_release(&near);
  return false;
}

static bool resolve_name(struct book *book, const struct field *field, const char *word,
                         struct value *out, struct error *err) {
  const struct kind *target;
  int64_t id;
  if (!catalog_find(book->catalog, field->target, &target, err) ||
      !search_resolve(book, target, word, &id, err))
    return false;
  if (id == 0)
    return no_such_record(book, field, target, word, err);
  *out = value_integer(id);
  return true;
}

static bool parse_word(struct book *book, const struct field *field, const char *word,
                       struct value *out, struct error *err) {
  if (field->type == FIELD_REF && *word && !is_id(word))
    return resolve_name(book, field, word, out, err);
  struct field_reading reading = {
      .currency = book->currency,
      .today = book_today(book),
      .now = book_now(book),
  };
  return field_parse(field, word, &reading, out, err);
}

bool record_set_word(struct record *record, struct book *book, const struct field *field,
                     const char *word, struct error *err) {
  struct value parsed;
  if (!is_settable(record, field, err) || !parse_word(book, field, word, &parsed, err))
    return false;
  replace(record, field, parsed);
  return true;
}

/* Imported deals often have a number and no title. */
static const struct value *find_name(const struct record *record) {
  const char *const paths[] = {record->kind->name_field, "external_id"};
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    const struct field *field = paths[i] ? kind_field(record->kind, paths[i]) : NULL;
    if (field && !value_is_null(&record->values[field->position]))
      return &record->values[field->position];
  }
  return NULL;
}

bool record_is_named(const struct record *record) {
  return find_name(record) != NULL;
}

void record_append_name(struct text *out, const struct record *record) {
  const struct value *name = find_name(record);
  if (name)
    value_append(out, name);
  else if (record->id)
    text_format(out, "%s #%lld", record->kind->name, (long long)record->id);
  else
    text_format(out, "new %s", record->kind->name);
}
