#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "engine/import.h"
#include "engine/process.h"
#include "engine/undo.h"
#include "model/history.h"
#include "model/query.h"
#include "model/search.h"
#include "support/unit.h"

/* A folder with files, a book in memory with a process on deals, and a plan built by hand. */
struct bench {
  char folder[64];
  struct engine *engine;
  struct import_plan *plan;
  struct import_summary summary;
  struct error err;
};

static const struct clock noon = {.fixed = true, .at = 1767268800}; /* 2026-01-01T12:00:00Z */

static char *copy(const char *text) {
  return memory_copy_text(text);
}

static void add_process(struct bench *bench) {
  static const char *const names[] = {"prospecting", "qualifying", "won", "lost"};
  struct rules *rules = rules_new(&bench->err);
  struct process *process = process_new("sale", &bench->err);
  process->kind = catalog_kind(bench->engine->book->catalog, "deal");
  process->field = kind_field(process->kind, "stage");
  for (size_t i = 0; i < 4; i++)
    assert_non_null(process_add_stage(process, names[i], &bench->err));
  process_stage(process, "won")->end = STAGE_WON;
  process_stage(process, "lost")->end = STAGE_LOST;
  *(struct process **)list_add(&rules->processes, &bench->err) = process;
  engine_use_rules(bench->engine, rules);
}

static int set_up(void **state) {
  struct bench *bench = calloc(1, sizeof *bench);
  struct book *book = NULL;
  strcpy(bench->folder, "/tmp/import-XXXXXX");
  assert_non_null(mkdtemp(bench->folder));
  assert_true(book_open(&book, "", BOOK_MEMORY, &bench->err));
  book->clock = noon;
  assert_true(engine_open(&bench->engine, book, &bench->err));
  add_process(bench);
  bench->plan = import_plan_new(&bench->err);
  *state = bench;
  return 0;
}

static int tear_down(void **state) {
  struct bench *bench = *state;
  char command[96];
  import_summary_release(&bench->summary);
  import_plan_free(bench->plan);
  engine_close(bench->engine);
  (void)snprintf(command, sizeof command, "rm -r '%s'", bench->folder);
  int status = system(command);
  free(bench);
  return status;
}

static void write_file(struct bench *bench, const char *name, const char *content) {
  char path[128];
  (void)snprintf(path, sizeof path, "%s/%s", bench->folder, name);
  assert_true(file_write(path, content, strlen(content), &bench->err));
}

static struct import_file *add_file(struct bench *bench, const char *name, const char *kind,
                                    const char *match) {
  struct import_file *file = list_add(&bench->plan->files, &bench->err);
  file->name = copy(name);
  file->kind = copy(kind);
  file->match = copy(match);
  file->columns.size = sizeof(struct import_column);
  file->ignore.size = sizeof(char *);
  file->stages.words.size = sizeof(struct import_word);
  return file;
}

static struct import_column *add_column(struct import_file *file, const char *header,
                                        const char *field) {
  struct error err;
  struct import_column *column = list_add(&file->columns, &err);
  column->header = copy(header);
  column->field = copy(field);
  column->values.size = sizeof(struct import_translation);
  return column;
}

static void add_word(struct import_file *file, const char *cell, const char *first,
                     const char *second) {
  struct error err;
  struct import_word *word = list_add(&file->stages.words, &err);
  word->word = copy(cell);
  word->stages.size = sizeof(struct import_stage);
  struct import_stage *stage = list_add(&word->stages, &err);
  *stage = (struct import_stage){copy(first), copy("opened")};
  if (second != NULL) {
    stage = list_add(&word->stages, &err);
    *stage = (struct import_stage){copy(second), copy("closed")};
  }
}

static struct import_file *plan_clients(struct bench *bench) {
  struct import_file *file = add_file(bench, "clients.csv", "client", "name");
  add_column(file, "Company", "name")->required = true;
  add_column(file, "people", "employees");
  add_column(file, "parent", "parent");
  return file;
}

static struct import_file *plan_deals(struct bench *bench) {
  struct import_file *file = add_file(bench, "deals.csv", "deal", "external_id");
  add_column(file, "id", "external_id");
  add_column(file, "client", "client");
  add_column(file, "opened", "opened_on");
  add_column(file, "amount", "amount")->since = copy("closed");
  file->since = copy("opened");
  file->stages.process = copy("sale");
  file->stages.column = copy("state");
  add_word(file, "Talks", "qualifying", NULL);
  add_word(file, "Won", "qualifying", "won");
  return file;
}

static bool run_with(struct bench *bench, struct import_options options, struct result *verdicts) {
  options.path = bench->folder;
  options.command = "import";
  import_summary_release(&bench->summary);
  return import_run(bench->engine, bench->plan, &options, &bench->summary, verdicts, &bench->err);
}

static bool run(struct bench *bench) {
  return run_with(bench, (struct import_options){0}, NULL);
}

static int64_t count(struct bench *bench, const char *kind, const char *word) {
  struct query *query = NULL;
  int64_t found = -1;
  const struct book *book = bench->engine->book;
  assert_true(query_new(&query, book, catalog_kind(book->catalog, kind), &bench->err));
  if (word != NULL && !query_where_word(query, word, &bench->err))
    fail_msg("%s", bench->err.message);
  if (!query_count(query, bench->engine->book, &found, &bench->err))
    fail_msg("%s", bench->err.message);
  query_free(query);
  return found;
}

static void must_run_with(struct bench *bench, struct import_options options) {
  if (run_with(bench, options, NULL))
    return;
  if (bench->summary.messages.count > 0)
    fail_msg("%s", *(char **)list_at(&bench->summary.messages, 0));
  fail_msg("%s", bench->err.message);
}

static void must_run(struct bench *bench) {
  must_run_with(bench, (struct import_options){0});
}

static void expect_message(struct bench *bench, const char *part) {
  for (size_t i = 0; i < bench->summary.messages.count; i++)
    if (strstr(*(char **)list_at(&bench->summary.messages, i), part) != NULL)
      return;
  if (strstr(bench->err.message, part) == NULL)
    fail_msg("nobody says '%s'; the error is '%s'", part, bench->err.message);
}

static void take_back(struct bench *bench) {
  struct undo_summary undone = {0};
  if (!undo_unit(bench->engine, 0, &undone, &bench->err))
    fail_msg("%s", bench->err.message);
  undo_summary_release(&undone);
}

static const char clients[] = "Company;people;parent\n"
                              "Ёлка;1 200;Лес\n"
                              "Лес;40;\n"
                              "\"ООО \"\"Ромашка\"\"\";;\n";
static const char deals[] = "id,client,opened,amount,state,closed\n"
                            "D1,елка,2025-03-01,1000.50,Won,2025-06-30\n"
                            "D2,Лес,2025-04-01,,Talks,\n";

static void import_clients_and_deals(struct bench *bench) {
  plan_clients(bench);
  plan_deals(bench);
  write_file(bench, "clients.csv", clients);
  write_file(bench, "deals.csv", deals);
  must_run(bench);
}

static void rows_become_records_and_references_are_found_by_name(void **state) {
  struct bench *bench = *state;
  import_clients_and_deals(bench);
  assert_int_equal(bench->summary.created, 5);
  assert_int_equal(count(bench, "client", "employees=1200"), 1);
  assert_int_equal(count(bench, "client", "parent.name=Лес"), 1);
  assert_int_equal(count(bench, "deal", "client.name=Ёлка"), 1);
  assert_int_equal(count(bench, "deal", "stage=won"), 1);
  assert_int_equal(count(bench, "deal", "amount=1000.50 USD"), 1);
}

static void an_import_again_changes_nothing(void **state) {
  struct bench *bench = *state;
  import_clients_and_deals(bench);
  must_run(bench);
  assert_int_equal(bench->summary.created + bench->summary.updated, 0);
  assert_int_equal(bench->summary.unchanged, 5);
}

static void an_import_of_later_news_continues_the_story(void **state) {
  struct bench *bench = *state;
  import_clients_and_deals(bench);
  write_file(bench, "deals.csv",
             "id,client,opened,amount,state,closed\nD2,Лес,2025-04-01,70,Won,2025-08-01\n");
  must_run(bench);
  assert_int_equal(bench->summary.updated, 1);
  assert_int_equal(count(bench, "deal", "stage=won"), 2);
}

static void the_state_of_an_earlier_day_is_what_was_known_then(void **state) {
  struct bench *bench = *state;
  import_clients_and_deals(bench);
  bench->engine->book->has_as_of = true;
  assert_true(instant_read(&bench->engine->book->as_of, "2025-03-15T00:00:00Z", &bench->err));
  assert_int_equal(count(bench, "deal", NULL), 1);
  assert_int_equal(count(bench, "deal", "stage=qualifying"), 1);
  assert_int_equal(count(bench, "deal", "amount="), 1);
  assert_true(instant_read(&bench->engine->book->as_of, "2025-07-01T00:00:00Z", &bench->err));
  assert_int_equal(count(bench, "deal", "stage=won"), 1);
  assert_int_equal(count(bench, "deal", "amount>0"), 1);
}

static void the_whole_import_is_one_unit_that_undo_takes_back(void **state) {
  struct bench *bench = *state;
  struct undo_summary redone = {0};
  import_clients_and_deals(bench);
  take_back(bench);
  assert_int_equal(count(bench, "client", NULL), 0);
  assert_int_equal(count(bench, "deal", NULL), 0);
  if (!redo_unit(bench->engine, &redone, &bench->err))
    fail_msg("%s", bench->err.message);
  undo_summary_release(&redone);
  assert_int_equal(count(bench, "client", NULL), 3);
  assert_int_equal(count(bench, "deal", "stage=won"), 1);
}

static void one_bad_row_stops_everything_and_every_bad_row_is_told(void **state) {
  struct bench *bench = *state;
  plan_clients(bench);
  write_file(bench, "clients.csv",
             "Company,people,parent\nGood,5,\nBad,many,\n,7,\nOrphan,1,Nobody\nShort\n");
  assert_false(run(bench));
  assert_int_equal(bench->err.code, ERROR_DATA);
  assert_int_equal(bench->summary.rejected, 4);
  assert_int_equal(count(bench, "client", NULL), 0);
  expect_message(bench, "clients.csv:3:5: ");
  expect_message(bench, "clients.csv:4:1: ");
  expect_message(bench, "clients.csv:5:10: ");
  expect_message(bench, "clients.csv:6");
}

static void rejected_rows_come_out_as_csv_with_a_reason(void **state) {
  struct bench *bench = *state;
  char path[96], *bytes = NULL;
  size_t length = 0;
  plan_clients(bench);
  write_file(bench, "clients.csv", "Company,people,parent\nGood,5,\n\"Bad, really\",many,\n");
  (void)snprintf(path, sizeof path, "%s/rejects.csv", bench->folder);
  must_run_with(bench, (struct import_options){.rejects = path, .skip_rejected = true});
  assert_int_equal(count(bench, "client", NULL), 1);
  assert_true(file_read(path, 10000, &bytes, &length, &bench->err));
  assert_non_null(strstr(bytes, "Company,people,parent,reason\n\"Bad, really\",many,,"));
  memory_free(bytes);
}

static void a_dry_run_tells_each_row_and_writes_nothing(void **state) {
  struct bench *bench = *state;
  struct result verdicts;
  assert_true(result_init(&verdicts, "import", "Import", &bench->err));
  plan_clients(bench);
  write_file(bench, "clients.csv", "Company,people,parent\nGood,5,\nBad,many,\n");
  if (!run_with(bench, (struct import_options){.dry_run = true}, &verdicts))
    fail_msg("%s", bench->err.message);
  assert_int_equal(verdicts.rows.count, 2);
  const struct result_row *row = list_at(&verdicts.rows, 1);
  assert_string_equal(row->values[2].as.text.data, "reject");
  assert_int_equal(count(bench, "client", NULL), 0);
  result_release(&verdicts);
}

static void an_ambiguous_date_is_refused_until_its_order_is_said(void **state) {
  struct bench *bench = *state;
  plan_clients(bench);
  plan_deals(bench);
  write_file(bench, "clients.csv", clients);
  write_file(bench, "deals.csv",
             "id,client,opened,amount,state,closed\nD1,Лес,03/04/2025,1,Talks,\n");
  assert_false(run(bench));
  expect_message(bench, "deals.csv:2:8: ");
  must_run_with(bench, (struct import_options){.order = DATE_ORDER_MDY});
  assert_int_equal(count(bench, "deal", "opened_on=2025-03-04"), 1);
}

static void columns_that_nobody_mapped_or_that_are_missing_are_refused(void **state) {
  struct bench *bench = *state;
  plan_clients(bench);
  write_file(bench, "clients.csv", "Company,people,parent,color\nA,1,,red\n");
  assert_false(run(bench));
  expect_message(bench, "'color' that the mapping does not know");
  write_file(bench, "clients.csv", "Compani,people,parent\nA,1,\n");
  assert_false(run(bench));
  expect_message(bench, "did you mean 'Compani'?");
}

static void a_name_nearly_right_is_suggested_and_a_translation_mends_it(void **state) {
  struct bench *bench = *state;
  plan_clients(bench);
  struct import_file *file = plan_deals(bench);
  struct import_column *column = list_at(&file->columns, 1);
  write_file(bench, "clients.csv", "Company,people,parent\nGTX Pro,1,\n");
  write_file(bench, "deals.csv",
             "id,client,opened,amount,state,closed\nD1,GTXPro,2025-03-04,1,Talks,\n");
  assert_false(run(bench));
  expect_message(bench, "'GTX Pro'");
  struct import_translation *value = list_add(&column->values, &bench->err);
  *value = (struct import_translation){copy("GTXPro"), copy("GTX Pro")};
  must_run(bench);
}

static int64_t only_id(struct bench *bench, const char *kind, const char *word) {
  struct query *query = NULL;
  int64_t *ids = NULL;
  size_t found = 0;
  struct book *book = bench->engine->book;
  assert_true(query_new(&query, book, catalog_kind(book->catalog, kind), &bench->err));
  assert_true(query_where_word(query, word, &bench->err));
  assert_true(query_ids(query, book, &ids, &found, &bench->err));
  assert_int_equal(found, 1);
  int64_t id = ids[0];
  memory_free(ids);
  query_free(query);
  return id;
}

static void a_dated_story_says_how_long_each_stage_took(void **state) {
  struct bench *bench = *state;
  struct transition *list = NULL;
  size_t count = 0;
  import_clients_and_deals(bench);
  int64_t won = only_id(bench, "deal", "stage=won");
  assert_true(transition_list(bench->engine->book, won, &list, &count, &bench->err));
  assert_int_equal(count, 2);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(list[i].seq, (int64_t)i + 1);
  assert_null(list[0].from_stage);
  assert_int_equal(list[0].seconds, -1);
  assert_string_equal(list[1].from_stage, list[0].to_stage);
  assert_int_equal(list[1].seconds, list[1].at - list[0].at);
  assert_true(list[1].seconds > 0);
  for (size_t i = 0; i < count; i++)
    transition_release(&list[i]);
  memory_free(list);
}

static size_t found(struct bench *bench, const char *words) {
  struct search_hit *hits = NULL;
  size_t number = 0;
  if (!search_find(bench->engine->book, &(struct search){words, NULL, 10}, &hits, &number,
                   &bench->err))
    fail_msg("%s", bench->err.message);
  search_release(hits, number);
  return number;
}

static bool stop(int64_t done, int64_t total, void *payload) {
  (void)done;
  (void)total;
  (void)payload;
  return false;
}

static void a_search_follows_an_import_and_its_undo(void **state) {
  struct bench *bench = *state;
  plan_clients(bench);
  write_file(bench, "clients.csv", clients);
  assert_int_equal(found(bench, "елка"), 0);
  must_run(bench);
  assert_int_equal(found(bench, "елка"), 1);
  take_back(bench);
  assert_int_equal(found(bench, "елка"), 0);
}

static void an_interrupted_import_leaves_nothing_to_find(void **state) {
  struct bench *bench = *state;
  struct text rows = {0};
  plan_clients(bench);
  write_file(bench, "clients.csv", clients);
  must_run(bench);
  text_append(&rows, "Company;people;parent\n");
  for (int i = 0; i < 1500; i++)
    text_format(&rows, "Сосна %d;1;\n", i);
  write_file(bench, "clients.csv", text_string(&rows));
  text_release(&rows);
  assert_false(run_with(bench, (struct import_options){.progress = stop}, NULL));
  assert_int_equal(bench->err.code, ERROR_INTERRUPTED);
  assert_int_equal(found(bench, "сосна"), 0);
  assert_int_equal(found(bench, "елка"), 1);
  must_run(bench);
  assert_int_equal(found(bench, "сосна 1499"), 1);
}

static bool grant(size_t size, void *payload) {
  (void)size;
  int *left = payload;
  return (*left)-- != 0;
}

static void no_missing_memory_leaves_half_an_import(void **state) {
  struct bench *bench = *state;
  plan_clients(bench);
  plan_deals(bench);
  write_file(bench, "clients.csv", clients);
  write_file(bench, "deals.csv", deals);
  int failures = 0, left = -1;
  for (int n = 0; left < 0; n += 13) {
    left = n;
    memory_guard(grant, &left);
    bool done = run(bench);
    memory_guard(NULL, NULL);
    int64_t found = count(bench, "client", NULL);
    if (found != (done ? 3 : 0))
      fail_msg("after %d allocations: %s, and %lld clients", n, done ? "done" : "failed",
               (long long)found);
    failures += !done;
    if (done && left < 0)
      take_back(bench);
  }
  assert_true(failures > 10);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(rows_become_records_and_references_are_found_by_name),
      TEST(an_import_again_changes_nothing),
      TEST(an_import_of_later_news_continues_the_story),
      TEST(the_state_of_an_earlier_day_is_what_was_known_then),
      TEST(the_whole_import_is_one_unit_that_undo_takes_back),
      TEST(one_bad_row_stops_everything_and_every_bad_row_is_told),
      TEST(rejected_rows_come_out_as_csv_with_a_reason),
      TEST(a_dry_run_tells_each_row_and_writes_nothing),
      TEST(an_ambiguous_date_is_refused_until_its_order_is_said),
      TEST(columns_that_nobody_mapped_or_that_are_missing_are_refused),
      TEST(a_name_nearly_right_is_suggested_and_a_translation_mends_it),
      TEST(a_dated_story_says_how_long_each_stage_took),
      TEST(a_search_follows_an_import_and_its_undo),
      TEST(an_interrupted_import_leaves_nothing_to_find),
      TEST(no_missing_memory_leaves_half_an_import),
  };
#undef TEST
  return cmocka_run_group_tests(tests, NULL, NULL);
}
