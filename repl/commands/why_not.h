/* why-not RECORD [STAGE]: the shortest list of changes after which the record gets there, and the
 * moves themselves. */
#ifndef REPL_COMMANDS_WHY_NOT_H
#define REPL_COMMANDS_WHY_NOT_H

#include "repl/command.h"

bool why_not_run(struct call *call, struct error *err);

#endif
