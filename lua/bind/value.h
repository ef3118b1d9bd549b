/* Values of fields on the Lua stack. Dates, instants and money are userdata with arithmetic. */
#ifndef BIND_VALUE_H
#define BIND_VALUE_H

#include "bind/state.h"

void bind_push_value(lua_State *L, const struct value *value);
/* Text is borrowed from the Lua value; a record gives its id, a list of texts "a,b", the constant
 * `unset` NULL. Fails with ERROR_INVALID for tables, functions … */
bool bind_read_value(lua_State *L, int index, struct value *out, struct error *err);
/* What `unset` is. */
void bind_push_unset(lua_State *L);
bool bind_is_unset(lua_State *L, int index);

void bind_push_date(lua_State *L, date day);
void bind_push_instant(lua_State *L, instant at);
void bind_push_money(lua_State *L, struct money amount);
const date *bind_test_date(lua_State *L, int index); /* NULL: something else */
const instant *bind_test_instant(lua_State *L, int index);
const struct money *bind_test_money(lua_State *L, int index);

/* A metatable for userdata of scripts: locked, with a word for type(). */
void bind_new_type(lua_State *L, const char *name, const char *word, const luaL_Reg *methods);

/* What scripts call the type of the value: "record", "money" … Borrowed from the value's metatable.
 */
const char *bind_type_name(lua_State *L, int index);

#endif
