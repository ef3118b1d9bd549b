#include "bind/value.h"

#include <string.h>

#include "bind/failure.h"
#include "bind/record.h"

enum { WORD_MAX = 100, FOLDED_MAX = 1024 * 1024, CASED_MAX = 4 * 1024 * 1024 };

static const char unset_key;

void bind_push_unset(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &unset_key);
}

bool bind_is_unset(lua_State *L, int index) {
  bind_push_unset(L);
  bool same = lua_rawequal(L, index < 0 ? index - 1 : index, -1);
  lua_pop(L, 1);
  return same;
}

void bind_push_value(lua_State *L, const struct value *value) {
  switch (value->type) {
  case VALUE_NULL:
    lua_pushnil(L);
    return;
  case VALUE_BOOLEAN:
    lua_pushboolean(L, value->as.boolean);
    return;
  case VALUE_INTEGER:
    lua_pushinteger(L, value->as.integer);
    return;
  case VALUE_NUMBER:
    lua_pushnumber(L, value->as.number);
    return;
  case VALUE_TEXT:
    lua_pushlstring(L, value->as.text.data, value->as.text.length);
    return;
  case VALUE_DATE:
    bind_push_date(L, value->as.day);
    return;
  case VALUE_INSTANT:
    bind_push_instant(L, value->as.at);
    return;
  case VALUE_MONEY:
    bind_push_money(L, value->as.money);
    return;
  }
}

static bool read_userdata(lua_State *L, int index, struct value *out, struct error *err) {
  const date *day = bind_test_date(L, index);
  const instant *at = bind_test_instant(L, index);
  const struct money *amount = bind_test_money(L, index);
  int64_t id;
  if (day)
    *out = value_date(*day);
  else if (at)
    *out = value_instant(*at);
  else if (amount)
    *out = value_money(*amount);
  else if (bind_is_unset(L, index))
    *out = value_null();
  else if (bind_test_record(L, index, NULL, &id))
    *out = value_integer(id);
  else
    return error_set(err, ERROR_INVALID, "a %s is no value of a field", luaL_typename(L, index));
  return true;
}

/* { "a", "b" } is the value "a,b" of a field of several choices. The joined text replaces the table
 * on the stack, which keeps it alive. */
static bool read_list(lua_State *L, int index, struct value *out, struct error *err) {
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  lua_Integer count = (lua_Integer)lua_rawlen(L, index);
  for (lua_Integer i = 1; i <= count; i++) {
    if (i > 1)
      luaL_addchar(&buffer, ',');
    if (lua_rawgeti(L, index, i) != LUA_TSTRING) {
      lua_pop(L, 1);
      luaL_pushresult(&buffer);
      lua_pop(L, 1);
      return error_set(err, ERROR_INVALID, "a table that is no list of texts is no value");
    }
    luaL_addvalue(&buffer);
  }
  luaL_pushresult(&buffer);
  lua_replace(L, index);
  size_t length;
  const char *text = lua_tolstring(L, index, &length);
  *out = count == 0 ? value_null() : value_text_bytes(text, length);
  return true;
}

bool bind_read_value(lua_State *L, int index, struct value *out, struct error *err) {
  size_t length;
  const char *text;
  index = lua_absindex(L, index);
  switch (lua_type(L, index)) {
  case LUA_TNIL:
    *out = value_null();
    return true;
  case LUA_TBOOLEAN:
    *out = value_boolean(lua_toboolean(L, index));
    return true;
  case LUA_TNUMBER:
    *out = lua_isinteger(L, index) ? value_integer(lua_tointeger(L, index))
                                   : value_number(lua_tonumber(L, index));
    return true;
  case LUA_TSTRING:
    text = lua_tolstring(L, index, &length);
    *out = value_text_bytes(text, length);
    return true;
  case LUA_TTABLE: {
    int64_t id;
    if (bind_test_record(L, index, NULL, &id)) {
      *out = value_integer(id);
      return true;
    }
    return read_list(L, index, out, err);
  }
  case LUA_TUSERDATA:
    return read_userdata(L, index, out, err);
  default:
    return error_set(err, ERROR_INVALID, "a %s is no value of a field", luaL_typename(L, index));
  }
}

const char *bind_type_name(lua_State *L, int index) {
  const char *name = luaL_typename(L, index);
  int type = luaL_getmetafield(L, index, "__type");
  if (type == LUA_TSTRING)
    name = lua_tostring(L, -1);
  if (type != LUA_TNIL)
    lua_pop(L, 1);
  return name;
}

void bind_new_type(lua_State *L, const char *name, const char *word, const luaL_Reg *methods) {
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, methods, 0);
  lua_pushstring(L, word);
  lua_setfield(L, -2, "__type");
  lua_pushstring(L, word);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

/* Arithmetic with what is unset is unset; compared, it is never true. */
static int unset_answer(lua_State *L) {
  lua_pushnil(L);
  return 1;
}

static int unset_compare(lua_State *L) {
  lua_pushboolean(L, 0);
  return 1;
}

static void open_nil(lua_State *L) {
  static const char *const arithmetic[] = {"__add", "__sub", "__mul", "__div",
                                           "__mod", "__pow", "__unm", "__idiv"};
  lua_pushnil(L);
  lua_newtable(L);
  for (size_t i = 0; i < sizeof arithmetic / sizeof arithmetic[0]; i++) {
    lua_pushcfunction(L, unset_answer);
    lua_setfield(L, -2, arithmetic[i]);
  }
  lua_pushcfunction(L, unset_compare);
  lua_setfield(L, -2, "__lt");
  lua_pushcfunction(L, unset_compare);
  lua_setfield(L, -2, "__le");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

static int unset_tostring(lua_State *L) {
  lua_pushliteral(L, "unset");
  return 1;
}

/* No hook can stop a C function: what takes long is refused. */
static const char *check_text(lua_State *L, int index, size_t most, size_t *length) {
  const char *text = luaL_checklstring(L, index, length);
  if (*length > most)
    bind_fail(L, "the text is longer than %d bytes", (int)most);
  return text;
}

/* contains(whole, part) without case, as COMPARE_CONTAINS does. */
static int contains(lua_State *L) {
  size_t length;
  const char *whole = check_text(L, 1, FOLDED_MAX, &length);
  lua_pushboolean(L, text_contains(whole, check_text(L, 2, FOLDED_MAX, &length)));
  return 1;
}

static int starts(lua_State *L) {
  size_t length;
  const char *whole = check_text(L, 1, FOLDED_MAX, &length);
  lua_pushboolean(L, text_starts(whole, check_text(L, 2, FOLDED_MAX, &length)));
  return 1;
}

static int ends(lua_State *L) {
  size_t length;
  const char *whole = check_text(L, 1, FOLDED_MAX, &length);
  lua_pushboolean(L, text_ends(whole, check_text(L, 2, FOLDED_MAX, &length)));
  return 1;
}

/* compare(a, b) → -1, 0 or 1, in the order of listings: nil is smallest, text without case first.
 */
static int compare(lua_State *L) {
  struct error err;
  struct value a, b;
  lua_settop(L, 2);
  if (!bind_read_value(L, 1, &a, &err) || !bind_read_value(L, 2, &b, &err))
    return bind_raise(L, &err);
  int order = value_compare(&a, &b);
  lua_pushinteger(L, (order > 0) - (order < 0));
  return 1;
}

static void release_text(void *block) {
  text_release(block);
}

static int push_cased(lua_State *L, void (*append)(struct text *, const char *, size_t)) {
  struct error err;
  size_t length;
  const char *text = check_text(L, 1, CASED_MAX, &length);
  struct text *cased = holder_push(L, sizeof *cased, release_text);
  append(cased, text, length);
  if (!text_check(cased, &err))
    return bind_raise(L, &err);
  lua_pushlstring(L, text_string(cased), cased->length);
  return 1;
}

static int lower(lua_State *L) {
  return push_cased(L, text_append_lower);
}

static int upper(lua_State *L) {
  return push_cased(L, text_append_upper);
}

/* suggest(word, list) → the nearest of the list, or nil. */
static int suggest(lua_State *L) {
  size_t length;
  const char *word = luaL_checklstring(L, 1, &length);
  luaL_checktype(L, 2, LUA_TTABLE);
  if (length > WORD_MAX)
    return lua_pushnil(L), 1;
  size_t count = lua_rawlen(L, 2);
  const char **names = lua_newuserdatauv(L, (count + 1) * sizeof *names, 0);
  luaL_checkstack(L, 2, "too many names");
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    names[i] = luaL_checkstring(L, -1); /* the list keeps it */
    lua_pop(L, 1);
  }
  lua_pushstring(L, text_suggest(word, names, count));
  return 1;
}

void bind_value_open(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"__tostring", unset_tostring},
      {NULL,         NULL          },
  };
  static const luaL_Reg functions[] = {
      {"contains", contains},
      {"compare",  compare },
      {"starts",   starts  },
      {"ends",     ends    },
      {"lower",    lower   },
      {"upper",    upper   },
      {"suggest",  suggest },
      {NULL,       NULL    },
  };
  open_nil(L);
  bind_new_type(L, "unset", "unset", methods);
  lua_newuserdatauv(L, 1, 0);
  luaL_setmetatable(L, "unset");
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &unset_key);
  lua_setfield(L, -2, "unset");
  luaL_setfuncs(L, functions, 0);
}
