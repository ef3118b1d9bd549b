#include "repl/progress.h"

#include <stdio.h>
#include <time.h>

#include "base/translate.h"
#include "repl/terminal.h"

enum { PATIENCE = 1000 }; /* milliseconds */

static int64_t milliseconds(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(struct progress *progress, const char *label) {
  *progress = (struct progress){.label = label, .since = milliseconds()};
}

bool progress_show(int64_t done, int64_t total, void *payload) {
  struct progress *progress = payload;
  if (done == 0)
    progress_begin(progress, progress->label);
  else if (done == total)
    progress_end(progress);
  else if (terminal_is_error() && milliseconds() - progress->since >= PATIENCE) {
    if (total > 0)
      fprintf(stderr, "\r%s: %lld %%", progress->label, (long long)(100 * done / total));
    else
      fprintf(stderr, translate("\r%s: %lld bytes"), progress->label, (long long)done);
    progress->shown = true;
    (void)fflush(stderr);
  }
  return true;
}

void progress_end(struct progress *progress) {
  if (progress->shown)
    fputs("\r\x1b[K", stderr);
  progress->shown = false;
}
