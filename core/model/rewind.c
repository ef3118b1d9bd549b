#include "model/rewind.h"

#include <string.h>

#include "base/memory.h"
#include "model/column.h"

enum { STEPS_PER_TRANSACTION = 4096 };

/* What can be taken back, in the order in which it is within a unit at one instant, last first: the
 * moves stand before the changes, as their own change of the stage tells exactly when they were. */
enum event { EVENT_BEGUN, EVENT_MOVE, EVENT_CHANGE, EVENT_SCORE };

static const char events_sql[] =
    "select what, at, record, n, kind from ("
    "select 2 as what, c.at as at, c.tx as tx, c.record as record, c.id as n, r.kind as kind "
    "from change c join record r on r.id = c.record union all "
    "select 1, t.at, t.tx, t.record, t.seq, r.kind "
    "from transition t join record r on r.id = t.record union all "
    "select 3, x.at, s.tx, s.record, 0, s.scorecard "
    "from score s join tx x on x.id = s.tx union all "
    "select 0, r.since, r.created_tx, r.id, 0, r.kind from record r) events "
    "order by at desc, tx desc, what desc, n desc";

struct rewind {
  struct book *book;        /* borrowed */
  struct statement *events; /* by time, the newest first */
  struct transition move;   /* the one that was reached */
  int64_t done, total;
  int64_t moves; /* that are left to be reached: before the first of them nothing is of interest */
  int steps;     /* in the transaction that is open */
};

#define JUDGED                                                                                     \
  "from_stage is not null and outcome in ('moved', 'promoted', 'forced', 'refused', 'imported')"

static bool count_events(struct rewind *rewind, struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, rewind->book->store,
                      "select (select count(*) from change) + (select count(*) from transition) + "
                      "(select count(*) from score) + (select count(*) from record), "
                      "(select count(*) from transition where " JUDGED ")",
                      err))
    return false;
  bool asked = statement_step(statement, &row, err);
  rewind->total = asked ? statement_integer(statement, 0) : 0;
  rewind->moves = asked ? statement_integer(statement, 1) : 0;
  statement_close(statement);
  return asked;
}

bool rewind_open(struct rewind **out, struct book *copy, struct error *err) {
  struct rewind *rewind = memory_new(sizeof *rewind);
  if (!rewind)
    return error_memory(err);
  rewind->book = copy;
  if (count_events(rewind, err) && statement_open(&rewind->events, copy->store, events_sql, err) &&
      store_begin(copy->store, err)) {
    *out = rewind;
    return true;
  }
  statement_close(rewind->events);
  memory_free(rewind);
  return false;
}

void rewind_close(struct rewind *rewind) {
  if (!rewind)
    return;
  statement_close(rewind->events);
  while (store_depth(rewind->book->store) > 0)
    store_cancel(rewind->book->store);
  transition_release(&rewind->move);
  memory_free(rewind);
}

void rewind_progress(const struct rewind *rewind, int64_t *done, int64_t *total) {
  *done = rewind->done;
  *total = rewind->total;
}

/* Runs a statement of up to two numbers. */
static bool run(struct rewind *rewind, const char *sql, int64_t first, int64_t second,
                struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, rewind->book->store, sql, err))
    return false;
  statement_bind_integer(statement, 1, first);
  if (strstr(sql, "$2"))
    statement_bind_integer(statement, 2, second);
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

/* The same on the table of a kind. */
static bool run_on(struct rewind *rewind, const char *format, const char *kind, int64_t record,
                   struct error *err) {
  struct text sql = {0};
  text_append(&sql, format);
  text_format(&sql, " \"%s\"", kind);
  text_append(&sql, *format == 'd' ? " where id = $1" : " (id) values ($1)");
  bool done = text_check(&sql, err) && run(rewind, text_string(&sql), record, 0, err);
  text_release(&sql);
  return done;
}

/* ---- moves ---------------------------------------------------------------------------------- */

static bool copy_text(char **out, const struct statement *row, int column, struct error *err) {
  *out = memory_copy_text(statement_text(row, column));
  return *out || !statement_text(row, column) || error_memory(err);
}

static bool read_move(struct transition *move, const struct statement *row, struct error *err) {
  *move = (struct transition){.record = statement_integer(row, 0),
                              .seq = statement_integer(row, 1),
                              .tx = statement_integer(row, 2),
                              .seconds = -1};
  return copy_text(&move->process, row, 3, err) && copy_text(&move->from_stage, row, 4, err) &&
         copy_text(&move->to_stage, row, 5, err) && copy_text(&move->outcome, row, 6, err) &&
         copy_text(&move->reason, row, 8, err) &&
         instant_read(&move->at, statement_text(row, 7), err);
}

#define MOVE_COLUMNS "record, seq, tx, process, from_stage, to_stage, outcome, at, reason, " JUDGED

/* Takes the row out of the history and keeps it as the move that was reached. *judged: it was a
 * decision about a move, and no beginning, leaving of a process or taking back. */
static bool take_move(struct rewind *rewind, struct statement *statement, bool *judged,
                      struct error *err) {
  bool found = false;
  transition_release(&rewind->move);
  bool done = statement_step(statement, &found, err) &&
              (!found || read_move(&rewind->move, statement, err));
  *judged = done && found && statement_integer(statement, 9);
  statement_close(statement);
  return done && (!found || run(rewind, "delete from transition where record = $1 and seq = $2",
                                rewind->move.record, rewind->move.seq, err));
}

static bool take_move_by_seq(struct rewind *rewind, int64_t record, int64_t seq, bool *judged,
                             struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, rewind->book->store,
                      "select " MOVE_COLUMNS " from transition where record = $1 and seq = $2",
                      err))
    return false;
  statement_bind_integer(statement, 1, record);
  statement_bind_integer(statement, 2, seq);
  return take_move(rewind, statement, judged, err);
}

/* The one that made the change of a stage. */
static bool take_move_of_change(struct rewind *rewind, const struct change *change, bool *judged,
                                struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, rewind->book->store,
                      "select " MOVE_COLUMNS " from transition where record = $1 and tx = $2 "
                      "and to_stage = $3 and outcome <> 'refused' order by seq desc limit 1",
                      err))
    return false;
  const char *to = change->new.type == VALUE_TEXT ? change->new.as.text.data : "";
  statement_bind_integer(statement, 1, change->record);
  statement_bind_integer(statement, 2, change->tx);
  statement_bind_text(statement, 3, to);
  return take_move(rewind, statement, judged, err);
}

/* ---- changes -------------------------------------------------------------------------------- */

static bool load_change(struct change *change, struct rewind *rewind, int64_t id, bool *found,
                        struct error *err) {
  struct statement *row;
  *change = (struct change){0};
  if (!statement_open(&row, rewind->book->store,
                      "select tx, record, field, old, new, at from change where id = $1", err))
    return false;
  statement_bind_integer(row, 1, id);
  bool done = statement_step(row, found, err);
  if (done && *found) {
    struct value old = column_raw(row, 3), new = column_raw(row, 4);
    change->tx = statement_integer(row, 0);
    change->record = statement_integer(row, 1);
    done = copy_text(&change->field, row, 2, err) && value_copy(&change->old, &old, err) &&
           value_copy(&change->new, &new, err) &&
           instant_read(&change->at, statement_text(row, 5), err);
  }
  statement_close(row);
  return done;
}

/* NULL: no stored field of the kind has that column. */
static const struct field *field_of(const struct kind *kind, const char *column) {
  size_t length = strlen(column);
  const struct field *field = kind_field(kind, column);
  if (field)
    return field_is_stored(field) ? field : NULL;
  for (int i = 0; length > 9 && i < kind->field_count; i++)
    if (column_count(kind->fields[i]) == 2 && strlen(kind->fields[i]->name) == length - 9 &&
        strncmp(kind->fields[i]->name, column, length - 9) == 0 &&
        strcmp(column + length - 9, "_currency") == 0)
      return kind->fields[i];
  return NULL;
}

static bool put_back(struct rewind *rewind, const struct change *change, const char *kind,
                     struct error *err) {
  struct text sql = {0};
  struct statement *statement;
  text_format(&sql, "update \"%s\" set \"%s\" = $1 where id = $2", kind, change->field);
  bool done = text_check(&sql, err) &&
              statement_open(&statement, rewind->book->store, text_string(&sql), err);
  if (done) {
    statement_bind_value(statement, 1, &change->old);
    statement_bind_integer(statement, 2, change->record);
    done = statement_run(statement, err);
    statement_close(statement);
  }
  text_release(&sql);
  return done;
}

/* What was deleted comes back empty: the changes that emptied it come next. */
static bool take_back_life(struct rewind *rewind, const struct change *change, const char *kind,
                           struct error *err) {
  if (!value_is_null(&change->new))
    return run(rewind, "update record set deleted_tx = null where id = $1", change->record, 0,
               err) &&
           run_on(rewind, "insert into", kind, change->record, err);
  return run(rewind, "update record set deleted_tx = $2 where id = $1", change->record, change->tx,
             err) &&
         run_on(rewind, "delete from", kind, change->record, err);
}

static bool take_back(struct rewind *rewind, const struct change *change, const char *kind_name,
                      bool *judged, struct error *err) {
  const struct kind *kind = catalog_kind(rewind->book->catalog, kind_name);
  *judged = false;
  if (!kind)
    return true;
  if (strcmp(change->field, "deleted") == 0)
    return take_back_life(rewind, change, kind->name, err);
  const struct field *field = field_of(kind, change->field);
  if (!field)
    return true;
  return put_back(rewind, change, kind->name, err) &&
         (!(field->flags & FIELD_ENGINE) || take_move_of_change(rewind, change, judged, err));
}

static bool undo_change(struct rewind *rewind, int64_t id, const char *kind, bool *judged,
                        struct error *err) {
  struct change change;
  bool found = false;
  *judged = false;
  bool done = load_change(&change, rewind, id, &found, err) &&
              (!found || (take_back(rewind, &change, kind, judged, err) &&
                          run(rewind, "delete from change where id = $1", id, 0, err)));
  change_release(&change);
  return done;
}

/* ---- records -------------------------------------------------------------------------------- */

static bool ask(struct rewind *rewind, const char *sql, int64_t record, bool *yes,
                struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, rewind->book->store, sql, err))
    return false;
  statement_bind_integer(statement, 1, record);
  bool asked = statement_step(statement, yes, err);
  statement_close(statement);
  return asked;
}

/* Whether a record that was there before refers to it. */
static bool is_referred_to(struct rewind *rewind, const struct kind *kind, int64_t record,
                           bool *referred, struct error *err) {
  const struct catalog *catalog = rewind->book->catalog;
  struct text sql = {0};
  bool done = true;
  *referred = false;
  for (int i = 0; done && !*referred && i < catalog_count(catalog); i++) {
    const struct kind *holder = catalog_at(catalog, i);
    for (int j = 0; done && !*referred && j < holder->field_count; j++) {
      const struct field *field = holder->fields[j];
      if (field->type != FIELD_REF || !field_is_stored(field) ||
          strcmp(field->target, kind->name) != 0)
        continue;
      text_clear(&sql);
      text_format(&sql, "select 1 from \"%s\" where \"%s\" = $1 limit 1", holder->name,
                  field->name);
      done = text_check(&sql, err) && ask(rewind, text_string(&sql), record, referred, err);
    }
  }
  text_release(&sql);
  return done;
}

static bool forget(struct rewind *rewind, const struct kind *kind, int64_t record,
                   struct error *err) {
  static const char *const sql[] = {"delete from change where record = $1",
                                    "delete from transition where record = $1",
                                    "delete from score where record = $1"};
  for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
    if (!run(rewind, sql[i], record, 0, err))
      return false;
  return run_on(rewind, "delete from", kind->name, record, err) &&
         run(rewind, "delete from record where id = $1", record, 0, err);
}

static bool undo_beginning(struct rewind *rewind, int64_t record, const char *kind_name,
                           struct error *err) {
  const struct kind *kind = catalog_kind(rewind->book->catalog, kind_name);
  bool referred = false;
  if (!kind)
    return true;
  return is_referred_to(rewind, kind, record, &referred, err) &&
         (referred || forget(rewind, kind, record, err));
}

static bool forget_score(struct rewind *rewind, int64_t record, const char *scorecard,
                         struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, rewind->book->store,
                      "delete from score where record = $1 and scorecard = $2", err))
    return false;
  statement_bind_integer(statement, 1, record);
  statement_bind_text(statement, 2, scorecard);
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

/* ---- time ----------------------------------------------------------------------------------- */

/* Short transactions keep what could be cancelled small. */
static bool count_step(struct rewind *rewind, struct error *err) {
  rewind->done++;
  if (++rewind->steps < STEPS_PER_TRANSACTION)
    return true;
  rewind->steps = 0;
  return store_commit(rewind->book->store, err) && store_begin(rewind->book->store, err);
}

static bool step_back(struct rewind *rewind, bool *reached, struct error *err) {
  const struct statement *event = rewind->events;
  int64_t record = statement_integer(event, 2), n = statement_integer(event, 3);
  const char *kind = statement_text(event, 4);
  struct book *book = rewind->book;
  bool done = instant_read(&book->clock.at, statement_text(event, 1), err);
  book->clock.fixed = true;
  *reached = false;
  switch ((enum event)statement_integer(event, 0)) {
  case EVENT_CHANGE:
    done = done && undo_change(rewind, n, kind, reached, err);
    break;
  case EVENT_MOVE:
    done = done && take_move_by_seq(rewind, record, n, reached, err);
    break;
  case EVENT_SCORE:
    done = done && forget_score(rewind, record, kind, err);
    break;
  case EVENT_BEGUN:
    done = done && undo_beginning(rewind, record, kind, err);
    break;
  }
  if (done && *reached) {
    book->clock.at = rewind->move.at;
    rewind->moves--;
  }
  return done && count_step(rewind, err);
}

bool rewind_next(struct rewind *rewind, const struct transition **move, struct error *err) {
  bool row = false, reached = false;
  *move = NULL;
  if (rewind->moves == 0)
    return true;
  while (!reached) {
    if (!statement_step(rewind->events, &row, err) || (row && !step_back(rewind, &reached, err)))
      return false;
    if (!row)
      return true;
  }
  *move = &rewind->move;
  return true;
}
