/* What the files of the built-in kinds share: the checks that several of them make. */
#ifndef MODEL_KINDS_KINDS_H
#define MODEL_KINDS_KINDS_H

#include "model/record.h"

/* Fails with ERROR_INVALID when both dates are set and the second lies before the first. */
bool kind_check_order(const struct record *record, const char *first, const char *second,
                      struct error *err);
/* Fails with ERROR_INVALID when the reference leads to the record itself. */
bool kind_check_not_itself(const struct record *record, const char *reference, struct error *err);

#endif
