/* What units of work did, record by record: how each stood before them and how it stands now. Read
 * inside the unit that may yet be taken back as well as after it. */
#ifndef MODEL_DIFFERENCE_H
#define MODEL_DIFFERENCE_H

#include "model/record.h"

struct difference {
  const struct kind *kind;
  int64_t id;
  bool existed, exists;        /* which of the two there is; at least one */
  struct record before, after; /* only stored fields are filled */
};

/* The difference is borrowed during the call. Stops and fails when the callback does. */
typedef bool (*difference_fn)(const struct difference *difference, void *payload,
                              struct error *err);
/* Every record that units after `tx` made, changed, deleted or brought back, by id; what is again
 * as it was before is left out, and so is what they made and deleted. */
bool difference_each(struct book *book, int64_t tx, difference_fn each, void *payload,
                     struct error *err);
/* Whether the stored field has another value now; of a record that was made or deleted, whether it
 * has one. */
bool difference_has(const struct difference *difference, const struct field *field);

#endif
