/* rules check|test|list|show|reload: the scripts themselves. */
#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"
#include "engine/verb.h"
#include "repl/commands/coverage.h"
#include "repl/commands/declaration.h"
#include "repl/failure.h"
#include "repl/session.h"

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
  return call_begin_result(call, "rules", "", err) &&
         result_add_column(&call->result, "what", translate("what"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "id", translate("id"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "text", translate("text"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "place", translate("place"), FIELD_TEXT, err) &&
         declaration_visit(call->session->engine->rules, add_row, call, err);
}

static bool show_rule(struct call *call, struct error *err) {
  const char *id = call_word(call, 1);
  return id ? declaration_show(call, id, err) : error_set(err, ERROR_USAGE, "usage: rules show ID");
}

static bool test_rules(struct call *call, struct error *err) {
  struct state_tests tests = {.pattern = call_word(call, 1), .result = &call->result};
  if (!call_begin_result(call, "tests", "", err))
    return false;
  if (call_has(call, "coverage"))
    return coverage_run_tests(call, &tests, err);
  if (!state_run_tests(call->session->state, &tests, err))
    return false;
  coverage_tell_failed(call, &tests);
  return true;
}

/* All examples that can't be read, one per line; false when there are any. */
static bool check_examples(const struct session *session, struct text *faults, struct error *err) {
  const struct list *verbs = &session->engine->rules->verbs;
  bool right = true;
  for (size_t i = 0; i < verbs->count; i++) {
    struct error wrong = {0};
    if (declared_check_examples(*(struct verb **)list_at(verbs, i), session->engine, &wrong))
      continue;
    text_format(faults, "%s\n", wrong.message);
    if (right)
      *err = (struct error){.code = ERROR_SCRIPT};
    right = false;
  }
  return right;
}

/* The scripts in the workspace now, whatever was loaded before; nothing in force changes. */
static bool check_rules(struct call *call, struct error *err) {
  struct session trial;
  struct settings settings = call->settings;
  settings.database = "/nonexistent/rules-check"; /* nobody's data: the rules are tried in memory */
  settings.workspace = call->session->workspace;
  if (!session_init(&trial, &settings, err))
    return false;
  bool right = session_open(&trial, COMMAND_NEEDS_RULES, &call->complaint, err) &&
               check_examples(&trial, &call->complaint, err);
  session_release(&trial);
  if (right) {
    text_append(&call->text, translate("the rules are right\n"));
    return true;
  }
  if (err->code != ERROR_SCRIPT && err->code != ERROR_INVALID && err->code != ERROR_NOT_FOUND)
    return false;
  if (!call->complaint.length)
    text_format(&call->complaint, "%s\n", err->message);
  call->exit_code = EXIT_EMPTY; /* the check found something */
  return true;
}

static bool reload_rules(struct call *call, struct error *err) {
  if (!session_open(call->session, COMMAND_NEEDS_RULES, &call->complaint, err) ||
      !session_reload(call->session, &call->complaint, err))
    return false;
  text_append(&call->text, translate("the rules are in force\n"));
  return true;
}

struct topic {
  const char *word;
  bool needs_rules; /* check reads them itself: they may be wrong */
  bool (*run)(struct call *call, struct error *err);
};

static const struct topic topics[] = {
    {"check",    false, check_rules },
    {"test",     true,  test_rules  },
    {"coverage", true,  coverage_run},
    {"list",     true,  list_rules  },
    {"show",     true,  show_rule   },
    {"reload",   false, reload_rules},
};

enum { TOPIC_COUNT = sizeof topics / sizeof *topics };
static const char *const words[TOPIC_COUNT + 1] = {"check", "test",   "coverage", "list",
                                                   "show",  "reload", NULL};

static bool run_rules(struct call *call, struct error *err) {
  const char *word = call_count(call) ? call_word(call, 0) : "list";
  for (size_t i = 0; i < TOPIC_COUNT; i++) {
    const struct topic *topic = &topics[i];
    if (strcmp(word, topic->word) != 0)
      continue;
    if (topic->needs_rules &&
        !session_open(call->session, COMMAND_NEEDS_RULES, &call->complaint, err))
      return false;
    return topic->run(call, err);
  }
  const char *near = text_suggest(word, words, TOPIC_COUNT);
  if (near)
    error_set(err, ERROR_USAGE, "no 'rules %s'; did you mean 'rules %s'?", word, near);
  else
    error_set(err, ERROR_USAGE,
              "no 'rules %s'; there are check, test, coverage, list, show and reload", word);
  return error_blame(err, word);
}

static const char *const examples[] = {
    "rules check",           "rules test", "rules coverage",
    "rules test --coverage", "rules list", "rules show sale.qualifying.fit",
    "sale.qualifying.fit??", NULL};

const struct command rules_commands[] = {
    {.verb = "rules",
     .arguments = N_("check|test|coverage|list|show|reload [NAME]"),
     .summary = N_("check, test and look at the rules of the workspace"),
     .examples = examples,
     .options = coverage_options,
     .words = words,
     .completes = COMPLETES_TOPICS,
     .run = run_rules},
    {0},
};
