/* Everything that a script can get hold of, compared with reach.txt: adding something is a
 * decision. Every name that stands anywhere in the state is tried on everything reachable, as a
 * script would, and none of Lua's own functions that read, load, look behind metatables or run
 * without a limit may turn up. DEALWRIGHT_WRITE_REACH=1 writes the file anew. */
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "bind/record.h"
#include "bind/state.h"
#include "bind/value.h"
#include "engine/process.h"
#include "support/unit.h"

enum { NOW = 1767261600 };

struct walk {
  struct text lines;
  struct list forbidden; /* of lua_CFunction */
  struct text caught;    /* forbidden functions by path, one a line */
  int names;             /* stack index: every string that is a key anywhere: {name = true} */
  int order;             /* the same sorted: {name, …} */
  int seen;              /* {object = path} */
  int queue;             /* {{path, object}, …} */
  lua_Integer queued;
};

/* Strings that are keys of tables reachable in any way at all, also ways that scripts don't have.
 */
static void collect_names(lua_State *L, int names, int visited) {
  int object = lua_gettop(L);
  luaL_checkstack(L, 20, "too deep");
  if (lua_type(L, object) != LUA_TTABLE && lua_type(L, object) != LUA_TFUNCTION)
    return;
  lua_pushvalue(L, object);
  bool again = lua_rawget(L, visited) != LUA_TNIL;
  lua_settop(L, object);
  if (again)
    return;
  lua_pushvalue(L, object);
  lua_pushboolean(L, 1);
  lua_rawset(L, visited);
  if (lua_getmetatable(L, object))
    collect_names(L, names, visited);
  lua_settop(L, object);
  for (int i = 1; lua_isfunction(L, object) && lua_getupvalue(L, object, i); i++) {
    collect_names(L, names, visited);
    lua_settop(L, object);
  }
  if (!lua_istable(L, object))
    return;
  for (lua_pushnil(L); lua_next(L, object); lua_pop(L, 1)) {
    if (lua_type(L, -2) == LUA_TSTRING) {
      lua_pushvalue(L, -2);
      lua_pushboolean(L, 1);
      lua_rawset(L, names);
    }
    collect_names(L, names, visited);
  }
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Pushes the names as a sorted list. */
static void push_sorted(lua_State *L, int names) {
  size_t count = 0;
  const char *sorted[20000];
  for (lua_pushnil(L); lua_next(L, names); lua_pop(L, 1)) {
    assert_true(count < sizeof sorted / sizeof *sorted);
    sorted[count++] = lua_tostring(L, -2);
  }
  qsort(sorted, count, sizeof *sorted, compare_texts);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_pushstring(L, sorted[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static bool is_forbidden(struct walk *walk, lua_CFunction function) {
  for (size_t i = 0; i < walk->forbidden.count; i++)
    if (*(lua_CFunction *)list_at(&walk->forbidden, i) == function)
      return true;
  return false;
}

/* Pushes what stands for the value on top: of the values of the engine one of each sort is enough.
 */
static void push_identity(lua_State *L) {
  if (lua_isfunction(L, -1) || luaL_getmetafield(L, -1, "__type") == LUA_TNIL)
    lua_pushvalue(L, -1);
}

static bool is_new(lua_State *L, struct walk *walk, const char **former) {
  push_identity(L);
  lua_pushvalue(L, -1);
  lua_rawget(L, walk->seen);
  *former = lua_tostring(L, -1);
  lua_pop(L, 2);
  return !*former;
}

static void remember(lua_State *L, struct walk *walk, const char *path) {
  push_identity(L);
  lua_pushstring(L, path);
  lua_rawset(L, walk->seen);
}

/* Notes the value on top of the stack, and puts it into the queue when it may hold more. */
static void note(lua_State *L, struct walk *walk, const char *path) {
  const char *former = NULL;
  int type = lua_type(L, -1);
  bool holds = type == LUA_TTABLE || type == LUA_TUSERDATA || type == LUA_TFUNCTION;
  const char *what = lua_iscfunction(L, -1) ? "C function" : luaL_typename(L, -1);
  if (lua_iscfunction(L, -1) && is_forbidden(walk, lua_tocfunction(L, -1)))
    text_format(&walk->caught, "%s\n", path);
  if (holds && !is_new(L, walk, &former)) {
    text_format(&walk->lines, "%s = %s\n", path, former);
    return;
  }
  text_format(&walk->lines, "%s: %s\n", path, what);
  if (!holds)
    return;
  remember(L, walk, path);
  lua_createtable(L, 2, 0);
  lua_pushstring(L, path);
  lua_rawseti(L, -2, 1);
  lua_pushvalue(L, -2);
  lua_rawseti(L, -2, 2);
  lua_rawseti(L, walk->queue, ++walk->queued);
}

static int get_key(lua_State *L) {
  lua_settop(L, 2);
  lua_gettable(L, 1);
  return 1;
}

static void try_key(lua_State *L, struct walk *walk, int object, const char *path, int key) {
  int top = lua_gettop(L);
  lua_pushcfunction(L, get_key);
  lua_pushvalue(L, object);
  lua_pushvalue(L, key);
  if (lua_pcall(L, 2, 1, 0) == LUA_OK && !lua_isnil(L, -1)) {
    lua_pushvalue(L, key);
    const char *name = luaL_tolstring(L, -1, NULL);
    const char *below = lua_pushfstring(L, "%s.%s", path, name);
    lua_pushvalue(L, top + 1);
    note(L, walk, below);
  }
  lua_settop(L, top);
}

/* What a script can get out of the object: by any name, by its own keys, as its metatable. */
static void walk_object(lua_State *L, struct walk *walk, int object, const char *path) {
  size_t count = lua_rawlen(L, walk->order);
  for (size_t i = 1; i <= count; i++) {
    lua_rawgeti(L, walk->order, (lua_Integer)i);
    try_key(L, walk, object, path, lua_gettop(L));
    lua_pop(L, 1);
  }
  for (lua_Integer i = 1; lua_istable(L, object) && i <= (lua_Integer)lua_rawlen(L, object); i++) {
    lua_pushinteger(L, i);
    try_key(L, walk, object, path, lua_gettop(L));
    lua_pop(L, 1);
  }
  if (lua_type(L, object) == LUA_TTABLE && lua_getmetatable(L, object)) {
    if (luaL_getmetafield(L, object, "__metatable") == LUA_TNIL) {
      const char *below = lua_pushfstring(L, "getmetatable(%s)", path);
      lua_pushvalue(L, -2);
      note(L, walk, below);
    }
  }
}

static void walk_all(lua_State *L, struct walk *walk) {
  for (lua_Integer i = 1; i <= walk->queued; i++) {
    int top = lua_gettop(L);
    lua_rawgeti(L, walk->queue, i);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    walk_object(L, walk, top + 3, lua_tostring(L, top + 2));
    lua_settop(L, top);
  }
}

/* Replaces the function on top of the stack with what it keeps under that name. */
static void follow_upvalue(lua_State *L, const char *wanted) {
  const char *name;
  for (int i = 1; (name = lua_getupvalue(L, -1, i)); i++) {
    if (strcmp(name, wanted) == 0) {
      lua_remove(L, -2);
      return;
    }
    lua_pop(L, 1);
  }
  luaL_error(L, "no upvalue '%s'", wanted);
}

static void push_dw(lua_State *L) {
  state_push_call(L, "load_file");
  follow_upvalue(L, "dw");
}

static void note_environment(lua_State *L, struct walk *walk, const char *call, const char *table,
                             const char *path) {
  push_dw(L);
  lua_getfield(L, -1, "environment");
  state_push_call(L, call);
  follow_upvalue(L, table);
  lua_pushstring(L, path);
  lua_call(L, 2, 1);
  note(L, walk, path);
  lua_pop(L, 2);
}

static const char context_key;

static int take_context(lua_State *L) {
  lua_pushvalue(L, 2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &context_key);
  return 0;
}

static void note_context(lua_State *L, struct walk *walk) {
  state_push_call(L, "act");
  lua_pushcfunction(L, take_context);
  lua_pushinteger(L, 1);
  lua_call(L, 2, 0);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &context_key);
  note(L, walk, "ctx");
  lua_pop(L, 1);
}

/* What expressions of a script give: one value of each sort. */
static void note_samples(lua_State *L, struct walk *walk, int session) {
  static const struct {
    const char *path, *source;
  } samples[] = {
      {"(text)",      "''"                                       },
      {"(number)",    "1"                                        },
      {"(boolean)",   "true"                                     },
      {"(function)",  "function() end"                           },
      {"(nil)",       "nil"                                      },
      {"(record)",    "users:first()"                            },
      {"(rows)",      "users:select 'name':all()"                },
      {"(date)",      "today()"                                  },
      {"(instant)",   "now()"                                    },
      {"(money)",     "amount(1)"                                },
      {"(condition)", "over(1)"                                  },
      {"(aggregate)", "count()"                                  },
      {"(failure)",   "select(2, pcall(amount, 1, 'nothing'))"   },
      {"(message)",   "select(2, pcall(error, {}))"              },
      {"(iterator)",  "pairs {}"                                 },
      {"(gmatch)",    "string.gmatch('a', 'a')"                  },
      {"(own)",       "setmetatable({}, { __index = { x = 1 } })"},
  };
  for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
    const char *chunk = lua_pushfstring(L, "return %s", samples[i].source);
    if (luaL_loadbufferx(L, chunk, strlen(chunk), "=sample", "t") != LUA_OK)
      lua_error(L);
    lua_pushvalue(L, session);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1) || lua_type(L, -1) == LUA_TSTRING || lua_isnumber(L, -1) ||
        lua_isboolean(L, -1))
      walk_object(L, walk, lua_gettop(L), samples[i].path);
    else
      note(L, walk, samples[i].path);
    lua_pop(L, 2);
  }
}

static void note_field(lua_State *L, struct walk *walk) {
  push_dw(L);
  lua_getfield(L, -1, "verbs");
  lua_getfield(L, -1, "text");
  lua_pushliteral(L, "name");
  lua_call(L, 1, 1);
  note(L, walk, "(field)");
  lua_pop(L, 3);
}

static int walk_state(lua_State *L) {
  struct walk *walk = lua_touserdata(L, 1);
  lua_newtable(L);
  walk->names = lua_gettop(L);
  lua_newtable(L);
  int visited = lua_gettop(L);
  lua_pushvalue(L, LUA_REGISTRYINDEX);
  collect_names(L, walk->names, visited);
  lua_settop(L, walk->names);
  push_sorted(L, walk->names);
  walk->order = lua_gettop(L);
  lua_newtable(L);
  walk->seen = lua_gettop(L);
  lua_newtable(L);
  walk->queue = lua_gettop(L);
  state_push_call(L, "compiles");
  follow_upvalue(L, "compile");
  follow_upvalue(L, "environment");
  int session = lua_gettop(L);
  note(L, walk, "session");
  note_environment(L, walk, "begin_loading", "globals", "workspace");
  note_environment(L, walk, "load_plan", "verbs", "mapping");
  note_samples(L, walk, session);
  note_field(L, walk);
  note_context(L, walk);
  walk_all(L, walk);
  return 0;
}

/* Lua's own functions that no script may have. */
static void list_forbidden(struct list *out) {
  static const char *const libraries[] = {"io", "os", "debug", "package", "coroutine"};
  static const char *const functions[][2] = {
      {"_G",     "load"          },
      {"_G",     "loadfile"      },
      {"_G",     "dofile"        },
      {"_G",     "require"       },
      {"_G",     "rawset"        },
      {"_G",     "rawget"        },
      {"_G",     "rawlen"        },
      {"_G",     "pcall"         },
      {"_G",     "xpcall"        },
      {"_G",     "next"          },
      {"_G",     "pairs"         },
      {"_G",     "print"         },
      {"_G",     "warn"          },
      {"_G",     "tostring"      },
      {"_G",     "collectgarbage"},
      {"_G",     "getmetatable"  },
      {"_G",     "setmetatable"  },
      {"string", "dump"          },
      {"string", "rep"           },
      {"string", "format"        },
      {"string", "find"          },
      {"string", "match"         },
      {"string", "gmatch"        },
      {"string", "gsub"          },
      {"string", "pack"          },
      {"string", "unpack"        },
      {"string", "packsize"      },
      {"string", "lower"         },
      {"string", "upper"         },
      {"table",  "concat"        },
      {"table",  "insert"        },
      {"table",  "remove"        },
      {"table",  "move"          },
      {"table",  "sort"          },
      {"math",   "random"        },
      {"math",   "randomseed"    },
  };
  struct error err;
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  out->size = sizeof(lua_CFunction);
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    lua_getglobal(L, libraries[i]);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
      if (lua_iscfunction(L, -1))
        *(lua_CFunction *)list_add(out, &err) = lua_tocfunction(L, -1);
    lua_pop(L, 1);
  }
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    lua_getglobal(L, functions[i][0]);
    lua_getfield(L, -1, functions[i][1]);
    assert_true(lua_iscfunction(L, -1));
    *(lua_CFunction *)list_add(out, &err) = lua_tocfunction(L, -1);
    lua_pop(L, 2);
  }
  lua_close(L);
}

static void read_file(const char *path, struct text *out) {
  char block[4096];
  size_t got;
  FILE *file = fopen(path, "rb");
  while (file && (got = fread(block, 1, sizeof block, file)) > 0)
    text_append_bytes(out, block, got);
  if (file)
    fclose(file);
}

/* The first line that differs, and how to accept it. */
static void compare_lines(const char *found, const char *listed) {
  while (*found && *found == *listed)
    found++, listed++;
  if (*found == *listed)
    return;
  fail_msg(
      "what scripts reach is not what tests/lua/reach.txt lists, from here:\n  found:  %.*s\n"
      "  listed: %.*s\nIf that is wanted: DEALWRIGHT_WRITE_REACH=1 %s, read the diff, commit it",
      (int)strcspn(found, "\n"), found, (int)strcspn(listed, "\n"), listed, "test_reach");
}

static const char path_of_list[] = TEST_ROOT "/tests/lua/reach.txt";

/* The tables of the command line and of mapping scripts are made at their first use. */
static void load_all_parts(struct state *state) {
  struct error err;
  struct import_plan *plan;
  struct state_answer answer = {0};
  if (!state_import_plan(state, TEST_ROOT "/scripts/demo/import.lua", &plan, NULL, &err) ||
      !state_eval(state, "=1", "line", &answer, &err))
    fail_msg("%s", err.message);
  import_plan_free(plan);
  state_answer_release(&answer);
}

static void scripts_reach_what_is_listed(void **context) {
  (void)context;
  struct error err;
  struct book *book;
  struct engine *engine;
  struct state *state;
  struct record user;
  struct walk walk = {{0}, {0}, {0}, 0, 0, 0, 0, 0};
  struct text listed = {0};
  struct value name = value_text("Ann");
  assert_true(book_open(&book, "", BOOK_MEMORY, &err));
  book->clock = (struct clock){.fixed = true, .at = NOW};
  assert_true(engine_open(&engine, book, &err));
  assert_true(state_load(&state, engine, &(struct state_setup){.folder = NULL}, &err));
  assert_true(record_init(&user, catalog_kind(book->catalog, "user"), &err));
  assert_true(record_set(&user, book, kind_field(user.kind, "name"), &name, &err));
  assert_true(engine_create(engine, &user, "new", &err));
  record_release(&user);
  list_forbidden(&walk.forbidden);
  load_all_parts(state);
  if (!state_call(state, walk_state, &walk, &err))
    fail_msg("%s", err.message);
  assert_string_equal(text_string(&walk.caught), "");
  if (getenv("DEALWRIGHT_WRITE_REACH")) {
    FILE *file = fopen(path_of_list, "wb");
    assert_non_null(file);
    fputs(text_string(&walk.lines), file);
    fclose(file);
  }
  read_file(path_of_list, &listed);
  compare_lines(text_string(&walk.lines), text_string(&listed));
  text_release(&listed);
  text_release(&walk.lines);
  text_release(&walk.caught);
  list_release(&walk.forbidden);
  state_close(state);
  engine_close(engine);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(scripts_reach_what_is_listed)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
