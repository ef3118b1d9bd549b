/* Days in a few columns, for hints: with what one would look up in a calendar. */
#ifndef FORMAT_SHORT_H
#define FORMAT_SHORT_H

#include "base/date.h"

/* Appends "Sat 2026-12-26". */
void short_day(struct text *out, date day);

#endif
