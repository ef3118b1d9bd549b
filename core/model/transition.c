/* The moves of records through processes, as the history keeps them. */
#include "base/list.h"
#include "base/memory.h"
#include "model/history.h"
#include "store/statement.h"

void transition_release(struct transition *transition) {
  memory_free(transition->process);
  memory_free(transition->from_stage);
  memory_free(transition->to_stage);
  memory_free(transition->outcome);
  memory_free(transition->reason);
  memory_free(transition->verdict);
  *transition = (struct transition){0};
}

/* The next seq, and when the record came to the stage it now leaves: the last move that happened
 * in this process. */
static bool look_back(struct book *book, const struct transition *transition, int64_t *seq,
                      instant *entered, struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, book->store,
                      "select coalesce(max(seq), 0) + 1, max(case when process = $2 and "
                      "to_stage = $3 and outcome not in ('refused', 'broken') then at end) "
                      "from transition where record = $1",
                      err))
    return false;
  statement_bind_integer(statement, 1, transition->record);
  statement_bind_text(statement, 2, transition->process);
  statement_bind_text(statement, 3, transition->from_stage);
  bool asked = statement_step(statement, &row, err);
  if (asked)
    *seq = statement_integer(statement, 0);
  if (asked && statement_type(statement, 1) != CELL_NULL)
    asked = instant_read(entered, statement_text(statement, 1), err);
  statement_close(statement);
  return asked;
}

/* `at` must outlive the run: the statement borrows it. */
static void bind(struct statement *statement, const struct transition *transition, const char *at) {
  statement_bind_integer(statement, 1, transition->record);
  statement_bind_integer(statement, 2, transition->seq);
  statement_bind_integer(statement, 3, transition->tx);
  statement_bind_text(statement, 4, transition->process);
  statement_bind_text(statement, 5, transition->from_stage);
  statement_bind_text(statement, 6, transition->to_stage);
  statement_bind_text(statement, 7, transition->outcome);
  statement_bind_text(statement, 8, at);
  if (transition->seconds >= 0)
    statement_bind_integer(statement, 9, transition->seconds);
  statement_bind_text(statement, 10, transition->reason);
  statement_bind_text(statement, 11, transition->verdict);
}

static bool write_row(struct book *book, const struct transition *transition, struct error *err) {
  struct statement *statement;
  char at[INSTANT_TEXT_SIZE];
  if (!statement_open(&statement, book->store,
                      "insert into transition (record, seq, tx, process, from_stage, to_stage, "
                      "outcome, at, seconds, reason, verdict) "
                      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                      err))
    return false;
  instant_write(transition->at, at);
  bind(statement, transition, at);
  bool written = statement_run(statement, err);
  statement_close(statement);
  return written;
}

bool transition_add(struct book *book, const struct transition *transition, struct error *err) {
  struct transition row = *transition;
  instant entered = INT64_MAX;
  if (!unit_tx(book, &row.tx, err) || !look_back(book, transition, &row.seq, &entered, err))
    return false;
  row.seconds = entered <= row.at ? row.at - entered : -1;
  return write_row(book, &row, err);
}

bool transition_add_known(struct book *book, const struct transition *transition,
                          struct error *err) {
  struct transition row = *transition;
  return unit_tx(book, &row.tx, err) && write_row(book, &row, err);
}

static bool copy_column(char **out, const struct statement *row, int column, struct error *err) {
  const char *text = statement_text(row, column);
  *out = memory_copy_text(text);
  return *out || !text || error_memory(err);
}

static bool read(struct transition *transition, const struct statement *row, struct error *err) {
  bool timed = statement_type(row, 8) != CELL_NULL;
  *transition = (struct transition){
      .record = statement_integer(row, 0),
      .seq = statement_integer(row, 1),
      .tx = statement_integer(row, 2),
      .seconds = timed ? statement_integer(row, 8) : -1,
  };
  return copy_column(&transition->process, row, 3, err) &&
         copy_column(&transition->from_stage, row, 4, err) &&
         copy_column(&transition->to_stage, row, 5, err) &&
         copy_column(&transition->outcome, row, 6, err) &&
         instant_read(&transition->at, statement_text(row, 7), err) &&
         copy_column(&transition->reason, row, 9, err) &&
         copy_column(&transition->verdict, row, 10, err);
}

static bool read_all(struct list *list, struct statement *statement, struct error *err) {
  bool row = false;
  for (;;) {
    if (!statement_step(statement, &row, err))
      return false;
    if (!row)
      return true;
    struct transition *transition = list_add(list, err);
    if (!transition || !read(transition, statement, err))
      return false;
  }
}

bool transition_list(struct book *book, int64_t record, struct transition **list, size_t *count,
                     struct error *err) {
  struct list found = {.size = sizeof(struct transition)};
  struct statement *statement;
  if (!statement_open(&statement, book->store,
                      "select record, seq, tx, process, from_stage, to_stage, outcome, at, "
                      "seconds, reason, verdict from transition where record = $1 order by seq",
                      err))
    return false;
  statement_bind_integer(statement, 1, record);
  bool listed = read_all(&found, statement, err);
  statement_close(statement);
  for (size_t i = 0; !listed && i < found.count; i++)
    transition_release(list_at(&found, i));
  if (!listed) {
    list_release(&found);
    return false;
  }
  *list = found.items;
  *count = found.count;
  return true;
}
