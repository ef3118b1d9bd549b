/* Reports that scripts declare: parameters go in as values, rows come out as a result. */
#include "engine/report.h"

#include "base/memory.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/param.h"
#include "bind/result.h"
#include "engine/chart.h"

struct report_script {
  struct state *state;
  int declaration; /* registry reference */
};

/* One run, handed into the protected part. */
struct run {
  struct report *report;
  const struct report_script *script;
  const struct value *values;
  struct result *result;
};

static int run_protected(lua_State *L) {
  struct run *run = lua_touserdata(L, 1);
  state_push_call(L, "report");
  lua_rawgeti(L, LUA_REGISTRYINDEX, run->script->declaration);
  bind_push_params(L, &run->report->params, run->values);
  lua_call(L, 2, 1);
  bind_fill_result(L, lua_gettop(L), run->result);
  return 0;
}

static bool run_report(struct report *report, struct engine *engine, const struct value *values,
                       struct result *result, struct error *err) {
  (void)engine;
  struct report_script *script = report->payload;
  struct run run = {report, script, values, result};
  bool writing = script->state->writing;
  const struct place *running = script->state->running;
  script->state->running = &report->place;
  script->state->writing = false;
  state_forget_records(script->state);
  bool done = state_call(script->state, run_protected, &run, err);
  script->state->writing = writing;
  script->state->running = running;
  return done;
}

/* add_report{name, title, title_ru, help, params = {field, …}, columns = {field, …},
 * place, …}: the table is what
 * dw.calls.report is handed at each run. */
static int add_report(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  struct report *report = report_new(bind_option_borrowed(L, 1, "name"), &err);
  struct report **slot = report ? list_add(&state->loading->rules->reports, &err) : NULL;
  if (!slot) {
    report_free(report);
    return bind_raise(L, &err);
  }
  *slot = report;
  struct report_script *script = state_payload(state, sizeof *script, &err);
  if (!script)
    return bind_raise(L, &err);
  script->state = state;
  lua_pushvalue(L, 1);
  script->declaration = luaL_ref(L, LUA_REGISTRYINDEX);
  report->payload = script;
  report->run = run_report;
  if (!bind_option_text(L, 1, "title", &report->title, &err) ||
      !bind_option_text(L, 1, "title_ru", &report->title_ru, &err) ||
      !bind_option_text(L, 1, "help", &report->help, &err) ||
      !bind_option_text(L, 1, "help_ru", &report->help_ru, &err) ||
      !bind_option_place(L, 1, &report->place, &err) ||
      !bind_read_fields(L, 1, "params", &report->params, &err) ||
      !bind_read_fields(L, 1, "columns", &report->columns, &err))
    return bind_raise(L, &err);
  return 0;
}

/* is_report(name) */
static int is_report(lua_State *L) {
  struct report *report;
  struct error unknown;
  const char *name = luaL_checkstring(L, 1);
  lua_pushboolean(L, engine_find_report(state_of(L)->engine, name, &report, &unknown));
  return 1;
}

void bind_report_open(lua_State *L) {
  lua_pushcfunction(L, is_report);
  lua_setfield(L, -2, "is_report");
  lua_pushcfunction(L, add_report);
  lua_setfield(L, -2, "add_report");
  bind_set_words(L, "chart_types", chart_type_names);
  lua_pushstring(L, CHART_COUNT);
  lua_setfield(L, -2, "chart_count");
}
