/* What a workspace does by itself at certain times: `every "friday 09:00" { … }`. What is due runs
 * once, whoever asks and however many do; what was missed while nobody asked runs once, for the
 * latest time. What fails is tried again later (model/schedule_run.h). */
#ifndef ENGINE_SCHEDULE_H
#define ENGINE_SCHEDULE_H

#include "base/recurrence.h"
#include "engine/verb.h"
#include "model/schedule_run.h"

struct schedule {
  char *name;            /* stable: its key in the history of runs */
  char *title_ru, *when; /* title_ru may be NULL; when as written */
  struct recurrence times;
  struct verb *verb; /* what is done: a writing one without parameters; owned */
  struct place place;
};
struct schedule *schedule_new(const char *name, struct error *err);
void schedule_free(struct schedule *schedule); /* NULL is fine */

/* Where it stands now. */
struct schedule_standing {
  instant due;             /* the latest time that is not to come */
  instant next;            /* the first that is */
  struct run_standing run; /* of what is due */
};
bool schedule_look(struct schedule_standing *out, struct engine *engine,
                   const struct schedule *schedule, struct error *err);

/* One run, or why there was none. Release after a failure too. */
struct schedule_outcome {
  instant due;
  bool ran;      /* it was our turn */
  char *failure; /* owned: why it failed; NULL: it is done */
  bool retried;  /* it will be tried again */
  struct verb_answer answer;
};
void schedule_outcome_release(struct schedule_outcome *outcome);
/* Claims what is due and does it, as one unit of work in which it is noted as done. A failing run
 * is noted, and is no failure of this function; being interrupted or out of memory is both. Fails
 * with ERROR_USAGE inside a unit. */
bool schedule_do(struct schedule_outcome *out, struct engine *engine,
                 const struct schedule *schedule, struct error *err);

#endif
