/* Texts for people: the catalogue, twins of declarations, and titles of what is stored as a name.
 */
#include "base/translate.h"

#include <string.h>

#include "bind/failure.h"
#include "engine/process.h"
#include "engine/title.h"

static int translate_text(lua_State *L) {
  lua_pushstring(L, translate(luaL_checkstring(L, 1)));
  return 1;
}

static int translate_form(lua_State *L) {
  const char *one = luaL_checkstring(L, 1), *many = luaL_checkstring(L, 2);
  lua_pushstring(L, translate_plural(one, many, luaL_checkinteger(L, 3)));
  return 1;
}

static int language(lua_State *L) {
  lua_pushstring(L, translate_language());
  return 1;
}

static int choose_twin(lua_State *L) {
  lua_pushstring(L, translate_twin(luaL_optstring(L, 1, NULL), luaL_optstring(L, 2, NULL)));
  return 1;
}

static void set_title(lua_State *L, const char *value, const char *title) {
  lua_pushstring(L, title);
  lua_setfield(L, -2, value);
}

static void set_stages(lua_State *L, const struct engine *engine, const struct process *process) {
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = *(struct stage **)list_at(&process->stages, i);
    set_title(L, stage->name, title_of_value(engine, process->field, stage->name));
  }
}

static const struct field *field_at(lua_State *L, const struct engine *engine, const char *path) {
  const struct catalog *catalog = engine->book->catalog;
  const char *dot = strchr(path, '.');
  lua_pushlstring(L, path, dot ? (size_t)(dot - path) : 0);
  const struct kind *kind = catalog_kind(catalog, lua_tostring(L, -1));
  const struct field *field = kind && dot ? kind_field(kind, dot + 1) : NULL;
  if (!field)
    bind_fail(L, "'%s' is no field, such as deal.stage", path);
  lua_pop(L, 1);
  return field;
}

static void push_order(lua_State *L, const char *const *words) {
  lua_newtable(L);
  for (int i = 0; words && words[i]; i++) {
    lua_pushstring(L, words[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

/* words("deal.stage") → {value = title, …}, title of the field, {value, …} in their order. */
static int words(lua_State *L) {
  const struct engine *engine = state_of(L)->engine;
  const struct field *field = field_at(L, engine, luaL_checkstring(L, 1));
  lua_newtable(L);
  for (int i = 0; field->choices && field->choices[i]; i++)
    set_title(L, field->choices[i], field_choice_title(field, i));
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    const struct process *process = *(struct process **)list_at(&engine->rules->processes, i);
    if (process->field == field)
      set_stages(L, engine, process);
  }
  lua_pushstring(L, field_title(field));
  push_order(L, field_words(field));
  return 3;
}

void bind_translate_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"translate",        translate_text},
      {"translate_plural", translate_form},
      {"language",         language      },
      {"twin",             choose_twin   },
      {"words",            words         },
      {NULL,               NULL          },
  };
  luaL_setfuncs(L, functions, 0);
}
