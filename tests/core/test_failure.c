/* Disks that fill up or fail, and memory that runs out: an error is returned, and the database
 * is as it was, or wholly changed when success was returned. */
#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "base/memory.h"
#include "store/backup.h"
#include "support/store.h"

/* The call that fails: the n-th from now, and with `forever` all after it. */
struct fault {
  long countdown; /* 0: none */
  bool forever;
  int number; /* errno */
  long struck;
};

enum call { CALL_WRITE, CALL_TRUNCATE, CALL_SYNC, CALL_MEMORY, CALL_COUNT };
static struct fault faults[CALL_COUNT];

static bool strikes(enum call call) {
  struct fault *fault = &faults[call];
  if (fault->countdown == 0 || --fault->countdown > 0)
    return false;
  fault->countdown = fault->forever;
  fault->struck++;
  errno = fault->number;
  return true;
}

static ssize_t failing_pwrite(int file, const void *bytes, size_t length, off64_t at) {
  return strikes(CALL_WRITE) ? -1 : pwrite64(file, bytes, length, at);
}

static int failing_ftruncate(int file, off64_t length) {
  return strikes(CALL_TRUNCATE) ? -1 : ftruncate64(file, length);
}

/* SQLite has no seam for these two; they stand before the C library's. */
int fdatasync(int file) {
  return strikes(CALL_SYNC) ? -1 : (int)syscall(SYS_fdatasync, file);
}

int fsync(int file) {
  return strikes(CALL_SYNC) ? -1 : (int)syscall(SYS_fsync, file);
}

static _Bool allows(size_t size, void *payload) {
  (void)size, (void)payload;
  return !strikes(CALL_MEMORY);
}

static int install_faults(void **state) {
  (void)state;
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)failing_pwrite);
  vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)failing_pwrite);
  vfs->xSetSystemCall(vfs, "ftruncate", (sqlite3_syscall_ptr)failing_ftruncate);
  return 0;
}

/* The store has to be the first to use SQLite. */
static int start(void **state) {
  struct error err = {0};
  struct store *store;
  assert_true(store_open(&store, "", STORE_MEMORY, &err));
  store_close(store);
  return install_faults(state);
}

static bool add_rows(struct store *store, struct error *err) {
  struct statement *insert;
  int64_t id;
  if (!add_unit(store, &id, err) ||
      !statement_open(&insert, store, "insert into meta (key, value) values ($1 || '-' || $2, $3)",
                      err))
    return false;
  char text[1000];
  memset(text, 'x', sizeof text);
  bool added = true;
  for (int i = 0; added && i < 30; i++) {
    statement_bind_integer(insert, 1, id);
    statement_bind_integer(insert, 2, i);
    statement_bind_text_bytes(insert, 3, text, sizeof text);
    added = statement_run(insert, err);
  }
  statement_close(insert);
  return added;
}

static bool write_unit(struct store *store, struct error *err) {
  if (!store_begin(store, err))
    return false;
  if (add_rows(store, err))
    return store_commit(store, err);
  store_cancel(store);
  return false;
}

static bool open_and_write(const struct scratch *scratch, struct error *err) {
  struct store *store;
  if (!store_open(&store, scratch->path, STORE_CREATE, err))
    return false;
  bool written = write_unit(store, err);
  store_close(store);
  return written;
}

static bool open_and_back_up(const struct scratch *scratch, struct error *err) {
  char path[160];
  struct store *store;
  snprintf(path, sizeof path, "%s/backup.db", scratch->folder);
  if (!store_open(&store, scratch->path, STORE_CREATE, err))
    return false;
  bool written = backup_write(store, path, err);
  store_close(store);
  return written && backup_verify(path, err);
}

/* Without faults: `units` whole units and nothing else. */
static void check_units(const struct scratch *scratch, int64_t units) {
  struct error err = {0};
  struct text text = {0};
  struct store *store = scratch_open(scratch, STORE_CREATE);
  must(store_check(store, STORE_CHECK_FULL, &text, &err));
  assert_string_equal(text_string(&text), "");
  text_release(&text);
  assert_int_equal(ask(store, "select count(*) from tx"), units);
  assert_int_equal(ask(store, "select count(*) from meta"), units * 30);
  assert_int_equal(ask(store, "select next from sequence"), units + 1);
  store_close(store);
}

typedef bool (*scenario_fn)(const struct scratch *scratch, struct error *err);

/* Runs the scenario with one fault; whether the fault struck. */
static bool run_with(scenario_fn scenario, const struct scratch *scratch, enum call call,
                     struct fault fault, int64_t *units) {
  struct error err = {0};
  faults[call] = fault;
  bool done = scenario(scratch, &err);
  bool struck = faults[call].struck > 0;
  faults[call] = (struct fault){0};
  if (!done) {
    assert_true(struck && strlen(err.message) > 0);
    enum error_code wanted = call == CALL_MEMORY ? ERROR_MEMORY : ERROR_STORE;
    if (err.code != wanted && err.code != ERROR_WRITE)
      fail_msg("call %d, number %ld: %d %s", call, fault.countdown, err.code, err.message);
  }
  bool last_step = !done && strstr(err.message, "last step of saving");
  assert_true(!last_step || call == CALL_SYNC);
  if (scenario == open_and_write && (done || last_step))
    ++*units;
  check_units(scratch, *units);
  return struck;
}

static const struct {
  enum call call;
  int number;
} kinds[] = {
    {CALL_WRITE,    ENOSPC},
    {CALL_WRITE,    EIO   },
    {CALL_TRUNCATE, EIO   },
    {CALL_SYNC,     EIO   },
};

static void every_call_that_fails(scenario_fn scenario, const struct scratch *scratch) {
  int64_t units = 0;
  if (scenario == open_and_back_up)
    store_close(scratch_open(scratch, STORE_CREATE));
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
    for (int forever = 0; forever <= 1; forever++) {
      long n = 1;
      while (run_with(scenario, scratch, kinds[kind].call,
                      (struct fault){n, forever, kinds[kind].number, 0}, &units))
        n++;
      if (n == 1 && (scenario == open_and_write || kinds[kind].call != CALL_TRUNCATE))
        fail_msg("call %d is never made: the test tests nothing", kinds[kind].call);
    }
}

static void a_disk_that_fails_while_writing_changes_nothing(void **state) {
  every_call_that_fails(open_and_write, *state);
}

static void a_disk_that_fails_during_a_backup_changes_nothing(void **state) {
  every_call_that_fails(open_and_back_up, *state);
}

static void a_disk_that_fails_while_creating_leaves_nothing_half(void **state) {
  struct scratch *scratch = *state;
  for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
    bool struck = true;
    for (long n = 1; struck; n++) {
      int64_t units = 0;
      unlink(scratch->path);
      struck = run_with(open_and_write, scratch, kinds[kind].call,
                        (struct fault){n, false, kinds[kind].number, 0}, &units);
    }
  }
}

static long count_allocations(const struct scratch *scratch, int64_t *units) {
  enum { MANY = 1000000000 };
  struct error err = {0};
  faults[CALL_MEMORY] = (struct fault){.countdown = MANY};
  must(open_and_write(scratch, &err));
  long count = MANY - faults[CALL_MEMORY].countdown;
  faults[CALL_MEMORY] = (struct fault){0};
  ++*units;
  return count;
}

static void memory_that_runs_out_anywhere_changes_nothing(void **state) {
  int64_t units = 0;
  int struck = 0;
  memory_guard(allows, NULL);
  store_close(scratch_open(*state, STORE_CREATE));
  long count = count_allocations(*state, &units);
  assert_true(count > 200);
  for (int i = 0; i < 200; i++)
    struck += run_with(open_and_write, *state, CALL_MEMORY,
                       (struct fault){1 + rand() % count, i % 2, 0, 0}, &units);
  assert_true(struck > 190);
  memory_guard(NULL, NULL);
}

#define scratch_test(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_free)

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(a_disk_that_fails_while_writing_changes_nothing),
      scratch_test(a_disk_that_fails_during_a_backup_changes_nothing),
      scratch_test(a_disk_that_fails_while_creating_leaves_nothing_half),
      scratch_test(memory_that_runs_out_anywhere_changes_nothing),
  };
  srand(20170301);
  return cmocka_run_group_tests(tests, start, NULL);
}
