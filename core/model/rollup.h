/* A field computed from the records that refer to this one: client.meetings counts activities. */
#ifndef MODEL_ROLLUP_H
#define MODEL_ROLLUP_H

#include "model/query.h"

struct rollup {
  enum aggregate function;
  const char *kind; /* of the records looked at: "activity"; NULL: the transitions */
  const char *path; /* what is summed: "amount"; NULL for count */
  const char *via;  /* the reference that leads here: "client"; NULL: the only one of that target */
  const struct comparison *filters;
  size_t filter_count;
};

/* When the record last entered a stage: asked of the transitions, which are no kind. */
extern const struct rollup rollup_last_move;

/* The rollup's value for one record, NULL when nothing qualifies (a count is then 0). `kind` is
 * the kind that has the field. *out is owned by the caller. Under book->as_of the value of then.
 * record_get() calls this at first use. */
bool rollup_compute(struct value *out, struct book *book, const struct kind *kind,
                    const struct field *field, int64_t id, struct error *err);

#endif
