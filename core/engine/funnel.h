/* How many records stand in each stage of a process, and how many went on from it. */
#ifndef ENGINE_FUNNEL_H
#define ENGINE_FUNNEL_H

#include "engine/process.h"

struct funnel_stage {
  int64_t here;    /* records that stand in it */
  int64_t been;    /* that ever were in it */
  int64_t went_on; /* of those, that were moved from it to a later open stage or to the won end */
};

/* By position of the process's stages. As of the book's instant. The caller frees *stages with
 * memory_free(). */
bool funnel_count(struct engine *engine, const struct process *process,
                  struct funnel_stage **stages, struct error *err);

#endif
