/* A random line for the doors: a verb of the command table with words that it may or may not take.
 * Not for: running it (door.h). */
#ifndef DOORS_LINE_H
#define DOORS_LINE_H

#include "base/random.h"
#include "repl/session.h"

struct line {
  struct list words;  /* of char *, owned: verb first */
  struct text typed;  /* the same as a person types it */
  const char *format; /* that its words ask for; NULL: none */
  bool usual;         /* only what needs quotes is quoted, as a program would */
  bool tied;          /* it means the line before it: only one process can know that */
  const struct command *command;
};

/* Makes the next line over the records of the session's book. The session must have its rules. */
void line_make(struct line *line, struct random *source, struct session *session);
void line_release(struct line *line);

#endif
