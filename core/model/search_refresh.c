/* Keeping the full-text index up to date: what was written since the last time is indexed anew, in
 * steps that each stand by themselves. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/path.h"
#include "model/search.h"
#include "store/statement.h"

/* Records in one step: what a failure or an interruption loses at most. */
enum { STEP_RECORDS = 20000 };

/* Indexed are the records whose last unit is earlier than tx, and those of tx up to `record`. */
struct position {
  int64_t tx, record;
};

struct indexer {
  struct book *book;
  struct position at;
  int64_t last; /* unit; the one under way may write more and is not passed for good */
  bool bulk;    /* more than a step */
  struct statement **readers; /* owned, of each kind in the catalog once it was met */
  struct statement *write, *forget;
};

/* ---- where the index stands ------------------------------------------------------------- */

static bool read_position(struct store *store, struct position *at, struct error *err) {
  struct statement *statement = NULL;
  bool row = false;
  *at = (struct position){0, INT64_MAX};
  if (!statement_open(&statement, store, "SELECT value FROM meta WHERE key = 'search_position'",
                      err))
    return false;
  bool done = statement_step(statement, &row, err);
  if (done && row && statement_text(statement, 0)) {
    char *end = NULL;
    at->tx = strtoll(statement_text(statement, 0), &end, 10);
    at->record = *end == ':' ? strtoll(end + 1, NULL, 10) : INT64_MAX;
  }
  statement_close(statement);
  return done;
}

/* "7": all of unit 7. "7:1200": of unit 7 the records up to #1200. */
static bool write_position(struct store *store, struct position at, struct error *err) {
  static const char sql[] = "INSERT INTO meta(key, value) VALUES ('search_position', $1)"
                            " ON CONFLICT(key) DO UPDATE SET value = excluded.value";
  struct statement *statement = NULL;
  char word[48];
  if (!statement_open(&statement, store, sql, err))
    return false;
  if (at.record == INT64_MAX)
    (void)snprintf(word, sizeof word, "%" PRId64, at.tx);
  else
    (void)snprintf(word, sizeof word, "%" PRId64 ":%" PRId64, at.tx, at.record);
  statement_bind_text(statement, 1, word);
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

static bool is_behind(const struct indexer *indexer) {
  return indexer->at.tx < indexer->last || indexer->at.record < INT64_MAX;
}

static bool find_position(struct indexer *indexer, struct error *err) {
  struct store *store = indexer->book->store;
  return read_position(store, &indexer->at, err) && store_position(store, &indexer->last, err);
}

static bool keep_position(struct indexer *indexer, struct error *err) {
  const struct book *book = indexer->book;
  struct position at = indexer->at;
  if (book->tx > 0 && at.tx >= book->tx)
    at = (struct position){book->tx - 1, INT64_MAX};
  return write_position(book->store, at, err);
}

/* ---- one record ------------------------------------------------------------------------- */

static void append_body(struct text *sql, const struct kind *kind) {
  text_append(sql, "''");
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *field = kind->fields[i];
    bool is_name = kind->name_field && strcmp(field->name, kind->name_field) == 0;
    if (field_is_stored(field) && field_type_is_text(field->type) && !is_name)
      text_format(sql, " || coalesce(\"%s\", '') || ' '", field->name);
  }
}

/* A row of (name, body), both folded. */
static bool open_reader(struct statement **out, struct store *store, const struct kind *kind,
                        struct error *err) {
  struct text sql = {0};
  const struct field *name = kind->name_field ? kind_field(kind, kind->name_field) : NULL;
  if (name && field_is_stored(name))
    text_format(&sql, "SELECT fold(coalesce(\"%s\", '')), fold(", name->name);
  else
    text_append(&sql, "SELECT '', fold(");
  append_body(&sql, kind);
  text_format(&sql, ") FROM \"%s\" WHERE id = $1", kind->name);
  bool done = text_check(&sql, err) && statement_open(out, store, text_string(&sql), err);
  text_release(&sql);
  return done;
}

/* *reader NULL: no script declares the kind any more. */
static bool find_reader(struct indexer *indexer, const char *name, struct statement **reader,
                        struct error *err) {
  const struct catalog *catalog = indexer->book->catalog;
  *reader = NULL;
  for (int i = 0; i < catalog_count(catalog); i++) {
    const struct kind *kind = catalog_at(catalog, i);
    if (strcmp(kind->name, name) != 0)
      continue;
    if (!indexer->readers[i] && !open_reader(&indexer->readers[i], indexer->book->store, kind, err))
      return false;
    *reader = indexer->readers[i];
    return true;
  }
  return true;
}

static bool forget(struct indexer *indexer, int64_t id, struct error *err) {
  statement_bind_integer(indexer->forget, 1, id);
  return statement_run(indexer->forget, err);
}

static bool index_record(struct indexer *indexer, int64_t id, const char *kind, struct error *err) {
  struct statement *reader = NULL;
  bool row = false;
  if (!find_reader(indexer, kind, &reader, err))
    return false;
  if (!reader)
    return forget(indexer, id, err);
  statement_bind_integer(reader, 1, id);
  bool done = statement_step(reader, &row, err);
  if (done && row) {
    statement_bind_integer(indexer->write, 1, id);
    for (int i = 0; i < 2; i++)
      statement_bind_text_bytes(indexer->write, i + 2, statement_text(reader, i),
                                statement_length(reader, i));
    done = statement_run(indexer->write, err);
  } else if (done)
    done = forget(indexer, id, err);
  statement_reset(reader);
  return done;
}

/* ---- many ------------------------------------------------------------------------------- */

/* Moves the position over at most `limit` records. The list of them stays open meanwhile: so an
 * interruption is noticed between two records too. */
static bool index_some(struct indexer *indexer, int limit, struct error *err) {
  static const char sql[] =
      "SELECT id, kind, updated_tx FROM record WHERE updated_tx = $1 AND id > $2 UNION ALL "
      "SELECT id, kind, updated_tx FROM record WHERE updated_tx > $1 ORDER BY 3, 1 LIMIT $3";
  struct statement *changed = NULL;
  bool row = false;
  int count = 0;
  if (!statement_open(&changed, indexer->book->store, sql, err))
    return false;
  statement_bind_integer(changed, 1, indexer->at.tx);
  statement_bind_integer(changed, 2, indexer->at.record);
  statement_bind_integer(changed, 3, limit);
  bool done;
  while ((done = statement_step(changed, &row, err)) && row) {
    int64_t id = statement_integer(changed, 0);
    done = index_record(indexer, id, statement_text(changed, 1), err);
    if (!done)
      break;
    indexer->at = (struct position){statement_integer(changed, 2), id};
    count++;
  }
  statement_close(changed);
  if (done && count < limit)
    indexer->at = (struct position){indexer->last, INT64_MAX};
  return done;
}

/* Merging while there is more to come costs as much again as the indexing: then it waits for
 * sixteen pieces. The setting lies in the index, so the last step puts it back. */
static bool set_merging(struct indexer *indexer, struct error *err) {
  static const char at_once[] = "INSERT INTO search(search, rank) VALUES ('automerge', 4)";
  static const char later[] = "INSERT INTO search(search, rank) VALUES ('automerge', 0)";
  struct statement *statement = NULL;
  if (!indexer->bulk)
    return true;
  if (!statement_open(&statement, indexer->book->store, is_behind(indexer) ? later : at_once, err))
    return false;
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

static bool open_statements(struct indexer *indexer, struct error *err) {
  struct store *store = indexer->book->store;
  size_t kinds = (size_t)catalog_count(indexer->book->catalog);
  indexer->readers = memory_new_array(kinds, sizeof(struct statement *));
  if (!indexer->readers)
    return error_memory(err);
  return statement_open(&indexer->write, store,
                        "INSERT OR REPLACE INTO search(rowid, name, body) VALUES ($1, $2, $3)",
                        err) &&
         statement_open(&indexer->forget, store, "DELETE FROM search WHERE rowid = $1", err);
}

static void close_statements(struct indexer *indexer) {
  for (int i = 0; indexer->readers && i < catalog_count(indexer->book->catalog); i++)
    statement_close(indexer->readers[i]);
  memory_free(indexer->readers);
  statement_close(indexer->write);
  statement_close(indexer->forget);
  indexer->readers = NULL;
  indexer->write = indexer->forget = NULL;
}

static bool count_changed(struct indexer *indexer, int64_t *count, struct error *err) {
  struct statement *statement = NULL;
  bool row = false;
  if (!statement_open(&statement, indexer->book->store,
                      "SELECT count(*) FROM (SELECT 1 FROM record WHERE updated_tx > $1 LIMIT $2)",
                      err))
    return false;
  statement_bind_integer(statement, 1, indexer->at.tx);
  statement_bind_integer(statement, 2, STEP_RECORDS);
  bool done = statement_step(statement, &row, err);
  *count = done && row ? statement_integer(statement, 0) : 0;
  statement_close(statement);
  return done;
}

static bool step(struct indexer *indexer, int limit, struct error *err) {
  int64_t count = 0;
  /* A position within a unit was left by a step of a bulk, finished or not. */
  bool resumed = indexer->at.record < INT64_MAX;
  if (!resumed && !indexer->bulk && !count_changed(indexer, &count, err))
    return false;
  indexer->bulk = indexer->bulk || resumed || count == STEP_RECORDS;
  if (!set_merging(indexer, err) || !open_statements(indexer, err))
    return false;
  bool done = index_some(indexer, limit, err);
  close_statements(indexer);
  return done && set_merging(indexer, err) && keep_position(indexer, err);
}

static bool step_alone(struct indexer *indexer, int limit, struct error *err) {
  struct store *store = indexer->book->store;
  if (!store_begin(store, err))
    return false;
  /* Another process may have indexed while we waited; nobody can within a unit. */
  bool done = (indexer->book->tx > 0 || find_position(indexer, err)) &&
              (!is_behind(indexer) || step(indexer, limit, err));
  close_statements(indexer);
  if (done)
    return store_commit(store, err);
  store_cancel(store);
  return false;
}

/* A search inside an open cursor, of an earlier instant or in a book for reading cannot write. */
static bool is_allowed(const struct book *book) {
  bool inside = store_depth(book->store) > 0;
  return !book_is_read_only(book) && !book->has_as_of && (inside || !store_is_reading(book->store));
}

static bool count_left(const struct indexer *indexer, int64_t *left, struct error *err) {
  static const char sql[] =
      "SELECT (SELECT count(*) FROM record WHERE updated_tx = $1 AND id > $2) + "
      "(SELECT count(*) FROM record WHERE updated_tx > $1)";
  struct statement *statement = NULL;
  bool row = false;
  if (!statement_open(&statement, indexer->book->store, sql, err))
    return false;
  statement_bind_integer(statement, 1, indexer->at.tx);
  statement_bind_integer(statement, 2, indexer->at.record);
  bool done = statement_step(statement, &row, err);
  *left = done && row ? statement_integer(statement, 0) : 0;
  statement_close(statement);
  return done;
}

static bool tell(const struct book *book, int64_t done, int64_t total, struct error *err) {
  return !book->indexing || book->indexing(done, total, book->indexing_payload) ||
         error_set(err, ERROR_INTERRUPTED, "indexing was interrupted; the next search goes on");
}

/* Only who has more than a step before him waits long enough to be told. */
static bool catch_up(struct indexer *indexer, struct error *err) {
  struct error ignored;
  const struct book *book = indexer->book;
  int64_t total = 0, left = 0;
  if (book->indexing && !count_left(indexer, &total, err))
    return false;
  bool told = total > STEP_RECORDS, done = !told || tell(book, 0, total, err);
  while (done && is_behind(indexer)) {
    done = step_alone(indexer, STEP_RECORDS, err);
    if (done && told && is_behind(indexer))
      done = count_left(indexer, &left, err) && tell(book, total - left, total, err);
  }
  if (told)
    (void)tell(book, total, total, &ignored);
  return done;
}

bool search_is_behind(struct book *book, bool *behind, struct error *err) {
  struct indexer indexer = {.book = book};
  if (!find_position(&indexer, err))
    return false;
  *behind = is_behind(&indexer);
  return true;
}

bool search_refresh(struct book *book, struct error *err) {
  struct indexer indexer = {.book = book};
  if (!is_allowed(book))
    return true;
  return find_position(&indexer, err) && (!is_behind(&indexer) || catch_up(&indexer, err));
}

bool search_refresh_some(struct book *book, int records, struct error *err) {
  struct indexer indexer = {.book = book};
  if (!is_allowed(book))
    return true;
  return find_position(&indexer, err) &&
         (!is_behind(&indexer) || step_alone(&indexer, records, err));
}
