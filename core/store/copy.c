/* A scratch database as a copy of another. */
#include "store/sqlite.h"

static bool copy_into(struct store *target, struct store *of, struct error *err) {
  sqlite3_backup *backup = sqlite3_backup_init(target->db, "main", of->db, "main");
  if (!backup)
    return store_failure(target, sqlite3_errcode(target->db), err);
  int result = store_copy_pages(of, backup), code = sqlite3_backup_finish(backup);
  if (result != SQLITE_DONE)
    code = result;
  if (code != SQLITE_OK)
    return store_failure(target, code, err);
  return store_prepare_controls(target, err);
}

bool store_copy(struct store **out, struct store *of, struct error *err) {
  struct store *copy;
  if (!store_open(&copy, NULL, STORE_SCRATCH, err))
    return false;
  if (!copy_into(copy, of, err)) {
    store_close(copy);
    return false;
  }
  *out = copy;
  return true;
}
