/* How many rows an answer has: below a table on a terminal, and where a file was written. */
#ifndef FORMAT_COUNT_H
#define FORMAT_COUNT_H

#include "repl/format/format.h"

/* "46 rows", "first 8 of 1,589 rows". */
void count_append(struct text *out, const struct result *result);
/* The same as a line in brackets, where the style wants it. The rows of a report are figures that
 * nobody counts: they get it only when some were left out. */
void count_append_line(struct text *out, const struct result *result, const struct style *style);

#endif
