#include <string.h>

#include "model/schedule_run.h"
#include "support/store.h"

enum { FRIDAY = 1767344400 }; /* 2026-01-02T09:00:00Z */

/* A book whose clock stands at so many seconds behind the Friday. */
static struct book *open_at(const struct scratch *scratch, int64_t seconds) {
  struct error err = {0};
  struct book *book;
  must(book_open(&book, scratch->path, BOOK_CREATE, &err));
  book->clock = (struct clock){.fixed = true, .at = FRIDAY + seconds};
  return book;
}

static int claim(struct book *book) {
  struct error err = {0};
  int attempt = -1;
  must(schedule_run_claim(&attempt, book, "plan", FRIDAY, &err));
  return attempt;
}

static void finish(struct book *book, int attempt, const char *message) {
  struct error err = {0};
  must(schedule_run_finish(book, "plan", FRIDAY, attempt, message, &err));
}

static enum run_state state_of(struct book *book) {
  struct error err = {0};
  struct run_standing standing;
  must(schedule_run_stand(&standing, book, "plan", FRIDAY, &err));
  return standing.state;
}

/* Seen the day before, so that the Friday counts. */
static void make_known(const struct scratch *scratch) {
  struct error err = {0};
  struct book *book = open_at(scratch, -86400);
  int attempt;
  must(schedule_run_claim(&attempt, book, "plan", FRIDAY - 7 * 86400, &err));
  assert_int_equal(attempt, 0);
  book_close(book);
}

static void one_of_two_gets_what_is_due(void **state) {
  make_known(*state);
  struct book *first = open_at(*state, 10), *second = open_at(*state, 10);
  assert_int_equal(state_of(first), RUN_DUE);
  assert_int_equal(claim(second), 1);
  assert_int_equal(claim(first), 0);
  assert_int_equal(state_of(first), RUN_RUNNING);
  finish(second, 1, NULL);
  assert_int_equal(state_of(first), RUN_DONE);
  assert_int_equal(claim(first), 0);
  book_close(first);
  book_close(second);
}

static void what_was_due_before_it_was_known_never_runs(void **state) {
  struct book *book = open_at(*state, 10);
  assert_int_equal(state_of(book), RUN_NEVER);
  assert_int_equal(claim(book), 0);
  assert_int_equal(claim(book), 0);
  book_close(book);
}

static void failures_wait_longer_and_longer_and_end(void **state) {
  static const int waits[] = {300, 1200, 4800, 19200};
  make_known(*state);
  struct book *book = open_at(*state, 10);
  for (int attempt = 1; attempt <= RUN_ATTEMPTS_MAX; attempt++) {
    assert_int_equal(claim(book), attempt);
    finish(book, attempt, "no calendar");
    if (attempt == RUN_ATTEMPTS_MAX)
      break;
    book->clock.at += waits[attempt - 1] - 1;
    assert_int_equal(state_of(book), RUN_WAITING);
    assert_int_equal(claim(book), 0);
    book->clock.at++;
    assert_int_equal(state_of(book), RUN_DUE);
  }
  book->clock.at += 86400;
  assert_int_equal(state_of(book), RUN_GIVEN_UP);
  assert_int_equal(claim(book), 0);
  book_close(book);
}

static void who_does_not_finish_is_followed_by_another(void **state) {
  make_known(*state);
  struct book *book = open_at(*state, 10);
  assert_int_equal(claim(book), 1);
  book->clock.at += RUN_LEASE_SECONDS - 1;
  assert_int_equal(claim(book), 0);
  book->clock.at++;
  assert_int_equal(claim(book), 2);
  book_close(book);
}

static void a_note_that_it_is_done_goes_with_the_unit_that_did_it(void **state) {
  struct error err = {0};
  make_known(*state);
  struct book *book = open_at(*state, 10);
  assert_int_equal(claim(book), 1);
  must(unit_begin(book, "plan", NULL, &err));
  finish(book, 1, NULL);
  unit_cancel(book);
  assert_int_equal(state_of(book), RUN_RUNNING);
  book_close(book);
}

static void the_latest_run_tells_how_it_ended(void **state) {
  struct error err = {0};
  struct schedule_run run;
  make_known(*state);
  struct book *book = open_at(*state, 10);
  must(schedule_run_latest(&run, book, "plan", &err));
  assert_int_equal(run.attempt, 0);
  assert_int_equal(claim(book), 1);
  finish(book, 1, "no calendar");
  must(schedule_run_latest(&run, book, "plan", &err));
  assert_int_equal(run.attempt, 1);
  assert_int_equal(run.due, FRIDAY);
  assert_int_equal(run.finished, FRIDAY + 10);
  assert_string_equal(run.outcome, "failed");
  assert_string_equal(run.message, "no calendar");
  schedule_run_release(&run);
  book_close(book);
}

#define scratch_test(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_free)

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(one_of_two_gets_what_is_due),
      scratch_test(what_was_due_before_it_was_known_never_runs),
      scratch_test(failures_wait_longer_and_longer_and_end),
      scratch_test(who_does_not_finish_is_followed_by_another),
      scratch_test(a_note_that_it_is_done_goes_with_the_unit_that_did_it),
      scratch_test(the_latest_run_tells_how_it_ended),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
