#include "bind/state.h"

#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/memory.h"
#include "bind/blame.h"
#include "bind/failure.h"

extern const struct embedded_file prelude_files[]; /* compiled: lua/compile.c */

static const char calls_key;

struct state *state_of(lua_State *L) {
  return *(struct state **)lua_getextraspace(L);
}

void state_forget_records(struct state *state) {
  state->generation++;
}

/* Lua's door to memory, with the state's limit. */
static void *allocate(void *payload, void *block, size_t old_size, size_t new_size) {
  struct state *state = payload;
  size_t old = block ? old_size : 0;
  size_t limit = state->limits.bytes;
  bool over_limit = limit && new_size > old && state->memory_used - old + new_size > limit;
  void *moved = over_limit ? NULL : pool_resize(&state->pool, block, old, new_size);
  if (moved || new_size == 0)
    state->memory_used = state->memory_used - old + new_size;
  else
    state->over_limit = over_limit;
  return moved;
}

bool state_call(struct state *state, lua_CFunction body, void *argument, struct error *err) {
  lua_State *L = state->L;
  int top = lua_gettop(L);
  if (!lua_checkstack(L, LUA_MINSTACK))
    return error_set(err, ERROR_MEMORY, "too many scripts call one another");
  watchdog_enter(&state->watchdog);
  lua_pushcfunction(L, blame_handler);
  lua_pushcfunction(L, body);
  lua_pushlightuserdata(L, argument);
  int status = lua_pcall(L, 1, 0, top + 1);
  if (status != LUA_OK) {
    bind_read_failure(L, status, err);
    watchdog_explain(&state->watchdog, err);
    if (status == LUA_ERRMEM && state->over_limit && state->watchdog.death == DEATH_NONE)
      error_set(err, ERROR_TIMEOUT, "the script needs more memory than it may have");
  }
  lua_settop(L, top);
  watchdog_leave(&state->watchdog);
  return status == LUA_OK;
}

/* Runs the files of the prelude, each handed dw, which is at the index. */
static void run_prelude(lua_State *L, int dw) {
  for (const struct embedded_file *file = prelude_files; file->name; file++) {
    int status = luaL_loadbufferx(L, file->text, file->length, "=prelude", "b");
    if (status == LUA_ERRMEM)
      bind_raise(L, &(struct error){.code = ERROR_MEMORY, .message = "out of memory"});
    if (status != LUA_OK)
      luaL_error(L, "%s: %s", file->name, lua_tostring(L, -1));
    lua_pushvalue(L, dw);
    lua_call(L, 1, 0);
  }
}

void state_push_call(lua_State *L, const char *name) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &calls_key);
  if (lua_getfield(L, -1, name) != LUA_TFUNCTION)
    luaL_error(L, "the prelude lacks '%s'", name);
  lua_remove(L, -2);
}

void *state_payload(struct state *state, size_t size, struct error *err) {
  void **slot = list_add(&state->payloads, err);
  if (!slot)
    return NULL;
  *slot = memory_new(size);
  if (!*slot)
    error_memory(err);
  return *slot;
}

char *state_text(struct state *state, const char *text, struct error *err) {
  if (!text)
    return NULL;
  char *copy = state_payload(state, strlen(text) + 1, err);
  return copy ? strcpy(copy, text) : NULL;
}

/* A holder: the release function before the block. */
struct holder {
  void (*release)(void *block);
  max_align_t block[];
};

static int holder_release(lua_State *L) {
  struct holder *holder = lua_touserdata(L, 1);
  void (*release)(void *block) = holder->release;
  holder->release = NULL;
  if (release)
    release(holder->block);
  return 0;
}

void *holder_push(lua_State *L, size_t size, void (*release)(void *block)) {
  struct holder *holder = lua_newuserdatauv(L, sizeof *holder + size, 0);
  memset(holder, 0, sizeof *holder + size);
  luaL_setmetatable(L, "holder");
  lua_toclose(L, -1);
  holder->release = release;
  return holder->block;
}

void holder_close(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_closeslot(L, index);
  lua_remove(L, index);
}

static void open_holder(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"__close", holder_release},
      {"__gc",    holder_release},
      {NULL,      NULL          },
  };
  luaL_newmetatable(L, "holder");
  luaL_setfuncs(L, methods, 0);
  lua_pop(L, 1);
}

/* The parts of C that the prelude works with, by the file that adds them. */
static void push_functions(lua_State *L) {
  static void (*const parts[])(lua_State * L) = {
      bind_failure_open,  bind_value_open,   bind_date_open,      bind_money_open,
      bind_record_open,   bind_write_open,   bind_query_open,     bind_kind_open,
      bind_process_open,  bind_report_open,  bind_scorecard_open, bind_import_open,
      bind_sandbox_open,  bind_pattern_open, bind_eval_open,      bind_workspace_open,
      bind_testing_open,  bind_command_open, bind_translate_open, bind_statistics_open,
      bind_identity_open, bind_vcard_open,   bind_verdict_open,   bind_reference_open,
  };
  lua_newtable(L);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    parts[i](L);
}

/* Lua's own libraries, for the prelude only: no script ever sees this table. */
static void push_libraries(lua_State *L) {
  static const luaL_Reg libraries[] = {
      {"_G",     luaopen_base  },
      {"string", luaopen_string},
      {"table",  luaopen_table },
      {"math",   luaopen_math  },
      {"utf8",   luaopen_utf8  },
      {NULL,     NULL          },
  };
  lua_newtable(L);
  for (const luaL_Reg *library = libraries; library->name; library++) {
    luaL_requiref(L, library->name, library->func, 0);
    lua_setfield(L, -2, library->name);
  }
}

/* Runs the prelude: each file is handed dw = {c, lua, calls, base, verbs}. */
static int open_prelude(lua_State *L) {
  static const char *const tables[] = {"calls", "base", "verbs", "session"};
  open_holder(L);
  lua_newtable(L);
  int dw = lua_gettop(L);
  push_functions(L);
  lua_setfield(L, dw, "c");
  push_libraries(L);
  lua_setfield(L, dw, "lua");
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
    lua_newtable(L);
    lua_setfield(L, dw, tables[i]);
  }
  lua_getfield(L, dw, "calls");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &calls_key);
  run_prelude(L, dw);
  return 0;
}

static int on_panic(lua_State *L) {
  (void)L;
  abort(); /* every call is protected: this is a programming mistake */
}

bool state_new(struct state **out, struct engine *engine, const struct state_limits *limits,
               const struct state_host *host, struct error *err) {
  struct state *state = memory_new(sizeof *state);
  if (!state)
    return error_memory(err);
  state->engine = engine;
  state->limits = limits ? *limits : (struct state_limits){0};
  state->host = host ? *host : (struct state_host){0};
  state->files.size = sizeof(struct source_file);
  state->payloads.size = sizeof(void *);
  state->L = lua_newstate(allocate, state);
  if (!state->L) {
    memory_free(state);
    return error_memory(err);
  }
  lua_atpanic(state->L, on_panic);
  *(struct state **)lua_getextraspace(state->L) = state;
  lua_gc(state->L, LUA_GCSTOP); /* loading makes little garbage; its limit holds all the same */
  if (!watchdog_open(&state->watchdog, state->L, engine->book, &state->limits, err) ||
      !state_call(state, open_prelude, NULL, err)) {
    state_close(state);
    return false;
  }
  *out = state;
  return true;
}

void state_release_files(struct state *state) {
  for (size_t i = 0; i < state->files.count; i++) {
    struct source_file *file = list_at(&state->files, i);
    memory_free(file->name);
    memory_free(file->text);
  }
  list_release(&state->files);
  text_release(&state->source);
  memory_free(state->folder);
}

void state_close(struct state *state) {
  if (!state)
    return;
  if (state->engine->formula_payload == state)
    state->engine->formula = NULL;
  watchdog_close(&state->watchdog);
  lua_close(state->L);
  pool_release(&state->pool);
  for (size_t i = 0; i < state->payloads.count; i++)
    memory_free(*(void **)list_at(&state->payloads, i));
  list_release(&state->payloads);
  text_release(&state->trace);
  state_release_files(state);
  memory_free(state);
}

const char *state_folder(const struct state *state) {
  return state->folder ? state->folder : "";
}

const char *state_source(const struct state *state, size_t *length) {
  *length = state->source.length;
  return text_string(&state->source);
}

void state_interrupt(struct state *state) {
  watchdog_kill(&state->watchdog, DEATH_INTERRUPT);
}

const char *state_lua_version(void) {
  return LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE;
}
