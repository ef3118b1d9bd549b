#include "store/migration.h"

#include <stdio.h>

#include "base/embedded.h"
#include "store/sqlite.h"

extern const struct embedded_file migration_files[];

int migration_latest(void) {
  int count = 0;
  while (migration_files[count].name)
    count++;
  return count;
}

static bool set_version(struct store *store, int version, struct error *err) {
  char sql[96];
  snprintf(sql, sizeof sql, "pragma application_id = %d; pragma user_version = %d",
           STORE_APPLICATION_ID, version);
  return store_run(store, sql, err);
}

/* Asks again inside the transaction: another process may have been first. */
static bool run_next(struct store *store, struct error *err) {
  int64_t version;
  if (!store_ask_integer(store, "pragma user_version", &version, err))
    return false;
  if (version < migration_latest()) {
    if (!store_run(store, migration_files[version].text, err) ||
        !set_version(store, (int)version + 1, err))
      return error_prefix(err, "migration to schema %d: ", (int)version + 1);
    version++;
  }
  store->version = (int)version;
  return true;
}

bool migration_run(struct store *store, struct error *err) {
  while (store->version < migration_latest()) {
    if (!store_begin(store, err))
      return false;
    if (!run_next(store, err)) {
      store_cancel(store);
      return false;
    }
    if (!store_commit(store, err))
      return false;
  }
  if (store->version > migration_latest())
    return error_set(err, ERROR_NO_DATABASE, "'%s' was just changed by a newer Dealwright",
                     store->path);
  return true;
}
