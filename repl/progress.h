/* One line on standard error that tells how far a long piece of work has come: after a second, only
 * on a terminal, and gone when the work is done. */
#ifndef REPL_PROGRESS_H
#define REPL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
  const char *label; /* borrowed, translated: "importing" */
  int64_t since;     /* monotonic milliseconds */
  bool shown;        /* the line stands there */
};

void progress_begin(struct progress *progress, const char *label);
/* A progress_fn whose payload is the struct progress. Done 0 begins anew and done = total ends, for
 * work that the caller does not see begin and end. total 0: unknown, done counts bytes. */
bool progress_show(int64_t done, int64_t total, void *payload);
void progress_end(struct progress *progress);

#endif
