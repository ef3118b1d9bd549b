/* --now and --as-of: which moment the book stands at. */
#include "base/error_place.h"
#include "repl/session.h"

enum { LAST_SECOND = 86399 };

/* A day is looked at as it stood at its end. */
static bool read_moment(instant *out, const char *word, const struct clock *clock,
                        struct error *err) {
  instant now = clock_now(clock);
  date day = 0;
  if (!date_parse(&day, word, DATE_ORDER_UNKNOWN, clock_today(clock), err))
    return instant_parse(out, word, DATE_ORDER_UNKNOWN, now, err);
  *out = date_instant(day) + LAST_SECOND;
  return true;
}

bool session_check_as_of(const struct session *session, const char *word, struct error *err) {
  const struct book *book = session_book(session);
  const struct clock clock = book ? book->clock : (struct clock){0};
  instant ignored = 0;
  return read_moment(&ignored, word, &clock, err) || error_blame(err, word);
}

bool session_check_now(const struct session *session, const char *word, struct error *err) {
  const struct clock clock = {0};
  instant ignored = 0;
  (void)session;
  return instant_parse(&ignored, word, DATE_ORDER_UNKNOWN, clock_now(&clock), err) ||
         error_blame(err, word);
}

bool session_set_moment(struct session *session, const struct settings *settings,
                        struct error *err) {
  struct book *book = session_book(session);
  if (!book || session->lua_depth)
    return true;
  book->clock = (struct clock){0};
  book->has_as_of = false;
  if (settings->now) {
    instant at = 0;
    if (!instant_parse(&at, settings->now, DATE_ORDER_UNKNOWN, clock_now(&book->clock), err))
      return error_blame(err, settings->now);
    book->clock = (struct clock){.fixed = true, .at = at};
  }
  if (settings->as_of && !read_moment(&book->as_of, settings->as_of, &book->clock, err))
    return error_blame(err, settings->as_of);
  book->has_as_of = settings->as_of != NULL;
  return true;
}
