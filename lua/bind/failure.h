/* Failures of C as Lua errors and back, and the place in a script that is to blame. */
#ifndef BIND_FAILURE_H
#define BIND_FAILURE_H

#include "bind/state.h"

/* What Lua's own headers do not say of these: they never return. */
/* NOLINTBEGIN(readability-redundant-declaration) */
int luaL_error(lua_State *L, const char *format, ...) __attribute__((noreturn));
int luaL_typeerror(lua_State *L, int index, const char *type) __attribute__((noreturn));
int lua_error(lua_State *L) __attribute__((noreturn));
/* NOLINTEND(readability-redundant-declaration) */

/* Raises the failure, with its code kept and the author's file:line before its message. */
_Noreturn int bind_raise(lua_State *L, const struct error *err);
/* luaL_error() in the reader's language: raises the text, with the place of the calling function
 * before it. The format is one of lua_pushfstring(). */
_Noreturn int bind_fail(lua_State *L, const char *format, ...);
/* The message handler of every protected call: whatever was raised becomes a string or a failure,
 * blamed on the author's line instead of the prelude's, and nil is explained. */
int bind_handler(lua_State *L);
/* What lua_pcall left on top of the stack, as an error with its place. */
void bind_read_failure(lua_State *L, int status, struct error *err);
/* The same while it is raised: code and message of what is on top. */
void bind_read_message(lua_State *L, struct error *err);
/* The innermost line of a script that is being executed. False when none is: `return f(x)` leaves
 * no line behind. Failures are then blamed on the declaration under way. */
bool bind_place(lua_State *L, lua_Debug *activation);
/* Whether the value at the index is such a failure for want of memory: no script may go on after.
 */
bool bind_is_lack_of_memory(lua_State *L, int index);
/* Pushes nil and the message: the answer of C functions that the prelude asks to try something.
 * Raises for want of memory, which is not what was asked. */
int bind_refusal(lua_State *L, const struct error *err);

#endif
