/* What other rules would change now: of each open record the verdict on its next move under both,
 * the promotions that would follow, and the points that scorecards would give. Reads only. The two
 * engines work on the same data, each with a connection of its own. Stored grades that criteria
 * read stay as they are stored. */
#ifndef ENGINE_LAB_IMPACT_H
#define ENGINE_LAB_IMPACT_H

#include "engine/lab/finding.h"

struct impact {
  struct engine *before, *after;
  const char *process; /* only this one, and no scorecards; NULL: all */
  lab_finding_fn each;
  void *payload;
  progress_fn progress; /* told of records; false interrupts; may be NULL */
  void *shown;
};
/* Fails with ERROR_NOT_FOUND for an unknown process, and as the rules fail. */
bool impact_find(const struct impact *impact, struct error *err);

#endif
