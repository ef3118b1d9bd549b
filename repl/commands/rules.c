/* rules check|test|list|show|reload: the scripts themselves. */
#include <libintl.h>
#include <string.h>

#include "engine/accept.h"
#include "engine/automation.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/scorecard.h"
#include "engine/verb.h"
#include "repl/failure.h"
#include "repl/session.h"

/* One declared thing, whatever it is. */
struct declaration {
  const char *what, *id, *text;
  const struct place *place;
};

typedef bool (*visit_fn)(void *payload, const struct declaration *declaration, struct error *err);

/* They are named family.group.id: sale.qualifying.fit, accept.goal.specific. */
static bool visit_criteria(const char *family, const char *group, const struct list *criteria,
                           visit_fn visit, void *payload, struct error *err) {
  struct text id = {0};
  bool done = true;
  for (size_t i = 0; done && i < criteria->count; i++) {
    const struct criterion *criterion = *(struct criterion **)list_at(criteria, i);
    text_clear(&id);
    text_format(&id, "%s.%s.%s", family, group, criterion->id);
    const char *what = criterion->level == LEVEL_MUST ? "must" : "should";
    done = visit(payload,
                 &(struct declaration){what, text_string(&id), criterion->text, &criterion->place},
                 err);
  }
  text_release(&id);
  return done;
}

static bool visit_stage(const struct process *process, const struct stage *stage, visit_fn visit,
                        void *payload, struct error *err) {
  struct text id = {0};
  text_format(&id, "%s.%s", process->name, stage->name);
  struct declaration declaration = {"stage", text_string(&id),
                                    stage->purpose ? stage->purpose : stage->title, &stage->place};
  bool done = visit(payload, &declaration, err) &&
              visit_criteria(process->name, stage->name, &stage->enter, visit, payload, err) &&
              visit_criteria(process->name, stage->name, &stage->leave, visit, payload, err);
  text_release(&id);
  return done;
}

static bool visit_process(const struct process *process, visit_fn visit, void *payload,
                          struct error *err) {
  struct declaration declaration = {"process", process->name, process->title, &process->place};
  if (!visit(payload, &declaration, err))
    return false;
  for (size_t i = 0; i < process->stages.count; i++)
    if (!visit_stage(process, *(struct stage **)list_at(&process->stages, i), visit, payload, err))
      return false;
  return true;
}

static bool visit_scorecard(const struct scorecard *card, visit_fn visit, void *payload,
                            struct error *err) {
  struct declaration declaration = {"scorecard", card->name, card->title, &card->place};
  struct text id = {0};
  bool done = visit(payload, &declaration, err);
  for (size_t i = 0; done && i < card->rules.count; i++) {
    const struct score_rule *rule = *(struct score_rule **)list_at(&card->rules, i);
    text_clear(&id);
    text_format(&id, "%s.%s", card->name, rule->id);
    done = visit(payload, &(struct declaration){"rule", text_string(&id), rule->text, &rule->place},
                 err);
  }
  text_release(&id);
  return done;
}

static bool visit_all(const struct rules *rules, visit_fn visit, void *payload, struct error *err) {
  for (size_t i = 0; i < rules->processes.count; i++)
    if (!visit_process(*(struct process **)list_at(&rules->processes, i), visit, payload, err))
      return false;
  for (size_t i = 0; i < rules->acceptances.count; i++) {
    const struct acceptance *acceptance = list_at(&rules->acceptances, i);
    if (!visit_criteria("accept", acceptance->kind, &acceptance->criteria, visit, payload, err))
      return false;
  }
  for (size_t i = 0; i < rules->scorecards.count; i++)
    if (!visit_scorecard(*(struct scorecard **)list_at(&rules->scorecards, i), visit, payload, err))
      return false;
  for (size_t i = 0; i < rules->reports.count; i++) {
    const struct report *report = *(struct report **)list_at(&rules->reports, i);
    struct declaration declaration = {"report", report->name, report->title, &report->place};
    if (!visit(payload, &declaration, err))
      return false;
  }
  for (size_t i = 0; i < rules->verbs.count; i++) {
    const struct verb *verb = *(struct verb **)list_at(&rules->verbs, i);
    struct declaration declaration = {"command", verb->name, verb->summary, &verb->place};
    if (!visit(payload, &declaration, err))
      return false;
  }
  for (size_t i = 0; i < rules->actions.count; i++) {
    const struct action *action = list_at(&rules->actions, i);
    struct declaration declaration = {"on", action->event, NULL, &action->place};
    if (!visit(payload, &declaration, err))
      return false;
  }
  return true;
}

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
         result_add_column(&call->result, "what", gettext("what"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "id", gettext("id"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "text", gettext("text"), FIELD_TEXT, err) &&
         result_add_column(&call->result, "place", gettext("place"), FIELD_TEXT, err) &&
         visit_all(call->session->engine->rules, add_row, call, err);
}

enum { IDS_MAX = 512 };

/* What `rules show` looks for, and the ids it met for a suggestion. */
struct search {
  struct call *call;
  const char *id;
  struct text ids; /* all of them, each terminated */
  size_t count;
  bool found;
};

/* The full id, or its last part. */
static bool is_named(const char *id, const char *word) {
  const char *dot = strrchr(id, '.');
  return strcmp(id, word) == 0 || (dot && strcmp(dot + 1, word) == 0);
}

static bool show_if_named(void *payload, const struct declaration *declaration, struct error *err) {
  struct search *search = payload;
  struct text *out = &search->call->text;
  text_append_bytes(&search->ids, declaration->id, strlen(declaration->id) + 1);
  search->count++;
  if (!is_named(declaration->id, search->id))
    return true;
  search->found = true;
  text_format(out, "%s %s", declaration->what, declaration->id);
  if (declaration->place->file)
    text_format(out, "   %s:%d", declaration->place->file, declaration->place->line);
  text_append_char(out, '\n');
  if (declaration->text)
    text_format(out, "  %s\n", declaration->text);
  if (!declaration->place->file ||
      !state_source_line(search->call->session->state, declaration->place, out, err))
    return !declaration->place->file;
  text_append_char(out, '\n');
  return true;
}

static bool not_found(const struct search *search, struct error *err) {
  const char *ids[IDS_MAX];
  const char *at = text_string(&search->ids);
  size_t count = 0;
  for (; count < search->count && count < IDS_MAX; at += strlen(at) + 1)
    ids[count++] = at;
  const char *near = text_suggest(search->id, ids, count);
  if (near)
    return error_set(err, ERROR_NOT_FOUND, gettext("no rule '%s'; did you mean '%s'?"), search->id,
                     near);
  return error_set(err, ERROR_NOT_FOUND, gettext("no rule '%s'; 'rules list' shows them all"),
                   search->id);
}

static bool show_rule(struct call *call, struct error *err) {
  struct search search = {.call = call, .id = call_word(call, 1)};
  if (!search.id)
    return error_set(err, ERROR_USAGE, "%s", gettext("usage: rules show ID"));
  bool done = visit_all(call->session->engine->rules, show_if_named, &search, err) &&
              (search.found || not_found(&search, err));
  text_release(&search.ids);
  return done;
}

static bool test_rules(struct call *call, struct error *err) {
  int failed = 0;
  if (!call_begin_result(call, "tests", "", err) ||
      !state_run_tests(call->session->state, call_word(call, 1), &call->result, &failed, err))
    return false;
  if (failed) {
    call->exit_code = EXIT_FAILED;
    text_format(&call->complaint, gettext("%d of %zu tests failed\n"), failed,
                call->result.rows.count);
  }
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
    text_append(&call->text, gettext("the rules are right\n"));
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
  text_append(&call->text, gettext("the rules are in force\n"));
  return true;
}

struct topic {
  const char *word;
  bool needs_rules; /* check reads them itself: they may be wrong */
  bool (*run)(struct call *call, struct error *err);
};

static const struct topic topics[] = {
    {"check",  false, check_rules },
    {"test",   true,  test_rules  },
    {"list",   true,  list_rules  },
    {"show",   true,  show_rule   },
    {"reload", false, reload_rules},
};

enum { TOPIC_COUNT = sizeof topics / sizeof *topics };
static const char *const words[TOPIC_COUNT + 1] = {"check", "test", "list", "show", "reload", NULL};

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
    return error_set(err, ERROR_USAGE, gettext("no 'rules %s'; did you mean 'rules %s'?"), word,
                     near);
  return error_set(err, ERROR_USAGE,
                   gettext("no 'rules %s'; there are check, test, list, show and reload"), word);
}

static const char *const examples[] = {"rules check", "rules test", "rules list",
                                       "rules show sale.qualifying.fit", NULL};

const struct command rules_commands[] = {
    {.verb = "rules",
     .arguments = "check|test|list|show|reload [NAME]",
     .summary = "check, test and look at the rules of the workspace",
     .examples = examples,
     .words = words,
     .completes = COMPLETES_TOPICS,
     .run = run_rules},
    {0},
};
