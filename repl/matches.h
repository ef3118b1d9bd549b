/* The list that a second TAB shows: with what each means where that fits the window, names in
 * columns where it does not, and how many there are beyond it. */
#ifndef REPL_MATCHES_H
#define REPL_MATCHES_H

#include "repl/line.h"

/* names: as readline has them, files too; candidates: what they were made of. Printed below the
 * line. */
void matches_show(char **names, size_t count, const struct line_candidates *candidates);

#endif
