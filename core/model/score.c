#include "model/score.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "store/statement.h"

void score_release(struct score *score) {
  memory_free(score->parts);
  memory_free(score->ruleset);
  *score = (struct score){0};
}

static void copy_grade(char out[GRADE_SIZE], const char *grade) {
  snprintf(out, GRADE_SIZE, "%s", grade ? grade : "");
}

static bool read_score(struct score *out, const struct statement *row, struct error *err) {
  out->points = statement_number(row, 0);
  copy_grade(out->grade, statement_text(row, 1));
  out->parts = memory_copy_text(statement_text(row, 2));
  out->tx = statement_integer(row, 3);
  out->ruleset = memory_copy_text(statement_text(row, 4));
  if (out->parts && out->ruleset)
    return true;
  score_release(out);
  return error_memory(err);
}

bool score_any(struct book *book, const char *scorecard, bool *any, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store, "select 1 from score where scorecard = $1 limit 1",
                      err))
    return false;
  statement_bind_text(statement, 1, scorecard);
  bool asked = statement_step(statement, any, err);
  statement_close(statement);
  return asked;
}

bool score_load(struct book *book, const char *scorecard, int64_t record, struct score *out,
                bool *found, struct error *err) {
  struct statement *statement;
  struct value then = book->has_as_of ? value_instant(book->as_of) : value_null();
  *out = (struct score){.record = record};
  if (!statement_open(&statement, book->store,
                      "select points, grade, parts, tx, ruleset from score "
                      "where scorecard = $1 and record = $2 and "
                      "($3 is null or (select x.at from tx x where x.id = score.tx) <= $3)",
                      err))
    return false;
  statement_bind_text(statement, 1, scorecard);
  statement_bind_integer(statement, 2, record);
  statement_bind_value(statement, 3, &then);
  bool loaded =
      statement_step(statement, found, err) && (!*found || read_score(out, statement, err));
  statement_close(statement);
  return loaded;
}

/* The stored rows are read a page ahead: a cursor that stays open on the table being written would
 * have to find its place again after every write. */
enum { PAGE = 1024 };

struct stored {
  int64_t record;
  double points;
  char grade[GRADE_SIZE];
  size_t parts; /* offset in page_parts */
};

struct score_writer {
  struct book *book;
  char *scorecard; /* owned */
  char *ruleset;   /* owned */
  struct statement *read, *write;
  struct stored page[PAGE];
  struct text page_parts; /* the parts of the page, each terminated */
  int count, next;
  bool at_end;  /* no row after the page */
  int64_t last; /* record last given */
};

bool score_writer_open(struct score_writer **out, struct book *book, const char *scorecard,
                       const char *ruleset, struct error *err) {
  assert(book->unit_depth > 0);
  struct score_writer *writer = memory_new(sizeof *writer);
  if (!writer)
    return error_memory(err);
  writer->book = book;
  writer->scorecard = memory_copy_text(scorecard);
  writer->ruleset = memory_copy_text(ruleset ? ruleset : book->ruleset ? book->ruleset : "");
  bool opened = (writer->scorecard && writer->ruleset) || error_memory(err);
  opened =
      opened &&
      statement_open(&writer->read, book->store,
                     "select record, points, grade, parts from score "
                     "where scorecard = $1 and record >= $2 order by record limit $3",
                     err) &&
      statement_open(&writer->write, book->store,
                     "insert into score (record, scorecard, points, grade, tx, ruleset, parts) "
                     "values ($1, $2, $3, $4, $5, $6, $7) "
                     "on conflict (scorecard, record) do update set points = excluded.points, "
                     "grade = excluded.grade, tx = excluded.tx, ruleset = excluded.ruleset, "
                     "parts = excluded.parts",
                     err);
  if (!opened) {
    score_writer_close(writer);
    return false;
  }
  *out = writer;
  return true;
}

static void read_stored(struct score_writer *writer) {
  struct stored *stored = &writer->page[writer->count++];
  stored->record = statement_integer(writer->read, 0);
  stored->points = statement_number(writer->read, 1);
  copy_grade(stored->grade, statement_text(writer->read, 2));
  stored->parts = writer->page_parts.length;
  text_append_bytes(&writer->page_parts, statement_text(writer->read, 3),
                    statement_length(writer->read, 3));
  text_append_bytes(&writer->page_parts, "", 1);
}

/* The page that begins at the record. */
static bool read_page(struct score_writer *writer, int64_t record, struct error *err) {
  bool row = false, read;
  writer->count = 0;
  writer->next = 0;
  text_clear(&writer->page_parts);
  statement_bind_text(writer->read, 1, writer->scorecard);
  statement_bind_integer(writer->read, 2, record);
  statement_bind_integer(writer->read, 3, PAGE);
  while ((read = statement_step(writer->read, &row, err)) && row)
    read_stored(writer);
  statement_reset(writer->read);
  writer->at_end = writer->count < PAGE;
  return read && text_check(&writer->page_parts, err);
}

/* *out: the stored score of the record, or NULL. */
static bool find_stored(struct score_writer *writer, int64_t record, const struct stored **out,
                        struct error *err) {
  *out = NULL;
  while (writer->next < writer->count && writer->page[writer->next].record < record)
    writer->next++;
  if (writer->next == writer->count && !writer->at_end && !read_page(writer, record, err))
    return false;
  if (writer->next < writer->count && writer->page[writer->next].record == record)
    *out = &writer->page[writer->next];
  return true;
}

static bool is_same(const struct score_writer *writer, const struct stored *stored,
                    const struct score_row *row) {
  return stored->points == row->points && strcmp(stored->grade, row->grade) == 0 &&
         strcmp(text_string(&writer->page_parts) + stored->parts, row->parts) == 0;
}

static bool write_row(struct score_writer *writer, const struct score_row *row, struct error *err) {
  struct book *book = writer->book;
  int64_t tx;
  if (!unit_tx(book, &tx, err))
    return false;
  statement_bind_integer(writer->write, 1, row->record);
  statement_bind_text(writer->write, 2, writer->scorecard);
  statement_bind_number(writer->write, 3, row->points);
  statement_bind_text(writer->write, 4, row->grade[0] ? row->grade : NULL);
  statement_bind_integer(writer->write, 5, tx);
  statement_bind_text(writer->write, 6, writer->ruleset);
  statement_bind_text(writer->write, 7, row->parts);
  return statement_run(writer->write, err);
}

bool score_writer_put(struct score_writer *writer, const struct score_row *row, bool *written,
                      struct error *err) {
  assert(row->record > writer->last);
  const struct stored *stored;
  if (strlen(row->grade) >= GRADE_SIZE)
    return error_set(err, ERROR_INVALID, "the grade '%s' is too long; at most %d bytes", row->grade,
                     GRADE_SIZE - 1);
  writer->last = row->record;
  if (!find_stored(writer, row->record, &stored, err))
    return false;
  *written = !stored || !is_same(writer, stored, row);
  return !*written || write_row(writer, row, err);
}

void score_writer_close(struct score_writer *writer) {
  if (!writer)
    return;
  statement_close(writer->read);
  statement_close(writer->write);
  text_release(&writer->page_parts);
  memory_free(writer->scorecard);
  memory_free(writer->ruleset);
  memory_free(writer);
}
