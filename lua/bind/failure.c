#include "bind/failure.h"

#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"
#include "bind/blame.h"

static const char type_name[] = "failure";
static const char prelude_mark[] = "prelude:";

bool bind_place(lua_State *L, lua_Debug *activation) {
  for (int level = 0; lua_getstack(L, level, activation); level++) {
    lua_getinfo(L, "S", activation);
    if (activation->source[0] == '@' && lua_getinfo(L, "l", activation) &&
        activation->currentline > 0)
      return true;
  }
  return false;
}

/* Where the failure happened as "file" and line; false when nobody knows. */
static bool blamed_place(lua_State *L, lua_Debug *activation, const char **file, int *line) {
  const struct place *running = state_of(L)->running;
  if (bind_place(L, activation)) {
    *file = activation->short_src;
    *line = activation->currentline;
    return true;
  }
  if (!running || !running->file)
    return false;
  *file = running->file;
  *line = running->line;
  return true;
}

static void push_failure(lua_State *L, const struct error *err) {
  struct error *failure = lua_newuserdatauv(L, sizeof *failure, 0);
  *failure = *err;
  luaL_setmetatable(L, type_name);
}

_Noreturn int bind_raise(lua_State *L, const struct error *err) {
  struct error failure = *err;
  lua_Debug activation;
  const char *file;
  int line;
  if (blamed_place(L, &activation, &file, &line)) {
    error_prefix(&failure, "%s:%d: ", file, line);
    blame_line(L, file, line, &failure);
  }
  push_failure(L, &failure);
  lua_error(L);
}

_Noreturn int bind_fail(lua_State *L, const char *format, ...) {
  va_list args;
  luaL_where(L, 1);
  va_start(args, format);
  lua_pushvfstring(L, translate(format), args);
  va_end(args);
  lua_concat(L, 2);
  lua_error(L);
}

bool bind_is_lack_of_memory(lua_State *L, int index) {
  const struct error *failure = luaL_testudata(L, index, type_name);
  return failure && failure->code == ERROR_MEMORY;
}

int bind_refusal(lua_State *L, const struct error *err) {
  if (err->code == ERROR_MEMORY)
    return bind_raise(L, err);
  lua_pushnil(L);
  lua_pushstring(L, err->message);
  return 2;
}

/* "attempt to index a nil value (field 'client')" → "'client' is not set". */
static void push_explained(lua_State *L, const char *message) {
  static const char phrase[] = "attempt to index a nil value (";
  const char *found = strstr(message, phrase);
  const char *open = found ? strchr(found, '\'') : NULL;
  const char *close = open ? strchr(open + 1, '\'') : NULL;
  if (!close || strncmp(found + sizeof phrase - 1, "global", 6) == 0) {
    lua_pushstring(L, message);
    return;
  }
  lua_pushlstring(L, message, (size_t)(found - message));
  lua_pushlstring(L, open, (size_t)(close - open + 1));
  lua_pushstring(L, translate(" is not set; check it first, or name it in needs = { … }"));
  lua_concat(L, 3);
}

static void push_blamed(lua_State *L, const char *message) {
  lua_Debug activation;
  const char *file;
  int line;
  if (strncmp(message, prelude_mark, sizeof prelude_mark - 1) != 0) {
    push_explained(L, message);
    return;
  }
  const char *rest = strstr(message + sizeof prelude_mark - 1, ": ");
  rest = rest ? rest + 2 : message;
  if (blamed_place(L, &activation, &file, &line))
    lua_pushfstring(L, "%s:%d: %s", file, line, rest);
  else
    lua_pushstring(L, rest);
}

int bind_handler(lua_State *L) {
  if (luaL_testudata(L, 1, type_name))
    return 1;
  if (lua_type(L, 1) == LUA_TSTRING) {
    push_blamed(L, lua_tostring(L, 1));
    return 1;
  }
  if (lua_istable(L, 1))
    return 1; /* an error object of the script's own, for its own pcall */
  lua_pushfstring(L, translate("an error that is a %s value"), luaL_typename(L, 1));
  return 1;
}

void bind_read_message(lua_State *L, struct error *err) {
  const struct error *failure = luaL_testudata(L, -1, type_name);
  if (failure)
    *err = *failure;
  else if (lua_type(L, -1) == LUA_TSTRING)
    error_set(err, ERROR_SCRIPT, "%s", lua_tostring(L, -1));
  else
    error_set(err, ERROR_SCRIPT, "the script raised a %s value", luaL_typename(L, -1));
}

void bind_read_failure(lua_State *L, int status, struct error *err) {
  bind_read_message(L, err);
  if (status == LUA_ERRMEM) {
    error_memory(err);
  } else if (lua_type(L, -1) == LUA_TSTRING) {
    error_find_hint(err);
    blame_message(L, err);
  }
}

static int failure_index(lua_State *L) {
  const struct error *failure = luaL_checkudata(L, 1, type_name);
  const char *key = luaL_checkstring(L, 2);
  if (strcmp(key, "code") == 0)
    lua_pushstring(L, error_code_name(failure->code));
  else if (strcmp(key, "message") == 0)
    lua_pushstring(L, failure->message);
  else
    return bind_fail(L, "a failure has code and message, not '%s'", key);
  return 1;
}

static int failure_tostring(lua_State *L) {
  const struct error *failure = luaL_checkudata(L, 1, type_name);
  lua_pushstring(L, failure->message);
  return 1;
}

void bind_failure_open(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"__index",    failure_index   },
      {"__tostring", failure_tostring},
      {NULL,         NULL            },
  };
  luaL_newmetatable(L, type_name);
  luaL_setfuncs(L, methods, 0);
  lua_pushstring(L, type_name);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}
