/* A mapping script's plan as the engine wants it. The prelude has checked it. */
#include "engine/import.h"

#include "base/memory.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "engine/decode.h"

/* Calls the reader for every table of the list under the key; the entry is on top. */
static bool read_list(lua_State *L, int table, const char *key, struct list *list,
                      bool (*read)(lua_State *L, int entry, void *item, struct error *err),
                      struct error *err) {
  bool done = true;
  if (lua_getfield(L, table, key) == LUA_TTABLE) {
    int entries = lua_gettop(L);
    for (lua_Integer i = 1; done && lua_rawgeti(L, entries, i) != LUA_TNIL; i++) {
      void *item = list_add(list, err);
      done = item && read(L, lua_gettop(L), item, err);
      lua_settop(L, entries);
    }
    lua_settop(L, entries);
  }
  lua_pop(L, 1);
  return done;
}

static bool read_word_text(lua_State *L, int entry, void *item, struct error *err) {
  char **text = item;
  *text = memory_copy_text(lua_tostring(L, entry));
  return *text || error_memory(err);
}

static bool read_translation(lua_State *L, int entry, void *item, struct error *err) {
  struct import_translation *translation = item;
  return bind_option_text(L, entry, "from", &translation->from, err) &&
         bind_option_text(L, entry, "to", &translation->to, err);
}

static bool read_column(lua_State *L, int entry, void *item, struct error *err) {
  struct import_column *column = item;
  column->values.size = sizeof(struct import_translation);
  column->create = bind_option_flag(L, entry, "create");
  column->required = bind_option_flag(L, entry, "required");
  return bind_option_text(L, entry, "header", &column->header, err) &&
         bind_option_text(L, entry, "to", &column->field, err) &&
         bind_option_text(L, entry, "by", &column->by, err) &&
         bind_option_text(L, entry, "suffix", &column->suffix, err) &&
         bind_option_text(L, entry, "since", &column->since, err) &&
         read_list(L, entry, "translations", &column->values, read_translation, err);
}

static bool read_stage(lua_State *L, int entry, void *item, struct error *err) {
  struct import_stage *stage = item;
  return bind_option_text(L, entry, "stage", &stage->stage, err) &&
         bind_option_text(L, entry, "at", &stage->at, err);
}

static bool read_word(lua_State *L, int entry, void *item, struct error *err) {
  struct import_word *word = item;
  word->stages.size = sizeof(struct import_stage);
  return bind_option_text(L, entry, "word", &word->word, err) &&
         read_list(L, entry, "stages", &word->stages, read_stage, err);
}

static bool read_stages(lua_State *L, int entry, struct import_stages *stages, struct error *err) {
  bool done = true;
  stages->words.size = sizeof(struct import_word);
  if (lua_getfield(L, entry, "stages") == LUA_TTABLE) {
    int table = lua_gettop(L);
    done = bind_option_text(L, table, "process", &stages->process, err) &&
           bind_option_text(L, table, "column", &stages->column, err) &&
           read_list(L, table, "words", &stages->words, read_word, err);
  }
  lua_settop(L, entry);
  return done;
}

static bool read_file(lua_State *L, int entry, void *item, struct error *err) {
  struct import_file *file = item;
  const char *order = bind_option_borrowed(L, entry, "order");
  const char *decimal = bind_option_borrowed(L, entry, "decimal");
  file->columns.size = sizeof(struct import_column);
  file->ignore.size = sizeof(char *);
  file->stages.words.size = sizeof(struct import_word);
  file->decimal = decimal ? decimal[0] : '\0';
  if (order && !date_order_from_name(&file->order, order))
    return error_set(err, ERROR_SCRIPT, "order '%s' is none of ymd, dmy, mdy", order);
  return bind_option_text(L, entry, "name", &file->name, err) &&
         bind_option_text(L, entry, "kind", &file->kind, err) &&
         bind_option_text(L, entry, "match", &file->match, err) &&
         bind_option_text(L, entry, "encoding", &file->encoding, err) &&
         bind_option_text(L, entry, "delimiter", &file->delimiter, err) &&
         bind_option_text(L, entry, "currency", &file->currency, err) &&
         bind_option_text(L, entry, "since", &file->since, err) &&
         bind_option_place(L, entry, &file->place, err) &&
         read_list(L, entry, "columns", &file->columns, read_column, err) &&
         read_list(L, entry, "ignored", &file->ignore, read_word_text, err) &&
         read_stages(L, entry, &file->stages, err);
}

/* add_plan{title, files}: into the slot that state_import_plan() waits for. */
static int add_plan(lua_State *L) {
  struct error err;
  struct import_plan **slot = state_of(L)->plan;
  if (!slot)
    return bind_fail(L, "import belongs in a mapping script");
  *slot = import_plan_new(&err);
  if (!*slot)
    return bind_raise(L, &err);
  (*slot)->files.size = sizeof(struct import_file);
  if (!bind_option_text(L, 1, "title", &(*slot)->title, &err) ||
      !read_list(L, 1, "files", &(*slot)->files, read_file, &err))
    return bind_raise(L, &err);
  return 0;
}

/* check_currency(code) → true, or nil and why not. */
static int check_currency(lua_State *L) {
  struct money probe;
  struct error err;
  if (!money_from_minor(&probe, 0, luaL_checkstring(L, 1), &err))
    return bind_refusal(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

/* check_encoding(name) → true, or nil and why not. */
static int check_encoding(lua_State *L) {
  struct decode *decode = NULL;
  struct error err;
  if (!decode_open_memory(&decode, "", 0, luaL_checkstring(L, 1), &err))
    return bind_refusal(L, &err);
  decode_close(decode);
  lua_pushboolean(L, 1);
  return 1;
}

void bind_import_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"add_plan",       add_plan      },
      {"check_currency", check_currency},
      {"check_encoding", check_encoding},
      {NULL,             NULL          },
  };
  luaL_setfuncs(L, functions, 0);
}
