/* Records in scripts: strict, read-only objects. A field read is a table lookup when it is loaded;
 * an unknown field raises, an unset one is nil, a reference is a record. */
#ifndef BIND_RECORD_H
#define BIND_RECORD_H

#include "bind/state.h"

/* path: what led here from the record under judgement ("client."), for tracing; NULL: not traced.
 */
void bind_push_record(lua_State *L, const struct kind *kind, int64_t id, const char *path);
/* The engine's record as it is in memory, unsaved changes included. */
void bind_push_live_record(lua_State *L, struct record *record);
/* The record that state->subject points to, traced: one object for all criteria of a verdict. While
 * it is the subject, its stored fields are read straight from memory. */
void bind_push_subject(lua_State *L);
/* Whether the value is a record, of whichever representation. kind and id may be NULL. */
bool bind_test_record(lua_State *L, int index, const struct kind **kind, int64_t *id);
/* Raises when it is none. */
int64_t bind_check_record(lua_State *L, int index, const struct kind **kind);

/* The engine's own record when that is the one meant, so that it sees the change; else one loaded
 * now, in a holder on the stack. */
struct record *bind_push_loaded(lua_State *L, int index);

/* The row of a bulk run: one proxy table whose values are replaced for each record, so that reading
 * a field costs no more than reading a table. Pushes proxy and values. known: at index, the set of
 * field names that the values hold; a name outside it is read from a record loaded then. */
void bind_push_row(lua_State *L, const struct kind *kind, int known);

#endif
