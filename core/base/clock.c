#include "base/clock.h"

#include <time.h>

instant clock_now(const struct clock *clock) {
  return clock->fixed ? clock->at : (instant)time(NULL);
}

date clock_today(const struct clock *clock) {
  return instant_date(clock_now(clock) + clock->offset);
}
