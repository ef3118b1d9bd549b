/* Fields that scripts compute, for the engine's listings. Scripts reach them through records. */
#include "bind/formula.h"

#include "base/memory.h"
#include "bind/blame.h"
#include "bind/failure.h"
#include "bind/record.h"
#include "bind/value.h"

struct formula_call {
  struct record *record;
  const struct field *field;
  struct value *out;
};

static int compute(lua_State *L) {
  struct formula_call *call = lua_touserdata(L, 1);
  struct error err;
  struct value value, accepted = {0};
  state_push_call(L, "formula");
  lua_pushstring(L, call->record->kind->name);
  lua_pushstring(L, call->field->name);
  bind_push_live_record(L, call->record);
  lua_call(L, 3, 3); /* value, file, line */
  const char *currency = state_of(L)->engine->book->currency;
  if (!bind_read_value(L, -3, &value, &err) ||
      !field_accept(call->field, &value, currency, &accepted, &err)) {
    error_prefix(&err, "%s:%d: ", lua_tostring(L, -2), (int)lua_tointeger(L, -1));
    blame_line(L, lua_tostring(L, -2), (int)lua_tointeger(L, -1), &err);
    return bind_raise(L, &err);
  }
  *call->out = accepted;
  return 0;
}

bool bind_formula(struct engine *engine, struct record *record, const struct field *field,
                  struct value *out, void *payload, struct error *err) {
  (void)engine;
  struct state *state = payload;
  struct formula_call call = {record, field, out};
  state_forget_records(state);
  return state_call(state, compute, &call, err);
}
