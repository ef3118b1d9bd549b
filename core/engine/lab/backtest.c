#include "engine/lab/backtest.h"

#include <string.h>

#include "base/translate.h"
#include "engine/lab/blame.h"
#include "model/rewind.h"

enum { PROGRESS_STEP = 64 };

static const struct move_options never_asked = {.reason = "–"}; /* reasons were given, or not */

struct trial_move {
  const struct backtest *backtest;
  const struct transition *made;
  struct move move;
  struct record record; /* as it was */
  struct record now;
  bool exists; /* now */
  struct verdict verdict;
};

static const char *const outcomes[] = {
    [STAGE_OPEN] = "open", [STAGE_WON] = "won", [STAGE_LOST] = "lost", [STAGE_CLOSED] = "open"};

/* Whether it ends with something won or lost at all. */
static bool decides(const struct process *process) {
  for (size_t i = 0; i < process->stages.count; i++) {
    enum stage_end end = (*(struct stage **)list_at(&process->stages, i))->end;
    if (end == STAGE_WON || end == STAGE_LOST)
      return true;
  }
  return false;
}

/* What became of the record; NULL when it was deleted since, or that is no question. */
static const char *outcome_now(const struct trial_move *trial) {
  const struct process *process = engine_process(trial->backtest->now, trial->made->process);
  if (!trial->exists)
    return NULL;
  process = process ? process : trial->move.process;
  if (!process || !decides(process))
    return NULL;
  const char *at = judge_stage_of(&trial->now, process);
  const struct stage *stage = at ? process_stage(process, at) : NULL;
  return outcomes[stage ? stage->end : STAGE_OPEN];
}

static bool load_now(struct trial_move *trial, struct error *err) {
  struct book *book = trial->backtest->now->book;
  struct error missing;
  trial->exists = record_load(&trial->now, book, NULL, trial->made->record, &missing);
  if (trial->exists || missing.code == ERROR_NOT_FOUND)
    return true;
  *err = missing;
  return false;
}

static bool has_broken(const struct verdict *verdict) {
  for (size_t i = 0; i < verdict->items.count; i++)
    if (((const struct verdict_item *)list_at(&verdict->items, i))->outcome == OUTCOME_BROKEN)
      return true;
  return false;
}

/* What was let through by force had failed then. */
static const char *effect_of(const struct trial_move *trial) {
  const char *then = trial->made->outcome;
  bool passed = strcmp(then, "refused") != 0 && strcmp(then, "forced") != 0;
  if (trial->verdict.allowed)
    return passed ? "same" : "allowed";
  if (!passed)
    return "same";
  return has_broken(&trial->verdict) ? "broken" : "refused";
}

static bool tell(const struct trial_move *trial, struct error *err) {
  const char *effect = effect_of(trial);
  const struct blame blame = {.move = &trial->move,
                              .verdict = &trial->verdict,
                              .record = trial->exists ? &trial->now : &trial->record,
                              .made = trial->made,
                              .effect = effect,
                              .outcome = outcome_now(trial)};
  bool is_worse = strcmp(effect, "refused") == 0 || strcmp(effect, "broken") == 0;
  return blame_tell(&blame, is_worse, trial->backtest->each, trial->backtest->payload, err);
}

/* The rules have no such process or stage any more, or it can't be told where the record stood. */
static bool tell_unjudged(const struct trial_move *trial, const char *why, struct error *err) {
  struct text id = {0};
  text_format(&id, "%s.%s", trial->made->process, trial->made->from_stage);
  const struct lab_finding finding = {.what = "stage",
                                      .id = text_string(&id),
                                      .effect = "unjudged",
                                      .detail = why,
                                      .outcome = outcome_now(trial),
                                      .made = trial->made,
                                      .record = trial->exists ? &trial->now : NULL,
                                      .record_id = trial->made->record};
  bool done = text_check(&id, err) &&
              (!trial->exists || trial->backtest->each(trial->backtest->payload, &finding, err));
  text_release(&id);
  return done;
}

static const char *find_move(struct trial_move *trial) {
  const struct transition *made = trial->made;
  struct process *process = engine_process(trial->backtest->rules, made->process);
  trial->move = (struct move){.process = process, .asked = made->to_stage};
  if (!process)
    return translate("there is no such process any more");
  trial->move.from = process_stage(process, made->from_stage);
  trial->move.to = process_stage(process, made->to_stage);
  if (!trial->move.from || !trial->move.to)
    return translate("there is no such stage any more");
  return NULL;
}

static const char *load_then(struct trial_move *trial, struct error *err) {
  struct engine *rules = trial->backtest->rules;
  const char *why = find_move(trial);
  if (why)
    return why;
  if (!record_load(&trial->record, rules->book, trial->move.process->kind, trial->made->record,
                   err))
    return err->code == ERROR_NOT_FOUND ? translate("it can't be told how the record stood") : NULL;
  const char *at = judge_stage_of(&trial->record, trial->move.process);
  if (!at || strcmp(at, trial->made->from_stage) != 0)
    return translate("it can't be told how the record stood");
  return NULL;
}

/* A history that was brought from elsewhere may have skipped what this process does not. */
static bool hear(struct trial_move *trial, struct error *err) {
  struct engine *rules = trial->backtest->rules;
  if (strcmp(trial->made->outcome, "imported") == 0)
    return judge_gates(&trial->move, rules, &trial->record, &trial->verdict, err);
  return judge_move(&trial->move, rules, &trial->record, &never_asked, &trial->verdict, err);
}

static bool judge_again(struct trial_move *trial, struct error *err) {
  const struct backtest *backtest = trial->backtest;
  struct error failure = {0};
  const char *why = load_then(trial, &failure);
  if (!why && failure.code != ERROR_NONE) {
    *err = failure;
    return false;
  }
  if (!load_now(trial, err))
    return false;
  if (why)
    return !backtest->each || tell_unjudged(trial, why, err);
  if (backtest->grades && trial->move.to->end != STAGE_OPEN &&
      !grades_note(backtest->grades, backtest->rules, &trial->record, trial->move.to, err))
    return false;
  if (!backtest->each)
    return true;
  return hear(trial, err) && tell(trial, err);
}

static bool is_wanted(const struct backtest *backtest, const struct transition *made) {
  return (!backtest->until || made->at <= backtest->until) &&
         (!backtest->process || strcmp(backtest->process, made->process) == 0);
}

static bool try_move(const struct backtest *backtest, const struct transition *made,
                     struct error *err) {
  struct trial_move trial = {.backtest = backtest, .made = made};
  verdict_init(&trial.verdict);
  bool done = judge_again(&trial, err);
  verdict_release(&trial.verdict);
  record_release(&trial.record);
  record_release(&trial.now);
  return done;
}

static bool tell_progress(const struct backtest *backtest, const struct rewind *rewind,
                          struct error *err) {
  int64_t done, total;
  if (!backtest->progress)
    return true;
  rewind_progress(rewind, &done, &total);
  return backtest->progress(done, total, backtest->shown) ||
         error_set(err, ERROR_INTERRUPTED, "the trial was interrupted");
}

static bool go_back(const struct backtest *backtest, struct rewind *rewind, struct error *err) {
  const struct transition *made;
  bool done;
  for (int64_t count = 0; (done = rewind_next(rewind, &made, err)) && made; count++) {
    if (backtest->since && made->at < backtest->since)
      break;
    if (is_wanted(backtest, made) && !try_move(backtest, made, err))
      return false;
    if (count % PROGRESS_STEP == 0 && !tell_progress(backtest, rewind, err))
      return false;
  }
  return done;
}

bool backtest_run(const struct backtest *backtest, struct error *err) {
  struct rewind *rewind;
  struct process *known;
  if (backtest->process && !engine_find_process(backtest->rules, backtest->process, &known, err))
    return false;
  if (!book_view_begin(backtest->now->book, err))
    return false;
  bool done = rewind_open(&rewind, backtest->rules->book, err);
  if (done) {
    done = go_back(backtest, rewind, err);
    rewind_close(rewind);
  }
  book_view_end(backtest->now->book);
  return done;
}
