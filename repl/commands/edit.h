/* Mistakes that are made in an editor and corrected there. */
#ifndef COMMANDS_EDIT_H
#define COMMANDS_EDIT_H

#include "repl/command.h"

/* Tells what is wrong and asks whether to go on editing: nothing typed is lost by a mistake. When
 * the answer is no, *err is that answer: ERROR_CONFIRM, or ERROR_INTERRUPTED by Ctrl-C. Where
 * nobody can be asked it stays the mistake. */
bool edit_wants_again(struct call *call, struct error *err);
/* Whether it is a mistake of what was typed. */
bool edit_can_be_corrected(const struct error *err);

/* edit rule [NAME]: the file of the workspace where it stands; NULL: where the scripts are wrong.
 */
bool edit_rule(struct call *call, const char *id, struct error *err);

#endif
