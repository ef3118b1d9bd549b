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

enum { NOW = 1767261600, LIMIT = 200 };

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

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static enum error_code eval(struct state *state, const char *chunk, char *shown, size_t size) {
  struct error err = {0};
  struct state_answer answer = {0};
  bool done = state_eval(state, chunk, "line", &answer, &err);
  snprintf(shown, size, "%s", done ? text_string(&answer.shown) : err.message);
  if (done && answer.incomplete)
    snprintf(shown, size, "incomplete");
  state_answer_release(&answer);
  return done ? ERROR_NONE : err.code;
}

static void every_hostile_script_is_contained(void **context) {
  static const char *const scripts[] = {
      "while true do end",
      "repeat until false",
      "local function f() return f() end f()",
      "while true do pcall(error) end",
      "while true do pcall(function() while true do end end) end",
      "xpcall(function() while true do end end, function() while true do end end)",
      "pcall(pcall, function() while true do end end) while true do end",
      "local t = setmetatable({}, { __index = function(t, k) while true do end end }) return t.x",
      "local t = setmetatable({}, { __eq = function() while true do end end }) return t == "
      "setmetatable({}, getmetatable(t))",
      "return tostring(setmetatable({}, { __tostring = function() while true do end end }))",
      "for k in pairs(setmetatable({}, {})) do end while true do end",
      "local s = 'x' while true do s = s .. s end",
      "local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end",
      "local t = {} for i = 1, 1e9 do t[i] = i end",
      "return ('x'):rep(1 << 62)",
      "return ('x'):rep(1e6, ('y'):rep(1e6))",
      "return ('a'):rep(120):find(('a?'):rep(120) .. ('a'):rep(120))",
      "return ('a'):rep(5000):find('.-.-.-.-.-b')",
      "return ('a'):rep(5000):match('(a*)*(a*)*.-.-.-.-x')",
      "return (('x'):rep(20000)):gsub('.-.-.-y', '')",
      "for w in ('a'):rep(20000):gmatch('.-.-.-b') do end",
      "return table.move({}, 1, 1 << 60, 2)",
      "return table.concat({}, 'x', 1, 1 << 60)",
      "table.insert(setmetatable({}, { __len = function() return 1 << 60 end }), 1, 1)",
      "return table.unpack({}, 1, 1 << 30)",
      "return string.format('%' .. ('9'):rep(100) .. 'd', 1)",
      "local t = {} for i = 1, 90000 do t[i] = -i end for i = 1, 1000 do table.sort(t) "
      "table.sort(t, function(a, b) return a > b end) end",
      "table.sort({ 3, 2, 1 }, function() while true do end end)",
      "local a = {} for i = 1, 1e6 do a = { a } end while true do end",
      "return select(-1, table.unpack({}, 1, 200000)) or error('x')",
      "goto a ::a:: goto a",
      "local x <close> = setmetatable({}, { __close = function() end })",
      "return pcall(string.rep, 'x', 1 << 40), (function() while true do end end)()",
      "local f f = function(...) return f(1, ...) end f()",
      "string.rep = nil",
      "local a = ('x'):rep(16e6) local b, c, t = a .. 'b', a .. 'c', {} "
      "for i = 1, 100000 do t[i] = i % 2 == 0 and b or c end table.sort(t)",
      "local t = {} for i = 1, 500000 do t[i] = i t[-i] = i end while true do for k in pairs(t) do "
      "break end end",
      "local k = ('x'):rep(16e6) while true do pcall(function() return _ENV[k] end) end",
      "local k = ('x'):rep(16e6) while true do pcall(function() return clients[k] end) end",
      "local k = ('я'):rep(8e6) while true do contains(k, k) end",
      "local k = ('я'):rep(8e6) while true do pcall(k.upper, k) end",
      "local k = ('ﬁ'):rep(1e5) while true do contains(k, 'x') end",
      "local k = ('я'):rep(8e6) while true do utf8.sub(k, 1, -2) end",
      "for w in utf8.codes(('я'):rep(8e6)) do end while true do end",
      "while true do deals:where { title = contains(('x'):rep(1e6)) } end",
      "local t = {} for i = 1, 1e6 do t[i] = 'x' end while true do table.concat(t) end",
      "local t = {} for i = 1, 2e5 do t[i] = i end while true do table.insert(t, 1, 1) end",
      "while true do string.format('%s', ('x'):rep(1e6)) end",
      "local q = deals while true do q = q:where { title = 'x' } end",
      "x = setmetatable({}, { __mode = 'k' })",
  };
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
    char shown[600];
    double start = seconds();
    enum error_code code = eval(place->state, scripts[i], shown, sizeof shown);
    double took = seconds() - start;
    if (code == ERROR_NONE || took > 3 * LIMIT / 1000.0)
      fail_msg("%s: code %d after %.3f s: %s", scripts[i], code, took, shown);
    assert_int_equal(eval(place->state, "=1 + 1", shown, sizeof shown), ERROR_NONE);
    assert_string_equal(shown, "2\n");
  }
}

/* Lua may take any border for the length of these: some end at once, none may go on. */
static void a_table_with_holes_is_contained(void **context) {
  static const char *const scripts[] = {
      "local t = {} for i = 0, 62 do t[1 << i] = i end table.insert(t, 1, 1)",
      "local t = {} for i = 0, 62 do t[1 << i] = i end table.remove(t, 1)",
  };
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
    char shown[600];
    double start = seconds();
    eval(place->state, scripts[i], shown, sizeof shown);
    assert_true(seconds() - start < 3 * LIMIT / 1000.0);
    assert_int_equal(eval(place->state, "=1 + 1", shown, sizeof shown), ERROR_NONE);
  }
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
      {"for i = 1, 2 do",                                       "incomplete"        },
      {"local t = {",                                           "incomplete"        },
      {"{ 1, x = 'y' }",                                        "{ 1, x = \"y\" }\n"},
      {"local f = function() local inner = 3 return inner end", ""                  },
      {"f()",                                                   "3\n"               },
      {"today() + 1",                                           "2026-01-02\n"      },
      {"local long = [==[",                                     "incomplete"        },
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
      {"dealz",           "line:1: 'dealz' is not defined; did you mean 'deals'?"     },
      {"deals = 1",       "line:1: 'deals' belongs to the language; take another name"},
      {"x = = 1",         "line:1: unexpected symbol near '='"                        },
      {"stage 'x' {}",    "line:1: 'stage' is not defined; did you mean 'stages_of'?" },
      {"'a' < amount(1)", "line:1: money and a string don't go together"              },
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
  } cases[] = {
      {"dea",             "deals"               },
      {"deals:wh",        "deals:where"         },
      {"x = deal.cl",     "x = deal.client"     },
      {"deal.client.ind", "deal.client.industry"},
      {"string.for",      "string.format"       },
  };
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct error err;
    char **names;
    bool found = false;
    assert_true(state_complete(place->state, cases[i].expression, &names, &err));
    for (char **name = names; *name; name++) {
      found = found || strcmp(*name, cases[i].expected) == 0;
      memory_free(*name);
    }
    memory_free(names);
    if (!found)
      fail_msg("%s does not complete to %s", cases[i].expression, cases[i].expected);
  }
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

static void every_mistake_is_told_with_its_line(void **context) {
  static const struct {
    const char *script, *message;
  } cases[] = {
      {"\nlocal x = yes",                                                                   "stages/a.lua:2: 'yes' is not defined"                                              },
      {"x = 1",
       "stages/a.lua:1: 'x' would be a global variable of the whole workspace; write: local x"                                                                                  },
      {"proces \"sale\" {}",                                                                "stages/a.lua:1: 'proces' is not defined; did you mean 'process'?"                  },
      {"extend \"client\" { text \"motto\" { requird = true } }",
       "stages/a.lua:1: text 'motto' has no option 'requird'; did you mean 'required'?"                                                                                         },
      {"extend \"client\" { text \"motto\" { required = 1 } }",
       "stages/a.lua:1: text 'motto': 'required' is a number, not a boolean"                                                                                                    },
      {"extend \"clint\" { text \"motto\" }",
       "stages/a.lua:1: there is no kind 'clint'; did you mean 'client'?"                                                                                                       },
      {"extend \"client\" {\n  ref \"boss\" { to = \"contct\" } }",
       "stages/a.lua:2: ref 'boss' leads to no kind: 'contct'; did you mean 'contact'?"                                                                                         },
      {"extend \"client\" { choice \"size\" {} }",
       "stages/a.lua:1: choice 'size' lists no choices: { \"one\", \"two\" }"                                                                                                   },
      {"process \"sale\" { kind = \"deal\", field = \"stag\", stages = { \"a\" } }",
       "stages/a.lua:1: deal has no field 'stag'; did you mean 'stage'?"                                                                                                        },
      {"process \"sale\" { kind = \"deal\", field = \"title\", stages = { \"a\" } }",
       "stages/a.lua:1: 'title' of deal can be changed by anyone; a process needs a field with "
       "engine = true"                                                                                                                                                          },
      {PROCESS "stage \"sale.frist\" {}",
       "stages/a.lua:2: process 'sale' has no stage 'frist'; did you mean 'first'?"                                                                                             },
      {PROCESS "stage \"sale.first\" { leave = {\n  must \"x\" { \"text\", chek = 1 } } }",
       "stages/a.lua:3: must 'x' has no option 'chek'; did you mean 'check'?"                                                                                                   },
      {PROCESS "stage \"sale.first\" { leave = {\n  must \"x\" { \"text\" } } }",
       "stages/a.lua:3: must 'x' lacks 'check'"                                                                                                                                 },
      {PROCESS "stage \"sale.first\" { leave = {\n  must \"x\" { \"t\", check = today },\n  must "
               "\"x\" { \"t\", check = today } } }",                                 "stages/a.lua:4: criterion 'x' is declared twice; the first is at stages/a.lua:3"   },
      {PROCESS "stage \"sale.first\" { leave = { must \"x\" { \"t\", check = today, needs = { "
               "\"clint\" } } } }",                                                  "stages/a.lua:2: must 'x': needs: deal has no field 'clint'; did you mean 'client'?"},
      {PROCESS "stage \"sale.first\" { leave = { must \"x\" { \"t\", check = today, fix = \"set "
               "{deal.clint}\" } } }",                                               "stages/a.lua:2: must 'x': fix: deal has no field 'clint'; did you mean 'client'?"  },
      {"scorecard \"s\" { kind = \"client\",\n  rule \"r\" { \"t\", points = 1, where = { industri "
       "= \"x\" } } }",                                                              "stages/a.lua:2: rule 'r': client has no field 'industri'; did you mean 'industry'?"},
      {"scorecard \"s\" { kind = \"client\", rule \"r\" { \"t\", points = \"many\" } }",
       "stages/a.lua:1: rule 'r': 'points' is a string, not a number or condition or function"                                                                                  },
      {"local list = { kind = \"client\" }\n"
       "for i = 1, 121 do list[i] = rule(\"r\" .. i) { \"t\", points = 1 } end\n"
       "scorecard \"s\" (list)",                                                     "stages/a.lua:3: scorecard 's' has more than 120 rules"                             },
      {"report \"r\" { title = \"T\", rows = 5 }",
       "stages/a.lua:1: report 'r': 'rows' is a number, not a function"                                                                                                         },
      {"on \"deal.wonn\" (function() end)",                                                 "stages/a.lua:1: nothing raises the event 'deal.wonn'"                              },
      {"kind \"thing\" { belongs_to = \"dael\", text \"name\" }",
       "stages/a.lua:1: kind 'thing' belongs to no kind: 'dael'; did you mean 'deal'?"                                                                                          },
      {"rollup \"deal.x\" { sum \"amount\" }",
       "stages/a.lua:1: sum names the kind too: sum \"deal.amount\""                                                                                                            },
      {"test \"t\" { expct = 1 }",
       "stages/a.lua:1: test 't' has no option 'expct'; did you mean 'expect'?"                                                                                                 },
      {"stage \"sale.first\" {\n",                                                          "stages/a.lua:2: unexpected symbol near <eof>"                                      },
  };
  struct place_of_work *place = *context;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct error err;
    write_file(place->folder, "stages/a.lua", cases[i].script);
    if (load(place, NULL, &err))
      fail_msg("accepted: %s", cases[i].script);
    assert_string_equal(err.message, cases[i].message);
    assert_int_equal(err.code, ERROR_SCRIPT);
  }
}

static void all_mistakes_are_told_at_once(void **context) {
  struct place_of_work *place = *context;
  struct text report = {0};
  struct error err;
  write_file(place->folder, "stages/a.lua",
             "extend \"client\" { text \"a\" { x = 1 } }\nlocal y = nope\n");
  write_file(place->folder, "stages/b.lua", PROCESS "stage \"sale.third\" {}\n");
  assert_false(load(place, &report, &err));
  assert_string_equal(text_string(&report),
                      "stages/a.lua:2: 'nope' is not defined\n"
                      "stages/a.lua:1: text 'a' has no option 'x'\n"
                      "stages/b.lua:2: process 'sale' has no stage 'third'\n");
  text_release(&report);
}

static void a_failed_reload_keeps_the_old_rules(void **context) {
  struct place_of_work *place = *context;
  struct error err;
  write_file(place->folder, "stages/a.lua", PROCESS "extend \"client\" { text \"motto\" }\n");
  if (!load(place, NULL, &err))
    fail_msg("%s", err.message);
  struct state *before = place->state;
  struct rules *rules = place->engine->rules;
  char *hash = memory_copy_text(place->engine->book->ruleset);
  write_file(place->folder, "stages/a.lua",
             PROCESS "extend \"client\" { text \"motto\", text \"motto\" }\n");
  assert_false(load(place, NULL, &err));
  assert_ptr_equal(place->state, before);
  assert_ptr_equal(place->engine->rules, rules);
  assert_string_equal(place->engine->book->ruleset, hash);
  memory_free(hash);
  assert_non_null(engine_process(place->engine, "sale"));
  write_file(place->folder, "stages/a.lua",
             "extend \"client\" { text \"motto\", text \"song\" }\n");
  if (!load(place, NULL, &err))
    fail_msg("%s", err.message);
  assert_null(engine_process(place->engine, "sale"));
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
  if (!state_import_plan(place->state, path, &plan, &err))
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
  assert_false(state_import_plan(place->state, path, &plan, &err));
  assert_string_equal(err.message,
                      "map.lua:2: column 'x': deal has no field 'titel'; did you mean 'title'?");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_hostile_script_is_contained, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(a_table_with_holes_is_contained, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(nothing_dangerous_is_reachable, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(the_session_keeps_its_variables, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(a_wrong_line_says_where_and_what, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(names_complete, open_shipped, close_place),
      cmocka_unit_test_setup_teardown(every_mistake_is_told_with_its_line, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(all_mistakes_are_told_at_once, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(a_failed_reload_keeps_the_old_rules, make_folder,
                                      remove_folder),
      cmocka_unit_test_setup_teardown(loading_obeys_the_limits, make_folder, remove_folder),
      cmocka_unit_test_setup_teardown(a_mapping_becomes_a_plan, make_folder, remove_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
