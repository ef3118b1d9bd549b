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

/* tests/core/golden/book_<schema>.db.gz: a book with a client, a deal, a need and a deleted client,
 * as the program with that schema left it. */
static void unpack_golden(const struct scratch *scratch, int schema) {
  char command[512];
  snprintf(command, sizeof command,
           "gzip -dc '%s/tests/core/golden/book_%d.db.gz' > '%s' && chmod 600 '%s'", TEST_ROOT,
           schema, scratch->path, scratch->path);
  assert_int_equal(system(command), 0);
}

static bool has_same(struct store *store, const char *name, const char *sql) {
  struct error err = {0};
  struct statement *statement = NULL;
  bool row = false;
  must(statement_open(&statement, store,
                      "select 1 from sqlite_schema where name = $1 and sql is $2", &err));
  statement_bind_text(statement, 1, name);
  statement_bind_text(statement, 2, sql);
  must(statement_step(statement, &row, &err));
  statement_close(statement);
  return row;
}

/* All that a new database has, the other has in the same words. */
static void assert_schema_of(struct store *fresh, struct store *store) {
  struct error err = {0};
  struct statement *each = NULL;
  bool row = false;
  must(statement_open(&each, fresh, "select name, sql from sqlite_schema", &err));
  for (;;) {
    must(statement_step(each, &row, &err));
    if (!row)
      break;
    if (!has_same(store, statement_text(each, 0), statement_text(each, 1)))
      fail_msg("'%s' is missing or has other columns", statement_text(each, 0));
  }
  statement_close(each);
}

static void a_book_of_every_released_schema_becomes_one_of_today(void **state) {
  const struct scratch *scratch = *state;
  char fresh[160];
  struct error err = {0};
  struct text faults = {0};
  snprintf(fresh, sizeof fresh, "%s/fresh.db", scratch->folder);
  for (int schema = 1; schema < migration_latest(); schema++) {
    unpack_golden(scratch, schema);
    struct store *store, *new;
    must(store_open(&new, fresh, STORE_CREATE, &err));
    must(store_open(&store, scratch->path, STORE_EXISTING, &err));
    assert_int_equal(ask(store, "pragma user_version"), migration_latest());
    assert_int_equal(ask(store, "select count(*) from tx"), 7);
    assert_int_equal(ask(store, "select amount from deal"), 95000);
    assert_int_equal(ask(store, "select count(*) from record where deleted_tx is null"), 3);
    must(store_check(store, STORE_CHECK_FULL, &faults, &err));
    assert_string_equal(text_string(&faults), "");
    assert_schema_of(new, store);
    store_close(new);
    store_close(store);
    unlink(scratch->path);
    unlink(fresh);
  }
  text_release(&faults);
}

static void an_old_book_is_not_migrated_by_who_only_reads(void **state) {
  const struct scratch *scratch = *state;
  struct error err = {0};
  struct store *store = NULL;
  if (migration_latest() == 1)
    skip();
  unpack_golden(scratch, 1);
  assert_false(store_open(&store, scratch->path, STORE_READ_ONLY, &err));
  assert_non_null(strstr(err.message, "older Dealwright (schema 1"));
}

static void a_migration_that_is_killed_begins_anew(void **state) {
  const struct scratch *scratch = *state;
  struct error err = {0};
  unpack_golden(scratch, 1);
  pid_t child = fork();
  if (child == 0) {
    struct store *store;
    if (!store_attach(&store, scratch->path, STORE_EXISTING, &err) || !store_begin(store, &err) ||
        !store_run(store, migration_files[1].text, &err))
      _exit(1);
    _exit(0); /* without a commit, as a killed process */
  }
  int status = -1;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  struct store *store = scratch_open(scratch, STORE_EXISTING);
  assert_int_equal(ask(store, "pragma user_version"), migration_latest());
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
      scratch_test(a_book_of_every_released_schema_becomes_one_of_today),
      scratch_test(an_old_book_is_not_migrated_by_who_only_reads),
      scratch_test(a_migration_that_is_killed_begins_anew),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
