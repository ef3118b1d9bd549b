#include "store/statement.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/sqlite.h"

struct statement {
  struct store *store;
  sqlite3_stmt *prepared;
  size_t bucket;
  int64_t changes;
  int bind_code; /* the first bind that failed */
  int *places;   /* owned: $n → the library's index; NULL where they are the same */
  int numbers;   /* the highest n */
  bool writes;
  struct statement *next;  /* in its bucket, while closed */
  struct statement *newer; /* by last use, while closed */
  struct statement *older;
  char sql[]; /* terminated */
};

/* Eight bytes at a time: texts of statements are long, and each is opened again for every row. */
static size_t bucket_of(const char *sql) {
  size_t length = strlen(sql);
  uint64_t hash = UINT64_C(14695981039346656037);
  for (uint64_t word = 0; length > 0; word = 0) {
    size_t step = length < sizeof word ? length : sizeof word;
    memcpy(&word, sql, step);
    hash = (hash ^ word) * UINT64_C(1099511628211);
    hash ^= hash >> 29;
    sql += step;
    length -= step;
  }
  return (size_t)((hash ^ hash >> 32) % CACHE_BUCKETS);
}

static void cache_remove(struct cache *cache, struct statement *statement) {
  struct statement **link = &cache->buckets[statement->bucket];
  while (*link != statement)
    link = &(*link)->next;
  *link = statement->next;
  *(statement->newer ? &statement->newer->older : &cache->newest) = statement->older;
  *(statement->older ? &statement->older->newer : &cache->oldest) = statement->newer;
  cache->closed--;
}

static void statement_free(struct statement *statement) {
  sqlite3_finalize(statement->prepared);
  memory_free(statement->places);
  memory_free(statement);
}

static void cache_add(struct cache *cache, struct statement *statement) {
  statement->next = cache->buckets[statement->bucket];
  cache->buckets[statement->bucket] = statement;
  statement->newer = NULL;
  statement->older = cache->newest;
  *(cache->newest ? &cache->newest->newer : &cache->oldest) = statement;
  cache->newest = statement;
  cache->closed++;
  if (cache->closed > CACHE_STATEMENTS) {
    struct statement *oldest = cache->oldest;
    cache_remove(cache, oldest);
    statement_free(oldest);
  }
}

void store_cache_release(struct store *store) {
  struct cache *cache = &store->cache;
  assert(cache->opened == 0 && "a statement was not closed");
  while (cache->oldest) {
    struct statement *oldest = cache->oldest;
    cache_remove(cache, oldest);
    statement_free(oldest);
  }
}

static struct statement *cache_take(struct cache *cache, const char *sql, size_t bucket) {
  for (struct statement *found = cache->buckets[bucket]; found; found = found->next)
    if (strcmp(found->sql, sql) == 0) {
      cache_remove(cache, found);
      return found;
    }
  return NULL;
}

static bool is_blank(const char *sql) {
  while (isspace((unsigned char)*sql) || *sql == ';')
    sql++;
  return *sql == '\0';
}

enum { NUMBERS_MAX = 32766 }; /* as many parameters as SQLite takes */

/* The n of $n; the place itself where no number is given. */
static bool number_at(const struct statement *statement, int place, int *number,
                      struct error *err) {
  const char *name = sqlite3_bind_parameter_name(statement->prepared, place);
  char *end = NULL;
  *number = place;
  if (!name || name[0] != '$')
    return true;
  long read = strtol(name + 1, &end, 10);
  if (*end || read < 1 || read > NUMBERS_MAX)
    return error_set(err, ERROR_STORE, "a parameter is a number such as $1, not '%s'", name);
  *number = (int)read;
  return true;
}

/* SQLite numbers $2 by where it stands, not by its name. */
static bool find_places(struct statement *statement, struct error *err) {
  int count = sqlite3_bind_parameter_count(statement->prepared);
  bool same = true;
  int number;
  for (int i = 1; i <= count; i++) {
    if (!number_at(statement, i, &number, err))
      return false;
    same = same && number == i;
    statement->numbers = number > statement->numbers ? number : statement->numbers;
  }
  if (same)
    return true;
  statement->places = memory_new_array((size_t)statement->numbers + 1, sizeof *statement->places);
  if (!statement->places)
    return error_memory(err);
  for (int i = 1; i <= count && number_at(statement, i, &number, err); i++)
    statement->places[number] = i;
  return true;
}

static bool prepare(struct statement *statement, struct error *err) {
  const char *tail = "";
  int code = sqlite3_prepare_v3(statement->store->db, statement->sql, -1, SQLITE_PREPARE_PERSISTENT,
                                &statement->prepared, &tail);
  if (code != SQLITE_OK)
    return store_failure(statement->store, code, err);
  if (!statement->prepared || !is_blank(tail))
    return error_set(err, ERROR_STORE, "one statement is wanted, this is none or more: '%s'",
                     statement->sql);
  statement->writes = !sqlite3_stmt_readonly(statement->prepared);
  return find_places(statement, err);
}

static bool statement_new(struct statement **out, struct store *store, const char *sql,
                          struct error *err) {
  size_t size = strlen(sql) + 1;
  struct statement *statement = memory_new(sizeof *statement + size);
  if (!statement)
    return error_memory(err);
  statement->store = store;
  memcpy(statement->sql, sql, size);
  if (!prepare(statement, err)) {
    statement_free(statement);
    return false;
  }
  *out = statement;
  return true;
}

bool statement_open(struct statement **out, struct store *store, const char *sql,
                    struct error *err) {
  size_t bucket = bucket_of(sql);
  *out = cache_take(&store->cache, sql, bucket);
  if (!*out && !statement_new(out, store, sql, err))
    return false;
  (*out)->bucket = bucket;
  store->cache.opened++;
  return true;
}

void statement_close(struct statement *statement) {
  if (!statement)
    return;
  statement_reset(statement);
  struct cache *cache = &statement->store->cache;
  cache->opened--;
  cache_add(cache, statement);
}

/* 0, which SQLite refuses, for a number that the statement does not have. */
static int place_of(const struct statement *statement, int number) {
  if (!statement->places)
    return number;
  return number > 0 && number <= statement->numbers ? statement->places[number] : 0;
}

static void note_bind(struct statement *statement, int code) {
  if (code != SQLITE_OK && statement->bind_code == SQLITE_OK)
    statement->bind_code = code;
}

void statement_bind_null(struct statement *statement, int index) {
  note_bind(statement, sqlite3_bind_null(statement->prepared, place_of(statement, index)));
}

void statement_bind_integer(struct statement *statement, int index, int64_t integer) {
  note_bind(statement,
            sqlite3_bind_int64(statement->prepared, place_of(statement, index), integer));
}

void statement_bind_number(struct statement *statement, int index, double number) {
  note_bind(statement,
            sqlite3_bind_double(statement->prepared, place_of(statement, index), number));
}

void statement_bind_text(struct statement *statement, int index, const char *text) {
  note_bind(statement, sqlite3_bind_text(statement->prepared, place_of(statement, index), text, -1,
                                         SQLITE_STATIC));
}

void statement_bind_text_bytes(struct statement *statement, int index, const char *text,
                               size_t length) {
  note_bind(statement, sqlite3_bind_text64(statement->prepared, place_of(statement, index), text,
                                           length, SQLITE_STATIC, SQLITE_UTF8));
}

static void bind_copy(struct statement *statement, int index, const char *text) {
  note_bind(statement, sqlite3_bind_text(statement->prepared, place_of(statement, index), text, -1,
                                         SQLITE_TRANSIENT));
}

void statement_bind_value(struct statement *statement, int index, const struct value *value) {
  char date_text[DATE_TEXT_SIZE];
  char instant_text[INSTANT_TEXT_SIZE];
  switch (value->type) {
  case VALUE_NULL:
    statement_bind_null(statement, index);
    break;
  case VALUE_BOOLEAN:
    statement_bind_integer(statement, index, value->as.boolean);
    break;
  case VALUE_INTEGER:
    statement_bind_integer(statement, index, value->as.integer);
    break;
  case VALUE_NUMBER:
    statement_bind_number(statement, index, value->as.number);
    break;
  case VALUE_TEXT:
    statement_bind_text_bytes(statement, index, value->as.text.data ? value->as.text.data : "",
                              value->as.text.length);
    break;
  case VALUE_DATE:
    date_write(value->as.day, date_text);
    bind_copy(statement, index, date_text);
    break;
  case VALUE_INSTANT:
    instant_write(value->as.at, instant_text);
    bind_copy(statement, index, instant_text);
    break;
  case VALUE_MONEY:
    statement_bind_integer(statement, index, value->as.money.minor);
    break;
  }
}

static bool may_write(const struct statement *statement, struct error *err) {
  const struct store *store = statement->store;
  if (store->mode == STORE_READ_ONLY)
    return error_set(err, ERROR_PERMISSION, "'%s' is open for reading only", store->path);
  assert(store->depth > 0 && "a write outside a transaction");
  if (store->lost)
    return error_set(err, ERROR_STORE,
                     "the transaction was undone by an earlier failure; cancel it and try again");
  return true;
}

bool statement_step(struct statement *statement, bool *row, struct error *err) {
  struct store *store = statement->store;
  *row = false;
  if (statement->bind_code != SQLITE_OK)
    return store_failure(store, statement->bind_code, err);
  if (statement->writes && !may_write(statement, err))
    return false;
  store->wait_interrupted = false;
  int code = sqlite3_step(statement->prepared);
  if (code == SQLITE_ROW || code == SQLITE_DONE) {
    *row = code == SQLITE_ROW;
    return true;
  }
  store_failure(store, code, err);
  sqlite3_reset(statement->prepared);
  return false;
}

bool statement_run(struct statement *statement, struct error *err) {
  bool row = true;
  bool done = true;
  while (row && done)
    done = statement_step(statement, &row, err);
  if (done)
    statement->changes = statement->writes ? sqlite3_changes64(statement->store->db) : 0;
  statement_reset(statement);
  return done;
}

void statement_reset(struct statement *statement) {
  sqlite3_reset(statement->prepared);
  sqlite3_clear_bindings(statement->prepared);
  statement->bind_code = SQLITE_OK;
}

int64_t statement_changes(const struct statement *statement) {
  return statement->changes;
}

int statement_columns(const struct statement *statement) {
  return sqlite3_column_count(statement->prepared);
}

const char *statement_column_name(const struct statement *statement, int column) {
  return sqlite3_column_name(statement->prepared, column);
}

enum cell_type statement_type(const struct statement *statement, int column) {
  switch (sqlite3_column_type(statement->prepared, column)) {
  case SQLITE_NULL:
    return CELL_NULL;
  case SQLITE_INTEGER:
    return CELL_INTEGER;
  case SQLITE_FLOAT:
    return CELL_NUMBER;
  default:
    return CELL_TEXT;
  }
}

int64_t statement_integer(const struct statement *statement, int column) {
  return sqlite3_column_int64(statement->prepared, column);
}

double statement_number(const struct statement *statement, int column) {
  return sqlite3_column_double(statement->prepared, column);
}

const char *statement_text(const struct statement *statement, int column) {
  return (const char *)sqlite3_column_text(statement->prepared, column);
}

size_t statement_length(const struct statement *statement, int column) {
  return (size_t)sqlite3_column_bytes(statement->prepared, column);
}
