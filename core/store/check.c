/* What is wrong with a database, and what it stands on. */
#include <inttypes.h>
#include <string.h>

#include "base/translate.h"
#include "store/migration.h"
#include "store/sqlite.h"

enum { FAULTS_MAX = 100 };

static void add_fault(struct text *faults, int *count, const char *line) {
  if (*count < FAULTS_MAX)
    text_format(faults, "%s\n", line);
  else if (*count == FAULTS_MAX)
    text_append(faults, translate("… and more\n"));
  ++*count;
}

/* A damaged file is an answer, not a check that could not run. */
static bool is_answer(struct store *store, struct text *faults, const struct error *failure) {
  int code = sqlite3_errcode(store->db) & 0xff;
  if (code != SQLITE_CORRUPT && code != SQLITE_NOTADB)
    return false;
  text_format(faults, "%s\n", failure->message);
  return true;
}

typedef void (*row_fn)(const struct statement *statement, struct text *line);

static bool collect(struct store *store, const char *sql, row_fn say, struct text *faults,
                    struct error *err) {
  struct statement *statement = NULL;
  struct text line = {0};
  int count = 0;
  bool row = true;
  bool read = statement_open(&statement, store, sql, err);
  while (read && row && count <= FAULTS_MAX) {
    read = statement_step(statement, &row, err);
    text_clear(&line);
    if (read && row)
      say(statement, &line);
    if (line.length > 0)
      add_fault(faults, &count, text_string(&line));
  }
  if (!read)
    read = is_answer(store, faults, err);
  statement_close(statement);
  read = read && text_check(&line, err);
  text_release(&line);
  return read;
}

static void say_integrity(const struct statement *statement, struct text *line) {
  const char *fault = statement_text(statement, 0);
  if (fault && strcmp(fault, "ok") != 0)
    text_append(line, fault);
}

static void say_reference(const struct statement *statement, struct text *line) {
  const char *row = statement_text(statement, 1);
  text_format(line, translate("a row of %s (%s) refers to a missing row of %s"),
              statement_text(statement, 0), row ? row : translate("no number"),
              statement_text(statement, 2));
}

/* FTS5 compares its index with its contents when this is written to it; nothing is kept. */
static bool check_words(struct store *store, struct text *faults, struct error *err) {
  if (store->mode == STORE_READ_ONLY)
    return true;
  if (!store_begin(store, err))
    return false;
  bool checked = store_run(store, "insert into search (search) values ('integrity-check')", err) ||
                 is_answer(store, faults, err);
  store_cancel(store);
  return checked;
}

bool store_check(struct store *store, enum store_check depth, struct text *faults,
                 struct error *err) {
  if (depth == STORE_CHECK_QUICK)
    return collect(store, "pragma quick_check", say_integrity, faults, err) &&
           text_check(faults, err);
  return collect(store, "pragma integrity_check", say_integrity, faults, err) &&
         collect(store, "pragma foreign_key_check", say_reference, faults, err) &&
         check_words(store, faults, err) && text_check(faults, err);
}

static const char *journal_reason(bool wal) {
  bool safe = store_wal_is_safe(sqlite3_libversion_number());
  if (wal)
    return safe ? translate("this SQLite shares it safely")
                : translate("read-only: it cannot be changed here");
  return safe ? translate("others use it so")
              : translate("this SQLite can damage a WAL file that is shared; 3.51.3 can not");
}

static bool describe_journal(struct store *store, struct text *out, struct error *err) {
  bool wal;
  if (!store_is_wal(store, &wal, err))
    return false;
  if (store->mode == STORE_MEMORY)
    text_append(out, translate("journal: memory\n"));
  else
    text_format(out, translate("journal: %s (%s), synchronous full\n"), wal ? "wal" : "rollback",
                journal_reason(wal));
  return true;
}

bool store_describe(struct store *store, struct text *out, struct error *err) {
  int64_t pages, page_size;
  text_format(out, translate("database: %s\n"),
              store->mode == STORE_MEMORY ? translate("in memory") : store->path);
  text_format(out, translate("library: SQLite %s\n"), sqlite3_libversion());
  if (!describe_journal(store, out, err) ||
      !store_ask_integer(store, "pragma page_count", &pages, err) ||
      !store_ask_integer(store, "pragma page_size", &page_size, err))
    return false;
  text_format(out, translate("schema: %d of %d\n"), store->version, migration_latest());
  text_format(out, translate("size: %lld bytes\n"), (long long)pages * (long long)page_size);
  return text_check(out, err);
}
