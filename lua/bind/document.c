#include "bind/document.h"

#include "base/memory.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/result.h"
#include "engine/document.h"

static void add_items(lua_State *L, int entry, struct block *block) {
  struct error err;
  if (lua_getfield(L, entry, "items") == LUA_TTABLE) {
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
      if (!block_add_item(block, lua_tostring(L, -1), &err))
        bind_raise(L, &err);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* The block owns it before anything can be raised. */
static void add_table(lua_State *L, int entry, struct block *block) {
  struct error err;
  const char *title = bind_option_borrowed(L, entry, "title");
  struct result *table = memory_new(sizeof *table);
  if (!table || !result_init(table, "table", title ? title : "", &err)) {
    memory_free(table);
    error_memory(&err);
    bind_raise(L, &err);
  }
  block->table = table;
  bind_fill_result(L, entry, table);
}

static void add_block(lua_State *L, int entry, struct document *document) {
  struct error err;
  enum block_type type;
  const char *name = bind_option_borrowed(L, entry, "type");
  if (!name || !block_type_from_name(&type, name))
    bind_fail(L, "a document has no block '%s'", name ? name : "");
  struct block *block = document_add(document, type, bind_option_borrowed(L, entry, "text"), &err);
  if (!block)
    bind_raise(L, &err);
  if (bind_option_has(L, entry, "level"))
    block->level = (int)bind_option_number(L, entry, "level");
  add_items(L, entry, block);
  if (type == BLOCK_TABLE)
    add_table(L, entry, block);
}

void bind_fill_document(lua_State *L, int index, const char *title, struct result *result) {
  struct error err;
  char *copy = memory_copy_text(title);
  if (title && !copy)
    error_memory(&err), bind_raise(L, &err);
  if (copy) {
    memory_free(result->title);
    result->title = copy;
  }
  result->document = document_new(&err);
  if (!result->document)
    bind_raise(L, &err);
  for (lua_Integer i = 1; lua_rawgeti(L, index, i) == LUA_TTABLE; i++) {
    add_block(L, lua_gettop(L), result->document);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}
