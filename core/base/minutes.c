#include "base/minutes.h"

#include <string.h>

enum { PER_HOUR = 60, LONGEST = 366 * 24 * PER_HOUR, DIGITS_MAX = 7 };

struct unit {
  const char *word;
  int minutes;
};

/* Folded; a word that begins another stands behind it. */
static const struct unit units[] = {
    {"hours",      PER_HOUR},
    {"hour",       PER_HOUR},
    {"h",          PER_HOUR},
    {"часов", PER_HOUR},
    {"часа",   PER_HOUR},
    {"час",     PER_HOUR},
    {"ч",         PER_HOUR},
    {"minutes",    1       },
    {"minute",     1       },
    {"min",        1       },
    {"m",          1       },
    {"минут", 1       },
    {"мин",     1       },
    {"м",         1       },
};

static bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

static const char *skip_blanks(const char *at) {
  return at + strspn(at, " ");
}

/* Digits and perhaps one decimal, in tenths. */
static bool read_number(const char **at, int64_t *tenths) {
  size_t length = strspn(*at, "0123456789");
  if (length == 0 || length > DIGITS_MAX)
    return false;
  *tenths = 0;
  for (size_t i = 0; i < length; i++)
    *tenths = *tenths * 10 + (*at)[i] - '0';
  *tenths *= 10;
  *at += length;
  if ((**at == '.' || **at == ',') && is_digit((*at)[1]) && !is_digit((*at)[2])) {
    *tenths += (*at)[1] - '0';
    *at += 2;
  }
  return true;
}

static const struct unit *read_unit(const char **at) {
  *at = skip_blanks(*at);
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    size_t length = strlen(units[i].word);
    if (strncmp(*at, units[i].word, length) == 0) {
      *at = skip_blanks(*at + length);
      return &units[i];
    }
  }
  return NULL;
}

/* "1:30" */
static bool read_clock(const char *at, int64_t *minutes) {
  int64_t hours = 0, rest = 0;
  if (!read_number(&at, &hours) || hours % 10 || *at++ != ':' || strlen(at) != 2 ||
      !read_number(&at, &rest) || *at || rest >= INT64_C(10) * PER_HOUR)
    return false;
  *minutes = (hours * PER_HOUR + rest) / 10;
  return true;
}

/* "1h30m": the units grow smaller; a last number without one is minutes. */
static bool read_parts(const char *at, int64_t *minutes) {
  int64_t tenths = 0, sum = 0;
  int before = PER_HOUR + 1;
  do {
    if (!read_number(&at, &tenths))
      return false;
    bool bare = !*at;
    const struct unit *unit = bare ? NULL : read_unit(&at);
    int size = unit ? unit->minutes : 1;
    if ((!bare && !unit) || size >= before)
      return false;
    before = size;
    sum += tenths * before;
  } while (*at);
  *minutes = sum / 10;
  return sum % 10 == 0;
}

bool minutes_parse(int64_t *out, const char *word, struct error *err) {
  struct text folded = {0};
  int64_t minutes = 0;
  text_append_folded(&folded, word, strlen(word));
  if (!text_check(&folded, err))
    return false;
  const char *at = skip_blanks(text_string(&folded));
  bool read = (read_clock(at, &minutes) || read_parts(at, &minutes)) && minutes <= LONGEST;
  text_release(&folded);
  if (!read)
    return error_set(err, ERROR_INVALID, "'%s' is no length of time; write 45m, 1h30m or 1:30",
                     word);
  *out = minutes;
  return true;
}

void minutes_append(struct text *out, int64_t minutes) {
  int64_t hours = minutes / PER_HOUR, rest = minutes % PER_HOUR;
  if (minutes < 0) {
    text_append_char(out, '-');
    hours = -hours;
    rest = -rest;
  }
  if (hours)
    text_format(out, "%lldh", (long long)hours);
  if (rest || !hours)
    text_format(out, "%lldm", (long long)rest);
}
