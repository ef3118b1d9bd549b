/* What schedules ran, as the book keeps it: who claimed what was due, how it ended, whether it is
 * tried again. Not for: when something is due (base/recurrence), what is done then
 * (engine/schedule). */
#ifndef MODEL_SCHEDULE_RUN_H
#define MODEL_SCHEDULE_RUN_H

#include "model/book.h"

enum {
  RUN_ATTEMPTS_MAX = 5,
  RUN_LEASE_SECONDS = 3600, /* who has not finished by then is taken to be gone */
  RUN_WAIT_SECONDS =
      300, /* before the second attempt; four times as long before each further one */
};

enum run_state {
  RUN_NEVER,   /* was due before the book knew the schedule */
  RUN_DUE,     /* to be run now, for the first time or again */
  RUN_RUNNING, /* somebody does */
  RUN_DONE,
  RUN_WAITING,  /* failed, and tried again at `again` */
  RUN_GIVEN_UP, /* failed RUN_ATTEMPTS_MAX times */
};

/* The latest attempt at what was due; attempt 0: there was none. {0} is empty. */
struct schedule_run {
  instant due, started, finished; /* finished 0: not yet */
  int attempt;
  char *outcome, *message; /* owned; "running" "done" "failed"; message may be NULL */
};
void schedule_run_release(struct schedule_run *run);

/* The latest attempt at what was due then. *out is released by the caller. */
bool schedule_run_load(struct schedule_run *out, struct book *book, const char *schedule,
                       instant due, struct error *err);
/* The latest attempt of all; attempt 0: it never ran. */
bool schedule_run_latest(struct schedule_run *out, struct book *book, const char *schedule,
                         struct error *err);
/* What is to be done about what is due. */
struct run_standing {
  enum run_state state;
  instant again; /* of RUN_WAITING: when */
  int attempts;  /* there were so far */
};
/* Nothing is written: a schedule that the book has not seen is RUN_NEVER. */
bool schedule_run_stand(struct run_standing *out, struct book *book, const char *schedule,
                        instant due, struct error *err);
/* Claims what is due: makes the schedule known, and if it is RUN_DUE writes the next attempt as
 * running. A transaction of its own: of several processes one gets it. *attempt 0: nobody's turn.
 */
bool schedule_run_claim(int *attempt, struct book *book, const char *schedule, instant due,
                        struct error *err);
/* Writes how the attempt ended; message NULL: it is done. Within the caller's unit or alone. */
bool schedule_run_finish(struct book *book, const char *schedule, instant due, int attempt,
                         const char *message, struct error *err);

#endif
