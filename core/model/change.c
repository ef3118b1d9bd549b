#include "model/change.h"

#include "base/translate.h"
#include "model/column.h"
#include "model/history.h"

bool change_write(struct book *book, int64_t record, const char *column,
                  const struct replacement *replacement, struct error *err) {
  struct statement *statement;
  int64_t tx;
  char at_text[INSTANT_TEXT_SIZE];
  if (!unit_tx(book, &tx, err) ||
      !statement_open(&statement, book->store,
                      "insert into change (tx, record, field, old, new, at) "
                      "values ($1, $2, $3, $4, $5, $6)",
                      err))
    return false;
  instant_write(replacement->at, at_text);
  statement_bind_integer(statement, 1, tx);
  statement_bind_integer(statement, 2, record);
  statement_bind_text(statement, 3, column);
  statement_bind_value(statement, 4, replacement->old);
  statement_bind_value(statement, 5, replacement->value);
  statement_bind_text(statement, 6, at_text);
  bool written = statement_run(statement, err);
  statement_close(statement);
  return written;
}

bool change_touch(struct book *book, int64_t record, struct error *err) {
  struct statement *statement;
  int64_t tx;
  if (!unit_tx(book, &tx, err) ||
      !statement_open(&statement, book->store,
                      "update record set updated_tx = $1 where id = $2 and updated_tx <> $1", err))
    return false;
  statement_bind_integer(statement, 1, tx);
  statement_bind_integer(statement, 2, record);
  bool written = statement_run(statement, err);
  statement_close(statement);
  return written;
}

/* Runs "select … $1 = id" and says whether there was a row; its first column goes to *found. */
static bool ask(struct book *book, const struct text *sql, int64_t id, bool *row, int64_t *found,
                struct error *err) {
  struct statement *statement;
  if (!text_check(sql, err) || !statement_open(&statement, book->store, text_string(sql), err))
    return false;
  statement_bind_integer(statement, 1, id);
  bool asked = statement_step(statement, row, err);
  if (asked && *row)
    *found = statement_integer(statement, 0);
  statement_close(statement);
  return asked;
}

static bool refuse_target(struct book *book, const struct field *field, int64_t target,
                          struct error *err) {
  const struct kind *kind;
  struct error unknown;
  if (!record_kind_of(book, target, &kind, &unknown))
    return error_set(err, ERROR_INVALID, "%s: there is no %s #%lld", field->name, field->target,
                     (long long)target);
  if (kind != catalog_kind(book->catalog, field->target))
    return error_set(err, ERROR_INVALID, "%s: #%lld is no %s but a %s", field->name,
                     (long long)target, field->target, kind->name);
  return error_set(err, ERROR_INVALID, "%s: %s #%lld was deleted; choose another", field->name,
                   field->target, (long long)target);
}

bool change_check_reference(struct book *book, const struct field *field, int64_t target,
                            struct error *err) {
  struct text sql = {0};
  bool row = false;
  int64_t found;
  text_format(&sql, "select id from \"%s\" where id = $1", field->target);
  bool asked = ask(book, &sql, target, &row, &found, err);
  text_release(&sql);
  return asked && (row || refuse_target(book, field, target, err));
}

static bool check_referrer(struct book *book, const struct kind *kind, int64_t id,
                           const struct statement *reference, struct error *err) {
  const char *from = statement_text(reference, 0), *column = statement_text(reference, 1);
  struct text sql = {0};
  bool row = false;
  int64_t example = 0, count = 0;
  text_format(&sql, "select id from \"%s\" where %s = $1 and id <> $1 order by id limit 1", from,
              column);
  bool asked = ask(book, &sql, id, &row, &example, err);
  if (asked && row) {
    text_clear(&sql);
    text_format(&sql, "select count(*) from \"%s\" where %s = $1 and id <> $1", from, column);
    asked =
        ask(book, &sql, id, &row, &count, err) &&
        error_set(err, ERROR_REFUSED,
                  translate_plural("%s #%lld is the %s of %lld %s record, #%lld; change or "
                                   "delete it first",
                                   "%s #%lld is the %s of %lld %s records, #%lld for one; "
                                   "change or delete them first",
                                   count),
                  kind->name, (long long)id, column, (long long)count, from, (long long)example);
  }
  text_release(&sql);
  return asked;
}

/* Asks the stored fields, not the catalog: kinds that no script declares any more keep their
 * records and references. */
bool change_check_referrers(struct book *book, const struct kind *kind, int64_t id,
                            struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, book->store,
                      "select kind, name from field where type = 'ref' and target = $1 "
                      "order by kind, name",
                      err))
    return false;
  statement_bind_text(statement, 1, kind->name);
  bool free_to_go;
  while ((free_to_go = statement_step(statement, &row, err)) && row)
    if (!check_referrer(book, kind, id, statement, err)) {
      free_to_go = false;
      break;
    }
  statement_close(statement);
  return free_to_go;
}

static bool write_deleted(struct book *book, int64_t id, int64_t tx, struct error *err) {
  const struct value none = value_null(), one = value_integer(1);
  const struct replacement deletion = {&none, &one, book->tx_at};
  struct statement *statement;
  if (!change_write(book, id, "deleted", &deletion, err) ||
      !statement_open(&statement, book->store,
                      "update record set deleted_tx = $1, updated_tx = $1 where id = $2", err))
    return false;
  statement_bind_integer(statement, 1, tx);
  statement_bind_integer(statement, 2, id);
  bool written = statement_run(statement, err);
  statement_close(statement);
  return written;
}

/* A column that is NULL is logged too when the unit touched the record before: otherwise an older
 * change of the same unit would pass for what the deletion took away. */
static bool write_row(struct book *book, const struct statement *row, int64_t id, bool touched,
                      struct error *err) {
  struct value none = value_null();
  for (int i = 1; i < statement_columns(row); i++) {
    struct value old = column_raw(row, i);
    const struct replacement removal = {&old, &none, book->tx_at};
    if ((touched || !value_is_null(&old)) &&
        !change_write(book, id, statement_column_name(row, i), &removal, err))
      return false;
  }
  return true;
}

static bool is_touched(struct book *book, int64_t id, bool *touched, struct error *err) {
  struct text sql = {0};
  bool row = false;
  int64_t tx = 0;
  text_append(&sql, "select updated_tx from record where id = $1");
  bool asked = ask(book, &sql, id, &row, &tx, err);
  text_release(&sql);
  *touched = tx == book->tx;
  return asked;
}

static bool write_values(struct book *book, const struct kind *kind, int64_t id,
                         struct error *err) {
  struct text sql = {0};
  struct statement *statement = NULL;
  bool row = false, touched;
  text_format(&sql, "select * from \"%s\" where id = $1", kind->name);
  bool written = is_touched(book, id, &touched, err) && text_check(&sql, err) &&
                 statement_open(&statement, book->store, text_string(&sql), err);
  if (written) {
    statement_bind_integer(statement, 1, id);
    written = statement_step(statement, &row, err);
  }
  if (written && !row)
    written =
        error_set(err, ERROR_NOT_FOUND, "%s #%lld is gone already", kind->name, (long long)id);
  written = written && write_row(book, statement, id, touched, err);
  statement_close(statement);
  text_release(&sql);
  return written;
}

static bool remove_row(struct book *book, const struct kind *kind, int64_t id, struct error *err) {
  struct text sql = {0};
  struct statement *statement;
  text_format(&sql, "delete from \"%s\" where id = $1", kind->name);
  bool removed =
      text_check(&sql, err) && statement_open(&statement, book->store, text_string(&sql), err);
  text_release(&sql);
  if (!removed)
    return false;
  statement_bind_integer(statement, 1, id);
  removed = statement_run(statement, err);
  statement_close(statement);
  return removed;
}

bool change_delete(struct book *book, const struct kind *kind, int64_t id, struct error *err) {
  int64_t tx;
  return unit_tx(book, &tx, err) && write_values(book, kind, id, err) &&
         remove_row(book, kind, id, err) && write_deleted(book, id, tx, err);
}

bool change_backdate(struct book *book, int64_t record, const struct field *field,
                     const struct replacement *replacement, struct error *err) {
  for (int part = 0; part < column_count(field); part++) {
    char old_room[COLUMN_ROOM], new_room[COLUMN_ROOM];
    const struct value before = column_cell(replacement->old, part, old_room);
    const struct value after = column_cell(replacement->value, part, new_room);
    const struct replacement cells = {&before, &after, replacement->at};
    struct text column = {0};
    column_append_name(&column, field, part);
    bool done =
        text_check(&column, err) && (value_equal(&before, &after) ||
                                     change_write(book, record, text_string(&column), &cells, err));
    text_release(&column);
    if (!done)
      return false;
  }
  return true;
}
