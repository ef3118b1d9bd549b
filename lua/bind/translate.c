/* The catalogue of translated texts for the prelude, which makes tr and trn of it. */
#include "base/translate.h"

#include "bind/state.h"

static int translate_text(lua_State *L) {
  lua_pushstring(L, translate(luaL_checkstring(L, 1)));
  return 1;
}

static int translate_form(lua_State *L) {
  const char *one = luaL_checkstring(L, 1), *many = luaL_checkstring(L, 2);
  lua_pushstring(L, translate_plural(one, many, luaL_checkinteger(L, 3)));
  return 1;
}

static int choose_twin(lua_State *L) {
  lua_pushstring(L, translate_twin(luaL_optstring(L, 1, NULL), luaL_optstring(L, 2, NULL)));
  return 1;
}

void bind_translate_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"translate",        translate_text},
      {"translate_plural", translate_form},
      {"twin",             choose_twin   },
      {NULL,               NULL          },
  };
  luaL_setfuncs(L, functions, 0);
}
