#include "bind/record.h"

#include <string.h>

#include "bind/failure.h"
#include "bind/value.h"

/* A record object; user value 1 is its table of values, 2 the path that led to it or nil. */
struct handle {
  const struct kind *kind;
  int64_t id;
  uint64_t generation; /* of the values */
};

static const char type_name[] = "record";
static const char fields_key, cache_key, subject_key;

enum { VALUES = 1, PATH = 2 };

/* Pushes {field name = position} of the kind; made once per kind. */
static void push_positions(lua_State *L, const struct kind *kind) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &fields_key);
  if (lua_rawgetp(L, -1, kind) == LUA_TNIL) {
    lua_pop(L, 1);
    lua_createtable(L, 0, kind->field_count);
    for (int i = 0; i < kind->field_count; i++) {
      lua_pushinteger(L, i);
      lua_setfield(L, -2, kind->fields[i]->name);
    }
    lua_pushvalue(L, -1);
    lua_rawsetp(L, -3, kind);
  }
  lua_remove(L, -2);
}

static const struct field *find_field(lua_State *L, const struct kind *kind, int key) {
  push_positions(L, kind);
  lua_pushvalue(L, key);
  const struct field *field = NULL;
  if (lua_rawget(L, -2) == LUA_TNUMBER)
    field = kind->fields[lua_tointeger(L, -1)];
  lua_pop(L, 2);
  return field;
}

/* Pushes {id = values} of what was loaded since the last change. */
static void push_cache(lua_State *L) {
  struct state *state = state_of(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &cache_key);
  lua_rawgeti(L, -1, 0);
  bool current = (uint64_t)lua_tointeger(L, -1) == state->generation;
  lua_pop(L, 1);
  if (current)
    return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_pushinteger(L, (lua_Integer)state->generation);
  lua_rawseti(L, -2, 0);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &cache_key);
}

static void push_values(lua_State *L, const struct record *record) {
  lua_createtable(L, 0, record->kind->field_count);
  for (int i = 0; i < record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i];
    if (!field_is_stored(field) || value_is_null(&record->values[i]))
      continue;
    bind_push_value(L, &record->values[i]);
    lua_setfield(L, -2, field->name);
  }
}

static void release_record(void *block) {
  record_release(block);
}

static void load_values(lua_State *L, const struct handle *handle) {
  struct error err;
  struct record *record = holder_push(L, sizeof *record, release_record);
  if (!record_load(record, state_of(L)->engine->book, handle->kind, handle->id, &err))
    bind_raise(L, &err);
  push_values(L, record);
  holder_close(L, -2);
}

/* Pushes the values of the record at the index. */
static void push_values_of(lua_State *L, int index, struct handle *handle) {
  struct state *state = state_of(L);
  if (handle->generation == state->generation && lua_getiuservalue(L, index, VALUES) == LUA_TTABLE)
    return;
  push_cache(L);
  if (lua_rawgeti(L, -1, handle->id) != LUA_TTABLE) {
    lua_pop(L, 1);
    load_values(L, handle);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, handle->id);
  }
  lua_remove(L, -2);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, index, VALUES);
  handle->generation = state->generation;
}

void bind_push_record(lua_State *L, const struct kind *kind, int64_t id, const char *path) {
  struct handle *handle = lua_newuserdatauv(L, sizeof *handle, 2);
  *handle = (struct handle){kind, id, UINT64_MAX};
  luaL_setmetatable(L, type_name);
  if (path) {
    lua_pushstring(L, path);
    lua_setiuservalue(L, -2, PATH);
  }
}

void bind_push_live_record(lua_State *L, struct record *record) {
  push_cache(L);
  push_values(L, record);
  lua_rawseti(L, -2, record->id);
  lua_pop(L, 1);
  bind_push_record(L, record->kind, record->id, "");
}

void bind_push_subject(lua_State *L) {
  const struct record *subject = state_of(L)->subject;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &subject_key) == LUA_TUSERDATA) {
    const struct handle *handle = lua_touserdata(L, -1);
    if (handle->id == subject->id && handle->kind == subject->kind)
      return;
  }
  lua_pop(L, 1);
  bind_push_record(L, subject->kind, subject->id, "");
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &subject_key);
}

bool bind_test_record(lua_State *L, int index, const struct kind **kind, int64_t *id) {
  const struct handle *handle = luaL_testudata(L, index, type_name);
  if (handle) {
    if (kind)
      *kind = handle->kind;
    if (id)
      *id = handle->id;
    return true;
  }
  if (lua_type(L, index) != LUA_TTABLE || luaL_getmetafield(L, index, "__row") == LUA_TNIL)
    return false;
  if (kind)
    *kind = lua_touserdata(L, -1);
  lua_pop(L, 1);
  luaL_getmetafield(L, index, "__index");
  lua_getfield(L, -1, "id");
  if (id)
    *id = lua_tointeger(L, -1);
  lua_pop(L, 2);
  return true;
}

int64_t bind_check_record(lua_State *L, int index, const struct kind **kind) {
  int64_t id = 0;
  if (!bind_test_record(L, index, kind, &id))
    luaL_typeerror(L, index, "record");
  return id;
}

/* The subject when the handle is of it; its fields are read from memory. */
static const struct record *subject_of(const struct state *state, const struct handle *handle) {
  const struct record *subject = state->subject;
  return subject && subject->id == handle->id && subject->kind == handle->kind ? subject : NULL;
}

/* Notes the value for the verdict, under the record's path + the field's name. */
static void note(lua_State *L, int record, const struct field *field, const struct value *value) {
  const char *key = field->name;
  bool refers = field->type == FIELD_REF && value->type == VALUE_INTEGER;
  struct state *state = state_of(L);
  if (lua_getiuservalue(L, record, PATH) == LUA_TSTRING) {
    const char *path = lua_tostring(L, -1);
    if (path[0])
      key = lua_pushfstring(L, "%s%s", path, key);
    struct error *err = &state->trace_error;
    if (!(refers ? verdict_note_reference(state->tracing, key, value->as.integer, err)
                 : verdict_note(state->tracing, key, value, err)))
      bind_raise(L, &state->trace_error);
    if (path[0])
      lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Notes the value on top of the stack. */
static void trace(lua_State *L, int record, const struct field *field) {
  struct value value;
  struct error ignored;
  int64_t id;
  lua_pushvalue(L, -1);
  if (field->type == FIELD_REF && bind_test_record(L, -1, NULL, &id))
    value = value_integer(id);
  else if (!bind_read_value(L, -1, &value, &ignored))
    value = value_null();
  note(L, record, field, &value);
  lua_pop(L, 1);
}

static void compute_rollup(lua_State *L, const struct handle *handle, const struct field *field) {
  struct error err;
  struct book *book = state_of(L)->engine->book;
  const struct value *value;
  struct record *record = holder_push(L, sizeof *record, release_record);
  if (!record_load(record, book, handle->kind, handle->id, &err) ||
      !record_get(record, book, field, &value, &err))
    bind_raise(L, &err);
  bind_push_value(L, value);
  holder_close(L, -2);
}

/* Rollups are remembered under the negative id: they are computed one by one, and also for a
 * subject, whose other values are not in the cache. */
static void push_rollup(lua_State *L, const struct handle *handle, const struct field *field) {
  push_cache(L);
  if (lua_rawgeti(L, -1, -handle->id) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, -handle->id);
  }
  lua_replace(L, -2);
  if (lua_getfield(L, -1, field->name) == LUA_TNIL) {
    lua_pop(L, 1);
    compute_rollup(L, handle, field);
    if (lua_isnil(L, -1))
      bind_push_unset(L); /* computed, and there is none */
    else
      lua_pushvalue(L, -1);
    lua_setfield(L, -3, field->name);
  } else if (bind_is_unset(L, -1)) {
    lua_pop(L, 1);
    lua_pushnil(L);
  }
  lua_replace(L, -2);
}

static void push_formula(lua_State *L, int record, const struct handle *handle,
                         const struct field *field) {
  state_push_call(L, "formula");
  lua_pushstring(L, handle->kind->name);
  lua_pushstring(L, field->name);
  lua_pushvalue(L, record);
  lua_call(L, 3, 1);
}

/* The record that the field refers to, with the path that leads there. */
static void push_reference(lua_State *L, int record, const struct field *field, int64_t id) {
  const struct kind *target = catalog_kind(state_of(L)->engine->book->catalog, field->target);
  const char *path = NULL;
  if (lua_getiuservalue(L, record, PATH) == LUA_TSTRING)
    path = lua_pushfstring(L, "%s%s.", lua_tostring(L, -1), field->name);
  else
    lua_pushnil(L);
  bind_push_record(L, target, id, path);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

/* A stored field of the record in memory. */
static void push_in_memory(lua_State *L, int record, const struct value *value,
                           const struct field *field) {
  if (field->type == FIELD_REF && value->type == VALUE_INTEGER)
    push_reference(L, record, field, value->as.integer);
  else
    bind_push_value(L, value);
}

/* A stored field of a record that was loaded; key: index of its name. */
static void push_loaded(lua_State *L, int record, int key, struct handle *handle,
                        const struct field *field) {
  push_values_of(L, record, handle);
  lua_pushvalue(L, key);
  if (lua_rawget(L, -2) != LUA_TNIL && field->type == FIELD_REF) {
    int64_t id = lua_tointeger(L, -1);
    lua_pop(L, 1);
    push_reference(L, record, field, id);
  }
  lua_replace(L, -2);
}

/* Pushes the value of the field of the record at 1, whose name is at 2. */
static void push_field(lua_State *L, struct handle *handle, const struct field *field) {
  struct state *state = state_of(L);
  const struct record *subject = subject_of(state, handle);
  if (field->flags & FIELD_ROLLUP) {
    push_rollup(L, handle, field);
  } else if (field->flags & FIELD_FORMULA) {
    push_formula(L, 1, handle, field);
  } else if (subject) {
    const struct value *value = &subject->values[field->position];
    push_in_memory(L, 1, value, field);
    if (state->tracing)
      note(L, 1, field, value);
    return;
  } else {
    push_loaded(L, 1, 2, handle, field);
  }
  if (state->tracing)
    trace(L, 1, field);
}

static int record_index(lua_State *L) {
  struct handle *handle = luaL_checkudata(L, 1, type_name);
  luaL_checktype(L, 2, LUA_TSTRING);
  lua_settop(L, 2);
  const char *key = lua_tostring(L, 2);
  const struct field *field = find_field(L, handle->kind, 2);
  if (!field) {
    if (strcmp(key, "id") == 0)
      return lua_pushinteger(L, handle->id), 1;
    if (strcmp(key, "kind") == 0)
      return lua_pushstring(L, handle->kind->name), 1;
    state_push_call(L, "member");
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_pushstring(L, handle->kind->name);
    lua_call(L, 3, 1);
    return 1;
  }
  push_field(L, handle, field);
  return 1;
}

static int refuse_write(lua_State *L) {
  return bind_fail(L, "a record can't be changed by assignment; an action uses ctx:set(record, "
                      "{ field = value }), the prompt: set");
}

static int refuse_pairs(lua_State *L) {
  return bind_fail(L, "the fields of a record can't be listed; name the one that is meant");
}

static int record_equal(lua_State *L) {
  int64_t a, b;
  bool same = bind_test_record(L, 1, NULL, &a) && bind_test_record(L, 2, NULL, &b) && a == b;
  lua_pushboolean(L, same);
  return 1;
}

static void release_text(void *block) {
  text_release(block);
}

/* record_name(record): its name for people. */
static int record_name(lua_State *L) {
  struct error err;
  const struct kind *kind;
  int64_t id = bind_check_record(L, 1, &kind);
  struct text *name = holder_push(L, sizeof *name, release_text);
  struct record *record = holder_push(L, sizeof *record, release_record);
  if (!record_load(record, state_of(L)->engine->book, kind, id, &err))
    return bind_raise(L, &err);
  record_append_name(name, record);
  lua_pushstring(L, text_string(name));
  return 1;
}

static int record_tostring(lua_State *L) {
  const struct kind *kind;
  int64_t id = bind_check_record(L, 1, &kind);
  lua_pushfstring(L, "%s #%I", kind->name, (LUAI_UACINT)id);
  return 1;
}

/* A miss in the values of a bulk row: unset if the name is known, else a loaded record answers. */
static int row_miss(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
    return lua_pushnil(L), 1;
  const struct kind *kind = lua_touserdata(L, lua_upvalueindex(2));
  lua_pushliteral(L, "id");
  lua_rawget(L, 1);
  bind_push_record(L, kind, lua_tointeger(L, -1), NULL);
  lua_pushvalue(L, 2);
  lua_gettable(L, -2);
  return 1;
}

void bind_push_row(lua_State *L, const struct kind *kind, int known) {
  static const luaL_Reg methods[] = {
      {"__newindex", refuse_write   },
      {"__pairs",    refuse_pairs   },
      {"__eq",       record_equal   },
      {"__tostring", record_tostring},
      {NULL,         NULL           },
  };
  known = lua_absindex(L, known);
  lua_newtable(L); /* proxy */
  lua_newtable(L); /* its metatable */
  luaL_setfuncs(L, methods, 0);
  lua_pushliteral(L, "record");
  lua_setfield(L, -2, "__type");
  lua_pushliteral(L, "record");
  lua_setfield(L, -2, "__metatable");
  lua_pushlightuserdata(L, (void *)kind);
  lua_setfield(L, -2, "__row");
  lua_newtable(L); /* values */
  lua_newtable(L); /* their metatable */
  lua_pushvalue(L, known);
  lua_pushlightuserdata(L, (void *)kind);
  lua_pushcclosure(L, row_miss, 2);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_pushstring(L, kind->name);
  lua_setfield(L, -2, "kind");
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "__index");
  lua_insert(L, -3); /* values, proxy, metatable */
  lua_setmetatable(L, -2);
  lua_insert(L, -2); /* proxy, values */
}

/* record(kind, id): an object for a live record; loaded at its first use. */
static int record_object(lua_State *L) {
  struct error err;
  const struct kind *kind;
  if (!catalog_find(state_of(L)->engine->book->catalog, luaL_checkstring(L, 1), &kind, &err))
    return bind_raise(L, &err);
  bind_push_record(L, kind, luaL_checkinteger(L, 2), NULL);
  return 1;
}

struct record *bind_push_loaded(lua_State *L, int index) {
  struct error err;
  const struct kind *kind;
  struct state *state = state_of(L);
  int64_t id = bind_check_record(L, index, &kind);
  if (state->live && state->live->id == id)
    return state->live;
  struct record *record = holder_push(L, sizeof *record, release_record);
  if (!record_load(record, state->engine->book, kind, id, &err))
    bind_raise(L, &err);
  return record;
}

void bind_record_open(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"__index",    record_index   },
      {"__newindex", refuse_write   },
      {"__pairs",    refuse_pairs   },
      {"__eq",       record_equal   },
      {"__tostring", record_tostring},
      {NULL,         NULL           },
  };
  static const luaL_Reg functions[] = {
      {"record",      record_object},
      {"record_name", record_name  },
      {NULL,          NULL         },
  };
  bind_new_type(L, type_name, "record", methods);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &fields_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &cache_key);
  luaL_setfuncs(L, functions, 0);
}
