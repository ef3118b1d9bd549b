/* record_save(), record_put() and record_delete(): what of a record reaches the store. */
#include <string.h>

#include "base/memory.h"
#include "model/change.h"
#include "model/column.h"
#include "model/record.h"

static bool is_changed(const struct record *record, int position) {
  return field_is_stored(record->kind->fields[position]) &&
         !value_equal(&record->values[position], &record->stored[position]);
}

static bool is_missing(const struct value *value) {
  return value_is_null(value) || (value->type == VALUE_TEXT && value->as.text.length == 0);
}

static bool check_field(const struct record *record, struct book *book, int position,
                        struct error *err) {
  const struct field *field = record->kind->fields[position];
  const struct value *value = &record->values[position];
  if ((field->flags & FIELD_REQUIRED) && field_is_stored(field) && is_missing(value))
    return error_set(err, ERROR_INVALID, "%s: %s is required", record->kind->name, field->name);
  if (field->type != FIELD_REF || value_is_null(value) || !is_changed(record, position))
    return true;
  return change_check_reference(book, field, value->as.integer, err);
}

static bool check(const struct record *record, struct book *book, struct error *err) {
  for (int i = 0; i < record->kind->field_count; i++)
    if (!check_field(record, book, i, err))
      return false;
  return !record->kind->check || record->kind->check(record, err);
}

/* What was written is what the next save compares with. Nothing is taken over unless all is. */
static bool remember(struct record *record, struct error *err) {
  for (int i = 0; i < record->kind->field_count; i++) {
    struct value copy;
    if (!is_changed(record, i))
      continue;
    if (!value_copy(&copy, &record->values[i], err))
      return false;
    value_release(&record->stored[i]);
    record->stored[i] = copy;
  }
  return true;
}

static bool insert(struct record *record, struct book *book, int64_t *id, struct error *err) {
  struct record_writer *writer;
  if (!record_writer_open(&writer, book, record->kind, err))
    return false;
  bool inserted = record_writer_add(writer, record->values, 0, id, err);
  record_writer_close(writer);
  return inserted;
}

/* The fields that may have changed: positions from..end-1. */
struct span {
  int from, end;
};

static struct span all_fields(const struct record *record) {
  return (struct span){0, record->kind->field_count};
}

/* Where a column of the changed fields stands in the update: $n of the new value, $n+1 of the
 * old, which must still be there, or another process changed it since it was loaded. */
static void append_update(struct text *sql, const struct record *record, struct span span) {
  int index = 2;
  text_append(sql, "update \"");
  text_append(sql, record->kind->name);
  text_append(sql, "\" set ");
  for (int i = span.from; i < span.end; i++)
    for (int part = 0; is_changed(record, i) && part < column_count(record->kind->fields[i]);
         part++, index += 2) {
      text_append(sql, index > 2 ? ", " : "");
      column_append_name(sql, record->kind->fields[i], part);
      text_append(sql, " = $");
      text_append_integer(sql, index);
    }
  text_append(sql, " where id = $1");
  index = 3;
  for (int i = span.from; i < span.end; i++)
    for (int part = 0; is_changed(record, i) && part < column_count(record->kind->fields[i]);
         part++, index += 2) {
      text_append(sql, " and ");
      column_append_name(sql, record->kind->fields[i], part);
      text_append(sql, " is not distinct from $");
      text_append_integer(sql, index);
    }
}

static void bind_part(struct statement *statement, int index, const struct value *value, int part) {
  if (part == 0)
    statement_bind_value(statement, index, value);
  else
    statement_bind_text(statement, index, value_is_null(value) ? NULL : value->as.money.currency);
}

static bool refuse_stale(const struct record *record, struct book *book, struct error *err) {
  struct record fresh;
  if (!record_load(&fresh, book, record->kind, record->id, err))
    return false;
  record_release(&fresh);
  return error_set(err, ERROR_BUSY, "%s #%lld was changed meanwhile; look at it and try again",
                   record->kind->name, (long long)record->id);
}

static bool run_update(const struct record *record, struct book *book, struct span span,
                       struct statement *statement, struct error *err) {
  int index = 2;
  statement_bind_integer(statement, 1, record->id);
  for (int i = span.from; i < span.end; i++)
    for (int part = 0; is_changed(record, i) && part < column_count(record->kind->fields[i]);
         part++, index += 2) {
      bind_part(statement, index, &record->values[i], part);
      bind_part(statement, index + 1, &record->stored[i], part);
    }
  return statement_run(statement, err) &&
         (statement_changes(statement) == 1 || refuse_stale(record, book, err));
}

static bool update(const struct record *record, struct book *book, struct span span,
                   struct error *err) {
  struct text sql = {0};
  struct statement *statement;
  append_update(&sql, record, span);
  bool updated =
      text_check(&sql, err) && statement_open(&statement, book->store, text_string(&sql), err);
  text_release(&sql);
  if (!updated)
    return false;
  updated = run_update(record, book, span, statement, err);
  statement_close(statement);
  return updated;
}

static bool log_part(const struct record *record, struct book *book, int position, int part,
                     instant at, struct error *err) {
  char new_room[COLUMN_ROOM], old_room[COLUMN_ROOM];
  struct value new_cell = column_cell(&record->values[position], part, new_room);
  struct value old_cell = column_cell(&record->stored[position], part, old_room);
  const struct replacement cells = {&old_cell, &new_cell, at};
  struct text name = {0};
  if (value_equal(&new_cell, &old_cell))
    return true; /* the same currency */
  column_append_name(&name, record->kind->fields[position], part);
  bool logged =
      text_check(&name, err) && change_write(book, record->id, text_string(&name), &cells, err);
  text_release(&name);
  return logged;
}

static bool log_changes(const struct record *record, struct book *book, struct span span,
                        instant at, struct error *err) {
  for (int i = span.from; i < span.end; i++)
    for (int part = 0; is_changed(record, i) && part < column_count(record->kind->fields[i]);
         part++)
      if (!log_part(record, book, i, part, at, err))
        return false;
  return true;
}

static bool write_changes(struct record *record, struct book *book, struct span span, instant at,
                          struct error *err) {
  int64_t tx;
  return unit_tx(book, &tx, err) && update(record, book, span, err) &&
         log_changes(record, book, span, at ? at : book->tx_at, err) &&
         change_touch(book, record->id, err);
}

static bool has_changes(const struct record *record) {
  for (int i = 0; i < record->kind->field_count; i++)
    if (is_changed(record, i))
      return true;
  return false;
}

static bool write(struct record *record, struct book *book, int64_t *id, struct error *err) {
  if (!check(record, book, err))
    return false;
  return record->id ? write_changes(record, book, all_fields(record), 0, err)
                    : insert(record, book, id, err);
}

bool record_save(struct record *record, struct book *book, struct error *err) {
  int64_t id = record->id;
  if (id && !has_changes(record))
    return true;
  if (!unit_begin(book, "save", NULL, err))
    return false;
  if (!write(record, book, &id, err)) {
    unit_cancel(book);
    return false;
  }
  if (!unit_commit(book, err))
    return false;
  record->id = id;
  return remember(record, err);
}

/* One field alone is written: the other changes in memory wait for record_save(). All texts of the
 * copy are borrowed. */
static bool put_stored(const struct record *record, struct book *book, const struct field *field,
                       const struct value *value, instant at, struct error *err) {
  size_t count = (size_t)record->kind->field_count;
  struct record one = {.kind = record->kind, .id = record->id, .stored = record->stored};
  one.values = memory_new_array(count, sizeof *one.values);
  if (!one.values)
    return error_memory(err);
  memcpy(one.values, record->stored, count * sizeof *one.values);
  one.values[field->position] = *value;
  struct span span = {field->position, field->position + 1};
  bool put = !is_changed(&one, field->position) || (check_field(&one, book, field->position, err) &&
                                                    write_changes(&one, book, span, at, err));
  memory_free(one.values);
  return put;
}

static void take(struct record *record, const struct field *field, struct value value,
                 struct value stored) {
  value_release(&record->values[field->position]);
  record->values[field->position] = value;
  if (!record->id)
    return;
  value_release(&record->stored[field->position]);
  record->stored[field->position] = stored;
}

static bool put(struct record *record, struct book *book, const struct field *field,
                const struct value *value, instant at, struct error *err) {
  struct value stored = value_null();
  if (record->id && !value_copy(&stored, value, err))
    return false;
  if (record->id && !put_stored(record, book, field, value, at, err)) {
    value_release(&stored);
    return false;
  }
  take(record, field, *value, stored);
  return true;
}

bool record_put_within(struct record *record, struct book *book, const struct field *field,
                       const struct value *value, instant at, struct error *err) {
  struct value accepted;
  if (!field_is_stored(field))
    return error_set(err, ERROR_REFUSED, "%s is computed and cannot be set", field->name);
  if (!field_accept(field, value, book->currency, &accepted, err))
    return false;
  if (put(record, book, field, &accepted, at, err))
    return true;
  value_release(&accepted);
  return false;
}

bool record_put(struct record *record, struct book *book, const struct field *field,
                const struct value *value, instant at, struct error *err) {
  if (!record->id)
    return record_put_within(record, book, field, value, at, err);
  if (!unit_begin(book, "put", NULL, err))
    return false;
  if (record_put_within(record, book, field, value, at, err))
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}

bool record_delete(struct record *record, struct book *book, struct error *err) {
  if (!unit_begin(book, "delete", NULL, err))
    return false;
  if (change_check_referrers(book, record->kind, record->id, err) &&
      change_delete(book, record->kind, record->id, err))
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}
