#include <stddef.h>
#include <stdio.h>

#include "bare.h"

static const char *const columns[] = {
    "external_id", "name",    "industry", "employees", "revenue", "founded",          "country",
    "city",        "website", "email",    "phone",     "source",  "revenue_currency", "status"};

/* What each column held, column by column, so that the client's table is all that is looked up. */
static void log_columns(sqlite3 *database) {
  char sql[256];
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    snprintf(sql, sizeof sql,
             "insert into change(tx, record, field, old, at) select 2, id, '%s', %s,"
             " '2026-01-01T00:00:00Z' from client where %s is not null",
             columns[i], columns[i], columns[i]);
    bare_run(database, sql);
  }
}

void bare_undo(const char *book) {
  sqlite3 *database = bare_open(book);
  bare_run(database, "begin immediate");
  bare_run(database, "insert into tx(id, at, actor, command, undoes) values(2,"
                     " '2026-01-01T00:00:00Z', 'bench', 'undo', 1)");
  log_columns(database);
  bare_run(database, "insert into change(tx, record, field, new, at) select 2, id, 'deleted', 1,"
                     " '2026-01-01T00:00:00Z' from client");
  bare_run(database, "delete from client");
  bare_run(database, "update record set deleted_tx = 2, updated_tx = 2 where kind = 'client'");
  bare_run(database, "commit");
  sqlite3_close(database);
}
