/* Mistakes that are made in an editor and corrected there. */
#ifndef COMMANDS_EDIT_H
#define COMMANDS_EDIT_H

#include "repl/command.h"

/* Tells what is wrong and asks whether to go on editing: nothing typed is lost by a mistake. */
bool edit_wants_again(struct call *call, const struct error *err);

#endif
