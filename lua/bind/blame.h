/* Where in a script a failure happened: the line as it is written, the word at which it stops being
 * Lua, and the calls that led there. Not for: what is said of it (failure.h). */
#ifndef BIND_BLAME_H
#define BIND_BLAME_H

#include "bind/state.h"

/* Gives the failure its place, with the line when the file is among the scripts in force or the
 * chunk under way, and the column when it is an error of syntax. */
void blame_line(lua_State *L, const char *file, int line, struct error *err);
/* The same for a message that begins with a place as Lua writes it, "file:12: "; else nothing. */
void blame_message(lua_State *L, struct error *err);
/* The message handler of state_call(): as bind_handler(), and the lines of scripts that were being
 * executed are kept for state_trace(). What is only passed on keeps those of where it began. */
int blame_handler(lua_State *L);

#endif
