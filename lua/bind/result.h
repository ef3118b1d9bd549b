/* Results between C and scripts. */
#ifndef BIND_RESULT_H
#define BIND_RESULT_H

#include "bind/state.h"

/* Fills the result from the prelude's table at the index:
 *   {columns = {{name, title, type, unit, decimals}, …}, rows = {{value, …}, …}, ids = {id, …},
 *    notes = {text, …}}, or blocks = {…} instead of columns and rows (bind/document.h). Records in
 * cells become their names. Raises. */
void bind_fill_result(lua_State *L, int index, struct result *result);
/* Pushes the rows as a list of tables by column name, each with its `id`. */
void bind_push_result(lua_State *L, const struct result *result);
/* Pushes the columns as a list of {name, title, type, unit, decimals}, as the report verb takes
 * them; beside them `title`, `notes` and `single` of the whole. */
void bind_push_columns(lua_State *L, const struct result *result);

#endif
