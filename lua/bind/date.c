/* Dates and instants in scripts: a date ± days, date - date = days, comparisons with each other. An
 * instant counts in days too, fractions included. What is unset stays unset. */
#include <math.h>
#include <string.h>

#include "base/minutes.h"
#include "base/translate.h"
#include "bind/failure.h"
#include "bind/value.h"

enum { MINUTE_SECONDS = 60, DAY_MINUTES = 1440, DAY_SECONDS = DAY_MINUTES * MINUTE_SECONDS };

static const char date_name[] = "date";
static const char instant_name[] = "instant";

void bind_push_date(lua_State *L, date day) {
  date *slot = lua_newuserdatauv(L, sizeof *slot, 0);
  *slot = day;
  luaL_setmetatable(L, date_name);
}

void bind_push_instant(lua_State *L, instant at) {
  instant *slot = lua_newuserdatauv(L, sizeof *slot, 0);
  *slot = at;
  luaL_setmetatable(L, instant_name);
}

const date *bind_test_date(lua_State *L, int index) {
  return luaL_testudata(L, index, date_name);
}

const instant *bind_test_instant(lua_State *L, int index) {
  return luaL_testudata(L, index, instant_name);
}

/* Both as seconds. False when it is neither. */
static bool seconds_of(lua_State *L, int index, instant *out) {
  const date *day = bind_test_date(L, index);
  const instant *at = bind_test_instant(L, index);
  if (day)
    *out = date_instant(*day);
  else if (at)
    *out = *at;
  return day || at;
}

static int misused(lua_State *L, const char *what) {
  int other = lua_type(L, 1) == LUA_TUSERDATA ? 2 : 1;
  return bind_fail(L, "a date can't be %s a %s%s", translate(what), bind_type_name(L, other),
                   lua_type(L, other) == LUA_TSTRING ? translate(" (write date \"2026-01-31\")")
                                                     : "");
}

static int push_shifted(lua_State *L, int index, lua_Number days) {
  const date *day = bind_test_date(L, index);
  struct error err;
  date out;
  if (!(fabs(days) < 1e7))
    return bind_fail(L, "%f days are too many", days);
  if (!day) {
    bind_push_instant(L, *bind_test_instant(L, index) + (instant)llround(days * DAY_SECONDS));
    return 1;
  }
  if (days != floor(days))
    return bind_fail(L, "a date moves by whole days, not by %f", days);
  if (!date_add_days(&out, *day, (int64_t)days, &err))
    return bind_raise(L, &err);
  bind_push_date(L, out);
  return 1;
}

static int date_add(lua_State *L) {
  if (lua_isnil(L, 1) || lua_isnil(L, 2))
    return lua_pushnil(L), 1;
  int moved = lua_type(L, 1) == LUA_TUSERDATA ? 1 : 2, by = 3 - moved;
  if (lua_type(L, by) != LUA_TNUMBER)
    return misused(L, N_("added to"));
  return push_shifted(L, moved, lua_tonumber(L, by));
}

static int date_subtract(lua_State *L) {
  instant a, b;
  if (lua_isnil(L, 1) || lua_isnil(L, 2))
    return lua_pushnil(L), 1;
  if (!seconds_of(L, 1, &a))
    return misused(L, N_("taken from"));
  if (lua_type(L, 2) == LUA_TNUMBER)
    return push_shifted(L, 1, -lua_tonumber(L, 2));
  if (!seconds_of(L, 2, &b))
    return misused(L, N_("lessened by"));
  if ((a - b) % DAY_SECONDS == 0)
    lua_pushinteger(L, (a - b) / DAY_SECONDS);
  else
    lua_pushnumber(L, (lua_Number)(a - b) / DAY_SECONDS);
  return 1;
}

static int date_compare(lua_State *L, bool equal_too) {
  instant a, b;
  if (lua_isnil(L, 1) || lua_isnil(L, 2))
    return lua_pushboolean(L, 0), 1;
  if (!seconds_of(L, 1, &a) || !seconds_of(L, 2, &b))
    return misused(L, N_("compared with"));
  lua_pushboolean(L, a < b || (equal_too && a == b));
  return 1;
}

static int date_less(lua_State *L) {
  return date_compare(L, false);
}

static int date_at_most(lua_State *L) {
  return date_compare(L, true);
}

static int date_equal(lua_State *L) {
  instant a, b;
  lua_pushboolean(L, seconds_of(L, 1, &a) && seconds_of(L, 2, &b) && a == b);
  return 1;
}

static date day_of(lua_State *L, int index) {
  const date *day = bind_test_date(L, index);
  const instant *at = bind_test_instant(L, index);
  if (!day && !at)
    luaL_typeerror(L, index, "date");
  return day ? *day : instant_date(*at);
}

static int add_months(lua_State *L) {
  struct error err;
  date out;
  lua_Integer months = luaL_checkinteger(L, 2);
  luaL_argcheck(L, months > -120000 && months < 120000, 2, "too many months");
  if (!date_add_months(&out, day_of(L, 1), (int)months, &err))
    return bind_raise(L, &err);
  bind_push_date(L, out);
  return 1;
}

static enum period check_period(lua_State *L, int index) {
  enum period period;
  const char *name = luaL_checkstring(L, index);
  if (!period_from_name(&period, name))
    bind_fail(L, "'%s' is no period; take day, week, month, quarter or year", name);
  return period;
}

static int period_start(lua_State *L) {
  bind_push_date(L, date_period_start(day_of(L, 1), check_period(L, 2)));
  return 1;
}

static int period_end(lua_State *L) {
  bind_push_date(L, date_period_end(day_of(L, 1), check_period(L, 2)));
  return 1;
}

static void release_text(void *block) {
  text_release(block);
}

static int period(lua_State *L) {
  enum period unit = check_period(L, 2);
  date day = day_of(L, 1);
  struct text *name = holder_push(L, sizeof *name, release_text);
  date_period_name(name, day, unit);
  lua_pushstring(L, text_string(name));
  return 1;
}

/* date:at(minutes), date:at "9:30": that time of the day as an instant. */
static int day_at(lua_State *L) {
  struct error err;
  int64_t minutes;
  date day = day_of(L, 1);
  if (lua_type(L, 2) == LUA_TNUMBER)
    minutes = luaL_checkinteger(L, 2);
  else if (!minutes_parse(&minutes, luaL_checkstring(L, 2), &err))
    return bind_raise(L, &err);
  luaL_argcheck(L, minutes >= 0 && minutes < DAY_MINUTES, 2, "a time of day is before 24:00");
  bind_push_instant(L, date_instant(day) + minutes * MINUTE_SECONDS);
  return 1;
}

/* "14:30" */
static int clock_text(lua_State *L) {
  const instant *at = bind_test_instant(L, 1);
  int minute = at ? (int)((*at - date_instant(instant_date(*at))) / MINUTE_SECONDS) : 0;
  lua_pushfstring(L, "%d%d:%d%d", minute / 600, minute / 60 % 10, minute % 60 / 10, minute % 10);
  return 1;
}

static bool push_time(lua_State *L, const char *key) {
  const instant *at = bind_test_instant(L, 1);
  bool hour = strcmp(key, "hour") == 0;
  if (!at || (!hour && strcmp(key, "minute") != 0))
    return false;
  instant seconds = *at - date_instant(instant_date(*at));
  lua_pushinteger(L, hour ? seconds / 3600 : seconds / MINUTE_SECONDS % 60);
  return true;
}

static bool push_part(lua_State *L, const char *key) {
  date day = day_of(L, 1);
  struct date_parts parts = date_to_parts(day);
  if (push_time(L, key))
    return true;
  if (strcmp(key, "year") == 0)
    lua_pushinteger(L, parts.year);
  else if (strcmp(key, "month") == 0)
    lua_pushinteger(L, parts.month);
  else if (strcmp(key, "day") == 0)
    lua_pushinteger(L, parts.day);
  else if (strcmp(key, "weekday") == 0)
    lua_pushinteger(L, date_weekday(day));
  else if (strcmp(key, "date") == 0)
    bind_push_date(L, day);
  else
    return false;
  return true;
}

static int date_index(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"add_months",   add_months  },
      {"at",           day_at      },
      {"clock",        clock_text  },
      {"period",       period      },
      {"period_start", period_start},
      {"period_end",   period_end  },
      {NULL,           NULL        },
  };
  const char *key = luaL_checkstring(L, 2);
  if (push_part(L, key))
    return 1;
  for (const luaL_Reg *method = methods; method->name; method++)
    if (strcmp(method->name, key) == 0)
      return lua_pushcfunction(L, method->func), 1;
  return bind_fail(L,
                   "a date has year, month, day, weekday, date, add_months, at, period, "
                   "period_start and period_end, an instant also hour, minute and clock, not '%s'",
                   key);
}

static int date_tostring(lua_State *L) {
  char text[INSTANT_TEXT_SIZE];
  const instant *at = bind_test_instant(L, 1);
  if (at)
    instant_write(*at, text);
  else
    date_write(day_of(L, 1), text);
  lua_pushstring(L, text);
  return 1;
}

/* date_literal(text): strict ISO; nil when it is none. */
static int date_literal(lua_State *L) {
  struct error err;
  date day;
  if (!date_read(&day, luaL_checkstring(L, 1), &err))
    return lua_pushnil(L), 1;
  bind_push_date(L, day);
  return 1;
}

/* read_moment(words): as a person types it; nil when they say none. */
static int read_moment(lua_State *L) {
  struct error err;
  instant at = 0;
  if (!instant_parse(&at, luaL_checkstring(L, 1), DATE_ORDER_UNKNOWN,
                     book_now(state_of(L)->engine->book), &err))
    return lua_pushnil(L), 1;
  bind_push_instant(L, at);
  return 1;
}

static int today(lua_State *L) {
  bind_push_date(L, book_today(state_of(L)->engine->book));
  return 1;
}

/* minutes_text(90) → "1h30m" */
static int minutes_text(lua_State *L) {
  lua_Integer minutes = luaL_checkinteger(L, 1);
  struct text *text = holder_push(L, sizeof *text, release_text);
  minutes_append(text, minutes);
  lua_pushstring(L, text_string(text));
  return 1;
}

static int now(lua_State *L) {
  bind_push_instant(L, book_now(state_of(L)->engine->book));
  return 1;
}

void bind_date_open(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"__add",      date_add     },
      {"__sub",      date_subtract},
      {"__lt",       date_less    },
      {"__le",       date_at_most },
      {"__eq",       date_equal   },
      {"__index",    date_index   },
      {"__tostring", date_tostring},
      {NULL,         NULL         },
  };
  static const luaL_Reg functions[] = {
      {"date_literal", date_literal},
      {"minutes_text", minutes_text},
      {"read_moment",  read_moment },
      {"today",        today       },
      {"now",          now         },
      {NULL,           NULL        },
  };
  bind_new_type(L, date_name, "date", methods);
  bind_new_type(L, instant_name, "instant", methods);
  luaL_setfuncs(L, functions, 0);
}
