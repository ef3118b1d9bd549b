/* A book in memory with its clock on 2017-03-01, and words for what tests of records do. */
#ifndef TEST_MODEL_FIXTURE_H
#define TEST_MODEL_FIXTURE_H

#include "core/query_fixture.h"
#include "store/statement.h"

static UNUSED int open_empty(void **state) {
  struct book *book = NULL;
  ok(book_open(&book, "", BOOK_MEMORY, &failure));
  set_clock(book, "2017-03-01T10:00:00Z");
  *state = book;
  return 0;
}

static UNUSED int close_empty(void **state) {
  book_close(*state);
  return 0;
}

static UNUSED const struct field *field_named(const struct record *record, const char *name) {
  const struct field *field = kind_field(record->kind, name);
  assert_non_null(field);
  return field;
}

static UNUSED void set_word(struct record *record, struct book *book, const char *name,
                            const char *word) {
  ok(record_set_word(record, book, field_named(record, name), word, &failure));
}

/* The stored value in its machine form; "-" when unset. */
static UNUSED const char *value_of(struct book *book, int64_t id, const char *name) {
  static char out[256];
  struct record record;
  struct text text = {0};
  ok(record_load(&record, book, NULL, id, &failure));
  const struct value *value = &record.values[field_named(&record, name)->position];
  value_append_plain(&text, value);
  snprintf(out, sizeof out, "%s%s%s", value_is_null(value) ? "-" : text_string(&text),
           value->type == VALUE_MONEY ? " " : "",
           value->type == VALUE_MONEY ? value->as.money.currency : "");
  text_release(&text);
  record_release(&record);
  return out;
}

static UNUSED void append_cell(struct text *out, const struct statement *row, int column) {
  static const char *const marks[] = {"null", "i", "r", "t"};
  text_format(out, "%s:", marks[statement_type(row, column)]);
  if (statement_type(row, column) == CELL_NUMBER)
    text_format(out, "%a|", statement_number(row, column));
  else if (statement_type(row, column) != CELL_NULL)
    text_format(out, "%s|", statement_text(row, column));
}

/* Every byte of the rows that a statement gives. The caller frees it. */
static UNUSED char *rows(struct book *book, const char *sql) {
  struct statement *statement = NULL;
  struct text text = {0};
  bool row = false;
  ok(statement_open(&statement, book->store, sql, &failure));
  for (;;) {
    ok(statement_step(statement, &row, &failure));
    if (!row)
      break;
    for (int i = 0; i < statement_columns(statement); i++)
      append_cell(&text, statement, i);
    text_append(&text, "\n");
  }
  statement_close(statement);
  char *taken = text_take(&text, &failure);
  ok(taken != NULL);
  return taken;
}

/* All rows of all tables of kinds. The caller frees it. */
static UNUSED char *dump(struct book *book) {
  struct text text = {0};
  for (int i = 0; i < catalog_count(book->catalog); i++) {
    char sql[96];
    const char *kind = catalog_at(book->catalog, i)->name;
    snprintf(sql, sizeof sql, "select * from \"%s\" order by id", kind);
    char *part = rows(book, sql);
    text_format(&text, "%s\n%s", kind, part);
    memory_free(part);
  }
  char *taken = text_take(&text, &failure);
  ok(taken != NULL);
  return taken;
}

/* The one row of a statement. */
static UNUSED void expect_rows(struct book *book, const char *sql, const char *expected) {
  char *found = rows(book, sql);
  assert_string_equal(found, expected);
  memory_free(found);
}

static UNUSED int64_t number(struct book *book, const char *sql) {
  struct statement *statement = NULL;
  bool row = false;
  ok(statement_open(&statement, book->store, sql, &failure));
  ok(statement_step(statement, &row, &failure));
  int64_t found = row ? statement_integer(statement, 0) : -1;
  statement_close(statement);
  return found;
}

static UNUSED void refused(bool done, enum error_code code, const char *words) {
  assert_false(done);
  if (failure.code != code || !strstr(failure.message, words))
    print_error("%s: %s\n", error_code_name(failure.code), failure.message);
  assert_int_equal(failure.code, code);
  assert_non_null(strstr(failure.message, words));
}

/* Deletes what is still live of the records; each pass those that nothing refers to any more. */
static UNUSED void delete_all(struct book *book, const int64_t *ids, size_t count) {
  struct value one = value_integer(1);
  for (bool progress = true; progress;) {
    progress = false;
    for (size_t i = 0; i < count; i++) {
      char sql[96];
      struct error refusal;
      snprintf(sql, sizeof sql,
               "select count(*) from record where id = %lld and deleted_tx is null",
               (long long)ids[i]);
      if (number(book, sql) == 1 && change_apply(book, ids[i], "deleted", &one, &refusal))
        progress = true;
    }
  }
}

/* A record that still waits to be deleted need not be restored first. */
static UNUSED bool is_waiting(int64_t *ids, size_t *count, int64_t id) {
  for (size_t i = 0; i < *count; i++)
    if (ids[i] == id) {
      ids[i] = ids[--*count];
      return true;
    }
  return false;
}

/* Takes a unit back: its changes newest first; what it created or restored goes at the end, because
 * the log does not say between which changes a record was created. */
static UNUSED void take_back(struct book *book, int64_t tx) {
  struct change *changes = NULL;
  int64_t *created = NULL;
  size_t change_count = 0, created_count = 0, restored_count = 0;
  ok(change_list(book, CHANGE_OF_UNIT, tx, &changes, &change_count, &failure));
  ok(unit_created(book, tx, &created, &created_count, &failure));
  int64_t *restored = memory_new_array(change_count + 1, sizeof *restored);
  assert_non_null(restored);
  ok(unit_begin(book, "undo", NULL, &failure));
  ok(unit_set_undoes(book, tx, &failure));
  for (size_t i = change_count; i-- > 0;) {
    const struct change *change = &changes[i];
    if (strcmp(change->field, "deleted") == 0 && !value_is_null(&change->old))
      restored[restored_count++] = change->record;
    else if (strcmp(change->field, "deleted") == 0 &&
             is_waiting(restored, &restored_count, change->record))
      continue;
    else
      ok(change_apply(book, change->record, change->field, &change->old, &failure));
  }
  delete_all(book, created, created_count);
  delete_all(book, restored, restored_count);
  delete_all(book, created, created_count);
  ok(unit_commit(book, &failure));
  for (size_t i = 0; i < change_count; i++)
    change_release(&changes[i]);
  memory_free(changes);
  memory_free(created);
  memory_free(restored);
}

#endif
