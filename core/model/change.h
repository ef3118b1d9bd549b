/* Writing the log of changes and the spine; live rows by column name. Inside the model only. */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

#include "model/history.h"

/* Appends one change of the unit under way. The values are cells. */
bool change_write(struct book *book, int64_t record, const char *column,
                  const struct replacement *replacement, struct error *err);
/* record.updated_tx becomes the unit under way. */
bool change_touch(struct book *book, int64_t record, struct error *err);
/* Fails with ERROR_INVALID when the reference does not lead to a live record of the field's
 * target. */
bool change_check_reference(struct book *book, const struct field *field, int64_t target,
                            struct error *err);
/* Takes the row out of its table and writes its values to the log. Checks nothing. */
bool change_delete(struct book *book, const struct kind *kind, int64_t id, struct error *err);
/* Fails with ERROR_REFUSED while live records refer to it. */
bool change_check_referrers(struct book *book, const struct kind *kind, int64_t id,
                            struct error *err);

#endif
