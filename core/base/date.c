/* The calendar: arithmetic, periods and the strict ISO forms. What people type is read in
 * date_parse.c. */
#include "base/date.h"

#include <string.h>

enum {
  SECONDS_PER_DAY = 86400,
  DAYS_PER_ERA = 146097, /* 400 years */
  FIRST_DAY = -719162,   /* 0001-01-01 */
  LAST_DAY = 2932896,    /* 9999-12-31 */
};

static bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Years are counted from March, so that the leap day is the last of its year. */
static date to_day(struct date_parts parts) {
  int year = parts.month <= 2 ? parts.year - 1 : parts.year;
  int month = parts.month > 2 ? parts.month - 3 : parts.month + 9;
  int era = (year >= 0 ? year : year - 399) / 400;
  int year_of_era = year - era * 400;
  int day_of_year = (153 * month + 2) / 5 + parts.day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_PER_ERA + day_of_era - 719468;
}

bool date_from_parts(date *out, struct date_parts parts, struct error *err) {
  if (parts.year < 1 || parts.year > 9999) {
    return error_set(err, ERROR_INVALID, "year %d is outside 0001-9999", parts.year);
  }
  if (parts.month < 1 || parts.month > 12) {
    return error_set(err, ERROR_INVALID, "there is no month %d, months are 1-12", parts.month);
  }
  int days = month_days(parts.year, parts.month);
  if (parts.day < 1 || parts.day > days) {
    return error_set(err, ERROR_INVALID, "there is no day %d in %04d-%02d, it has %d days",
                     parts.day, parts.year, parts.month, days);
  }
  *out = to_day(parts);
  return true;
}

struct date_parts date_to_parts(date day) {
  int shifted = day + 719468;
  int era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  int day_of_era = shifted - era * DAYS_PER_ERA;
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month = (5 * day_of_year + 2) / 153;
  struct date_parts parts = {
      .year = year_of_era + era * 400 + (month >= 10),
      .month = month < 10 ? month + 3 : month - 9,
      .day = day_of_year - (153 * month + 2) / 5 + 1,
  };
  return parts;
}

int date_weekday(date day) {
  int from_thursday = day % 7; /* 1970-01-01 was a Thursday */
  return (from_thursday + 7 + 3) % 7 + 1;
}

bool date_add_months(date *out, date day, int months, struct error *err) {
  struct date_parts parts = date_to_parts(day);
  int64_t total = (int64_t)parts.year * 12 + parts.month - 1 + months;
  if (total < 12 || total >= INT64_C(10000) * 12) {
    return error_set(err, ERROR_INVALID, "%+d months leads outside the years 0001-9999", months);
  }
  parts.year = (int)(total / 12);
  parts.month = (int)(total % 12) + 1;
  int days = month_days(parts.year, parts.month);
  parts.day = parts.day > days ? days : parts.day;
  *out = to_day(parts);
  return true;
}

bool date_add_days(date *out, date day, int64_t days, struct error *err) {
  if (days < FIRST_DAY - (int64_t)day || days > LAST_DAY - (int64_t)day) {
    return error_set(err, ERROR_INVALID, "%+lld days leads outside the years 0001-9999",
                     (long long)days);
  }
  *out = day + (date)days;
  return true;
}

date date_period_start(date day, enum period period) {
  struct date_parts parts = date_to_parts(day);
  switch (period) {
  case PERIOD_DAY:
    return day;
  case PERIOD_WEEK:
    return day - (date_weekday(day) - 1);
  case PERIOD_MONTH:
    break;
  case PERIOD_QUARTER:
    parts.month = (parts.month - 1) / 3 * 3 + 1;
    break;
  case PERIOD_YEAR:
    parts.month = 1;
    break;
  }
  parts.day = 1;
  return to_day(parts);
}

date date_period_end(date day, enum period period) {
  struct date_parts parts = date_to_parts(day);
  switch (period) {
  case PERIOD_DAY:
    return day;
  case PERIOD_WEEK:
    day += 7 - date_weekday(day);
    return day > LAST_DAY ? LAST_DAY : day;
  case PERIOD_MONTH:
    break;
  case PERIOD_QUARTER:
    parts.month = (parts.month - 1) / 3 * 3 + 3;
    break;
  case PERIOD_YEAR:
    parts.month = 12;
    break;
  }
  parts.day = month_days(parts.year, parts.month);
  return to_day(parts);
}

/* A week belongs to the year that has its Thursday. */
static void append_week(struct text *out, date day) {
  date thursday = day - date_weekday(day) + 4;
  int year = date_to_parts(thursday).year;
  date first = to_day((struct date_parts){year, 1, 1});
  text_format(out, "%04d-W%02d", year, (thursday - first) / 7 + 1);
}

void date_period_name(struct text *out, date day, enum period period) {
  struct date_parts parts = date_to_parts(day);
  switch (period) {
  case PERIOD_DAY:
    text_format(out, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    break;
  case PERIOD_WEEK:
    append_week(out, day);
    break;
  case PERIOD_MONTH:
    text_format(out, "%04d-%02d", parts.year, parts.month);
    break;
  case PERIOD_QUARTER:
    text_format(out, "%04d-Q%d", parts.year, (parts.month - 1) / 3 + 1);
    break;
  case PERIOD_YEAR:
    text_format(out, "%04d", parts.year);
    break;
  }
}

bool period_from_name(enum period *out, const char *name) {
  static const char *const names[] = {
      [PERIOD_DAY] = "day",         [PERIOD_WEEK] = "week", [PERIOD_MONTH] = "month",
      [PERIOD_QUARTER] = "quarter", [PERIOD_YEAR] = "year",
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], name) == 0) {
      *out = (enum period)i;
      return true;
    }
  }
  return false;
}

static void write_digits(char *out, int number, int count) {
  for (int i = count - 1; i >= 0; i--) {
    out[i] = (char)('0' + number % 10);
    number /= 10;
  }
}

void date_write(date day, char out[DATE_TEXT_SIZE]) {
  struct date_parts parts = date_to_parts(day);
  memcpy(out, "0000-00-00", DATE_TEXT_SIZE);
  write_digits(out, parts.year, 4);
  write_digits(out + 5, parts.month, 2);
  write_digits(out + 8, parts.day, 2);
}

void instant_write(instant at, char out[INSTANT_TEXT_SIZE]) {
  date day = instant_date(at);
  int seconds = (int)(at - date_instant(day));
  date_write(day, out);
  memcpy(out + 10, "T00:00:00Z", INSTANT_TEXT_SIZE - 10);
  write_digits(out + 11, seconds / 3600, 2);
  write_digits(out + 14, seconds / 60 % 60, 2);
  write_digits(out + 17, seconds % 60, 2);
}

/* Whether the text has digits where the pattern has 0 and its other bytes as they are. */
static bool is_shaped(const char *text, const char *pattern) {
  for (; *pattern; pattern++, text++) {
    if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern) {
      return false;
    }
  }
  return *text == '\0';
}

static int read_digits(const char *text, int count) {
  int number = 0;
  for (int i = 0; i < count; i++) {
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

static struct date_parts read_parts(const char *iso) {
  return (struct date_parts){read_digits(iso, 4), read_digits(iso + 5, 2), read_digits(iso + 8, 2)};
}

bool date_read(date *out, const char *iso, struct error *err) {
  if (!is_shaped(iso, "0000-00-00")) {
    return error_set(err, ERROR_INVALID, "'%s' is not a date; write it like 2026-05-01", iso);
  }
  if (!date_from_parts(out, read_parts(iso), err)) {
    return error_prefix(err, "'%s' is not a date: ", iso);
  }
  return true;
}

bool instant_read(instant *out, const char *iso, struct error *err) {
  if (!is_shaped(iso, "0000-00-00T00:00:00Z")) {
    return error_set(err, ERROR_INVALID,
                     "'%s' is not an instant; write it like 2026-05-01T14:30:00Z", iso);
  }
  date day;
  if (!date_from_parts(&day, read_parts(iso), err)) {
    return error_prefix(err, "'%s' is not an instant: ", iso);
  }
  int hour = read_digits(iso + 11, 2);
  int minute = read_digits(iso + 14, 2);
  int second = read_digits(iso + 17, 2);
  if (hour > 23 || minute > 59 || second > 59) {
    return error_set(err, ERROR_INVALID, "'%s' is not an instant: times end at 23:59:59", iso);
  }
  *out = date_instant(day) + (instant)hour * 3600 + (instant)minute * 60 + second;
  return true;
}

date instant_date(instant at) {
  instant day = at / SECONDS_PER_DAY;
  return (date)(at % SECONDS_PER_DAY < 0 ? day - 1 : day);
}

instant date_instant(date day) {
  return (instant)day * SECONDS_PER_DAY;
}

bool date_order_from_name(enum date_order *out, const char *name) {
  static const char *const names[] = {
      [DATE_ORDER_YMD] = "ymd", [DATE_ORDER_DMY] = "dmy", [DATE_ORDER_MDY] = "mdy"};
  for (size_t i = DATE_ORDER_YMD; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], name) == 0) {
      *out = (enum date_order)i;
      return true;
    }
  }
  return false;
}
