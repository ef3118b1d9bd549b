/* Business cards for scripts: what engine/vcard reads, as plain tables. */
#include "engine/vcard.h"

#include "bind/failure.h"
#include "bind/state.h"

static void release_reader(void *block) {
  struct vcard_reader **reader = block;
  vcard_close(*reader);
}

static void set_text(lua_State *L, const char *key, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, key);
}

static void set_number(lua_State *L, const char *key, size_t number) {
  lua_pushinteger(L, (lua_Integer)number);
  lua_setfield(L, -2, key);
}

/* { TYPE = { "work", "voice" }, CHARSET = { "utf-8" } } */
static void push_parameters(lua_State *L, const struct list *parameters) {
  lua_newtable(L);
  for (size_t i = 0; i < parameters->count; i++) {
    const struct vcard_parameter *parameter = list_at(parameters, i);
    if (lua_getfield(L, -1, parameter->name) != LUA_TTABLE) {
      lua_pop(L, 1);
      lua_newtable(L);
      lua_pushvalue(L, -1);
      lua_setfield(L, -3, parameter->name);
    }
    lua_pushstring(L, parameter->value);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
  }
}

static void push_property(lua_State *L, const struct vcard_property *property) {
  lua_createtable(L, 0, 7);
  set_text(L, "name", property->name);
  set_text(L, "group", property->group);
  set_text(L, "value", property->value);
  set_number(L, "line", property->line);
  lua_pushboolean(L, property->binary);
  lua_setfield(L, -2, "binary");
  push_parameters(L, &property->parameters);
  lua_setfield(L, -2, "parameters");
  lua_createtable(L, (int)property->parts.count, 0);
  for (size_t i = 0; i < property->parts.count; i++) {
    lua_pushstring(L, *(char **)list_at(&property->parts, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "parts");
}

static void push_card(lua_State *L, const struct vcard *card) {
  lua_createtable(L, 0, 3);
  set_text(L, "version", card->version);
  set_number(L, "line", card->line);
  lua_createtable(L, (int)card->properties.count, 0);
  for (size_t i = 0; i < card->properties.count; i++) {
    push_property(L, list_at(&card->properties, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "properties");
}

/* The next card, or what is wrong with it, on top; false at the end. */
static bool push_next(lua_State *L, struct vcard_reader *reader) {
  struct error err;
  const struct vcard *card = NULL;
  if (!vcard_next(reader, &card, &err)) {
    if (err.code != ERROR_DATA)
      bind_raise(L, &err);
    lua_createtable(L, 0, 1);
    set_text(L, "wrong", err.message);
    return true;
  }
  if (card)
    push_card(L, card);
  return card != NULL;
}

/* vcards(bytes) → {{version, line, properties = {{name, group, value, parts, parameters, binary,
 * line}, …}} or {wrong = "line 3: …"}, …}. */
static int vcards(lua_State *L) {
  struct error err;
  size_t length;
  const char *bytes = luaL_checklstring(L, 1, &length);
  lua_settop(L, 1);
  struct vcard_reader **reader = holder_push(L, sizeof(struct vcard_reader *), release_reader);
  if (!vcard_open(reader, bytes, length, &err))
    return bind_raise(L, &err);
  lua_newtable(L);
  for (lua_Integer i = 1; push_next(L, *reader); i++)
    lua_rawseti(L, -2, i);
  return 1;
}

void bind_vcard_open(lua_State *L) {
  lua_pushcfunction(L, vcards);
  lua_setfield(L, -2, "vcards");
}
