/* The rules lab's commands: rule sets compared, tried on the data, put into force. */
#ifndef REPL_COMMANDS_LAB_H
#define REPL_COMMANDS_LAB_H

#include "repl/command.h"

bool lab_diff(struct call *call, struct error *err);     /* rules diff [RULES [RULES]] */
bool lab_impact(struct call *call, struct error *err);   /* rules impact [RULES] */
bool lab_backtest(struct call *call, struct error *err); /* rules backtest [RULES] */
bool lab_activate(struct call *call, struct error *err); /* rules activate [RULES] */

#endif
