/* The file that lines typed before are kept in: each entry, of one line or several, behind a line
 * that says when: "#1795676948". Several sessions append to it. Not for: which file that is. */
#ifndef REPL_HISTORY_FILE_H
#define REPL_HISTORY_FILE_H

#include <time.h>

#include "base/text.h"

/* Appends the entry, whole or not at all; the file is its owner's alone. Fails with ERROR_WRITE. */
bool history_file_append(const char *path, const char *entry, time_t at, struct error *err);
/* Hands out the newest entries, the oldest of them first; at: "#1795676948", or NULL when nothing
 * says it. A file that grew too large loses its oldest half. What can't be read holds none. */
void history_file_read(const char *path, void (*take)(const char *entry, const char *at));

#endif
