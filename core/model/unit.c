/* Units of work: one row of tx each, written at the first change. */
#include <assert.h>

#include "model/book.h"
#include "model/history.h"
#include "store/statement.h"

static bool begin(struct book *book, const char *command, const char *reason, struct error *err) {
  if (book->has_as_of)
    return error_set(err, ERROR_PERMISSION,
                     "the book shows an earlier day; leave 'as of' to change something");
  if (book_is_read_only(book))
    return error_set(err, ERROR_PERMISSION, "'%s' is open for reading only", book_path(book));
  if (!store_begin(book->store, err))
    return false;
  if (book->unit_depth++ == 0) {
    book->unit_command = command;
    book->unit_reason = reason;
    book->tx = 0;
  }
  return true;
}

/* What gathers has no reason of its own: it has that of the unit in it that writes first. */
bool unit_begin(struct book *book, const char *command, const char *reason, struct error *err) {
  bool first = book->gathering && book->unit_depth == 0;
  if ((first && !begin(book, book->gathering, NULL, err)) || !begin(book, command, reason, err))
    return false;
  if (book->gathering && book->unit_depth == 2)
    book->unit_reason = reason;
  return true;
}

void unit_gather(struct book *book, const char *command) {
  book->gathering = command;
}

bool unit_is_inner(const struct book *book) {
  return book->unit_depth > (book->gathering ? 1 : 0);
}

bool unit_gathered(struct book *book) {
  book->gathering = NULL;
  return book->unit_depth > 0;
}

static void end(struct book *book, bool kept) {
  if (--book->unit_depth > 0) {
    if (book->gathering && book->unit_depth == 1)
      book->unit_reason = NULL; /* borrowed until now */
    return;
  }
  book->tx = 0;
  book->tx_depth = 0;
  book->unit_command = NULL;
  book->unit_reason = NULL;
  if (book->watch.ended)
    book->watch.ended(book->watch.payload, kept);
}

/* The row of tx vanishes with the savepoint that holds it. */
static void forget_tx(struct book *book) {
  if (book->tx_depth >= book->unit_depth) {
    book->tx = 0;
    book->tx_depth = 0;
  }
}

bool unit_commit(struct book *book, struct error *err) {
  assert(book->unit_depth > 0);
  if (book->unit_depth == 1 && book->watch.committing &&
      !book->watch.committing(book->watch.payload, err)) {
    unit_cancel(book);
    return false;
  }
  bool kept = store_commit(book->store, err);
  if (!kept)
    forget_tx(book);
  else if (book->tx_depth == book->unit_depth)
    book->tx_depth--;
  end(book, kept);
  return kept;
}

void unit_cancel(struct book *book) {
  assert(book->unit_depth > 0);
  store_cancel(book->store);
  forget_tx(book);
  end(book, false);
}

bool unit_group_begin(struct book *book, struct error *err) {
  assert(book->unit_depth == 0);
  return store_begin(book->store, err);
}

bool unit_group_commit(struct book *book, struct error *err) {
  return store_commit(book->store, err);
}

void unit_group_cancel(struct book *book) {
  store_cancel(book->store);
}

static bool next_tx(struct book *book, int64_t *tx, struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, book->store, "select coalesce(max(id), 0) + 1 from tx", err))
    return false;
  bool asked = statement_step(statement, &row, err);
  if (asked)
    *tx = statement_integer(statement, 0);
  statement_close(statement);
  return asked;
}

static bool write_tx(struct book *book, int64_t tx, instant at, struct error *err) {
  struct statement *statement;
  char at_text[INSTANT_TEXT_SIZE];
  if (!statement_open(&statement, book->store,
                      "insert into tx (id, at, actor, command, reason, ruleset) "
                      "values ($1, $2, $3, $4, $5, $6)",
                      err))
    return false;
  instant_write(at, at_text);
  statement_bind_integer(statement, 1, tx);
  statement_bind_text(statement, 2, at_text);
  statement_bind_text(statement, 3, book->actor);
  statement_bind_text(statement, 4, book->unit_command ? book->unit_command : "");
  statement_bind_text(statement, 5, book->unit_reason);
  statement_bind_text(statement, 6, book->ruleset);
  bool written = statement_run(statement, err);
  statement_close(statement);
  return written;
}

bool unit_tx(struct book *book, int64_t *tx, struct error *err) {
  assert(book->unit_depth > 0);
  if (!book->tx) {
    int64_t id;
    instant at = clock_now(&book->clock);
    if (!next_tx(book, &id, err) || !write_tx(book, id, at, err))
      return false;
    book->tx = id;
    book->tx_at = at;
    book->tx_depth = book->unit_depth;
  }
  *tx = book->tx;
  return true;
}

bool unit_set_undoes(struct book *book, int64_t undone, struct error *err) {
  struct statement *statement;
  int64_t tx;
  if (!unit_tx(book, &tx, err) ||
      !statement_open(&statement, book->store, "update tx set undoes = $1 where id = $2", err))
    return false;
  statement_bind_integer(statement, 1, undone);
  statement_bind_integer(statement, 2, tx);
  bool noted = statement_run(statement, err);
  statement_close(statement);
  return noted;
}
