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
void happening_release(struct happening *happening);

/* Adds the newest happenings of every kind that belongs to records of this one, `most` of each, to
 * a list of struct happening, kind by kind, the older ones first. *more: there are older ones. */
bool around_collect(struct call *call, const struct kind *kind, int64_t record, int64_t most,
                    struct list *out, bool *more, struct error *err);

#endif
