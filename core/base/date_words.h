/* The English and Russian words of the calendar, folded (text_append_folded). Not for: dates,
 * which date.h reads. Used by date_parse only. */
#ifndef BASE_DATE_WORDS_H
#define BASE_DATE_WORDS_H

#include <stdbool.h>

bool month_from_word(int *out, const char *folded);    /* 1–12 */
bool weekday_from_word(int *out, const char *folded);  /* 1 = Monday … 7 = Sunday */
bool near_day_from_word(int *out, const char *folded); /* days from today: -1, 0, 1 */

#endif
