/* From a path to a connection that is safe to use: whose file it is, and nothing in it that runs.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "store/sqlite.h"

static bool system_failure(const char *what, const char *path, int number, struct error *err) {
  enum error_code code = ERROR_STORE;
  if (number == EACCES || number == EPERM || number == EROFS)
    code = ERROR_PERMISSION;
  if (number == ENOENT || number == ENOTDIR)
    code = ERROR_NO_DATABASE;
  return error_set(err, code, "cannot %s '%s': %s", translate(what), path,
                   error_system_text(number));
}

/* SQLITE_OPEN_NOFOLLOW refuses a link anywhere in the path; only the file itself must not be one.
 * Fails with errno set. */
static bool resolve(char out[PATH_MAX], const char *path) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  size_t length = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
  if (length >= sizeof folder) {
    errno = ENAMETOOLONG;
    return false;
  }
  memcpy(folder, path, length);
  folder[length] = '\0';
  if (!realpath(length > 0 ? folder : ".", out))
    return false;
  size_t used = strlen(out);
  if (used + strlen(name) + 2 > PATH_MAX) {
    errno = ENAMETOOLONG;
    return false;
  }
  if (used > 1)
    out[used++] = '/';
  strcpy(out + used, name);
  return true;
}

/* Makes the file ourselves, so that nobody else can read it for a moment. One that is there
 * already is fine. */
static bool create(const char *path, struct error *err) {
  int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST)
    return true;
  if (file < 0)
    return system_failure("create", path, errno, err);
  close(file);
  if (!file_sync_folder_of(path))
    return system_failure("sync the folder of", path, errno, err);
  return true;
}

/* By name only: opening and closing the file here would drop the locks of another connection of
 * this process. */
static bool check_file(const char *path, struct error *err) {
  struct stat status;
  if (lstat(path, &status) != 0) {
    if (errno == ENOENT)
      return error_set(err, ERROR_NO_DATABASE, "there is no database '%s'", path);
    return system_failure(N_("open"), path, errno, err);
  }
  if (S_ISLNK(status.st_mode))
    return error_set(err, ERROR_NO_DATABASE,
                     "'%s' is a symbolic link; give the database file itself", path);
  if (!S_ISREG(status.st_mode))
    return error_set(err, ERROR_NO_DATABASE, "'%s' is not a file", path);
  return true;
}

static bool connect_file(struct store *store, const char *path, struct error *err) {
  char real[PATH_MAX];
  if (!resolve(real, path))
    return system_failure(N_("open"), path, errno, err);
  if (store->mode == STORE_CREATE && !create(real, err))
    return false;
  if (!check_file(real, err))
    return false;
  bool read_only = store->mode == STORE_READ_ONLY;
  int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX |
              SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(real, &store->db, flags, NULL);
  if (code != SQLITE_OK)
    return store_failure(store, code, err);
  if (!read_only && sqlite3_db_readonly(store->db, "main") == 1)
    return error_set(err, ERROR_PERMISSION, "no permission to write '%s'", path);
  return true;
}

/* A database without a name lies in a file that is removed as soon as it is open. */
static bool connect_private(struct store *store, struct error *err) {
  bool memory = store->mode == STORE_MEMORY;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (memory ? SQLITE_OPEN_MEMORY : 0) |
              SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(memory ? ":memory:" : "", &store->db, flags, NULL);
  return code == SQLITE_OK || store_failure(store, code, err);
}

static int64_t monotonic_microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

/* Whoever has waited longer asks more often: a writer that commits in a loop must not starve the
 * others. The odd part keeps two of them from asking in step. */
static void pause_after(int64_t waited, int64_t now) {
  long microseconds = waited < 100000 ? 2000 : waited < 1000000 ? 1000 : 300;
  microseconds += (long)(now % 211);
  nanosleep(&(struct timespec){.tv_nsec = microseconds * 1000}, NULL);
}

static int wait_for_others(void *payload, int count) {
  struct store *store = payload;
  int64_t now = monotonic_microseconds();
  if (count == 0) {
    store->waiting_since = now;
    store->interrupts_seen = atomic_load(&store->interrupts);
    store->wait_interrupted = false;
  }
  if (atomic_load(&store->interrupts) != store->interrupts_seen) {
    store->wait_interrupted = true;
    return 0;
  }
  int64_t waited = now - store->waiting_since;
  if (waited >= store->patience * INT64_C(1000))
    return 0;
  pause_after(waited, now);
  return 1;
}

struct setting {
  int operation;
  int value;
};

/* Nothing in a file may run, and SQL is what it looks like. */
static const struct setting settings[] = {
    {SQLITE_DBCONFIG_DEFENSIVE,             1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA,        0},
    {SQLITE_DBCONFIG_DQS_DML,               0},
    {SQLITE_DBCONFIG_DQS_DDL,               0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER,        0},
    {SQLITE_DBCONFIG_ENABLE_FKEY,           1},
};

static const struct setting limits[] = {
    {SQLITE_LIMIT_LENGTH,              256 * 1024 * 1024},
    {SQLITE_LIMIT_ATTACHED,            0                },
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000             },
    {SQLITE_LIMIT_TRIGGER_DEPTH,       10               },
    {SQLITE_LIMIT_WORKER_THREADS,      0                },
};

static bool secure(struct store *store, struct error *err) {
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    int value = -1;
    int code = sqlite3_db_config(store->db, settings[i].operation, settings[i].value, &value);
    if (code != SQLITE_OK)
      return store_failure(store, code, err);
    if (value != settings[i].value)
      return error_set(err, ERROR_STORE, "this SQLite (%s) refuses the setting %d",
                       sqlite3_libversion(), settings[i].operation);
  }
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
    sqlite3_limit(store->db, limits[i].operation, limits[i].value);
  sqlite3_busy_handler(store->db, wait_for_others, store);
  int code = sqlite3_exec(store->db, "pragma cell_size_check = on; pragma synchronous = full", NULL,
                          NULL, NULL);
  return code == SQLITE_OK || store_failure(store, code, err);
}

/* Ours, or empty and just to become ours. */
static bool identify(struct store *store, struct error *err) {
  int64_t application, version, objects;
  if (!store_ask_integer(store, "pragma application_id", &application, err) ||
      !store_ask_integer(store, "pragma user_version", &version, err) ||
      !store_ask_integer(store, "select count(*) from sqlite_schema", &objects, err))
    return false;
  bool empty = application == 0 && version == 0 && objects == 0;
  if (application != STORE_APPLICATION_ID && !empty)
    return error_set(err, ERROR_NO_DATABASE, "'%s' is not a Dealwright database", store->path);
  if (empty && (store->mode == STORE_EXISTING || store->mode == STORE_READ_ONLY))
    return error_set(err, ERROR_NO_DATABASE, "'%s' is empty, not a Dealwright database",
                     store->path);
  store->version = (int)version;
  return true;
}

static const char *const controls[CONTROL_COUNT] = {
    [CONTROL_BEGIN] = "begin immediate",
    [CONTROL_READ] = "begin deferred",
    [CONTROL_COMMIT] = "commit",
    [CONTROL_CANCEL] = "rollback",
    [CONTROL_SAVE] = "savepoint level",
    [CONTROL_RELEASE] = "release level",
    [CONTROL_CANCEL_TO] = "rollback to level",
};

bool store_prepare_controls(struct store *store, struct error *err) {
  for (int i = 0; i < CONTROL_COUNT; i++) {
    sqlite3_stmt *fresh = NULL;
    int code =
        sqlite3_prepare_v3(store->db, controls[i], -1, SQLITE_PREPARE_PERSISTENT, &fresh, NULL);
    if (code != SQLITE_OK)
      return store_failure(store, code, err);
    sqlite3_finalize(store->controls[i]);
    store->controls[i] = fresh;
  }
  return true;
}

/* All reads of one moment: another process may be creating the same file just now. */
static bool identify_at_once(struct store *store, struct error *err) {
  if (!store_read_begin(store, err))
    return false;
  bool ours = identify(store, err);
  store_read_end(store);
  return ours;
}

bool store_attach(struct store **out, const char *path, enum store_mode mode, struct error *err) {
  if (!store_library_start(err))
    return false;
  struct store *store = memory_new(sizeof *store);
  if (!store)
    return error_memory(err);
  store->mode = mode;
  store->patience = STORE_PATIENCE;
  bool is_private = mode == STORE_MEMORY || mode == STORE_SCRATCH;
  store->path = memory_copy_text(is_private ? "" : path);
  bool opened = store->path || error_memory(err);
  opened = opened && (is_private ? connect_private(store, err) : connect_file(store, path, err));
  if (!opened || !secure(store, err) || !store_prepare_controls(store, err) ||
      !identify_at_once(store, err) || !store_add_functions(store, err)) {
    store_close(store);
    return false;
  }
  *out = store;
  return true;
}
