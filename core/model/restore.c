/* Undo's doors: record_restore() and change_apply(). */
#include <string.h>

#include "base/list.h"
#include "base/memory.h"
#include "model/change.h"
#include "model/column.h"
#include "model/history.h"

/* What one column held when the record was deleted. */
struct cell {
  char *column;
  struct value value;
};

static void release_cells(struct list *cells) {
  for (size_t i = 0; i < cells->count; i++) {
    struct cell *cell = list_at(cells, i);
    memory_free(cell->column);
    value_release(&cell->value);
  }
  list_release(cells);
}

static bool is_known(const struct list *cells, const char *column) {
  for (size_t i = 0; i < cells->count; i++)
    if (strcmp(((struct cell *)list_at(cells, i))->column, column) == 0)
      return true;
  return false;
}

static bool read_cell(struct list *cells, const struct statement *row, struct error *err) {
  if (is_known(cells, statement_text(row, 0)))
    return true;
  struct cell *cell = list_add(cells, err);
  if (!cell)
    return false;
  cell->column = memory_copy_text(statement_text(row, 0));
  if (!cell->column)
    return error_memory(err);
  struct value old = column_raw(row, 1);
  return value_copy(&cell->value, &old, err);
}

/* The newest change of each column in the unit that deleted the record, up to the deletion. One
 * record has few changes: "+" keeps SQLite from looking among all that the unit did. */
static const char cells_sql[] =
    "select c.field, c.old from change c join record r on r.id = c.record "
    "where c.record = $1 and +c.tx = r.deleted_tx and c.field <> 'deleted' and +c.id < "
    "(select max(d.id) from change d where d.record = $1 and d.field = 'deleted' and d.new = 1) "
    "order by +c.id desc";

static bool load_cells(struct list *cells, struct book *book, int64_t id, struct error *err) {
  struct statement *statement;
  bool row = false, loaded;
  if (!statement_open(&statement, book->store, cells_sql, err))
    return false;
  statement_bind_integer(statement, 1, id);
  while ((loaded = statement_step(statement, &row, err)) && row)
    if (!read_cell(cells, statement, err)) {
      loaded = false;
      break;
    }
  statement_close(statement);
  return loaded;
}

static bool check_cell(struct book *book, const struct kind *kind, const char *column,
                       const struct value *value, struct error *err) {
  const struct field *field = kind_field(kind, column);
  if (value_is_null(value) || !field || field->type != FIELD_REF || !field_is_stored(field))
    return true;
  if (change_check_reference(book, field, value->as.integer, err))
    return true;
  err->code = err->code == ERROR_INVALID ? ERROR_REFUSED : err->code;
  return false;
}

static bool check_cells(struct book *book, const struct kind *kind, const struct list *cells,
                        struct error *err) {
  for (size_t i = 0; i < cells->count; i++) {
    const struct cell *cell = list_at(cells, i);
    if (!check_cell(book, kind, cell->column, &cell->value, err))
      return false;
  }
  return true;
}

static void append_insert(struct text *sql, const struct kind *kind, const struct list *cells) {
  text_format(sql, "insert into \"%s\" (id", kind->name);
  for (size_t i = 0; i < cells->count; i++)
    text_format(sql, ", %s", ((struct cell *)list_at(cells, i))->column);
  text_append(sql, ") values ($1");
  for (size_t i = 0; i < cells->count; i++)
    text_format(sql, ", $%zu", i + 2);
  text_append(sql, ")");
}

static bool insert_cells(struct book *book, const struct kind *kind, int64_t id,
                         const struct list *cells, struct error *err) {
  struct text sql = {0};
  struct statement *statement;
  append_insert(&sql, kind, cells);
  bool inserted =
      text_check(&sql, err) && statement_open(&statement, book->store, text_string(&sql), err);
  text_release(&sql);
  if (!inserted)
    return false;
  statement_bind_integer(statement, 1, id);
  for (size_t i = 0; i < cells->count; i++)
    statement_bind_value(statement, (int)i + 2, &((struct cell *)list_at(cells, i))->value);
  inserted = statement_run(statement, err);
  statement_close(statement);
  return inserted;
}

static bool log_cells(struct book *book, int64_t id, const struct list *cells, struct error *err) {
  const struct value none = value_null(), one = value_integer(1);
  if (!change_write(book, id, "deleted", &(struct replacement){&one, &none, book->tx_at}, err))
    return false;
  for (size_t i = 0; i < cells->count; i++) {
    const struct cell *cell = list_at(cells, i);
    const struct replacement back = {&none, &cell->value, book->tx_at};
    if (!value_is_null(&cell->value) && !change_write(book, id, cell->column, &back, err))
      return false;
  }
  return true;
}

static bool mark_live(struct book *book, int64_t id, int64_t tx, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store,
                      "update record set deleted_tx = null, updated_tx = $1 where id = $2", err))
    return false;
  statement_bind_integer(statement, 1, tx);
  statement_bind_integer(statement, 2, id);
  bool marked = statement_run(statement, err);
  statement_close(statement);
  return marked;
}

static bool is_deleted(struct book *book, int64_t id, bool *deleted, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store, "select deleted_tx from record where id = $1", err))
    return false;
  statement_bind_integer(statement, 1, id);
  bool row = false;
  bool asked = statement_step(statement, &row, err);
  *deleted = asked && row && statement_type(statement, 0) != CELL_NULL;
  statement_close(statement);
  return asked;
}

static bool restore(struct book *book, int64_t id, bool checked, struct error *err) {
  struct list cells = {.size = sizeof(struct cell)};
  const struct kind *kind;
  bool deleted;
  int64_t tx;
  if (!record_kind_of(book, id, &kind, err) || !is_deleted(book, id, &deleted, err))
    return false;
  if (!deleted)
    return error_set(err, ERROR_REFUSED, "%s #%lld is not deleted", kind->name, (long long)id);
  bool restored = unit_tx(book, &tx, err) && load_cells(&cells, book, id, err) &&
                  (!checked || check_cells(book, kind, &cells, err)) &&
                  insert_cells(book, kind, id, &cells, err) && log_cells(book, id, &cells, err) &&
                  mark_live(book, id, tx, err);
  release_cells(&cells);
  return restored;
}

bool record_restore(struct book *book, int64_t id, struct error *err) {
  if (!unit_begin(book, "restore", NULL, err))
    return false;
  if (restore(book, id, true, err))
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}

static bool check_live(struct book *book, int64_t id, struct error *err) {
  struct record record;
  if (!record_load(&record, book, NULL, id, err))
    return false;
  bool checked = true;
  for (int i = 0; i < record.kind->field_count && checked; i++)
    checked = check_cell(book, record.kind, record.kind->fields[i]->name, &record.values[i], err);
  record_release(&record);
  return checked;
}

bool record_restore_all(struct book *book, const int64_t *ids, size_t count, struct error *err) {
  if (!unit_begin(book, "restore", NULL, err))
    return false;
  bool restored = true;
  for (size_t i = 0; i < count && restored; i++)
    restored = restore(book, ids[i], false, err);
  for (size_t i = 0; i < count && restored; i++)
    restored = check_live(book, ids[i], err);
  if (restored)
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}

static bool read_column(struct book *book, const struct kind *kind, int64_t id, const char *column,
                        struct value *out, struct error *err) {
  struct text sql = {0};
  struct statement *statement;
  bool row = false;
  text_format(&sql, "select %s from \"%s\" where id = $1", column, kind->name);
  bool read =
      text_check(&sql, err) && statement_open(&statement, book->store, text_string(&sql), err);
  text_release(&sql);
  if (!read)
    return false;
  statement_bind_integer(statement, 1, id);
  read = statement_step(statement, &row, err);
  if (read && !row)
    read = error_set(err, ERROR_REFUSED, "%s #%lld is deleted", kind->name, (long long)id);
  if (read) {
    struct value cell = column_raw(statement, 0);
    read = value_copy(out, &cell, err);
  }
  statement_close(statement);
  return read;
}

static bool write_column(struct book *book, const struct kind *kind, int64_t id, const char *column,
                         const struct value *value, struct error *err) {
  struct text sql = {0};
  struct statement *statement;
  text_format(&sql, "update \"%s\" set %s = $1 where id = $2", kind->name, column);
  bool written =
      text_check(&sql, err) && statement_open(&statement, book->store, text_string(&sql), err);
  text_release(&sql);
  if (!written)
    return false;
  statement_bind_value(statement, 1, value);
  statement_bind_integer(statement, 2, id);
  written = statement_run(statement, err);
  statement_close(statement);
  return written;
}

static bool apply_column(struct book *book, const struct kind *kind, int64_t id, const char *column,
                         const struct value *value, struct error *err) {
  struct value old = value_null();
  int64_t tx;
  if (!read_column(book, kind, id, column, &old, err))
    return false;
  bool applied = true;
  if (!value_equal(&old, value))
    applied =
        check_cell(book, kind, column, value, err) && unit_tx(book, &tx, err) &&
        write_column(book, kind, id, column, value, err) &&
        change_write(book, id, column, &(struct replacement){&old, value, book->tx_at}, err) &&
        change_touch(book, id, err);
  value_release(&old);
  return applied;
}

static const char merged_column[] = "merged";

bool record_note_merged(struct book *book, int64_t record, const char *other, struct error *err) {
  const struct value none = value_null(), name = value_text(other);
  int64_t tx;
  return unit_tx(book, &tx, err) &&
         change_write(book, record, merged_column, &(struct replacement){&none, &name, book->tx_at},
                      err) &&
         change_touch(book, record, err);
}

/* What was noted last. */
static bool read_merged(struct book *book, int64_t record, struct value *out, struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, book->store,
                      "select new from change where record = $1 and field = $2 "
                      "order by id desc limit 1",
                      err))
    return false;
  statement_bind_integer(statement, 1, record);
  statement_bind_text(statement, 2, merged_column);
  bool read = statement_step(statement, &row, err);
  if (read && row) {
    struct value cell = column_raw(statement, 0);
    read = value_copy(out, &cell, err);
  }
  statement_close(statement);
  return read;
}

static bool apply_merged(struct book *book, int64_t record, const struct value *value,
                         struct error *err) {
  struct value old = value_null();
  int64_t tx;
  bool applied = unit_tx(book, &tx, err) && read_merged(book, record, &old, err) &&
                 change_write(book, record, merged_column,
                              &(struct replacement){&old, value, book->tx_at}, err) &&
                 change_touch(book, record, err);
  value_release(&old);
  return applied;
}

/* The column's name comes from the history and becomes part of a statement. */
static bool is_column_name(const char *column) {
  return *column && !column[strspn(column, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

static bool apply(struct book *book, int64_t record, const char *column, const struct value *value,
                  struct error *err) {
  const struct kind *kind;
  if (!is_column_name(column))
    return error_set(err, ERROR_INVALID, "'%s' is no column", column);
  if (!record_kind_of(book, record, &kind, err))
    return false;
  if (strcmp(column, merged_column) == 0)
    return apply_merged(book, record, value, err);
  if (strcmp(column, "deleted") != 0)
    return apply_column(book, kind, record, column, value, err);
  if (value_is_null(value))
    return restore(book, record, true, err);
  return change_check_referrers(book, kind, record, err) && change_delete(book, kind, record, err);
}

bool change_apply(struct book *book, int64_t record, const char *column, const struct value *value,
                  struct error *err) {
  if (!unit_begin(book, "change", NULL, err))
    return false;
  if (apply(book, record, column, value, err))
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}
