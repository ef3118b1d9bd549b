/* Runs the workspace's own tests on an empty book in memory with a clock that stands still, each in
 * a unit of its own that is taken back. */
#include "base/translate.h"
#include "bind/failure.h"
#include "bind/record.h"
#include "bind/result.h"
#include "engine/judge.h"
#include "engine/promote.h"

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
  struct state *state = state_of(L);
  if (!unit_begin(state->engine->book, "test", NULL, &err))
    return bind_raise(L, &err);
  state->language = translate_language();
  return 0;
}

/* speak_english(whether): the test's own functions hear English, whoever runs them, so that a text
 * they expect is the same for all; what is said about the test is in the reader's language. */
static int speak_english(lua_State *L) {
  translate_use(lua_toboolean(L, 1) ? NULL : state_of(L)->language);
  return 0;
}

static int cancel(lua_State *L) {
  translate_use(state_of(L)->language);
  unit_cancel(state_of(L)->engine->book);
  state_forget_records(state_of(L));
  return 0;
}

/* promote() → nil, or what was in the way of the first that could not be. */
static int promote(lua_State *L) {
  struct error err;
  struct engine *engine = state_of(L)->engine;
  size_t first = engine->promotions.count;
  bool done = promote_touched(engine, &err);
  state_forget_records(state_of(L));
  if (!done)
    return bind_raise(L, &err);
  lua_pushnil(L);
  for (size_t i = first; i < engine->promotions.count; i++) {
    const struct promotion *promotion = list_at(&engine->promotions, i);
    if (promotion->trouble && lua_isnil(L, -1))
      lua_pushfstring(L, "%s: %s", promotion->name, promotion->trouble);
  }
  return 1;
}

/* stage_of(record, stage): where the record stands in the process that has that stage. */
static int stage_of(lua_State *L) {
  struct error err;
  struct move move;
  struct record record;
  const struct kind *kind;
  int64_t id = bind_check_record(L, 1, &kind);
  const char *stage = luaL_checkstring(L, 2);
  if (!record_load(&record, state_of(L)->engine->book, kind, id, &err))
    return bind_raise(L, &err);
  bool found = judge_find(&move, state_of(L)->engine, &record, stage, &err);
  const char *at = found && move.from ? move.from->name : NULL;
  record_release(&record);
  if (!found)
    return bind_raise(L, &err);
  lua_pushstring(L, at);
  return 1;
}

void bind_testing_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"begin",         begin        },
      {"cancel",        cancel       },
      {"promote",       promote      },
      {"speak_english", speak_english},
      {"stage_of",      stage_of     },
      {NULL,            NULL         },
  };
  luaL_setfuncs(L, functions, 0);
}
