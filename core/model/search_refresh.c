/* Keeping the full-text index up to date: what was written since the last time is indexed anew. */
#include <string.h>

#include "model/path.h"
#include "model/search.h"
#include "store/statement.h"

static bool ask_integer(struct store *store, const char *sql, int64_t *out, struct error *err) {
  struct statement *statement = NULL;
  bool row = false;
  if (!statement_open(&statement, store, sql, err))
    return false;
  bool done = statement_step(statement, &row, err);
  if (done)
    *out = row ? statement_integer(statement, 0) : 0;
  statement_close(statement);
  return done;
}

static bool run_with(struct store *store, const char *sql, int64_t parameter, struct error *err) {
  struct statement *statement = NULL;
  if (!statement_open(&statement, store, sql, err))
    return false;
  statement_bind_integer(statement, 1, parameter);
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

static void append_body(struct text *sql, const struct kind *kind) {
  text_append(sql, "''");
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *field = kind->fields[i];
    bool is_name = kind->name_field && strcmp(field->name, kind->name_field) == 0;
    if (field_is_stored(field) && field_type_is_text(field->type) && !is_name)
      text_format(sql, " || coalesce(k.\"%s\", '') || ' '", field->name);
  }
}

static bool index_kind(struct store *store, const struct kind *kind, int64_t position,
                       struct error *err) {
  struct text sql = {0};
  const struct field *name = kind->name_field ? kind_field(kind, kind->name_field) : NULL;
  text_append(&sql, "INSERT INTO search(rowid, name, body) SELECT k.id, ");
  if (name && field_is_stored(name))
    text_format(&sql, "fold(coalesce(k.\"%s\", ''))", name->name);
  else
    text_append(&sql, "''");
  text_append(&sql, ", fold(");
  append_body(&sql, kind);
  text_format(&sql,
              ") FROM record r JOIN \"%s\" k ON k.id = r.id WHERE r.updated_tx > $1"
              " AND r.kind = '%s'",
              kind->name, kind->name);
  bool done = text_check(&sql, err) && run_with(store, text_string(&sql), position, err);
  text_release(&sql);
  return done;
}

static bool index_since(struct book *book, int64_t position, int64_t last, struct error *err) {
  static const char forget[] =
      "DELETE FROM search WHERE rowid IN (SELECT id FROM record WHERE updated_tx > $1)";
  static const char remember[] = "INSERT INTO meta(key, value) VALUES ('search_position', $1)"
                                 " ON CONFLICT(key) DO UPDATE SET value = excluded.value";
  struct text word = {0};
  if (!run_with(book->store, forget, position, err))
    return false;
  for (int i = 0; i < catalog_count(book->catalog); i++)
    if (!index_kind(book->store, catalog_at(book->catalog, i), position, err))
      return false;
  struct statement *statement = NULL;
  text_format(&word, "%lld", (long long)last);
  bool done = text_check(&word, err) && statement_open(&statement, book->store, remember, err);
  if (done) {
    statement_bind_text(statement, 1, text_string(&word));
    done = statement_run(statement, err);
  }
  statement_close(statement);
  text_release(&word);
  return done;
}

static bool positions(struct book *book, int64_t *position, int64_t *last, struct error *err) {
  return ask_integer(book->store,
                     "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'search_position'",
                     position, err) &&
         ask_integer(book->store, "SELECT max(id) FROM tx", last, err);
}

bool search_refresh(struct book *book, struct error *err) {
  int64_t position = 0, last = 0;
  bool inside = store_depth(book->store) > 0;
  if (book_is_read_only(book) || book->has_as_of || (!inside && store_is_reading(book->store)))
    return true;
  if (!positions(book, &position, &last, err))
    return false;
  if (last <= position)
    return true;
  if (!store_begin(book->store, err))
    return false;
  /* Another process may have indexed while we waited. A unit under way may still write more, so it
   * is indexed now and again the next time. */
  bool done = positions(book, &position, &last, err);
  int64_t kept = book->tx > 0 ? book->tx - 1 : last;
  if (!done || !index_since(book, position, kept, err)) {
    store_cancel(book->store);
    return false;
  }
  return store_commit(book->store, err);
}
