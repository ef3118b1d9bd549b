#include "bind/param.h"

#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/value.h"
#include "model/record.h"

static void push_reference(lua_State *L, int64_t id) {
  struct error err;
  const struct kind *kind;
  if (!record_kind_of(state_of(L)->engine->book, id, &kind, &err))
    bind_raise(L, &err);
  bind_push_record(L, kind, id, NULL);
}

void bind_push_params(lua_State *L, const struct list *params, const struct value *values) {
  lua_createtable(L, 0, (int)params->count);
  for (size_t i = 0; i < params->count; i++) {
    const struct field *field = list_at(params, i);
    if (field->type == FIELD_REF && values[i].type == VALUE_INTEGER)
      push_reference(L, values[i].as.integer);
    else
      bind_push_value(L, &values[i]);
    lua_setfield(L, -2, field->name);
  }
}

static bool read_field(lua_State *L, int table, struct field *field, struct error *err) {
  struct state *state = state_of(L);
  struct value fallback;
  if (!field_type_from_name(&field->type, bind_option_borrowed(L, table, "type")))
    return error_set(err, ERROR_SCRIPT, "no such type of parameter");
  field->name = state_text(state, bind_option_borrowed(L, table, "name"), err);
  field->title = state_text(state, bind_option_borrowed(L, table, "title"), err);
  field->title_ru = state_text(state, bind_option_borrowed(L, table, "title_ru"), err);
  field->help = state_text(state, bind_option_borrowed(L, table, "help"), err);
  field->help_ru = state_text(state, bind_option_borrowed(L, table, "help_ru"), err);
  field->target = state_text(state, bind_option_borrowed(L, table, "to"), err);
  if (!field->name)
    return false;
  if (bind_option_flag(L, table, "required"))
    field->flags |= FIELD_REQUIRED;
  if (bind_option_flag(L, table, "last_day"))
    field->flags |= FIELD_LAST_DAY;
  field->has_min = bind_option_has(L, table, "min");
  field->has_max = bind_option_has(L, table, "max");
  field->min = bind_option_number(L, table, "min");
  field->max = bind_option_number(L, table, "max");
  lua_getfield(L, table, "default");
  bool done =
      bind_read_value(L, -1, &fallback, err) && value_copy(&field->fallback, &fallback, err);
  lua_pop(L, 1);
  return done && bind_option_texts(L, table, "choices", &field->choices, err) &&
         bind_option_texts(L, table, "titles", &field->choice_titles, err) &&
         bind_option_texts(L, table, "titles_ru", &field->choice_titles_ru, err);
}

bool bind_read_fields(lua_State *L, int table, const char *name, struct list *fields,
                      struct error *err) {
  if (lua_getfield(L, table, name) != LUA_TTABLE) {
    lua_pop(L, 1);
    return true;
  }
  int entries = lua_gettop(L);
  for (lua_Integer i = 1; lua_rawgeti(L, entries, i) == LUA_TTABLE; i++) {
    struct field *field = list_add(fields, err);
    if (!field || !read_field(L, lua_gettop(L), field, err))
      return false;
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return true;
}
