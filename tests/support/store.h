/* A scratch folder with a store in it, for the tests of core/store and what stands on it. */
#ifndef SUPPORT_STORE_H
#define SUPPORT_STORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* needs the others first */
// clang-format off
#include <cmocka.h>
// clang-format on

#include "store/statement.h"
#include "store/store.h"

struct scratch {
  char folder[64];
  char path[96]; /* of the database, not there yet */
};

#define must(call) must_((call), &err, __FILE__, __LINE__)

static inline void must_(bool done, const struct error *err, const char *file, int line) {
  if (done)
    return;
  print_error("%s:%d: %s\n", file, line, err->message);
  _fail(file, line);
}

static inline int scratch_new(void **state) {
  struct scratch *scratch = calloc(1, sizeof *scratch);
  assert_non_null(scratch);
  snprintf(scratch->folder, sizeof scratch->folder, "/tmp/dealwright-test.XXXXXX");
  assert_non_null(mkdtemp(scratch->folder));
  snprintf(scratch->path, sizeof scratch->path, "%s/sales.db", scratch->folder);
  *state = scratch;
  return 0;
}

static inline int scratch_free(void **state) {
  struct scratch *scratch = *state;
  char command[96];
  snprintf(command, sizeof command, "rm -rf '%s'", scratch->folder);
  int result = system(command);
  free(scratch);
  return result;
}

static inline struct store *scratch_open(const struct scratch *scratch, enum store_mode mode) {
  struct error err = {0};
  struct store *store = NULL;
  must(store_open(&store, scratch->path, mode, &err));
  return store;
}

/* One statement without parameters, inside the open transaction. */
static inline void run(struct store *store, const char *sql) {
  struct error err = {0};
  must(store_run(store, sql, &err));
}

static inline int64_t ask(struct store *store, const char *sql) {
  struct error err = {0};
  struct statement *statement = NULL;
  bool row = false;
  must(statement_open(&statement, store, sql, &err));
  must(statement_step(statement, &row, &err));
  int64_t number = row ? statement_integer(statement, 0) : -1;
  statement_close(statement);
  return number;
}

/* One unit of work: a row of `tx` with the next id. */
static inline bool add_unit(struct store *store, int64_t *id, struct error *err) {
  struct statement *statement;
  if (!store_next_id(store, id, err) ||
      !statement_open(&statement, store,
                      "insert into tx (id, at, actor, command) "
                      "values ($1, '2017-03-01T00:00:00Z', 'anna', 'test')",
                      err))
    return false;
  statement_bind_integer(statement, 1, *id);
  bool added = statement_run(statement, err);
  statement_close(statement);
  return added;
}

static inline int64_t commit_unit(struct store *store) {
  struct error err = {0};
  int64_t id = 0;
  must(store_begin(store, &err));
  must(add_unit(store, &id, &err));
  must(store_commit(store, &err));
  return id;
}

#endif
