#include "bare.h"

enum { STATEMENTS = 5 };

static const char *const sql[STATEMENTS] = {
    "insert into tx(id, at, actor, command) select coalesce(max(id), 0) + 1,"
    " '2026-01-01T00:00:00Z', 'bench', 'advance' from tx",
    "update deal set stage = 'qualifying' where id = $1",
    "update record set updated_tx = (select max(id) from tx) where id = $1",
    "insert into change(tx, record, field, old, new, at) select max(id), $1, 'stage',"
    " 'prospecting', 'qualifying', '2026-01-01T00:00:00Z' from tx",
    "insert into transition(record, seq, tx, process, from_stage, to_stage, outcome, at, seconds,"
    " verdict) select $1, (select coalesce(max(seq), 0) + 1 from transition where record = $1),"
    " max(id), 'sale', 'prospecting', 'qualifying', 'moved', '2026-01-01T00:00:00Z', 60,"
    " '{\"allowed\":true,\"items\":["
    "{\"id\":\"product\",\"level\":\"must\",\"outcome\":\"pass\",\"reads\":{\"product\":1000001}},"
    "{\"id\":\"price\",\"level\":\"must\",\"outcome\":\"pass\",\"reads\":{\"product.price\":"
    "{\"amount\":\"100.00\",\"currency\":\"USD\"}}},"
    "{\"id\":\"value\",\"level\":\"must\",\"outcome\":\"pass\",\"reads\":{\"value_statement\":"
    "\"saves a day a week\"}},"
    "{\"id\":\"next_step\",\"level\":\"must\",\"outcome\":\"pass\",\"reads\":{\"next_step\":"
    "\"call\"}},"
    "{\"id\":\"source\",\"level\":\"should\",\"outcome\":\"pass\",\"reads\":{\"source\":\"fair\"}}"
    "]}' from tx",
};

static void write_move(sqlite3_stmt *const *statements, int64_t id, bool with_tx) {
  for (int i = with_tx ? 0 : 1; i < STATEMENTS; i++) {
    sqlite3_bind_int64(statements[i], 1, id);
    bare_step(statements[i]);
  }
}

void bare_moves(const char *book, int64_t count, bool durable) {
  sqlite3 *database = bare_open(book);
  sqlite3_stmt *statements[STATEMENTS];
  for (int i = 0; i < STATEMENTS; i++)
    statements[i] = bare_prepare(database, sql[i]);
  for (int64_t id = 1; id <= count; id++) {
    if (durable || id == 1)
      bare_run(database, "begin immediate");
    write_move(statements, id, durable || id == 1);
    if (durable || id == count)
      bare_run(database, "commit");
  }
  for (int i = 0; i < STATEMENTS; i++)
    sqlite3_finalize(statements[i]);
  sqlite3_close(database);
}
