/* The lines typed before, per database: $XDG_STATE_HOME/dealwright/<name>-<hash>.history, readable
 * by their owner only. Sessions side by side append to one file. */
#ifndef REPL_HISTORY_H
#define REPL_HISTORY_H

#include "base/text.h"

/* The file for a database; false when there is no home to keep it in. */
bool history_path(struct text *out, const char *database);
/* The one beside it that says of which rules it was told that the files differ from them. */
bool history_told_path(struct text *out, const char *database);
/* Makes readline's list hold what the file holds, its newest entries. A missing or unreadable file
 * is an empty history. */
void history_load(const char *path);
/* Adds a line (or a pasted block: one entry) to the list and to the file. Lines that start with a
 * blank and repetitions of the last one are kept out. path "": only to the list. Fails with
 * ERROR_WRITE when the file can't be written; the list has it all the same. */
bool history_keep(const char *path, const char *line, struct error *err);

/* "8.2", of the library that reads lines. */
const char *history_library_version(void);

#endif
