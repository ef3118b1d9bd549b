/* Every line of hostile.txt is contained: it ends in time with an error, and the state works on. A
 * line that begins with '?' may end without one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "bind/bind.h"
#include "engine/engine.h"
#include "model/record.h"
#include "support/unit.h"

enum { NOW = 1767261600, LIMIT = 200, LINE_SIZE = 1024 };

#define SCRIPTS TEST_ROOT "/tests/lua/hostile.txt"

/* Of work, whatever else the machine is busy with. */
static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_client(struct book *book) {
  struct error err;
  struct record record;
  const struct field *name;
  assert_true(record_init(&record, catalog_kind(book->catalog, "client"), &err));
  assert_true(kind_find_field(record.kind, "name", &name, &err));
  assert_true(record_set_word(&record, book, name, "Acme", &err));
  assert_true(record_save(&record, book, &err));
  record_release(&record);
}

static void eval(struct state *state, const char *line, struct error *err, struct text *shown) {
  struct state_answer answer = {0};
  *err = (struct error){0};
  state_eval(state, line, "line", &answer, err);
  text_clear(shown);
  text_append(shown, text_string(&answer.shown));
  state_answer_release(&answer);
}

/* What is wrong with how it was contained, or NULL. */
static const char *judge(struct state *state, const char *line, struct error *err) {
  struct error later;
  struct text shown = {0};
  bool may_end = line[0] == '?';
  double start = seconds();
  eval(state, may_end ? line + 1 : line, err, &shown);
  double took = seconds() - start;
  const char *wrong = NULL;
  if (getenv("DEALWRIGHT_TIMES"))
    print_message("%.3f %s\n", took, line);
  if (err->code == ERROR_NONE && !may_end)
    wrong = "it ended without an error";
  else if (took > 3 * LIMIT / 1000.0)
    wrong = "it took longer than three times the limit";
  eval(state, "=1 + 1 + deals:count()", &later, &shown);
  if (!wrong && strcmp(text_string(&shown), "2\n") != 0)
    wrong = "the state does not work on";
  text_release(&shown);
  return wrong;
}

static void every_hostile_script_is_contained(void **context) {
  (void)context;
  const struct state_limits limits = {.milliseconds = LIMIT, .bytes = 64 * 1024 * 1024};
  struct error err;
  struct book *book;
  struct engine *engine;
  struct state *state;
  char line[LINE_SIZE];
  int count = 0, wrong = 0;
  assert_true(book_open(&book, "", BOOK_MEMORY, &err));
  book->clock = (struct clock){.fixed = true, .at = NOW};
  assert_true(engine_open(&engine, book, &err));
  /* small: it has to be loaded within the limit too */
  const struct state_setup setup = {.folder = TEST_ROOT "/tests/lua/scoring", .limits = &limits};
  if (!state_load(&state, engine, &setup, &err))
    fail_msg("%s", err.message);
  add_client(engine->book);
  FILE *file = fopen(SCRIPTS, "r");
  assert_non_null(file);
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '\0' || line[0] == '#')
      continue;
    const char *fault = judge(state, line, &err);
    if (fault)
      print_error("%s\n  %s (%s)\n", line, fault, err.message);
    count++;
    wrong += fault != NULL;
  }
  fclose(file);
  state_close(state);
  engine_close(engine);
  assert_int_equal(wrong, 0);
  assert_true(count >= 120);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_hostile_script_is_contained)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
