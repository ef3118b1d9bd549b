#include <dirent.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/backup.h"
#include "support/store.h"

static char *beside(const struct scratch *scratch, const char *name) {
  static char path[160];
  snprintf(path, sizeof path, "%s/%s", scratch->folder, name);
  return path;
}

/* The empty journals of open databases left out. */
static int files_in(const char *folder) {
  int count = 0;
  DIR *entries = opendir(folder);
  assert_non_null(entries);
  for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries))
    count += entry->d_name[0] != '.' && !strstr(entry->d_name, ".db-journal");
  closedir(entries);
  return count;
}

static void a_backup_holds_everything_and_is_private(void **state) {
  struct error err = {0};
  struct stat status;
  struct scratch *scratch = *state;
  struct store *store = scratch_open(scratch, STORE_CREATE);
  char *path = beside(scratch, "backup.db");
  for (int i = 0; i < 5; i++)
    commit_unit(store);
  must(backup_write(store, path, &err));
  must(backup_verify(path, &err));
  assert_int_equal(stat(path, &status), 0);
  assert_int_equal(status.st_mode & 0777, 0600);
  commit_unit(store);
  must(backup_write(store, path, &err));
  store_close(store);
  struct store *copy;
  must(store_open(&copy, path, STORE_EXISTING, &err));
  assert_int_equal(ask(copy, "select count(*) from tx"), 6);
  assert_int_equal(commit_unit(copy), 7);
  store_close(copy);
  assert_int_equal(files_in(scratch->folder), 2);
}

static void a_store_in_memory_can_be_saved(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  commit_unit(store);
  must(backup_write(store, beside(*state, "backup.db"), &err));
  must(backup_verify(beside(*state, "backup.db"), &err));
  store_close(store);
}

static void refused(struct store *store, const char *path, const char *word) {
  struct error err = {0};
  assert_false(backup_write(store, path, &err));
  assert_int_equal(err.code, ERROR_WRITE);
  if (!strstr(err.message, word))
    fail_msg("%s: %s", path, err.message);
}

static void a_backup_in_the_middle_of_a_change_is_refused(void **state) {
  struct error err = {0};
  struct scratch *scratch = *state;
  struct store *store = scratch_open(scratch, STORE_CREATE);
  char *path = beside(scratch, "backup.db");
  must(store_begin(store, &err));
  assert_false(backup_write(store, path, &err));
  assert_int_equal(err.code, ERROR_USAGE);
  assert_int_equal(access(path, F_OK), -1);
  must(store_commit(store, &err));
  must(backup_write(store, path, &err));
  store_close(store);
}

static void a_place_that_would_do_harm_is_refused(void **state) {
  struct scratch *scratch = *state;
  struct store *store = scratch_open(scratch, STORE_CREATE);
  commit_unit(store);
  refused(store, scratch->path, "the database itself");
  refused(store, scratch->folder, "not a file");
  refused(store, beside(scratch, "no/such/folder.db"), "No such file");
  assert_int_equal(symlink(scratch->path, beside(scratch, "link.db")), 0);
  refused(store, beside(scratch, "link.db"), "not a file");
  FILE *journal = fopen(beside(scratch, "old.db-journal"), "w");
  assert_true(fputs("left behind", journal) >= 0 && fclose(journal) == 0);
  refused(store, beside(scratch, "old.db"), "in use");
  assert_int_equal(ask(store, "select count(*) from tx"), 1);
  store_close(store);
  assert_int_equal(files_in(scratch->folder), 2);
}

/* Changes bytes in the middle of a file. */
static void damage(const char *path, long from, size_t length) {
  FILE *file = fopen(path, "r+");
  assert_non_null(file);
  assert_int_equal(fseek(file, from, SEEK_SET), 0);
  while (length-- > 0)
    fputc(0x5a, file);
  assert_int_equal(fclose(file), 0);
}

static void a_damaged_backup_is_found(void **state) {
  struct error err = {0};
  struct scratch *scratch = *state;
  struct store *store = scratch_open(scratch, STORE_CREATE);
  char *path = beside(scratch, "backup.db");
  for (int i = 0; i < 200; i++)
    commit_unit(store);
  must(backup_write(store, path, &err));
  damage(path, 4096 * 3, 4096);
  assert_false(backup_verify(path, &err));
  assert_int_equal(err.code, ERROR_STORE);
  damage(path, 0, 16);
  assert_false(backup_verify(path, &err));
  assert_int_equal(err.code, ERROR_NO_DATABASE);
  assert_false(backup_verify(beside(scratch, "none.db"), &err));
  assert_int_equal(err.code, ERROR_NO_DATABASE);
  store_close(store);
}

/* As a program without our settings would. */
static void run_unchecked(const struct scratch *scratch, const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void the_check_names_a_broken_reference(void **state) {
  struct error err = {0};
  struct text faults = {0};
  struct store *store = scratch_open(*state, STORE_CREATE);
  must(store_check(store, STORE_CHECK_QUICK, &faults, &err));
  must(store_check(store, STORE_CHECK_FULL, &faults, &err));
  assert_string_equal(text_string(&faults), "");
  run_unchecked(*state, "insert into record (id, kind, created_tx, updated_tx, since) "
                        "values (99, 'client', 77, 77, '2017-03-01')");
  must(store_check(store, STORE_CHECK_FULL, &faults, &err));
  assert_non_null(strstr(text_string(&faults), "a row of record (99) refers to a missing row"));
  text_release(&faults);
  store_close(store);
}

static void the_check_finds_a_word_index_that_lies(void **state) {
  struct error err = {0};
  struct text faults = {0};
  struct store *store = scratch_open(*state, STORE_CREATE);
  must(store_begin(store, &err));
  run(store, "insert into search (rowid, name, body) values (1, 'Acme', 'anvils')");
  must(store_commit(store, &err));
  run_unchecked(*state, "update search_content set c0 = 'Other'");
  must(store_check(store, STORE_CHECK_FULL, &faults, &err));
  assert_true(faults.length > 0);
  text_release(&faults);
  store_close(store);
}

static void write_until_killed(const char *path, int ready) {
  struct error err = {0};
  struct store *store = NULL;
  if (!store_open(&store, path, STORE_EXISTING, &err))
    _exit(1);
  for (;;) {
    commit_unit(store);
    if (write(ready, "x", 1) != 1)
      _exit(1);
  }
}

static void others_write_while_the_backup_is_made(void **state) {
  struct error err = {0};
  struct scratch *scratch = *state;
  int ready[2];
  char byte;
  struct store *store = scratch_open(scratch, STORE_CREATE);
  store_close(store);
  assert_int_equal(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0)
    write_until_killed(scratch->path, ready[1]);
  store = scratch_open(scratch, STORE_EXISTING);
  for (int64_t i = 0, before = 0; i < 5; i++) {
    assert_int_equal(read(ready[0], &byte, 1), 1);
    must(backup_write(store, beside(scratch, "backup.db"), &err));
    struct store *copy;
    must(store_open(&copy, beside(scratch, "backup.db"), STORE_READ_ONLY, &err));
    int64_t count = ask(copy, "select count(*) from tx");
    assert_true(count >= before && count > 0);
    assert_int_equal(ask(copy, "select next from sequence"), count + 1);
    before = count;
    store_close(copy);
  }
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, NULL, 0), child);
  store_close(store);
  close(ready[0]), close(ready[1]);
}

static int64_t units_in(const char *path) {
  struct error err = {0};
  struct text faults = {0};
  struct store *store;
  must(store_open(&store, path, STORE_EXISTING, &err));
  int64_t count = ask(store, "select count(*) from tx");
  must(store_check(store, STORE_CHECK_FULL, &faults, &err));
  assert_string_equal(text_string(&faults), "");
  store_close(store);
  return count;
}

/* A database of `count` units. */
static void make_units(const char *path, int count) {
  struct error err = {0};
  struct store *store;
  must(store_open(&store, path, STORE_CREATE, &err));
  while (count-- > 0)
    commit_unit(store);
  store_close(store);
}

static void a_restore_puts_the_backup_in_place_and_keeps_what_was_there(void **state) {
  struct error err = {0};
  struct scratch *scratch = *state;
  char backup[160], keep[160];
  strcpy(backup, beside(scratch, "backup.db"));
  strcpy(keep, beside(scratch, "keep.db"));
  make_units(scratch->path, 7);
  make_units(backup, 3);
  struct store *open_elsewhere = scratch_open(scratch, STORE_EXISTING);
  must(backup_restore(scratch->path, backup, keep, &err));
  assert_int_equal(ask(open_elsewhere, "select count(*) from tx"), 3);
  assert_int_equal(commit_unit(open_elsewhere), 4);
  store_close(open_elsewhere);
  assert_int_equal(units_in(scratch->path), 4);
  assert_int_equal(units_in(keep), 7);
  assert_int_equal(units_in(backup), 3);
}

static void a_damaged_or_missing_database_is_replaced(void **state) {
  struct error err = {0};
  struct scratch *scratch = *state;
  char backup[160];
  strcpy(backup, beside(scratch, "backup.db"));
  make_units(scratch->path, 200);
  make_units(backup, 3);
  damage(scratch->path, 4096 * 3, 4096);
  must(backup_restore(scratch->path, backup, beside(scratch, "damaged.db"), &err));
  assert_int_equal(units_in(scratch->path), 3);
  assert_int_equal(access(beside(scratch, "damaged.db"), F_OK), 0);
  damage(scratch->path, 0, 64);
  must(backup_restore(scratch->path, backup, beside(scratch, "headless.db"), &err));
  assert_int_equal(units_in(scratch->path), 3);
  assert_int_equal(unlink(scratch->path), 0);
  must(backup_restore(scratch->path, backup, beside(scratch, "none.db"), &err));
  assert_int_equal(units_in(scratch->path), 3);
  assert_int_equal(access(beside(scratch, "none.db"), F_OK), -1);
}

static void a_restore_that_can_not_be_changes_nothing(void **state) {
  struct error err = {0};
  struct scratch *scratch = *state;
  char backup[160];
  strcpy(backup, beside(scratch, "backup.db"));
  make_units(scratch->path, 7);
  make_units(backup, 200);
  assert_false(backup_restore(scratch->path, scratch->path, beside(scratch, "keep.db"), &err));
  assert_int_equal(err.code, ERROR_USAGE);
  struct store *busy = scratch_open(scratch, STORE_EXISTING);
  must(store_begin(busy, &err));
  assert_false(backup_restore(scratch->path, backup, beside(scratch, "keep.db"), &err));
  assert_int_equal(err.code, ERROR_BUSY);
  store_close(busy);
  damage(backup, 4096 * 3, 4096);
  assert_false(backup_restore(scratch->path, backup, beside(scratch, "keep.db"), &err));
  assert_int_equal(err.code, ERROR_STORE);
  assert_int_equal(units_in(scratch->path), 7);
}

/* Between two states, over and over. */
static void restore_until_killed(const struct scratch *scratch, int ready) {
  struct error err = {0};
  char few[160], many[160], keep[160];
  strcpy(few, beside(scratch, "few.db"));
  strcpy(many, beside(scratch, "many.db"));
  strcpy(keep, beside(scratch, "keep.db"));
  for (bool odd = false; backup_restore(scratch->path, odd ? few : many, keep, &err); odd = !odd)
    if (write(ready, "x", 1) != 1)
      break;
  print_error("the restoring stopped: %s\n", err.message);
  _exit(1);
}

static void a_killed_restore_leaves_the_one_or_the_other(void **state) {
  enum { FEW = 5, MANY = 400, KILLS = 25 };
  struct scratch *scratch = *state;
  make_units(scratch->path, FEW);
  make_units(beside(scratch, "few.db"), FEW);
  make_units(beside(scratch, "many.db"), MANY);
  for (int i = 0; i < KILLS; i++) {
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0)
      restore_until_killed(scratch, ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    usleep((useconds_t)(rand() % 30000));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(ready[0]), close(ready[1]);
    int64_t units = units_in(scratch->path);
    assert_true(units == FEW || units == MANY);
  }
}

#define scratch_test(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_free)

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_backup_holds_everything_and_is_private),
      scratch_test(a_store_in_memory_can_be_saved),
      scratch_test(a_backup_in_the_middle_of_a_change_is_refused),
      scratch_test(a_place_that_would_do_harm_is_refused),
      scratch_test(a_damaged_backup_is_found),
      scratch_test(the_check_names_a_broken_reference),
      scratch_test(the_check_finds_a_word_index_that_lies),
      scratch_test(others_write_while_the_backup_is_made),
      scratch_test(a_restore_puts_the_backup_in_place_and_keeps_what_was_there),
      scratch_test(a_damaged_or_missing_database_is_replaced),
      scratch_test(a_restore_that_can_not_be_changes_nothing),
      scratch_test(a_killed_restore_leaves_the_one_or_the_other),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
