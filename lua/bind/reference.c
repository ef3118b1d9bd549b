/* What scripts can call: for editors, and for completion. */
#include "base/memory.h"
#include "bind/failure.h"
#include "bind/state.h"

/* One page, handed into the protected part. */
static int write_page(lua_State *L) {
  struct text *out = lua_touserdata(L, 1);
  size_t length;
  state_push_call(L, "meta");
  lua_call(L, 0, 1);
  const char *page = lua_tolstring(L, -1, &length);
  text_append_bytes(out, page, length);
  return 0;
}

bool state_meta(struct state *state, struct text *out, struct error *err) {
  return state_call(state, write_page, out, err) && text_check(out, err);
}

/* One completion, handed into the protected part. */
struct completion {
  const char *expression;
  struct state_names *names; /* under construction */
};

static void free_texts(char **texts) {
  for (char **text = texts; text && *text; text++)
    memory_free(*text);
  memory_free(texts);
}

void state_names_release(struct state_names *names) {
  free_texts(names->names);
  free_texts(names->sentences);
  *names = (struct state_names){0};
}

/* The list of texts at the index, ended by NULL. It is in *out before anything can be raised. */
static void copy_texts(lua_State *L, int list, char ***out) {
  struct error err;
  size_t count = lua_rawlen(L, list);
  char **texts = *out = memory_new_array(count + 1, sizeof *texts);
  for (size_t i = 0; texts && i < count; i++) {
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    texts[i] = memory_copy_text(lua_tostring(L, -1));
    lua_pop(L, 1);
    if (!texts[i])
      error_memory(&err), bind_raise(L, &err);
  }
  if (!texts)
    error_memory(&err), bind_raise(L, &err);
}

static int complete(lua_State *L) {
  struct completion *call = lua_touserdata(L, 1);
  state_push_call(L, "complete");
  lua_pushstring(L, call->expression);
  lua_call(L, 1, 2);
  copy_texts(L, 2, &call->names->names);
  copy_texts(L, 3, &call->names->sentences);
  return 0;
}

bool state_complete(struct state *state, const char *expression, struct state_names *names,
                    struct error *err) {
  struct completion call = {expression, names};
  *names = (struct state_names){0};
  if (state_call(state, complete, &call, err))
    return true;
  state_names_release(names);
  return false;
}

/* field_help(kind, field) → its sentence in English and in Russian; nil where there is none. */
static int help_of_field(lua_State *L) {
  const struct catalog *catalog = state_of(L)->engine->book->catalog;
  const struct kind *kind = catalog_kind(catalog, luaL_checkstring(L, 1));
  const struct field *field = kind ? kind_field(kind, luaL_checkstring(L, 2)) : NULL;
  lua_pushstring(L, field ? field->help : NULL);
  lua_pushstring(L, field ? field->help_ru : NULL);
  return 2;
}

void bind_reference_open(lua_State *L) {
  lua_pushcfunction(L, help_of_field);
  lua_setfield(L, -2, "field_help");
}
