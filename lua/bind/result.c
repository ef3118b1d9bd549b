#include "bind/result.h"

#include "base/memory.h"
#include "bind/document.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/value.h"
#include "engine/chart.h"

static void read_words(lua_State *L, int entry, struct result_column *column) {
  struct error err;
  if (lua_getfield(L, entry, "words") == LUA_TTABLE)
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
      if (lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING &&
          !result_add_word(column, lua_tostring(L, -2), lua_tostring(L, -1), &err))
        bind_raise(L, &err);
  lua_pop(L, 1);
}

static void add_column(lua_State *L, int entry, struct result *result) {
  struct error err;
  enum field_type type = FIELD_TEXT;
  const char *type_name = bind_option_borrowed(L, entry, "type");
  if (type_name)
    field_type_from_name(&type, type_name);
  if (type == FIELD_REF && !bind_option_flag(L, entry, "ids"))
    type = FIELD_TEXT; /* cells hold names */
  if (!result_add_column(result, bind_option_borrowed(L, entry, "name"),
                         bind_option_borrowed(L, entry, "title"), type, &err))
    bind_raise(L, &err);
  struct result_column *column = list_at(&result->columns, result->columns.count - 1);
  if (bind_option_has(L, entry, "decimals"))
    column->decimals = (int)bind_option_number(L, entry, "decimals");
  column->total = bind_option_flag(L, entry, "total");
  if (!column->unit && !bind_option_text(L, entry, "unit", &column->unit, &err))
    bind_raise(L, &err);
  read_words(L, entry, column);
  int top = lua_gettop(L);
  if (!result_order_column(result, bind_push_words(L, entry, "order"), &err))
    bind_raise(L, &err);
  lua_settop(L, top);
}

/* The value on top of the stack as the column shows it; what it borrows stays on the stack. */
static struct value cell_value(lua_State *L, const struct result_column *column) {
  struct error err;
  struct value value;
  int whole = 0;
  if (bind_test_record(L, -1, NULL, NULL)) {
    state_push_call(L, "name_of");
    lua_pushvalue(L, -2);
    lua_call(L, 1, 1);
  }
  if (!bind_read_value(L, -1, &value, &err))
    bind_fail(L, "column '%s': %s", column->name, err.message);
  if (value.type == VALUE_NUMBER &&
      (column->type == FIELD_INTEGER || column->type == FIELD_MINUTES)) {
    lua_Integer integer = lua_tointegerx(L, -1, &whole);
    value = whole ? value_integer(integer) : value;
  }
  return value;
}

static void add_row(lua_State *L, int row, struct result *result, int64_t id) {
  struct error err;
  struct result_row *added = result_add_row(result, id, &err);
  if (!added)
    bind_raise(L, &err);
  int base = lua_gettop(L);
  for (int i = 0; i < (int)result->columns.count; i++) {
    lua_rawgeti(L, row, i + 1);
    struct value value = cell_value(L, list_at(&result->columns, (size_t)i));
    if (!result_set(added, i, &value, &err))
      bind_raise(L, &err);
    lua_settop(L, base);
  }
  added->summary = bind_option_flag(L, row, "summary");
}

static void add_notes(lua_State *L, int index, struct result *result) {
  struct error err;
  if (lua_getfield(L, index, "notes") == LUA_TTABLE) {
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
      if (!result_note(result, lua_tostring(L, -1), &err))
        bind_raise(L, &err);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void add_table(lua_State *L, int index, struct result *result) {
  lua_getfield(L, index, "columns");
  int columns = lua_gettop(L);
  for (lua_Integer i = 1; lua_rawgeti(L, columns, i) == LUA_TTABLE; i++) {
    add_column(L, lua_gettop(L), result);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  lua_getfield(L, index, "rows");
  lua_getfield(L, index, "ids");
  int ids = lua_gettop(L), rows = ids - 1;
  for (lua_Integer i = 1; lua_rawgeti(L, rows, i) == LUA_TTABLE; i++) {
    int64_t id = 0;
    if (lua_istable(L, ids)) {
      lua_rawgeti(L, ids, i);
      id = lua_tointeger(L, -1);
      lua_pop(L, 1);
    }
    add_row(L, lua_gettop(L), result, id);
    lua_pop(L, 1);
  }
  lua_settop(L, columns - 1);
}

static bool read_columns(lua_State *L, int entry, struct chart *chart, struct error *err) {
  int top = lua_gettop(L);
  const char *const *y = bind_push_words(L, entry, "y");
  bool done = chart_set_x(chart, bind_option_borrowed(L, entry, "x"), err) &&
              chart_set_by(chart, bind_option_borrowed(L, entry, "by"), err);
  for (int i = 0; done && y && y[i]; i++)
    done = chart_add_y(chart, y[i], err);
  lua_settop(L, top);
  return done;
}

/* The result owns it before anything can be raised. */
static void read_chart(lua_State *L, int index, struct result *result) {
  struct error err;
  if (lua_getfield(L, index, "chart") == LUA_TTABLE) {
    int entry = lua_gettop(L);
    const char *type = bind_option_borrowed(L, entry, "type");
    result->chart = memory_new(sizeof *result->chart);
    if (!result->chart) {
      error_memory(&err);
      bind_raise(L, &err);
    }
    result->chart->has_type = type != NULL;
    if ((type && !chart_type_find(&result->chart->type, type, &err)) ||
        !read_columns(L, entry, result->chart, &err))
      bind_raise(L, &err);
  }
  lua_pop(L, 1);
}

void bind_fill_result(lua_State *L, int index, struct result *result) {
  if (lua_getfield(L, index, "blocks") == LUA_TTABLE)
    bind_fill_document(L, lua_gettop(L), bind_option_borrowed(L, index, "title"), result);
  else
    add_table(L, index, result);
  lua_pop(L, 1);
  read_chart(L, index, result);
  add_notes(L, index, result);
}

void bind_push_result(lua_State *L, const struct result *result) {
  lua_createtable(L, (int)result->rows.count, 0);
  for (size_t i = 0; i < result->rows.count; i++) {
    const struct result_row *row = list_at(&result->rows, i);
    lua_createtable(L, 0, (int)result->columns.count + 1);
    for (size_t j = 0; j < result->columns.count; j++) {
      const struct result_column *column = list_at(&result->columns, j);
      bind_push_value(L, &row->values[j]);
      lua_setfield(L, -2, column->name);
    }
    if (row->id != 0) {
      lua_pushinteger(L, row->id);
      lua_setfield(L, -2, "id");
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void set_text(lua_State *L, const char *key, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, key);
}

static void push_words(lua_State *L, const struct result_column *column) {
  lua_createtable(L, 0, (int)column->words.count);
  for (size_t i = 0; i < column->words.count; i++) {
    const struct result_word *word = list_at(&column->words, i);
    set_text(L, word->value, word->title);
  }
}

/* Into the table on top of the stack. */
static void set_whole(lua_State *L, const struct result *result) {
  set_text(L, "title", result->title);
  lua_createtable(L, (int)result->notes.count, 0);
  for (size_t i = 0; i < result->notes.count; i++) {
    lua_pushstring(L, *(char **)list_at(&result->notes, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "notes");
  lua_pushboolean(L, result->single);
  lua_setfield(L, -2, "single");
}

void bind_push_columns(lua_State *L, const struct result *result) {
  lua_createtable(L, (int)result->columns.count, 3);
  set_whole(L, result);
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = list_at(&result->columns, i);
    lua_createtable(L, 0, 6);
    set_text(L, "name", column->name);
    set_text(L, "title", column->title);
    set_text(L, "type", field_type_name(column->type));
    set_text(L, "unit", column->unit);
    push_words(L, column);
    lua_setfield(L, -2, "words");
    bind_set_words(L, "order", (const char *const *)column->order);
    if (column->type == FIELD_REF) { /* a record is called by its name in a text */
      lua_pushboolean(L, true);
      lua_setfield(L, -2, "ids");
    }
    if (column->decimals >= 0) {
      lua_pushinteger(L, column->decimals);
      lua_setfield(L, -2, "decimals");
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}
