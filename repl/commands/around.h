/* What happened around a record: what was done and planned about it, and what came to belong to it.
 * Not for: its own changes and moves (story.c). */
#ifndef COMMANDS_AROUND_H
#define COMMANDS_AROUND_H

#include "repl/session.h"

struct happening {
  int64_t record; /* that it happened to */
  instant at;
  char *what; /* owned */
};

struct around {
  struct list happenings; /* of struct happening, owned; kind by kind, the older ones first */
  int64_t most;           /* records of a kind that are looked at: the newest ones */
  bool more;              /* there are older ones */
};
/* Adds the happenings of every kind that belongs to records of this one. */
bool around_collect(struct around *around, struct call *call, const struct kind *kind,
                    int64_t record, struct error *err);
void around_release(struct around *around);

#endif
