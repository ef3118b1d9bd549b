/* Whatever the shipped workspace declares for people has its Russian twin: kinds and fields with
 * their help and choices, processes, stages, criteria and what they advise, scorecards, reports
 * with their parameters and columns, commands, schedules. All that lacks is listed at once. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "bind/bind.h"
#include "engine/accept.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/schedule.h"
#include "engine/scorecard.h"
#include "engine/verb.h"
#include "support/unit.h"

struct twins {
  struct engine *engine;
  struct state *state;
  struct text missing; /* one a line */
  size_t seen;
};

static int open_shipped(void **context) {
  struct error err;
  struct book *book;
  struct twins *twins = memory_new(sizeof *twins);
  const struct state_limits limits = {.milliseconds = 30000, .bytes = 64 << 20};
  assert_true(translate_use("ru"));
  assert_true(book_open(&book, "", BOOK_MEMORY, &err));
  assert_true(engine_open(&twins->engine, book, &err));
  if (!state_load(&twins->state, twins->engine, &(struct state_setup){.limits = &limits}, &err))
    fail_msg("%s", err.message);
  *context = twins;
  return 0;
}

static int close_shipped(void **context) {
  struct twins *twins = *context;
  state_close(twins->state);
  engine_close(twins->engine);
  text_release(&twins->missing);
  memory_free(twins);
  return translate_use("en") ? 0 : 1;
}

static bool has_words(const char *text) {
  for (; text && *text; text++)
    if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
      return true;
  return false;
}

static bool is_cyrillic(const char *text) {
  return text && (strchr(text, '\xD0') || strchr(text, '\xD1'));
}

/* Names, signs and abbreviations that are the same in both languages need no letter of Russian. */
static bool is_international(const char *text) {
  static const char *const same[] = {"E-mail", "NPS", "ROI", "PDF",  "id",     "SMART",
                                     "USD",    "A",   "B",   "BANT", "MEDDICC"};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++)
    if (strcmp(same[i], text) == 0)
      return true;
  return false;
}

static void want(struct twins *twins, const char *owner, const char *what, const char *text,
                 const char *russian) {
  twins->seen += text != NULL;
  if (has_words(text) && !is_cyrillic(russian) && !is_international(text))
    text_format(&twins->missing, "%s: %s \"%s\"\n", owner, what, text);
}

static void see_field(struct twins *twins, const char *owner, const struct field *field) {
  struct text name = {0};
  text_format(&name, "%s.%s", owner, field->name);
  const char *place = text_string(&name);
  want(twins, place, "title", field->title, field->title_ru);
  want(twins, place, "help", field->help, field_help(field));
  for (int i = 0; field->choices && field->choices[i]; i++)
    want(twins, place, "choice", field->choices[i], field_choice_title(field, i));
  text_release(&name);
}

/* A parameter is called as it is typed: only what is said about it needs a twin. */
static void see_params(struct twins *twins, const char *owner, const struct list *params) {
  for (size_t i = 0; i < params->count; i++) {
    const struct field *param = list_at(params, i);
    struct text name = {0};
    text_format(&name, "%s(%s)", owner, param->name);
    want(twins, text_string(&name), "help", param->help, param->help_ru);
    text_release(&name);
  }
}

/* A hint that is a command alone is typed as it stands; one with other words has them translated.
 */
static bool is_command(const char *fix) {
  return !strstr(fix, ": ") && !strstr(fix, "then") && !strstr(fix, " or ") && !strstr(fix, "–");
}

static void see_criteria(struct twins *twins, const char *owner, const struct list *criteria) {
  for (size_t i = 0; i < criteria->count; i++) {
    const struct criterion *criterion = *(struct criterion **)list_at(criteria, i);
    struct text name = {0};
    text_format(&name, "%s.%s", owner, criterion->id);
    want(twins, text_string(&name), "text", criterion->text, criterion->text_ru);
    if (criterion->fix && !is_command(criterion->fix))
      want(twins, text_string(&name), "fix", criterion->fix, criterion->fix_ru);
    text_release(&name);
  }
}

static void see_process(struct twins *twins, const struct process *process) {
  want(twins, process->name, "title", process->title, process->title_ru);
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = *(struct stage **)list_at(&process->stages, i);
    struct text name = {0};
    text_format(&name, "%s.%s", process->name, stage->name);
    want(twins, text_string(&name), "title", stage->title ? stage->title : stage->name,
         stage->title_ru);
    want(twins, text_string(&name), "purpose", stage->purpose, stage->purpose_ru);
    see_criteria(twins, text_string(&name), &stage->enter);
    see_criteria(twins, text_string(&name), &stage->leave);
    text_release(&name);
  }
}

static void nothing_is_missing(struct twins *twins, size_t least) {
  fputs(text_string(&twins->missing), stderr); /* cmocka cuts long messages */
  assert_int_equal(twins->missing.length, 0);
  assert_true(twins->seen >= least);
}

static void kinds_fields_and_choices_speak_russian(void **context) {
  struct twins *twins = *context;
  const struct catalog *catalog = twins->engine->book->catalog;
  for (int i = 0; i < catalog_count(catalog); i++) {
    const struct kind *kind = catalog_at(catalog, i);
    want(twins, kind->name, "title", kind->title, kind->title_ru);
    for (int j = 0; j < kind->field_count; j++)
      see_field(twins, kind->name, kind->fields[j]);
  }
  nothing_is_missing(twins, 200);
}

static void processes_and_their_criteria_speak_russian(void **context) {
  struct twins *twins = *context;
  const struct rules *rules = twins->engine->rules;
  for (size_t i = 0; i < rules->processes.count; i++)
    see_process(twins, *(struct process **)list_at(&rules->processes, i));
  for (size_t i = 0; i < rules->acceptances.count; i++) {
    const struct acceptance *acceptance = list_at(&rules->acceptances, i);
    see_criteria(twins, acceptance->kind, &acceptance->criteria);
  }
  nothing_is_missing(twins, 40);
}

static void scorecards_speak_russian(void **context) {
  struct twins *twins = *context;
  const struct list *cards = &twins->engine->rules->scorecards;
  for (size_t i = 0; i < cards->count; i++) {
    const struct scorecard *card = *(struct scorecard **)list_at(cards, i);
    want(twins, card->name, "title", card->title, card->title_ru);
    for (size_t j = 0; j < card->rules.count; j++) {
      const struct score_rule *rule = *(struct score_rule **)list_at(&card->rules, j);
      want(twins, card->name, "text", rule->text, rule->text_ru);
    }
  }
  nothing_is_missing(twins, 10);
}

static bool needs_an_argument(const struct report *report) {
  for (size_t i = 0; i < report->params.count; i++)
    if (((const struct field *)list_at(&report->params, i))->flags & FIELD_REQUIRED)
      return true;
  return false;
}

/* Columns are the script's: a run shows what people see of them. */
static void see_columns(struct twins *twins, struct report *report) {
  struct error err;
  struct result result;
  if (needs_an_argument(report))
    return;
  if (!report_run(twins->engine, report, NULL, 0, &result, &err))
    fail_msg("%s: %s", report->name, err.message);
  for (size_t i = 0; i < result.columns.count; i++) {
    const struct result_column *column = list_at(&result.columns, i);
    want(twins, report->name, "column", column->title, column->title);
    want(twins, report->name, "unit", column->unit, column->unit);
  }
  for (size_t i = 0; i < result.notes.count; i++)
    want(twins, report->name, "note", *(char **)list_at(&result.notes, i),
         *(char **)list_at(&result.notes, i));
  result_release(&result);
}

static void reports_speak_russian(void **context) {
  struct twins *twins = *context;
  const struct list *reports = &twins->engine->rules->reports;
  for (size_t i = 0; i < reports->count; i++) {
    struct report *report = *(struct report **)list_at(reports, i);
    want(twins, report->name, "title", report->title, report->title_ru);
    want(twins, report->name, "help", report->help, report->help_ru);
    see_params(twins, report->name, &report->params);
    see_columns(twins, report);
  }
  nothing_is_missing(twins, 40);
}

static void commands_and_schedules_speak_russian(void **context) {
  struct twins *twins = *context;
  const struct rules *rules = twins->engine->rules;
  for (size_t i = 0; i < rules->verbs.count; i++) {
    const struct verb *verb = *(struct verb **)list_at(&rules->verbs, i);
    want(twins, verb->name, "summary", verb->summary, verb->summary_ru);
    see_params(twins, verb->name, &verb->params);
  }
  for (size_t i = 0; i < rules->schedules.count; i++) {
    const struct schedule *schedule = *(struct schedule **)list_at(&rules->schedules, i);
    want(twins, schedule->name, "title", schedule->verb->summary, schedule->title_ru);
  }
  nothing_is_missing(twins, 10);
}

int main(void) {
#define TWINS_TEST(f) cmocka_unit_test_setup_teardown(f, open_shipped, close_shipped)
  const struct CMUnitTest tests[] = {
      TWINS_TEST(kinds_fields_and_choices_speak_russian),
      TWINS_TEST(processes_and_their_criteria_speak_russian),
      TWINS_TEST(scorecards_speak_russian),
      TWINS_TEST(reports_speak_russian),
      TWINS_TEST(commands_and_schedules_speak_russian),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
