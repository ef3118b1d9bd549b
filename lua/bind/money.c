/* Money in scripts: exact, in one currency; amounts in different currencies don't mix. A number
 * compared with money counts major units of the money's currency. */
#include <string.h>

#include "bind/failure.h"
#include "bind/value.h"

static const char type_name[] = "money";

void bind_push_money(lua_State *L, struct money amount) {
  struct money *slot = lua_newuserdatauv(L, sizeof *slot, 0);
  *slot = amount;
  luaL_setmetatable(L, type_name);
}

const struct money *bind_test_money(lua_State *L, int index) {
  return luaL_testudata(L, index, type_name);
}

/* The operand as money in the currency of the other one. False when either is unset. */
static bool operand(lua_State *L, int index, struct money *out) {
  struct error err;
  const struct money *amount = bind_test_money(L, index);
  const struct money *other = bind_test_money(L, 3 - index);
  if (lua_isnil(L, index))
    return false;
  if (amount)
    *out = *amount;
  else if (lua_type(L, index) != LUA_TNUMBER || !other)
    bind_fail(L, "money and a %s don't go together", bind_type_name(L, index));
  else if (!money_from_number(out, lua_tonumber(L, index), other->currency, &err))
    bind_raise(L, &err);
  return true;
}

/* Adding a plain number would guess its currency; zero, where every sum starts, has none. */
static void refuse_number(lua_State *L) {
  for (int i = 1; i <= 2; i++)
    if (lua_type(L, i) == LUA_TNUMBER && lua_tonumber(L, i) != 0)
      bind_fail(L, "a number can't be added to money; write amount(%f, \"EUR\")",
                lua_tonumber(L, i));
}

typedef bool (*combine_fn)(struct money *out, struct money a, struct money b, struct error *err);

static int combine(lua_State *L, combine_fn function) {
  struct money a, b, out;
  struct error err;
  refuse_number(L);
  if (!operand(L, 1, &a) || !operand(L, 2, &b))
    return lua_pushnil(L), 1;
  if (!function(&out, a, b, &err))
    return bind_raise(L, &err);
  bind_push_money(L, out);
  return 1;
}

static int add(lua_State *L) {
  return combine(L, money_add);
}

static int subtract(lua_State *L) {
  return combine(L, money_subtract);
}

static int scale(lua_State *L, int amount_index, double factor) {
  struct money out;
  struct error err;
  if (!money_multiply(&out, *bind_test_money(L, amount_index), factor, &err))
    return bind_raise(L, &err);
  bind_push_money(L, out);
  return 1;
}

static int multiply(lua_State *L) {
  if (lua_isnil(L, 1) || lua_isnil(L, 2))
    return lua_pushnil(L), 1;
  int amount = bind_test_money(L, 1) ? 1 : 2;
  if (lua_type(L, 3 - amount) != LUA_TNUMBER)
    return bind_fail(L, "money is multiplied by a number, not by a %s",
                     bind_type_name(L, 3 - amount));
  return scale(L, amount, lua_tonumber(L, 3 - amount));
}

static int divide(lua_State *L) {
  struct money a, b;
  struct error err;
  int order;
  if (!lua_isnil(L, 1) && !bind_test_money(L, 1))
    return bind_fail(L, "a number can't be divided by money");
  if (lua_type(L, 2) == LUA_TNUMBER) {
    if (lua_tonumber(L, 2) == 0)
      return bind_fail(L, "money divided by zero");
    return scale(L, 1, 1 / lua_tonumber(L, 2));
  }
  if (!operand(L, 1, &a) || !operand(L, 2, &b))
    return lua_pushnil(L), 1;
  if (!money_compare(&order, a, b, &err))
    return bind_raise(L, &err);
  if (b.minor == 0)
    return bind_fail(L, "money divided by zero");
  lua_pushnumber(L, (lua_Number)a.minor / (lua_Number)b.minor);
  return 1;
}

static int negate(lua_State *L) {
  return scale(L, 1, -1);
}

/* <0, 0, >0; false when either is unset. */
static bool compare(lua_State *L, int *order) {
  struct money a, b;
  struct error err;
  if (!operand(L, 1, &a) || !operand(L, 2, &b))
    return false;
  if (!money_compare(order, a, b, &err))
    bind_raise(L, &err);
  return true;
}

static int less(lua_State *L) {
  int order;
  lua_pushboolean(L, compare(L, &order) && order < 0);
  return 1;
}

static int at_most(lua_State *L) {
  int order;
  lua_pushboolean(L, compare(L, &order) && order <= 0);
  return 1;
}

static int equal(lua_State *L) {
  const struct money *a = bind_test_money(L, 1), *b = bind_test_money(L, 2);
  lua_pushboolean(L, a && b && a->minor == b->minor && strcmp(a->currency, b->currency) == 0);
  return 1;
}

static int money_index(lua_State *L) {
  const struct money *amount = luaL_checkudata(L, 1, type_name);
  const char *key = luaL_checkstring(L, 2);
  if (strcmp(key, "amount") == 0)
    lua_pushnumber(L, money_to_number(*amount));
  else if (strcmp(key, "currency") == 0)
    lua_pushstring(L, amount->currency);
  else
    return bind_fail(L, "money has amount and currency, not '%s'", key);
  return 1;
}

static void release_text(void *block) {
  text_release(block);
}

static int money_tostring(lua_State *L) {
  const struct money *amount = luaL_checkudata(L, 1, type_name);
  struct text *text = holder_push(L, sizeof *text, release_text);
  money_append(text, *amount);
  lua_pushstring(L, text_string(text));
  return 1;
}

/* amount(number, currency): money; the workspace's currency when none is given. */
static int amount_new(lua_State *L) {
  struct money amount;
  struct error err;
  const char *currency = luaL_optstring(L, 2, state_of(L)->engine->book->currency);
  if (!money_from_number(&amount, luaL_checknumber(L, 1), currency, &err))
    return bind_raise(L, &err);
  bind_push_money(L, amount);
  return 1;
}

void bind_money_open(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"__add",      add           },
      {"__sub",      subtract      },
      {"__mul",      multiply      },
      {"__div",      divide        },
      {"__unm",      negate        },
      {"__lt",       less          },
      {"__le",       at_most       },
      {"__eq",       equal         },
      {"__index",    money_index   },
      {"__tostring", money_tostring},
      {NULL,         NULL          },
  };
  bind_new_type(L, type_name, "money", methods);
  lua_pushcfunction(L, amount_new);
  lua_setfield(L, -2, "amount");
}
