/* The arguments that a command still lacks, as its entry in the command table writes them. */
#ifndef REPL_MISSING_H
#define REPL_MISSING_H

#include "repl/spot.h"

/* Appends " FIELD=VALUE..." for a spot at a new word; nothing when nothing can follow. */
void missing_append(struct text *out, const struct spot *spot, const struct session *session);

#endif
