/* The way of a record from where it stands to a stage, one move after the other, and what is still
 * missing for each of them. To see what moves further on will be told, the way is walked, past what
 * fails, in a unit that is taken back: so that what actions of stages do on the way counts. Not
 * for: how it is shown (repl). */
#ifndef ENGINE_ROUTE_H
#define ENGINE_ROUTE_H

#include "engine/process.h"

/* One move of the way. */
struct route_step {
  struct stage *from;     /* NULL: not begun */
  struct stage *to;       /* both borrowed from the rules */
  struct verdict now;     /* as the record is now */
  struct verdict arrived; /* as it was when the walk came there; items in the same order */
  bool has_arrived;       /* always so for the first step */
  char *trouble;          /* owned: why the walk got no further than this; or NULL */
};

struct route {
  struct process *process; /* borrowed from the rules */
  struct list steps;       /* of struct route_step; at least one */
  struct verdict accepted; /* what is asked of the record whenever it is saved */
  const char *refusal;     /* borrowed: why the process has no such way; NULL: it has */
};

/* What a criterion means for the way. */
enum route_need {
  ROUTE_FINE,    /* it passes, or will by what actions do on the way, or it is only advice */
  ROUTE_MISSING, /* something has to be done; its fix says what */
  ROUTE_BROKEN,  /* its script has to be mended */
  ROUTE_DEPENDS, /* not for this record now, but may be once what is missing is done */
  ROUTE_LATER,   /* can't be known before the record is there */
};
/* Of item i of that step's verdicts; and of those of the acceptance. */
enum route_need route_need(const struct route *route, size_t step, size_t i);
enum route_need route_need_accepted(const struct route *route, size_t i);
const char *route_need_name(enum route_need need); /* "fine" "missing" "broken" … */

/* Finds the way and judges it. It is not walked when the book can't be written or a unit is under
 * way: later steps have then no `arrived`. Fails with ERROR_NOT_FOUND for a stage that no process
 * of the record has, and as a check fails. *route is released by the caller, after a failure too;
 * {0} is an empty one. */
bool route_find(struct route *route, struct engine *engine, struct record *record, const char *to,
                struct error *err);
void route_release(struct route *route);
/* Where a way leads to when nobody says: the won end, else the last stage. */
const char *route_goal(const struct process *process);

#endif
