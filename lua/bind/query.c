/* A query of the prelude as one statement. The prelude hands over a plain table:
 *   {kind, where = tree, group = {{name, path}}, select = {{name, path | fn, p, only = tree}},
 *    order = {{name | path, down}}, limit, offset}
 * where a tree is {op = "all"|"any"|"none", tree, …}, {path, op, value | values} or
 * {op = "search"|"words", value}. */
#include "model/query.h"

#include <string.h>

#include "base/memory.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/value.h"
#include "engine/result.h"

enum { VALUES_MAX = 1000, DEPTH_MAX = 32 };

/* Everything a query under construction owns; released when its slot on the stack is left. */
struct builder {
  struct query *query;
  struct list conditions; /* of struct condition *: built, not yet joined or given away */
  struct cursor *cursor;
  int64_t *ids;
};

static void release_builder(void *block) {
  struct builder *builder = block;
  cursor_close(builder->cursor);
  for (size_t i = 0; i < builder->conditions.count; i++)
    condition_free(*(struct condition **)list_at(&builder->conditions, i));
  list_release(&builder->conditions);
  query_free(builder->query);
  memory_free(builder->ids);
}

static struct builder *push_builder(lua_State *L) {
  struct builder *builder = holder_push(L, sizeof *builder, release_builder);
  builder->conditions.size = sizeof(struct condition *);
  return builder;
}

/* The prelude checks paths; a text is all that C may be handed for one. */
static const char *path_of(lua_State *L, int table) {
  const char *path = bind_option_borrowed(L, table, "path");
  if (!path)
    bind_fail(L, "a path is a text such as \"client.industry\"");
  return path;
}

static struct condition *take_condition(struct builder *builder) {
  size_t last = builder->conditions.count - 1;
  struct condition *condition = *(struct condition **)list_at(&builder->conditions, last);
  list_remove(&builder->conditions, last);
  return condition;
}

static void keep_condition(lua_State *L, struct builder *builder, struct condition *condition) {
  struct error err;
  struct condition **slot = list_add(&builder->conditions, &err);
  if (!slot) {
    condition_free(condition);
    bind_raise(L, &err);
  }
  *slot = condition;
}

static void add_condition(lua_State *L, struct builder *builder, int tree, int depth);

static void add_junction(lua_State *L, struct builder *builder, int tree, enum junction junction,
                         int depth) {
  struct error err;
  struct condition *joined = NULL;
  size_t count = lua_rawlen(L, tree);
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, tree, (lua_Integer)i + 1);
    add_condition(L, builder, lua_gettop(L), depth + 1);
    lua_pop(L, 1);
  }
  struct condition **parts =
      (struct condition **)builder->conditions.items + builder->conditions.count - count;
  builder->conditions.count -= count;
  if (!condition_join(&joined, junction, parts, count, &err))
    bind_raise(L, &err);
  keep_condition(L, builder, joined);
}

static void add_membership(lua_State *L, struct builder *builder, int tree, const char *path) {
  struct error err;
  struct condition *condition = NULL;
  lua_getfield(L, tree, "values");
  int list = lua_gettop(L);
  size_t count = lua_rawlen(L, list);
  if (count > VALUES_MAX)
    bind_fail(L, "one_of takes at most %d values", VALUES_MAX);
  struct value *values = lua_newuserdatauv(L, (count + 1) * sizeof *values, 0);
  luaL_checkstack(L, (int)count + 4, "too many values");
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    if (!bind_read_value(L, -1, &values[i], &err))
      bind_raise(L, &err);
  }
  if (!condition_in(&condition, builder->query, path, values, count, &err))
    bind_raise(L, &err);
  keep_condition(L, builder, condition);
  lua_settop(L, list - 1);
}

static void add_comparison(lua_State *L, struct builder *builder, int tree, const char *path,
                           const char *op) {
  struct error err;
  enum compare compare;
  struct value value;
  struct condition *condition = NULL;
  if (!bind_compare_from_name(&compare, op))
    bind_fail(L, "a query can't use %s; a function over the rows can", op);
  lua_getfield(L, tree, "value");
  if (!bind_read_value(L, -1, &value, &err) ||
      !condition_compare(&condition, builder->query, path, compare, &value, &err))
    bind_raise(L, &err);
  lua_pop(L, 1);
  keep_condition(L, builder, condition);
}

/* The words are the prelude's names of junctions, by enum junction. */
static void add_condition(lua_State *L, struct builder *builder, int tree, int depth) {
  static const char *const junctions[] = {"all", "any", "none"};
  if (depth > DEPTH_MAX || !lua_checkstack(L, 16))
    bind_fail(L, "conditions are nested too deeply");
  const char *op = bind_option_borrowed(L, tree, "op");
  struct condition *condition = NULL;
  struct error err = {0};
  for (size_t i = 0; i < sizeof junctions / sizeof junctions[0]; i++) {
    if (strcmp(op, junctions[i]) == 0) {
      add_junction(L, builder, tree, (enum junction)i, depth);
      return;
    }
  }
  bool searched = strcmp(op, "search") == 0;
  if (searched || strcmp(op, "words") == 0) {
    const char *words = bind_option_borrowed(L, tree, "value");
    if (!(searched ? condition_search : condition_words)(&condition, builder->query,
                                                         words ? words : "", &err))
      bind_raise(L, &err);
    keep_condition(L, builder, condition);
  } else if (strcmp(op, "in") == 0) {
    add_membership(L, builder, tree, path_of(L, tree));
  } else {
    add_comparison(L, builder, tree, path_of(L, tree), op);
  }
}

static void add_aggregate(lua_State *L, struct builder *builder, int entry, const char *name) {
  static const char *const functions[] = {"count",   "sum",    "average",    "minimum",
                                          "maximum", "median", "percentile", "count_distinct",
                                          NULL};
  struct error err;
  lua_getfield(L, entry, "fn");
  struct aggregate_spec spec = {
      .function = (enum aggregate)luaL_checkoption(L, -1, NULL, functions),
      .path = bind_option_borrowed(L, entry, "path"),
      .percentile = bind_option_number(L, entry, "p"),
  };
  if (lua_getfield(L, entry, "only") == LUA_TTABLE) {
    add_condition(L, builder, lua_gettop(L), 0);
    spec.only = take_condition(builder);
  }
  if (!query_aggregate(builder->query, name, &spec, &err))
    bind_raise(L, &err);
  lua_pop(L, 2);
}

static void add_columns(lua_State *L, struct builder *builder, const char *list) {
  struct error err;
  bool grouping = strcmp(list, "group") == 0;
  if (lua_getfield(L, 1, list) == LUA_TTABLE) {
    int columns = lua_gettop(L);
    for (lua_Integer i = 1; lua_rawgeti(L, columns, i) == LUA_TTABLE; i++) {
      int entry = lua_gettop(L);
      const char *name = bind_option_borrowed(L, entry, "name");
      if (bind_option_has(L, entry, "fn"))
        add_aggregate(L, builder, entry, name);
      else if (!(grouping ? query_group(builder->query, name, path_of(L, entry), &err)
                          : query_select(builder->query, name, path_of(L, entry), &err)))
        bind_raise(L, &err);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static bool has_column(const struct query *query, const char *name) {
  for (int i = 0; i < query_column_count(query); i++)
    if (strcmp(query_column_at(query, i).name, name) == 0)
      return true;
  return false;
}

static void add_order(lua_State *L, struct builder *builder) {
  struct error err;
  if (lua_getfield(L, 1, "order") == LUA_TTABLE) {
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TTABLE; i++) {
      int entry = lua_gettop(L);
      const char *path = path_of(L, entry);
      bool down = bind_option_flag(L, entry, "down");
      if (!(has_column(builder->query, path) ? query_order_column(builder->query, path, down, &err)
                                             : query_order(builder->query, path, down, &err)))
        bind_raise(L, &err);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Builds the query of the table at 1; its holder stays on the stack. */
static struct builder *push_query(lua_State *L) {
  struct error err;
  const struct kind *kind;
  struct book *book = state_of(L)->engine->book;
  luaL_checktype(L, 1, LUA_TTABLE);
  if (!catalog_find(book->catalog, bind_option_borrowed(L, 1, "kind"), &kind, &err))
    bind_raise(L, &err);
  struct builder *builder = push_builder(L);
  if (!query_new(&builder->query, book, kind, &err))
    bind_raise(L, &err);
  if (lua_getfield(L, 1, "where") == LUA_TTABLE) {
    add_condition(L, builder, lua_gettop(L), 0);
    if (!query_where(builder->query, take_condition(builder), &err))
      bind_raise(L, &err);
  }
  lua_pop(L, 1);
  add_columns(L, builder, "group");
  add_columns(L, builder, "select");
  add_order(L, builder);
  if (bind_option_has(L, 1, "limit"))
    query_limit(builder->query, (int64_t)bind_option_number(L, 1, "limit"),
                (int64_t)bind_option_number(L, 1, "offset"));
  return builder;
}

/* A reference becomes a record, so that row.owner.name works; of a formula's cell the prelude asks
 * the record for it. */
static void push_cell(lua_State *L, struct query_column column, const struct value *value) {
  if (column.formula_of && value->type == VALUE_INTEGER) {
    bind_push_record(L, column.formula_of, value->as.integer, NULL);
    return;
  }
  if (column.field && column.field->type == FIELD_REF && value->type == VALUE_INTEGER) {
    struct catalog *catalog = state_of(L)->engine->book->catalog;
    bind_push_record(L, catalog_kind(catalog, column.field->target), value->as.integer, NULL);
    return;
  }
  bind_push_value(L, value);
}

/* {name, type, formula, order}: the field of each row's record that is still to be asked for, and
 * the words that it is sorted by. */
static void push_column(lua_State *L, const struct query_column *column) {
  const struct field *formula = column->formula_of ? column->field : NULL;
  lua_createtable(L, 0, 4);
  lua_pushstring(L, column->name);
  lua_setfield(L, -2, "name");
  lua_pushstring(L, field_type_name(formula ? formula->type : column->type));
  lua_setfield(L, -2, "type");
  lua_pushstring(L, formula ? formula->name : NULL);
  lua_setfield(L, -2, "formula");
  if (column->field)
    bind_set_words(L, "order", field_words(column->field));
}

/* query_rows(table) → {{name = value}, …}, {column, …}. */
static int query_rows(lua_State *L) {
  struct error err;
  lua_settop(L, 1);
  struct builder *builder = push_query(L);
  const struct value *values;
  lua_newtable(L);
  if (!query_run(builder->query, state_of(L)->engine->book, &builder->cursor, &err))
    return bind_raise(L, &err);
  int count = query_column_count(builder->query);
  for (lua_Integer n = 1;; n++) {
    if (!cursor_next(builder->cursor, &values, &err))
      return bind_raise(L, &err);
    if (!values)
      break;
    lua_createtable(L, 0, count);
    for (int i = 0; i < count; i++) {
      struct query_column column = query_column_at(builder->query, i);
      push_cell(L, column, &values[i]);
      lua_setfield(L, -2, column.name);
    }
    lua_rawseti(L, -2, n);
  }
  lua_createtable(L, count, 0);
  for (int i = 0; i < count; i++) {
    struct query_column column = query_column_at(builder->query, i);
    push_column(L, &column);
    lua_rawseti(L, -2, i + 1);
  }
  return 2;
}

/* query_records(table) → list of records. */
static int query_records(lua_State *L) {
  struct error err;
  size_t count;
  lua_settop(L, 1);
  struct builder *builder = push_query(L);
  if (!query_ids(builder->query, state_of(L)->engine->book, &builder->ids, &count, &err))
    return bind_raise(L, &err);
  const struct kind *kind = query_kind(builder->query);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    bind_push_record(L, kind, builder->ids[i], NULL);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int query_count_rows(lua_State *L) {
  struct error err;
  int64_t count;
  lua_settop(L, 1);
  struct builder *builder = push_query(L);
  if (!query_count(builder->query, state_of(L)->engine->book, &count, &err))
    return bind_raise(L, &err);
  lua_pushinteger(L, count);
  return 1;
}

static void release_text(void *block) {
  text_release(block);
}

static int explain(lua_State *L) {
  struct error err;
  lua_settop(L, 1);
  struct builder *builder = push_query(L);
  struct text *text = holder_push(L, sizeof *text, release_text);
  if (!query_explain(builder->query, state_of(L)->engine->book, text, &err))
    return bind_raise(L, &err);
  lua_pushstring(L, text_string(text));
  return 1;
}

void bind_query_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"query_rows",    query_rows      },
      {"query_records", query_records   },
      {"query_count",   query_count_rows},
      {"query_explain", explain         },
      {NULL,            NULL            },
  };
  luaL_setfuncs(L, functions, 0);
}
