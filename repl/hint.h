/* What is said behind the cursor while a line is typed: the arguments that are still missing, the
 * rest of the only word that fits, what was meant by a wrong one, what a day or an amount is read
 * as; and, when typing pauses, what the line is about. Never a part of the line, never an error. */
#ifndef REPL_HINT_H
#define REPL_HINT_H

#include "repl/session.h"

/* Appends it; from what is in memory. */
void hint_append(struct text *out, struct session *session, const char *line);
/* Appends the same with what preview.h says of the line; nothing when that says nothing. */
void hint_ponder(struct text *out, struct session *session, const char *line);

#endif
