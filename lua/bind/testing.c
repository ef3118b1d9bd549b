/* Runs the workspace's own tests on an empty book in memory with a clock that stands still, each in
 * a unit of its own that is taken back. */
#include "bind/failure.h"
#include "bind/result.h"

enum { TEST_NOW = 1767261600 }; /* 2026-01-01T10:00:00Z */

/* One run of all tests, handed into the protected part. */
struct test_run {
  const char *pattern;
  struct result *result;
  int *failed;
};

static int run_protected(lua_State *L) {
  struct test_run *run = lua_touserdata(L, 1);
  state_push_call(L, "run_tests");
  lua_pushstring(L, run->pattern ? run->pattern : "");
  lua_call(L, 1, 2); /* table for the result, count of failures */
  *run->failed = (int)lua_tointeger(L, -1);
  lua_pop(L, 1);
  bind_fill_result(L, lua_gettop(L), run->result);
  return 0;
}

static bool open_engine(struct engine **out, struct error *err) {
  struct book *book;
  if (!book_open(&book, "", BOOK_MEMORY, err))
    return false;
  book->clock = (struct clock){.fixed = true, .at = TEST_NOW};
  if (engine_open(out, book, err))
    return true;
  book_close(book);
  return false;
}

bool state_run_tests(struct state *state, const char *pattern, struct result *result, int *failed,
                     struct error *err) {
  struct engine *engine;
  struct state *tested = NULL;
  struct test_run run = {pattern, result, failed};
  const struct state_setup setup = {.folder = state->folder[0] ? state->folder : NULL,
                                    .limits = &state->limits,
                                    .host = &state->host};
  if (!open_engine(&engine, err))
    return false;
  bool done = state_load(&tested, engine, &setup, err);
  if (done) {
    tested->writing = true;
    done = state_call(tested, run_protected, &run, err);
  }
  state_close(tested);
  engine_close(engine);
  return done;
}

/* begin() and cancel(): the unit around one test. */
static int begin(lua_State *L) {
  struct error err;
  if (!unit_begin(state_of(L)->engine->book, "test", NULL, &err))
    return bind_raise(L, &err);
  return 0;
}

static int cancel(lua_State *L) {
  unit_cancel(state_of(L)->engine->book);
  state_forget_records(state_of(L));
  return 0;
}

void bind_testing_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"begin",  begin },
      {"cancel", cancel},
      {NULL,     NULL  },
  };
  luaL_setfuncs(L, functions, 0);
}
