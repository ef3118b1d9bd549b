/* Which of the kept rule sets is in force, and which were before: decided by units of work, so that
 * history shows it and undo takes it back. A book in which it was never decided follows the files
 * of its workspace. Not for: the texts of rule sets (ruleset), loading them (lua/bind). */
#ifndef MODEL_ACTIVATION_H
#define MODEL_ACTIVATION_H

#include "model/ruleset.h"

struct activation {
  int64_t tx;                    /* the unit that decided it; 0: none did */
  char ruleset[DIGEST_HEX_SIZE]; /* "": the files as they are */
};

/* What counts now. */
bool activation_load(struct activation *activation, struct book *book, struct error *err);
/* Decides it in the unit under way; the hash is that of a kept rule set, or "". */
bool activation_set(struct book *book, const char *ruleset, struct error *err);

/* Undo's doors. Whether the unit decided it, and what was in force before. */
bool activation_of_unit(struct book *book, int64_t tx, bool *found, struct activation *before,
                        struct error *err);
/* What the unit under way takes back: what was in force before that unit is again. Nothing when it
 * decided nothing. */
bool activation_take_back(struct book *book, int64_t tx, struct error *err);

/* A kept rule set: who first used it, and who put it into force last. */
struct ruleset_version {
  char hash[DIGEST_HEX_SIZE];
  instant at;           /* of its last activation, else when it was kept */
  char *actor, *reason; /* owned, of the same; the reason may be NULL */
  bool activated;       /* it was put into force once, not only used */
  int64_t units;        /* of work that were done under it */
};
/* The newest first; what scorecards learned is no rule set. *versions owned:
 * ruleset_versions_free()
 */
bool ruleset_versions(struct book *book, struct ruleset_version **versions, size_t *count,
                      struct error *err);
void ruleset_versions_free(struct ruleset_version *versions, size_t count);

#endif
