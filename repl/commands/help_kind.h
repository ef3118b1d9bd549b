/* Help on kinds and their fields: the table of a kind, the card of one field. */
#ifndef COMMANDS_HELP_KIND_H
#define COMMANDS_HELP_KIND_H

#include "repl/session.h"

/* The fields of the kind as the call's result. */
bool help_kind_show(struct call *call, const struct kind *kind, struct error *err);
/* "deal.stage", or "stage" of every kind that has it: appends a card of each to call->text. False
 * when there is no such field; the scripts have been read before. */
bool help_field_append(struct call *call, const char *topic);

#endif
