#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bare.h"
#include "bench.h"

enum { WORDS_MAX = 12 };

static int64_t at_most(int64_t wanted, int64_t available) {
  return wanted < available ? wanted : available;
}

/* Replaces this process, which measure_once() made for it; what it says goes to a file. */
static double execute(const struct scene *scene, const char *const *words) {
  int out = open(scene_path(scene, "out.txt"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (out < 0 || in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0)
    _exit(1);
  execvp(words[0], (char *const *)(uintptr_t)words);
  _exit(1);
}

static double ours(const struct scene *scene, const char *workspace, const char *book,
                   const char *const *words) {
  const char *all[WORDS_MAX] = {scene->program, "-w", workspace, "-d", scene_path(scene, book)};
  for (int i = 5; i < WORDS_MAX - 1 && *words; i++)
    all[i] = *words++;
  return execute(scene, all);
}

/* ---- import ---------------------------------------------------------------------------- */

static void make_csv(const struct scene *scene) {
  generate_clients(scene_path(scene, "clients.csv"), scene->rows);
  product_make_book(scene, "empty.db");
}

static void take_empty(const struct scene *scene) {
  scene_copy(scene, "empty.db", "work.db");
  unlink(scene_path(scene, "peer.db"));
}

static double import_bare(const struct scene *scene) {
  bare_import(scene_path(scene, "work.db"), scene_path(scene, "clients.csv"));
  return -1;
}

static double import_into(const struct scene *scene, const char *book) {
  char mapping[512];
  snprintf(mapping, sizeof mapping, "%s/import.lua", scene->workspace);
  const char *words[] = {"import", mapping, scene_path(scene, "clients.csv"), NULL};
  return ours(scene, scene->workspace, book, words);
}

static double import_ours(const struct scene *scene) {
  return import_into(scene, "work.db");
}

static double import_peer(const struct scene *scene) {
  char command[560];
  snprintf(command, sizeof command, ".import %s client", scene_path(scene, "clients.csv"));
  const char *words[] = {"sqlite3", scene_path(scene, "peer.db"), ".mode csv", command, NULL};
  return execute(scene, words);
}

/* ---- score ----------------------------------------------------------------------------- */

static double import_clients(const struct scene *scene) {
  return import_into(scene, "clients.db");
}

static void make_clients(const struct scene *scene) {
  make_csv(scene);
  scene_copy(scene, "empty.db", "clients.db");
  measure_once(import_clients, scene);
}

static void take_clients(const struct scene *scene) {
  scene_copy(scene, "clients.db", "work.db");
}

static double undo_bare(const struct scene *scene) {
  bare_undo(scene_path(scene, "work.db"));
  return -1;
}

static double undo_ours(const struct scene *scene) {
  const char *words[] = {"undo", "--yes", NULL};
  return ours(scene, scene->workspace, "work.db", words);
}

static double search_bare(const struct scene *scene) {
  bare_index(scene_path(scene, "work.db"));
  return -1;
}

static double search_ours(const struct scene *scene) {
  const char *words[] = {"exec", "find 0000123", NULL};
  return ours(scene, scene->workspace, "work.db", words);
}

static double score_bare(const struct scene *scene) {
  if (bare_score(scene_path(scene, "work.db")) <= 0)
    abort();
  return -1;
}

static double score_ours(const struct scene *scene) {
  const char *words[] = {"score", "bench", NULL};
  return ours(scene, scene->workspace, "work.db", words);
}

/* ---- moves ----------------------------------------------------------------------------- */

static void make_deals(const struct scene *scene) {
  product_make_book(scene, "deals.db");
  generate_deals(scene_path(scene, "deals.db"), scene->rows);
}

static void take_deals(const struct scene *scene) {
  scene_copy(scene, "deals.db", "work.db");
}

static int64_t durable_count(const struct scene *scene) {
  return at_most(500, scene->rows / 20);
}

static int64_t batch_count(const struct scene *scene) {
  return at_most(50000, scene->rows / 20);
}

static double durable_bare(const struct scene *scene) {
  double start = clock_seconds();
  bare_moves(scene_path(scene, "work.db"), durable_count(scene), true);
  return clock_seconds() - start;
}

static double durable_ours(const struct scene *scene) {
  return product_moves(scene, durable_count(scene), true);
}

static double batch_bare(const struct scene *scene) {
  double start = clock_seconds();
  bare_moves(scene_path(scene, "work.db"), batch_count(scene), false);
  return clock_seconds() - start;
}

static double batch_ours(const struct scene *scene) {
  return product_moves(scene, batch_count(scene), false);
}

/* ---- report ---------------------------------------------------------------------------- */

static double pipeline_bare(const struct scene *scene) {
  bare_pipeline(scene_path(scene, "deals.db"));
  return -1;
}

static double pipeline_ours(const struct scene *scene) {
  char shipped[512];
  const char *words[] = {"report", "pipeline", NULL};
  snprintf(shipped, sizeof shipped, "%s/../../../scripts", scene->workspace);
  return ours(scene, shipped, "deals.db", words);
}

static double pipeline_peer(const struct scene *scene) {
  const char *words[] = {"sqlite3", scene_path(scene, "deals.db"), bare_pipeline_sql, NULL};
  return execute(scene, words);
}

static double stays_bare(const struct scene *scene) {
  bare_stays(scene_path(scene, "deals.db"));
  return -1;
}

static double stays_ours(const struct scene *scene) {
  static const char query[] = "=transitions:group_by(\"from_stage\"):select { moves = count(), "
                              "days = average \"days\" }:order_by(\"from_stage\")";
  const char *words[] = {"exec", query, NULL};
  return ours(scene, scene->workspace, "deals.db", words);
}

/* ---- backtest --------------------------------------------------------------------------- */

static double activate(const struct scene *scene) {
  return ours(scene, scene->workspace, "deals.db", (const char *[]){"rules", "activate", NULL});
}

static void make_history(const struct scene *scene) {
  make_deals(scene);
  generate_history(scene_path(scene, "deals.db"));
  measure_once(activate, scene);
}

static double backtest_bare(const struct scene *scene) {
  bare_backtest(scene_path(scene, "deals.db"));
  return -1;
}

static double backtest_ours(const struct scene *scene) {
  const char *words[] = {"rules", "backtest", "--process", "sale", NULL};
  return ours(scene, scene->workspace, "deals.db", words);
}

/* ---- start ----------------------------------------------------------------------------- */

enum { LUA_LINES = 2000, LINES_PER_RULE = 4, RULES_PER_CARD = 100 };

static void write_rules(const struct scene *scene) {
  FILE *file = fopen(scene_path(scene, "large/scorecards/large.lua"), "w");
  if (!file)
    abort();
  for (int i = 0; i < LUA_LINES / LINES_PER_RULE; i++) {
    if (i % RULES_PER_CARD == 0)
      fprintf(file, "%sscorecard \"large%d\" {\n  title = \"Large\", kind = \"client\",\n",
              i ? "}\n" : "", i / RULES_PER_CARD);
    fprintf(file,
            "  rule \"r%d\" {\n    \"rule %d\", points = %d,\n"
            "    when = function(client) return client.employees ~= nil and client.employees > %d "
            "end,\n  },\n",
            i, i, i % 7 + 1, i);
  }
  fputs("}\n", file);
  if (fclose(file) != 0)
    abort();
}

static void make_large(const struct scene *scene) {
  char command[1600];
  snprintf(command, sizeof command, "rm -rf '%s/large' && cp -r '%s' '%s/large'", scene->folder,
           scene->workspace, scene->folder);
  if (system(command) != 0)
    abort();
  write_rules(scene);
  product_make_book(scene, "deals.db");
  generate_deals(scene_path(scene, "deals.db"), 1000);
}

static double start_bare(const struct scene *scene) {
  return execute(scene, (const char *[]){"lua5.4", "-e", "", NULL});
}

static double start_ours(const struct scene *scene) {
  const char *words[] = {"exec", "show #1", NULL};
  return ours(scene, scene_path(scene, "large"), "deals.db", words);
}

static double start_peer(const struct scene *scene) {
  const char *words[] = {"sqlite3", scene_path(scene, "deals.db"), "select 1", NULL};
  return execute(scene, words);
}

static double prompt_bare(const struct scene *scene) {
  (void)scene;
  return typing_prompt((const char *[]){"lua5.4", "-i", NULL}, "> ");
}

static double prompt_ours(const struct scene *scene) {
  return typing_prompt((const char *[]){scene->program, "-w", scene_path(scene, "large"), "-d",
                                        scene_path(scene, "deals.db"), NULL},
                       "deals> ");
}

static double prompt_peer(const struct scene *scene) {
  return typing_prompt((const char *[]){"sqlite3", scene_path(scene, "deals.db"), NULL},
                       "sqlite> ");
}

/* ---- names ----------------------------------------------------------------------------- */

enum { LOOK_UPS = 1000, PREVIEWS = 20, NAMES = 200000 };

static void make_names(const struct scene *scene) {
  struct scene smaller = *scene;
  smaller.rows = at_most(NAMES, scene->rows);
  make_clients(&smaller);
}

static double names_bare(const struct scene *scene) {
  double start = clock_seconds();
  bare_names(scene_path(scene, "clients.db"), LOOK_UPS);
  return (clock_seconds() - start) / LOOK_UPS;
}

static double names_ours(const struct scene *scene) {
  return product_names(scene, LOOK_UPS) / LOOK_UPS;
}

static double complete_ours(const struct scene *scene) {
  return typing_completions(scene, LOOK_UPS) / LOOK_UPS;
}

static double hint_ours(const struct scene *scene) {
  return typing_hints(scene, LOOK_UPS) / LOOK_UPS;
}

static double preview_ours(const struct scene *scene) {
  return typing_previews(scene, PREVIEWS) / PREVIEWS;
}

/* run_memory() takes the first three. */
const struct contest contests[] = {
    {.name = "import",
     .title = "import: a CSV of 12 columns, validated, one unit",
     .peer = "sqlite3 .import into one table",
     .setup = make_csv,
     .prepare = take_empty,
     .run = {import_bare, import_ours, import_peer},
     .goal = 2,
     .peer_goal = 1,
     .heavy = true},
    {.name = "score",
     .title = "score: ten Lua rules, parts kept",
     .setup = make_clients,
     .prepare = take_clients,
     .run = {score_bare, score_ours},
     .goal = 1.5,
     .heavy = true},
    {.name = "undo",
     .title = "undo: the import taken back, every value kept",
     .setup = make_clients,
     .prepare = take_clients,
     .run = {undo_bare, undo_ours},
     .goal = 2,
     .heavy = true},
    {.name = "search",
     .title = "search: the first after an import, which indexes it",
     .setup = make_clients,
     .prepare = take_clients,
     .run = {search_bare, search_ours},
     .goal = 1.5,
     .heavy = true},
    {.name = "durable",
     .title = "durable: moves past 5 criteria, each durable",
     .setup = make_deals,
     .prepare = take_deals,
     .run = {durable_bare, durable_ours},
     .goal = 1 / 0.9},
    {.name = "batch",
     .title = "batch: moves past 5 criteria, one transaction",
     .setup = make_deals,
     .prepare = take_deals,
     .run = {batch_bare, batch_ours},
     .goal = 1 / 0.6},
    {.name = "pipeline",
     .title = "pipeline: the report, beside its SQL",
     .peer = "the sqlite3 shell",
     .setup = make_deals,
     .run = {pipeline_bare, pipeline_ours, pipeline_peer},
     .goal = 1.2,
     .peer_goal = 1.2},
    {.name = "stays",
     .title = "stays: time in stage over all moves, beside its SQL",
     .setup = make_deals,
     .run = {stays_bare, stays_ours},
     .goal = 1.2},
    {.name = "backtest",
     .title = "backtest: each past move judged again as things stood then",
     .setup = make_history,
     .run = {backtest_bare, backtest_ours},
     .goal = 2,
     .heavy = true},
    {.name = "start",
     .title = "start: exec 'show #1' with 2,000 lines, beside lua -e ''",
     .peer = "sqlite3 'select 1'",
     .setup = make_large,
     .run = {start_bare, start_ours, start_peer},
     .limit = 0.015,
     .peer_goal = 3},
    {.name = "prompt",
     .title = "prompt: from exec to it with 2,000 lines, beside lua -i",
     .peer = "the sqlite3 shell",
     .setup = make_large,
     .run = {prompt_bare, prompt_ours, prompt_peer},
     .limit = 0.015,
     .peer_goal = 3},
    {.name = "names",
     .title = "names: 20 by a prefix of 200,000, beside an index range",
     .setup = make_names,
     .run = {names_bare, names_ours},
     .limit = 0.020},
    {.name = "complete",
     .title = "complete: a name at the prompt, beside the index range",
     .setup = make_names,
     .run = {names_bare, complete_ours},
     .limit = 0.020},
    {.name = "hint",
     .title = "hint: at each key, beside the index range",
     .setup = make_names,
     .run = {names_bare, hint_ours},
     .limit = 0.005},
    {.name = "preview",
     .title = "preview: counting 200,000 while somebody may type",
     .setup = make_names,
     .run = {names_bare, preview_ours},
     .limit = 0.160},
    {0       },
};
