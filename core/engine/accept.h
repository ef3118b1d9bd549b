/* What records of a kind must meet whenever they are saved. A record that was created or changed is
 * judged once, at the end of the outermost unit of work, as it then is: what a command and the
 * actions it caused did together counts. Moves, deletions and undo are not asked: stages have
 * criteria of their own, and what was in force once may come back. */
#ifndef ENGINE_ACCEPT_H
#define ENGINE_ACCEPT_H

#include "engine/engine.h"
#include "engine/verdict.h"
#include "model/record.h"

/* The criteria of one kind, from all files that declare any. */
struct acceptance {
  char *kind;           /* owned */
  struct list criteria; /* of struct criterion *, owned */
};
/* The one of the kind in the rules, made when there is none; NULL when out of memory. */
struct acceptance *acceptance_of(struct rules *rules, const char *kind, struct error *err);
void acceptance_free(struct acceptance *acceptance);
/* NULL when nothing is asked of records of that kind. */
const struct acceptance *accept_find(const struct engine *engine, const struct kind *kind);

/* What the criteria say of the record now; no items when there are none. Fails only as a check
 * fails. */
bool accept_judge(struct engine *engine, struct record *record, struct verdict *verdict,
                  struct error *err);

/* A record with something against it, kept for whoever tells. */
struct accepted {
  int64_t id;
  bool created; /* by the same unit: when it was refused there is no such record */
  char *name;   /* owned: "goal #5 Grow", "goal Grow" when created */
  struct verdict verdict;
};

/* A record was saved: it is judged at the end of the unit. */
bool accept_note(struct engine *engine, const struct record *record, struct error *err);
/* Judges what was noted so far, at the end of the unit (engine_settle). engine->judged then holds
 * the records with a failing criterion. Fails with ERROR_REFUSED, naming the criteria, when a
 * `must` fails or is broken. */
bool accept_noted(struct engine *engine, struct error *err);
/* For a row of an import: judges the record now and says all that is against it in one message.
 * *warned: a `should` fails. Fails with ERROR_DATA when a `must` does. */
bool accept_row(struct engine *engine, struct record *record, bool *warned, struct error *err);
/* Empties engine->judged. */
void accept_forget(struct engine *engine);

#endif
