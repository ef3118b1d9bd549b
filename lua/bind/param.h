/* Parameters of reports and commands between the prelude's tables and the engine's lists. */
#ifndef BIND_PARAM_H
#define BIND_PARAM_H

#include "bind/state.h"
#include "model/field.h"

/* Adds what stands in the list under the name ("params", "columns"), if there is one, of the table
 * at the index to a list of struct field; their texts are the state's. */
bool bind_read_fields(lua_State *L, int table, const char *name, struct list *fields,
                      struct error *err);
/* Pushes {name = value}; a reference becomes a record. Raises. */
void bind_push_params(lua_State *L, const struct list *params, const struct value *values);

#endif
