/* The English and Russian words of the calendar, folded (text_append_folded). Not for: dates,
 * which date.h reads. Used by date_parse only. */
#ifndef BASE_DATE_WORDS_H
#define BASE_DATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

bool month_from_word(int *out, const char *folded);    /* 1–12 */
bool weekday_from_word(int *out, const char *folded);  /* 1 = Monday … 7 = Sunday */
bool near_day_from_word(int *out, const char *folded); /* days from today: -1, 0, 1 */
/* The word of the calendar that is nearest; NULL when none is near. `more`: words that the caller
 * knows besides. */
const char *date_word_suggest(const char *folded, const char *const *more, size_t count);

#endif
