#include "model/past.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "model/column.h"

static const char existed_sql[] =
    "select r.since <= $2, coalesce("
    "(select case when c.old = 1 then 1 else 0 end from change c where c.record = r.id "
    "and c.field = 'deleted' and c.at > $2 order by c.at, c.id limit 1), "
    "case when r.deleted_tx is null then 0 else 1 end) from record r where r.id = $1";

bool past_check(struct book *book, const struct kind *kind, int64_t id, struct error *err) {
  struct statement *statement;
  char at[INSTANT_TEXT_SIZE];
  bool row = false;
  if (!statement_open(&statement, book->store, existed_sql, err))
    return false;
  instant_write(book->as_of, at);
  statement_bind_integer(statement, 1, id);
  statement_bind_text(statement, 2, at);
  bool asked = statement_step(statement, &row, err);
  bool begun = asked && row && statement_integer(statement, 0);
  bool deleted = asked && row && statement_integer(statement, 1);
  statement_close(statement);
  if (!asked || (begun && !deleted))
    return asked;
  return error_set(err, ERROR_NOT_FOUND,
                   begun ? N_("%s #%lld was already deleted on %.10s")
                         : N_("%s #%lld did not exist yet on %.10s"),
                   kind->name, (long long)id, at);
}

/* The cells of one column pair while they are walked back. */
struct walk {
  struct value *cells; /* two per field, by position; owned */
  bool *known;         /* the first change after the instant was seen */
};

/* Where in walk.cells the column lies; -1 when no field of the kind has it. */
static int find_cell(const struct kind *kind, const char *column) {
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *field = kind->fields[i];
    size_t length = strlen(field->name);
    if (!field_is_stored(field) || strncmp(column, field->name, length) != 0)
      continue;
    if (!column[length])
      return 2 * i;
    if (column_count(field) == 2 && strcmp(column + length, "_currency") == 0)
      return 2 * i + 1;
  }
  return -1;
}

static bool fill_present(struct walk *walk, const struct record *record, struct error *err) {
  char room[COLUMN_ROOM];
  for (int i = 0; i < 2 * record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i / 2];
    if (i % 2 >= column_count(field))
      continue;
    struct value cell = column_cell(&record->values[i / 2], i % 2, room);
    if (!value_copy(&walk->cells[i], &cell, err))
      return false;
  }
  return true;
}

static bool walk_change(struct walk *walk, const struct kind *kind, const struct statement *row,
                        struct error *err) {
  int cell = find_cell(kind, statement_text(row, 0));
  if (cell < 0 || walk->known[cell])
    return true;
  struct value old = column_raw(row, 1);
  value_release(&walk->cells[cell]);
  walk->known[cell] = true;
  return value_copy(&walk->cells[cell], &old, err);
}

/* The statement gives columns and what they held, in the order in which that was replaced. */
static bool walk_back(struct walk *walk, const struct record *record, struct statement *statement,
                      struct error *err) {
  bool row = false, walked;
  while ((walked = statement_step(statement, &row, err)) && row)
    if (!walk_change(walk, record->kind, statement, err)) {
      walked = false;
      break;
    }
  return walked;
}

static bool take_values(struct record *record, const struct walk *walk, struct error *err) {
  for (int i = 0; i < record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i];
    size_t cell = 2 * (size_t)i;
    if (!field_is_stored(field) || !(walk->known[cell] || walk->known[cell + 1]))
      continue;
    value_release(&record->values[i]);
    value_release(&record->stored[i]);
    if (!column_value(&record->values[i], field, &walk->cells[cell], err) ||
        !value_copy(&record->stored[i], &record->values[i], err))
      return false;
  }
  return true;
}

static bool apply(struct record *record, struct statement *statement, struct error *err) {
  size_t count = 2 * (size_t)record->kind->field_count;
  struct walk walk = {memory_new_array(count, sizeof *walk.cells),
                      memory_new_array(count, sizeof *walk.known)};
  bool applied = (walk.cells && walk.known) || error_memory(err);
  applied = applied && fill_present(&walk, record, err) &&
            walk_back(&walk, record, statement, err) && take_values(record, &walk, err);
  for (size_t i = 0; walk.cells && i < count; i++)
    value_release(&walk.cells[i]);
  memory_free(walk.cells);
  memory_free(walk.known);
  return applied;
}

bool past_apply(struct record *record, struct book *book, struct error *err) {
  struct statement *statement;
  char at[INSTANT_TEXT_SIZE];
  if (!statement_open(&statement, book->store,
                      "select field, old from change where record = $1 and at > $2 order by at, id",
                      err))
    return false;
  instant_write(book->as_of, at);
  statement_bind_integer(statement, 1, record->id);
  statement_bind_text(statement, 2, at);
  bool applied = apply(record, statement, err);
  statement_close(statement);
  return applied;
}

bool past_before(struct record *record, struct book *book, int64_t tx, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store,
                      "select field, old from change where record = $1 and tx > $2 order by id",
                      err))
    return false;
  statement_bind_integer(statement, 1, record->id);
  statement_bind_integer(statement, 2, tx);
  bool applied = apply(record, statement, err);
  statement_close(statement);
  return applied;
}
