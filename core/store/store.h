/* The database as the rest of the program sees it: open, transactions, ids, checks. The only
 * folder that knows SQLite; nothing here names it, so that another store can stand beside it.
 * Not for: what the tables mean (core/model). */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct store;

enum store_mode {
  STORE_CREATE,    /* open, or create when missing (file mode 0600) */
  STORE_EXISTING,  /* open; ERROR_NO_DATABASE when missing */
  STORE_READ_ONLY, /* open for reading; every write fails with ERROR_PERMISSION */
  STORE_MEMORY,    /* a private database in memory; path ignored (tests, rule tests) */
  STORE_SCRATCH,   /* a private one on the disk that is gone when it is closed; path ignored */
};

/* Opens and brings the schema up to this program's version (one transaction per migration).
 * The caller owns *out. Fails with ERROR_NO_DATABASE for a file that is not ours or is newer
 * than this program (the message says so), ERROR_BUSY, ERROR_STORE, ERROR_PERMISSION. */
bool store_open(struct store **out, const char *path, enum store_mode mode, struct error *err);
void store_close(struct store *store); /* NULL is fine; cancels an open transaction */

/* A scratch database that holds what the other holds now. It has no power failure to survive: what
 * is cancelled in it is forgotten, but nothing is synced. Fails as store_open() does, and with
 * ERROR_INTERRUPTED. */
bool store_copy(struct store **out, struct store *of, struct error *err);

bool store_is_read_only(const struct store *store);
const char *store_path(const struct store *store); /* "" for memory */

/* How long a writer waits for another process before ERROR_BUSY; 10,000 ms at first. */
void store_set_patience(struct store *store, int milliseconds);

/* The one way to write. Every write happens between begin and commit; a begin inside another
 * is a savepoint, whose cancel undoes only its own writes. After commit of the outermost
 * returned true the data survives power loss. When commit fails nothing of that level was kept,
 * and the level is over: it needs no cancel. (One exception, which the message names: the disk
 * fails in the very last step, the change is there but not surely on the disk.) Some failures (disk
 * full, out of memory, an interrupt) take the whole transaction back at once; everything but
 * cancelling then fails. A cancel without a transaction does nothing. */
bool store_begin(struct store *store, struct error *err);
bool store_commit(struct store *store, struct error *err);
void store_cancel(struct store *store);
int store_depth(const struct store *store); /* 0: no transaction open */

/* A stable view for reading several statements together. Nests inside a write; a write can't
 * begin inside a view: store_begin() then fails with ERROR_USAGE. */
bool store_read_begin(struct store *store, struct error *err);
void store_read_end(struct store *store);
/* A stable view is open; no write may begin before its end (inside a write both may be). */
bool store_is_reading(const struct store *store);

/* The next id of the one id space, inside a transaction. Never given twice, also after the
 * record is gone; an outermost transaction that is cancelled gives its ids back. */
bool store_next_id(struct store *store, int64_t *id, struct error *err);

/* May be called from a signal handler or another thread: the statement that runs fails with
 * ERROR_INTERRUPTED. */
void store_interrupt(struct store *store);

enum store_check { STORE_CHECK_QUICK, STORE_CHECK_FULL };
/* Appends one line per fault to *faults; true when the check itself could run. FULL also
 * verifies every reference and index. */
bool store_check(struct store *store, enum store_check depth, struct text *faults,
                 struct error *err);

/* A number that changes whenever any process commits a unit of work: the newest tx. */
bool store_position(struct store *store, int64_t *position, struct error *err);

/* What the store is and why: lines "key: value" (library version, journal mode and the reason
 * for it, schema version, size) for doctor. */
bool store_describe(struct store *store, struct text *out, struct error *err);

/* Runs statements without parameters or rows: schema changes, inside a transaction. */
bool store_run(struct store *store, const char *sql, struct error *err);

/* Lets a table be read as if it had these columns too, separated by commas, all NULL: for this
 * connection only; nothing is written, so that a database for reading takes it. Said again it
 * counts anew. */
bool store_widen(struct store *store, const char *table, const char *columns, struct error *err);
/* The same for a table that is not there: an empty one with these columns. */
bool store_imagine(struct store *store, const char *table, const char *columns, struct error *err);

#endif
