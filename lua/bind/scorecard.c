/* Scorecards that scripts declare. One record is evaluated rule by rule; a bulk run makes one
 * protected call per record into one function that runs all the rules over one reused row, and asks
 * rule by rule only to find the culprit of an error. Both run the same rules: the same answers. */
#include "engine/scorecard.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "bind/failure.h"
#include "bind/option.h"
#include "bind/record.h"
#include "bind/value.h"
#include "model/score.h"

/* A column of a bulk row and where its value goes. */
struct row_column {
  char *name;   /* of the field, without the path before it; owned by the state */
  int row;      /* which row of the card: 0 the record, else one referred to */
  int leads_to; /* the row that this reference leads to; 0: none */
};

/* A reused row: registry references of the proxy that scripts see and of its values. */
struct row {
  const struct kind *kind;
  int proxy, values;
};

/* What is needed to evaluate is made at the first evaluation. */
struct card_script {
  struct state *state;
  int make_singles; /* registry reference: the function that gives the singles */
  int make_bulk;    /* registry reference: the function that gives driver, columns and rows */
  int singles;      /* registry reference: list of functions, one per rule; or LUA_NOREF */
  int driver;       /* registry reference: one function for all rules; or LUA_NOREF */
  int learn;        /* registry reference: the function that learns; LUA_NOREF: none does */
  int learned;      /* registry reference: what rules are handed beside the record */
  int learned_text; /* registry reference: the same to be kept */
  int64_t position; /* the last unit when it was learned; with those below what it depends on */
  bool has_as_of;
  instant as_of;
  date today;
  char **paths; /* ended by NULL */
  struct row_column *columns;
  size_t column_count;
  struct row *rows;
  size_t row_count;
};

/* One evaluation, handed into the protected part. */
struct evaluation {
  struct scorecard *card;
  struct card_script *script;
  struct record *record; /* single */
  int64_t id;            /* bulk */
  const struct value *values;
  struct score_answer *answer;
};

/* Leaves what the function learned, and its text, where the rules and C find them. */
static int learn(lua_State *L) {
  struct card_script *script = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->learn);
  lua_call(L, 0, 2);
  luaL_checktype(L, -1, LUA_TSTRING);
  luaL_unref(L, LUA_REGISTRYINDEX, script->learned_text);
  script->learned_text = luaL_ref(L, LUA_REGISTRYINDEX);
  luaL_unref(L, LUA_REGISTRYINDEX, script->learned);
  script->learned = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

/* Nothing was written since, and the day is the same. Within a unit that can't be told. */
static bool has_learned(struct card_script *script, bool *fresh, struct error *err) {
  struct book *book = script->state->engine->book;
  struct card_script before = *script;
  script->has_as_of = book->has_as_of;
  script->as_of = book->as_of;
  script->today = book_today(book);
  if (!book_position(book, &script->position, err))
    return false;
  *fresh = script->learned != LUA_NOREF && book->unit_depth == 0 &&
           before.position == script->position && before.has_as_of == script->has_as_of &&
           before.as_of == script->as_of && before.today == script->today;
  return true;
}

/* A call of its own, with the time of one: what goes wrong in it is no rule's fault. */
static bool learn_if_asked(struct card_script *script, struct error *err) {
  bool fresh = false;
  if (script->learn == LUA_NOREF)
    return true;
  return has_learned(script, &fresh, err) &&
         (fresh || state_call(script->state, learn, script, err));
}

static bool append_learned(struct scorecard *card, struct text *out, struct error *err) {
  const struct card_script *script = card->payload;
  lua_State *L = script->state->L;
  size_t length = 0;
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->learned_text);
  const char *text = lua_tolstring(L, -1, &length);
  if (text)
    text_append_bytes(out, text, length);
  lua_pop(L, 1);
  return text_check(out, err);
}

static void note_broken(struct score_answer *answer, size_t rule, const char *message) {
  answer->broken[rule] = true;
  answer->points[rule] = 0;
  if (!answer->message)
    answer->message = memory_copy_text(message);
}

/* Takes the points on top of the stack. */
static bool take_points(lua_State *L, int index, double *points) {
  *points = lua_tonumber(L, index);
  return lua_type(L, index) == LUA_TNUMBER && isfinite(*points);
}

static void blame(lua_State *L, struct evaluation *call, size_t rule, int status) {
  struct error err;
  struct state *state = call->script->state;
  const struct score_rule *declared = *(struct score_rule **)list_at(&call->card->rules, rule);
  if (status == LUA_ERRMEM || state->watchdog.death != DEATH_NONE || bind_is_lack_of_memory(L, -1))
    lua_error(L);
  if (status != LUA_OK)
    bind_read_failure(L, status, &err);
  else
    error_set(&err, ERROR_SCRIPT, "%s:%d: rule '%s' must give a number, not %s",
              declared->place.file, declared->place.line, declared->id,
              lua_type(L, -1) == LUA_TNUMBER ? translate("an infinite one or none")
                                             : luaL_typename(L, -1));
  note_broken(call->answer, rule, err.message);
}

static void push_singles(lua_State *L, struct card_script *script) {
  if (script->singles == LUA_NOREF) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->make_singles);
    lua_call(L, 0, 1);
    script->singles = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->singles);
}

/* Rule by rule over the record on top of the stack. */
static void run_singles(lua_State *L, struct evaluation *call) {
  int record = lua_gettop(L);
  push_singles(L, call->script);
  int singles = lua_gettop(L);
  for (size_t i = 0; i < call->card->rules.count; i++) {
    lua_pushcfunction(L, bind_handler);
    lua_rawgeti(L, singles, (lua_Integer)i + 1);
    lua_pushvalue(L, record);
    lua_rawgeti(L, LUA_REGISTRYINDEX, call->script->learned);
    int status = lua_pcall(L, 2, 1, singles + 1);
    if (status != LUA_OK || !take_points(L, -1, &call->answer->points[i]))
      blame(L, call, i, status);
    lua_settop(L, singles);
  }
  lua_settop(L, record);
}

static int evaluate_single(lua_State *L) {
  struct evaluation *call = lua_touserdata(L, 1);
  bind_push_live_record(L, call->record);
  run_singles(L, call);
  return 0;
}

static bool evaluate(struct scorecard *card, struct engine *engine, struct record *record,
                     struct score_answer *answer, struct error *err) {
  (void)engine;
  struct card_script *script = card->payload;
  struct evaluation call = {card, script, record, record->id, NULL, answer};
  state_forget_records(script->state);
  return learn_if_asked(script, err) && state_call(script->state, evaluate_single, &call, err);
}

/* Writes the values of one record into the reused rows. */
static void fill_rows(lua_State *L, const struct evaluation *call, int base) {
  const struct card_script *script = call->script;
  lua_pushinteger(L, call->id);
  lua_setfield(L, base, "id");
  for (size_t i = 0; i < script->column_count; i++) {
    const struct row_column *column = &script->columns[i];
    const struct value *value = &call->values[i];
    if (column->leads_to && value->type == VALUE_INTEGER) {
      lua_pushinteger(L, value->as.integer);
      lua_setfield(L, base + column->leads_to, "id");
      lua_rawgeti(L, LUA_REGISTRYINDEX, script->rows[column->leads_to].proxy);
    } else {
      bind_push_value(L, value);
    }
    lua_setfield(L, base + column->row, column->name);
  }
}

static int evaluate_row(lua_State *L) {
  struct evaluation *call = lua_touserdata(L, 1);
  const struct card_script *script = call->script;
  int count = (int)call->card->rules.count;
  luaL_checkstack(L, count + (int)script->row_count + 8, "too many rules");
  for (size_t i = 0; i < script->row_count; i++)
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->rows[i].values);
  fill_rows(L, call, 2);
  int top = lua_gettop(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->driver);
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->rows[0].proxy);
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->learned);
  lua_call(L, 2, count);
  for (int i = 0; i < count; i++)
    if (!take_points(L, top + 1 + i, &call->answer->points[i]))
      return bind_fail(L, "a rule gives no number");
  return 0;
}

static int evaluate_row_by_rule(lua_State *L) {
  struct evaluation *call = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->script->rows[0].proxy);
  run_singles(L, call);
  return 0;
}

static bool bulk_evaluate(struct scorecard *card, int64_t id, const struct value *values,
                          struct score_answer *answer, bool *again, struct error *err) {
  struct card_script *script = card->payload;
  struct evaluation call = {card, script, NULL, id, values, answer};
  struct error failure;
  *again = false;
  script->state->generation++;
  if (state_call(script->state, evaluate_row, &call, &failure))
    return true;
  if (failure.code != ERROR_TIMEOUT && failure.code != ERROR_INTERRUPTED &&
      failure.code != ERROR_MEMORY)
    return state_call(script->state, evaluate_row_by_rule, &call, err);
  *err = failure;
  return false;
}

/* Pushes {name = true} of the columns of one row. */
static void push_known(lua_State *L, const struct card_script *script, int row) {
  lua_newtable(L);
  for (size_t i = 0; i < script->column_count; i++) {
    if (script->columns[i].row != row)
      continue;
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, script->columns[i].name);
  }
}

static void make_rows(lua_State *L, struct card_script *script) {
  for (size_t i = 0; i < script->row_count; i++) {
    push_known(L, script, (int)i);
    bind_push_row(L, script->rows[i].kind, -1);
    script->rows[i].values = luaL_ref(L, LUA_REGISTRYINDEX);
    script->rows[i].proxy = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
  }
}

static char *state_copy(lua_State *L, const char *text) {
  struct error err;
  char *copy = state_text(state_of(L), text, &err);
  if (!copy)
    bind_raise(L, &err);
  return copy;
}

static void *state_array(lua_State *L, size_t count, size_t size) {
  struct error err;
  void *block = state_payload(state_of(L), count * size + 1, &err);
  if (!block)
    bind_raise(L, &err);
  return block;
}

/* columns = {{path, name, row, leads_to}, …}. */
static void read_columns(lua_State *L, int columns, struct card_script *script) {
  script->column_count = lua_rawlen(L, columns);
  script->columns = state_array(L, script->column_count, sizeof *script->columns);
  script->paths = state_array(L, script->column_count + 1, sizeof *script->paths);
  for (size_t i = 0; i < script->column_count; i++) {
    lua_rawgeti(L, columns, (lua_Integer)i + 1);
    int column = lua_gettop(L);
    script->paths[i] = state_copy(L, bind_option_borrowed(L, column, "path"));
    script->columns[i].name = state_copy(L, bind_option_borrowed(L, column, "name"));
    script->columns[i].row = (int)bind_option_number(L, column, "row");
    script->columns[i].leads_to = (int)bind_option_number(L, column, "leads_to");
    lua_pop(L, 1);
  }
}

/* rows = {kind, …}. */
static void read_rows(lua_State *L, int rows, struct card_script *script) {
  const struct catalog *catalog = state_of(L)->engine->book->catalog;
  script->row_count = lua_rawlen(L, rows);
  script->rows = state_array(L, script->row_count, sizeof *script->rows);
  for (size_t i = 0; i < script->row_count; i++) {
    lua_rawgeti(L, rows, (lua_Integer)i + 1);
    script->rows[i].kind = catalog_kind(catalog, luaL_checkstring(L, -1));
    lua_pop(L, 1);
  }
}

static int make_bulk(lua_State *L) {
  struct card_script *script = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, script->make_bulk);
  lua_call(L, 0, 3); /* driver, columns, rows */
  read_columns(L, 3, script);
  read_rows(L, 4, script);
  make_rows(L, script);
  lua_settop(L, 2);
  script->driver = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

static bool bulk_paths(struct scorecard *card, struct engine *engine, const char *const **paths,
                       struct error *err) {
  (void)engine;
  struct card_script *script = card->payload;
  if (script->driver == LUA_NOREF && !state_call(script->state, make_bulk, script, err))
    return false;
  *paths = (const char *const *)script->paths;
  return learn_if_asked(script, err);
}

static bool add_rules(lua_State *L, int table, struct scorecard *card, struct error *err) {
  lua_getfield(L, table, "rules");
  int rules = lua_gettop(L);
  for (lua_Integer i = 1; lua_rawgeti(L, rules, i) == LUA_TTABLE; i++) {
    int entry = lua_gettop(L);
    struct score_rule *rule = scorecard_add_rule(card, bind_option_borrowed(L, entry, "id"), err);
    if (!rule || !bind_option_text(L, entry, "text", &rule->text, err) ||
        !bind_option_text(L, entry, "text_ru", &rule->text_ru, err) ||
        !bind_option_place(L, entry, &rule->place, err))
      return false;
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return true;
}

static bool add_grades(lua_State *L, int table, struct scorecard *card, struct error *err) {
  lua_getfield(L, table, "grades");
  int grades = lua_gettop(L);
  for (lua_Integer i = 1; lua_rawgeti(L, grades, i) == LUA_TTABLE; i++) {
    struct grade *grade = list_add(&card->grades, err);
    if (!grade)
      return false;
    const char *name = bind_option_borrowed(L, lua_gettop(L), "name");
    strncpy(grade->name, name, sizeof grade->name - 1);
    grade->at_least = bind_option_number(L, lua_gettop(L), "at_least");
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return true;
}

/* add_scorecard{name, kind, grades, rules, learn, singles, bulk, …}: the last two are functions
 * that give what evaluating takes; learn gives what rules are handed, and its text. */
static int add_scorecard(lua_State *L) {
  struct error err;
  struct state *state = state_of(L);
  struct scorecard *card = scorecard_new(bind_option_borrowed(L, 1, "name"), &err);
  struct scorecard **slot = card ? list_add(&state->loading->rules->scorecards, &err) : NULL;
  if (!slot) {
    scorecard_free(card);
    return bind_raise(L, &err);
  }
  *slot = card;
  struct card_script *script = state_array(L, 1, sizeof *script);
  script->state = state;
  card->kind = catalog_kind(state->loading->catalog, bind_option_borrowed(L, 1, "kind"));
  card->payload = script;
  card->evaluate = evaluate;
  card->bulk_paths = bulk_paths;
  card->bulk_evaluate = bulk_evaluate;
  script->learn = bind_option_reference(L, 1, "learn");
  script->learned = script->learned_text = LUA_NOREF;
  card->learned = script->learn == LUA_NOREF ? NULL : append_learned;
  script->make_singles = bind_option_reference(L, 1, "singles");
  script->make_bulk = bind_option_reference(L, 1, "bulk");
  script->singles = script->driver = LUA_NOREF;
  if (!bind_option_text(L, 1, "title", &card->title, &err) ||
      !bind_option_text(L, 1, "title_ru", &card->title_ru, &err) ||
      !bind_option_place(L, 1, &card->place, &err) || !add_rules(L, 1, card, &err) ||
      !add_grades(L, 1, card, &err))
    return bind_raise(L, &err);
  return 0;
}

/* stored_score(card, record) → points, grade; nil when it was never scored. */
static int stored_score(lua_State *L) {
  struct error err;
  struct score score = {0};
  bool found;
  int64_t id = bind_check_record(L, 2, NULL);
  if (!score_load(state_of(L)->engine->book, luaL_checkstring(L, 1), id, &score, &found, &err))
    return bind_raise(L, &err);
  double points = score.points;
  char grade[sizeof score.grade];
  memcpy(grade, score.grade, sizeof grade);
  if (found)
    score_release(&score);
  if (!found)
    return lua_pushnil(L), 1;
  lua_pushnumber(L, points);
  if (grade[0])
    lua_pushstring(L, grade);
  else
    lua_pushnil(L);
  return 2;
}

static void release_answer(void *block) {
  score_answer_release(block);
}

static void release_record(void *block) {
  record_release(block);
}

/* Evaluates the card now: the record, its answer, left in holders on the stack. */
static struct score_answer *push_answer(lua_State *L, struct scorecard **card) {
  struct error err;
  const struct kind *kind;
  struct engine *engine = state_of(L)->engine;
  int64_t id = bind_check_record(L, 2, &kind);
  if (!engine_find_scorecard(engine, luaL_checkstring(L, 1), card, &err))
    bind_raise(L, &err);
  if ((*card)->kind != kind)
    bind_fail(L, "scorecard '%s' is for a %s, not for a %s", (*card)->name, (*card)->kind->name,
              kind->name);
  struct record *record = holder_push(L, sizeof *record, release_record);
  struct score_answer *answer = holder_push(L, sizeof *answer, release_answer);
  if (!record_load(record, engine->book, kind, id, &err) ||
      !score_answer_init(answer, *card, &err) ||
      !scorecard_evaluate(*card, engine, record, answer, &err))
    bind_raise(L, &err);
  return answer;
}

/* score(card, record) → points, grade, {id = points}, the first broken rule's message. */
static int score_now(lua_State *L) {
  struct scorecard *card;
  lua_settop(L, 2);
  struct score_answer *answer = push_answer(L, &card);
  double points = scorecard_total(card, answer);
  const char *grade = scorecard_grade(card, points);
  lua_pushnumber(L, points);
  lua_pushstring(L, grade && grade[0] ? grade : NULL);
  lua_newtable(L);
  for (size_t i = 0; i < card->rules.count; i++) {
    const struct score_rule *rule = *(struct score_rule **)list_at(&card->rules, i);
    lua_pushnumber(L, answer->points[i]);
    lua_setfield(L, -2, rule->id);
  }
  lua_pushstring(L, answer->message);
  return 4;
}

void bind_scorecard_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"add_scorecard", add_scorecard},
      {"stored_score",  stored_score },
      {"score",         score_now    },
      {NULL,            NULL         },
  };
  luaL_setfuncs(L, functions, 0);
}
