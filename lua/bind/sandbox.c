/* The base functions that scripts get in a safe form. What is not listed here or in
 * prelude/sandbox.lua does not exist for them. */
#include <lualib.h>
#include <string.h>

#include "bind/failure.h"

enum { TEXT_MAX = 16 * 1024 * 1024, FORMAT_MAX = 64 * 1024 };

/* Errors that end the evaluation pass through every pcall of a script. */
static void pass_on_death(lua_State *L, int status) {
  struct state *state = state_of(L);
  bool lacking = status == LUA_ERRMEM || bind_is_lack_of_memory(L, -1);
  if (lacking && state->watchdog.death == DEATH_NONE)
    watchdog_kill(&state->watchdog,
                  status == LUA_ERRMEM && state->over_limit ? DEATH_MEMORY : DEATH_NO_MEMORY);
  if (state->watchdog.death != DEATH_NONE)
    lua_error(L);
}

static int safe_pcall(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushcfunction(L, bind_handler);
  lua_insert(L, 1);
  int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 1);
  if (status != LUA_OK)
    pass_on_death(L, status);
  lua_pushboolean(L, status == LUA_OK);
  lua_replace(L, 1);
  return lua_gettop(L);
}

/* load(text, name, environment) → the chunk, or nil and what is wrong with it. Lua's own gives a
 * lack of memory as if the text were wrong. */
static int load_chunk(lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_settop(L, 3);
  int status = luaL_loadbufferx(L, text, length, luaL_checkstring(L, 2), "t");
  if (status == LUA_OK) {
    lua_pushvalue(L, 3);
    lua_setupvalue(L, -2, 1);
    return 1;
  }
  if (status == LUA_ERRMEM)
    pass_on_death(L, status);
  lua_pushnil(L);
  lua_insert(L, -2);
  return 2;
}

static int kind_of(lua_State *L, int index) {
  luaL_checkany(L, index);
  if (lua_type(L, index) != LUA_TTABLE && lua_type(L, index) != LUA_TUSERDATA)
    return 0;
  return luaL_getmetafield(L, index, "__type") == LUA_TSTRING;
}

static int safe_type(lua_State *L) {
  if (!kind_of(L, 1))
    lua_pushstring(L, luaL_typename(L, 1));
  return 1;
}

/* Addresses would differ from run to run. */
static int safe_tostring(lua_State *L) {
  luaL_checkany(L, 1);
  int type = lua_type(L, 1);
  bool address = type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA;
  if (address && luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL) {
    if (!kind_of(L, 1))
      lua_pushstring(L, luaL_typename(L, 1));
    return 1;
  }
  lua_settop(L, 1);
  luaL_tolstring(L, 1, NULL);
  return 1;
}

static int safe_setmetatable(lua_State *L) {
  static const char *const refused[] = {"__gc",        "__close", "__mode",
                                        "__metatable", "__name",  "__type"};
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
    return bind_fail(L, "this table's metatable can't be changed");
  for (size_t i = 0; lua_istable(L, 2) && i < sizeof refused / sizeof refused[0]; i++) {
    lua_pushstring(L, refused[i]);
    if (lua_rawget(L, 2) != LUA_TNIL)
      return bind_fail(L, "scripts may not use %s", refused[i]);
    lua_pop(L, 1);
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

static int safe_getmetatable(lua_State *L) {
  luaL_checkany(L, 1);
  if (lua_type(L, 1) != LUA_TTABLE || !lua_getmetatable(L, 1))
    return lua_pushnil(L), 1;
  luaL_getmetafield(L, 1, "__metatable"); /* pushes nothing when there is none */
  return 1;
}

static int rank(int type) {
  return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : type == LUA_TBOOLEAN ? 2 : 3;
}

/* Numbers by size, then texts by bytes, then booleans; other keys in no promised order. */
static int key_before(lua_State *L) {
  watchdog_check(&state_of(L)->watchdog, L, 1); /* sorting calls no Lua, so no hook stops it */
  int a = lua_type(L, 1), b = lua_type(L, 2);
  bool before = rank(a) < rank(b);
  if (a == b && a == LUA_TNUMBER) {
    before = lua_compare(L, 1, 2, LUA_OPLT);
  } else if (a == b && a == LUA_TSTRING) {
    size_t la, lb;
    const char *ta = lua_tolstring(L, 1, &la), *tb = lua_tolstring(L, 2, &lb);
    int order = memcmp(ta, tb, la < lb ? la : lb);
    before = order < 0 || (order == 0 && la < lb);
  } else if (a == b && a == LUA_TBOOLEAN) {
    before = !lua_toboolean(L, 1) && lua_toboolean(L, 2);
  }
  lua_pushboolean(L, before);
  return 1;
}

/* keys(t): the keys of a plain table in the fixed order, and their count. */
static int fixed_keys(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_newtable(L);
  lua_Integer count = 0;
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_rawseti(L, 2, ++count);
  }
  lua_pushinteger(L, count);
  return 2;
}

/* The result of string.rep must be within the bound before anything is built. */
static int safe_rep(lua_State *L) {
  size_t length, gap;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer times = luaL_checkinteger(L, 2);
  const char *separator = luaL_optlstring(L, 3, "", &gap);
  if (times <= 0 || length + gap == 0)
    return lua_pushliteral(L, ""), 1;
  if ((size_t)times > TEXT_MAX / (length + gap))
    return bind_fail(L, "string.rep: the result would be longer than %d bytes", TEXT_MAX);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer i = 0; i < times; i++) {
    luaL_addlstring(&buffer, text, length);
    if (i + 1 < times)
      luaL_addlstring(&buffer, separator, gap);
    if (i % 4096 == 0)
      watchdog_check(&state_of(L)->watchdog, L, 1);
  }
  luaL_pushresult(&buffer);
  return 1;
}

/* Checks a format of string.format; widths are bounded by Lua itself, addresses are not shown. */
static int check_format(lua_State *L) {
  size_t length;
  const char *format = luaL_checklstring(L, 1, &length);
  if (length > FORMAT_MAX)
    return bind_fail(L, "string.format: the format is longer than %d bytes", FORMAT_MAX);
  for (size_t i = 0; i + 1 < length; i++) {
    if (format[i] != '%')
      continue;
    i++;
    while (i < length && strchr("-+ #0.123456789", format[i]) && format[i])
      i++;
    if (i < length && format[i] == 'p')
      return bind_fail(L, "string.format: %%p is not available");
  }
  return 0;
}

static int print(lua_State *L) {
  const struct state *state = state_of(L);
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  if (state->host.print)
    state->host.print(state->host.payload, text, length);
  return 0;
}

void bind_sandbox_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"pcall",        safe_pcall       },
      {"load",         load_chunk       },
      {"type",         safe_type        },
      {"tostring",     safe_tostring    },
      {"setmetatable", safe_setmetatable},
      {"getmetatable", safe_getmetatable},
      {"keys",         fixed_keys       },
      {"key_before",   key_before       },
      {"rep",          safe_rep         },
      {"check_format", check_format     },
      {"print",        print            },
      {NULL,           NULL             },
  };
  luaL_setfuncs(L, functions, 0);
}
