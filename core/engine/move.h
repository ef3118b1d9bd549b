/* What the mover shares with the import of histories and with promotion. Private to them. */
#ifndef ENGINE_MOVE_H
#define ENGINE_MOVE_H

#include "engine/judge.h"
#include "engine/process.h"
#include "model/history.h"

/* Adds the row for the record, dated now unless it says when. */
bool move_log(struct engine *engine, struct record *record, const struct transition *transition,
              struct error *err);
/* Puts the stage into the record's field; at 0 is now. */
bool move_put(struct engine *engine, struct record *record, const struct process *process,
              const char *stage, instant at, struct error *err);

/* Puts the record at the first stage and logs it as begun, unless it stands at one of its stages.
 */
bool move_begin(struct engine *engine, struct record *record, const struct process *process,
                struct error *err);
/* Makes the move that the verdict allows, inside a unit that the caller cancels when this fails:
 * field and transition written, actions run, events raised. */
bool move_make(struct engine *engine, struct record *record, const struct move *move,
               const struct move_options *options, const struct verdict *verdict,
               struct error *err);

#endif
