#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "store/migration.h"
#include "store/sqlite.h"
#include "support/store.h"

static void a_new_file_is_for_its_owner_only(void **state) {
  struct scratch *scratch = *state;
  umask(0);
  store_close(scratch_open(scratch, STORE_CREATE));
  struct stat status;
  assert_int_equal(stat(scratch->path, &status), 0);
  assert_int_equal(status.st_mode & 0777, 0600);
}

static void refused(const char *path, enum store_mode mode, enum error_code code,
                    const char *word) {
  struct error err = {0};
  struct store *store = NULL;
  assert_false(store_open(&store, path, mode, &err));
  if (err.code != code || !strstr(err.message, word))
    print_error("%s: %d %s\n", path, err.code, err.message);
  assert_int_equal(err.code, code);
  assert_non_null(strstr(err.message, word));
}

static void a_missing_file_is_not_made_unless_asked_for(void **state) {
  struct scratch *scratch = *state;
  refused(scratch->path, STORE_EXISTING, ERROR_NO_DATABASE, "no database");
  refused(scratch->path, STORE_READ_ONLY, ERROR_NO_DATABASE, "no database");
  assert_int_equal(access(scratch->path, F_OK), -1);
  refused("/nowhere/at/all.db", STORE_CREATE, ERROR_NO_DATABASE, "No such file");
}

static void a_symbolic_link_is_refused(void **state) {
  struct scratch *scratch = *state;
  store_close(scratch_open(scratch, STORE_CREATE));
  char link[128];
  snprintf(link, sizeof link, "%s/link.db", scratch->folder);
  assert_int_equal(symlink(scratch->path, link), 0);
  for (int mode = STORE_CREATE; mode <= STORE_READ_ONLY; mode++)
    refused(link, (enum store_mode)mode, ERROR_NO_DATABASE, "symbolic link");
  refused(scratch->folder, STORE_EXISTING, ERROR_NO_DATABASE, "not a file");
}

static void a_link_in_the_folders_above_is_fine(void **state) {
  struct scratch *scratch = *state;
  char link[128], path[160];
  struct error err = {0};
  struct store *store;
  snprintf(link, sizeof link, "%s/link", scratch->folder);
  snprintf(path, sizeof path, "%s/sales.db", link);
  assert_int_equal(symlink(scratch->folder, link), 0);
  must(store_open(&store, path, STORE_CREATE, &err));
  assert_string_equal(store_path(store), path);
  store_close(store);
}

static void write_file(const char *path, const char *bytes, size_t length) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

/* As another program would. */
static void sqlite_run(const char *path, const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_file_that_is_not_ours_is_refused_and_left_alone(void **state) {
  struct scratch *scratch = *state;
  char bytes[4096];
  memset(bytes, 'x', sizeof bytes);
  write_file(scratch->path, bytes, sizeof bytes);
  refused(scratch->path, STORE_CREATE, ERROR_NO_DATABASE, "not a Dealwright database");
  assert_int_equal(unlink(scratch->path), 0);
  sqlite_run(scratch->path, "create table a (b)");
  refused(scratch->path, STORE_CREATE, ERROR_NO_DATABASE, "not a Dealwright database");
}

static void a_newer_database_is_refused(void **state) {
  struct scratch *scratch = *state;
  struct error err = {0};
  struct store *store = scratch_open(scratch, STORE_CREATE);
  must(store_begin(store, &err));
  run(store, "pragma user_version = 9999");
  must(store_commit(store, &err));
  store_close(store);
  refused(scratch->path, STORE_EXISTING, ERROR_NO_DATABASE, "newer");
  refused(scratch->path, STORE_READ_ONLY, ERROR_NO_DATABASE, "newer");
}

static void an_empty_file_becomes_a_database_only_when_one_is_to_be_made(void **state) {
  struct scratch *scratch = *state;
  write_file(scratch->path, "", 0);
  refused(scratch->path, STORE_EXISTING, ERROR_NO_DATABASE, "empty");
  store_close(scratch_open(scratch, STORE_CREATE));
  store_close(scratch_open(scratch, STORE_EXISTING));
}

static void read_only_refuses_every_write(void **state) {
  struct scratch *scratch = *state;
  store_close(scratch_open(scratch, STORE_CREATE));
  struct store *store = scratch_open(scratch, STORE_READ_ONLY);
  struct error err = {0};
  assert_true(store_is_read_only(store));
  assert_false(store_begin(store, &err));
  assert_int_equal(err.code, ERROR_PERMISSION);
  err.code = ERROR_NONE;
  assert_false(store_run(store, "delete from tx", &err));
  assert_int_equal(err.code, ERROR_PERMISSION);
  struct statement *statement;
  bool row;
  err.code = ERROR_NONE;
  must(statement_open(&statement, store, "delete from tx", &err));
  assert_false(statement_step(statement, &row, &err));
  assert_int_equal(err.code, ERROR_PERMISSION);
  statement_close(statement);
  assert_int_equal(ask(store, "select count(*) from tx"), 0);
  store_close(store);
}

static void savepoints_undo_only_their_own(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  int64_t id;
  must(store_begin(store, &err));
  must(add_unit(store, &id, &err));
  must(store_begin(store, &err));
  must(add_unit(store, &id, &err));
  must(store_begin(store, &err));
  must(add_unit(store, &id, &err));
  assert_int_equal(store_depth(store), 3);
  must(store_commit(store, &err));
  assert_int_equal(ask(store, "select count(*) from tx"), 3);
  store_cancel(store);
  assert_int_equal(ask(store, "select count(*) from tx"), 1);
  must(store_begin(store, &err));
  must(add_unit(store, &id, &err));
  must(store_commit(store, &err));
  must(store_commit(store, &err));
  assert_int_equal(store_depth(store), 0);
  assert_int_equal(ask(store, "select count(*) from tx"), 2);
  store_cancel(store);
  store_close(store);
}

/* What it may have to put back does not fit into memory then. */
static void a_savepoint_of_many_pages_is_undone_or_kept(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_CREATE);
  must(store_begin(store, &err));
  run(store, "create table wide (id integer primary key not null, words text not null) strict");
  run(store, "insert into wide with recursive n(i) as (select 1 union all select i + 1 from n"
             " where i < 4000) select i, printf('%01000d', i) from n");
  must(store_commit(store, &err));
  must(store_begin(store, &err));
  must(store_begin(store, &err));
  run(store, "update wide set words = 'x' || words");
  store_cancel(store);
  assert_int_equal(ask(store, "select count(*) from wide where words like 'x%'"), 0);
  must(store_begin(store, &err));
  run(store, "update wide set words = 'y' || words");
  must(store_commit(store, &err));
  must(store_commit(store, &err));
  assert_int_equal(ask(store, "select count(*) from wide where words like 'y%'"), 4000);
  store_close(store);
}

static void closing_cancels_what_was_not_committed(void **state) {
  struct scratch *scratch = *state;
  struct error err = {0};
  int64_t id;
  struct store *store = scratch_open(scratch, STORE_CREATE);
  must(store_begin(store, &err));
  must(store_begin(store, &err));
  must(add_unit(store, &id, &err));
  store_close(store);
  store = scratch_open(scratch, STORE_EXISTING);
  assert_int_equal(ask(store, "select count(*) from tx"), 0);
  store_close(store);
}

static void an_id_is_never_given_twice(void **state) {
  struct scratch *scratch = *state;
  struct error err = {0};
  int64_t id, inner;
  struct store *store = scratch_open(scratch, STORE_CREATE);
  assert_int_equal(commit_unit(store), 1);
  must(store_begin(store, &err));
  run(store, "delete from tx");
  must(store_next_id(store, &id, &err));
  must(store_begin(store, &err));
  must(store_next_id(store, &inner, &err));
  store_cancel(store);
  must(store_next_id(store, &inner, &err));
  assert_true(inner > id);
  must(store_commit(store, &err));
  store_close(store);
  store = scratch_open(scratch, STORE_EXISTING);
  assert_true(commit_unit(store) == inner + 1);
  store_close(store);
}

static void a_cancelled_transaction_gives_its_ids_back(void **state) {
  struct error err = {0};
  int64_t id;
  struct store *store = scratch_open(*state, STORE_MEMORY);
  must(store_begin(store, &err));
  must(store_next_id(store, &id, &err));
  assert_int_equal(id, 1);
  store_cancel(store);
  assert_int_equal(commit_unit(store), 1);
  store_close(store);
}

static void two_connections_share_the_ids(void **state) {
  struct store *a = scratch_open(*state, STORE_CREATE);
  struct store *b = scratch_open(*state, STORE_EXISTING);
  for (int64_t id = 1; id < 20; id++)
    assert_int_equal(commit_unit(id % 3 ? a : b), id);
  store_close(a);
  store_close(b);
}

static void a_failed_commit_keeps_nothing(void **state) {
  struct error err = {0};
  int64_t id;
  struct store *store = scratch_open(*state, STORE_MEMORY);
  must(store_begin(store, &err));
  run(store, "pragma defer_foreign_keys = on");
  must(add_unit(store, &id, &err));
  run(store, "insert into record (id, kind, created_tx, updated_tx, since) "
             "values (99, 'client', 77, 77, '2017-03-01')");
  assert_false(store_commit(store, &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_int_equal(store_depth(store), 0);
  assert_int_equal(ask(store, "select count(*) from tx"), 0);
  assert_int_equal(commit_unit(store), 1);
  store_close(store);
}

static void references_are_enforced(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  must(store_begin(store, &err));
  assert_false(store_run(store,
                         "insert into record (id, kind, created_tx, updated_tx, since) "
                         "values (99, 'client', 77, 77, '2017-03-01')",
                         &err));
  assert_int_equal(err.code, ERROR_INVALID);
  store_cancel(store);
  store_close(store);
}

static void the_position_changes_with_every_unit(void **state) {
  struct error err = {0};
  int64_t before, after;
  struct store *a = scratch_open(*state, STORE_CREATE);
  struct store *b = scratch_open(*state, STORE_EXISTING);
  must(store_position(a, &before, &err));
  commit_unit(b);
  must(store_position(a, &after, &err));
  assert_true(after != before);
  store_close(a);
  store_close(b);
}

static void a_view_stays_the_same_while_it_is_open(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_CREATE);
  struct store *writer = scratch_open(*state, STORE_EXISTING);
  store_set_patience(writer, 50);
  commit_unit(writer);
  must(store_read_begin(store, &err));
  must(store_read_begin(store, &err));
  assert_int_equal(ask(store, "select count(*) from tx"), 1);
  int64_t id;
  must(store_begin(writer, &err));
  must(add_unit(writer, &id, &err));
  bool written = store_commit(writer, &err); /* with a rollback journal it has to wait */
  assert_int_equal(ask(store, "select count(*) from tx"), 1);
  store_read_end(store);
  assert_int_equal(ask(store, "select count(*) from tx"), 1);
  store_read_end(store);
  assert_int_equal(ask(store, "select count(*) from tx"), written ? 2 : 1);
  commit_unit(store);
  store_close(store);
  store_close(writer);
}

static void a_change_inside_a_view_is_refused_and_possible_behind_it(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_CREATE);
  must(store_read_begin(store, &err));
  assert_false(store_begin(store, &err));
  assert_int_equal(err.code, ERROR_USAGE);
  assert_int_equal(store_depth(store), 0);
  store_read_end(store);
  commit_unit(store);
  must(store_begin(store, &err));
  must(store_read_begin(store, &err));
  must(store_begin(store, &err)); /* inside a change both may be */
  must(store_commit(store, &err));
  store_read_end(store);
  must(store_commit(store, &err));
  store_close(store);
}

static void another_writer_makes_us_wait_and_then_busy(void **state) {
  struct scratch *scratch = *state;
  struct error err = {0};
  int ready[2], done[2];
  char byte = 0;
  store_close(scratch_open(scratch, STORE_CREATE));
  assert_int_equal(pipe(ready) | pipe(done), 0);
  pid_t child = fork();
  if (child == 0) {
    struct store *store = NULL;
    bool began = store_open(&store, scratch->path, STORE_EXISTING, &err) &&
                 store_begin(store, &err) && write(ready[1], "x", 1) == 1 &&
                 read(done[0], &byte, 1) == 1;
    _exit(!began);
  }
  assert_int_equal(read(ready[0], &byte, 1), 1);
  struct store *store = scratch_open(scratch, STORE_EXISTING);
  struct timespec from, to;
  store_set_patience(store, 300);
  clock_gettime(CLOCK_MONOTONIC, &from);
  assert_false(store_begin(store, &err));
  clock_gettime(CLOCK_MONOTONIC, &to);
  assert_int_equal(err.code, ERROR_BUSY);
  assert_non_null(strstr(err.message, "0.3 s"));
  double waited = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
  assert_true(waited >= 0.29 && waited < 5);
  assert_int_equal(store_depth(store), 0);
  assert_int_equal(write(done[1], "x", 1), 1);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  store_set_patience(store, 10000);
  commit_unit(store);
  store_close(store);
  close(ready[0]), close(ready[1]), close(done[0]), close(done[1]);
}

/* Every row is a statement that must be refused, and what the refusal says. */
static const struct {
  const char *sql;
  const char *word;
} hostile[] = {
    {"select \"not a column\" from tx",                     "no such column"     },
    {"insert into meta (key, value) values (\"key\", 'v')", "no such column"     },
    {"select load_extension('libm.so.6')",                  "not authorized"     },
    {"update sqlite_schema set sql = 'x'",                  "may not be modified"},
    {"delete from search_data",                             "may not be modified"},
    {"attach database '/tmp/dealwright-other.db' as other", "too many attached"  },
};

static void the_connection_is_defensive(void **state) {
  struct store *store = scratch_open(*state, STORE_MEMORY);
  struct error err = {0};
  must(store_begin(store, &err));
  for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
    assert_false(store_run(store, hostile[i].sql, &err));
    if (!strstr(err.message, hostile[i].word))
      print_error("%s: %s\n", hostile[i].sql, err.message);
    assert_non_null(strstr(err.message, hostile[i].word));
  }
  run(store, "pragma writable_schema = on");
  assert_false(store_run(store, "update sqlite_schema set sql = 'x'", &err));
  run(store, "create trigger quiet after insert on meta begin delete from meta; end");
  run(store, "insert into meta (key, value) values ('a', 'b')");
  assert_int_equal(ask(store, "select count(*) from meta"), 1);
  assert_int_equal(ask(store, "pragma trusted_schema"), 0);
  assert_int_equal(ask(store, "pragma foreign_keys"), 1);
  assert_int_equal(ask(store, "pragma cell_size_check"), 1);
  assert_int_equal(ask(store, "pragma synchronous"), 2);
  assert_int_equal(ask(store, "pragma recursive_triggers"), 0);
  store_cancel(store);
  store_close(store);
}

static bool is_wal(const char *path) {
  unsigned char header[20];
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  assert_int_equal(fread(header, 1, sizeof header, file), sizeof header);
  fclose(file);
  return header[18] == 2;
}

/* With a library that shares WAL safely it stays; the reason is in docs/decisions/002. */
static void a_wal_file_is_converted_when_the_library_is_not_fixed(void **state) {
  struct scratch *scratch = *state;
  bool safe = store_wal_is_safe(sqlite3_libversion_number());
  store_close(scratch_open(scratch, STORE_CREATE));
  assert_int_equal(is_wal(scratch->path), safe);
  sqlite_run(scratch->path, "pragma journal_mode = wal");
  assert_true(is_wal(scratch->path));
  store_close(scratch_open(scratch, STORE_EXISTING));
  assert_int_equal(is_wal(scratch->path), safe);
}

static void a_wal_file_that_others_use_is_refused_when_the_library_is_not_fixed(void **state) {
  struct scratch *scratch = *state;
  sqlite3 *other;
  store_close(scratch_open(scratch, STORE_CREATE));
  assert_int_equal(sqlite3_open(scratch->path, &other), SQLITE_OK);
  assert_int_equal(
      sqlite3_exec(other, "pragma journal_mode = wal; select * from tx", NULL, NULL, NULL),
      SQLITE_OK);
  if (store_wal_is_safe(sqlite3_libversion_number()))
    store_close(scratch_open(scratch, STORE_EXISTING));
  else
    refused(scratch->path, STORE_EXISTING, ERROR_BUSY, "WAL mode");
  assert_int_equal(sqlite3_close(other), SQLITE_OK);
  store_close(scratch_open(scratch, STORE_EXISTING));
}

static const struct {
  int version;
  bool safe;
} versions[] = {
    {3040001, false},
    {3044005, false},
    {3044006, true },
    {3045000, false},
    {3050006, false},
    {3050007, true },
    {3051000, false},
    {3051002, false},
    {3051003, true },
    {3052000, true },
};

static void wal_is_used_with_fixed_versions_only(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
    assert_int_equal(store_wal_is_safe(versions[i].version), versions[i].safe);
}

static void the_description_says_which_journal_and_why(void **state) {
  struct error err = {0};
  struct text text = {0};
  struct store *store = scratch_open(*state, STORE_CREATE);
  must(store_describe(store, &text, &err));
  assert_non_null(strstr(text_string(&text), "library: SQLite 3."));
  assert_non_null(strstr(text_string(&text), "journal: "));
  char schema[40];
  snprintf(schema, sizeof schema, "schema: %d of %d\n", migration_latest(), migration_latest());
  assert_non_null(strstr(text_string(&text), schema));
  text_release(&text);
  store_close(store);
}

#define scratch_test(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_free)

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_new_file_is_for_its_owner_only),
      scratch_test(a_missing_file_is_not_made_unless_asked_for),
      scratch_test(a_symbolic_link_is_refused),
      scratch_test(a_link_in_the_folders_above_is_fine),
      scratch_test(a_file_that_is_not_ours_is_refused_and_left_alone),
      scratch_test(a_newer_database_is_refused),
      scratch_test(an_empty_file_becomes_a_database_only_when_one_is_to_be_made),
      scratch_test(read_only_refuses_every_write),
      scratch_test(savepoints_undo_only_their_own),
      scratch_test(a_savepoint_of_many_pages_is_undone_or_kept),
      scratch_test(closing_cancels_what_was_not_committed),
      scratch_test(an_id_is_never_given_twice),
      scratch_test(a_cancelled_transaction_gives_its_ids_back),
      scratch_test(two_connections_share_the_ids),
      scratch_test(a_failed_commit_keeps_nothing),
      scratch_test(references_are_enforced),
      scratch_test(the_position_changes_with_every_unit),
      scratch_test(a_view_stays_the_same_while_it_is_open),
      scratch_test(a_change_inside_a_view_is_refused_and_possible_behind_it),
      scratch_test(another_writer_makes_us_wait_and_then_busy),
      scratch_test(the_connection_is_defensive),
      scratch_test(a_wal_file_is_converted_when_the_library_is_not_fixed),
      scratch_test(a_wal_file_that_others_use_is_refused_when_the_library_is_not_fixed),
      cmocka_unit_test(wal_is_used_with_fixed_versions_only),
      scratch_test(the_description_says_which_journal_and_why),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
