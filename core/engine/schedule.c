#include "engine/schedule.h"

#include <string.h>

#include "base/memory.h"

struct schedule *schedule_new(const char *name, struct error *err) {
  struct schedule *schedule = memory_new(sizeof *schedule);
  if (schedule) {
    schedule->name = memory_copy_text(name);
    schedule->verb = verb_new(name, err);
  }
  if (schedule && schedule->name && schedule->verb)
    return schedule;
  schedule_free(schedule);
  error_memory(err);
  return NULL;
}

void schedule_free(struct schedule *schedule) {
  if (!schedule)
    return;
  verb_free(schedule->verb);
  memory_free(schedule->name);
  memory_free(schedule->title_ru);
  memory_free(schedule->when);
  place_release(&schedule->place);
  memory_free(schedule);
}

bool schedule_look(struct schedule_standing *out, struct engine *engine,
                   const struct schedule *schedule, struct error *err) {
  struct book *book = engine->book;
  instant now = book_now(book);
  *out = (struct schedule_standing){
      .due = recurrence_last(&schedule->times, now, book->clock.offset),
      .next = recurrence_next(&schedule->times, now, book->clock.offset),
  };
  return schedule_run_stand(&out->run, book, schedule->name, out->due, err);
}

void schedule_outcome_release(struct schedule_outcome *outcome) {
  memory_free(outcome->failure);
  verb_answer_release(&outcome->answer);
  *outcome = (struct schedule_outcome){0};
}

/* The work and the note that it is done are kept together or not at all. */
static bool work(struct schedule_outcome *out, struct engine *engine,
                 const struct schedule *schedule, int attempt, struct error *err) {
  struct book *book = engine->book;
  struct text command = {0};
  text_format(&command, "every \"%s\": %s", schedule->when, schedule->name);
  bool begun = text_check(&command, err) && unit_begin(book, text_string(&command), NULL, err);
  bool done = begun && schedule->verb->run(schedule->verb, engine, NULL, &out->answer, err) &&
              schedule_run_finish(book, schedule->name, out->due, attempt, NULL, err);
  if (done)
    done = unit_commit(book, err);
  else if (begun)
    unit_cancel(book);
  text_release(&command);
  return done;
}

static bool is_everybodys(const struct error *err) {
  return err->code == ERROR_MEMORY || err->code == ERROR_INTERRUPTED;
}

/* What ended the run is kept for whoever looks; the first failure is the one to tell. */
static bool note_failure(struct schedule_outcome *out, struct engine *engine,
                         const struct schedule *schedule, int attempt, const struct error *why,
                         struct error *err) {
  struct error noting;
  bool noted =
      schedule_run_finish(engine->book, schedule->name, out->due, attempt, why->message, &noting);
  if (is_everybodys(why) || !noted) {
    *err = is_everybodys(why) ? *why : noting;
    return false;
  }
  out->failure = memory_copy_text(why->message);
  out->retried = attempt < RUN_ATTEMPTS_MAX;
  return out->failure || error_memory(err);
}

bool schedule_do(struct schedule_outcome *out, struct engine *engine,
                 const struct schedule *schedule, struct error *err) {
  struct book *book = engine->book;
  struct error why = {0};
  int attempt;
  *out = (struct schedule_outcome){0};
  if (book->unit_depth > 0)
    return error_set(err, ERROR_USAGE, "schedules run as units of their own, not inside another");
  out->due = recurrence_last(&schedule->times, book_now(book), book->clock.offset);
  if (!schedule_run_claim(&attempt, book, schedule->name, out->due, err))
    return false;
  out->ran = attempt > 0;
  if (!out->ran || work(out, engine, schedule, attempt, &why))
    return true;
  return note_failure(out, engine, schedule, attempt, &why, err);
}
