#include "store/store.h"

#include <assert.h>

#include "base/memory.h"
#include "store/migration.h"
#include "store/sqlite.h"

static bool check_version(const struct store *store, struct error *err) {
  int latest = migration_latest();
  if (store->version > latest)
    return error_set(err, ERROR_NO_DATABASE,
                     "'%s' was written by a newer Dealwright (schema %d, this program knows %d); "
                     "use the newer program",
                     store->path, store->version, latest);
  if (store->version < latest && store->mode == STORE_READ_ONLY)
    return error_set(err, ERROR_NO_DATABASE,
                     "'%s' was written by an older Dealwright (schema %d of %d); open it once for "
                     "writing",
                     store->path, store->version, latest);
  return true;
}

bool store_open(struct store **out, const char *path, enum store_mode mode, struct error *err) {
  struct store *store;
  if (!store_attach(&store, path, mode, err))
    return false;
  if (!check_version(store, err) || !store_set_journal(store, err) ||
      (mode != STORE_READ_ONLY && !migration_run(store, err))) {
    store_close(store);
    return false;
  }
  *out = store;
  return true;
}

void store_close(struct store *store) {
  if (!store)
    return;
  while (store->depth > 0)
    store_cancel(store);
  store_cache_release(store);
  for (int i = 0; i < CONTROL_COUNT; i++)
    sqlite3_finalize(store->controls[i]);
  int code = sqlite3_close(store->db);
  assert(code == SQLITE_OK);
  (void)code;
  memory_free(store->path);
  memory_free(store);
}

bool store_is_read_only(const struct store *store) {
  return store->mode == STORE_READ_ONLY;
}

const char *store_path(const struct store *store) {
  return store->path;
}

void store_set_patience(struct store *store, int milliseconds) {
  store->patience = milliseconds;
}

int store_depth(const struct store *store) {
  return store->depth;
}

void store_interrupt(struct store *store) {
  atomic_fetch_add(&store->interrupts, 1);
  sqlite3_interrupt(store->db);
}

static int control(struct store *store, enum control which) {
  sqlite3_stmt *statement = store->controls[which];
  store->wait_interrupted = false;
  int code = sqlite3_step(statement);
  sqlite3_reset(statement);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

static bool lost(struct error *err) {
  return error_set(err, ERROR_STORE,
                   "the transaction was undone by an earlier failure; cancel it and try again");
}

static bool begin_outermost(struct store *store, struct error *err) {
  if (store->reads > 0)
    return error_set(
        err, ERROR_USAGE,
        "nothing can be changed while rows are being read; read them first, then change");
  if (store->mode == STORE_READ_ONLY)
    return error_set(err, ERROR_PERMISSION, "'%s' is open for reading only", store->path);
  if (store->stale && !store_prepare_controls(store, err))
    return false;
  store->stale = false;
  int code = control(store, CONTROL_BEGIN);
  if (code != SQLITE_OK)
    return store_failure(store, code, err);
  store->lost = false;
  store->ids_known = false;
  return true;
}

bool store_begin(struct store *store, struct error *err) {
  if (store->depth == 0) {
    if (!begin_outermost(store, err))
      return false;
  } else {
    if (store->lost)
      return lost(err);
    int code = control(store, CONTROL_SAVE);
    if (code != SQLITE_OK)
      return store_failure(store, code, err);
  }
  store->depth++;
  return true;
}

static bool keep_ids(struct store *store, struct error *err) {
  if (!store->ids_known || store->next_id == store->first_id)
    return true;
  struct statement *statement;
  if (!statement_open(&statement, store, "update sequence set next = $1", err))
    return false;
  statement_bind_integer(statement, 1, store->next_id);
  bool kept = statement_run(statement, err);
  statement_close(statement);
  return kept;
}

/* After the journal is gone the change stands, even if syncing that fact failed. */
static bool was_kept(struct store *store) {
  int64_t next;
  struct error ignored;
  if (!sqlite3_get_autocommit(store->db))
    control(store, CONTROL_CANCEL);
  return store->ids_known && store->next_id != store->first_id &&
         store_ask_integer(store, "select next from sequence", &next, &ignored) &&
         next == store->next_id;
}

static bool commit_outermost(struct store *store, struct error *err) {
  if (!keep_ids(store, err))
    return false;
  int code = control(store, CONTROL_COMMIT);
  if (code == SQLITE_OK)
    return true;
  store_failure(store, code, err);
  if ((code & 0xff) == SQLITE_IOERR && was_kept(store))
    error_set(err, ERROR_STORE,
              "the disk failed in the last step of saving: the change is there now, but a power "
              "failure may take it back");
  return false;
}

bool store_commit(struct store *store, struct error *err) {
  assert(store->depth > 0);
  bool kept = false;
  if (store->lost)
    lost(err);
  else if (store->depth == 1)
    kept = commit_outermost(store, err);
  else {
    int code = control(store, CONTROL_RELEASE);
    kept = code == SQLITE_OK || store_failure(store, code, err);
  }
  if (!kept) {
    store_cancel(store);
    return false;
  }
  store->depth--;
  return true;
}

/* A savepoint that cannot be undone alone takes the whole transaction with it. */
static void cancel_level(struct store *store) {
  if (control(store, CONTROL_CANCEL_TO) != SQLITE_OK ||
      control(store, CONTROL_RELEASE) != SQLITE_OK)
    store->lost = true;
}

void store_cancel(struct store *store) {
  if (store->depth == 0)
    return;
  if (store->depth == 1) {
    if (!sqlite3_get_autocommit(store->db))
      control(store, CONTROL_CANCEL);
    store->lost = false;
    store->ids_known = false;
  } else if (!store->lost)
    cancel_level(store);
  store->depth--;
}

bool store_read_begin(struct store *store, struct error *err) {
  if (store->lost)
    return lost(err);
  if (store->depth == 0 && store->reads == 0) {
    int code = control(store, CONTROL_READ);
    if (code != SQLITE_OK)
      return store_failure(store, code, err);
  }
  store->reads++;
  return true;
}

void store_read_end(struct store *store) {
  assert(store->reads > 0);
  store->reads--;
  if (store->depth > 0 || store->reads > 0 || sqlite3_get_autocommit(store->db))
    return;
  if (control(store, CONTROL_COMMIT) != SQLITE_OK)
    control(store, CONTROL_CANCEL);
}

bool store_is_reading(const struct store *store) {
  return store->reads > 0;
}

bool store_ask_integer(struct store *store, const char *sql, int64_t *out, struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, store, sql, err))
    return false;
  bool asked = statement_step(statement, &row, err);
  if (asked)
    *out = row ? statement_integer(statement, 0) : 0;
  statement_close(statement);
  return asked;
}

bool store_next_id(struct store *store, int64_t *id, struct error *err) {
  assert(store->depth > 0);
  if (store->lost)
    return lost(err);
  if (!store->ids_known) {
    if (!store_ask_integer(store, "select next from sequence", &store->next_id, err))
      return false;
    store->first_id = store->next_id;
    store->ids_known = true;
  }
  *id = store->next_id++;
  return true;
}

bool store_position(struct store *store, int64_t *position, struct error *err) {
  return store_ask_integer(store, "select max(id) from tx", position, err);
}

bool store_run(struct store *store, const char *sql, struct error *err) {
  if (store->mode == STORE_READ_ONLY)
    return error_set(err, ERROR_PERMISSION, "'%s' is open for reading only", store->path);
  assert(store->depth > 0);
  if (store->lost)
    return lost(err);
  int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  store->stale = true;
  if (code != SQLITE_OK)
    return store_failure(store, code, err);
  return store_prepare_controls(store, err);
}
