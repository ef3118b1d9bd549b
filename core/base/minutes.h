/* Lengths of time as people say them, in whole minutes. Not for: dates and times of day (date.h).
 */
#ifndef BASE_MINUTES_H
#define BASE_MINUTES_H

#include <stdint.h>

#include "base/text.h"

/* "45" "45m" "45 min" "1h30m" "1.5h" "1:30" "2 ч 15 мин". Never negative; at most a year. Fails
 * with ERROR_INVALID. */
bool minutes_parse(int64_t *out, const char *word, struct error *err);
/* Appends "45m" "1h30m" "2h"; what minutes_parse() reads back. */
void minutes_append(struct text *out, int64_t minutes);

#endif
