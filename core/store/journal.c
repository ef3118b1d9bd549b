#include <string.h>

#include "store/sqlite.h"

bool store_wal_is_safe(int library_version) {
  return library_version >= 3051003 || (library_version >= 3050007 && library_version < 3051000) ||
         (library_version >= 3044006 && library_version < 3045000);
}

/* The mode after `sql`: SQLite may answer with the old one instead of failing. */
static bool ask_mode(struct store *store, const char *sql, bool *wal, struct error *err) {
  sqlite3_stmt *statement;
  int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
  if (code != SQLITE_OK)
    return store_failure(store, code, err);
  code = sqlite3_step(statement);
  if (code == SQLITE_ROW)
    *wal = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
  else
    store_failure(store, code, err);
  sqlite3_finalize(statement);
  return code == SQLITE_ROW;
}

/* Needs the file alone: SQLite refuses while another connection has it open. */
bool store_leave_wal(struct store *store, struct error *err) {
  bool wal = true;
  if (ask_mode(store, "pragma journal_mode = delete", &wal, err))
    return !wal || error_set(err, ERROR_BUSY, "'%s' cannot leave WAL mode", store->path);
  if (err->code == ERROR_BUSY)
    error_set(err, ERROR_BUSY,
              "'%s' is in WAL mode, which this SQLite (%s) cannot share safely, and another "
              "process has it open: close that one first",
              store->path, sqlite3_libversion());
  return false;
}

bool store_is_wal(struct store *store, bool *wal, struct error *err) {
  return ask_mode(store, "pragma journal_mode", wal, err);
}

static bool set_scratch(struct store *store, struct error *err) {
  int code =
      sqlite3_exec(store->db,
                   "pragma journal_mode = memory; pragma synchronous = off;"
                   "pragma cache_size = -16384", /* KiB: what is not there waits for the disk */
                   NULL, NULL, NULL);
  return code == SQLITE_OK || store_failure(store, code, err);
}

bool store_set_journal(struct store *store, struct error *err) {
  if (store->mode == STORE_MEMORY || store->mode == STORE_READ_ONLY)
    return true;
  if (store->mode == STORE_SCRATCH)
    return set_scratch(store, err);
  bool wal = false;
  if (!store_wal_is_safe(sqlite3_libversion_number())) {
    if (!store_is_wal(store, &wal, err))
      return false;
    if (wal && !store_leave_wal(store, err))
      return false;
    return ask_mode(store, "pragma journal_mode = truncate", &wal, err);
  }
  /* Where others have it open in the older mode it stays: that is safe too, only slower. */
  struct error reason;
  if (ask_mode(store, "pragma journal_mode = wal", &wal, &reason) && wal)
    return true;
  return ask_mode(store, "pragma journal_mode = truncate", &wal, err);
}
