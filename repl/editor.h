/* The user's own editor on a text. Not for: what the text means (commands/edit.c). */
#ifndef REPL_EDITOR_H
#define REPL_EDITOR_H

#include "base/text.h"

/* Opens the file in $VISUAL, $EDITOR or vi, at the line (from 1), and waits for its end. Ctrl-C is
 * the editor's meanwhile. Fails with ERROR_CONFIG when there is no such program, and with
 * ERROR_REFUSED when it says by its exit code that nothing is to be done. */
bool editor_open(const char *path, int line, struct error *err);

/* Lets the user change a text in a file of its own, which is gone afterwards. */
bool editor_change(struct text *text, struct error *err);

#endif
