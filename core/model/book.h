/* An open sales book: the store with the kinds that give its tables meaning, the clock, and the
 * unit of work that is under way. What every function of the model and the engine is handed. */
#ifndef MODEL_BOOK_H
#define MODEL_BOOK_H

#include "base/clock.h"
#include "model/kind.h"

struct store;

/* Told how far a long piece of work has come; false interrupts it. */
typedef bool (*progress_fn)(int64_t done, int64_t total, void *payload);

/* Told of units of work by whoever owns the book; functions may be NULL. */
struct unit_watch {
  /* The outermost unit is about to be kept; false takes it back and fails. */
  bool (*committing)(void *payload, struct error *err);
  void (*ended)(void *payload, bool kept); /* it is over */
  void *payload;
};

struct book {
  struct store *store;     /* owned */
  struct catalog *catalog; /* owned */
  struct clock clock;
  char currency[4]; /* of amounts typed without one; "USD" at first */
  char *actor;      /* owned: who acts; the login name at first */
  char *ruleset;    /* owned: hash of the rules in force, or NULL */
  bool has_as_of;   /* reading happens as of this instant; writing is then refused */
  instant as_of;
  int64_t tx;    /* of the unit under way once it has written something, else 0 */
  instant tx_at; /* when that row says it happened; the time of its changes */
  int tx_depth;  /* of the unit or savepoint that holds the row */
  int unit_depth;
  const char *unit_command; /* borrowed during the unit */
  const char *unit_reason;
  const char *gathering; /* borrowed: what the unit is called that gathers all others; or NULL */
  progress_fn indexing;  /* told of bringing the index of words up to date, which nobody typed: 0 of
                          * total at first, all of it at the end, a failure too; may be NULL */
  void *indexing_payload;
  struct unit_watch watch;
};

enum book_mode { BOOK_CREATE, BOOK_EXISTING, BOOK_READ_ONLY, BOOK_MEMORY };

/* Opens with the built-in kinds. The caller owns *out. Fails as store_open() does. */
bool book_open(struct book **out, const char *path, enum book_mode mode, struct error *err);
/* A private copy of what the book holds now, gone when it is closed; with the same kinds of record
 * only as far as they are built in. Fails as store_copy() does. */
bool book_copy(struct book **out, struct book *of, struct error *err);
void book_close(struct book *book);             /* NULL is fine */
const char *book_path(const struct book *book); /* "" in memory */
bool book_is_read_only(const struct book *book);

/* Makes the tables hold what the catalog declares: new kinds become tables, new fields columns;
 * nothing is ever dropped. On success the book owns the catalog and the old one is freed; on
 * failure nothing changed and the caller still owns it. A book for reading is given no columns: the
 * new fields then read as unset, the new kinds as empty. Fails with ERROR_INVALID when a field
 * changed its type. */
bool book_use_catalog(struct book *book, struct catalog *catalog, struct error *err);

/* One unit of work: one row of tx, written at its first change, which undo takes back whole. A unit
 * inside another is a savepoint of it. command: what was typed, for the history. Both texts are
 * borrowed until the end of the unit. Fails with ERROR_PERMISSION under as_of or read-only. */
bool unit_begin(struct book *book, const char *command, const char *reason, struct error *err);
bool unit_commit(struct book *book, struct error *err);
void unit_cancel(struct book *book);
/* From here on all units are parts of one, which begins with the first of them and is called
 * `command` (borrowed). */
void unit_gather(struct book *book, const char *command);
/* Whether the unit under way is a part of another that was asked for, not only of what gathers. */
bool unit_is_inner(const struct book *book);
/* No more. Whether one began: it is open then, and the caller's to commit or to cancel. */
bool unit_gathered(struct book *book);
/* Several units that are kept or taken back together: each has its own row of tx, what one changed
 * the next sees. Outside of any unit. */
bool unit_group_begin(struct book *book, struct error *err);
bool unit_group_commit(struct book *book, struct error *err);
void unit_group_cancel(struct book *book);
/* The unit's tx id, writing its row if this is the first change. */
bool unit_tx(struct book *book, int64_t *tx, struct error *err);

/* A stable view of the book, in which no unit can begin and nothing is indexed: what is run inside
 * can only read. Every view that began is ended. */
bool book_view_begin(struct book *book, struct error *err);
void book_view_end(struct book *book);

instant book_now(const struct book *book); /* the clock's, or as_of */
date book_today(const struct book *book);

/* Doors of the store that upper layers need. */
bool book_check(struct book *book, bool full, struct text *faults, struct error *err);
bool book_backup(struct book *book, const char *path, struct error *err);
/* When the last backup was made and the last unit of work then; 0: there was none. A book that
 * can't be written does not remember its backups. */
bool book_last_backup(struct book *book, instant *at, int64_t *tx, struct error *err);
bool book_describe(struct book *book, struct text *out, struct error *err);
bool book_position(struct book *book, int64_t *tx, struct error *err); /* the last unit's id */
void book_interrupt(struct book *book);                                /* async-signal-safe */
bool book_setting(struct book *book, const char *key, char **value,
                  struct error *err); /* owned; NULL: unset */
bool book_set_setting(struct book *book, const char *key, const char *value, struct error *err);

#endif
