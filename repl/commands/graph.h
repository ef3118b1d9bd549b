/* rules graph [PROCESS]: processes as pictures. */
#ifndef REPL_COMMANDS_GRAPH_H
#define REPL_COMMANDS_GRAPH_H

#include "repl/command.h"

bool graph_run(struct call *call, struct error *err);

#endif
