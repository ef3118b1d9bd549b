/* What the word under the cursor may become: verbs, kinds, fields, values, stages, reports,
 * records, options, Lua names. From the command table and the open book; a name costs one range of
 * an index. */
#ifndef REPL_COMPLETE_H
#define REPL_COMPLETE_H

#include "repl/line.h"
#include "repl/session.h"

/* payload: the session. As line_complete_fn. */
bool complete_line(const char *before, const char *word, struct line_candidates *out,
                   void *payload);

#endif
