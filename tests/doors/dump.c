/* The whole book as text, straight from its file: the program is not asked what it wrote. */
#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "doors/door.h"
#include "support/unit.h"

/* Which command a unit came from is told apart. */
static bool is_command(const char *table, const char *column) {
  return strcmp(table, "tx") == 0 && strcmp(column, "command") == 0;
}

static sqlite3_stmt *prepare(sqlite3 *store, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(store, sql, -1, &statement, NULL) != SQLITE_OK)
    fail_msg("%s: %s", sql, sqlite3_errmsg(store));
  return statement;
}

/* A shell has taken the quotes off: what a line says is its words. */
static void append_words(struct text *out, const char *line) {
  struct words words;
  struct error err;
  if (!words_split(&words, line, &err)) {
    text_append(out, line);
    return;
  }
  for (size_t i = 0; i < words.items.count; i++) {
    words_quote_always(out, words_at(&words, i));
    text_append_char(out, ' ');
  }
  words_release(&words);
}

static void append_value(struct text *out, sqlite3_stmt *row, int column, bool is_line) {
  const char *bytes = (const char *)sqlite3_column_text(row, column);
  text_format(out, "|%s=", sqlite3_column_name(row, column));
  if (is_line)
    append_words(out, bytes);
  else
    text_append_bytes(out, bytes, (size_t)sqlite3_column_bytes(row, column));
}

static void dump_table(sqlite3 *store, const char *table, bool commands, struct text *out) {
  char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
  sqlite3_stmt *rows = prepare(store, sql);
  int step;
  while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
    text_append(out, table);
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
      bool is_line = is_command(table, sqlite3_column_name(rows, i));
      if (sqlite3_column_type(rows, i) != SQLITE_NULL && (commands || !is_line))
        append_value(out, rows, i, is_line);
    }
    text_append_char(out, '\n');
  }
  assert_int_equal(step, SQLITE_DONE);
  sqlite3_finalize(rows);
  sqlite3_free(sql);
}

/* How words are packed in the index of words depends on when it caught up, and a dry run that is a
 * part of a line of Lua uses ids up. */
static void dump_book(const char *database, bool commands, struct text *out) {
  sqlite3 *store;
  assert_int_equal(sqlite3_open_v2(database, &store, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  sqlite3_stmt *tables = prepare(
      store, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
             "'sqlite_%' AND name NOT LIKE '%search%' AND name <> 'sequence' ORDER BY name");
  while (sqlite3_step(tables) == SQLITE_ROW)
    dump_table(store, (const char *)sqlite3_column_text(tables, 0), commands, out);
  sqlite3_finalize(tables);
  sqlite3_close(store);
}

static int is_shown(const struct dirent *entry) {
  return entry->d_name[0] != '.' && strncmp(entry->d_name, "sales.db", 8) != 0;
}

/* A copy of a book has a layout of its own. */
static void dump_files(const char *folder, struct text *out) {
  struct dirent **entries;
  int count = scandir(folder, &entries, is_shown, alphasort);
  assert_true(count >= 0);
  for (int i = 0; i < count; i++) {
    struct text path = {0};
    text_format(&path, "%s/%s", folder, entries[i]->d_name);
    text_format(out, "file %s\n", entries[i]->d_name);
    if (entries[i]->d_type == DT_REG && !strstr(entries[i]->d_name, ".db"))
      read_file(text_string(&path), out);
    text_release(&path);
    free(entries[i]);
  }
  free(entries);
}

void door_dump(const struct door *door, bool commands, struct text *out) {
  dump_book(text_string(&door->database), commands, out);
  dump_files(text_string(&door->folder), out);
}

void door_take_history(const struct door *door, const struct door *from) {
  sqlite3 *store;
  char *message = NULL;
  assert_int_equal(sqlite3_open(text_string(&door->database), &store), SQLITE_OK);
  char *sql = sqlite3_mprintf(
      "ATTACH %Q AS other; UPDATE tx SET command = (SELECT command FROM other.tx AS theirs "
      "WHERE theirs.id = tx.id); UPDATE sequence SET next = (SELECT next FROM other.sequence); "
      "DETACH other",
      text_string(&from->database));
  if (sqlite3_exec(store, sql, NULL, NULL, &message) != SQLITE_OK)
    fail_msg("%s: %s", sql, message);
  sqlite3_free(sql);
  sqlite3_close(store);
}
