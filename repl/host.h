/* The verbs as Lua functions: what a script's call of one does. */
#ifndef REPL_HOST_H
#define REPL_HOST_H

#include "repl/session.h"

/* Borrows the session. */
struct state_host host_of(struct session *session);

#endif
