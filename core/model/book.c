#include "model/book.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/schema.h"
#include "store/backup.h"
#include "store/statement.h"

static const enum store_mode store_modes[] = {
    [BOOK_CREATE] = STORE_CREATE,
    [BOOK_EXISTING] = STORE_EXISTING,
    [BOOK_READ_ONLY] = STORE_READ_ONLY,
    [BOOK_MEMORY] = STORE_MEMORY,
};

static const char *login_name(void) {
  const char *name = getenv("LOGNAME");
  if (name && *name)
    return name;
  const struct passwd *entry = getpwuid(getuid());
  return entry ? entry->pw_name : "unknown";
}

static bool prepare(struct book *book, struct error *err) {
  strcpy(book->currency, "USD");
  book->actor = memory_copy_text(login_name());
  if (!book->actor)
    return error_memory(err);
  return catalog_new(&book->catalog, err) && schema_apply(book->store, book->catalog, err);
}

bool book_open(struct book **out, const char *path, enum book_mode mode, struct error *err) {
  struct book *book = memory_new(sizeof *book);
  if (!book)
    return error_memory(err);
  if (!store_open(&book->store, path, store_modes[mode], err)) {
    memory_free(book);
    return false;
  }
  if (!prepare(book, err)) {
    book_close(book);
    return false;
  }
  *out = book;
  return true;
}

bool book_copy(struct book **out, struct book *of, struct error *err) {
  struct book *book = memory_new(sizeof *book);
  if (!book)
    return error_memory(err);
  if (!store_copy(&book->store, of->store, err)) {
    memory_free(book);
    return false;
  }
  if (!prepare(book, err)) {
    book_close(book);
    return false;
  }
  memcpy(book->currency, of->currency, sizeof book->currency);
  *out = book;
  return true;
}

void book_close(struct book *book) {
  if (!book)
    return;
  store_close(book->store);
  catalog_free(book->catalog);
  memory_free(book->actor);
  memory_free(book->ruleset);
  memory_free(book);
}

const char *book_path(const struct book *book) {
  return store_path(book->store);
}

bool book_is_read_only(const struct book *book) {
  return store_is_read_only(book->store);
}

bool book_use_catalog(struct book *book, struct catalog *catalog, struct error *err) {
  if (!catalog_check(catalog, err) || !schema_apply(book->store, catalog, err))
    return false;
  catalog_free(book->catalog);
  book->catalog = catalog;
  return true;
}

instant book_now(const struct book *book) {
  return book->has_as_of ? book->as_of : clock_now(&book->clock);
}

date book_today(const struct book *book) {
  return book->has_as_of ? instant_date(book->as_of) : clock_today(&book->clock);
}

static const char backup_key[] = "backup"; /* "2026-05-01T10:00:00Z 812" */

static bool note_backup(struct book *book, int64_t tx, struct error *err) {
  char at[INSTANT_TEXT_SIZE];
  struct text note = {0};
  if (book_is_read_only(book) || !*book_path(book))
    return true;
  instant_write(clock_now(&book->clock), at);
  text_format(&note, "%s %lld", at, (long long)tx);
  bool noted =
      text_check(&note, err) && book_set_setting(book, backup_key, text_string(&note), err);
  text_release(&note);
  return noted;
}

/* The copy may hold units that came after the question; it counts as older than it is. */
bool book_backup(struct book *book, const char *path, struct error *err) {
  int64_t tx = 0;
  return book_position(book, &tx, err) && backup_write(book->store, path, err) &&
         note_backup(book, tx, err);
}

static bool read_backup(char *note, instant *at, int64_t *tx, struct error *err) {
  char *blank = strchr(note, ' ');
  if (!blank)
    return error_set(err, ERROR_STORE, "the note of the last backup reads '%s'", note);
  *blank = 0;
  *tx = strtoll(blank + 1, NULL, 10);
  return instant_read(at, note, err);
}

bool book_last_backup(struct book *book, instant *at, int64_t *tx, struct error *err) {
  char *note = NULL;
  *at = 0;
  *tx = 0;
  if (!book_setting(book, backup_key, &note, err))
    return false;
  bool read = !note || read_backup(note, at, tx, err);
  memory_free(note);
  return read;
}

bool book_describe(struct book *book, struct text *out, struct error *err) {
  return store_describe(book->store, out, err);
}

bool book_position(struct book *book, int64_t *tx, struct error *err) {
  return store_position(book->store, tx, err);
}

bool book_view_begin(struct book *book, struct error *err) {
  return store_read_begin(book->store, err);
}

void book_view_end(struct book *book) {
  store_read_end(book->store);
}

void book_interrupt(struct book *book) {
  store_interrupt(book->store);
}

bool book_setting(struct book *book, const char *key, char **value, struct error *err) {
  struct statement *statement;
  *value = NULL;
  if (!statement_open(&statement, book->store, "select value from meta where key = $1", err))
    return false;
  statement_bind_text(statement, 1, key);
  bool row;
  bool found = statement_step(statement, &row, err);
  if (found && row && statement_type(statement, 0) != CELL_NULL) {
    *value = memory_copy_text(statement_text(statement, 0));
    found = *value || error_memory(err);
  }
  statement_close(statement);
  return found;
}

static bool write_setting(struct book *book, const char *key, const char *value,
                          struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store,
                      "insert into meta (key, value) values ($1, $2) "
                      "on conflict (key) do update set value = excluded.value",
                      err))
    return false;
  statement_bind_text(statement, 1, key);
  statement_bind_text(statement, 2, value);
  bool written = statement_run(statement, err);
  statement_close(statement);
  return written;
}

bool book_set_setting(struct book *book, const char *key, const char *value, struct error *err) {
  if (!store_begin(book->store, err))
    return false;
  if (write_setting(book, key, value, err))
    return store_commit(book->store, err);
  store_cancel(book->store);
  return false;
}
