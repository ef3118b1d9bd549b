/* How much a unit of work would change, before it is kept: records by kind, the money that they
 * stand for, and a mark by which two runs of the same command can be told apart. */
#ifndef ENGINE_EFFECT_H
#define ENGINE_EFFECT_H

#include "engine/engine.h"

enum effect_way { EFFECT_CHANGES, EFFECT_ADDS, EFFECT_DELETES, EFFECT_WAYS };

/* What happens to the records of one kind in one way. */
struct effect_part {
  enum effect_way way;
  const struct kind *kind;
  int64_t count;
  struct list worth; /* of struct money, one for each currency: as it stood before */
};

struct effect {
  struct list parts; /* of struct effect_part, in the order of their first record */
  int64_t records;   /* that existed before and are changed or deleted */
  int64_t direct;    /* of them: by the command itself, not by what followed from it */
  uint64_t mark;     /* of what changes into what; moments of time do not count */
};

/* What units after `tx` changed, as it stands now: usually the one under way. The caller releases
 * *effect. */
bool effect_read(struct effect *effect, struct engine *engine, int64_t tx, struct error *err);
void effect_release(struct effect *effect);

/* The command itself changes the record: noted by whoever saves, moves or deletes, unless an action
 * caused it. */
bool effect_note(struct engine *engine, int64_t record, struct error *err);

/* The field that says what a record of the kind is worth, its amount; NULL: it has none, as a
 * client whose revenue is its own. */
const struct field *effect_worth_field(const struct kind *kind);

/* How many records were noted since there were `before` notes in engine->direct. */
int64_t effect_count_direct(const struct engine *engine, size_t before);

#endif
