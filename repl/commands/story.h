/* The history of one record, told in order: creation, changes, moves and refusals, and what
 * happened around it. */
#ifndef COMMANDS_STORY_H
#define COMMANDS_STORY_H

#include "repl/session.h"

/* Fills call->text and call->result; with --changes only with what changed in the record itself. */
bool story_tell(struct call *call, int64_t record, struct error *err);
/* The last units of the whole book as the call's result. */
bool story_units(struct call *call, int64_t limit, struct error *err);

#endif
