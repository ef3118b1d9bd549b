#include "bind/option.h"

#include <string.h>

#include "base/memory.h"

const char *bind_option_borrowed(lua_State *L, int table, const char *key) {
  const char *text = NULL;
  if (lua_getfield(L, table, key) == LUA_TSTRING)
    text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

bool bind_option_text(lua_State *L, int table, const char *key, char **out, struct error *err) {
  const char *text = bind_option_borrowed(L, table, key);
  *out = memory_copy_text(text);
  return *out || !text || error_memory(err);
}

double bind_option_number(lua_State *L, int table, const char *key) {
  lua_getfield(L, table, key);
  double number = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return number;
}

bool bind_option_has(lua_State *L, int table, const char *key) {
  bool has = lua_getfield(L, table, key) != LUA_TNIL;
  lua_pop(L, 1);
  return has;
}

bool bind_option_flag(lua_State *L, int table, const char *key) {
  lua_getfield(L, table, key);
  bool flag = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return flag;
}

bool bind_option_place(lua_State *L, int table, struct place *out, struct error *err) {
  if (lua_getfield(L, table, "place") != LUA_TTABLE) {
    lua_pop(L, 1);
    return true;
  }
  int place = lua_gettop(L);
  out->line = (int)bind_option_number(L, place, "line");
  bool done = bind_option_text(L, place, "file", &out->file, err);
  lua_pop(L, 1);
  return done;
}

int bind_option_reference(lua_State *L, int table, const char *key) {
  if (lua_getfield(L, table, key) == LUA_TNIL) {
    lua_pop(L, 1);
    return LUA_NOREF;
  }
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

const char *const *bind_push_words(lua_State *L, int table, const char *key) {
  if (lua_getfield(L, table, key) != LUA_TTABLE)
    return NULL;
  size_t count = lua_rawlen(L, -1);
  const char **texts = lua_newuserdatauv(L, (count + 1) * sizeof *texts, 0);
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, -2, (lua_Integer)i + 1);
    texts[i] = luaL_checkstring(L, -1);
    lua_pop(L, 1);
  }
  texts[count] = NULL;
  return texts;
}

void bind_set_words(lua_State *L, const char *key, const char *const *words) {
  if (!words)
    return;
  lua_newtable(L);
  for (int i = 0; words[i]; i++) {
    lua_pushstring(L, words[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, key);
}

bool bind_option_texts(lua_State *L, int table, const char *key, const char *const **out,
                       struct error *err) {
  *out = NULL;
  if (lua_getfield(L, table, key) == LUA_TTABLE) {
    struct state *state = state_of(L);
    size_t count = lua_rawlen(L, -1);
    const char **texts = state_payload(state, (count + 1) * sizeof *texts, err);
    for (size_t i = 0; texts && i < count; i++) {
      lua_rawgeti(L, -1, (lua_Integer)i + 1);
      texts[i] = state_text(state, lua_tostring(L, -1), err);
      lua_pop(L, 1);
    }
    *out = texts;
    if (!texts)
      return false;
  }
  lua_pop(L, 1);
  return true;
}

bool bind_compare_from_name(enum compare *out, const char *name) {
  static const struct {
    const char *name;
    enum compare compare;
  } words[] = {
      {"equal",     COMPARE_EQUAL    },
      {"not_equal", COMPARE_NOT_EQUAL},
      {"less",      COMPARE_LESS     },
      {"at_most",   COMPARE_AT_MOST  },
      {"greater",   COMPARE_GREATER  },
      {"at_least",  COMPARE_AT_LEAST },
      {"contains",  COMPARE_CONTAINS },
      {"prefix",    COMPARE_PREFIX   },
      {"suffix",    COMPARE_SUFFIX   },
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (strcmp(words[i].name, name) == 0) {
      *out = words[i].compare;
      return true;
    }
  }
  return false;
}
