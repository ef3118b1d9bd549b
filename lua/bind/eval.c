/* What the user types: chunks, files, completion, mapping scripts, tests. The prelude's session.lua
 * keeps the variables; here is the door from C. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "bind/failure.h"
#include "bind/files.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/result.h"
#include "bind/value.h"

/* One evaluation, handed into the protected part. */
struct chunk {
  const char *text, *name;
  struct state_answer *answer;
  struct result *result; /* under construction */
};

void state_answer_release(struct state_answer *answer) {
  text_release(&answer->shown);
  if (answer->result) {
    result_release(answer->result);
    memory_free(answer->result);
  }
  *answer = (struct state_answer){0};
}

static void release_result(void *block) {
  struct result **result = block;
  if (!*result)
    return;
  result_release(*result);
  memory_free(*result);
}

/* The table on top of the stack becomes the answer's result. */
static void give_result(lua_State *L, struct state_answer *answer) {
  struct error err;
  int table = lua_gettop(L);
  struct result **slot = holder_push(L, sizeof *slot, release_result);
  struct result *result = memory_new(sizeof *result);
  const char *title = bind_option_borrowed(L, table, "title");
  if (!result || !result_init(result, "list", title ? title : "", &err)) {
    memory_free(result);
    error_memory(&err);
    bind_raise(L, &err);
  }
  *slot = result;
  bind_fill_result(L, table, result);
  result->single = bind_option_flag(L, table, "single");
  answer->result = result;
  *slot = NULL;
}

static int evaluate(lua_State *L) {
  struct chunk *chunk = lua_touserdata(L, 1);
  size_t length;
  state_push_call(L, "evaluate");
  lua_pushstring(L, chunk->text);
  lua_pushstring(L, chunk->name);
  lua_call(L, 2, 2); /* shown, table for the result */
  const char *shown = lua_tolstring(L, -2, &length);
  if (shown)
    text_append_bytes(&chunk->answer->shown, shown, length);
  if (lua_istable(L, -1))
    give_result(L, chunk->answer);
  return 0;
}

static int forget_chunk(lua_State *L) {
  bool *forgotten = lua_touserdata(L, 1);
  state_push_call(L, "forget_chunk");
  lua_call(L, 0, 1);
  *forgotten = lua_toboolean(L, -1);
  return 0;
}

/* The text is what failures of the call may be in. */
static bool call_with(struct state *state, lua_CFunction body, struct chunk *chunk,
                      struct error *err) {
  const char *name = state->chunk_name, *text = state->chunk;
  state->chunk_name = chunk->name;
  state->chunk = chunk->text;
  bool done = state_call(state, body, chunk, err);
  state->chunk_name = name;
  state->chunk = text;
  return done;
}

/* What a failed chunk put into variables must not leave the session without room to work in. */
static void make_room(struct state *state, struct error *err) {
  struct error ignored; /* what failed before is told */
  bool forgotten = false;
  size_t most = state->limits.bytes / 2;
  if (most == 0 || state->memory_used <= most || state->watchdog.depth > 0)
    return;
  lua_gc(state->L, LUA_GCCOLLECT);
  if (state->memory_used <= most || !state_call(state, forget_chunk, &forgotten, &ignored) ||
      !forgotten)
    return;
  lua_gc(state->L, LUA_GCCOLLECT);
  error_set(err, err->code, "%s; what it had set is forgotten", err->message);
}

bool state_eval(struct state *state, const char *chunk, const char *chunk_name,
                struct state_answer *answer, struct error *err) {
  struct chunk call = {chunk, chunk_name, answer, NULL};
  char file[64];
  snprintf(file, sizeof file, "%s", chunk_name);
  const struct place place = {file, 1}, *running = state->running;
  bool writing = state->writing;
  state_forget_records(state);
  state->writing = true;
  if (!strchr(chunk, '\n')) /* `return f(x)` leaves no line behind: it is this one */
    state->running = &place;
  bool done = call_with(state, evaluate, &call, err);
  state->running = running;
  state->writing = writing;
  if (!done)
    make_room(state, err);
  return done && text_check(&answer->shown, err);
}

/* One question whether a text is Lua. */
struct trial {
  const char *text;
  bool well, incomplete;
};

static int compiles(lua_State *L) {
  struct trial *trial = lua_touserdata(L, 1);
  state_push_call(L, "compiles");
  lua_pushstring(L, trial->text);
  lua_call(L, 1, 2);
  trial->well = lua_toboolean(L, -2);
  trial->incomplete = lua_toboolean(L, -1);
  return 0;
}

bool state_compiles(struct state *state, const char *text, bool *incomplete) {
  struct error err; /* for want of memory it is no Lua */
  struct trial trial = {.text = text};
  bool called = state_call(state, compiles, &trial, &err);
  *incomplete = trial.incomplete;
  return called && trial.well;
}

bool state_run_file(struct state *state, const char *path, struct state_answer *answer,
                    struct error *err) {
  char *text;
  size_t length;
  if (!files_read(path, &text, &length, err))
    return false;
  bool done = strlen(text) == length ||
              error_set(err, ERROR_SCRIPT, "'%s' is no text: it holds a zero byte", path);
  done = done && state_eval(state, text, path, answer, err);
  memory_free(text);
  return done;
}

static int read_plan(lua_State *L) {
  struct chunk *chunk = lua_touserdata(L, 1);
  state_push_call(L, "load_plan");
  lua_pushstring(L, chunk->name);
  lua_pushstring(L, chunk->text);
  lua_call(L, 2, 0);
  return 0;
}

/* Reads the chunk's mapping, telling all mistakes. */
static bool read_mapping(struct state *state, struct chunk *chunk, struct text *report,
                         struct error *err) {
  struct complaints complaints = {0};
  struct error failure;
  state->complaints = &complaints;
  bool done = call_with(state, read_plan, chunk, &failure);
  state->complaints = NULL;
  if (!done)
    *err = failure;
  bool well = complaints_end(&complaints, done ? report : NULL, done ? err : &failure);
  return done && well;
}

bool state_import_plan(struct state *state, const char *path, struct import_plan **plan,
                       struct text *report, struct error *err) {
  char *text;
  size_t length;
  struct import_plan *read = NULL;
  const char *base = strrchr(path, '/');
  size_t before = report ? report->length : 0;
  if (!files_read(path, &text, &length, err))
    return false;
  struct chunk call = {text, base ? base + 1 : path, NULL, NULL};
  state->plan = &read;
  bool done = read_mapping(state, &call, report, err);
  state->plan = NULL;
  memory_free(text);
  if (done && !read)
    done = error_set(err, ERROR_SCRIPT, "'%s' declares no import { file … }", call.name);
  if (report && !done && report->length == before)
    text_format(report, "%s\n", err->message);
  if (!done && read)
    import_plan_free(read);
  else if (done)
    *plan = read;
  return done;
}

static void release_run(void *block) {
  release_result(block);
}

static void push_words(lua_State *L, int first, int last, const char **words) {
  for (int i = first; i <= last; i++)
    words[i - first] = luaL_checkstring(L, i);
}

/* run_verb(verb, word, …) → rows, columns, or nothing. The prelude made words of the arguments. */
static int run_verb(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  const char *verb = luaL_checkstring(L, 1);
  int last = lua_gettop(L);
  const char **words = lua_newuserdatauv(L, ((size_t)last + 1) * sizeof *words, 0);
  push_words(L, 2, last, words);
  if (!state->writing)
    return bind_fail(L, "criteria, rules and reports only read; they can't call '%s'", verb);
  struct result **result = holder_push(L, sizeof *result, release_run);
  bool done =
      state->host.run_verb(state->host.payload, verb, words, (size_t)last - 1, result, &err);
  state_forget_records(state);
  if (!done)
    return bind_raise(L, &err);
  if (!*result)
    return 0;
  bind_push_result(L, *result);
  bind_push_columns(L, *result);
  return 2;
}

/* verbs() → list of the host's verbs. */
static int verbs(lua_State *L) {
  const struct state *state = state_of(L);
  lua_newtable(L);
  for (lua_Integer i = 0; state->host.verbs && state->host.verbs[i]; i++) {
    lua_pushstring(L, state->host.verbs[i]);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

/* place() → file, line of the innermost line of a script. */
static int place(lua_State *L) {
  lua_Debug activation;
  if (!bind_place(L, &activation))
    return 0;
  lua_pushstring(L, activation.short_src);
  lua_pushinteger(L, activation.currentline);
  return 2;
}

/* lines(function) → file, first line, last line. */
static int lines(lua_State *L) {
  lua_Debug activation;
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_getinfo(L, ">S", &activation);
  lua_pushstring(L, activation.short_src);
  lua_pushinteger(L, activation.linedefined);
  lua_pushinteger(L, activation.lastlinedefined);
  return 3;
}

void bind_eval_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"run_verb", run_verb},
      {"verbs",    verbs   },
      {"place",    place   },
      {"lines",    lines   },
      {NULL,       NULL    },
  };
  luaL_setfuncs(L, functions, 0);
}
