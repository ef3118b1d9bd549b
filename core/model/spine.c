#include "model/spine.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/memory.h"
#include "model/change.h"
#include "store/statement.h"

/* Runs a question of one number for one row. *found false: no row. */
static bool ask(struct book *book, const char *sql, int64_t number, struct statement **out,
                bool *found, struct error *err) {
  if (!statement_open(out, book->store, sql, err))
    return false;
  statement_bind_integer(*out, 1, number);
  if (statement_step(*out, found, err))
    return true;
  statement_close(*out);
  return false;
}

bool spine_since(struct book *book, int64_t record, instant *since, struct error *err) {
  struct statement *row;
  bool found;
  if (!ask(book, "select since from record where id = $1", record, &row, &found, err))
    return false;
  bool read = found ? instant_read(since, statement_text(row, 0), err)
                    : error_set(err, ERROR_NOT_FOUND, "no record #%lld", (long long)record);
  statement_close(row);
  return read;
}

bool spine_touched(struct book *book, int64_t record, bool *touched, bool *created,
                   struct error *err) {
  struct statement *row;
  bool found;
  *touched = *created = false;
  if (!ask(book, "select created_tx, updated_tx from record where id = $1 and deleted_tx is null",
           record, &row, &found, err))
    return false;
  if (found && book->tx) {
    *created = statement_integer(row, 0) == book->tx;
    *touched = *created || statement_integer(row, 1) == book->tx;
  }
  statement_close(row);
  return true;
}

bool spine_was_called(struct book *book, const char *kind, const char *external_id, bool *was,
                      struct error *err) {
  struct statement *row;
  if (!statement_open(&row, book->store,
                      "select 1 from change c join record r on r.id = c.record where r.kind = $1 "
                      "and c.field = 'external_id' and c.old = $2 limit 1",
                      err))
    return false;
  statement_bind_text(row, 1, kind);
  statement_bind_text(row, 2, external_id);
  bool done = statement_step(row, was, err);
  statement_close(row);
  return done;
}

bool spine_undos(struct book *book, struct spine_undo **undos, size_t *count, struct error *err) {
  struct list list = {.size = sizeof(struct spine_undo)};
  struct statement *statement;
  bool row = false, read;
  if (!statement_open(&statement, book->store,
                      "select id, undoes from tx where undoes is not null order by id", err))
    return false;
  while ((read = statement_step(statement, &row, err)) && row) {
    struct spine_undo *undo = list_add(&list, err);
    if (!(read = undo != NULL))
      break;
    *undo = (struct spine_undo){statement_integer(statement, 0), statement_integer(statement, 1)};
  }
  statement_close(statement);
  if (!read) {
    list_release(&list);
    return false;
  }
  *undos = list.items;
  *count = list.count;
  return true;
}

/* A created record was updated by its unit or a later one, so the index on updated_tx finds it. */
bool spine_unit_before(struct book *book, int64_t before, int64_t *tx, struct error *err) {
  struct statement *row;
  bool found;
  if (!ask(book,
           "select id from tx where id < $1 and undoes is null"
           " and (exists (select 1 from change where change.tx = tx.id)"
           " or exists (select 1 from activation where activation.tx = tx.id)"
           " or exists (select 1 from record where record.updated_tx >= tx.id"
           " and record.created_tx = tx.id)) order by id desc limit 1",
           before, &row, &found, err))
    return false;
  *tx = found ? statement_integer(row, 0) : 0;
  statement_close(row);
  return true;
}

bool spine_measure(struct book *book, int64_t tx, int64_t *records, int64_t *changes,
                   struct error *err) {
  struct statement *row;
  bool found;
  if (!ask(book,
           "select count(distinct record), count(*) from (select record from change where tx = $1"
           " union all select id from record where updated_tx >= $1 and created_tx = $1"
           " union all select null from activation where tx = $1) touched",
           tx, &row, &found, err))
    return false;
  *records = statement_integer(row, 0);
  *changes = statement_integer(row, 1);
  statement_close(row);
  return true;
}

/* Adds the numbers that a question about one unit gives. */
static bool add_units(struct book *book, const char *sql, int64_t tx, struct list *units,
                      struct error *err) {
  struct statement *statement;
  bool row = false, read;
  if (!statement_open(&statement, book->store, sql, err))
    return false;
  statement_bind_integer(statement, 1, tx);
  while ((read = statement_step(statement, &row, err)) && row) {
    int64_t *unit = list_add(units, err);
    if (!(read = unit != NULL))
      break;
    *unit = statement_integer(statement, 0);
  }
  statement_close(statement);
  return read;
}

/* Of one record a unit made few changes, of all records many: "+" keeps SQLite from looking up what
 * it did to this one among everything that it did.
 * Asked from what came later, so that taking back the newest unit costs nothing, however big. */
static const char changed_again[] =
    "select distinct later.tx from change later where later.tx > $1"
    " and (exists (select 1 from record where record.id = later.record and record.created_tx = $1)"
    " or exists (select 1 from change mine where mine.record = later.record and +mine.tx = $1"
    " and (mine.field = later.field or mine.field = 'deleted' or later.field = 'deleted')))";

static bool add_referrers(struct book *book, const struct kind *kind, const struct field *field,
                          int64_t tx, struct list *units, struct error *err) {
  struct text sql = {0};
  text_format(&sql,
              "select distinct coalesce((select max(change.tx) from change"
              " where change.record = later.id and change.field = '%s'), later.created_tx)"
              " from record later join \"%s\" holder on holder.id = later.id"
              " join record target on target.id = holder.%s"
              " where later.updated_tx > $1 and later.created_tx <> $1 and (target.created_tx = $1"
              " or exists (select 1 from change life where life.record = target.id"
              " and +life.tx = $1 and life.field = 'deleted' and life.new is null))",
              field->name, kind->name, field->name);
  bool added = text_check(&sql, err) && add_units(book, text_string(&sql), tx, units, err);
  text_release(&sql);
  return added;
}

static int compare_newest(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x < y) - (x > y);
}

/* Sorts newest first, drops doubles and the unit itself. */
static void tidy(struct list *units, int64_t tx) {
  int64_t *items = units->items;
  size_t kept = 0;
  if (units->count > 1)
    qsort(items, units->count, sizeof *items, compare_newest);
  for (size_t i = 0; i < units->count; i++)
    if (items[i] > tx && (kept == 0 || items[kept - 1] != items[i]))
      items[kept++] = items[i];
  units->count = kept;
}

/* A later choice of the rules in force stands on the earlier one. */
static const char chosen_again[] = "select later.tx from activation later where later.tx > $1"
                                   " and exists (select 1 from activation mine where mine.tx = $1)";

bool spine_dependents(struct book *book, int64_t tx, int64_t **units, size_t *count,
                      struct error *err) {
  struct list list = {.size = sizeof(int64_t)};
  bool found = add_units(book, changed_again, tx, &list, err) &&
               add_units(book, chosen_again, tx, &list, err);
  for (int i = 0; found && i < catalog_count(book->catalog); i++) {
    const struct kind *kind = catalog_at(book->catalog, i);
    for (int j = 0; found && j < kind->field_count; j++)
      if (kind->fields[j]->type == FIELD_REF && field_is_stored(kind->fields[j]))
        found = add_referrers(book, kind, kind->fields[j], tx, &list, err);
  }
  if (!found) {
    list_release(&list);
    return false;
  }
  tidy(&list, tx);
  *units = list.items;
  *count = list.count;
  return true;
}

static bool list_ids(struct book *book, const char *sql, int64_t tx, int64_t **ids, size_t *count,
                     struct error *err) {
  struct list list = {.size = sizeof(int64_t)};
  if (!add_units(book, sql, tx, &list, err)) {
    list_release(&list);
    return false;
  }
  *ids = list.items;
  *count = list.count;
  return true;
}

bool spine_made(struct book *book, int64_t tx, int64_t **ids, size_t *count, struct error *err) {
  return list_ids(book,
                  "select id from record where updated_tx >= $1 and deleted_tx is null"
                  " and (created_tx = $1 or exists (select 1 from change life"
                  " where life.record = record.id and +life.tx = $1 and life.field = 'deleted'"
                  " and life.new is null)) order by id",
                  tx, ids, count, err);
}

bool spine_ended(struct book *book, int64_t tx, int64_t **ids, size_t *count, struct error *err) {
  return list_ids(book,
                  "select distinct record.id from change join record on record.id = change.record"
                  " where change.tx = $1 and change.field = 'deleted' and change.new = 1"
                  " and record.created_tx <> $1 and record.deleted_tx is not null"
                  " order by record.id",
                  tx, ids, count, err);
}

static bool remove_one(struct book *book, int64_t id, struct error *err) {
  const struct kind *kind;
  return record_kind_of(book, id, &kind, err) && change_delete(book, kind, id, err);
}

bool spine_remove(struct book *book, const int64_t *ids, size_t count, struct error *err) {
  bool removed = true;
  if (!unit_begin(book, NULL, NULL, err))
    return false;
  for (size_t i = count; i > 0 && removed; i--)
    removed = remove_one(book, ids[i - 1], err);
  if (removed)
    return unit_commit(book, err);
  unit_cancel(book);
  return false;
}

static struct value read_cell(const struct statement *row, int column) {
  switch (statement_type(row, column)) {
  case CELL_INTEGER:
    return value_integer(statement_integer(row, column));
  case CELL_NUMBER:
    return value_number(statement_number(row, column));
  case CELL_TEXT:
    return value_text_bytes(statement_text(row, column), statement_length(row, column));
  case CELL_NULL:
    break;
  }
  return value_null();
}

static bool read_change(const struct statement *row, struct change *change, struct error *err) {
  *change = (struct change){.tx = statement_integer(row, 0),
                            .record = statement_integer(row, 1),
                            .field = (char *)statement_text(row, 2),
                            .old = read_cell(row, 3),
                            .new = read_cell(row, 4)};
  return instant_read(&change->at, statement_text(row, 5), err);
}

bool spine_each_change(struct book *book, int64_t tx, spine_change_fn each, void *payload,
                       struct error *err) {
  struct statement *statement;
  bool row = false, done;
  if (!statement_open(&statement, book->store,
                      "select change.tx, change.record, change.field, change.old, change.new,"
                      " change.at from change join record on record.id = change.record"
                      " where change.tx = $1 and record.created_tx <> $1"
                      " and change.field <> 'deleted' and not exists (select 1 from change life"
                      " where life.record = change.record and +life.tx = $1"
                      " and life.field = 'deleted' and life.new is null)"
                      " order by change.id desc",
                      err))
    return false;
  statement_bind_integer(statement, 1, tx);
  while ((done = statement_step(statement, &row, err)) && row) {
    struct change change;
    if (!(done = read_change(statement, &change, err) && each(&change, payload, err)))
      break;
  }
  statement_close(statement);
  return done;
}
