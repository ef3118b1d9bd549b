/* One record as it stood at book->as_of, from the current row and the log. Inside the model only.
 * Not for: questions to many records (query). */
#ifndef MODEL_PAST_H
#define MODEL_PAST_H

#include "model/record.h"

/* Fails with ERROR_NOT_FOUND when the record did not exist then. */
bool past_check(struct book *book, const struct kind *kind, int64_t id, struct error *err);
/* Walks the loaded values back to the instant: a value then is the `old` of the first change after
 * it, or what stands there now. */
bool past_apply(struct record *record, struct book *book, struct error *err);
/* Walks them back to before all units after `tx`, from whatever the record holds. */
bool past_before(struct record *record, struct book *book, int64_t tx, struct error *err);

#endif
