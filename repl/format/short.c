#include "repl/format/short.h"

#include <string.h>

#include "base/translate.h"

static const char *const weekdays[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                       N_("Fri"), N_("Sat"), N_("Sun")};

void short_day(struct text *out, date day) {
  char iso[DATE_TEXT_SIZE];
  date_write(day, iso);
  text_format(out, "%s %s", translate(weekdays[date_weekday(day) - 1]), iso);
}

/* The first that an amount comes to counts it. */
static const struct {
  uint64_t units;
  const char *name;
} scales[] = {
    {1000000000, N_("B")},
    {1000000,    N_("M")},
    {1000,       N_("k")},
};

static uint64_t divide_rounded(uint64_t number, uint64_t by) {
  return number / by + (number % by >= by - by / 2);
}

/* unit: how many of its minor units an amount has in a major one. */
static void append_scaled(struct text *out, uint64_t minor, uint64_t unit) {
  for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
    uint64_t scale = scales[i].units * unit, tenths = divide_rounded(minor, scale / 10);
    if (minor < scale - scale / 2000) /* 999,500 is 1M, there are no 1000k */
      continue;
    if (tenths >= 1000) /* three digits are enough */
      tenths = divide_rounded(minor, scale) * 10;
    text_format(out, "%llu", (unsigned long long)tenths / 10);
    if (tenths % 10)
      text_format(out, ".%llu", (unsigned long long)tenths % 10);
    text_append(out, translate(scales[i].name));
    return;
  }
  text_format(out, "%llu", (unsigned long long)divide_rounded(minor, unit));
}

void short_money(struct text *out, struct money amount, const char *home) {
  uint64_t minor = amount.minor < 0 ? 0 - (uint64_t)amount.minor : (uint64_t)amount.minor;
  text_append(out, amount.minor < 0 ? "-" : "");
  uint64_t unit = 1;
  for (int digits = money_digits(amount.currency); digits > 0; digits--)
    unit *= 10;
  append_scaled(out, minor, unit);
  if (!home || strcmp(home, amount.currency) != 0)
    text_format(out, " %s", amount.currency);
}
