/* The clock that everything asks: the machine's, or one that stands still for tests, replays
 * and --now. Rules never see another. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/date.h"

struct clock {
  bool fixed; /* false: the machine's clock */
  instant at; /* when fixed */
  int offset; /* seconds east of UTC, used for "today" only */
};

instant clock_now(const struct clock *clock);
date clock_today(const struct clock *clock);

#endif
