/* Loads a workspace (the shipped one without an argument) on an empty book in memory with a clock
 * that stands still, and runs a test file of Lua as a user's chunk in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "bind/bind.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/scorecard.h"

enum { NOW = 1767261600 }; /* 2026-01-01T10:00:00Z */

static void print(void *payload, const char *bytes, size_t length) {
  (void)payload;
  fwrite(bytes, 1, length, stdout);
}

static bool set_word(struct engine *engine, struct record *record, const char *word,
                     struct error *err) {
  char name[64];
  const struct field *field;
  const char *equals = strchr(word, '=');
  if (!equals || (size_t)(equals - word) >= sizeof name)
    return error_set(err, ERROR_USAGE, "'%s' is no field=value", word);
  memcpy(name, word, (size_t)(equals - word));
  name[equals - word] = '\0';
  return kind_find_field(record->kind, name, &field, err) &&
         record_set_word(record, engine->book, field, equals + 1, err);
}

static bool new_record(struct engine *engine, const char *const *words, size_t count,
                       struct result **result, struct error *err) {
  const struct kind *kind;
  struct record record;
  if (!catalog_find(engine->book->catalog, words[0], &kind, err) ||
      !record_init(&record, kind, err))
    return false;
  bool done = true;
  for (size_t i = 1; done && i < count; i++)
    done = set_word(engine, &record, words[i], err);
  done = done && engine_create(engine, &record, "new", err);
  if (done) {
    *result = memory_new(sizeof **result);
    done = *result && result_init(*result, "new", "New", err) &&
           result_add_row(*result, record.id, err);
  }
  record_release(&record);
  return done;
}

/* What changes a record: #id and what to do with it. */
static bool change_record(struct engine *engine, const char *verb, const char *const *words,
                          size_t count, struct error *err) {
  struct record record;
  struct verdict verdict;
  if (!record_load(&record, engine->book, NULL, atoll(words[0] + 1), err))
    return false;
  bool done = true;
  if (strcmp(verb, "set") == 0) {
    for (size_t i = 1; done && i < count; i++)
      done = set_word(engine, &record, words[i], err);
    done = done && engine_save(engine, &record, "set", err);
  } else {
    struct move_options options = {.reason = count > 2 ? words[2] : NULL, .command = "move"};
    verdict_init(&verdict);
    done = process_move(engine, &record, words[1], &options, &verdict, err);
    verdict_release(&verdict);
  }
  record_release(&record);
  return done;
}

static bool score_all(struct engine *engine, const char *name, struct error *err) {
  struct scorecard *card;
  struct score_summary summary = {0};
  bool done = engine_find_scorecard(engine, name, &card, err) &&
              scorecard_score_all(engine, card, NULL, &summary, err);
  if (done && summary.message)
    printf("broken: %s\n", summary.message);
  memory_free(summary.message);
  return done;
}

static bool show_report(struct engine *engine, const char *const *words, size_t count,
                        struct result **result, struct error *err) {
  struct report *report;
  struct report_argument arguments[8];
  static char names[8][32];
  for (size_t i = 1; i < count && i <= 8; i++) {
    const char *equals = strchr(words[i], '=');
    snprintf(names[i - 1], sizeof names[0], "%.*s", (int)(equals - words[i]), words[i]);
    arguments[i - 1] = (struct report_argument){names[i - 1], equals + 1};
  }
  if (!engine_find_report(engine, words[0], &report, err))
    return false;
  *result = memory_new(sizeof **result);
  if (report_run(engine, report, arguments, count - 1, *result, err))
    return true;
  memory_free(*result);
  *result = NULL;
  return false;
}

static bool run_verb(void *payload, const char *verb, const char *const *words, size_t count,
                     struct result **result, struct error *err) {
  struct engine *engine = payload;
  if (strcmp(verb, "new") == 0)
    return new_record(engine, words, count, result, err);
  if (strcmp(verb, "set") == 0 || strcmp(verb, "move") == 0)
    return change_record(engine, verb, words, count, err);
  if (strcmp(verb, "score") == 0)
    return score_all(engine, words[0], err);
  if (strcmp(verb, "report") == 0)
    return show_report(engine, words, count, result, err);
  return error_set(err, ERROR_USAGE, "no verb '%s'", verb);
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
  struct state_tests tests = {.result = &result};
  if (!result_init(&result, "tests", "Tests", &err) || !state_run_tests(state, &tests, &err)) {
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
  return tests.failed == 0;
}

int main(int argc, char **argv) {
  static const char *const verbs[] = {"new", "set", "move", "score", "report", NULL};
  struct error err;
  struct book *book;
  struct engine *engine;
  struct state *state;
  struct text report = {0};
  struct state_limits limits = {.milliseconds = 20000, .bytes = 256 * 1024 * 1024};
  struct state_host host = {.run_verb = run_verb, .verbs = verbs, .print = print};
  const char *folder = argc > 2 ? argv[2] : NULL;
  if (!book_open(&book, "", BOOK_MEMORY, &err))
    return fprintf(stderr, "%s\n", err.message), 1;
  book->clock = (struct clock){.fixed = true, .at = NOW};
  if (!engine_open(&engine, book, &err))
    return fprintf(stderr, "%s\n", err.message), 1;
  host.payload = engine;
  if (!state_load(&state, engine,
                  &(struct state_setup){
                      .folder = folder, .limits = &limits, .host = &host, .report = &report},
                  &err)) {
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
