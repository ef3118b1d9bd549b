/* Automatic promotion: a record is moved to the next stage of its process as soon as that stage's
 * criteria pass, when the stage says `auto`. Looked at are, at the end of every unit of work and
 * inside it, the records within its reach (model/reach.h); the rest (what time alone changes, rules
 * that became milder) by promote_waiting(). A record that was taken back by hand stays until it is
 * moved forward by hand. What can't be judged or moved is told and stays; it fails nobody's
 * command. Undo promotes nothing. */
#ifndef ENGINE_PROMOTE_H
#define ENGINE_PROMOTE_H

#include "engine/process.h"
#include "model/history.h"

/* A promotion, or what was in its way. */
struct promotion {
  char *name; /* owned, as are all: "client #5 Acme" */
  char *from, *to;
  char *trouble; /* a broken criterion, a failing action; NULL: it was promoted */
};

/* Promotes what the unit under way may have made ready, and what that made ready in turn. Fails
 * for what stops everything (out of memory, interrupted, a failing store), and with ERROR_SCRIPT
 * when there is no end to it. */
bool promote_touched(struct engine *engine, struct error *err);
/* Promotes all that wait at stages before an automatic one; kind NULL: of every kind. A unit of its
 * own or the caller's. *looked_at: how many were judged. */
bool promote_waiting(struct engine *engine, const struct kind *kind, int64_t *looked_at,
                     struct error *err);
/* When and why the record was taken back by hand, when that keeps it from being promoted; *held
 * false: nothing does. The caller releases *taken_back if held. */
bool promote_held(struct engine *engine, int64_t record, const struct process *process, bool *held,
                  struct transition *taken_back, struct error *err);

/* The unit is over: what it promoted stands, or never was. */
void promote_settle(struct engine *engine, bool kept);
/* Empties engine->promotions: they were told. */
void promote_forget(struct engine *engine);

#endif
