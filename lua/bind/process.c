/* Processes, stages, criteria and actions that scripts declare, and the calls back into them. */
#include "engine/process.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/value.h"
#include "engine/accept.h"
#include "engine/automation.h"

/* What a callback of the engine is handed: a value in the registry of a state. */
struct script {
  struct state *state;
  int reference;
};

static struct script *script_new(lua_State *L, int reference) {
  struct error err;
  struct script *script = state_payload(state_of(L), sizeof *script, &err);
  if (!script)
    bind_raise(L, &err);
  script->state = state_of(L);
  script->reference = reference;
  return script;
}

/* One judgement, handed into the protected part. */
struct judgement {
  const struct script *script;
  struct verdict_item *item;
  const char *call; /* "check" or "fix" */
};

static bool copy_answer(lua_State *L, int index, char **out, struct error *err) {
  *out = memory_copy_text(lua_tostring(L, index));
  return *out || !lua_isstring(L, index) || error_memory(err);
}

static int judge(lua_State *L) {
  struct judgement *call = lua_touserdata(L, 1);
  struct error err;
  state_push_call(L, call->call);
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->script->reference);
  bind_push_subject(L);
  lua_call(L, 2, 2);
  if (lua_isinteger(L, -2)) {
    call->item->outcome = (enum outcome)lua_tointeger(L, -2);
    if (!copy_answer(L, -1, &call->item->detail, &err))
      bind_raise(L, &err);
  } else {
    call->item->partial = lua_toboolean(L, -1);
    if (!copy_answer(L, -2, &call->item->fix, &err))
      bind_raise(L, &err);
  }
  return 0;
}

/* Whether the failure ends the whole move and not only this criterion. */
static bool is_fatal(const struct error *err) {
  return err->code == ERROR_MEMORY || err->code == ERROR_INTERRUPTED || err->code == ERROR_TIMEOUT;
}

/* A NULL copy is lack of memory here: the texts are there. */
static bool keep_text(char **out, const char *text, struct error *err) {
  *out = memory_copy_text(text);
  return *out || error_memory(err);
}

/* The hint with its placeholders filled in, or as written when they can't be; of a function that
 * failed why it did. */
static bool fix_criterion(struct judgement *call, const struct criterion *criterion,
                          struct error *err) {
  struct error failure;
  call->call = "fix";
  if (state_call(call->script->state, judge, call, &failure))
    return true;
  if (is_fatal(&failure)) {
    *err = failure;
    return false;
  }
  bool computed = criterion->fix[0] == '\0';
  const char *hint = translate_twin(criterion->fix, criterion->fix_ru);
  return keep_text(&call->item->fix, computed ? failure.message : hint, err);
}

static bool check_and_fix(struct criterion *criterion, struct verdict_item *item,
                          struct error *err) {
  struct script *script = criterion->payload;
  struct state *state = script->state;
  struct judgement call = {script, item, "check"};
  struct error failure;
  state->tracing = item;
  bool judged = state_call(state, judge, &call, &failure);
  state->tracing = NULL;
  if (!judged && is_fatal(&failure)) {
    *err = failure;
    return false;
  }
  if (!judged) {
    item->outcome = OUTCOME_BROKEN;
    if (!keep_text(&item->detail, failure.message, err))
      return false;
  }
  bool missing = item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN;
  return !missing || !criterion->fix || fix_criterion(&call, criterion, err);
}

/* Criteria only read: what one of them loaded is true for all of the same hearing. */
static bool check_criterion(struct criterion *criterion, struct engine *engine,
                            struct record *record, struct verdict_item *item, struct error *err) {
  struct state *state = ((struct script *)criterion->payload)->state;
  struct verdict_item *tracing = state->tracing;
  const struct record *subject = state->subject;
  if (state->heard != engine->hearing)
    state_forget_records(state);
  state->heard = engine->hearing;
  state->subject = record;
  bool checked = check_and_fix(criterion, item, err);
  state->tracing = tracing;
  state->subject = subject;
  return checked;
}

/* One action, handed into the protected part. */
struct deed {
  const struct script *script;
  struct record *record;
  const struct event *event; /* NULL for on_enter and on_leave */
};

static int act(lua_State *L) {
  struct deed *deed = lua_touserdata(L, 1);
  state_push_call(L, "act");
  lua_rawgeti(L, LUA_REGISTRYINDEX, deed->script->reference);
  bind_push_live_record(L, deed->record);
  if (!deed->event || !deed->event->field) {
    lua_call(L, 2, 0);
    return 0;
  }
  bind_push_value(L, &deed->event->old);
  bind_push_value(L, &deed->event->new);
  lua_pushboolean(L, 1);
  lua_call(L, 5, 0);
  return 0;
}

static bool run_deed(struct deed *deed, struct error *err) {
  struct state *state = deed->script->state;
  struct record *outer = state->live;
  struct verdict_item *tracing = state->tracing;
  const struct record *subject = state->subject;
  bool writing = state->writing;
  state_forget_records(state);
  state->subject = NULL;
  state->live = deed->record;
  state->writing = true;
  state->tracing = NULL;
  bool done = state_call(state, act, deed, err);
  state->live = outer;
  state->writing = writing;
  state->tracing = tracing;
  state->subject = subject;
  return done;
}

static bool run_stage_action(struct engine *engine, struct record *record, void *payload,
                             struct error *err) {
  (void)engine;
  struct deed deed = {payload, record, NULL};
  return run_deed(&deed, err);
}

static bool run_event_action(struct engine *engine, const struct event *event, void *payload,
                             struct error *err) {
  (void)engine;
  struct deed deed = {payload, event->record, event};
  return run_deed(&deed, err);
}

static struct process *declared_process(lua_State *L, const char *name) {
  struct list *processes = &state_of(L)->loading->rules->processes;
  for (size_t i = 0; i < processes->count; i++) {
    struct process *process = *(struct process **)list_at(processes, i);
    if (strcmp(process->name, name) == 0)
      return process;
  }
  bind_fail(L, "no process '%s'", name);
  return NULL;
}

static bool add_stages(lua_State *L, int table, struct process *process, struct error *err) {
  static const char *const ends[] = {"open", "won", "lost", "closed", NULL};
  lua_getfield(L, table, "all_stages");
  int stages = lua_gettop(L);
  for (lua_Integer i = 1; lua_rawgeti(L, stages, i) == LUA_TTABLE; i++) {
    int entry = lua_gettop(L);
    struct stage *stage = process_add_stage(process, bind_option_borrowed(L, entry, "name"), err);
    if (!stage)
      return false;
    lua_getfield(L, entry, "ending");
    stage->end = (enum stage_end)luaL_checkoption(L, -1, "open", ends);
    lua_pop(L, 2);
  }
  lua_pop(L, 2);
  return true;
}

/* where = {{field, values = {…}}}: checked before, but for what the field itself accepts. */
static bool add_conditions(lua_State *L, int table, struct process *process, struct error *err) {
  const char *currency = state_of(L)->engine->book->currency;
  if (lua_getfield(L, table, "where") != LUA_TTABLE) {
    lua_pop(L, 1);
    return true;
  }
  int where = lua_gettop(L);
  for (lua_Integer i = 1; lua_rawgeti(L, where, i) == LUA_TTABLE; i++) {
    const struct field *field =
        kind_field(process->kind, bind_option_borrowed(L, where + 1, "field"));
    struct process_condition *condition = process_add_condition(process, field, err);
    lua_getfield(L, where + 1, "values");
    for (lua_Integer j = 1; condition && lua_rawgeti(L, where + 2, j) != LUA_TNIL; j++) {
      struct value value, *slot = list_add(&condition->values, err);
      if (!slot || !bind_read_value(L, -1, &value, err) ||
          !field_accept(field, &value, currency, slot, err))
        return false;
      lua_pop(L, 1);
    }
    if (!condition)
      return false;
    lua_settop(L, where);
  }
  lua_settop(L, where - 1);
  return true;
}

static bool fill_process(lua_State *L, struct process *process, struct error *err) {
  static const char *const backs[] = {"never", "with reason", "free", NULL};
  struct state *state = state_of(L);
  process->kind = catalog_kind(state->loading->catalog, bind_option_borrowed(L, 1, "kind"));
  process->field = kind_field(process->kind, bind_option_borrowed(L, 1, "field"));
  process->skip = bind_option_flag(L, 1, "skip");
  lua_getfield(L, 1, "back");
  process->back = (enum back_rule)luaL_checkoption(L, -1, "with reason", backs);
  lua_pop(L, 1);
  return bind_option_text(L, 1, "title", &process->title, err) &&
         bind_option_text(L, 1, "title_ru", &process->title_ru, err) &&
         bind_option_place(L, 1, &process->place, err) && add_conditions(L, 1, process, err) &&
         add_stages(L, 1, process, err);
}

/* add_process{name, kind, field, all_stages = {{name, ending}}, …}: everything was checked before.
 */
static int add_process(lua_State *L) {
  struct error err;
  struct process *process = process_new(bind_option_borrowed(L, 1, "name"), &err);
  struct process **slot = process ? list_add(&state_of(L)->loading->rules->processes, &err) : NULL;
  if (!slot) {
    process_free(process);
    return bind_raise(L, &err);
  }
  *slot = process;
  if (!fill_process(L, process, &err))
    return bind_raise(L, &err);
  return 0;
}

static void set_action(lua_State *L, int table, const char *key, stage_action_fn *function,
                       void **payload) {
  int reference = bind_option_reference(L, table, key);
  if (reference == LUA_NOREF)
    return;
  *payload = script_new(L, reference);
  *function = run_stage_action;
}

/* add_stage(process, stage, {title, probability, rot, auto, on_enter, on_leave, …}). */
static int add_stage(lua_State *L) {
  struct error err;
  struct process *process = declared_process(L, luaL_checkstring(L, 1));
  struct stage *stage = process_stage(process, luaL_checkstring(L, 2));
  if (!stage)
    return bind_fail(L, "no stage '%s'", lua_tostring(L, 2));
  stage->has_probability = bind_option_has(L, 3, "probability");
  stage->probability = bind_option_number(L, 3, "probability");
  stage->rot_days = (int)bind_option_number(L, 3, "rot");
  stage->automatic = bind_option_flag(L, 3, "auto");
  set_action(L, 3, "on_enter", &stage->on_enter, &stage->enter_payload);
  set_action(L, 3, "on_leave", &stage->on_leave, &stage->leave_payload);
  if (!bind_option_text(L, 3, "title", &stage->title, &err) ||
      !bind_option_text(L, 3, "title_ru", &stage->title_ru, &err) ||
      !bind_option_text(L, 3, "purpose", &stage->purpose, &err) ||
      !bind_option_text(L, 3, "purpose_ru", &stage->purpose_ru, &err) ||
      !bind_option_place(L, 3, &stage->place, &err))
    return bind_raise(L, &err);
  return 0;
}

/* Fills it from the table at the index: {id, text, level, fix, since, …}. Raises. */
static void fill_criterion(lua_State *L, int table, struct criterion *criterion) {
  struct error err;
  const char *level = bind_option_borrowed(L, table, "level");
  criterion->level = level && strcmp(level, "should") == 0 ? LEVEL_SHOULD : LEVEL_MUST;
  lua_getfield(L, table, "since");
  const date *since = bind_test_date(L, -1);
  criterion->has_since = since != NULL;
  criterion->since = since ? *since : 0;
  criterion->check = check_criterion;
  lua_pushvalue(L, table);
  criterion->payload = script_new(L, luaL_ref(L, LUA_REGISTRYINDEX));
  if (!bind_option_text(L, table, "id", &criterion->id, &err) ||
      !bind_option_text(L, table, "text", &criterion->text, &err) ||
      !bind_option_text(L, table, "text_ru", &criterion->text_ru, &err) ||
      !bind_option_text(L, table, "fix", &criterion->fix, &err) ||
      !bind_option_text(L, table, "fix_ru", &criterion->fix_ru, &err) ||
      !bind_option_place(L, table, &criterion->place, &err))
    bind_raise(L, &err);
}

/* add_criterion(process, stage, "enter"|"leave", criterion). */
static int add_criterion(lua_State *L) {
  struct error err;
  struct process *process = declared_process(L, luaL_checkstring(L, 1));
  struct stage *stage = process_stage(process, luaL_checkstring(L, 2));
  bool entering = strcmp(luaL_checkstring(L, 3), "enter") == 0;
  struct criterion *criterion = stage_add_criterion(entering ? &stage->enter : &stage->leave, &err);
  if (!criterion)
    return bind_raise(L, &err);
  fill_criterion(L, 4, criterion);
  return 0;
}

/* add_acceptance(kind, criterion). */
static int add_acceptance(lua_State *L) {
  struct error err;
  struct rules *rules = state_of(L)->loading->rules;
  struct acceptance *acceptance = acceptance_of(rules, luaL_checkstring(L, 1), &err);
  struct criterion *criterion =
      acceptance ? stage_add_criterion(&acceptance->criteria, &err) : NULL;
  if (!criterion)
    return bind_raise(L, &err);
  fill_criterion(L, 2, criterion);
  return 0;
}

/* add_action{event, run, place}. */
static int add_action(lua_State *L) {
  struct error err;
  int reference = bind_option_reference(L, 1, "run");
  void *payload = script_new(L, reference);
  struct action *action = list_add(&state_of(L)->loading->rules->actions, &err);
  if (!action)
    return bind_raise(L, &err);
  action->run = run_event_action;
  action->payload = payload;
  if (!bind_option_text(L, 1, "event", &action->event, &err) ||
      !bind_option_place(L, 1, &action->place, &err))
    return bind_raise(L, &err);
  return 0;
}

void bind_process_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"add_process",    add_process   },
      {"add_stage",      add_stage     },
      {"add_criterion",  add_criterion },
      {"add_acceptance", add_acceptance},
      {"add_action",     add_action    },
      {NULL,             NULL          },
  };
  luaL_setfuncs(L, functions, 0);
}
