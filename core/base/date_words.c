#include "base/date_words.h"

#include <string.h>

#include "base/text.h"

#define LENGTH(table) (sizeof(table) / sizeof *(table))

/* Folded: small letters, е for ё. */
struct name {
  const char *word;
  int number;
};

static const struct name months[] = {
    {"january",          1 },
    {"jan",              1 },
    {"январь",     1 },
    {"января",     1 },
    {"янв",           1 },
    {"february",         2 },
    {"feb",              2 },
    {"февраль",   2 },
    {"февраля",   2 },
    {"фев",           2 },
    {"февр",         2 },
    {"march",            3 },
    {"mar",              3 },
    {"март",         3 },
    {"марта",       3 },
    {"мар",           3 },
    {"april",            4 },
    {"apr",              4 },
    {"апрель",     4 },
    {"апреля",     4 },
    {"апр",           4 },
    {"may",              5 },
    {"май",           5 },
    {"мая",           5 },
    {"june",             6 },
    {"jun",              6 },
    {"июнь",         6 },
    {"июня",         6 },
    {"июн",           6 },
    {"july",             7 },
    {"jul",              7 },
    {"июль",         7 },
    {"июля",         7 },
    {"июл",           7 },
    {"august",           8 },
    {"aug",              8 },
    {"август",     8 },
    {"августа",   8 },
    {"авг",           8 },
    {"september",        9 },
    {"sep",              9 },
    {"sept",             9 },
    {"сентябрь", 9 },
    {"сентября", 9 },
    {"сен",           9 },
    {"сент",         9 },
    {"october",          10},
    {"oct",              10},
    {"октябрь",   10},
    {"октября",   10},
    {"окт",           10},
    {"november",         11},
    {"nov",              11},
    {"ноябрь",     11},
    {"ноября",     11},
    {"ноя",           11},
    {"нояб",         11},
    {"december",         12},
    {"dec",              12},
    {"декабрь",   12},
    {"декабря",   12},
    {"дек",           12},
};

static const struct name weekdays[] = {
    {"monday",                   1},
    {"mon",                      1},
    {"понедельник",   1},
    {"понедельника", 1},
    {"понедельнику", 1},
    {"пн",                     1},
    {"tuesday",                  2},
    {"tue",                      2},
    {"вторник",           2},
    {"вторника",         2},
    {"вторнику",         2},
    {"вт",                     2},
    {"wednesday",                3},
    {"wed",                      3},
    {"среда",               3},
    {"среду",               3},
    {"среды",               3},
    {"среде",               3},
    {"ср",                     3},
    {"thursday",                 4},
    {"thu",                      4},
    {"четверг",           4},
    {"четверга",         4},
    {"четвергу",         4},
    {"чт",                     4},
    {"friday",                   5},
    {"fri",                      5},
    {"пятница",           5},
    {"пятницу",           5},
    {"пятницы",           5},
    {"пятнице",           5},
    {"пт",                     5},
    {"saturday",                 6},
    {"sat",                      6},
    {"суббота",           6},
    {"субботу",           6},
    {"субботы",           6},
    {"субботе",           6},
    {"сб",                     6},
    {"sunday",                   7},
    {"sun",                      7},
    {"воскресенье",   7},
    {"воскресенья",   7},
    {"воскресенью",   7},
    {"вс",                     7},
};

static const struct name near_days[] = {
    {"today",          0 },
    {"yesterday",      -1},
    {"tomorrow",       1 },
    {"сегодня", 0 },
    {"вчера",     -1},
    {"завтра",   1 },
};

static bool find_name(int *out, const struct name *names, size_t count, const char *word) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(names[i].word, word) == 0) {
      *out = names[i].number;
      return true;
    }
  }
  return false;
}

bool month_from_word(int *out, const char *folded) {
  return find_name(out, months, LENGTH(months), folded);
}

bool weekday_from_word(int *out, const char *folded) {
  return find_name(out, weekdays, LENGTH(weekdays), folded);
}

bool near_day_from_word(int *out, const char *folded) {
  return find_name(out, near_days, LENGTH(near_days), folded);
}

enum { WORDS_MAX = 256 };

static size_t add_names(const char **out, const struct name *names, size_t count) {
  for (size_t i = 0; i < count; i++) {
    out[i] = names[i].word;
  }
  return count;
}

const char *date_word_suggest(const char *folded, const char *const *more, size_t count) {
  const char *words[WORDS_MAX];
  size_t known = add_names(words, near_days, LENGTH(near_days));
  known += add_names(words + known, weekdays, LENGTH(weekdays));
  known += add_names(words + known, months, LENGTH(months));
  _Static_assert(LENGTH(near_days) + LENGTH(weekdays) + LENGTH(months) < WORDS_MAX - 16,
                 "there is room for the caller's");
  for (size_t i = 0; i < count && known < WORDS_MAX; i++) {
    words[known++] = more[i];
  }
  return text_suggest(folded, words, known);
}
