/* What only this connection sees: tables as rules would have them that are only tried. */
#include <string.h>

#include "store/sqlite.h"

static bool run(struct store *store, struct text *sql, struct error *err) {
  bool done = text_check(sql, err);
  if (done) {
    int code = sqlite3_exec(store->db, text_string(sql), NULL, NULL, NULL);
    store->stale = true;
    done = code == SQLITE_OK ? store_prepare_controls(store, err) : store_failure(store, code, err);
    store->stale = !done;
  }
  text_release(sql);
  return done;
}

/* A temporary name comes before that of the file. */
bool store_widen(struct store *store, const char *table, const char *columns, struct error *err) {
  struct text sql = {0};
  text_format(&sql, "drop view if exists temp.\"%s\"; create temp view \"%s\" as select kept.*",
              table, table);
  while (*columns) {
    size_t length = strcspn(columns, ",");
    text_format(&sql, ", null as \"%.*s\"", (int)length, columns);
    columns += length + (columns[length] == ',');
  }
  text_format(&sql, " from main.\"%s\" kept", table);
  return run(store, &sql, err);
}

bool store_imagine(struct store *store, const char *table, const char *columns, struct error *err) {
  struct text sql = {0};
  text_format(&sql,
              "drop table if exists temp.\"%s\"; create temp table \"%s\" (id integer primary key",
              table, table);
  while (*columns) {
    size_t length = strcspn(columns, ",");
    text_format(&sql, ", \"%.*s\"", (int)length, columns);
    columns += length + (columns[length] == ',');
  }
  text_append(&sql, ")");
  return run(store, &sql, err);
}
