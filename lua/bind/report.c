/* Reports that scripts declare: parameters go in as values, rows come out as a result. */
#include "engine/report.h"

#include "base/memory.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/result.h"
#include "bind/value.h"

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

/* A reference is handed to the script as a record. */
static void push_parameter(lua_State *L, const struct field *field, const struct value *value) {
  struct catalog *catalog = state_of(L)->engine->book->catalog;
  if (field->type == FIELD_REF && value->type == VALUE_INTEGER)
    bind_push_record(L, catalog_kind(catalog, field->target), value->as.integer, NULL);
  else
    bind_push_value(L, value);
}

static int run_protected(lua_State *L) {
  struct run *run = lua_touserdata(L, 1);
  state_push_call(L, "report");
  lua_rawgeti(L, LUA_REGISTRYINDEX, run->script->declaration);
  lua_newtable(L);
  for (size_t i = 0; i < run->report->params.count; i++) {
    const struct field *field = list_at(&run->report->params, i);
    push_parameter(L, field, &run->values[i]);
    lua_setfield(L, -2, field->name);
  }
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
  script->state->writing = false;
  state_forget_records(script->state);
  bool done = state_call(script->state, run_protected, &run, err);
  script->state->writing = writing;
  return done;
}

/* The texts of parameters are the state's: it lives as long as the report. */
static bool read_param(lua_State *L, int table, struct field *field, struct error *err) {
  struct state *state = state_of(L);
  struct value fallback;
  if (!field_type_from_name(&field->type, bind_option_borrowed(L, table, "type")))
    return error_set(err, ERROR_SCRIPT, "no such type of parameter");
  field->name = state_text(state, bind_option_borrowed(L, table, "name"), err);
  field->title = state_text(state, bind_option_borrowed(L, table, "title"), err);
  field->title_ru = state_text(state, bind_option_borrowed(L, table, "title_ru"), err);
  field->help = state_text(state, bind_option_borrowed(L, table, "help"), err);
  field->target = state_text(state, bind_option_borrowed(L, table, "to"), err);
  if (!field->name)
    return false;
  if (bind_option_flag(L, table, "required"))
    field->flags |= FIELD_REQUIRED;
  lua_getfield(L, table, "default");
  bool done =
      bind_read_value(L, -1, &fallback, err) && value_copy(&field->fallback, &fallback, err);
  lua_pop(L, 1);
  return done && bind_option_choices(L, table, &field->choices, err);
}

static bool add_params(lua_State *L, struct report *report, struct error *err) {
  lua_getfield(L, 1, "params");
  int params = lua_gettop(L);
  for (lua_Integer i = 1; lua_rawgeti(L, params, i) == LUA_TTABLE; i++) {
    struct field *field = list_add(&report->params, err);
    if (!field || !read_param(L, lua_gettop(L), field, err))
      return false;
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return true;
}

/* add_report{name, title, title_ru, help, params = {field, …}, place, …}: the table is what
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
      !bind_option_place(L, 1, &report->place, &err) || !add_params(L, report, &err))
    return bind_raise(L, &err);
  return 0;
}

void bind_report_open(lua_State *L) {
  lua_pushcfunction(L, add_report);
  lua_setfield(L, -2, "add_report");
}
