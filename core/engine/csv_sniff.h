/* Which delimiter a sample of CSV uses; the rule is told in engine/csv.h. */
#ifndef ENGINE_CSV_SNIFF_H
#define ENGINE_CSV_SNIFF_H

#include <stddef.h>

/* Comma when nothing speaks for another. *told is the length of a first line `sep=X` with its end,
 * 0 without one. */
char csv_sniff(const char *sample, size_t length, size_t *told);

#endif
