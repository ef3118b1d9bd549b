/* The writing functions of actions, of a test's `given` and of the user's chunks. Criteria, rules
 * and reports never reach them: state->writing is false while they run. */
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/value.h"
#include "engine/process.h"
#include "model/spine.h"

static const char command[] = "script";

static void release_record(void *block) {
  record_release(block);
}

static void check_writing(lua_State *L) {
  if (!state_of(L)->writing)
    bind_fail(L, "criteria, rules and reports only read; an action may write, and a command "
                 "with writes = true");
}

/* A text in a field that holds no text is read as a person would type it. */
static bool set_field(lua_State *L, struct record *record, const struct field *field, int index,
                      struct error *err) {
  struct value value;
  struct book *book = state_of(L)->engine->book;
  bool typed = lua_type(L, index) == LUA_TSTRING && field_value_type(field->type) != VALUE_TEXT;
  if (typed)
    return record_set_word(record, book, field, lua_tostring(L, index), err);
  return bind_read_value(L, index, &value, err) && record_set(record, book, field, &value, err);
}

/* Sets the fields of the table at the index. */
static void set_fields(lua_State *L, struct record *record, int table) {
  struct error err;
  luaL_checktype(L, table, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
    const struct field *field;
    if (lua_type(L, -2) != LUA_TSTRING)
      bind_fail(L, "fields are given by name: { field = value }");
    if (!kind_find_field(record->kind, lua_tostring(L, -2), &field, &err))
      bind_raise(L, &err);
    if (!set_field(L, record, field, lua_gettop(L), &err))
      bind_raise(L, &err);
  }
}

/* set(record, {field = value}). */
static int set(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  check_writing(L);
  lua_settop(L, 2);
  struct record *record = bind_push_loaded(L, 1);
  set_fields(L, record, 2);
  if (!engine_save(state->engine, record, command, &err))
    return bind_raise(L, &err);
  state_forget_records(state);
  return 0;
}

/* create(kind, {field = value}) → record. */
static int create(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  const struct kind *kind;
  check_writing(L);
  lua_settop(L, 2);
  if (!catalog_find(state->engine->book->catalog, luaL_checkstring(L, 1), &kind, &err))
    return bind_raise(L, &err);
  struct record *record = holder_push(L, sizeof *record, release_record);
  if (!record_init(record, kind, &err))
    return bind_raise(L, &err);
  set_fields(L, record, 2);
  if (!engine_create(state->engine, record, command, &err))
    return bind_raise(L, &err);
  state_forget_records(state);
  bind_push_record(L, kind, record->id, NULL);
  return 1;
}

/* delete(record). */
static int delete_record(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  check_writing(L);
  lua_settop(L, 1);
  struct record *record = bind_push_loaded(L, 1);
  if (record == state->live)
    return bind_fail(L, "an action can't delete the record that it is about");
  if (!engine_delete(state->engine, record, command, &err))
    return bind_raise(L, &err);
  state_forget_records(state);
  return 0;
}

/* put(record, field, value): a test's door to the fields of the engine. */
static int put(lua_State *L) {
  struct error err;
  struct value value;
  const struct field *field;
  struct state *state = state_of(L);
  check_writing(L);
  lua_settop(L, 3);
  struct record *record = bind_push_loaded(L, 1);
  if (!kind_find_field(record->kind, luaL_checkstring(L, 2), &field, &err) ||
      !bind_read_value(L, 3, &value, &err) ||
      !record_put(record, state->engine->book, field, &value, 0, &err))
    return bind_raise(L, &err);
  state_forget_records(state);
  return 0;
}

/* One move or judgement, with the verdict in the same block. */
struct attempt {
  struct verdict verdict;
};

static void release_attempt(void *block) {
  struct attempt *attempt = block;
  verdict_release(&attempt->verdict);
}

static struct attempt *push_attempt(lua_State *L) {
  struct attempt *attempt = holder_push(L, sizeof *attempt, release_attempt);
  verdict_init(&attempt->verdict);
  return attempt;
}

/* move(record, stage, reason). Raises when refused. */
static int move(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  check_writing(L);
  lua_settop(L, 3);
  struct move_options options = {.reason = luaL_optstring(L, 3, NULL), .command = command};
  struct record *record = bind_push_loaded(L, 1);
  struct attempt *attempt = push_attempt(L);
  if (!process_move(state->engine, record, luaL_checkstring(L, 2), &options, &attempt->verdict,
                    &err))
    return bind_raise(L, &err);
  state_forget_records(state);
  return 0;
}

/* was_called(kind, external_id) → whether a record that is gone had it. */
static int was_called(lua_State *L) {
  struct error err;
  bool was = false;
  if (!spine_was_called(state_of(L)->engine->book, luaL_checkstring(L, 1), luaL_checkstring(L, 2),
                        &was, &err))
    return bind_raise(L, &err);
  lua_pushboolean(L, was);
  return 1;
}

static int actor(lua_State *L) {
  lua_pushstring(L, state_of(L)->engine->book->actor);
  return 1;
}

void bind_write_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"set",        set          },
      {"create",     create       },
      {"delete",     delete_record},
      {"put",        put          },
      {"move",       move         },
      {"was_called", was_called   },
      {"actor",      actor        },
      {NULL,         NULL         },
  };
  luaL_setfuncs(L, functions, 0);
}
