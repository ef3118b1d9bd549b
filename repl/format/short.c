#include "repl/format/short.h"

#include "base/translate.h"

static const char *const weekdays[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                       N_("Fri"), N_("Sat"), N_("Sun")};

void short_day(struct text *out, date day) {
  char iso[DATE_TEXT_SIZE];
  date_write(day, iso);
  text_format(out, "%s %s", translate(weekdays[date_weekday(day) - 1]), iso);
}
