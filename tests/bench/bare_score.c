#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>

#include "bare.h"

/* The ten rules of workspace/scorecards/bench.lua as one would write them without a product. */
static const char rules[] =
    "local wins = { medical=true, retail=true, software=true, finance=true, education=true }\n"
    "local rules = {\n"
    "  function(c) return wins[c.industry] and 25 or 0 end,\n"
    "  function(c) return c.industry ~= nil and 5 or 0 end,\n"
    "  function(c) local p = (c.employees or 0) / 100; return p > 30 and 30 or p end,\n"
    "  function(c) return c.revenue ~= nil and c.revenue >= 10000000000 and 20 or 0 end,\n"
    "  function(c) return c.founded ~= nil and 2026 - c.founded >= 10 and 5 or 0 end,\n"
    "  function(c) return (c.email ~= nil or c.phone ~= nil) and 10 or 0 end,\n"
    "  function(c) return c.country == 'Germany' and 5 or 0 end,\n"
    "  function(c) return c.source == 'fair' and 5 or 0 end,\n"
    "  function(c) return c.website ~= nil and 2 or 0 end,\n"
    "  function(c) return c.email ~= nil and c.email:sub(-10) == '@gmail.com' and -10 or 0 end,\n"
    "}\n"
    "return function(c, points)\n"
    "  local total = 0\n"
    "  for i = 1, #rules do local p = rules[i](c); points[i] = p; total = total + p end\n"
    "  return total\n"
    "end\n";

/* As long as the product's: each row carries it. */
static const char ruleset[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static const char *const fields[] = {"industry", "employees", "revenue", "founded", "email",
                                     "phone",    "country",   "source",  "website"};
enum { FIELDS = 9, RULES = 10, NAMES = 100 };

static const char *const ids[RULES] = {"industry",    "known_industry", "size",   "revenue",
                                       "established", "reachable",      "german", "fair",
                                       "website",     "free_mail"};

static void push_cell(lua_State *L, sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_INTEGER)
    lua_pushinteger(L, sqlite3_column_int64(row, column));
  else if (sqlite3_column_type(row, column) == SQLITE_NULL)
    lua_pushnil(L);
  else {
    const char *text = (const char *)sqlite3_column_text(row, column);
    lua_pushlstring(L, text, (size_t)sqlite3_column_bytes(row, column));
  }
}

static void fill_record(lua_State *L, int record, sqlite3_stmt *row) {
  for (int i = 0; i < FIELDS; i++) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, NAMES + i);
    push_cell(L, row, i + 1);
    lua_rawset(L, record);
  }
}

/* The explanation is kept, as the product keeps it. */
static int write_parts(lua_State *L, int points, char *out, size_t size) {
  int length = snprintf(out, size, "[");
  for (int i = 0; i < RULES; i++) {
    lua_rawgeti(L, points, i + 1);
    double part = lua_tonumber(L, -1);
    lua_pop(L, 1);
    if (part != 0)
      length += snprintf(out + length, size - (size_t)length, "%s{\"id\":\"%s\",\"points\":%.15g}",
                         length > 1 ? "," : "", ids[i], part);
  }
  return length + snprintf(out + length, size - (size_t)length, "]");
}

/* The stack holds the function, the record and the points. */
static double score_row(lua_State *L, sqlite3_stmt *row, sqlite3_stmt *insert) {
  char parts[2048];
  fill_record(L, 2, row);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, 3);
  if (lua_pcall(L, 2, 1, 0) != LUA_OK)
    abort();
  double total = lua_tonumber(L, -1);
  lua_pop(L, 1);
  int length = write_parts(L, 3, parts, sizeof parts);
  sqlite3_bind_int64(insert, 1, sqlite3_column_int64(row, 0));
  sqlite3_bind_double(insert, 2, total);
  sqlite3_bind_text(insert, 3, total >= 70 ? "A" : total >= 45 ? "B" : "C", -1, SQLITE_STATIC);
  sqlite3_bind_text(insert, 4, parts, length, SQLITE_STATIC);
  bare_step(insert);
  return total;
}

static lua_State *open_rules(void) {
  lua_State *L = luaL_newstate();
  if (!L)
    abort();
  luaL_openlibs(L);
  for (int i = 0; i < FIELDS; i++) {
    lua_pushstring(L, fields[i]);
    lua_rawseti(L, LUA_REGISTRYINDEX, NAMES + i);
  }
  if (luaL_dostring(L, rules) != LUA_OK)
    abort();
  lua_createtable(L, 0, FIELDS);
  lua_createtable(L, RULES, 0);
  return L;
}

double bare_score(const char *book) {
  sqlite3 *database = bare_open(book);
  lua_State *L = open_rules();
  double sum = 0;
  bare_run(database, "begin immediate; insert into tx(id, at, actor, command)"
                     " values(1000, '2026-01-01T00:00:00Z', 'bench', 'score')");
  sqlite3_stmt *row =
      bare_prepare(database, "select id, industry, employees, revenue, founded, email, phone,"
                             " country, source, website from client order by id");
  sqlite3_stmt *insert = bare_prepare(
      database, "insert into score(record, scorecard, points, grade, tx, ruleset, parts)"
                " values($1, 'bench', $2, $3, 1000, $5, $4)");
  sqlite3_bind_text(insert, 5, ruleset, -1, SQLITE_STATIC);
  while (sqlite3_step(row) == SQLITE_ROW)
    sum += score_row(L, row, insert);
  sqlite3_finalize(row);
  sqlite3_finalize(insert);
  bare_run(database, "commit");
  lua_close(L);
  sqlite3_close(database);
  return sum;
}
