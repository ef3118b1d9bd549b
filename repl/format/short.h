/* Days and amounts in a few columns, for hints: what they are about, not what they are exactly. */
#ifndef FORMAT_SHORT_H
#define FORMAT_SHORT_H

#include "base/date.h"
#include "base/money.h"

/* Appends "Sat 2026-12-26". */
void short_day(struct text *out, date day);
/* Appends "1.2M", "950k", "12.5k", "840": three digits at most above a thousand, rounded half away
 * from zero. With the currency behind it unless that is the one named; home may be NULL. */
void short_money(struct text *out, struct money amount, const char *home);

#endif
