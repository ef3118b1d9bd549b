#include "base/translate.h"
#include "store/sqlite.h"

struct explanation {
  int code; /* primary result code */
  enum error_code error;
  const char *message; /* what SQLite says is put behind it */
};

static const struct explanation explanations[] = {
    {SQLITE_PERM,       ERROR_PERMISSION,  N_("no permission to use the database")                },
    {SQLITE_READONLY,   ERROR_PERMISSION,  N_("the database can only be read")                    },
    {SQLITE_AUTH,       ERROR_PERMISSION,  N_("not allowed")                                      },
    {SQLITE_FULL,       ERROR_STORE,       N_("the disk is full: free some space and try again")  },
    {SQLITE_NOTADB,     ERROR_NO_DATABASE, N_("this is not a Dealwright database")                },
    {SQLITE_CORRUPT,    ERROR_STORE,       N_("the database is damaged, restore a backup")        },
    {SQLITE_CONSTRAINT, ERROR_INVALID,     N_("the database refuses this")                        },
    {SQLITE_MISMATCH,   ERROR_INVALID,     N_("the database refuses this")                        },
    {SQLITE_TOOBIG,     ERROR_INVALID,     N_("too long for the database")                        },
    {SQLITE_LOCKED,     ERROR_STORE,       N_("a table cannot change while it is being read")     },
    {SQLITE_CANTOPEN,   ERROR_STORE,       N_("the database or a file beside it cannot be opened")},
    {SQLITE_IOERR,      ERROR_STORE,       N_("the database could not be read or written")        },
};

static bool explain(const struct store *store, int code, struct error *err) {
  const char *reason = store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);
  for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++)
    if (explanations[i].code == (code & 0xff))
      return error_set(err, explanations[i].error, "%s (%s)", translate(explanations[i].message),
                       reason);
  return error_set(err, ERROR_STORE, "the database failed (%s)", reason);
}

bool store_failure(struct store *store, int code, struct error *err) {
  if (store->db && store->depth > 0 && sqlite3_get_autocommit(store->db))
    store->lost = true;
  if (code == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
    return error_memory(err);
  bool busy = (code & 0xff) == SQLITE_BUSY;
  if ((code & 0xff) == SQLITE_INTERRUPT || (busy && store->wait_interrupted))
    return error_set(err, ERROR_INTERRUPTED, "interrupted");
  if (busy)
    return error_set(err, ERROR_BUSY, "another process has been using '%s' for %g s; try again",
                     store->path, store->patience / 1000.0);
  return explain(store, code, err);
}
