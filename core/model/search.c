#include "model/search.h"

#include <string.h>

#include "base/list.h"
#include "base/memory.h"
#include "model/query_parts.h"
#include "model/search_words.h"
#include "store/statement.h"

/* So many records are indexed before anybody waiting for a completion notices. */
enum { NAMES_STEP = 5000 };

static const struct field *name_field(const struct kind *kind) {
  const struct field *field = kind->name_field ? kind_field(kind, kind->name_field) : NULL;
  return field && field_is_stored(field) ? field : NULL;
}

static bool fill_name(struct search_hit *hit, struct book *book, const struct kind *kind,
                      struct error *err) {
  const struct field *field = name_field(kind);
  struct statement *statement = NULL;
  struct text sql = {0}, name = {0};
  bool row = false;
  text_format(&sql, "SELECT \"%s\" FROM \"%s\" WHERE id = $1", field ? field->name : "id",
              kind->name);
  bool done =
      text_check(&sql, err) && statement_open(&statement, book->store, text_string(&sql), err);
  if (done) {
    statement_bind_integer(statement, 1, hit->id);
    done = statement_step(statement, &row, err);
  }
  if (done && row && field && statement_text(statement, 0))
    text_append(&name, statement_text(statement, 0));
  else
    text_format(&name, "%s #%lld", kind->name, (long long)hit->id);
  statement_close(statement);
  hit->name = done ? text_take(&name, err) : NULL;
  text_release(&name);
  text_release(&sql);
  return hit->name != NULL;
}

/* Rows of (id, kind's name). Kinds that no script declares any more are left out. */
static bool collect(struct list *hits, struct statement *statement, struct book *book,
                    struct error *err) {
  bool row = false;
  bool done;
  while ((done = statement_step(statement, &row, err)) && row) {
    const struct kind *kind = catalog_kind(book->catalog, statement_text(statement, 1));
    if (!kind)
      continue;
    struct search_hit *hit = list_add(hits, err);
    if (!hit)
      return false;
    *hit = (struct search_hit){.id = statement_integer(statement, 0), .kind = kind->name};
    if (!fill_name(hit, book, kind, err))
      return false;
  }
  return done;
}

/* $1 what is looked for, $2 the kind or NULL, $3 the instant or NULL, $4 the limit. */
static bool ask(struct book *book, const char *sql, const char *what, const struct search *search,
                struct list *hits, struct error *err) {
  struct statement *statement = NULL;
  struct value then = book->has_as_of ? value_instant(book->as_of) : value_null();
  if (!statement_open(&statement, book->store, sql, err))
    return false;
  statement_bind_text(statement, 1, what);
  statement_bind_text(statement, 2, search->kind ? search->kind->name : NULL);
  statement_bind_value(statement, 3, &then);
  statement_bind_integer(statement, 4, search->limit);
  bool done = collect(hits, statement, book, err);
  statement_close(statement);
  return done;
}

static bool give(struct list *found, bool done, struct search_hit **hits, size_t *count) {
  if (!done) {
    search_release(found->items, found->count);
    return false;
  }
  *hits = found->items;
  *count = found->count;
  return true;
}

bool search_find(struct book *book, const struct search *search, struct search_hit **hits,
                 size_t *count, struct error *err) {
  static const char sql[] =
      "SELECT s.rowid, r.kind FROM search s JOIN record r ON r.id = s.rowid"
      " WHERE s.search MATCH $1 AND ($2 IS NULL OR r.kind = $2) AND ($3 IS NULL OR r.since <= $3)"
      " ORDER BY bm25(search, 10.0, 1.0), s.rowid LIMIT $4";
  struct list found = {.size = sizeof(struct search_hit)};
  struct text match = {0};
  search_match_words(&match, search->words);
  bool done = text_check(&match, err) && search_refresh(book, err) &&
              ask(book, sql, text_string(&match), search, &found, err);
  text_release(&match);
  return give(&found, done, hits, count);
}

bool search_names(struct book *book, const struct search *search, struct search_hit **hits,
                  size_t *count, struct error *err) {
  static const char by_words[] =
      "SELECT s.rowid, r.kind FROM search s JOIN record r ON r.id = s.rowid"
      " WHERE s.search MATCH $1 AND ($2 IS NULL OR r.kind = $2) AND ($3 IS NULL OR r.since <= $3)"
      " LIMIT $4";
  static const char by_start[] =
      "SELECT s.rowid, r.kind FROM search s JOIN record r ON r.id = s.rowid"
      " WHERE substr(s.name, 1, length(fold($1))) = fold($1) AND ($2 IS NULL OR r.kind = $2)"
      " AND ($3 IS NULL OR r.since <= $3) ORDER BY s.rowid LIMIT $4";
  struct list found = {.size = sizeof(struct search_hit)};
  struct text match = {0};
  bool worded = search_match_prefix(&match, search->words);
  bool done = text_check(&match, err) && search_refresh_some(book, NAMES_STEP, err) &&
              ask(book, worded ? by_words : by_start, worded ? text_string(&match) : search->words,
                  search, &found, err);
  text_release(&match);
  return give(&found, done, hits, count);
}

void search_release(struct search_hit *hits, size_t count) {
  for (size_t i = 0; i < count; i++)
    memory_free(hits[i].name);
  memory_free(hits);
}

static bool refuse_several(const struct kind *kind, const char *name, const int64_t *ids,
                           size_t count, struct error *err) {
  struct text list = {0};
  for (size_t i = 0; i < count; i++)
    text_format(&list, "%s#%lld", i > 0 ? ", " : "", (long long)ids[i]);
  error_set(err, ERROR_INVALID, "several %s are named '%s' (%s%s); say which by its number",
            kind->plural, name, text_string(&list), count > 4 ? ", …" : "");
  text_release(&list);
  return false;
}

/* Takes the condition over. *id stays 0 where nothing matches. */
static bool resolve_by(const struct book *book, const struct kind *kind, const char *name,
                       struct condition *condition, int64_t *id, struct error *err) {
  struct query *query = NULL;
  int64_t *ids = NULL;
  size_t count = 0;
  if (!query_new(&query, book, kind, err)) {
    condition_free(condition);
    return false;
  }
  query_limit(query, 5, 0);
  bool done =
      query_where(query, condition, err) && query_ids_indexed(query, book, &ids, &count, err);
  query_free(query);
  if (done && count > 1)
    done = refuse_several(kind, name, ids, count, err);
  if (done && count == 1)
    *id = ids[0];
  memory_free(ids);
  return done;
}

static bool resolve_exactly(const struct book *book, const struct kind *kind, const char *path,
                            const char *name, int64_t *id, struct error *err) {
  struct condition *condition = NULL;
  const struct comparison equal = {
      .path = path, .compare = COMPARE_EQUAL, .value = value_text(name)};
  return condition_compare_of(&condition, book, kind, &equal, err) &&
         resolve_by(book, kind, name, condition, id, err);
}

bool search_resolve(const struct book *book, const struct kind *kind, const char *name, int64_t *id,
                    struct error *err) {
  const struct field *field = name_field(kind);
  struct condition *condition = NULL;
  *id = 0;
  if (field && !resolve_exactly(book, kind, field->name, name, id, err))
    return false;
  if (field && *id == 0 &&
      (!condition_same_of(&condition, book, kind, field->name, name, err) ||
       !resolve_by(book, kind, name, condition, id, err)))
    return false;
  if (*id == 0 && kind_field(kind, "external_id"))
    return resolve_exactly(book, kind, "external_id", name, id, err);
  return true;
}
