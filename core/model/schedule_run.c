#include "model/schedule_run.h"

#include <string.h>

#include "base/memory.h"
#include "store/statement.h"

void schedule_run_release(struct schedule_run *run) {
  memory_free(run->outcome);
  memory_free(run->message);
  *run = (struct schedule_run){0};
}

static void bind_instant(struct statement *statement, int index, instant at,
                         char buffer[INSTANT_TEXT_SIZE]) {
  instant_write(at, buffer);
  statement_bind_text(statement, index, buffer);
}

static bool read_optional(instant *out, const char *text, struct error *err) {
  *out = 0;
  return !text || instant_read(out, text, err);
}

static bool read_run(struct schedule_run *run, const struct statement *row, struct error *err) {
  const char *message = statement_text(row, 5);
  run->attempt = (int)statement_integer(row, 1);
  run->outcome = memory_copy_text(statement_text(row, 4));
  run->message = memory_copy_text(message);
  if (!run->outcome || (message && !run->message))
    return error_memory(err);
  return instant_read(&run->due, statement_text(row, 0), err) &&
         instant_read(&run->started, statement_text(row, 2), err) &&
         read_optional(&run->finished, statement_text(row, 3), err);
}

static bool take_first(struct schedule_run *out, struct statement *statement, struct error *err) {
  bool row = false;
  *out = (struct schedule_run){0};
  bool done = statement_step(statement, &row, err) && (!row || read_run(out, statement, err));
  if (!done)
    schedule_run_release(out);
  statement_close(statement);
  return done;
}

bool schedule_run_load(struct schedule_run *out, struct book *book, const char *schedule,
                       instant due, struct error *err) {
  struct statement *statement;
  char at[INSTANT_TEXT_SIZE];
  if (!statement_open(&statement, book->store,
                      "select due, attempt, started, finished, outcome, message from schedule_run "
                      "where schedule = $1 and due = $2 order by attempt desc limit 1",
                      err))
    return false;
  statement_bind_text(statement, 1, schedule);
  bind_instant(statement, 2, due, at);
  return take_first(out, statement, err);
}

bool schedule_run_latest(struct schedule_run *out, struct book *book, const char *schedule,
                         struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store,
                      "select due, attempt, started, finished, outcome, message from schedule_run "
                      "where schedule = $1 order by due desc, attempt desc limit 1",
                      err))
    return false;
  statement_bind_text(statement, 1, schedule);
  return take_first(out, statement, err);
}

/* Since when the book knows it; *known false: it does not. */
static bool find_since(struct book *book, const char *schedule, bool *known, instant *since,
                       struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store, "select since from known_schedule where name = $1",
                      err))
    return false;
  statement_bind_text(statement, 1, schedule);
  bool done = statement_step(statement, known, err) &&
              (!*known || instant_read(since, statement_text(statement, 0), err));
  statement_close(statement);
  return done;
}

static instant again_after(const struct schedule_run *run) {
  instant wait = RUN_WAIT_SECONDS;
  for (int i = 1; i < run->attempt; i++)
    wait *= 4;
  return run->finished + wait;
}

static enum run_state judge(const struct schedule_run *run, instant now, instant *again) {
  *again = 0;
  if (run->attempt == 0)
    return RUN_DUE;
  if (strcmp(run->outcome, "done") == 0)
    return RUN_DONE;
  bool running = strcmp(run->outcome, "running") == 0;
  if (running && run->started + RUN_LEASE_SECONDS > now)
    return RUN_RUNNING;
  if (run->attempt >= RUN_ATTEMPTS_MAX)
    return RUN_GIVEN_UP;
  if (running)
    return RUN_DUE;
  *again = again_after(run);
  return *again > now ? RUN_WAITING : RUN_DUE;
}

bool schedule_run_stand(struct run_standing *out, struct book *book, const char *schedule,
                        instant due, struct error *err) {
  struct schedule_run run;
  instant since = 0;
  bool known = false;
  *out = (struct run_standing){.state = RUN_NEVER};
  if (!find_since(book, schedule, &known, &since, err) ||
      !schedule_run_load(&run, book, schedule, due, err))
    return false;
  out->attempts = run.attempt;
  if (known && due >= since)
    out->state = judge(&run, book_now(book), &out->again);
  schedule_run_release(&run);
  return true;
}

static bool make_known(struct book *book, const char *schedule, struct error *err) {
  struct statement *statement;
  char now[INSTANT_TEXT_SIZE];
  if (!statement_open(
          &statement, book->store,
          "insert into known_schedule (name, since) values ($1, $2) on conflict do nothing", err))
    return false;
  statement_bind_text(statement, 1, schedule);
  bind_instant(statement, 2, book_now(book), now);
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

static bool write_attempt(struct book *book, const char *schedule, instant due, int attempt,
                          struct error *err) {
  struct statement *statement;
  char at[INSTANT_TEXT_SIZE], now[INSTANT_TEXT_SIZE];
  if (!statement_open(&statement, book->store,
                      "insert into schedule_run (schedule, due, attempt, started, outcome) "
                      "values ($1, $2, $3, $4, 'running')",
                      err))
    return false;
  statement_bind_text(statement, 1, schedule);
  bind_instant(statement, 2, due, at);
  statement_bind_integer(statement, 3, attempt);
  bind_instant(statement, 4, book_now(book), now);
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

static bool claim(int *attempt, struct book *book, const char *schedule, instant due,
                  struct error *err) {
  struct run_standing standing;
  *attempt = 0;
  if (!make_known(book, schedule, err) || !schedule_run_stand(&standing, book, schedule, due, err))
    return false;
  if (standing.state != RUN_DUE)
    return true;
  *attempt = standing.attempts + 1;
  return write_attempt(book, schedule, due, *attempt, err);
}

bool schedule_run_claim(int *attempt, struct book *book, const char *schedule, instant due,
                        struct error *err) {
  if (!store_begin(book->store, err))
    return false;
  if (claim(attempt, book, schedule, due, err))
    return store_commit(book->store, err);
  store_cancel(book->store);
  return false;
}

static bool write_end(struct book *book, const char *schedule, instant due, int attempt,
                      const char *message, struct error *err) {
  struct statement *statement;
  char at[INSTANT_TEXT_SIZE], now[INSTANT_TEXT_SIZE];
  if (!statement_open(&statement, book->store,
                      "update schedule_run set finished = $4, outcome = $5, message = $6 "
                      "where schedule = $1 and due = $2 and attempt = $3",
                      err))
    return false;
  statement_bind_text(statement, 1, schedule);
  bind_instant(statement, 2, due, at);
  statement_bind_integer(statement, 3, attempt);
  bind_instant(statement, 4, book_now(book), now);
  statement_bind_text(statement, 5, message ? "failed" : "done");
  statement_bind_text(statement, 6, message);
  bool done = statement_run(statement, err);
  statement_close(statement);
  return done;
}

bool schedule_run_finish(struct book *book, const char *schedule, instant due, int attempt,
                         const char *message, struct error *err) {
  if (!store_begin(book->store, err))
    return false;
  if (write_end(book, schedule, due, attempt, message, err))
    return store_commit(book->store, err);
  store_cancel(book->store);
  return false;
}
