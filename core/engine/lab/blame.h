/* Which criteria a verdict comes from: one finding for the record as a whole, and one for each
 * criterion that blocks. */
#ifndef ENGINE_LAB_BLAME_H
#define ENGINE_LAB_BLAME_H

#include "engine/judge.h"
#include "engine/lab/finding.h"

struct blame {
  const struct move *move;
  const struct verdict *verdict;
  const struct record *record;
  const struct transition *made; /* the past move; NULL: the next one */
  const char *effect, *outcome;  /* as in struct lab_finding */
};
/* parts: the criteria, too. The whole is called by its process, of past moves by the stage that
 * they left. */
bool blame_tell(const struct blame *blame, bool parts, lab_finding_fn each, void *payload,
                struct error *err);

#endif
