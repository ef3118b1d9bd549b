/* Which records a unit of work may have changed the case of: those it touched, and those that what
 * it touched refers to, now or before, over at most REACH_STEPS references (need → deal → client).
 * All that a record's rollups and collections see lies within that reach. */
#ifndef MODEL_REACH_H
#define MODEL_REACH_H

#include "model/book.h"

enum { REACH_STEPS = 3 };

/* The records that are asked for: of that kind, with one of those words in the field. */
struct reach {
  const struct kind *kind;
  const struct field *field;
  const char *const *words;
  size_t word_count;
};

/* Those within the reach of the unit under way, by id, each once; none before it wrote something.
 * *ids is the caller's (memory_free). */
bool reach_touched(struct book *book, const struct reach *reach, int64_t **ids, size_t *count,
                   struct error *err);

#endif
