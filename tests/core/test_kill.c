/* What was acknowledged survives kill -9, and nothing is there by half. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "support/store.h"

enum { ROUNDS = 50, WRITERS = 2, RECORDS = 3 };

static bool add_records(struct store *store, int64_t unit, struct error *err) {
  struct statement *insert;
  bool added = statement_open(&insert, store,
                              "insert into record (id, kind, created_tx, updated_tx, since) "
                              "values ($1, 'client', $2, $2, '2017-03-01')",
                              err);
  if (!added)
    return false;
  for (int i = 0; added && i < RECORDS; i++) {
    int64_t id = 0;
    added = store_next_id(store, &id, err);
    statement_bind_integer(insert, 1, id);
    statement_bind_integer(insert, 2, unit);
    added = added && statement_run(insert, err);
  }
  statement_close(insert);
  return added;
}

/* Tells the number of each unit once it was committed. */
static void write_until_killed(const char *path, int acknowledge) {
  struct error err = {0};
  struct store *store = NULL;
  int64_t id = 0;
  bool working = store_open(&store, path, STORE_EXISTING, &err);
  while (working)
    working = store_begin(store, &err) && add_unit(store, &id, &err) &&
              add_records(store, id, &err) && store_commit(store, &err) &&
              write(acknowledge, &id, sizeof id) == (ssize_t)sizeof id;
  print_error("a writer stopped: %s\n", err.message);
  _exit(1);
}

static void kill_all(const pid_t children[WRITERS]) {
  for (int i = 0; i < WRITERS; i++) {
    int status = 0;
    usleep((useconds_t)(rand() % 8000));
    assert_int_equal(kill(children[i], SIGKILL), 0);
    assert_int_equal(waitpid(children[i], &status, 0), children[i]);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }
}

static int64_t check_acknowledged(struct store *store, int acknowledged) {
  struct error err = {0};
  struct statement *find;
  int64_t id, count = 0;
  must(statement_open(&find, store, "select 1 from tx where id = $1", &err));
  while (read(acknowledged, &id, sizeof id) == (ssize_t)sizeof id) {
    bool row = false;
    statement_bind_integer(find, 1, id);
    must(statement_step(find, &row, &err));
    if (!row)
      fail_msg("unit %lld was acknowledged and is gone", (long long)id);
    statement_reset(find);
    count++;
  }
  statement_close(find);
  return count;
}

static void check_whole(struct store *store) {
  struct error err = {0};
  struct text faults = {0};
  must(store_check(store, STORE_CHECK_FULL, &faults, &err));
  assert_string_equal(text_string(&faults), "");
  text_release(&faults);
  assert_int_equal(ask(store, "select count(*) from tx where 3 <> (select count(*) from record "
                              "where updated_tx = tx.id)"),
                   0);
  assert_int_equal(ask(store, "select next - (select count(*) from tx) - "
                              "(select count(*) from record) from sequence"),
                   1);
}

static void what_was_acknowledged_survives_kill_9(void **state) {
  const struct scratch *scratch = *state;
  int64_t units = 0;
  store_close(scratch_open(scratch, STORE_CREATE));
  for (int round = 0; round < ROUNDS; round++) {
    int channel[2];
    pid_t children[WRITERS];
    assert_int_equal(pipe(channel), 0);
    for (int i = 0; i < WRITERS; i++) {
      children[i] = fork();
      if (children[i] == 0)
        write_until_killed(scratch->path, channel[1]);
    }
    close(channel[1]);
    usleep((useconds_t)(10000 + rand() % 90000));
    kill_all(children);
    struct store *store = scratch_open(scratch, STORE_EXISTING);
    units += check_acknowledged(store, channel[0]);
    check_whole(store);
    store_close(store);
    close(channel[0]);
  }
  print_message("%lld units acknowledged before %d kills\n", (long long)units, ROUNDS * WRITERS);
  assert_true(units > ROUNDS);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_was_acknowledged_survives_kill_9, scratch_new,
                                      scratch_free),
  };
  srand(20170301);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
