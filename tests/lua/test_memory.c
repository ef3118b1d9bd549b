/* Every operation of the Lua layer while one allocation after the other fails: once, twice running
 * (Lua collects garbage and asks again after the first), and for ever. Each failure is told, leaves
 * nothing behind, changes nothing, and the state works on. A sample of the points in the fast run,
 * every point with TEST_FULL=1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "bind/files.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/scorecard.h"
#include "support/unit.h"

enum { NOW = 1767261600, POINTS = 40, FOR_EVER = 1 << 30 };

struct work {
  struct engine *engine;
  struct state *state;
  int64_t deal, client;
};

struct failing {
  size_t seen, from, count; /* the allocations from..from + count - 1 fail */
};

static _Bool guard(size_t size, void *payload) {
  struct failing *failing = payload;
  (void)size;
  size_t number = failing->seen++;
  return number < failing->from || number - failing->from >= failing->count;
}

static void must(bool done, const struct error *err) {
  if (!done)
    fail_msg("%s", err->message);
}

static bool load_state(struct work *work, const char *folder, struct error *err) {
  struct state *former = work->state, *loaded;
  struct state_limits limits = {.milliseconds = 60000, .bytes = 256 * 1024 * 1024};
  if (!state_load(&loaded, work->engine, &(struct state_setup){.folder = folder, .limits = &limits},
                  err))
    return false;
  state_close(former);
  work->state = loaded;
  return true;
}

static bool reload(struct work *work, struct error *err) {
  return load_state(work, NULL, err);
}

static bool reload_folder(struct work *work, struct error *err) {
  return load_state(work, TEST_ROOT "/scripts", err);
}

static bool evaluate(struct work *work, struct error *err) {
  struct state_answer answer = {0};
  bool done = state_eval(
      work->state,
      "local out = {} for deal in deals:where { amount = over(1) }:each() do "
      "out[#out + 1] = deal.client.name:gsub('%a', '%0%0') .. tostring(deal.amount * 2) end "
      "return deals:group_by 'stage':select { n = count(), sum 'amount' }"
      ":with { m = function(r) return r.n * 2 end }:order_by '-m'",
      "line", &answer, err);
  state_answer_release(&answer);
  return done;
}

static bool judge_text(struct work *work, struct text *out, struct error *err) {
  struct record record;
  struct verdict verdict;
  const struct kind *deal = catalog_kind(work->engine->book->catalog, "deal");
  verdict_init(&verdict);
  bool done = record_load(&record, work->engine->book, deal, work->deal, err);
  if (done) {
    done = process_judge(work->engine, &record, "qualifying", &verdict, err) &&
           verdict_write(&verdict, out, err);
    record_release(&record);
  }
  verdict_release(&verdict);
  return done;
}

static bool judge(struct work *work, struct error *err) {
  struct text out = {0};
  bool done = judge_text(work, &out, err);
  text_release(&out);
  return done;
}

static bool score_one(struct work *work, struct error *err) {
  struct record record;
  struct scorecard *card = engine_scorecard(work->engine, "fit");
  struct score_answer answer;
  if (!record_load(&record, work->engine->book, card->kind, work->client, err))
    return false;
  bool done = score_answer_init(&answer, card, err);
  if (done) {
    done = scorecard_score(work->engine, card, &record, &answer, err);
    score_answer_release(&answer);
  }
  record_release(&record);
  return done;
}

static bool score_all(struct work *work, struct error *err) {
  struct score_summary summary = {0};
  bool done =
      scorecard_score_all(work->engine, engine_scorecard(work->engine, "fit"), NULL, &summary, err);
  memory_free(summary.message);
  return done;
}

static bool report(struct work *work, struct error *err) {
  struct report *report;
  struct result result;
  if (!engine_find_report(work->engine, "pipeline", &report, err) ||
      !report_run(work->engine, report, NULL, 0, &result, err))
    return false;
  result_release(&result);
  return true;
}

static bool complete(struct work *work, struct error *err) {
  struct state_names names;
  if (!state_complete(work->state, "deal.client.in", &names, err))
    return false;
  state_names_release(&names);
  return true;
}

static bool read_mapping(struct work *work, struct error *err) {
  struct import_plan *plan;
  if (!state_import_plan(work->state, TEST_ROOT "/scripts/demo/import.lua", &plan, NULL, err))
    return false;
  import_plan_free(plan);
  return true;
}

static bool test_rules(struct work *work, struct error *err) {
  struct result result;
  struct state_tests tests = {.result = &result};
  if (!result_init(&result, "tests", "Tests", err))
    return false;
  bool done = state_run_tests(work->state, &tests, err);
  result_release(&result);
  return done;
}

/* A move with an action, in a unit that is taken back. */
static bool lose(struct work *work, struct error *err) {
  struct record record;
  struct verdict verdict;
  struct move_options options = {.reason = "no budget", .force = true, .command = "move"};
  struct book *book = work->engine->book;
  if (!unit_begin(book, "test", NULL, err))
    return false;
  verdict_init(&verdict);
  bool done = record_load(&record, book, NULL, work->deal, err);
  if (done) {
    done = process_move(work->engine, &record, "lost", &options, &verdict, err);
    record_release(&record);
  }
  verdict_release(&verdict);
  unit_cancel(book);
  return done;
}

static int64_t make(struct work *work, const char *kind_name, const char *const *words) {
  struct error err;
  struct record record;
  const struct field *field;
  const struct kind *kind = catalog_kind(work->engine->book->catalog, kind_name);
  must(record_init(&record, kind, &err), &err);
  for (; *words; words += 2) {
    must(kind_find_field(kind, words[0], &field, &err), &err);
    must(record_set_word(&record, work->engine->book, field, words[1], &err), &err);
  }
  must(engine_create(work->engine, &record, "new", &err), &err);
  int64_t id = record.id;
  record_release(&record);
  return id;
}

static int open_work(void **context) {
  static const char *const client[] = {"name", "Гамма", "industry", "medical", NULL};
  static const char *const deal[] = {"title",  "Pumps",   "client", "Гамма",
                                     "amount", "100 EUR", NULL};
  struct error err;
  struct book *book;
  struct work *work = memory_new(sizeof *work);
  must(book_open(&book, "", BOOK_MEMORY, &err), &err);
  book->clock = (struct clock){.fixed = true, .at = NOW};
  must(engine_open(&work->engine, book, &err), &err);
  must(reload(work, &err), &err);
  work->client = make(work, "client", client);
  work->deal = make(work, "deal", deal);
  *context = work;
  return 0;
}

static int close_work(void **context) {
  struct work *work = *context;
  state_close(work->state);
  engine_close(work->engine);
  memory_free(work);
  return 0;
}

/* The book is sound, and a criterion answers what it answered before. */
static void check_unharmed(struct work *work, const char *judged) {
  struct error err;
  struct text faults = {0}, now = {0};
  assert_int_equal(work->engine->book->unit_depth, 0);
  must(book_check(work->engine->book, true, &faults, &err), &err);
  assert_string_equal(text_string(&faults), "");
  must(judge_text(work, &now, &err), &err);
  assert_string_equal(text_string(&now), judged);
  text_release(&faults);
  text_release(&now);
}

static void check_usable(struct work *work) {
  struct error err;
  struct state_answer answer = {0};
  assert_int_equal(work->engine->book->unit_depth, 0);
  must(state_eval(work->state, "=clients:count() + deals:count()", "line", &answer, &err), &err);
  assert_string_equal(text_string(&answer.shown), "2\n");
  state_answer_release(&answer);
}

typedef bool (*operation_fn)(struct work *work, struct error *err);

/* Whether the operation failed. Any failure must say that memory was lacking. */
static bool fails_at(struct work *work, operation_fn operation, size_t from, size_t count) {
  struct failing failing = {0, from, count};
  struct error err = {0};
  memory_guard(guard, &failing);
  bool done = operation(work, &err);
  memory_guard(NULL, NULL);
  if (!done && (err.code != ERROR_MEMORY || !strstr(err.message, "out of memory")))
    fail_msg("allocation %zu: code %d: %s", from, err.code, err.message);
  return !done;
}

static size_t allocations_of(struct work *work, operation_fn operation) {
  struct failing none = {0, SIZE_MAX, 0};
  struct error err;
  memory_guard(guard, &none);
  bool done = operation(work, &err);
  memory_guard(NULL, NULL);
  must(done, &err);
  return none.seen;
}

/* Every point in the full run; else so many, spread and shifted so that the counts differ. */
static void sweep(struct work *work, operation_fn operation, size_t points) {
  static const size_t counts[] = {1, 2, FOR_EVER};
  struct error err;
  struct text judged = {0};
  must(judge_text(work, &judged, &err), &err);
  must(operation(work, &err), &err);
  size_t all = allocations_of(work, operation), failures = 0;
  const char *full = getenv("TEST_FULL");
  size_t step = full && *full ? 1 : all / points + 1;
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
    for (size_t from = i * step / 3; from < all; from += step) {
      failures += fails_at(work, operation, from, counts[i]);
      check_usable(work);
    }
  }
  check_unharmed(work, text_string(&judged));
  text_release(&judged);
  assert_true(failures > 0);
  must(operation(work, &err), &err);
}

static void loading(void **context) {
  sweep(*context, reload, POINTS);
}

static void loading_from_a_folder(void **context) {
  sweep(*context, reload_folder, POINTS);
}

static void close_files(struct state *state) {
  for (size_t i = 0; i < state->files.count; i++) {
    struct source_file *file = list_at(&state->files, i);
    memory_free(file->name);
    memory_free(file->text);
  }
  list_release(&state->files);
}

/* Each allocation in turn, and all from there on. */
static void read_files(bool (*read)(struct state *state, struct error *err)) {
  static const size_t counts[] = {1, FOR_EVER};
  struct error err;
  struct failing failing = {0, SIZE_MAX, 0};
  size_t all = 1, whole = 0;
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    for (size_t from = 0; from <= all; from++) {
      struct state state = {.files.size = sizeof(struct source_file)};
      memory_guard(guard, &failing);
      bool done = read(&state, &err);
      memory_guard(NULL, NULL);
      if (whole == 0) { /* the first time nothing fails */
        must(done, &err);
        whole = state.files.count;
        all = failing.seen;
      } else if (done)
        assert_int_equal(state.files.count, whole);
      else
        assert_int_equal(err.code, ERROR_MEMORY);
      close_files(&state);
      failing = (struct failing){0, from, counts[i]};
    }
  assert_true(whole > 10 && all > whole);
}

static bool read_folder(struct state *state, struct error *err) {
  return files_read_folder(state, TEST_ROOT "/scripts", err);
}

static void no_file_is_left_out_for_lack_of_memory(void **context) {
  (void)context;
  read_files(read_folder);
  read_files(files_read_shipped);
}

static void a_chunk(void **context) {
  sweep(*context, evaluate, 5 * POINTS);
}

static void criteria(void **context) {
  sweep(*context, judge, 5 * POINTS);
}

static void one_score(void **context) {
  sweep(*context, score_one, 5 * POINTS);
}

static void all_scores(void **context) {
  sweep(*context, score_all, 5 * POINTS);
}

static void a_report(void **context) {
  sweep(*context, report, 5 * POINTS);
}

static void completion(void **context) {
  sweep(*context, complete, 5 * POINTS);
}

static void a_mapping(void **context) {
  sweep(*context, read_mapping, 5 * POINTS);
}

static void actions(void **context) {
  sweep(*context, lose, 5 * POINTS);
}

static void the_tests_of_a_workspace(void **context) {
  sweep(*context, test_rules, POINTS / 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_file_is_left_out_for_lack_of_memory),
      cmocka_unit_test_setup_teardown(a_chunk, open_work, close_work),
      cmocka_unit_test_setup_teardown(criteria, open_work, close_work),
      cmocka_unit_test_setup_teardown(one_score, open_work, close_work),
      cmocka_unit_test_setup_teardown(all_scores, open_work, close_work),
      cmocka_unit_test_setup_teardown(a_report, open_work, close_work),
      cmocka_unit_test_setup_teardown(completion, open_work, close_work),
      cmocka_unit_test_setup_teardown(a_mapping, open_work, close_work),
      cmocka_unit_test_setup_teardown(actions, open_work, close_work),
      cmocka_unit_test_setup_teardown(loading, open_work, close_work),
      cmocka_unit_test_setup_teardown(loading_from_a_folder, open_work, close_work),
      cmocka_unit_test_setup_teardown(the_tests_of_a_workspace, open_work, close_work),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
