/* The index of words catches up with whatever was written, however often it is stopped. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/failing.h"
#include "core/model_fixture.h"

enum { MANY = 25000, KILLS = 10 };

static void add_many(struct book *book, int count) {
  const struct kind *client = kind_named(book, "client");
  struct value *values = memory_new_array((size_t)client->field_count, sizeof *values);
  struct record_writer *writer = NULL;
  char name[32];
  int64_t id;
  assert_non_null(values);
  ok(unit_begin(book, "import", NULL, &failure));
  ok(record_writer_open(&writer, book, client, &failure));
  for (int i = 0; i < count; i++) {
    snprintf(name, sizeof name, "Ёлка %d", i);
    values[kind_field(client, "name")->position] = value_text(name);
    ok(record_writer_add(writer, values, 0, &id, &failure));
  }
  record_writer_close(writer);
  ok(unit_commit(book, &failure));
  memory_free(values);
}

static size_t hits_of(struct book *book, const char *words) {
  struct search_hit *hits = NULL;
  size_t count = 0;
  ok(search_find(book, &(struct search){words, NULL, 10}, &hits, &count, &failure));
  search_release(hits, count);
  return count;
}

/* What is indexed is what stands in the tables, and the index itself is sound. */
static void expect_complete(struct book *book) {
  struct text faults = {0};
  assert_int_equal(number(book, "select count(*) from (select id, fold(name) from client except "
                                "select rowid, name from search)"),
                   0);
  assert_int_equal(number(book, "select count(*) from search"),
                   number(book, "select count(*) from record where deleted_tx is null"));
  assert_int_equal(number(book, "select v from search_config where k = 'automerge' union all "
                                "select 4 limit 1"),
                   4);
  ok(book_check(book, true, &faults, &failure));
  assert_string_equal(text_string(&faults), "");
  text_release(&faults);
}

static void very_many_records_are_indexed_by_the_first_search(void **state) {
  struct book *book = *state;
  add_many(book, MANY);
  assert_int_equal(number(book, "select count(*) from search"), 0);
  assert_int_equal(hits_of(book, "елка 24999"), 1);
  assert_int_equal(hits_of(book, "елка 7"), 10);
  expect_complete(book);
}

static void a_completion_indexes_a_part_and_the_rest_follows(void **state) {
  struct book *book = *state;
  struct search_hit *hits = NULL;
  size_t count = 0;
  add_many(book, MANY);
  ok(search_names(book, &(struct search){"елка 12", NULL, 10}, &hits, &count, &failure));
  search_release(hits, count);
  int64_t indexed = number(book, "select count(*) from search");
  assert_in_range(indexed, 1, MANY / 2);
  assert_true(count > 0);
  assert_int_equal(hits_of(book, "елка 24999"), 1);
  expect_complete(book);
}

struct told {
  int calls;
  int64_t first, last, total, stop_at;
};

static bool hear(int64_t done, int64_t total, void *payload) {
  struct told *told = payload;
  if (told->calls++ == 0)
    told->first = done;
  else
    assert_true(done >= told->last);
  told->last = done;
  told->total = total;
  return told->stop_at == 0 || done < told->stop_at;
}

static void who_waits_long_is_told_and_can_stop_it(void **state) {
  struct book *book = *state;
  struct told told = {.stop_at = 1};
  struct search_hit *hits = NULL;
  size_t count = 0;
  add_many(book, MANY);
  book->indexing = hear;
  book->indexing_payload = &told;
  refused(search_find(book, &(struct search){"елка", NULL, 1}, &hits, &count, &failure),
          ERROR_INTERRUPTED, "indexing was interrupted");
  assert_int_equal(told.first, 0);
  assert_int_equal(told.total, MANY);
  told = (struct told){0};
  assert_int_equal(hits_of(book, "елка 24999"), 1);
  assert_int_equal(told.calls, 0); /* less than a step was left */
  expect_complete(book);
  drop(book, 5);
  assert_int_equal(hits_of(book, "елка 5"), 10);
  assert_int_equal(told.calls, 0);
}

/* Before and behind the place where the index stopped. */
static void changes_between_two_steps_are_not_missed(void **state) {
  struct book *book = *state;
  add_many(book, 100);
  ok(search_refresh_some(book, 40, &failure));
  assert_int_equal(number(book, "select count(*) from search"), 40);
  change(book, 7, "name", "Behind");
  change(book, 71, "name", "Ahead");
  drop(book, 8);
  drop(book, 80);
  int64_t added = add(book, "client", "name", "Added", NULL);
  for (int i = 0; i < 12; i++) {
    ok(search_refresh_some(book, 10, &failure));
    change(book, 20 + i * 5, "name", "Moved");
  }
  assert_int_equal(hits_of(book, "behind"), 1);
  assert_int_equal(hits_of(book, "ahead"), 1);
  assert_int_equal(hits_of(book, "added"), 1);
  drop(book, added);
  assert_int_equal(hits_of(book, "added"), 0);
  expect_complete(book);
}

static void an_undone_import_leaves_nothing_to_find(void **state) {
  struct book *book = *state;
  add(book, "client", "name", "Kept", NULL);
  add_many(book, 100);
  ok(search_refresh_some(book, 40, &failure));
  take_back(book, 2);
  assert_int_equal(hits_of(book, "елка"), 0);
  assert_int_equal(hits_of(book, "kept"), 1);
  expect_complete(book);
  take_back(book, 3);
  assert_int_equal(hits_of(book, "елка 42"), 1);
  expect_complete(book);
}

static void a_unit_under_way_is_searched_whole_and_again(void **state) {
  struct book *book = *state;
  ok(unit_begin(book, "outer", NULL, &failure));
  add_many(book, MANY);
  assert_int_equal(hits_of(book, "елка 24999"), 1);
  change(book, 1, "name", "Changed");
  assert_int_equal(hits_of(book, "changed"), 1);
  ok(unit_commit(book, &failure));
  assert_int_equal(hits_of(book, "changed"), 1);
  expect_complete(book);
}

static struct book *failing_book;

static bool refresh(struct error *err) {
  return search_refresh(failing_book, err);
}

static void a_failure_in_a_step_leaves_the_index_as_it_was(void **state) {
  failing_book = *state;
  add_many(failing_book, 8);
  ok(search_refresh_some(failing_book, 3, &failure));
  assert_in_range(failing_count(refresh), 20, 1000);
  expect_complete(failing_book);
}

/* ---- killed ----------------------------------------------------------------------------- */

static void search_until_killed(const char *path) {
  struct book *book = NULL;
  struct error err;
  bool done = book_open(&book, path, BOOK_EXISTING, &err);
  for (int i = 0; done && i < MANY / 500; i++)
    done = search_refresh_some(book, 500, &err);
  pause();
  _exit(1);
}

static void kill_a_search(const char *path, unsigned microseconds) {
  int status = 0;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0)
    search_until_killed(path);
  usleep(microseconds);
  assert_int_equal(kill(child, SIGKILL), 0);
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void a_search_that_is_killed_is_carried_on_by_the_next(void **state) {
  char folder[] = "/tmp/dealwright-search-XXXXXX", path[64], command[80];
  struct book *book = NULL;
  (void)state;
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/book.db", folder);
  ok(book_open(&book, path, BOOK_CREATE, &failure));
  add_many(book, MANY);
  book_close(book);
  for (unsigned i = 0; i < KILLS; i++)
    kill_a_search(path, 20000 + i * 7919 % 60000);
  ok(book_open(&book, path, BOOK_EXISTING, &failure));
  change(book, 3, "name", "After");
  assert_int_equal(hits_of(book, "after"), 1);
  assert_int_equal(hits_of(book, "елка 24999"), 1);
  expect_complete(book);
  book_close(book);
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  assert_int_equal(system(command), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_empty, close_empty)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(very_many_records_are_indexed_by_the_first_search),
      TEST(a_completion_indexes_a_part_and_the_rest_follows),
      TEST(who_waits_long_is_told_and_can_stop_it),
      TEST(changes_between_two_steps_are_not_missed),
      TEST(an_undone_import_leaves_nothing_to_find),
      TEST(a_unit_under_way_is_searched_whole_and_again),
      TEST(a_failure_in_a_step_leaves_the_index_as_it_was),
      cmocka_unit_test(a_search_that_is_killed_is_carried_on_by_the_next),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
