/* Loads a workspace (the shipped one without an argument) on an empty book in memory with a clock
 * that stands still, and runs a test file of Lua as a user's chunk in it. */
#include <stdio.h>
#include <string.h>

#include "bind/bind.h"
#include "engine/process.h"

enum { NOW = 1767261600 }; /* 2026-01-01T10:00:00Z */

static void print(void *payload, const char *bytes, size_t length) {
  (void)payload;
  fwrite(bytes, 1, length, stdout);
}

static bool run_verb(void *payload, const char *verb, const char *const *words, size_t count,
                     struct result **result, struct error *err) {
  (void)payload;
  (void)result;
  printf("verb %s", verb);
  for (size_t i = 0; i < count; i++)
    printf(" [%s]", words[i]);
  printf("\n");
  return strcmp(verb, "lose") != 0 || error_set(err, ERROR_REFUSED, "nobody may lose");
}

static bool run_file(struct state *state, const char *path) {
  struct error err;
  struct state_answer answer = {0};
  bool done = state_run_file(state, path, &answer, &err);
  if (!done)
    fprintf(stderr, "%s\n", err.message);
  fputs(text_string(&answer.shown), stdout);
  state_answer_release(&answer);
  return done;
}

static bool run_tests(struct state *state) {
  struct error err;
  struct result result;
  int failed = 0;
  if (!result_init(&result, "tests", "Tests", &err) ||
      !state_run_tests(state, NULL, &result, &failed, &err)) {
    fprintf(stderr, "%s\n", err.message);
    return false;
  }
  for (size_t i = 0; i < result.rows.count; i++) {
    const struct result_row *row = list_at(&result.rows, i);
    for (int j = 0; j < 3; j++)
      printf("%s ", row->values[j].type == VALUE_TEXT ? row->values[j].as.text.data : "");
    printf("\n");
  }
  result_release(&result);
  return failed == 0;
}

int main(int argc, char **argv) {
  static const char *const verbs[] = {"find", "set", "lose", "why-not", NULL};
  struct error err;
  struct book *book;
  struct engine *engine;
  struct state *state;
  struct text report = {0};
  struct state_limits limits = {.milliseconds = 20000, .bytes = 256 * 1024 * 1024};
  struct state_host host = {run_verb, verbs, print, NULL};
  const char *folder = argc > 2 ? argv[2] : NULL;
  if (!book_open(&book, "", BOOK_MEMORY, &err))
    return fprintf(stderr, "%s\n", err.message), 1;
  book->clock = (struct clock){.fixed = true, .at = NOW};
  if (!engine_open(&engine, book, &err))
    return fprintf(stderr, "%s\n", err.message), 1;
  if (!state_load(&state, engine, folder, &limits, &host, &report, &err)) {
    fprintf(stderr, "%s", text_string(&report));
    text_release(&report);
    engine_close(engine);
    return 1;
  }
  bool done =
      argc > 1 && strcmp(argv[1], "--tests") != 0 ? run_file(state, argv[1]) : run_tests(state);
  state_close(state);
  engine_close(engine);
  text_release(&report);
  return done ? 0 : 1;
}
