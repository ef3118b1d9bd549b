#include "bare.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void fail(sqlite3 *database, const char *sql) {
  fprintf(stderr, "bench: %s: %s\n", sqlite3_errmsg(database), sql);
  abort();
}

/* The durability of the product, or nothing would be compared. */
sqlite3 *bare_open(const char *book) {
  sqlite3 *database = NULL;
  if (sqlite3_open_v2(book, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    fail(database, book);
  bare_run(database, "pragma journal_mode = truncate; pragma synchronous = full;"
                     "pragma foreign_keys = on");
  return database;
}

void bare_run(sqlite3 *database, const char *sql) {
  if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail(database, sql);
}

sqlite3_stmt *bare_prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    fail(database, sql);
  return statement;
}

void bare_step(sqlite3_stmt *statement) {
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    continue;
  if (code != SQLITE_DONE)
    fail(sqlite3_db_handle(statement), sqlite3_sql(statement));
  sqlite3_reset(statement);
}

uint64_t bare_random(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return *state >> 33;
}

const char bare_pipeline_sql[] =
    "select d.stage, count(*), sum(d.amount is null), sum(d.amount), sum(p.price) from deal d"
    " left join product p on p.id = d.product where d.stage not in ('won', 'lost')"
    " group by d.stage";

static void ask(const char *book, const char *sql) {
  sqlite3 *database = bare_open(book);
  sqlite3_stmt *statement = bare_prepare(database, sql);
  bare_step(statement);
  sqlite3_finalize(statement);
  sqlite3_close(database);
}

void bare_pipeline(const char *book) {
  ask(book, bare_pipeline_sql);
}

void bare_stays(const char *book) {
  ask(book, "select from_stage, count(*), avg(seconds) / 86400 from transition"
            " join record on record.id = record where deleted_tx is null"
            " and outcome not in ('refused', 'broken', 'undone')"
            " and tx not in (select undoes from tx where undoes is not null)"
            " group by from_stage order by from_stage");
}

void bare_names(const char *book, int64_t count) {
  sqlite3 *database = bare_open(book);
  sqlite3_stmt *statement = bare_prepare(
      database,
      "select id, name from client where name >= $1 and name < $2 order by name limit 20");
  uint64_t state = 7;
  char from[32], to[32];
  for (int64_t i = 0; i < count; i++) {
    unsigned number = (unsigned)(bare_random(&state) % 900) + 100;
    snprintf(from, sizeof from, "Client %u", number);
    snprintf(to, sizeof to, "Client %u", number + 1);
    sqlite3_bind_text(statement, 1, from, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, to, -1, SQLITE_STATIC);
    bare_step(statement);
  }
  sqlite3_finalize(statement);
  sqlite3_close(database);
}

void bare_index(const char *book) {
  sqlite3 *database = bare_open(book);
  bare_run(database,
           "begin immediate;"
           "insert into search(rowid, name, body) select id, lower(name), lower("
           "coalesce(external_id, '') || ' ' || coalesce(status, '') || ' ' ||"
           " coalesce(industry, '') || ' ' || coalesce(country, '') || ' ' ||"
           " coalesce(city, '') || ' ' || coalesce(website, '') || ' ' ||"
           " coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(source, ''))"
           " from client;"
           "insert into meta(key, value) values('search_position', '1');"
           "commit");
  sqlite3_close(database);
}
