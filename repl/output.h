/* Where a command's bytes go: standard output, a pager, a file that appears whole or not at all, or
 * a program behind a pipe. Everything is kept until the end and written at once. */
#ifndef REPL_OUTPUT_H
#define REPL_OUTPUT_H

#include "base/text.h"

struct output {
  const char *path;  /* borrowed: of a file; NULL: standard output */
  const char *pipe;  /* borrowed: a program that reads it; or NULL */
  const char *pager; /* borrowed: the program that long output goes through; NULL: $PAGER */
  bool page;         /* long output may go through the pager */
  struct text text;  /* what was said so far */
};

void output_init(struct output *output);
void output_release(struct output *output);

/* Writes what was said and forgets it. A file is written beside its name and renamed when it is
 * complete. *broken_pipe (may be NULL) is set when the reader went away: no message is then due.
 * Fails with ERROR_WRITE. */
bool output_flush(struct output *output, bool *broken_pipe, struct error *err);
/* Writes bytes to standard output now. */
bool output_now(const char *bytes, size_t length, bool *broken_pipe, struct error *err);

#endif
