/* Several processes on one file: every increment is there, no reader sees half a change, nobody
 * is told "busy". DEALWRIGHT_TEST_SECONDS says for how long; 10 at first. */
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "support/store.h"

enum { PROCESSES = 4 };

static bool add_to(struct store *store, const char *sql, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, store, sql, err))
    return false;
  bool added = statement_run(statement, err);
  statement_close(statement);
  return added;
}

static bool increment(struct store *store, struct error *err) {
  if (!store_begin(store, err))
    return false;
  if (add_to(store, "update meta set value = value + 1 where key = 'left'", err) &&
      add_to(store, "update meta set value = value + 1 where key = 'right'", err))
    return store_commit(store, err);
  store_cancel(store);
  return false;
}

static bool read_integer(struct store *store, const char *sql, int64_t *out, struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, store, sql, err))
    return false;
  bool done = statement_step(statement, &row, err);
  *out = row ? statement_integer(statement, 0) : -1;
  statement_close(statement);
  return done;
}

static bool sees_both_sides_equal(struct store *store, struct error *err) {
  int64_t left, right;
  if (!store_read_begin(store, err))
    return false;
  bool seen = read_integer(store, "select value from meta where key = 'left'", &left, err) &&
              read_integer(store, "select value from meta where key = 'right'", &right, err);
  store_read_end(store);
  if (seen && left != right)
    return error_set(err, ERROR_STORE, "half a change: %lld and %lld", (long long)left,
                     (long long)right);
  return seen;
}

static void work(const char *path, time_t end, int result) {
  struct error err = {0};
  struct store *store = NULL;
  int64_t count = 0;
  bool working = store_open(&store, path, STORE_EXISTING, &err);
  while (working && time(NULL) < end) {
    working = increment(store, &err);
    count += working;
    working = working && sees_both_sides_equal(store, &err);
  }
  if (!working)
    print_error("%s\n", err.message);
  store_close(store);
  _exit(!working || write(result, &count, sizeof count) != (ssize_t)sizeof count);
}

static void every_increment_of_four_processes_is_there(void **state) {
  const struct scratch *scratch = *state;
  struct error err = {0};
  const char *seconds = getenv("DEALWRIGHT_TEST_SECONDS");
  time_t end = time(NULL) + (seconds ? atoi(seconds) : 10);
  int channel[2];
  struct store *store = scratch_open(scratch, STORE_CREATE);
  must(store_begin(store, &err));
  run(store, "insert into meta (key, value) values ('left', '0'), ('right', '0')");
  must(store_commit(store, &err));
  store_close(store);
  assert_int_equal(pipe(channel), 0);
  for (int i = 0; i < PROCESSES; i++)
    if (fork() == 0)
      work(scratch->path, end, channel[1]);
  int64_t total = 0;
  for (int i = 0; i < PROCESSES; i++) {
    int status = -1;
    assert_true(wait(&status) > 0);
    assert_int_equal(status, 0);
    int64_t count = 0;
    assert_int_equal(read(channel[0], &count, sizeof count), sizeof count);
    print_message("a process committed %lld times\n", (long long)count);
    assert_true(count > 0);
    total += count;
  }
  store = scratch_open(scratch, STORE_EXISTING);
  assert_int_equal(ask(store, "select value from meta where key = 'left'"), total);
  assert_int_equal(ask(store, "select value from meta where key = 'right'"), total);
  store_close(store);
  close(channel[0]), close(channel[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_increment_of_four_processes_is_there, scratch_new,
                                      scratch_free),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
