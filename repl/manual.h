/* The manual page, written from the command table: mdoc, as `man` shows it. */
#ifndef REPL_MANUAL_H
#define REPL_MANUAL_H

#include "base/text.h"

struct session;

/* Appends the whole page: the built-in commands and all options. What a workspace declares is not
 * in it. */
void manual_append(struct text *out, const struct session *session);

#endif
