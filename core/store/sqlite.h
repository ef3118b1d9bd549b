/* What the files of this folder share about SQLite. Not for anyone above: they see store.h. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "store/statement.h"
#include "store/store.h"

enum {
  STORE_APPLICATION_ID = 0x44574C31, /* "DWL1" in the file's header */
  STORE_PATIENCE = 10000,            /* milliseconds, until store_set_patience() */
  CACHE_BUCKETS = 512,
  CACHE_STATEMENTS = 256, /* closed ones kept ready */
};

/* The statements that move between transactions; prepared at open, so that going back never
 * needs memory. */
enum control {
  CONTROL_BEGIN,
  CONTROL_READ,
  CONTROL_COMMIT,
  CONTROL_CANCEL,
  CONTROL_SAVE,
  CONTROL_RELEASE,
  CONTROL_CANCEL_TO,
  CONTROL_COUNT,
};

/* Closed statements by their text, and in the order of their last use. */
struct cache {
  struct statement *buckets[CACHE_BUCKETS];
  struct statement *newest, *oldest;
  int closed; /* kept here */
  int opened; /* in users' hands */
};

struct store {
  sqlite3 *db;
  char *path; /* owned; as the caller gave it */
  enum store_mode mode;
  int version; /* of the schema found when opening */
  sqlite3_stmt *controls[CONTROL_COUNT];
  bool stale; /* the schema changed: the controls would need memory to run */
  struct cache cache;

  int depth; /* write transactions open, the outermost included */
  int reads; /* stable views open */
  bool lost; /* SQLite took the transaction back by itself; only cancelling is left */

  bool ids_known; /* next_id was read in this transaction */
  int64_t next_id;
  int64_t first_id; /* next_id as it was read */

  int patience;          /* milliseconds */
  int64_t waiting_since; /* microseconds of the monotonic clock */
  atomic_uint interrupts;
  unsigned interrupts_seen; /* when the waiting began */
  bool wait_interrupted;
};

/* Translates a result code of SQLite, and notices a transaction that SQLite has ended by itself.
 * Returns false. */
bool store_failure(struct store *store, int code, struct error *err);

/* Once per process, before anything else of SQLite: its allocations go through base/memory. */
bool store_library_start(struct error *err);

/* Opens the file, makes the connection safe and sees whose file it is; no journal mode, no
 * migration, any version. */
bool store_attach(struct store **out, const char *path, enum store_mode mode, struct error *err);

/* Prepares the statements that begin and end transactions, again after the schema changed: a
 * cancel must not fail for want of memory. */
bool store_prepare_controls(struct store *store, struct error *err);

/* Chooses and sets the journal mode: see docs/decisions/002-journal-mode.md. */
bool store_set_journal(struct store *store, struct error *err);
bool store_is_wal(struct store *store, bool *wal, struct error *err);
/* Turns a WAL file into one whose journal is deleted after each commit. Fails with ERROR_BUSY while
 * another process has it open. */
bool store_leave_wal(struct store *store, struct error *err);
/* Whether WAL is safe between processes with this version of the library. */
bool store_wal_is_safe(int library_version);

/* Registers fold, days_between and the other functions of statement.h. */
bool store_add_functions(struct store *store, struct error *err);

/* One integer from a statement without parameters: pragmas, counts. */
bool store_ask_integer(struct store *store, const char *sql, int64_t *out, struct error *err);

void store_cache_release(struct store *store);

/* Copies all of it; SQLITE_DONE, or a result code: SQLITE_INTERRUPT after store_interrupt(). */
int store_copy_pages(struct store *store, sqlite3_backup *backup);

#endif
