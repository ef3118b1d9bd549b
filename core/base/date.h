/* Calendar dates and instants: arithmetic, ISO text, and the ways people write them.
 * Proleptic Gregorian, years 0001–9999. Not for: time zones (instants are UTC). */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

typedef int32_t date;    /* days since 1970-01-01 */
typedef int64_t instant; /* seconds since 1970-01-01T00:00:00Z */

enum { DATE_TEXT_SIZE = 11, INSTANT_TEXT_SIZE = 21 }; /* with the terminator */

struct date_parts {
  int year;  /* 1–9999 */
  int month; /* 1–12 */
  int day;   /* 1–31 */
};

bool date_from_parts(date *out, struct date_parts parts, struct error *err);
struct date_parts date_to_parts(date day);
int date_weekday(date day); /* 1 = Monday … 7 = Sunday */

/* Adds months and keeps the day, or the month's last day if it has no such day:
 * 31 January + 1 month = 28 or 29 February. Fails with ERROR_INVALID outside 0001–9999. */
bool date_add_months(date *out, date day, int months, struct error *err);
bool date_add_days(date *out, date day, int64_t days, struct error *err);

enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };
date date_period_start(date day, enum period period);
date date_period_end(date day, enum period period); /* its last day */
/* "2017-03-01", "2017-W09", "2017-03", "2017-Q1", "2017". */
void date_period_name(struct text *out, date day, enum period period);
bool period_from_name(enum period *out,
                      const char *name); /* "day" "week" "month" "quarter" "year" */

void date_write(date day, char out[DATE_TEXT_SIZE]);         /* YYYY-MM-DD */
void instant_write(instant at, char out[INSTANT_TEXT_SIZE]); /* YYYY-MM-DDTHH:MM:SSZ */
/* Strict ISO forms only, as the store holds them. */
bool date_read(date *out, const char *iso, struct error *err);
bool instant_read(instant *out, const char *iso, struct error *err);
date instant_date(instant at);
instant date_instant(date day); /* midnight */

/* How numbers like 01/02/2017 are ordered. UNKNOWN refuses an ambiguous date and says
 * both readings; it accepts 25/12/2017, which can be read one way only. */
enum date_order { DATE_ORDER_UNKNOWN, DATE_ORDER_YMD, DATE_ORDER_DMY, DATE_ORDER_MDY };
bool date_order_from_name(enum date_order *out, const char *name); /* "ymd" "dmy" "mdy" */

/* What a person types: 2026-05-01, 01.05.2026 (dots are always day first), 1/5/26 (by order),
 * 20260501, "1 May 2026", "May 1, 2026", "1 мая 2026", today yesterday tomorrow, +30d -2w +1m
 * +1y, monday … sunday (the next one, today excluded), понедельник …, som eom soq eoq soy eoy
 * (start and end of this month, quarter, year). Two-digit years: 00–68 are 2000s, 69–99 1900s.
 * Fails with ERROR_INVALID: what is wrong and an example of what is right. */
bool date_parse(date *out, const char *word, enum date_order order, date today, struct error *err);
/* A date as above, optionally followed by a time 14:30[:05][Z|+03:00]; a time alone is today's; ISO
 * forms; "now". */
bool instant_parse(instant *out, const char *word, enum date_order order, instant now,
                   struct error *err);
/* A range: 2026-01..2026-06, 2026 (the year), 2026-05, 2026-q2, q2, 2026-05-01..., ..today;
 * either end may be open (*has_from, *has_to). Both ends inclusive. */
struct date_range {
  bool has_from, has_to;
  date from, to;
};
bool date_range_parse(struct date_range *out, const char *word, date today, struct error *err);

#endif
