/* Runs the workspace's own tests on an empty book in memory with a clock that stands still, each in
 * a unit of its own that is taken back. */
#include <string.h>

#include "base/translate.h"
#include "bind/failure.h"
#include "bind/record.h"
#include "bind/result.h"
#include "engine/judge.h"
#include "engine/param.h"
#include "engine/promote.h"
#include "engine/report.h"
#include "engine/verb.h"

enum { TEST_NOW = 1767261600 }; /* 2026-01-01T10:00:00Z */

static int run_protected(lua_State *L) {
  struct state_tests *tests = lua_touserdata(L, 1);
  state_push_call(L, "run_tests");
  lua_pushstring(L, tests->pattern ? tests->pattern : "");
  lua_call(L, 1, 2); /* table for the result, count of failures */
  tests->failed = (int)lua_tointeger(L, -1);
  lua_pop(L, 1);
  bind_fill_result(L, lua_gettop(L), tests->result);
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

bool state_run_tests(struct state *state, struct state_tests *tests, struct error *err) {
  struct engine *engine;
  struct state *tested = NULL;
  struct state_host host = state->host;
  const struct state_setup setup = {.folder = state->folder[0] ? state->folder : NULL,
                                    .source = state->source.data,
                                    .source_length = state->source.length,
                                    .limits = &state->limits,
                                    .host = &host};
  host.run_line = NULL; /* it would work on the book of the session */
  if (!open_engine(&engine, err))
    return false;
  bool done = state_load(&tested, engine, &setup, err);
  if (done) {
    tested->writing = true;
    done = state_call(tested, run_protected, tests, err) &&
           (!tests->look || tests->look(tests->payload, engine->rules, err));
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

enum { ARGUMENTS_MAX = 32 };

/* The table at index 2 as name and word; the words live as long as it is left there. */
static size_t read_arguments(lua_State *L, struct report_argument *arguments) {
  size_t count = 0;
  lua_pushnil(L);
  while (lua_next(L, 2)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      bind_fail(L, "parameters are given by name: { since = \"2026-01-01\" }");
    if (count == ARGUMENTS_MAX)
      bind_fail(L, "more than %d parameters", (int)ARGUMENTS_MAX);
    arguments[count++] = (struct report_argument){lua_tostring(L, -2), lua_tostring(L, -1)};
    lua_pop(L, 1);
  }
  return count;
}

static void release_result(void *block) {
  result_release(block);
}

/* run_report(name, {parameter = word}) → rows, columns. */
static int run_report(lua_State *L) {
  struct error err;
  struct report *report;
  struct report_argument arguments[ARGUMENTS_MAX];
  struct engine *engine = state_of(L)->engine;
  lua_settop(L, 2);
  size_t count = read_arguments(L, arguments);
  if (!engine_find_report(engine, luaL_checkstring(L, 1), &report, &err))
    return bind_raise(L, &err);
  struct result *result = holder_push(L, sizeof *result, release_result);
  if (!report_run(engine, report, arguments, count, result, &err))
    return bind_raise(L, &err);
  bind_push_result(L, result);
  bind_push_columns(L, result);
  return 2;
}

/* A command's values and what it answers. */
struct trial {
  struct value values[VERB_PARAMS_MAX];
  size_t count;
  struct verb_answer answer;
};

static void release_trial(void *block) {
  struct trial *trial = block;
  for (size_t i = 0; i < trial->count; i++)
    value_release(&trial->values[i]);
  verb_answer_release(&trial->answer);
}

static struct verb *find_verb(lua_State *L, const char *name) {
  const struct list *verbs = &state_of(L)->engine->rules->verbs;
  for (size_t i = 0; i < verbs->count; i++) {
    struct verb *verb = *(struct verb **)list_at(verbs, i);
    if (strcmp(verb->name, name) == 0)
      return verb;
  }
  bind_fail(L, "the workspace declares no command '%s'", name);
  return NULL;
}

static bool read_values(struct engine *engine, const struct verb *verb,
                        const struct report_argument *arguments, size_t count, struct trial *trial,
                        struct error *err) {
  for (size_t i = 0; i < count; i++)
    if (param_find(&verb->params, arguments[i].name) < 0)
      return param_refuse(&verb->params, N_("command"), verb->name, arguments[i].name, err);
  for (; trial->count < verb->params.count; trial->count++) {
    const struct field *param = list_at(&verb->params, trial->count);
    const char *word = NULL;
    for (size_t i = 0; i < count; i++)
      word = strcmp(arguments[i].name, param->name) == 0 ? arguments[i].word : word;
    if (!param_read(engine, param, word, &trial->values[trial->count], err))
      return false;
  }
  return true;
}

/* run_command(name, {parameter = word}) → words, rows, columns: the last two of one that answers a
 * table. */
static int run_command(lua_State *L) {
  struct error err;
  struct report_argument arguments[ARGUMENTS_MAX];
  struct engine *engine = state_of(L)->engine;
  lua_settop(L, 2);
  size_t count = read_arguments(L, arguments);
  struct verb *verb = find_verb(L, luaL_checkstring(L, 1));
  struct trial *trial = holder_push(L, sizeof *trial, release_trial);
  if (!read_values(engine, verb, arguments, count, trial, &err) ||
      !verb->run(verb, engine, trial->values, &trial->answer, &err))
    return bind_raise(L, &err);
  lua_pushlstring(L, text_string(&trial->answer.text), trial->answer.text.length);
  if (!trial->answer.has_result || trial->answer.result.document)
    return 1;
  bind_push_result(L, &trial->answer.result);
  bind_push_columns(L, &trial->answer.result);
  return 3;
}

void bind_testing_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"begin",         begin        },
      {"cancel",        cancel       },
      {"promote",       promote      },
      {"speak_english", speak_english},
      {"stage_of",      stage_of     },
      {"run_report",    run_report   },
      {"run_command",   run_command  },
      {NULL,            NULL         },
  };
  luaL_setfuncs(L, functions, 0);
}
