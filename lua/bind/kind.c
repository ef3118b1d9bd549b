/* Kinds and fields that scripts declare, into the catalog of the loading under way; and the catalog
 * as the prelude sees it. */
#include <string.h>

#include "base/translate.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/value.h"
#include "model/rollup.h"

/* The catalog that declarations are checked against. */
static struct catalog *catalog_of(lua_State *L) {
  struct state *state = state_of(L);
  return state->loading ? state->loading->catalog : state->engine->book->catalog;
}

/* add_kind{name, plural, title, title_ru, belongs_to, name_field, members_of, members_meet} → true,
 * or nil and why not. */
static int add_kind(lua_State *L) {
  struct error err;
  luaL_checktype(L, 1, LUA_TTABLE);
  struct kind kind = {
      .name = bind_option_borrowed(L, 1, "name"),
      .plural = bind_option_borrowed(L, 1, "plural"),
      .title = bind_option_borrowed(L, 1, "title"),
      .title_ru = bind_option_borrowed(L, 1, "title_ru"),
      .belongs_to = bind_option_borrowed(L, 1, "belongs_to"),
      .name_field = bind_option_borrowed(L, 1, "name_field"),
      .members_of = bind_option_borrowed(L, 1, "members_of"),
      .members_meet = bind_option_borrowed(L, 1, "members_meet"),
      .custom = true,
  };
  if (!catalog_add_kind(state_of(L)->loading->catalog, &kind, &err))
    return bind_refusal(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

/* The list on top of the stack as values; they and what they borrow stay there. */
static const struct value *push_values(lua_State *L, size_t *count) {
  struct error err;
  int list = lua_gettop(L);
  *count = lua_rawlen(L, list);
  luaL_checkstack(L, (int)*count + LUA_MINSTACK, "too many values");
  struct value *values = lua_newuserdatauv(L, (*count + 1) * sizeof *values, 0);
  for (size_t i = 0; i < *count; i++) {
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    if (!bind_read_value(L, -1, &values[i], &err))
      bind_raise(L, &err);
  }
  return values;
}

/* What the filter borrows stays on the stack. */
static void push_filter(lua_State *L, int filter, struct comparison *out) {
  struct error err;
  const char *compare = bind_option_borrowed(L, filter, "op");
  *out = (struct comparison){.path = bind_option_borrowed(L, filter, "path")};
  if (lua_getfield(L, filter, "values") == LUA_TTABLE) {
    out->any_of = push_values(L, &out->any_count);
    return;
  }
  lua_getfield(L, filter, "value");
  if (!bind_compare_from_name(&out->compare, compare ? compare : ""))
    bind_fail(L, "a rollup can't filter by '%s'", compare ? compare : "this");
  if (!bind_read_value(L, -1, &out->value, &err))
    bind_raise(L, &err);
}

static enum aggregate aggregate_named(lua_State *L, const char *name) {
  static const char *const names[] = {"count",   "sum",    "average",    "minimum",
                                      "maximum", "median", "percentile", "count_distinct",
                                      NULL};
  lua_pushstring(L, name);
  int index = luaL_checkoption(L, -1, NULL, names);
  lua_pop(L, 1);
  return (enum aggregate)index;
}

/* The rollup of a field, with memory on the Lua stack; NULL when the field has none. */
static const struct rollup *push_rollup(lua_State *L, int table) {
  if (lua_getfield(L, table, "rollup") != LUA_TTABLE)
    return NULL;
  int from = lua_gettop(L);
  struct rollup *rollup = lua_newuserdatauv(L, sizeof *rollup, 0);
  lua_getfield(L, from, "filters");
  int list = lua_gettop(L);
  size_t count = lua_rawlen(L, list);
  struct comparison *filters = lua_newuserdatauv(L, (count + 1) * sizeof *filters, 0);
  for (size_t i = 0; i < count; i++) {
    luaL_checkstack(L, LUA_MINSTACK, "too many conditions");
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    push_filter(L, lua_gettop(L), &filters[i]);
  }
  *rollup = (struct rollup){
      .function = aggregate_named(L, bind_option_borrowed(L, from, "fn")),
      .kind = bind_option_borrowed(L, from, "kind"),
      .path = bind_option_borrowed(L, from, "path"),
      .via = bind_option_borrowed(L, from, "via"),
      .filters = filters,
      .filter_count = count,
  };
  return rollup;
}

static unsigned flags_of(lua_State *L, int table) {
  static const struct {
    const char *option;
    unsigned flag;
  } options[] = {
      {"required", FIELD_REQUIRED},
      {"engine",   FIELD_ENGINE  },
      {"indexed",  FIELD_INDEXED },
      {"long",     FIELD_LONG    },
      {"formula",  FIELD_FORMULA },
      {"rollup",   FIELD_ROLLUP  },
  };
  unsigned flags = FIELD_CUSTOM;
  for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
    if (bind_option_flag(L, table, options[i].option))
      flags |= options[i].flag;
  return flags;
}

/* Notes where the field of the table at 2 stands. */
static bool note_place(lua_State *L, const char *kind, const char *name, struct error *err) {
  struct text full = {0};
  if (!bind_option_has(L, 2, "place")) /* the program's own */
    return true;
  struct field_declaration *declared = list_add(&state_of(L)->loading->rules->fields, err);
  if (!declared)
    return false;
  text_format(&full, "%s.%s", kind, name);
  declared->name = text_take(&full, err);
  return declared->name && bind_option_place(L, 2, &declared->place, err);
}

/* add_field(kind, {name, type, place, …}) → true, or nil and why not. */
static int add_field(lua_State *L) {
  struct error err;
  luaL_checktype(L, 2, LUA_TTABLE);
  struct field field = {
      .name = bind_option_borrowed(L, 2, "name"),
      .flags = flags_of(L, 2),
      .title = bind_option_borrowed(L, 2, "title"),
      .title_ru = bind_option_borrowed(L, 2, "title_ru"),
      .help = bind_option_borrowed(L, 2, "help"),
      .help_ru = bind_option_borrowed(L, 2, "help_ru"),
      .target = bind_option_borrowed(L, 2, "to"),
      .has_min = bind_option_has(L, 2, "min"),
      .has_max = bind_option_has(L, 2, "max"),
      .min = bind_option_number(L, 2, "min"),
      .max = bind_option_number(L, 2, "max"),
  };
  if (!field_type_from_name(&field.type, bind_option_borrowed(L, 2, "type")))
    return bind_fail(L, "no such type of field");
  field.choices = bind_push_words(L, 2, "choices");
  field.choice_titles = bind_push_words(L, 2, "titles");
  field.choice_titles_ru = bind_push_words(L, 2, "titles_ru");
  field.rollup = push_rollup(L, 2);
  lua_getfield(L, 2, "default");
  if (!bind_read_value(L, -1, &field.fallback, &err) ||
      !catalog_add_field(state_of(L)->loading->catalog, luaL_checkstring(L, 1), &field, &err) ||
      !note_place(L, luaL_checkstring(L, 1), field.name, &err))
    return bind_refusal(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

/* order_field(kind, field, {word, …}): what listings sort the field by. */
static int order_field(lua_State *L) {
  struct error err;
  lua_settop(L, 3);
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, 3);
  lua_setfield(L, 4, "words");
  if (!catalog_order_field(state_of(L)->loading->catalog, luaL_checkstring(L, 1),
                           luaL_checkstring(L, 2), bind_push_words(L, 4, "words"), &err))
    return bind_raise(L, &err);
  return 0;
}

/* check_catalog() → true, or nil and what does not fit. */
static int check_catalog(lua_State *L) {
  struct error err;
  if (!catalog_check(catalog_of(L), &err))
    return bind_refusal(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

static void push_flags(lua_State *L, const struct field *field) {
  static const struct {
    const char *word;
    unsigned flag;
  } words[] = {
      {"required", FIELD_REQUIRED},
      {"engine",   FIELD_ENGINE  },
      {"rollup",   FIELD_ROLLUP  },
      {"formula",  FIELD_FORMULA },
      {"long",     FIELD_LONG    },
      {"custom",   FIELD_CUSTOM  },
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    lua_pushboolean(L, (field->flags & words[i].flag) != 0);
    lua_setfield(L, -2, words[i].word);
  }
  lua_pushboolean(L, field_is_stored(field));
  lua_setfield(L, -2, "stored");
}

static void push_field(lua_State *L, const struct field *field) {
  lua_createtable(L, 0, 12);
  lua_pushstring(L, field->name);
  lua_setfield(L, -2, "name");
  lua_pushstring(L, field_type_name(field->type));
  lua_setfield(L, -2, "type");
  lua_pushstring(L, field->title);
  lua_setfield(L, -2, "title");
  lua_pushstring(L, field->title_ru);
  lua_setfield(L, -2, "title_ru");
  lua_pushstring(L, field->target);
  lua_setfield(L, -2, "to");
  push_flags(L, field);
  bind_set_words(L, "choices", field->choices);
  bind_set_words(L, "words", field_words(field));
}

static void push_kind(lua_State *L, const struct kind *kind) {
  lua_createtable(L, 0, 7);
  lua_pushstring(L, kind->name);
  lua_setfield(L, -2, "name");
  lua_pushstring(L, kind->plural);
  lua_setfield(L, -2, "plural");
  lua_pushstring(L, kind->title);
  lua_setfield(L, -2, "title");
  lua_pushstring(L, kind->title_ru);
  lua_setfield(L, -2, "title_ru");
  lua_pushstring(L, kind->name_field);
  lua_setfield(L, -2, "name_field");
  lua_createtable(L, kind->field_count, 0);
  lua_createtable(L, 0, kind->field_count);
  for (int i = 0; i < kind->field_count; i++) {
    push_field(L, kind->fields[i]);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, kind->fields[i]->name);
    lua_rawseti(L, -3, i + 1);
  }
  lua_setfield(L, -3, "fields");
  lua_setfield(L, -2, "order");
}

/* Pushes the kind as the table of kinds at `former` has it, if it got no field since. */
static bool push_unchanged(lua_State *L, int former, const struct kind *kind) {
  if (!lua_istable(L, former))
    return false;
  if (lua_getfield(L, former, kind->name) == LUA_TTABLE) {
    lua_getfield(L, -1, "order");
    lua_Unsigned fields = lua_rawlen(L, -1);
    lua_pop(L, 1);
    if (fields == (lua_Unsigned)kind->field_count)
      return true;
  }
  lua_pop(L, 1);
  return false;
}

static void set_kind(lua_State *L, int table, int former, const struct kind *kind) {
  if (!push_unchanged(L, former, kind))
    push_kind(L, kind);
  lua_setfield(L, table, kind->name);
}

/* kinds(former) → {name = {name, plural, fields = {name = field}, order = {field, …}}}. */
static int kinds(lua_State *L) {
  const struct catalog *catalog = catalog_of(L);
  lua_settop(L, 1);
  lua_newtable(L);
  for (int i = 0; i < catalog_count(catalog); i++)
    set_kind(L, 2, 1, catalog_at(catalog, i));
  const struct kind *log;
  for (int i = 0; (log = catalog_log(catalog, i)); i++)
    set_kind(L, 2, 1, log);
  return 1;
}

/* set_currency(code) → true, or nil and why not. */
static int set_currency(lua_State *L) {
  const char *currency = luaL_checkstring(L, 1);
  struct money probe;
  struct error err;
  if (!money_from_minor(&probe, 0, currency, &err))
    return bind_refusal(L, &err);
  for (int i = 0; i < 3; i++)
    state_of(L)->loading->currency[i] = currency[i];
  lua_pushboolean(L, 1);
  return 1;
}

/* add_language(code) → true, or nil and why not: the first one is the workspace's own. */
static int add_language(lua_State *L) {
  const char *code = luaL_checkstring(L, 1);
  struct rules *rules = state_of(L)->loading->rules;
  struct error err;
  struct text all = {0};
  for (const char *const *known = translate_languages; *known; known++)
    if (strcmp(*known, code) == 0) {
      rules->language = rules->language ? rules->language : *known;
      lua_pushboolean(L, 1);
      return 1;
    }
  for (const char *const *known = translate_languages; *known; known++)
    text_format(&all, "%s%s", all.length ? ", " : "", *known);
  error_set(&err, ERROR_INVALID, "language '%s' is not spoken here; there are %s", code,
            text_string(&all));
  text_release(&all);
  return bind_refusal(L, &err);
}

void bind_kind_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"add_kind",      add_kind     },
      {"add_field",     add_field    },
      {"order_field",   order_field  },
      {"check_catalog", check_catalog},
      {"kinds",         kinds        },
      {"set_currency",  set_currency },
      {"add_language",  add_language },
      {NULL,            NULL         },
  };
  luaL_setfuncs(L, functions, 0);
}
