#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "bare.h"

/* The five criteria of workspace/stages/sale/prospecting.lua as one would write them without a
 * product; how many must fail. */
static const char criteria[] =
    "return function(d)\n"
    "  local failed = 0\n"
    "  if d.product == nil then failed = failed + 1 end\n"
    "  if d.price == nil then failed = failed + 1 end\n"
    "  if not (d.value ~= nil and #d.value > 5) then failed = failed + 1 end\n"
    "  if d.next_step == nil then failed = failed + 1 end\n"
    "  local warned = not (d.source == 'fair' or d.source == 'web')\n"
    "  return failed, warned\n"
    "end\n";

static const char *const fields[] = {"product", "price", "value", "next_step", "source"};
enum { FIELDS = 5 };

/* Every move that the bench's deals made also changed their stage. */
static const char history_sql[] =
    "begin immediate;"
    "insert into change(tx, record, field, old, new, at) select 1, id, 'stage', 'prospecting',"
    " stage, '2026-04-01T00:00:00Z' from deal where stage <> 'prospecting';"
    "update transition set outcome = 'imported' where seq = 2;"
    "commit";

void generate_history(const char *book) {
  sqlite3 *database = bare_open(book);
  bare_run(database, history_sql);
  sqlite3_close(database);
}

/* A private copy, as the product makes one. */
static sqlite3 *open_copy(const char *book) {
  sqlite3 *from = bare_open(book), *copy = NULL;
  if (sqlite3_open_v2("", &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      NULL) != SQLITE_OK)
    abort();
  bare_run(copy, "pragma journal_mode = memory; pragma synchronous = off;"
                 "pragma cache_size = -16384");
  sqlite3_backup *backup = sqlite3_backup_init(copy, "main", from, "main");
  if (!backup || sqlite3_backup_step(backup, -1) != SQLITE_DONE ||
      sqlite3_backup_finish(backup) != SQLITE_OK)
    abort();
  sqlite3_close(from);
  return copy;
}

enum { PUT_BACK, DROP_CHANGE, DROP_MOVE, LOOK, STATEMENTS };

static const char *const sql[STATEMENTS] = {
    "update deal set stage = $2 where id = $1",
    "delete from change where id = $1",
    "delete from transition where record = $1 and seq = $2",
    "select d.product, p.price, d.value_statement, d.next_step, d.source from deal d"
    " left join product p on p.id = d.product where d.id = $1",
};

static void push_cell(lua_State *L, sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_INTEGER)
    lua_pushinteger(L, sqlite3_column_int64(row, column));
  else if (sqlite3_column_type(row, column) == SQLITE_NULL)
    lua_pushnil(L);
  else
    lua_pushstring(L, (const char *)sqlite3_column_text(row, column));
}

/* The stack holds the function and the record. */
static int64_t judge(lua_State *L, sqlite3_stmt *look, int64_t record) {
  sqlite3_bind_int64(look, 1, record);
  if (sqlite3_step(look) != SQLITE_ROW)
    abort();
  for (int i = 0; i < FIELDS; i++) {
    push_cell(L, look, i);
    lua_setfield(L, 2, fields[i]);
  }
  sqlite3_reset(look);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  if (lua_pcall(L, 1, 2, 0) != LUA_OK)
    abort();
  int64_t failed = lua_tointeger(L, -2);
  lua_pop(L, 2);
  return failed;
}

static int64_t step_back(lua_State *L, sqlite3_stmt *const *statements, sqlite3_stmt *event) {
  int64_t record = sqlite3_column_int64(event, 1);
  sqlite3_bind_int64(statements[PUT_BACK], 1, record);
  sqlite3_bind_value(statements[PUT_BACK], 2, sqlite3_column_value(event, 2));
  sqlite3_bind_int64(statements[DROP_CHANGE], 1, sqlite3_column_int64(event, 0));
  sqlite3_bind_int64(statements[DROP_MOVE], 1, record);
  sqlite3_bind_int64(statements[DROP_MOVE], 2, sqlite3_column_int64(event, 3));
  for (int i = PUT_BACK; i <= DROP_MOVE; i++)
    bare_step(statements[i]);
  return judge(L, statements[LOOK], record);
}

int64_t bare_backtest(const char *book) {
  sqlite3 *copy = open_copy(book);
  sqlite3_stmt *statements[STATEMENTS];
  lua_State *L = luaL_newstate();
  int64_t failed = 0;
  if (!L || luaL_dostring(L, criteria) != LUA_OK)
    abort();
  lua_createtable(L, 0, FIELDS);
  for (int i = 0; i < STATEMENTS; i++)
    statements[i] = bare_prepare(copy, sql[i]);
  bare_run(copy, "begin");
  sqlite3_stmt *event =
      bare_prepare(copy, "select c.id, c.record, c.old, t.seq from change c join transition t"
                         " on t.record = c.record and t.tx = c.tx and t.to_stage = c.new"
                         " where c.field = 'stage' order by c.at desc, c.id desc");
  while (sqlite3_step(event) == SQLITE_ROW)
    failed += step_back(L, statements, event);
  sqlite3_finalize(event);
  bare_run(copy, "commit");
  for (int i = 0; i < STATEMENTS; i++)
    sqlite3_finalize(statements[i]);
  lua_close(L);
  sqlite3_close(copy);
  return failed;
}
