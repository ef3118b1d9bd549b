/* What the word under the cursor may become: verbs, kinds, fields, values, stages, reports,
 * records, options, Lua names. From the command table and the open book. */
#ifndef REPL_COMPLETE_H
#define REPL_COMPLETE_H

#include "repl/line.h"
#include "repl/session.h"

/* payload: the session. As line_complete_fn. Names cost one range of an index. */
bool complete_line(const char *before, const char *word, struct line_candidates *out,
                   void *payload);
/* The same without what must be looked up: no records, no names of Lua, no files. */
bool complete_vocabulary(struct session *session, const char *before, const char *word,
                         struct line_candidates *out);

#endif
