/* Whether a move may be made: first what the process itself allows, then what the criteria say.
 * Asked by the mover and by `why`; writes nothing. */
#ifndef ENGINE_JUDGE_H
#define ENGINE_JUDGE_H

#include "engine/process.h"

struct move {
  struct process *process;
  struct stage *from; /* NULL: not begun, or in a stage that the process no longer has */
  struct stage *to;   /* NULL: there is no such stage */
  const char *asked;  /* borrowed: the name of the stage asked for */
};

/* The process that the stage belongs to: of those that are for the record, the first that has it,
 * else the first. Fails with ERROR_NOT_FOUND when there is none. */
bool judge_find(struct move *move, struct engine *engine, struct record *record, const char *to,
                struct error *err);
/* Where a way to move->to goes first: there itself, or to the stage that may not be skipped. */
struct stage *judge_first_step(const struct move *move);
bool judge_is_back(const struct move *move);
/* Fills the verdict. options NULL: reasons are not asked for yet. Fails only as a check fails. */
bool judge_move(const struct move *move, struct engine *engine, struct record *record,
                const struct move_options *options, struct verdict *verdict, struct error *err);
/* What the criteria alone say of a move that was made elsewhere: the process is not asked whether
 * it allows it. */
bool judge_gates(const struct move *move, struct engine *engine, struct record *record,
                 struct verdict *verdict, struct error *err);
/* Evaluates each of a list of struct criterion * once, as one hearing, and adds an item for each.
 */
bool judge_criteria(struct engine *engine, struct record *record, const struct list *criteria,
                    struct verdict *verdict, struct error *err);
/* Whether something says why. */
bool judge_has_reason(const struct move_options *options);
/* The stage's name that the record holds now; NULL: not begun. Borrowed until it changes. */
const char *judge_stage_of(const struct record *record, const struct process *process);

#endif
