/* One line on standard error that tells what takes long, and how far it has come: after a second,
 * only on a terminal, and gone when anything else is to be seen. */
#ifndef REPL_PROGRESS_H
#define REPL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
  const char *label; /* borrowed, translated: "importing" */
  int64_t since;     /* monotonic milliseconds */
};

void progress_begin(struct progress *progress, const char *label);
/* A progress_fn whose payload is the struct progress; false after Ctrl-C. Done 0 begins anew and
 * done = total ends, for work that the caller does not see begin and end. total 0: unknown, done
 * counts bytes. */
bool progress_show(int64_t done, int64_t total, void *payload);
void progress_end(void);

/* A line runs from now on: how long it takes is told by the clock, unless a struct progress knows
 * more. */
void progress_start(const char *line);
void progress_stop(void);
/* The screen is needed: what stands there goes, and may come again. */
void progress_hide(void);
/* The screen belongs to somebody else until progress_resume(). */
void progress_pause(void);
void progress_resume(void);

#endif
