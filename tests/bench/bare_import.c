#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bare.h"

enum { COLUMNS = 12 };

struct cell {
  const char *data;
  int length;
};

/* The cells of one line without quotes; returns where the next line begins. */
static const char *split(const char *line, const char *end, struct cell cells[COLUMNS]) {
  const char *stop = memchr(line, '\n', (size_t)(end - line));
  for (int i = 0; i < COLUMNS; i++) {
    const char *next = i == COLUMNS - 1 ? stop : memchr(line, ',', (size_t)(stop - line));
    cells[i] = (struct cell){line, (int)(next - line)};
    line = next + 1;
  }
  return stop + 1;
}

/* "12.00" is 1200 minor units. */
static int64_t to_integer(struct cell cell) {
  int64_t number = 0;
  for (int i = 0; i < cell.length; i++)
    if (cell.data[i] >= '0' && cell.data[i] <= '9')
      number = number * 10 + (cell.data[i] - '0');
  return number;
}

static void bind_client(sqlite3_stmt *client, int64_t id, const struct cell cells[COLUMNS]) {
  static const int texts[] = {0, 1, 2, 6, 7, 8, 9, 10, 11};
  static const int slots[] = {2, 3, 4, 8, 9, 10, 11, 12, 13};
  sqlite3_bind_int64(client, 1, id);
  for (int i = 0; i < 9; i++)
    sqlite3_bind_text(client, slots[i], cells[texts[i]].length ? cells[texts[i]].data : NULL,
                      cells[texts[i]].length, SQLITE_STATIC);
  sqlite3_bind_int64(client, 5, to_integer(cells[3]));
  sqlite3_bind_int64(client, 6, to_integer(cells[4]));
  sqlite3_bind_int64(client, 7, to_integer(cells[5]));
}

static void insert_all(sqlite3 *database, const char *line, const char *end) {
  sqlite3_stmt *record =
      bare_prepare(database, "insert into record(id, kind, created_tx, updated_tx, since)"
                             " values($1, 'client', 1, 1, '2026-01-01T00:00:00Z')");
  sqlite3_stmt *client = bare_prepare(
      database,
      "insert into client(id, external_id, name, industry, employees, revenue, founded,"
      " country, city, website, email, phone, source, revenue_currency, status)"
      " values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'USD', 'suspect')");
  sqlite3_stmt *transition =
      bare_prepare(database, "insert into transition(record, seq, tx, process, to_stage, outcome,"
                             " at) values($1, 1, 1, 'relationship', 'suspect', 'begun',"
                             " '2026-01-01T00:00:00Z')");
  struct cell cells[COLUMNS];
  line = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
  for (int64_t id = 1; line < end; id++) {
    line = split(line, end, cells);
    sqlite3_bind_int64(record, 1, id);
    bare_step(record);
    bind_client(client, id, cells);
    bare_step(client);
    sqlite3_bind_int64(transition, 1, id);
    bare_step(transition);
  }
  sqlite3_finalize(record);
  sqlite3_finalize(client);
  sqlite3_finalize(transition);
}

void bare_import(const char *book, const char *csv) {
  struct stat status;
  int file = open(csv, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &status) != 0)
    abort();
  const char *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED)
    abort();
  sqlite3 *database = bare_open(book);
  bare_run(database, "begin immediate; insert into tx(id, at, actor, command)"
                     " values(1, '2026-01-01T00:00:00Z', 'bench', 'import')");
  insert_all(database, bytes, bytes + status.st_size);
  bare_run(database, "commit");
  sqlite3_close(database);
}
