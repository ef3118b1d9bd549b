/* What criteria say of a record, as scripts see it: of one move, of the whole way to a stage, of
 * the record as it is. Nothing is written. */
#include "engine/verdict.h"

#include "base/translate.h"
#include "bind/failure.h"
#include "bind/record.h"
#include "engine/accept.h"
#include "engine/route.h"

static void release_verdict(void *block) {
  verdict_release(block);
}

static struct verdict *push_empty(lua_State *L) {
  struct verdict *verdict = holder_push(L, sizeof *verdict, release_verdict);
  verdict_init(verdict);
  return verdict;
}

/* Pushes {id, level, outcome, text, detail, fix}: the text in the reader's language. */
static void push_item(lua_State *L, const struct verdict_item *item) {
  const struct criterion *criterion = item->criterion;
  const char *const entries[][2] = {
      {"id",      criterion->id                                     },
      {"level",   criterion->level == LEVEL_MUST ? "must" : "should"},
      {"outcome", outcome_name(item->outcome)                       },
      {"text",    translate_twin(criterion->text,                     criterion->text_ru)},
      {"detail",         item->detail                                                   },
      {"fix",         item->fix   },
  };
  int count = (int)(sizeof entries / sizeof *entries);
  lua_createtable(L, 0, count);
  for (int i = 0; i < count; i++) {
    lua_pushstring(L, entries[i][1]);
    lua_setfield(L, -2, entries[i][0]);
  }
}

/* Pushes {allowed, structural, items = {…}}. */
static void push_verdict(lua_State *L, const struct verdict *verdict) {
  lua_newtable(L);
  lua_pushboolean(L, verdict->allowed && !verdict->structural);
  lua_setfield(L, -2, "allowed");
  lua_pushstring(L, verdict->structural);
  lua_setfield(L, -2, "structural");
  lua_newtable(L);
  for (size_t i = 0; i < verdict->items.count; i++) {
    push_item(L, list_at(&verdict->items, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "items");
}

/* judge(record, stage) → what the criteria say; nothing is written. */
static int judge(lua_State *L) {
  struct error err;
  lua_settop(L, 2);
  struct record *record = bind_push_loaded(L, 1);
  struct verdict *verdict = push_empty(L);
  if (!process_judge(state_of(L)->engine, record, luaL_checkstring(L, 2), verdict, &err))
    return bind_raise(L, &err);
  push_verdict(L, verdict);
  return 1;
}

/* next_stage(record) → the name of the stage behind the one it stands at; nil at an end. */
static int next_stage(lua_State *L) {
  lua_settop(L, 1);
  struct record *record = bind_push_loaded(L, 1);
  const struct process *process = engine_process_of(state_of(L)->engine, record);
  if (!process)
    return bind_fail(L, "no process moves this %s", record->kind->name);
  const struct value *now = &record->values[process->field->position];
  const struct stage *next =
      process_next(process, now->type == VALUE_TEXT ? now->as.text.data : NULL);
  lua_pushstring(L, next ? next->name : NULL);
  return 1;
}

/* judge_acceptance(record) → what the criteria of its kind say of it as it is. */
static int judge_acceptance(lua_State *L) {
  struct error err;
  lua_settop(L, 1);
  struct record *record = bind_push_loaded(L, 1);
  struct verdict *verdict = push_empty(L);
  if (!accept_judge(state_of(L)->engine, record, verdict, &err))
    return bind_raise(L, &err);
  push_verdict(L, verdict);
  return 1;
}

static void release_route(void *block) {
  route_release(block);
}

/* Adds an item to the list below the top: that of the criterion, with what it means for the way. */
static void add_need(lua_State *L, const struct verdict_item *item, const struct stage *to,
                     enum route_need need) {
  if (need == ROUTE_FINE)
    return;
  push_item(L, item);
  lua_pushstring(L, to ? to->name : NULL);
  lua_setfield(L, -2, "stage");
  lua_pushstring(L, route_need_name(need));
  lua_setfield(L, -2, "need");
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

/* Pushes the list of what is missing, in the order of the way. */
static void push_needs(lua_State *L, const struct route *route) {
  lua_newtable(L);
  for (size_t i = 0; i < route->accepted.items.count; i++)
    add_need(L, list_at(&route->accepted.items, i), NULL, route_need_accepted(route, i));
  for (size_t i = 0; i < route->steps.count; i++) {
    const struct route_step *step = list_at(&route->steps, i);
    for (size_t j = 0; j < step->now.items.count; j++)
      add_need(L, list_at(&step->now.items, j), step->to, route_need(route, i, j));
  }
}

/* route(record, stage) → {structural, moves = {stage, …}, items = {…}}; stage nil: the won end. */
static int route(lua_State *L) {
  struct error err;
  struct engine *engine = state_of(L)->engine;
  lua_settop(L, 2);
  struct record *record = bind_push_loaded(L, 1);
  const struct process *process = engine_process_of(engine, record);
  struct route *found = holder_push(L, sizeof *found, release_route);
  const char *to = luaL_optstring(L, 2, process ? route_goal(process) : "");
  bool done = route_find(found, engine, record, to, &err);
  state_forget_records(state_of(L));
  if (!done)
    return bind_raise(L, &err);
  lua_newtable(L);
  lua_pushstring(L, to);
  lua_setfield(L, -2, "to");
  lua_pushstring(L, found->refusal);
  lua_setfield(L, -2, "structural");
  push_needs(L, found);
  lua_setfield(L, -2, "items");
  lua_newtable(L);
  for (size_t i = 0; i < found->steps.count; i++) {
    lua_pushstring(L, ((struct route_step *)list_at(&found->steps, i))->to->name);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "moves");
  return 1;
}

void bind_verdict_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"judge",            judge           },
      {"judge_acceptance", judge_acceptance},
      {"next_stage",       next_stage      },
      {"route",            route           },
      {NULL,               NULL            },
  };
  luaL_setfuncs(L, functions, 0);
}
