#include "base/recurrence.h"

#include <stdlib.h>
#include <string.h>

#include "base/date_words.h"

enum {
  DAY_SECONDS = 86400,
  DAY_MINUTES = 1440,
  EVERY_DAY = 0x7f,
  WORK_DAYS = 0x1f,
  WEEKEND = 0x60,
  WORD_SIZE = 64,
  DAYS_LOOKED_AT = 64, /* two months hold each day of the month */
};

enum role {
  ROLE_NOISE,
  ROLE_DAY,   /* "day": every day, or the day of the month */
  ROLE_DAYS,  /* a set of weekdays */
  ROLE_MONTH, /* of the month */
  ROLE_LAST,
  ROLE_UNIT, /* of an interval, in minutes */
};

/* Folded: small letters, е for ё. */
static const struct word {
  const char *word;
  enum role role;
  unsigned number;
} words[] = {
    {"every",                      ROLE_NOISE, 0        },
    {"each",                       ROLE_NOISE, 0        },
    {"at",                         ROLE_NOISE, 0        },
    {"on",                         ROLE_NOISE, 0        },
    {"of",                         ROLE_NOISE, 0        },
    {"the",                        ROLE_NOISE, 0        },
    {"and",                        ROLE_NOISE, 0        },
    {"каждый",               ROLE_NOISE, 0        },
    {"каждую",               ROLE_NOISE, 0        },
    {"каждое",               ROLE_NOISE, 0        },
    {"каждые",               ROLE_NOISE, 0        },
    {"каждого",             ROLE_NOISE, 0        },
    {"по",                       ROLE_NOISE, 0        },
    {"в",                         ROLE_NOISE, 0        },
    {"во",                       ROLE_NOISE, 0        },
    {"и",                         ROLE_NOISE, 0        },
    {"day",                        ROLE_DAY,   0        },
    {"days",                       ROLE_DAY,   0        },
    {"день",                   ROLE_DAY,   0        },
    {"дня",                     ROLE_DAY,   0        },
    {"дням",                   ROLE_DAY,   0        },
    {"число",                 ROLE_MONTH, 0        },
    {"числа",                 ROLE_MONTH, 0        },
    {"daily",                      ROLE_DAYS,  EVERY_DAY},
    {"ежедневно",         ROLE_DAYS,  EVERY_DAY},
    {"weekday",                    ROLE_DAYS,  WORK_DAYS},
    {"weekdays",                   ROLE_DAYS,  WORK_DAYS},
    {"workday",                    ROLE_DAYS,  WORK_DAYS},
    {"workdays",                   ROLE_DAYS,  WORK_DAYS},
    {"будни",                 ROLE_DAYS,  WORK_DAYS},
    {"будний",               ROLE_DAYS,  WORK_DAYS},
    {"будням",               ROLE_DAYS,  WORK_DAYS},
    {"рабочий",             ROLE_DAYS,  WORK_DAYS},
    {"рабочим",             ROLE_DAYS,  WORK_DAYS},
    {"weekend",                    ROLE_DAYS,  WEEKEND  },
    {"weekends",                   ROLE_DAYS,  WEEKEND  },
    {"выходные",           ROLE_DAYS,  WEEKEND  },
    {"выходным",           ROLE_DAYS,  WEEKEND  },
    {"monday",                     ROLE_DAYS,  1u << 0  },
    {"понедельникам", ROLE_DAYS,  1u << 0  },
    {"tuesday",                    ROLE_DAYS,  1u << 1  },
    {"вторникам",         ROLE_DAYS,  1u << 1  },
    {"wednesday",                  ROLE_DAYS,  1u << 2  },
    {"средам",               ROLE_DAYS,  1u << 2  },
    {"thursday",                   ROLE_DAYS,  1u << 3  },
    {"четвергам",         ROLE_DAYS,  1u << 3  },
    {"friday",                     ROLE_DAYS,  1u << 4  },
    {"пятницам",           ROLE_DAYS,  1u << 4  },
    {"saturday",                   ROLE_DAYS,  1u << 5  },
    {"субботам",           ROLE_DAYS,  1u << 5  },
    {"sunday",                     ROLE_DAYS,  1u << 6  },
    {"воскресеньям",   ROLE_DAYS,  1u << 6  },
    {"month",                      ROLE_MONTH, 0        },
    {"месяц",                 ROLE_MONTH, 0        },
    {"месяца",               ROLE_MONTH, 0        },
    {"last",                       ROLE_LAST,  0        },
    {"последний",         ROLE_LAST,  0        },
    {"последнее",         ROLE_LAST,  0        },
    {"minute",                     ROLE_UNIT,  1        },
    {"minutes",                    ROLE_UNIT,  1        },
    {"минуту",               ROLE_UNIT,  1        },
    {"минуты",               ROLE_UNIT,  1        },
    {"минут",                 ROLE_UNIT,  1        },
    {"hour",                       ROLE_UNIT,  60       },
    {"hours",                      ROLE_UNIT,  60       },
    {"час",                     ROLE_UNIT,  60       },
    {"часа",                   ROLE_UNIT,  60       },
    {"часов",                 ROLE_UNIT,  60       },
};

enum { WORD_COUNT = sizeof words / sizeof words[0] };

/* What was said so far. */
struct reading {
  unsigned weekdays;
  bool day, month, last;
  int number, time, unit; /* -1, -1, 0: not said */
};

static const char examples[] =
    "\"friday 09:00\", \"weekday 8:30\", \"1st of month 10:00\" or \"15 minutes\"";

static bool refuse_word(const char *word, struct error *err) {
  const char *known[WORD_COUNT];
  for (size_t i = 0; i < WORD_COUNT; i++)
    known[i] = words[i].word;
  const char *near = text_suggest(word, known, WORD_COUNT);
  if (near)
    return error_set(err, ERROR_INVALID, "'%s' says no time; did you mean '%s'?", word, near);
  return error_set(err, ERROR_INVALID, "'%s' says no time; say %s", word, examples);
}

static const struct word *find_word(const char *word) {
  for (size_t i = 0; i < WORD_COUNT; i++)
    if (strcmp(words[i].word, word) == 0)
      return &words[i];
  return NULL;
}

/* 9:30 */
static bool read_time(const char *word, int *time) {
  char *end;
  if (*word < '0' || *word > '9')
    return false;
  long hours = strtol(word, &end, 10);
  if (*end != ':' || end[1] < '0' || end[1] > '5' || end[2] < '0' || end[2] > '9' || end[3] != '\0')
    return false;
  *time = (int)hours * 60 + (end[1] - '0') * 10 + (end[2] - '0');
  return hours < 24;
}

/* 1, 1st, 22nd, 1-е, 1-го */
static bool read_number(const char *word, int *number) {
  static const char *const endings[] = {"", "st", "nd", "rd", "th", "-е", "-го", "-ое", "-му"};
  char *end;
  if (*word < '0' || *word > '9')
    return false;
  long read = strtol(word, &end, 10);
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    if (strcmp(end, endings[i]) == 0 && read <= DAY_MINUTES) {
      *number = (int)read;
      return true;
    }
  return false;
}

/* Also "fridays". */
static bool read_weekday(const char *word, unsigned *weekdays) {
  char single[WORD_SIZE];
  int weekday;
  size_t length = strlen(word);
  memcpy(single, word, length + 1);
  if (length > 4 && single[length - 1] == 's')
    single[length - 1] = '\0';
  if (!weekday_from_word(&weekday, word) && !weekday_from_word(&weekday, single))
    return false;
  *weekdays |= 1u << (weekday - 1);
  return true;
}

static void take_role(struct reading *reading, const struct word *word) {
  reading->day = reading->day || word->role == ROLE_DAY;
  reading->month = reading->month || word->role == ROLE_MONTH;
  reading->last = reading->last || word->role == ROLE_LAST;
  if (word->role == ROLE_DAYS)
    reading->weekdays |= word->number;
  if (word->role == ROLE_UNIT)
    reading->unit = (int)word->number;
}

static bool read_word(struct reading *reading, const char *word, struct error *err) {
  const struct word *known = find_word(word);
  if (known)
    take_role(reading, known);
  return known || read_time(word, &reading->time) || read_number(word, &reading->number) ||
         read_weekday(word, &reading->weekdays) || refuse_word(word, err);
}

static bool read_words(struct reading *reading, const char *folded, struct error *err) {
  static const char blanks[] = " \t,";
  char word[WORD_SIZE];
  for (const char *at = folded + strspn(folded, blanks); *at; at += strspn(at, blanks)) {
    size_t length = strcspn(at, blanks);
    if (length >= sizeof word)
      return error_set(err, ERROR_INVALID, "'%.20s…' says no time; say %s", at, examples);
    memcpy(word, at, length);
    word[length] = '\0';
    if (!read_word(reading, word, err))
      return false;
    at += length;
  }
  return true;
}

static bool finish_interval(struct recurrence *out, const struct reading *reading,
                            struct error *err) {
  int minutes = (reading->number < 0 ? 1 : reading->number) * reading->unit;
  if (reading->time >= 0 || reading->weekdays || reading->day || reading->month || reading->last)
    return error_set(err, ERROR_INVALID, "an interval goes through day and night; say %s",
                     examples);
  if (minutes < 1 || DAY_MINUTES % minutes != 0)
    return error_set(err, ERROR_INVALID,
                     "%d minutes do not divide a day evenly; take 5, 10, 15, 20, 30 minutes or "
                     "1, 2, 3, 4, 6, 8, 12 hours",
                     minutes);
  *out = (struct recurrence){.kind = RECURRENCE_MINUTES, .minutes = minutes};
  return true;
}

static bool finish_month(struct recurrence *out, const struct reading *reading, struct error *err) {
  if (reading->weekdays)
    return error_set(err, ERROR_INVALID, "a day of the week or of the month, not both; say %s",
                     examples);
  if (reading->last == (reading->number >= 0) || reading->number == 0 || reading->number > 31)
    return error_set(err, ERROR_INVALID,
                     "which day of the month? say \"1st of month 09:00\" or \"last day of month "
                     "18:00\"");
  *out = (struct recurrence){.kind = RECURRENCE_MONTH,
                             .day = reading->last ? 0 : reading->number,
                             .minutes = reading->time};
  return true;
}

static bool finish(struct recurrence *out, const struct reading *reading, struct error *err) {
  if (reading->unit)
    return finish_interval(out, reading, err);
  unsigned weekdays = reading->weekdays ? reading->weekdays : reading->day ? EVERY_DAY : 0;
  bool monthly = reading->month || reading->last || reading->number >= 0;
  if (!monthly && !weekdays)
    return error_set(err, ERROR_INVALID, "on which day? say %s", examples);
  if (reading->time < 0)
    return error_set(err, ERROR_INVALID, "at what time of the day? say %s", examples);
  if (monthly)
    return finish_month(out, reading, err);
  *out =
      (struct recurrence){.kind = RECURRENCE_WEEK, .weekdays = weekdays, .minutes = reading->time};
  return true;
}

bool recurrence_parse(struct recurrence *out, const char *text, struct error *err) {
  struct reading reading = {.number = -1, .time = -1};
  struct text folded = {0};
  text_append_folded(&folded, text, strlen(text));
  bool done = text_check(&folded, err) && read_words(&reading, text_string(&folded), err) &&
              finish(out, &reading, err);
  text_release(&folded);
  return done;
}

static bool falls_on(const struct recurrence *recurrence, date day) {
  if (recurrence->kind == RECURRENCE_WEEK)
    return recurrence->weekdays & 1u << (date_weekday(day) - 1);
  int of_month = date_to_parts(day).day;
  int last = date_to_parts(date_period_end(day, PERIOD_MONTH)).day;
  int wanted = recurrence->day == 0 || recurrence->day > last ? last : recurrence->day;
  return of_month == wanted;
}

static instant moment_on(const struct recurrence *recurrence, date day) {
  return date_instant(day) + (instant)recurrence->minutes * 60;
}

static instant floor_to(instant at, instant step) {
  instant rest = at % step;
  return at - (rest < 0 ? rest + step : rest);
}

instant recurrence_last(const struct recurrence *recurrence, instant at, int offset) {
  instant local = at + offset;
  if (recurrence->kind == RECURRENCE_MINUTES)
    return floor_to(local, (instant)recurrence->minutes * 60) - offset;
  date day = instant_date(local);
  for (int i = 0; i < DAYS_LOOKED_AT; i++, day--)
    if (falls_on(recurrence, day) && moment_on(recurrence, day) <= local)
      break;
  return moment_on(recurrence, day) - offset;
}

instant recurrence_next(const struct recurrence *recurrence, instant at, int offset) {
  instant local = at + offset;
  if (recurrence->kind == RECURRENCE_MINUTES) {
    instant step = (instant)recurrence->minutes * 60;
    return floor_to(local, step) + step - offset;
  }
  date day = instant_date(local);
  for (int i = 0; i < DAYS_LOOKED_AT; i++, day++)
    if (falls_on(recurrence, day) && moment_on(recurrence, day) > local)
      break;
  return moment_on(recurrence, day) - offset;
}
