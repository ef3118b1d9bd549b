/* What two texts have not in common, line by line. */
#ifndef BASE_DIFFERENCE_H
#define BASE_DIFFERENCE_H

#include "base/text.h"

struct difference_side {
  const char *name; /* of the file; borrowed */
  const char *text; /* need not be terminated; NULL: there is no such file */
  size_t length;
};

/* Appends it as `diff -u` does, with three lines around; nothing when they are equal. Very long
 * stretches without a common line at either end are told as replaced whole. */
bool difference_append(struct text *out, const struct difference_side *before,
                       const struct difference_side *after, struct error *err);

#endif
