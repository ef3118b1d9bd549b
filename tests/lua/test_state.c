/* Loading, reloading, limits and the session of a state. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "bind/bind.h"
#include "engine/process.h"
#include "engine/scorecard.h"
#include "support/unit.h"

/* Milliseconds: the shipped scripts are loaded within it too, under sanitizers and beside other
 * tests. */
enum { NOW = 1767261600, LIMIT = 2000 };

struct place_of_work {
  struct engine *engine;
  struct state *state;
  char folder[64];
};

static void open_engine(struct engine **engine) {
  struct error err;
  struct book *book;
  assert_true(book_open(&book, "", BOOK_MEMORY, &err));
  book->clock = (struct clock){.fixed = true, .at = NOW};
  assert_true(engine_open(engine, book, &err));
}

static int open_shipped(void **context) {
  struct error err;
  struct place_of_work *place = memory_new(sizeof *place);
  struct state_limits limits = {.milliseconds = LIMIT, .bytes = 64 * 1024 * 1024};
  open_engine(&place->engine);
  if (!state_load(&place->state, place->engine, &(struct state_setup){.limits = &limits}, &err))
    fail_msg("%s", err.message);
  *context = place;
  return 0;
}

static int close_place(void **context) {
  struct place_of_work *place = *context;
  state_close(place->state);
  engine_close(place->engine);
  memory_free(place);
  return 0;
}

static enum error_code eval(struct state *state, const char *chunk, char *shown, size_t size) {
  struct error err = {0};
  struct state_answer answer = {0};
  bool done = state_eval(state, chunk, "line", &answer, &err);
  snprintf(shown, size, "%s", done ? text_string(&answer.shown) : err.message);
  state_answer_release(&answer);
  return done ? ERROR_NONE : err.code;
}

static void nothing_dangerous_is_reachable(void **context) {
  static const char *const names[] = {"io",          "os",
                                      "debug",       "package",
                                      "coroutine",   "load",
                                      "loadstring",  "dofile",
                                      "loadfile",    "collectgarbage",
                                      "rawset",      "rawget",
                                      "_G",          "dw",
                                      "math.random", "math.randomseed",
                                      "string.dump", "getmetatable('').__index"};
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    char chunk[128], shown[600];
    snprintf(chunk, sizeof chunk, "assert(%s == nil)", names[i]);
    enum error_code code = eval(place->state, chunk, shown, sizeof shown);
    bool hidden = code == ERROR_NONE || strstr(shown, "is not defined") ||
                  strstr(shown, "attempt to index a nil value") || strstr(shown, "is not set");
    if (!hidden)
      fail_msg("%s is reachable: %s", names[i], shown);
  }
}

static void the_session_keeps_its_variables(void **context) {
  static const struct {
    const char *chunk, *shown;
  } lines[] = {
      {"local a, b = 1, 2",                                     ""                  },
      {"a + b",                                                 "3\n"               },
      {"= a, b",                                                "1\t2\n"            },
      {"local c",                                               ""                  },
      {"c",                                                     "nil\n"             },
      {"local k <const> = 'x' -- local z = 1",                  ""                  },
      {"k",                                                     "x\n"               },
      {"local function twice(n) local a = n * 2 return a end",  ""                  },
      {"twice(a + 3)",                                          "8\n"               },
      {"a",                                                     "1\n"               },
      {"do local a = 5 end if true then local b = 7 end",       ""                  },
      {"a + b",                                                 "3\n"               },
      {"local s = [[local t = 1]] local u = 'local v = 2'",     ""                  },
      {"#s + #u",                                               "22\n"              },
      {"{ 1, x = 'y' }",                                        "{ 1, x = \"y\" }\n"},
      {"local f = function() local inner = 3 return inner end", ""                  },
      {"f()",                                                   "3\n"               },
      {"today() + 1",                                           "2026-01-02\n"      },
  };
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
    char shown[600];
    enum error_code code = eval(place->state, lines[i].chunk, shown, sizeof shown);
    if (code != ERROR_NONE)
      fail_msg("%s: %s", lines[i].chunk, shown);
    assert_string_equal(shown, lines[i].shown);
  }
}

static void a_wrong_line_says_where_and_what(void **context) {
  static const struct {
    const char *chunk, *message;
  } lines[] = {
      {"dealz",             "line:1: 'dealz' is not defined; did you mean 'deals'?"         },
      {"deals = 1",         "line:1: 'deals' belongs to the language; take another name"    },
      {"x = = 1",           "line:1: unexpected symbol near '='"                            },
      {"stage 'x' {}",      "line:1: 'stage' is not defined; did you mean 'stages_of'?"     },
      {"'a' < amount(1)",   "line:1: money and a string don't go together"                  },
      {"for i = 1, 2 do",   "line:1: 'end' expected near <eof>"                             },
      {"local t = {",       "line:1: unexpected symbol near <eof>"                          },
      {"local long = [==[", "line:1: unfinished long string (starting at line 1) near <eof>"},
  };
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
    char shown[600];
    assert_int_equal(eval(place->state, lines[i].chunk, shown, sizeof shown), ERROR_SCRIPT);
    assert_string_equal(shown, lines[i].message);
  }
}

static void names_complete(void **context) {
  static const struct {
    const char *expression, *expected; /* one of the names */
    const char *sentence;
  } cases[] = {
      {"dea",             "deals",                "Deal"                                                },
      {"deals:wh",        "deals:where",          "those for which all of it holds"                     },
      {"x = deal.cl",     "x = deal.client",      "Client"                                              },
      {"deal.client.ind", "deal.client.industry", "Industry"                                            },
      {"deal:why_",       "deal:why_not",         "all that keeps it from getting there, stage by stage"},
      {"string.for",      "string.format",        ""                                                    },
      {"stats.wil",       "stats.wilson",         "where the true share of x in n lies"                 },
      {"tod",             "today",                "the day of the clock"                                },
  };
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct error err;
    struct state_names names;
    bool found = false;
    assert_true(state_complete(place->state, cases[i].expression, &names, &err));
    for (size_t j = 0; names.names[j]; j++)
      if (strcmp(names.names[j], cases[i].expected) == 0) {
        found = true;
        assert_string_equal(names.sentences[j], cases[i].sentence);
      }
    state_names_release(&names);
    if (!found)
      fail_msg("%s does not complete to %s", cases[i].expression, cases[i].expected);
  }
}

static void annotations_are_lua(void **context) {
  struct place_of_work *place = *context;
  struct error err;
  struct text page = {0};
  bool incomplete = false;
  assert_true(state_meta(place->state, &page, &err));
  assert_true(state_compiles(place->state, text_string(&page), &incomplete) && !incomplete);
  text_release(&page);
}

static void write_file(const char *folder, const char *name, const char *text) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static int make_folder(void **context) {
  struct place_of_work *place = memory_new(sizeof *place);
  char path[128];
  snprintf(place->folder, sizeof place->folder, "/tmp/state_XXXXXX");
  assert_non_null(mkdtemp(place->folder));
  snprintf(path, sizeof path, "%s/stages", place->folder);
  mkdir(path, 0700);
  write_file(place->folder, "workspace.lua", "-- dealwright: api=1\nworkspace { name = \"T\" }\n");
  open_engine(&place->engine);
  *context = place;
  return 0;
}

static int remove_folder(void **context) {
  struct place_of_work *place = *context;
  char command[128];
  snprintf(command, sizeof command, "rm -r %s", place->folder);
  assert_int_equal(system(command), 0);
  return close_place(context);
}

static bool load(struct place_of_work *place, struct text *report, struct error *err) {
  struct state *former = place->state, *loaded = NULL;
  struct state_limits limits = {.milliseconds = 5000, .bytes = 64 * 1024 * 1024};
  if (!state_load(
          &loaded, place->engine,
          &(struct state_setup){.folder = place->folder, .limits = &limits, .report = report}, err))
    return false;
  state_close(former);
  place->state = loaded;
  return true;
}

#define PROCESS                                                                                    \
  "process \"sale\" { kind = \"deal\", field = \"stage\", stages = { \"first\", \"second\" } }\n"

static void all_mistakes_are_told_at_once(void **context) {
  struct place_of_work *place = *context;
  struct text report = {0};
  struct error err;
  write_file(place->folder, "stages/a.lua",
             "extend \"client\" { text \"a\" { x = 1 } }\nlocal y = nope\n");
  write_file(place->folder, "stages/b.lua", PROCESS "stage \"sale.third\" {}\n");
  assert_false(load(place, &report, &err));
  assert_string_equal(text_string(&report), "stages/a.lua:2: 'nope' is not defined\n"
                                            "    2 | local y = nope\n"
                                            "stages/a.lua:1: text 'a' has no option 'x'\n"
                                            "    1 | extend \"client\" { text \"a\" { x = 1 } }\n"
                                            "stages/b.lua:2: process 'sale' has no stage 'third'\n"
                                            "    2 | stage \"sale.third\" {}\n");
  text_release(&report);
}

static void a_failure_leaves_the_lines_of_scripts_that_led_to_it(void **context) {
  struct place_of_work *place = *context;
  struct state_answer answer = {0};
  struct error err;
  state_forget_trace(place->state);
  assert_false(state_eval(place->state,
                          "local function inner(t) return t.a.b.c end\n"
                          "local function outer(t)\n"
                          "  local value = inner(t)\n"
                          "  return value\n"
                          "end\n"
                          "pcall(inner, {})\n"
                          "print(outer { a = {} })",
                          "line", &answer, &err));
  assert_string_equal(state_trace(place->state), "line:1: in 'inner'\n"
                                                 "line:3: in 'outer'\n"
                                                 "line:7: outside of functions\n");
  assert_string_equal(err.place.file, "line");
  assert_int_equal(err.place.line, 1);
  assert_int_equal(err.place.column, 0);
  state_forget_trace(place->state);
  assert_string_equal(state_trace(place->state), "");
  state_answer_release(&answer);
}

static void calls_within_calls_without_end_are_told_at_once(void **context) {
  struct place_of_work *place = *context;
  struct state_answer answer = {0};
  struct error err;
  clock_t start = clock();
  assert_false(state_eval(place->state,
                          "local function f(n) return n > 0 and f(n - 1) + 1 or error('deep') end\n"
                          "f(100000)",
                          "line", &answer, &err));
  assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
  assert_memory_equal(state_trace(place->state), "line:1: in 'f'\n", 15);
  const char *last = strstr(state_trace(place->state), "and many more\n");
  assert_non_null(last);
  assert_string_equal(last, "and many more\n");
  state_forget_trace(place->state);
  state_answer_release(&answer);
}

#define GOOD                                                                                       \
  PROCESS "extend \"client\" { text \"motto\" }\n"                                                 \
          "formula \"client.shout\" { \"text\", function(c) return c.motto .. \"!\" end }\n"

/* The rules of GOOD are in force, all of them. */
static void check_good(struct place_of_work *place, const char *what) {
  char shown[600];
  if (!engine_process(place->engine, "sale"))
    fail_msg("%s: the process is gone", what);
  if (eval(place->state, "return clients:select { 'name', 'shout' }:first().shout", shown,
           sizeof shown) != ERROR_NONE ||
      strcmp(shown, "hey!\n") != 0)
    fail_msg("%s: %s", what, shown);
}

static void load_good(struct place_of_work *place) {
  struct error err;
  struct record record;
  const struct field *field;
  struct book *book = place->engine->book;
  write_file(place->folder, "stages/a.lua", GOOD);
  if (!load(place, NULL, &err))
    fail_msg("%s", err.message);
  assert_true(record_init(&record, catalog_kind(book->catalog, "client"), &err));
  static const char *const words[][2] = {
      {"name",  "Acme"},
      {"motto", "hey" }
  };
  for (size_t i = 0; i < 2; i++) {
    assert_true(kind_find_field(record.kind, words[i][0], &field, &err));
    assert_true(record_set_word(&record, book, field, words[i][1], &err));
  }
  assert_true(record_save(&record, book, &err));
  record_release(&record);
  check_good(place, "at first");
}

static void a_failed_reload_keeps_the_old_rules(void **context) {
  static const struct {
    const char *what, *script;
    enum error_code code;
  } cases[] = {
      {"no Lua",                                "stage \"sale.first\" {",                                       ERROR_SCRIPT },
      {"an error of a file",                    PROCESS "error(\"never mind\")",                                ERROR_SCRIPT },
      {"a wrong declaration",                   PROCESS "extend \"client\" { text \"motto\", text \"motto\" }",
       ERROR_SCRIPT                                                                                                          },
      {"a wrong formula",                       "formula \"client.shout\" { \"text\" }",                        ERROR_SCRIPT },
      {"a field that the book keeps otherwise", "extend \"client\" { integer \"motto\" }",
       ERROR_INVALID                                                                                                         },
      {"no end",                                "while true do pcall(error) end",                               ERROR_TIMEOUT},
      {"no end of memory",                      "local s = \"x\" while true do s = s .. s end",                 ERROR_TIMEOUT},
  };
  struct place_of_work *place = *context;
  load_good(place);
  struct state *before = place->state;
  struct rules *rules = place->engine->rules;
  struct catalog *catalog = place->engine->book->catalog;
  char *hash = memory_copy_text(place->engine->book->ruleset);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct error err = {0};
    write_file(place->folder, "stages/a.lua", cases[i].script);
    if (load(place, NULL, &err))
      fail_msg("%s is accepted", cases[i].what);
    if (err.code != cases[i].code)
      fail_msg("%s: code %d: %s", cases[i].what, err.code, err.message);
    assert_ptr_equal(place->state, before);
    assert_ptr_equal(place->engine->rules, rules);
    assert_ptr_equal(place->engine->book->catalog, catalog);
    assert_string_equal(place->engine->book->ruleset, hash);
    check_good(place, cases[i].what);
  }
  memory_free(hash);
}

static void a_workspace_that_is_gone_keeps_the_old_rules(void **context) {
  struct place_of_work *place = *context;
  struct error err = {0};
  char from[128], to[128];
  load_good(place);
  snprintf(from, sizeof from, "%s/workspace.lua", place->folder);
  snprintf(to, sizeof to, "%s/elsewhere", place->folder);
  assert_int_equal(rename(from, to), 0);
  assert_false(load(place, NULL, &err));
  assert_int_equal(err.code, ERROR_CONFIG);
  check_good(place, "without workspace.lua");
  assert_int_equal(rename(to, from), 0);
}

static void a_reload_takes_up_what_changed(void **context) {
  struct place_of_work *place = *context;
  struct error err;
  char shown[600];
  load_good(place);
  assert_int_equal(eval(place->state, "local kept = 5", shown, sizeof shown), ERROR_NONE);
  write_file(place->folder, "stages/a.lua",
             "extend \"client\" { text \"motto\", text \"song\" }\n"
             "formula \"client.shout\" { \"text\", function(c) return c.motto .. \"?\" end }\n");
  if (!load(place, NULL, &err))
    fail_msg("%s", err.message);
  assert_null(engine_process(place->engine, "sale"));
  assert_int_equal(eval(place->state,
                        "return clients:first().shout .. tostring(clients:first().song)", shown,
                        sizeof shown),
                   ERROR_NONE);
  assert_string_equal(shown, "hey?nil\n");
}

static void loading_obeys_the_limits(void **context) {
  struct place_of_work *place = *context;
  struct state *state = NULL;
  struct error err;
  struct state_limits limits = {.deterministic = true, .instructions = 1000000};
  write_file(place->folder, "stages/a.lua", "while true do pcall(error) end");
  assert_false(state_load(&state, place->engine,
                          &(struct state_setup){.folder = place->folder, .limits = &limits}, &err));
  assert_int_equal(err.code, ERROR_TIMEOUT);
}

static void a_mapping_becomes_a_plan(void **context) {
  struct place_of_work *place = *context;
  struct import_plan *plan = NULL;
  struct error err;
  char path[256];
  write_file(place->folder, "stages/a.lua", PROCESS);
  assert_true(load(place, NULL, &err));
  write_file(
      place->folder, "map.lua",
      "import { title = \"T\",\n"
      "  file \"d.csv\" { kind = \"deal\", match = \"external_id\", order = \"dmy\", since = "
      "\"opened\",\n"
      "    column \"no\" { to = \"external_id\", required = true },\n"
      "    column \"client\" { to = \"client\", by = \"name\", values = { A = \"B\", C = false } "
      "},\n"
      "    ignore { \"x\", \"y\" },\n"
      "    stages \"sale\" { column = \"state\", word \"new\" { reached \"first\" },\n"
      "      word \"old\" { reached \"first\", reached \"second\" { at = \"opened\" } } } } }\n");
  snprintf(path, sizeof path, "%s/map.lua", place->folder);
  if (!state_import_plan(place->state, path, &plan, NULL, &err))
    fail_msg("%s", err.message);
  const struct import_file *file = list_at(&plan->files, 0);
  const struct import_column *client = list_at(&file->columns, 1);
  const struct import_word *old = list_at(&file->stages.words, 1);
  const struct import_stage *second = list_at(&old->stages, 1);
  assert_int_equal(file->order, DATE_ORDER_DMY);
  assert_int_equal(file->ignore.count, 2);
  assert_int_equal(client->values.count, 2);
  assert_null(((struct import_translation *)list_at(&client->values, 1))->to);
  assert_string_equal(second->at, "opened");
  import_plan_free(plan);
  write_file(place->folder, "map.lua",
             "import {\n  file \"d.csv\" { kind = \"deal\", column \"x\" { to = \"titel\" } } }\n");
  assert_false(state_import_plan(place->state, path, &plan, NULL, &err));
  assert_string_equal(err.message,
                      "map.lua:2: column 'x': deal has no field 'titel'; did you mean 'title'?");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(nothing_dangerous_is_reachable, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(the_session_keeps_its_variables, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(a_wrong_line_says_where_and_what, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(names_complete, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(annotations_are_lua, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(a_failure_leaves_the_lines_of_scripts_that_led_to_it,
                                      open_shipped, close_place),
      cmocka_unit_test_setup_teardown(calls_within_calls_without_end_are_told_at_once, open_shipped,
                                      close_place),
      cmocka_unit_test_setup_teardown(all_mistakes_are_told_at_once, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(a_failed_reload_keeps_the_old_rules, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(a_workspace_that_is_gone_keeps_the_old_rules, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(a_reload_takes_up_what_changed, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(loading_obeys_the_limits, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(a_mapping_becomes_a_plan, make_folder, remove_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
