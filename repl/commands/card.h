/* One record as a card: its fields, scores and how much belongs to it. */
#ifndef COMMANDS_CARD_H
#define COMMANDS_CARD_H

#include "model/record.h"
#include "repl/session.h"

/* Makes the card the call's result. People see only fields that are set; the others are named
 * below. */
bool card_fill(struct call *call, struct record *record, struct error *err);

#endif
