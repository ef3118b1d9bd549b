/* Other programs that are given the terminal: a pager, what stands behind a pipe, an editor. Not
 * for: which program that is. */
#ifndef REPL_PROGRAM_H
#define REPL_PROGRAM_H

#include <sys/types.h>

#include "base/text.h"

enum program_end {
  PROGRAM_ENDED,     /* whatever its exit code says */
  PROGRAM_STOPPED,   /* by Ctrl-C */
  PROGRAM_NOT_FOUND, /* there is none of that name, or it can't be run */
};

/* Runs what `start` starts (it never returns) and waits for it; Ctrl-C is the program's meanwhile.
 * `feed`, which may be NULL, is what it reads as its standard input, as much of it as it wants.
 * *code is its exit code, or -1. Fails with ERROR_CONFIG when no process can be made. */
bool program_run(void (*start)(const void *payload), const void *payload, const struct text *feed,
                 enum program_end *end, int *code, struct error *err);
/* The same for a command line of the shell. */
bool program_run_line(const char *line, const struct text *feed, enum program_end *end,
                      struct error *err);

#endif
