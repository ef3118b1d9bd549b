#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "store/migration.h"
#include "store/sqlite.h"

enum {
  SLICE = 1024,         /* pages copied while the others wait */
  RESTARTS_MAX = 3,     /* by writers in between; then the rest is copied in one go */
  SHORT_PATIENCE = 2000 /* milliseconds: whoever restores sees who is at work */
};

static bool write_failure(const char *path, struct error *err) {
  return error_set(err, ERROR_WRITE, "cannot write the backup '%s': %s", path,
                   error_system_text(errno));
}

static bool is_same_file(const struct stat *target, const char *source) {
  struct stat status;
  return stat(source, &status) == 0 && status.st_dev == target->st_dev &&
         status.st_ino == target->st_ino;
}

/* A journal that lies beside the place would be played back into the new file. */
static bool check_journal(const char *path, const char *suffix, struct error *err) {
  struct text name = {0};
  struct stat status;
  text_format(&name, "%s%s", path, suffix);
  bool there = lstat(text_string(&name), &status) == 0 && status.st_size > 0;
  bool named = text_check(&name, err);
  text_release(&name);
  if (named && there)
    return error_set(err, ERROR_WRITE, "'%s' is in use: there is a '%s%s'", path, path, suffix);
  return named;
}

static bool check_target(const struct store *store, const char *path, struct error *err) {
  struct stat status;
  if (lstat(path, &status) == 0) {
    if (!S_ISREG(status.st_mode))
      return error_set(err, ERROR_WRITE, "'%s' is not a file; nothing was written", path);
    if (is_same_file(&status, store->path))
      return error_set(err, ERROR_WRITE, "'%s' is the database itself", path);
  }
  return check_journal(path, "-journal", err) && check_journal(path, "-wal", err);
}

static bool make_temporary(char **out, const char *path, struct error *err) {
  struct text name = {0};
  text_format(&name, "%s.XXXXXX", path);
  *out = text_take(&name, err);
  if (!*out)
    return false;
  int file = mkostemp(*out, O_CLOEXEC);
  if (file >= 0) {
    close(file);
    return true;
  }
  write_failure(path, err);
  memory_free(*out);
  *out = NULL;
  return false;
}

/* Slices let others write in between; each of their commits makes the copy begin again. */
int store_copy_pages(struct store *store, sqlite3_backup *backup) {
  int restarts = 0;
  int before = 0;
  int code;
  atomic_uint interrupts = atomic_load(&store->interrupts);
  do {
    code = sqlite3_backup_step(backup, restarts < RESTARTS_MAX ? SLICE : -1);
    int copied = sqlite3_backup_pagecount(backup) - sqlite3_backup_remaining(backup);
    restarts += copied <= before;
    before = copied;
    if (code == SQLITE_OK && atomic_load(&store->interrupts) != interrupts)
      code = SQLITE_INTERRUPT;
  } while (code == SQLITE_OK);
  return code;
}

/* Without journal and syncs of its own: the whole file is synced at the end, and worthless
 * before. */
static bool copy_to(struct store *store, const char *path, struct error *err) {
  struct store target = {.path = store->path, .patience = store->patience};
  int code = sqlite3_open_v2(path, &target.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec(target.db, "pragma journal_mode = off; pragma synchronous = off", NULL,
                        NULL, NULL);
  if (code == SQLITE_OK) {
    sqlite3_backup *backup = sqlite3_backup_init(target.db, "main", store->db, "main");
    if (backup) {
      int result = store_copy_pages(store, backup);
      code = sqlite3_backup_finish(backup);
      if (result != SQLITE_DONE)
        code = result;
    } else
      code = sqlite3_errcode(target.db);
  }
  bool copied = code == SQLITE_OK || store_failure(&target, code, err);
  sqlite3_close(target.db);
  return copied;
}

static bool refuse_newer(const char *path, struct error *err) {
  return error_set(err, ERROR_STORE, "the backup '%s' is of a newer Dealwright", path);
}

static bool check_copy(struct store *copy, const char *path, struct error *err) {
  struct text faults = {0};
  if (copy->version > migration_latest())
    return refuse_newer(path, err);
  bool sound = store_check(copy, STORE_CHECK_FULL, &faults, err);
  if (sound && faults.length > 0) {
    const char *first = text_string(&faults);
    sound = error_set(err, ERROR_STORE, "the backup '%s' is damaged: %.*s", path,
                      (int)strcspn(first, "\n"), first);
  }
  text_release(&faults);
  return sound;
}

static bool verify(const char *path, enum store_mode mode, struct error *err) {
  struct store *copy;
  if (!store_attach(&copy, path, mode, err))
    return false;
  bool sound =
      (mode == STORE_READ_ONLY || store_leave_wal(copy, err)) && check_copy(copy, path, err);
  store_close(copy);
  return sound;
}

static bool take_place(const char *temporary, const char *path, struct error *err) {
  bool done = file_sync(temporary) && rename(temporary, path) == 0 && file_sync_folder_of(path);
  return done || write_failure(path, err);
}

bool backup_write(struct store *store, const char *path, struct error *err) {
  char *temporary;
  if (store->depth > 0)
    return error_set(err, ERROR_USAGE,
                     "a backup can't be made in the middle of a change; make it before or after");
  if (!check_target(store, path, err) || !make_temporary(&temporary, path, err))
    return false;
  bool written = copy_to(store, temporary, err) && verify(temporary, STORE_EXISTING, err) &&
                 take_place(temporary, path, err);
  if (!written)
    unlink(temporary);
  memory_free(temporary);
  return written;
}

bool backup_verify(const char *path, struct error *err) {
  return verify(path, STORE_READ_ONLY, err);
}

bool backup_open(struct store **out, const char *path, struct error *err) {
  if (!store_attach(out, path, STORE_READ_ONLY, err))
    return false;
  if ((*out)->version <= migration_latest())
    return true;
  store_close(*out);
  return refuse_newer(path, err);
}

/* All pages or none: the transaction of the target's file is the last step's. */
static bool overwrite(struct store *store, struct store *source, struct error *err) {
  sqlite3_backup *backup = sqlite3_backup_init(store->db, "main", source->db, "main");
  if (!backup)
    return store_failure(store, sqlite3_errcode(store->db), err);
  int code = sqlite3_backup_step(backup, -1);
  int finished = sqlite3_backup_finish(backup);
  if (code == SQLITE_DONE && finished == SQLITE_OK)
    return true;
  return store_failure(store, code == SQLITE_DONE ? finished : code, err);
}

static bool overwrite_from(struct store *store, const char *backup, struct error *err) {
  struct store *source;
  if (!store_attach(&source, backup, STORE_READ_ONLY, err))
    return false;
  bool done = overwrite(store, source, err);
  store_close(source);
  return done;
}

/* A copy of the backup under a name beside the database, verified and on the disk. */
static bool copy_beside(char **temporary, const char *path, const char *backup, struct error *err) {
  struct store *source;
  if (!store_attach(&source, backup, STORE_READ_ONLY, err))
    return false;
  bool made = make_temporary(temporary, path, err);
  bool done = made && copy_to(source, *temporary, err) && verify(*temporary, STORE_EXISTING, err) &&
              file_sync(*temporary);
  store_close(source);
  if (made && !done) {
    unlink(*temporary);
    memory_free(*temporary);
  }
  return done;
}

/* A journal that stays would be played back into the new file. */
static bool set_aside(const char *path, const char *keep, const char *suffix, struct error *err) {
  struct text from = {0}, to = {0};
  text_format(&from, "%s%s", path, suffix);
  text_format(&to, "%s%s", keep, suffix);
  bool named = text_check(&from, err) && text_check(&to, err);
  bool done = named && (rename(text_string(&from), text_string(&to)) == 0 || errno == ENOENT);
  if (named && !done)
    write_failure(keep, err);
  text_release(&from);
  text_release(&to);
  return done;
}

static bool keep_file(const char *path, const char *keep, struct error *err) {
  if (access(path, F_OK) != 0)
    return true;
  if (link(path, keep) != 0)
    return write_failure(keep, err);
  return set_aside(path, keep, "-journal", err) && set_aside(path, keep, "-wal", err) &&
         set_aside(path, keep, "-shm", err);
}

static bool replace_file(const char *path, const char *backup, const char *keep,
                         struct error *err) {
  char *temporary;
  if (!copy_beside(&temporary, path, backup, err))
    return false;
  bool done = keep_file(path, keep, err) && take_place(temporary, path, err);
  if (!done)
    unlink(temporary);
  memory_free(temporary);
  return done;
}

/* Damage is what a backup is for; all else is a reason to stop. */
static bool is_damage(const struct error *err) {
  return err->code == ERROR_STORE || err->code == ERROR_NO_DATABASE;
}

/* *damaged: what is there can't be kept as a backup of its own. */
static bool restore_into(const char *path, const char *backup, const char *keep, bool *damaged,
                         struct error *err) {
  struct store *store;
  if (!store_attach(&store, path, STORE_EXISTING, err)) {
    *damaged = is_damage(err);
    return false;
  }
  store_set_patience(store, SHORT_PATIENCE);
  bool kept = backup_write(store, keep, err);
  *damaged = !kept && is_damage(err);
  bool done = kept && overwrite_from(store, backup, err);
  store_close(store);
  return done;
}

bool backup_restore(const char *path, const char *backup, const char *keep, struct error *err) {
  struct stat status;
  struct error damage;
  bool damaged = true;
  if (lstat(backup, &status) == 0 && is_same_file(&status, path))
    return error_set(err, ERROR_USAGE, "'%s' is the database itself", backup);
  if (!backup_verify(backup, err))
    return false;
  if (access(path, F_OK) == 0 && restore_into(path, backup, keep, &damaged, &damage))
    return true;
  if (!damaged) {
    *err = damage;
    return false;
  }
  return replace_file(path, backup, keep, err);
}
