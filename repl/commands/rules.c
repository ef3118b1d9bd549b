/* rules list, show, check, test, versions, reload: the scripts themselves. What trying them on the
 * data does stands in lab.c, putting them into force in activate.c. */
#include "repl/rules.h"

#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"
#include "repl/commands/coverage.h"
#include "repl/commands/declaration.h"
#include "repl/commands/graph.h"
#include "repl/commands/lab.h"
#include "repl/commands/trial.h"
#include "repl/failure.h"
#include "repl/interrupt.h"

enum { HASH_SHOWN = 8 };

static bool add_row(void *payload, const struct declaration *declaration, struct error *err) {
  struct call *call = payload;
  struct text place = {0};
  if (declaration->place->file)
    text_format(&place, "%s:%d", declaration->place->file, declaration->place->line);
  struct value cells[] = {value_text(declaration->what), value_text(declaration->id),
                          value_text(declaration->text), value_text(text_string(&place))};
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < 4; i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&place);
  return done;
}

static bool list_rules(struct call *call, struct error *err) {
  return call_expect(call, 0, 0, err) && call_begin_result(call, "rules", "", err) &&
         result_add_column(&call->result, "what", translate("what"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "id", translate("id"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "text", translate("text"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "place", translate("place"), FIELD_TEXT, err) &&
         declaration_visit(call->session->engine->rules, add_row, call, err);
}

static bool show_rule(struct call *call, struct error *err) {
  return call_expect(call, 1, 1, err) && declaration_show(call, call_word(call, 0), err);
}

/* Those that are asked for by --rules, else the files as they are: the rules in force may be older.
 */
static const char *rules_to_look_at(const struct call *call) {
  return call->settings.rules && !call->settings.safe ? call->settings.rules : "files";
}

static bool open_lent(struct call *call, struct error *err) {
  struct session *session = call->session;
  if (!session_open(session, COMMAND_NEEDS_RULES, &call->complaint, err))
    return false;
  interrupt_aim(session_book(session), session->state);
  return true;
}

static bool run_tests(void *payload, struct error *err) {
  struct call *call = payload;
  struct state_tests tests = {.pattern = call_word(call, 0), .result = &call->result};
  if (!open_lent(call, err) || !call_begin_result(call, "tests", "", err))
    return false;
  if (call_has(call, "coverage"))
    return coverage_run_tests(call, &tests, err);
  if (!state_run_tests(call->session->state, &tests, err))
    return false;
  if (tests.pattern && call->result.rows.count == 0) {
    error_set(err, ERROR_NOT_FOUND, "no test is called like '%s'; 'rules test' runs them all",
              tests.pattern);
    return error_blame(err, tests.pattern);
  }
  coverage_tell_failed(call, &tests);
  return true;
}

static bool test_rules(struct call *call, struct error *err) {
  return call_expect(call, 0, 1, err) &&
         session_lend(call->session, rules_to_look_at(call), run_tests, call, err);
}

static bool cover(void *payload, struct error *err) {
  struct call *call = payload;
  return open_lent(call, err) && coverage_run(call, err);
}

static bool cover_rules(struct call *call, struct error *err) {
  return call_expect(call, 0, 1, err) &&
         session_lend(call->session, rules_to_look_at(call), cover, call, err);
}

/* What is wrong is the answer, not a failure of the command. */
static bool found_wrong(struct call *call, struct error *err) {
  if (err->code != ERROR_SCRIPT && err->code != ERROR_INVALID && err->code != ERROR_NOT_FOUND)
    return false;
  if (!call->complaint.length)
    text_format(&call->complaint, "%s\n", err->message);
  call->exit_code = EXIT_EMPTY; /* the check found something */
  return true;
}

/* Whether what was found right is what counts. */
static bool say_whether_in_force(struct call *call, struct trial *trial, struct error *err) {
  struct activation in_force;
  const char *checked = session_book(&trial->session)->ruleset;
  if (!trial_in_force(&in_force, call, err))
    return false;
  if (in_force.ruleset[0] && strcmp(in_force.ruleset, checked) != 0)
    text_append(&call->text,
                translate("they are not in force: 'rules diff' shows how they differ, 'rules "
                          "activate' takes them over\n"));
  return true;
}

/* The scripts in the workspace now, whatever was loaded before; nothing in force changes. */
static bool check_rules(struct call *call, struct error *err) {
  struct trial trial;
  if (!call_expect(call, 0, 0, err))
    return false;
  if (!trial_open_empty(&trial, call, rules_to_look_at(call), err))
    return found_wrong(call, err);
  bool right = trial_check_examples(&trial, &call->complaint, err);
  if (right)
    text_append(&call->text, translate("the rules are right\n"));
  bool done = right ? say_whether_in_force(call, &trial, err) : found_wrong(call, err);
  trial_close(&trial);
  return done;
}

static bool reload_rules(struct call *call, struct error *err) {
  return call_expect(call, 0, 0, err) &&
         session_open(call->session, COMMAND_NEEDS_RULES, &call->complaint, err) &&
         session_reload(call->session, &call->complaint, err) &&
         rules_append_standing(&call->text, call->session, err);
}

static bool add_version(struct call *call, const struct ruleset_version *version,
                        const struct activation *in_force, const char *files, struct error *err) {
  struct text standing = {0};
  if (strcmp(version->hash, in_force->ruleset) == 0)
    text_append(&standing, translate("in force"));
  if (strcmp(version->hash, files) == 0)
    text_format(&standing, "%s%s", standing.length ? ", " : "", translate("the files"));
  struct value cells[] = {value_text_bytes(version->hash, HASH_SHOWN),
                          value_instant(version->at),
                          value_text(version->actor),
                          value_boolean(version->activated),
                          value_integer(version->units),
                          value_text(version->reason),
                          value_text(standing.length ? text_string(&standing) : NULL)};
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&standing);
  return done;
}

static bool begin_versions(struct call *call, struct error *err) {
  struct result *result = &call->result;
  return call_begin_result(call, "rule_sets", "", err) &&
         result_add_column(result, "rules", translate("rules"), FIELD_TEXT, err) &&
         result_add_column(result, "at", translate("at"), FIELD_INSTANT, err) &&
         result_add_column(result, "by", translate("by"), FIELD_TEXT, err) &&
         result_add_column(result, "activated", translate("activated"), FIELD_BOOLEAN, err) &&
         result_add_column(result, "units", translate("units of work"), FIELD_INTEGER, err) &&
         result_add_column(result, "reason", translate("reason"), FIELD_TEXT, err) &&
         result_add_column(result, "standing", translate("standing"), FIELD_TEXT, err);
}

/* What the files are may be wrong as rules; then they are none of those kept. */
static void hash_files(const struct session *session, char hash[DIGEST_HEX_SIZE]) {
  struct text source = {0};
  struct error ignored;
  hash[0] = '\0';
  if (state_read_source(session->workspace, &source, &ignored))
    digest_hex(text_string(&source), source.length, hash);
  text_release(&source);
}

static bool list_versions(struct call *call, struct error *err) {
  struct ruleset_version *versions = NULL;
  struct activation in_force;
  size_t count = 0;
  char files[DIGEST_HEX_SIZE];
  struct book *book = session_book(call->session);
  if (!call_expect(call, 0, 0, err) || !begin_versions(call, err) ||
      !activation_load(&in_force, book, err) || !ruleset_versions(book, &versions, &count, err))
    return false;
  hash_files(call->session, files);
  bool done = true;
  for (size_t i = 0; done && i < count; i++)
    done = add_version(call, &versions[i], &in_force, files, err);
  ruleset_versions_free(versions, count);
  return done;
}

static bool write_meta(struct call *call, struct error *err) {
  return call_expect(call, 0, 0, err) && state_meta(call->session->state, &call->text, err);
}

static const struct option_entry diff_options[] = {
    {"full", 0, NULL, N_("the lines that differ as well, as diff -u shows them"), 0},
    {0 },
};
static const struct option_entry backtest_options[] = {
    {"since",     0, N_("DATE"), N_("only moves from that day on"), 0},
    {"until", 0, N_("DATE"), N_("only moves up to that day"), 0},
    {"process",          0, N_("NAME"), N_("only moves through this process"), 0},
    {"list",     0, NULL, N_("the moves that would go otherwise, one by one, with the reasons"), 0},
    {0},
};
static const struct option_entry impact_options[] = {
    {"process",   0, N_("NAME"), N_("only what this process would tell"), 0},
    {"list", 0, NULL, N_("record by record, with the criteria that are the reason"), 0},
    {0         },
};
static const struct option_entry activate_options[] = {
    {"files", 0, NULL, N_("let the files of the workspace be in force as they are"), 0},
    {"force",   0, NULL, N_("even if tests of the rules fail; needs --reason"), 0},
    {0     },
};

static const char *const list_examples[] = {"rules", "rules list -f csv", NULL};
static const char *const show_examples[] = {"rules show sale.qualifying.fit", "rules show fit",
                                            "sale.qualifying.fit??", NULL};
static const char *const check_examples[] = {"rules check", NULL};
static const char *const test_examples[] = {"rules test", "rules test price",
                                            "rules test --coverage", NULL};
static const char *const coverage_examples[] = {"rules coverage", "rules coverage sale --each",
                                                NULL};
static const char *const graph_examples[] = {"rules graph", "rules graph sale -o sale.dot", NULL};
static const char *const meta_examples[] = {"rules meta > library/dealwright.lua", NULL};
static const char *const diff_examples[] = {"rules diff", "rules diff --full",
                                            "rules diff shipped files",
                                            "rules diff 3fa9c2d1 ../new", NULL};
static const char *const backtest_examples[] = {"rules backtest",
                                                "rules backtest --process sale --since 2026-01-01",
                                                "rules backtest ../new --list", NULL};
static const char *const impact_examples[] = {"rules impact",
                                              "rules impact --list --sort -difference",
                                              "rules impact ../new --process sale", NULL};
static const char *const activate_examples[] = {
    "rules activate --reason \"a contract date is needed to win\"", "rules activate 3fa9c2d1",
    "rules activate --files", NULL};
static const char *const versions_examples[] = {"rules versions", NULL};
static const char *const reload_examples[] = {"rules reload", NULL};

static const struct command topics[] = {
    {.verb = "rules list",
     .arguments = "",
     .summary = N_("list what the rules declare, each with its place"),
     .examples = list_examples,
     .flags = COMMAND_NEEDS_RULES,
     .run = list_rules},
    {.verb = "rules show",
     .arguments = N_("ID"),
     .summary = N_("show how a rule is written"),
     .examples = show_examples,
     .flags = COMMAND_NEEDS_RULES,
     .completes = COMPLETES_DECLARATIONS,
     .run = show_rule},
    {.verb = "rules check",
     .arguments = "",
     .summary = N_("find mistakes in the files of the workspace"),
     .examples = check_examples,
     .run = check_rules},
    {.verb = "rules test",
     .arguments = N_("[NAME]"),
     .summary = N_("run the tests in the files of the workspace"),
     .examples = test_examples,
     .options = coverage_test_options,
     .run = test_rules},
    {.verb = "rules coverage",
     .arguments = N_("[NAME]"),
     .summary = N_("tell what the tests saw of the rules, and what they never saw"),
     .examples = coverage_examples,
     .options = coverage_options,
     .run = cover_rules},
    {.verb = "rules graph",
     .arguments = N_("[PROCESS]"),
     .summary = N_("draw processes: their stages, what is asked there, how many went on"),
     .examples = graph_examples,
     .flags = COMMAND_NEEDS_RULES,
     .completes = COMPLETES_PROCESSES,
     .run = graph_run},
    {.verb = "rules meta",
     .arguments = "",
     .summary = N_("tell an editor what scripts can call: annotations for the Lua language server"),
     .examples = meta_examples,
     .flags = COMMAND_NEEDS_RULES,
     .run = write_meta},
    {.verb = "rules diff",
     .arguments = N_("[HASH|DIR [HASH|DIR]]"),
     .summary = N_("what the files of the workspace declare otherwise than the rules in force"),
     .examples = diff_examples,
     .options = diff_options,
     .completes = COMPLETES_RULE_SETS,
     .run = lab_diff},
    {.verb = "rules backtest",
     .arguments = N_("[HASH|DIR]"),
     .summary = N_("judge all past moves again by the files, each as things stood then"),
     .examples = backtest_examples,
     .options = backtest_options,
     .completes = COMPLETES_RULE_SETS,
     .run = lab_backtest},
    {.verb = "rules impact",
     .arguments = N_("[HASH|DIR]"),
     .summary = N_("what the files would change now: moves, promotions, grades, fields"),
     .examples = impact_examples,
     .options = impact_options,
     .completes = COMPLETES_RULE_SETS,
     .run = lab_impact},
    {.verb = "rules activate",
     .arguments = N_("[HASH|DIR]"),
     .summary = N_("put the files of the workspace, or other rules, into force"),
     .examples = activate_examples,
     .options = activate_options,
     .flags = COMMAND_WRITES | COMMAND_PROMPT,
     .completes = COMPLETES_RULE_SETS,
     .run = lab_activate},
    {.verb = "rules versions",
     .arguments = "",
     .summary = N_("list the rule sets that are kept: which were in force, since when, by whom"),
     .examples = versions_examples,
     .flags = COMMAND_NEEDS_BOOK,
     .run = list_versions},
    {.verb = "rules reload",
     .arguments = "",
     .summary = N_("read the scripts again"),
     .examples = reload_examples,
     .flags = COMMAND_PROMPT,
     .run = reload_rules},
    {0                                                },
};

static const char *const examples[] = {"rules check",    "rules test",     "rules diff",
                                       "rules activate", "rules show fit", NULL};

const struct command rules_commands[] = {
    {.verb = "rules",
     .arguments = N_("[PART [ARGUMENT]...]"),
     .summary = N_("look at the rules, try changed ones on the data, put them into force"),
     .examples = examples,
     .topics = topics},
    {0},
};
