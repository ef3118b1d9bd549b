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

/* What the words of a script's line say is nearer than the line that the script is a part of. */
static bool is_own(const struct session *session, const struct settings *settings) {
  return settings->now != session->settings.now || settings->as_of != session->settings.as_of;
}

static bool set_now(struct book *book, const char *word, struct error *err) {
  instant at = 0;
  book->clock = (struct clock){0};
  if (!word)
    return true;
  if (!instant_parse(&at, word, DATE_ORDER_UNKNOWN, clock_now(&book->clock), err))
    return error_blame(err, word);
  book->clock = (struct clock){.fixed = true, .at = at};
  return true;
}

bool session_set_moment(struct session *session, const struct settings *settings,
                        struct error *err) {
  struct book *book = session_book(session);
  if (!book || (session->lua_depth && !is_own(session, settings)))
    return true;
  book->has_as_of = false;
  if (!set_now(book, settings->now, err))
    return false;
  if (settings->as_of && !read_moment(&book->as_of, settings->as_of, &book->clock, err))
    return error_blame(err, settings->as_of);
  book->has_as_of = settings->as_of != NULL;
  return true;
}

struct moment session_moment(const struct session *session) {
  const struct book *book = session_book(session);
  return book ? (struct moment){book->clock, book->has_as_of, book->as_of} : (struct moment){0};
}

void session_return_to(struct session *session, const struct moment *moment) {
  struct book *book = session_book(session);
  if (!book)
    return;
  book->clock = moment->clock;
  book->has_as_of = moment->has_as_of;
  book->as_of = moment->as_of;
}
