#include "core/model_fixture.h"
#include "model/score.h"

enum { CLIENTS = 2500 }; /* more than two pages of the writer */

static int open_clients(void **state) {
  open_empty(state);
  struct book *book = *state;
  ok(unit_begin(book, "clients", NULL, &failure));
  for (int i = 0; i < CLIENTS; i++)
    add(book, "client", "name", "Acme", NULL);
  ok(unit_commit(book, &failure));
  return 0;
}

static bool put(struct score_writer *writer, struct score_row row, bool *written) {
  return score_writer_put(writer, &row, written, &failure);
}

/* Scores every `step`th client from `from` on, by id + `more`; gives how many were written. */
static int score(struct book *book, int64_t from, int64_t step, double more) {
  struct score_writer *writer = NULL;
  int count = 0;
  ok(unit_begin(book, "score", NULL, &failure));
  ok(score_writer_open(&writer, book, "fit", NULL, &failure));
  for (int64_t id = from; id <= CLIENTS; id += step) {
    bool written = false;
    ok(put(writer, (struct score_row){id, (double)id + more, id % 2 ? "A" : "", "[]"}, &written));
    count += written;
  }
  score_writer_close(writer);
  ok(unit_commit(book, &failure));
  return count;
}

static void only_scores_that_differ_are_written(void **state) {
  struct book *book = *state;
  assert_int_equal(score(book, 1, 1, 0), CLIENTS);
  assert_int_equal(score(book, 1, 1, 0), 0);
  assert_int_equal(number(book, "select count(*) from tx"), 2);
  assert_int_equal(score(book, 100, 100, 1), CLIENTS / 100);
  assert_int_equal(score(book, 1, 1, 0), CLIENTS / 100);
  assert_int_equal(number(book, "select count(*) from score"), CLIENTS);
}

static void gaps_are_filled_between_stored_scores(void **state) {
  struct book *book = *state;
  assert_int_equal(score(book, 3, 3, 0), CLIENTS / 3);
  assert_int_equal(score(book, 1, 1, 0), CLIENTS - CLIENTS / 3);
  assert_int_equal(score(book, 1, 1, 0), 0);
}

/* Scores have no history: one that was computed later was not known then. */
static void a_score_of_later_was_not_known_then(void **state) {
  struct book *book = *state;
  struct score found;
  bool is_there = true;
  score(book, 1, 1, 0);
  book->as_of = book_now(book) - 3600;
  book->has_as_of = true;
  ok(score_load(book, "fit", 7, &found, &is_there, &failure));
  assert_false(is_there);
  book->as_of += 7200;
  ok(score_load(book, "fit", 7, &found, &is_there, &failure));
  assert_true(is_there);
  score_release(&found);
  book->has_as_of = false;
}

static void a_score_is_read_back_whole(void **state) {
  struct book *book = *state;
  struct score found;
  bool is_there = true;
  memory_free(book->ruleset);
  book->ruleset = memory_copy_text("hash");
  score(book, 1, 1, 0.5);
  ok(score_load(book, "fit", 7, &found, &is_there, &failure));
  assert_true(is_there);
  assert_true(found.points == 7.5);
  assert_string_equal(found.grade, "A");
  assert_string_equal(found.parts, "[]");
  assert_string_equal(found.ruleset, "hash");
  assert_int_equal(found.tx, 2);
  score_release(&found);
  ok(score_load(book, "bant", 7, &found, &is_there, &failure));
  assert_false(is_there);
}

static void another_grade_or_other_parts_are_a_difference(void **state) {
  struct book *book = *state;
  struct score_writer *writer = NULL;
  bool written;
  score(book, 1, 1, 0);
  ok(unit_begin(book, "score", NULL, &failure));
  ok(score_writer_open(&writer, book, "fit", NULL, &failure));
  ok(put(writer, (struct score_row){1, 1, "B", "[]"}, &written));
  assert_true(written);
  ok(put(writer, (struct score_row){2, 2, "", "[1]"}, &written));
  assert_true(written);
  ok(put(writer, (struct score_row){3, 3, "A", "[]"}, &written));
  assert_false(written);
  refused(put(writer, (struct score_row){4, 4, "a grade too long", "[]"}, &written), ERROR_INVALID,
          "too long");
  score_writer_close(writer);
  ok(unit_commit(book, &failure));
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, open_clients, close_empty)
      EACH(only_scores_that_differ_are_written),
      EACH(gaps_are_filled_between_stored_scores),
      EACH(a_score_of_later_was_not_known_then),
      EACH(a_score_is_read_back_whole),
      EACH(another_grade_or_other_parts_are_a_difference),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
