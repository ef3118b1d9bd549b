/* What a line would show or change, in a few words, before it runs: "37 deals, 1.2M USD". Reads
 * only, for a moment, and gives up as soon as a key is pressed. */
#ifndef REPL_PREVIEW_H
#define REPL_PREVIEW_H

#include "repl/session.h"

/* Appends it; nothing when the line is not complete, is wrong, or takes too long. command: of the
 * line's verb; line: from the verb on. */
void preview_append(struct text *out, struct session *session, const struct command *command,
                    const char *line);

#endif
