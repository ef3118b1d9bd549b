/* Reading the tables that the prelude has checked and hands to C. A missing entry is NULL, 0,
 * false. */
#ifndef BIND_OPTION_H
#define BIND_OPTION_H

#include "bind/state.h"
#include "model/query.h"

const char *bind_option_borrowed(lua_State *L, int table, const char *key); /* lives as the table */
bool bind_option_text(lua_State *L, int table, const char *key, char **out, struct error *err);
double bind_option_number(lua_State *L, int table, const char *key);
bool bind_option_has(lua_State *L, int table, const char *key);
bool bind_option_flag(lua_State *L, int table, const char *key);
bool bind_option_place(lua_State *L, int table, struct place *out, struct error *err);
/* A reference to the value under the key, LUA_NOREF when there is none. */
int bind_option_reference(lua_State *L, int table, const char *key);
/* The texts of a list as an array ended by NULL, or NULL. What is pushed keeps them: leave it on
 * the stack while they are used. */
const char *const *bind_push_words(lua_State *L, int table, const char *key);
/* Sets the words as a list in the table on top; does nothing when words is NULL. */
void bind_set_words(lua_State *L, const char *key, const char *const *words);
/* The list of texts under the key, owned by the state; *out NULL when there is none. */
bool bind_option_texts(lua_State *L, int table, const char *key, const char *const **out,
                       struct error *err);
/* "equal" "at_most" … false when it is none. */
bool bind_compare_from_name(enum compare *out, const char *name);

#endif
