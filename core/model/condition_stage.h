/* Which words a stage may be compared with. Inside the query only. */
#ifndef MODEL_CONDITION_STAGE_H
#define MODEL_CONDITION_STAGE_H

#include "model/condition.h"

/* Passes for a stage of the field, and for one that no process has any more but that still stands
 * in a record of the kind. Fails with ERROR_INVALID and a suggestion. */
bool condition_check_stage(const struct book *book, const struct kind *kind,
                           const struct field *field, const char *word, struct error *err);
/* The same of all that the condition compares stages with. */
bool condition_check_stages(const struct condition *condition, const struct book *book,
                            struct error *err);

#endif
