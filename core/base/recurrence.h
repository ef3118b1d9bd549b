/* When something is to happen again and again, as people say it: "friday 09:00", "every weekday
 * 8:30", "15 minutes", "last day of the month 18:00", "по пятницам 09:00", "каждый будний день
 * 8:30", "1 числа 09:00". Not for: what is then done. */
#ifndef BASE_RECURRENCE_H
#define BASE_RECURRENCE_H

#include "base/date.h"

enum recurrence_kind { RECURRENCE_MINUTES, RECURRENCE_WEEK, RECURRENCE_MONTH };

struct recurrence {
  enum recurrence_kind kind;
  unsigned weekdays; /* WEEK: bit 0 is Monday */
  int day;           /* MONTH: 1–31, in shorter months their last day; 0: the last day */
  int minutes; /* MINUTES: from one to the next, counted from midnight; else the time of day */
};

/* Fails with ERROR_INVALID: the word that is not understood, what was meant, examples. */
bool recurrence_parse(struct recurrence *out, const char *words, struct error *err);

/* The latest moment that is not after `at`, and the first that is after it. offset: of the local
 * clock, in seconds east of UTC. */
instant recurrence_last(const struct recurrence *recurrence, instant at, int offset);
instant recurrence_next(const struct recurrence *recurrence, instant at, int offset);

#endif
