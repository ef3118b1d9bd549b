/* The library `stats` of scripts. Pure: the same arguments give the same answer, sampling and draws
 * too, so that rules and reports may use all of it. Where there is nothing to judge – a share of
 * none, numbers that don't vary – the answer is nil. */
#include "base/statistics.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "base/translate.h"
#include "bind/failure.h"
#include "bind/value.h"

enum { LIST_MAX = 1000000 };

static const double usual_level = 0.95;

static struct proportion check_proportion(lua_State *L, int index) {
  return (struct proportion){luaL_checkinteger(L, index), luaL_checkinteger(L, index + 1)};
}

/* A number that there may not be. */
static void push_some(lua_State *L, double number) {
  if (isnan(number))
    lua_pushnil(L);
  else
    lua_pushnumber(L, number);
}

static size_t check_count(lua_State *L, int index) {
  luaL_checktype(L, index, LUA_TTABLE);
  size_t count = lua_rawlen(L, index);
  if (count > LIST_MAX)
    bind_fail(L, "a list of more than %d numbers", LIST_MAX);
  return count;
}

/* The numbers of a list, in memory of Lua that is left on the stack. */
static double *check_numbers(lua_State *L, int index, size_t count) {
  double *numbers = lua_newuserdatauv(L, (count + 1) * sizeof *numbers, 0);
  for (size_t i = 0; i < count; i++) {
    int type = lua_rawgeti(L, index, (lua_Integer)i + 1);
    if (type != LUA_TNUMBER)
      bind_fail(L, "entry %d of the list is a %s, not a number", (int)i + 1,
                bind_test_money(L, -1) ? translate("money: take its .amount")
                                       : lua_typename(L, type));
    numbers[i] = lua_tonumber(L, -1);
    if (!isfinite(numbers[i]))
      bind_fail(L, "entry %d of the list is no finite number", (int)i + 1);
    lua_pop(L, 1);
  }
  return numbers;
}

static struct pairs check_pairs(lua_State *L) {
  size_t count = check_count(L, 1), other = check_count(L, 2);
  if (count != other)
    bind_fail(L, "the lists belong together: one has %d entries, the other %d", (int)count,
              (int)other);
  const double *x = check_numbers(L, 1, count);
  return (struct pairs){x, check_numbers(L, 2, count), count};
}

static int push_interval(lua_State *L, const struct interval *interval) {
  lua_pushnumber(L, interval->low);
  lua_pushnumber(L, interval->high);
  return 2;
}

/* normal(z) → the share below it. */
static int normal(lua_State *L) {
  lua_pushnumber(L, statistics_normal_below(luaL_checknumber(L, 1)));
  return 1;
}

/* normal_quantile(share) → the z below which that share lies. */
static int normal_quantile(lua_State *L) {
  double share = luaL_checknumber(L, 1);
  luaL_argcheck(L, share > 0 && share < 1, 1, "a share between 0 and 1, ends excluded");
  lua_pushnumber(L, statistics_normal_quantile(share));
  return 1;
}

/* wilson(hits, all[, level]) → low, high. */
static int wilson(lua_State *L) {
  struct error err;
  struct interval interval;
  struct proportion of = check_proportion(L, 1);
  double level = luaL_optnumber(L, 3, usual_level);
  if (of.hits == 0 && of.all == 0)
    return 0;
  if (!statistics_wilson(&interval, of, level, &err))
    return bind_raise(L, &err);
  return push_interval(L, &interval);
}

static bool is_empty(struct proportion first, struct proportion second) {
  return (first.hits == 0 && first.all == 0) || (second.hits == 0 && second.all == 0);
}

/* difference(hits, all, hits, all[, level]) → low, high: of the first share less the second. */
static int difference(lua_State *L) {
  struct error err;
  struct interval interval;
  struct proportion first = check_proportion(L, 1), second = check_proportion(L, 3);
  double level = luaL_optnumber(L, 5, usual_level);
  if (is_empty(first, second))
    return 0;
  if (!statistics_difference(&interval, first, second, level, &err))
    return bind_raise(L, &err);
  return push_interval(L, &interval);
}

/* two_proportions(hits, all, hits, all) → difference, z, p, exact. */
static int two_proportions(lua_State *L) {
  struct error err;
  struct contrast contrast;
  struct proportion first = check_proportion(L, 1), second = check_proportion(L, 3);
  if (is_empty(first, second))
    return 0;
  if (!statistics_two_proportions(&contrast, first, second, &err))
    return bind_raise(L, &err);
  lua_pushnumber(L, contrast.difference);
  lua_pushnumber(L, contrast.z);
  lua_pushnumber(L, contrast.p);
  lua_pushboolean(L, contrast.exact);
  return 4;
}

/* fisher(hits, all, hits, all) → p. */
static int fisher(lua_State *L) {
  struct error err;
  double p;
  if (!statistics_fisher(&p, check_proportion(L, 1), check_proportion(L, 3), &err))
    return bind_raise(L, &err);
  lua_pushnumber(L, p);
  return 1;
}

/* hypergeometric(hits drawn, drawn, hits in all, all) → p of at least as many. */
static int hypergeometric(lua_State *L) {
  struct error err;
  double p;
  if (!statistics_hypergeometric(&p, check_proportion(L, 1), check_proportion(L, 3), &err))
    return bind_raise(L, &err);
  lua_pushnumber(L, p);
  return 1;
}

/* chi_square(value, freedom) → p. */
static int chi_square(lua_State *L) {
  double value = luaL_checknumber(L, 1), freedom = luaL_checknumber(L, 2);
  luaL_argcheck(L, value >= 0, 1, "a sum of squares is not negative");
  luaL_argcheck(L, freedom > 0 && freedom <= LIST_MAX, 2, "degrees of freedom are 1 or more");
  lua_pushnumber(L, statistics_chi_square_above(value, freedom));
  return 1;
}

/* correlation(list, list[, "linear" | "ranks"]) → r, p; nil where there is none. */
static int correlation(lua_State *L) {
  static const char *const words[] = {"linear", "ranks", NULL};
  struct error err;
  struct correlation found;
  bool ranks = luaL_checkoption(L, 3, words[0], words) == 1;
  struct pairs pairs = check_pairs(L);
  bool done =
      ranks ? statistics_spearman(&found, &pairs, &err) : statistics_pearson(&found, &pairs, &err);
  if (!done)
    return bind_raise(L, &err);
  push_some(L, found.r);
  push_some(L, found.p);
  return 2;
}

/* line(list, list) → slope, intercept, explained, spread; nil where there is none. */
static int line(lua_State *L) {
  struct error err;
  struct line found;
  struct pairs pairs = check_pairs(L);
  if (!statistics_line(&found, &pairs, &err))
    return bind_raise(L, &err);
  push_some(L, found.slope);
  push_some(L, found.intercept);
  push_some(L, found.explained);
  push_some(L, found.spread);
  return 4;
}

/* quantile(list, share) → the number; nil of an empty list. */
static int quantile(lua_State *L) {
  struct error err;
  double found;
  size_t count = check_count(L, 1);
  double share = luaL_checknumber(L, 2);
  if (count == 0)
    return 0;
  if (!statistics_quantile(&found, check_numbers(L, 1, count), count, share, &err))
    return bind_raise(L, &err);
  lua_pushnumber(L, found);
  return 1;
}

/* correct(list[, "benjamini-hochberg" | "holm"]) → the list corrected. By enum correction. */
static int correct(lua_State *L) {
  static const char *const words[] = {"benjamini-hochberg", "holm", NULL};
  struct error err;
  enum correction correction = (enum correction)luaL_checkoption(L, 2, words[0], words);
  size_t count = check_count(L, 1);
  double *p = check_numbers(L, 1, count);
  if (!statistics_correct(p, count, correction, &err))
    return bind_raise(L, &err);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_pushnumber(L, p[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* A number seeds as its digits do. */
static void check_seed(lua_State *L, int index, struct random *out) {
  size_t length;
  lua_pushvalue(L, index);
  const char *seed = luaL_checklstring(L, -1, &length);
  random_init_text(out, seed, length);
  lua_pop(L, 1);
}

/* sample(list | count, size, seed) → that many of the list, or of 1 … count, in their order; all of
 * them when there are no more. */
static int sample(lua_State *L) {
  struct random source;
  bool listed = lua_istable(L, 1);
  lua_Integer count = listed ? (lua_Integer)check_count(L, 1) : luaL_checkinteger(L, 1);
  lua_Integer size = luaL_checkinteger(L, 2);
  luaL_argcheck(L, count >= 0 && count <= LIST_MAX, 1, "between 0 and a million");
  luaL_argcheck(L, size >= 0, 2, "a sample has a size of 0 or more");
  check_seed(L, 3, &source);
  size = size < count ? size : count;
  uint32_t *places = lua_newuserdatauv(L, ((size_t)size + 1) * sizeof *places, 0);
  random_sample(&source, places, (uint32_t)size, (uint32_t)count);
  lua_createtable(L, (int)size, 0);
  for (lua_Integer i = 0; i < size; i++) {
    lua_Integer place = (lua_Integer)places[i] + 1;
    if (listed)
      lua_rawgeti(L, 1, place);
    else
      lua_pushinteger(L, place);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

/* The function that draws() gives; its source is the upvalue. */
static int draw(lua_State *L) {
  struct random *source = lua_touserdata(L, lua_upvalueindex(1));
  if (lua_isnoneornil(L, 1)) {
    lua_pushnumber(L, random_share(source));
    return 1;
  }
  lua_Integer limit = luaL_checkinteger(L, 1);
  luaL_argcheck(L, limit > 0 && limit <= INT32_MAX, 1, "the largest number that may be drawn");
  lua_pushinteger(L, (lua_Integer)random_below(source, (uint32_t)limit) + 1);
  return 1;
}

/* draws(seed) → draw; draw() → 0 <= number < 1, draw(n) → 1 … n. */
static int draws(lua_State *L) {
  struct random source;
  check_seed(L, 1, &source);
  *(struct random *)lua_newuserdatauv(L, sizeof source, 0) = source;
  lua_pushcclosure(L, draw, 1);
  return 1;
}

void bind_statistics_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"normal",          normal         },
      {"normal_quantile", normal_quantile},
      {"wilson",          wilson         },
      {"difference",      difference     },
      {"two_proportions", two_proportions},
      {"fisher",          fisher         },
      {"hypergeometric",  hypergeometric },
      {"chi_square",      chi_square     },
      {"correlation",     correlation    },
      {"line",            line           },
      {"quantile",        quantile       },
      {"correct",         correct        },
      {"sample",          sample         },
      {"draws",           draws          },
      {NULL,              NULL           },
  };
  luaL_newlib(L, functions);
  lua_setfield(L, -2, "statistics");
}
