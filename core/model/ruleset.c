#include "model/ruleset.h"

#include <string.h>

#include "base/memory.h"
#include "store/statement.h"

static const char mark[] = "-- file: ";
enum { MARK_LENGTH = sizeof mark - 1 };

static bool is_marked(const char *line, size_t left) {
  return left >= MARK_LENGTH && memcmp(line, mark, MARK_LENGTH) == 0;
}

/* The first line from here on that names a file; NULL: none does. */
static const char *marked_line(const char *at, const char *end) {
  while (at < end && !is_marked(at, (size_t)(end - at))) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    at = newline ? newline + 1 : end;
  }
  return at < end ? at : NULL;
}

static int line_of(const char *text, const char *at) {
  int line = 1;
  for (; text < at; text++)
    line += *text == '\n';
  return line;
}

bool ruleset_append(struct text *source, const struct ruleset_file *file, struct error *err) {
  const char *marked = marked_line(file->text, file->text + file->length);
  if (memchr(file->text, 0, file->length))
    return error_set(err, ERROR_CONFIG, "%.*s: holds a zero byte, so it is no script",
                     (int)file->name_length, file->name);
  if (marked)
    return error_set(err, ERROR_CONFIG,
                     "%.*s:%d: a line that begins with '-- file: ' would be read as the beginning "
                     "of another file; write it otherwise",
                     (int)file->name_length, file->name, line_of(file->text, marked));
  text_append(source, mark);
  text_append_bytes(source, file->name, file->name_length);
  text_append_char(source, '\n');
  text_append_bytes(source, file->text, file->length);
  text_append_char(source, '\n');
  return text_check(source, err);
}

bool ruleset_next(struct ruleset_file *file, const char *source, size_t length) {
  const char *end = source + length;
  const char *line = file->text ? file->text + file->length + 1 : source;
  if (line >= end || !is_marked(line, (size_t)(end - line)))
    return false;
  const char *newline = memchr(line, '\n', (size_t)(end - line));
  if (!newline)
    return false;
  file->name = line + MARK_LENGTH;
  file->name_length = (size_t)(newline - file->name);
  file->text = newline + 1;
  const char *next = marked_line(file->text, end);
  file->length = (size_t)((next ? next : end) - file->text) - 1; /* without the newline behind it */
  return true;
}

bool ruleset_is_files(const char *source) {
  return strncmp(source, mark, MARK_LENGTH) == 0;
}

static bool is_kept(struct book *book, const char *hash, bool *kept, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store, "select 1 from ruleset where hash = $1", err))
    return false;
  statement_bind_text(statement, 1, hash);
  bool asked = statement_step(statement, kept, err);
  statement_close(statement);
  return asked;
}

static bool insert(struct book *book, const char *hash, const char *source, size_t length,
                   struct error *err) {
  struct statement *statement;
  char at[INSTANT_TEXT_SIZE];
  if (!statement_open(&statement, book->store,
                      "insert into ruleset (hash, at, actor, source) values ($1, $2, $3, $4) "
                      "on conflict do nothing",
                      err))
    return false;
  instant_write(clock_now(&book->clock), at);
  statement_bind_text(statement, 1, hash);
  statement_bind_text(statement, 2, at);
  statement_bind_text(statement, 3, book->actor);
  statement_bind_text_bytes(statement, 4, source, length);
  bool inserted = statement_run(statement, err);
  statement_close(statement);
  return inserted;
}

static bool keep(struct book *book, const char *hash, const char *source, size_t length,
                 struct error *err) {
  if (!store_begin(book->store, err))
    return false;
  if (insert(book, hash, source, length, err))
    return store_commit(book->store, err);
  store_cancel(book->store);
  return false;
}

/* A book that is only read scores nothing, so no text needs to be kept for it. */
bool ruleset_activate(struct book *book, const char *source, size_t length, struct error *err) {
  char hash[DIGEST_HEX_SIZE];
  bool kept = false;
  digest_hex(source, length, hash);
  if (book->ruleset && strcmp(book->ruleset, hash) == 0)
    return true;
  if (!is_kept(book, hash, &kept, err))
    return false;
  if (!kept && !book_is_read_only(book) && !keep(book, hash, source, length, err))
    return false;
  char *copy = memory_copy_text(hash);
  if (!copy)
    return error_memory(err);
  memory_free(book->ruleset);
  book->ruleset = copy;
  return true;
}

bool ruleset_keep(struct book *book, const char *source, size_t length, char hash[DIGEST_HEX_SIZE],
                  struct error *err) {
  bool kept = false;
  digest_hex(source, length, hash);
  return is_kept(book, hash, &kept, err) && (kept || keep(book, hash, source, length, err));
}

static bool is_hash(const char *hash) {
  size_t length = strlen(hash);
  return length >= 4 && length < DIGEST_HEX_SIZE && !hash[strspn(hash, "0123456789abcdef")];
}

static bool read_source(struct statement *statement, const char *hash, char **source,
                        struct error *err) {
  bool row = false;
  if (!statement_step(statement, &row, err))
    return false;
  if (!row)
    return error_set(err, ERROR_NOT_FOUND, "no rule set '%s' was ever in force", hash);
  *source = memory_copy_text(statement_text(statement, 0));
  if (!*source)
    return error_memory(err);
  if (statement_step(statement, &row, err)) {
    if (!row)
      return true;
    error_set(err, ERROR_INVALID, "several rule sets begin with '%s'; write more of it", hash);
  }
  memory_free(*source);
  *source = NULL;
  return false;
}

bool ruleset_source(struct book *book, const char *hash, char **source, struct error *err) {
  struct statement *statement;
  if (!is_hash(hash))
    return error_set(err, ERROR_INVALID,
                     "'%s' is no hash of a rule set; write 4 to 64 digits 0-9a-f", hash);
  if (!statement_open(&statement, book->store,
                      "select source from ruleset where substr(hash, 1, length($1)) = $1 limit 2",
                      err))
    return false;
  statement_bind_text(statement, 1, hash);
  bool read = read_source(statement, hash, source, err);
  statement_close(statement);
  return read;
}
