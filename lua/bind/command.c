/* Commands that scripts declare: parameters go in as values, words or rows come out. */
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/param.h"
#include "bind/result.h"
#include "engine/schedule.h"

struct command_script {
  struct state *state;
  int declaration; /* registry reference */
};

/* One run, handed into the protected part. */
struct run {
  const struct verb *verb;
  const struct value *values;
  struct verb_answer *answer;
  struct text *question;
};

static void push_declaration(lua_State *L, const struct run *run, const char *call) {
  const struct command_script *script = run->verb->payload;
  state_push_call(L, call);
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->declaration);
  bind_push_params(L, &run->verb->params, run->values);
}

static void take_text(lua_State *L, int index, struct text *out) {
  size_t length;
  const char *text = lua_tolstring(L, index, &length);
  if (text)
    text_append_bytes(out, text, length);
}

static int run_protected(lua_State *L) {
  struct run *run = lua_touserdata(L, 1);
  struct error err;
  push_declaration(L, run, "command");
  lua_call(L, 2, 1);
  int answer = lua_gettop(L);
  lua_getfield(L, answer, "text");
  take_text(L, -1, &run->answer->text);
  lua_getfield(L, answer, "told");
  take_text(L, -1, &run->answer->told);
  lua_pop(L, 2);
  if (!bind_option_has(L, answer, "columns") && !bind_option_has(L, answer, "blocks"))
    return 0;
  const char *title = bind_option_borrowed(L, answer, "title");
  if (!result_init(&run->answer->result, run->verb->name, title ? title : "", &err))
    return bind_raise(L, &err);
  run->answer->has_result = true;
  run->answer->bare = bind_option_flag(L, answer, "bare");
  bind_fill_result(L, answer, &run->answer->result);
  return 0;
}

static int ask_protected(lua_State *L) {
  struct run *run = lua_touserdata(L, 1);
  push_declaration(L, run, "question");
  lua_call(L, 2, 1);
  take_text(L, -1, run->question);
  return 0;
}

/* The record and the verdict of whoever called are not the command's. */
static bool call_script(struct run *run, lua_CFunction body, bool writing, struct error *err) {
  struct state *state = ((struct command_script *)run->verb->payload)->state;
  bool was_writing = state->writing;
  struct record *live = state->live;
  const struct record *subject = state->subject;
  struct verdict_item *tracing = state->tracing;
  const struct place *running = state->running;
  state->running = &run->verb->place;
  state->writing = writing;
  state->live = NULL;
  state->subject = NULL;
  state->tracing = NULL;
  state_forget_records(state);
  bool done = state_call(state, body, run, err);
  state->writing = was_writing;
  state->live = live;
  state->subject = subject;
  state->tracing = tracing;
  state->running = running;
  state_forget_records(state);
  return done;
}

static bool run_command(struct verb *verb, struct engine *engine, const struct value *values,
                        struct verb_answer *answer, struct error *err) {
  (void)engine;
  struct run run = {.verb = verb, .values = values, .answer = answer};
  if (!call_script(&run, run_protected, verb->writes, err) || !text_check(&answer->text, err) ||
      !text_check(&answer->told, err))
    return false;
  verb->seen.yes++;
  return true;
}

static bool ask_command(struct verb *verb, struct engine *engine, const struct value *values,
                        struct text *out, struct error *err) {
  (void)engine;
  struct run run = {.verb = verb, .values = values, .question = out};
  return call_script(&run, ask_protected, false, err) && text_check(out, err);
}

/* The question in the language of the program. */
static bool read_ask(lua_State *L, int param, char **out, struct error *err) {
  const char *ask = bind_option_borrowed(L, param, "ask");
  const char *shown = translate_twin(ask, bind_option_borrowed(L, param, "ask_ru"));
  *out = memory_copy_text(shown);
  return !shown || *out || error_memory(err);
}

/* Which parameter takes the rest, which are loose, and what is asked for which. */
static bool read_roles(lua_State *L, struct verb *verb, struct error *err) {
  bool done = true;
  lua_getfield(L, 1, "params");
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TTABLE; i++) {
    int param = lua_gettop(L);
    if (i <= VERB_PARAMS_MAX)
      done = done && read_ask(L, param, &verb->asks[i - 1], err);
    if (bind_option_flag(L, param, "rest"))
      verb->rest = (int)i - 1;
    uint32_t bit = i <= VERB_PARAMS_MAX ? (uint32_t)1 << (i - 1) : 0;
    verb->loose |= bind_option_flag(L, param, "loose") ? bit : 0;
    verb->named |= bind_option_flag(L, param, "named") ? bit : 0;
    verb->files |= bind_option_flag(L, param, "file") ? bit : 0;
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return done;
}

static bool read_examples(lua_State *L, struct verb *verb, struct error *err) {
  bool done = true;
  lua_getfield(L, 1, "examples");
  for (lua_Integer i = 1; done && lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
    done = verb_add_example(verb, lua_tostring(L, -1), err);
    lua_pop(L, 1);
  }
  lua_settop(L, 1);
  return done;
}

/* The declaration at index 1 is what runs. */
static bool run_by_script(lua_State *L, struct verb *verb, struct error *err) {
  struct state *state = state_of(L);
  struct command_script *script = state_payload(state, sizeof *script, err);
  if (!script)
    return false;
  script->state = state;
  lua_pushvalue(L, 1);
  script->declaration = luaL_ref(L, LUA_REGISTRYINDEX);
  verb->payload = script;
  verb->run = run_command;
  return true;
}

/* add_command{name, summary, params = {field, …}, examples, writes, confirm, run, …}: the table is
 * what dw.calls.command is handed at each run. */
static int add_command(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  lua_settop(L, 1);
  struct verb *verb = verb_new(bind_option_borrowed(L, 1, "name"), &err);
  struct verb **slot = verb ? list_add(&state->loading->rules->verbs, &err) : NULL;
  if (!slot) {
    verb_free(verb);
    return bind_raise(L, &err);
  }
  *slot = verb;
  if (!run_by_script(L, verb, &err))
    return bind_raise(L, &err);
  bool asks = bind_option_flag(L, 1, "confirm");
  verb->question = asks ? ask_command : NULL;
  verb->never_asks = !asks && bind_option_has(L, 1, "confirm"); /* confirm = false */
  verb->writes = bind_option_flag(L, 1, "writes");
  if (!read_roles(L, verb, &err) || !bind_option_text(L, 1, "summary", &verb->summary, &err) ||
      !bind_option_text(L, 1, "summary_ru", &verb->summary_ru, &err) ||
      !bind_option_place(L, 1, &verb->place, &err) ||
      !bind_read_fields(L, 1, "params", &verb->params, &err) || !read_examples(L, verb, &err))
    return bind_raise(L, &err);
  return 0;
}

/* add_schedule{name, title_ru, when, run, place}: the table is what dw.calls.command is handed. */
static int add_schedule(lua_State *L) {
  struct error err;
  lua_settop(L, 1);
  struct schedule *schedule = schedule_new(bind_option_borrowed(L, 1, "name"), &err);
  struct schedule **slot =
      schedule ? list_add(&state_of(L)->loading->rules->schedules, &err) : NULL;
  if (!slot) {
    schedule_free(schedule);
    return bind_raise(L, &err);
  }
  *slot = schedule;
  schedule->verb->writes = true;
  if (!recurrence_parse(&schedule->times, bind_option_borrowed(L, 1, "when"), &err) ||
      !bind_option_text(L, 1, "when", &schedule->when, &err) ||
      !bind_option_text(L, 1, "title_ru", &schedule->title_ru, &err) ||
      !bind_option_place(L, 1, &schedule->place, &err) ||
      !bind_option_place(L, 1, &schedule->verb->place, &err) ||
      !run_by_script(L, schedule->verb, &err))
    return bind_raise(L, &err);
  return 0;
}

/* check_times(words) → true, or nil and what is wrong with them. */
static int check_times(lua_State *L) {
  struct error err;
  struct recurrence times;
  if (!recurrence_parse(&times, luaL_checkstring(L, 1), &err))
    return bind_refusal(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

/* is_built_in(name) → whether the host has a command of that name. */
static int is_built_in(lua_State *L) {
  const struct state_host *host = &state_of(L)->host;
  const char *name = luaL_checkstring(L, 1);
  lua_pushboolean(L, host->is_built_in && host->is_built_in(host->payload, name));
  return 1;
}

static void release_line(void *block) {
  struct state_line *line = block;
  text_release(&line->said);
  if (line->result)
    result_release(line->result);
  memory_free(line->result);
}

/* run_line(line, word, …) → words, rows, columns: the last two of a command that answers a table.
 */
static int run_line(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  const struct state_host *host = &state->host;
  int last = lua_gettop(L);
  const char **more = lua_newuserdatauv(L, ((size_t)last + 1) * sizeof *more, 0);
  for (int i = 2; i <= last; i++)
    more[i - 2] = luaL_checkstring(L, i);
  if (!host->run_line)
    return bind_fail(L, "there are no commands here to run");
  struct state_line *line = holder_push(L, sizeof *line, release_line);
  line->line = luaL_checkstring(L, 1);
  line->more = more;
  line->more_count = (size_t)last - 1;
  line->may_write = state->writing;
  bool done = host->run_line(host->payload, line, &err);
  state_forget_records(state);
  if (!done)
    return bind_raise(L, &err);
  lua_pushlstring(L, text_string(&line->said), line->said.length);
  if (!line->result)
    return 1;
  bind_push_result(L, line->result);
  bind_push_columns(L, line->result);
  return 3;
}

enum { FILE_BYTES_MAX = 16 * 1024 * 1024 };

static void release_bytes(void *block) {
  char **bytes = block;
  memory_free(*bytes);
}

/* read_file(path) → its bytes. The prelude hands it paths that a person named only. */
static int read_file(lua_State *L) {
  struct error err;
  size_t length = 0;
  const char *path = luaL_checkstring(L, 1);
  char **bytes = holder_push(L, sizeof *bytes, release_bytes);
  if (!file_read(path, FILE_BYTES_MAX, bytes, &length, &err))
    return bind_raise(L, &err);
  lua_pushlstring(L, *bytes, length);
  return 1;
}

void bind_command_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"add_command",  add_command },
      {"add_schedule", add_schedule},
      {"check_times",  check_times },
      {"is_built_in",  is_built_in },
      {"run_line",     run_line    },
      {"read_file",    read_file   },
      {NULL,           NULL        },
  };
  luaL_setfuncs(L, functions, 0);
}
