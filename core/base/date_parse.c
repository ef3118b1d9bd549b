/* The ways people write dates, times and ranges. Every word is folded first, so the
 * comparisons here are exact. */
#include <string.h>

#include "base/date.h"
#include "base/date_words.h"

enum {
  PIVOT = 68, /* two-digit years up to here are 2000s */
  MAX_TOKENS = 3,
  MAX_DIGITS = 8, /* 20260501 */
};

/* The first or last day of a period around today. */
static const struct anchor {
  const char *word;
  enum period period;
  bool end;
} anchors[] = {
    {"som", PERIOD_MONTH,   false},
    {"eom", PERIOD_MONTH,   true },
    {"soq", PERIOD_QUARTER, false},
    {"eoq", PERIOD_QUARTER, true },
    {"soy", PERIOD_YEAR,    false},
    {"eoy", PERIOD_YEAR,    true },
};

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

static bool is_space(char byte) {
  return byte == ' ' || byte == '\t';
}

/* The folded word without spaces around it. */
static bool fold(struct text *out, const char *word, size_t length, struct error *err) {
  struct text folded = {0};
  text_append_folded(&folded, word, length);
  const char *start = text_string(&folded);
  const char *end = start + folded.length;
  while (start < end && is_space(*start)) {
    start++;
  }
  while (start < end && is_space(end[-1])) {
    end--;
  }
  out->failed = folded.failed;
  text_append_bytes(out, start, (size_t)(end - start));
  text_release(&folded);
  return text_check(out, err);
}

/* At most `most` digits; moves on. */
static bool read_number(int *out, const char **at, int most) {
  int count = 0;
  *out = 0;
  for (; is_digit(**at) && count < most; (*at)++, count++) {
    *out = *out * 10 + (**at - '0');
  }
  return count > 0 && !is_digit(**at);
}

/* What a reader made of a word. NOT_MINE leaves the word to the next reader. */
enum reading { NOT_MINE, READ, REFUSED };

/* "on friday", "в пятницу", "во вторник" */
static const char *skip_preposition(const char *word) {
  static const char *const words[] = {"on ", "в ", "во "};
  for (size_t i = 0; i < LENGTH(words); i++) {
    if (strncmp(word, words[i], strlen(words[i])) == 0) {
      return word + strlen(words[i]);
    }
  }
  return word;
}

static enum reading read_near_word(date *out, const char *word, date today, struct error *err) {
  int number;
  if (near_day_from_word(&number, word)) {
    return date_add_days(out, today, number, err) ? READ : REFUSED;
  }
  if (weekday_from_word(&number, skip_preposition(word))) {
    int ahead = (number - date_weekday(today) + 6) % 7 + 1;
    return date_add_days(out, today, ahead, err) ? READ : REFUSED;
  }
  for (size_t i = 0; i < LENGTH(anchors); i++) {
    if (strcmp(anchors[i].word, word) == 0) {
      *out = anchors[i].end ? date_period_end(today, anchors[i].period)
                            : date_period_start(today, anchors[i].period);
      return READ;
    }
  }
  return NOT_MINE;
}

/* "+30d", "-2w", "+1m", "+1y" */
static enum reading read_offset(date *out, const char *word, date today, struct error *err) {
  static const struct {
    char unit;
    int days;
    int months;
  } units[] = {
      {'d', 1, 0 },
      {'w', 7, 0 },
      {'m', 0, 1 },
      {'y', 0, 12}
  };
  int count;
  const char *at = word + 1;
  if ((*word != '+' && *word != '-') || !read_number(&count, &at, 7) || !*at || at[1]) {
    return NOT_MINE;
  }
  count = *word == '-' ? -count : count;
  for (size_t i = 0; i < LENGTH(units); i++) {
    if (units[i].unit == *at) {
      bool done = units[i].days ? date_add_days(out, today, (int64_t)count * units[i].days, err)
                                : date_add_months(out, today, count * units[i].months, err);
      return done ? READ : REFUSED;
    }
  }
  return NOT_MINE;
}

/* A number of a written date and how many digits it was written with. */
struct token {
  int number;
  int digits; /* 0: it is a month's name */
};

static int full_year(struct token token) {
  if (token.digits > 2) {
    return token.number;
  }
  return token.number + (token.number <= PIVOT ? 2000 : 1900);
}

static bool can_be_year(struct token token) {
  return token.digits == 4 || token.digits == 2;
}

/* Reads three numbers in the given order. */
static bool read_ordered(date *out, const struct token tokens[3], enum date_order order,
                         struct error *err) {
  static const int places[][3] = {
  /* year, month, day */
      [DATE_ORDER_YMD] = {0, 1, 2},
      [DATE_ORDER_DMY] = {2, 1, 0},
      [DATE_ORDER_MDY] = {2, 0, 1},
  };
  struct token year = tokens[places[order][0]];
  struct token month = tokens[places[order][1]];
  struct token day = tokens[places[order][2]];
  if (!can_be_year(year) || month.digits > 2 || day.digits > 2) {
    return error_set(err, ERROR_INVALID, "the year takes 4 or 2 digits, month and day 1 or 2");
  }
  return date_from_parts(out, (struct date_parts){full_year(year), month.number, day.number}, err);
}

/* Without a known order a date is taken only if all its readings agree. */
static bool read_unordered(date *out, const struct token tokens[3], struct error *err) {
  static const enum date_order orders[] = {DATE_ORDER_DMY, DATE_ORDER_MDY, DATE_ORDER_YMD};
  struct error first_error = {0};
  bool found = false;
  for (size_t i = 0; i < LENGTH(orders); i++) {
    date day;
    struct error reason;
    if (!read_ordered(&day, tokens, orders[i], &reason)) {
      first_error = i == 0 ? reason : first_error;
      continue;
    }
    if (found && day != *out) {
      char one[DATE_TEXT_SIZE];
      char other[DATE_TEXT_SIZE];
      date_write(*out, one);
      date_write(day, other);
      return error_set(err, ERROR_INVALID, "it can be %s or %s; write the one you mean", one,
                       other);
    }
    *out = day;
    found = true;
  }
  if (!found) {
    *err = first_error;
  }
  return found;
}

/* 2026-05-01, 01.05.2026, 1/5/26 and 20260501 */
static enum reading read_numeric(date *out, const char *word, enum date_order order,
                                 struct error *err) {
  struct token tokens[3];
  const char *at = word;
  char mark = '\0';
  for (int i = 0; i < 3; i++) {
    const char *start = at;
    if (!read_number(&tokens[i].number, &at, MAX_DIGITS)) {
      return NOT_MINE;
    }
    tokens[i].digits = (int)(at - start);
    if (i == 0 && *at == '\0' && tokens[0].digits == MAX_DIGITS) {
      int packed = tokens[0].number;
      struct date_parts parts = {packed / 10000, packed / 100 % 100, packed % 100};
      return date_from_parts(out, parts, err) ? READ : REFUSED;
    }
    mark = i == 0 ? *at : mark;
    if (i < 2 && (!strchr("-./", mark) || *at++ != mark)) {
      return NOT_MINE;
    }
  }
  if (*at) {
    return NOT_MINE;
  }
  if (tokens[0].digits == 4) {
    order = DATE_ORDER_YMD;
  } else if (mark == '.') {
    order = DATE_ORDER_DMY;
  } else if (order == DATE_ORDER_YMD && tokens[2].digits == 4) {
    order = DATE_ORDER_UNKNOWN;
  }
  bool done = order == DATE_ORDER_UNKNOWN ? read_unordered(out, tokens, err)
                                          : read_ordered(out, tokens, order, err);
  return done ? READ : REFUSED;
}

/* One number or one month's name; `length` bytes at `at`. */
static bool read_token(struct token *out, const char *at, size_t length) {
  char word[32];
  if (length >= sizeof word) {
    return false;
  }
  memcpy(word, at, length);
  word[length] = '\0';
  const char *end = word;
  if (is_digit(*word)) {
    bool done = read_number(&out->number, &end, 4);
    out->digits = (int)length;
    return done && *end == '\0';
  }
  out->digits = 0;
  return month_from_word(&out->number, word);
}

/* The year's mark that may end a Russian date: "1 мая 2026 г." */
static bool is_year_mark(const char *at, size_t length) {
  static const char *const marks[] = {"г", "года", "год"};
  for (size_t i = 0; i < LENGTH(marks); i++) {
    if (strlen(marks[i]) == length && memcmp(marks[i], at, length) == 0) {
      return true;
    }
  }
  return false;
}

/* "1 may 2026", "may 1, 2026", "1-мая-2026 г." */
static enum reading read_worded(date *out, const char *word, struct error *err) {
  static const char gaps[] = " ,.-/\t";
  struct token tokens[MAX_TOKENS];
  int count = 0;
  for (const char *at = word + strspn(word, gaps); *at; at += strspn(at, gaps)) {
    size_t length = strcspn(at, gaps);
    if (count == MAX_TOKENS && is_year_mark(at, length) &&
        !at[length + strspn(at + length, gaps)]) {
      break;
    }
    if (count == MAX_TOKENS || !read_token(&tokens[count++], at, length)) {
      return NOT_MINE;
    }
    at += length;
  }
  if (count != MAX_TOKENS || !can_be_year(tokens[2]) ||
      (tokens[0].digits == 0) == (tokens[1].digits == 0)) {
    return NOT_MINE;
  }
  struct token month = tokens[0].digits == 0 ? tokens[0] : tokens[1];
  struct token day = tokens[0].digits == 0 ? tokens[1] : tokens[0];
  struct date_parts parts = {full_year(tokens[2]), month.number, day.number};
  if (day.digits > 2) {
    return NOT_MINE;
  }
  return date_from_parts(out, parts, err) ? READ : REFUSED;
}

static enum reading read_date(date *out, const char *word, enum date_order order, date today,
                              struct error *err) {
  enum reading reading = read_numeric(out, word, order, err);
  if (reading == NOT_MINE) {
    reading = read_near_word(out, word, today, err);
  }
  if (reading == NOT_MINE) {
    reading = read_offset(out, word, today, err);
  }
  return reading == NOT_MINE ? read_worded(out, word, err) : reading;
}

/* "next mondey", "5 mya": the last word of letters is the one that is misspelt. */
static const char *suggest(struct text *part, const char *folded) {
  static const char *const periods[] = {"now", "week", "month", "quarter", "year"};
  const char *words[LENGTH(anchors) + LENGTH(periods)];
  size_t count = 0, length = strlen(folded), start;
  for (; count < LENGTH(anchors); count++) {
    words[count] = anchors[count].word;
  }
  for (size_t i = 0; i < LENGTH(periods); i++) {
    words[count++] = periods[i];
  }
  while (length > 0 && (is_digit(folded[length - 1]) || is_space(folded[length - 1]))) {
    length--;
  }
  for (start = length; start > 0 && !is_space(folded[start - 1]);) {
    start--;
  }
  text_append_bytes(part, folded + start, length - start);
  return part->length > 2 ? date_word_suggest(text_string(part), words, count) : NULL;
}

static bool refuse(const char *word, const char *folded, struct error *err) {
  struct text part = {0};
  const char *near = suggest(&part, folded);
  if (near) {
    error_set(err, ERROR_INVALID, "'%s' is not a date; did you mean '%s'?", word, near);
  } else {
    error_set(err, ERROR_INVALID,
              "'%s' is not a date; write it like 2026-05-01, 01.05.2026 or +30d", word);
  }
  text_release(&part);
  return false;
}

bool date_parse(date *out, const char *word, enum date_order order, date today, struct error *err) {
  struct text folded = {0};
  if (!fold(&folded, word, strlen(word), err)) {
    text_release(&folded);
    return false;
  }
  enum reading reading = read_date(out, text_string(&folded), order, today, err);
  if (reading == NOT_MINE) {
    refuse(word, text_string(&folded), err);
  }
  text_release(&folded);
  if (reading == NOT_MINE) {
    return false;
  }
  return reading == READ || error_prefix(err, "'%s' is not a date: ", word);
}

/* "z", "+03:00", "+0300", "+03" */
static bool read_zone(int *seconds, const char *at) {
  *seconds = 0;
  if (*at == '\0' || strcmp(at, "z") == 0) {
    return true;
  }
  int sign = *at == '-' ? -1 : 1;
  if ((*at != '+' && *at != '-') || !is_digit(at[1]) || !is_digit(at[2])) {
    return false;
  }
  int hours = (at[1] - '0') * 10 + at[2] - '0';
  int minutes = 0;
  at += 3;
  at += *at == ':';
  if (*at) {
    if (!is_digit(at[0]) || !is_digit(at[1]) || at[2]) {
      return false;
    }
    minutes = (at[0] - '0') * 10 + at[1] - '0';
  }
  *seconds = sign * (hours * 3600 + minutes * 60);
  return hours <= 14 && minutes <= 59;
}

/* "14:30[:05[.123]]" and a zone; seconds from midnight UTC, which may be before or after the
 * day. Parts of a second are dropped: instants are whole. */
static bool read_time(int *out, const char *at) {
  int hour;
  int minute;
  int second = 0;
  int zone;
  if (!read_number(&hour, &at, 2) || *at++ != ':' || !is_digit(at[0]) ||
      !read_number(&minute, &at, 2)) {
    return false;
  }
  if (*at == ':') {
    at++;
    if (!read_number(&second, &at, 2)) {
      return false;
    }
    if (*at == '.' && is_digit(at[1])) {
      at += 1 + strspn(at + 1, "0123456789");
    }
  }
  at += *at == ' ';
  if (hour > 23 || minute > 59 || second > 59 || !read_zone(&zone, at)) {
    return false;
  }
  *out = hour * 3600 + minute * 60 + second - zone;
  return true;
}

/* Where the time begins in the folded word; NULL: there is none. */
static char *find_time(char *word) {
  char *at = strchr(word, ':');
  if (!at) {
    return NULL;
  }
  while (at > word && is_digit(at[-1])) {
    at--;
  }
  return at;
}

/* "friday at 10:00", "завтра в 14:00": what stands between day and time goes. */
static void cut_preposition(char *day) {
  static const char *const words[] = {" at", " в"};
  size_t length = strlen(day);
  for (size_t i = 0; i < LENGTH(words); i++) {
    size_t end = strlen(words[i]);
    if (length > end && strcmp(day + length - end, words[i]) == 0) {
      day[length - end] = '\0';
    }
  }
}

/* The folded word is cut in two: date and time. */
static bool read_instant(instant *out, char *word, const char *written, enum date_order order,
                         instant now, struct error *err) {
  char *time = find_time(word);
  bool alone = time == word;
  int seconds = 0;
  if (time && (!read_time(&seconds, time) || (!alone && !strchr(" t", time[-1])))) {
    return error_set(err, ERROR_INVALID,
                     "'%s' is not an instant; write it like 2026-05-01 14:30 or "
                     "2026-05-01T14:30:00+03:00",
                     written);
  }
  date day = instant_date(now);
  if (time && !alone) {
    time[-1] = '\0';
    cut_preposition(word);
  }
  if (!alone && !date_parse(&day, word, order, day, err)) {
    return false;
  }
  instant at = date_instant(day) + seconds;
  if (!date_add_days(&day, 0, instant_date(at), err)) {
    return error_prefix(err, "'%s' is not an instant: ", written);
  }
  *out = at;
  return true;
}

bool instant_parse(instant *out, const char *word, enum date_order order, instant now,
                   struct error *err) {
  struct text folded = {0};
  bool done = fold(&folded, word, strlen(word), err);
  if (done &&
      (strcmp(text_string(&folded), "now") == 0 || strcmp(text_string(&folded), "сейчас") == 0)) {
    *out = now;
  } else if (done) {
    done = read_instant(out, folded.data, word, order, now, err);
  }
  text_release(&folded);
  return done;
}

/* "2026", "2026-05", "2026-q2", "2026-w09", "q2": sets a day inside the period. */
static enum reading read_period(date *day, enum period *period, const char *word, date today,
                                struct error *err) {
  struct date_parts parts = {date_to_parts(today).year, 1, 1};
  const char *at = word;
  int number = 0;
  *period = PERIOD_YEAR;
  if (is_digit(*at)) {
    if (!read_number(&parts.year, &at, 4) || at - word != 4 || (*at && *at++ != '-')) {
      return NOT_MINE;
    }
    *period = at[-1] == '-' ? PERIOD_MONTH : PERIOD_YEAR;
  } else if (*at != 'q') {
    return NOT_MINE;
  }
  if (*at == 'q' || *at == 'w') {
    *period = *at++ == 'q' ? PERIOD_QUARTER : PERIOD_WEEK;
  }
  if (*period != PERIOD_YEAR && (!read_number(&number, &at, 2) || *at)) {
    return NOT_MINE;
  }
  if (*period == PERIOD_WEEK) {
    parts.day = 4; /* 4 January is always in week 1 */
    if (!date_from_parts(day, parts, err) ||
        !date_add_days(day, *day, INT64_C(7) * (number - 1), err)) {
      return REFUSED;
    }
    bool exists =
        number >= 1 && date_to_parts(date_period_start(*day, PERIOD_WEEK) + 3).year == parts.year;
    return exists || error_set(err, ERROR_INVALID, "there is no week %d", number) ? READ : REFUSED;
  }
  if (*period == PERIOD_QUARTER) {
    if (number < 1 || number > 4) {
      error_set(err, ERROR_INVALID, "there is no quarter %d, quarters are 1-4", number);
      return REFUSED;
    }
    number = number * 3 - 2;
  }
  parts.month = *period == PERIOD_YEAR ? 1 : number;
  return date_from_parts(day, parts, err) ? READ : REFUSED;
}

/* One end of a range, or a whole range: its first and its last day. */
static bool read_end(date *from, date *to, const char *word, date today, struct error *err) {
  date day;
  enum period period;
  enum reading reading = read_period(&day, &period, word, today, err);
  if (reading == NOT_MINE) {
    if (!date_parse(&day, word, DATE_ORDER_UNKNOWN, today, err)) {
      return false;
    }
    period = PERIOD_DAY;
  } else if (reading == REFUSED) {
    return error_prefix(err, "'%s' is not a period: ", word);
  }
  *from = date_period_start(day, period);
  *to = date_period_end(day, period);
  return true;
}

/* "a..b", "a..", "..b"; three dots mean the same. */
static bool read_range(struct date_range *out, char *word, date today, struct error *err) {
  date ignored;
  char *dots = strstr(word, "..");
  if (!dots) {
    out->has_from = out->has_to = true;
    return read_end(&out->from, &out->to, word, today, err);
  }
  const char *last = dots + strspn(dots, ".");
  last += strspn(last, " \t");
  while (dots > word && is_space(dots[-1])) {
    dots--;
  }
  *dots = '\0';
  out->has_from = *word != '\0';
  out->has_to = *last != '\0';
  if (!out->has_from && !out->has_to) {
    return error_set(err, ERROR_INVALID, "a range needs an end; write it like 2026-01..2026-06");
  }
  if (out->has_from && !read_end(&out->from, &ignored, word, today, err)) {
    return false;
  }
  return !out->has_to || read_end(&ignored, &out->to, last, today, err);
}

bool date_range_parse(struct date_range *out, const char *word, date today, struct error *err) {
  struct text folded = {0};
  struct date_range range = {0};
  bool done = fold(&folded, word, strlen(word), err) &&
              (folded.length > 0 || error_set(err, ERROR_INVALID,
                                              "the range is empty; write it "
                                              "like 2026-01..2026-06")) &&
              read_range(&range, folded.data, today, err);
  text_release(&folded);
  if (done && range.has_from && range.has_to && range.from > range.to) {
    done = error_set(err, ERROR_INVALID, "'%s' ends before it begins, swap its ends", word);
  }
  if (done) {
    *out = range;
  }
  return done;
}
