#include <string.h>
#include <sys/wait.h>

#include "base/embedded.h"
#include "store/migration.h"
#include "store/sqlite.h"
#include "support/store.h"

extern const struct embedded_file migration_files[];

static void the_files_are_numbered_without_gaps(void **state) {
  (void)state;
  assert_true(migration_latest() >= 1);
  for (int i = 0; i < migration_latest(); i++) {
    char prefix[24];
    snprintf(prefix, sizeof prefix, "migrations/%03d_", i + 1);
    assert_int_equal(strncmp(migration_files[i].name, prefix, strlen(prefix)), 0);
  }
}

static void a_new_database_is_marked_as_ours(void **state) {
  struct store *store = scratch_open(*state, STORE_CREATE);
  assert_int_equal(ask(store, "pragma user_version"), migration_latest());
  assert_int_equal(ask(store, "pragma application_id"), 0x44574C31);
  store_close(store);
}

static void running_again_changes_nothing(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_CREATE);
  int64_t before = ask(store, "pragma schema_version");
  must(migration_run(store, &err));
  store_close(store);
  store = scratch_open(*state, STORE_CREATE);
  assert_int_equal(ask(store, "pragma schema_version"), before);
  store_close(store);
}

static void many_processes_may_create_the_same_database(void **state) {
  const struct scratch *scratch = *state;
  enum { PROCESSES = 6 };
  pid_t children[PROCESSES];
  for (int i = 0; i < PROCESSES; i++) {
    children[i] = fork();
    if (children[i] == 0) {
      struct error err = {0};
      struct store *store = NULL;
      bool opened = store_open(&store, scratch->path, STORE_CREATE, &err);
      if (!opened)
        print_error("%s\n", err.message);
      store_close(store);
      _exit(!opened);
    }
  }
  for (int i = 0; i < PROCESSES; i++) {
    int status = -1;
    assert_int_equal(waitpid(children[i], &status, 0), children[i]);
    assert_int_equal(status, 0);
  }
  struct store *store = scratch_open(scratch, STORE_EXISTING);
  assert_int_equal(commit_unit(store), 1);
  store_close(store);
}

static void a_migration_that_fails_leaves_the_file_as_it_was(void **state) {
  const struct scratch *scratch = *state;
  struct error err = {0};
  struct store *store;
  must(store_attach(&store, scratch->path, STORE_CREATE, &err));
  must(store_begin(store, &err));
  run(store, "create table score (in_the_way integer)");
  must(store_commit(store, &err));
  assert_false(migration_run(store, &err));
  assert_non_null(strstr(err.message, "migration to schema 1"));
  assert_int_equal(store_depth(store), 0);
  assert_int_equal(ask(store, "select count(*) from sqlite_schema"), 1);
  assert_int_equal(ask(store, "pragma user_version"), 0);
  store_close(store);
}

#define scratch_test(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_free)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_files_are_numbered_without_gaps),
      scratch_test(a_new_database_is_marked_as_ours),
      scratch_test(running_again_changes_nothing),
      scratch_test(many_processes_may_create_the_same_database),
      scratch_test(a_migration_that_fails_leaves_the_file_as_it_was),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
