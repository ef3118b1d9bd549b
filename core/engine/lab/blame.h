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
  const char *effect, *outcome; /* as in struct lab_finding */
};
bool blame_tell(const struct blame *blame, lab_finding_fn each, void *payload, struct error *err);

#endif
