/* Taking back whole units of work, and putting them back. An undo is itself a unit: history is
 * never rewritten. */
#ifndef ENGINE_UNDO_H
#define ENGINE_UNDO_H

#include "engine/engine.h"

struct undo_summary {
  int64_t tx;    /* the unit taken back */
  char *command; /* owned: what it was */
  int64_t records, changes;
};
void undo_summary_release(struct undo_summary *summary);

/* Takes back the newest unit that is in force and no undo, or the given one (tx > 0). Fails with
 * ERROR_NOT_FOUND when there is nothing, ERROR_REFUSED when a later unit changed the same fields or
 * refers to what would vanish: it names the unit to undo first. */
bool undo_unit(struct engine *engine, int64_t tx, struct undo_summary *summary, struct error *err);
/* Takes back the newest undo that nothing came after (changes by other units since make it refuse).
 */
bool redo_unit(struct engine *engine, struct undo_summary *summary, struct error *err);
#endif
