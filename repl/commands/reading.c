/* report, history, as-of: what was and what it comes to. */
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/report.h"
#include "repl/commands/story.h"
#include "repl/view.h"

enum { HISTORY_LINES = 20, ARGUMENTS_MAX = 32 };

static struct engine *engine_of(const struct call *call) {
  return call->session->engine;
}

static bool add_report(struct call *call, const struct report *report, struct error *err) {
  struct text params = {0};
  for (size_t i = 0; i < report->params.count; i++) {
    const struct field *param = list_at(&report->params, i);
    text_format(&params, "%s%s=%s", i ? " " : "", param->name, field_type_name(param->type));
  }
  struct value cells[] = {
      value_text(report->name), value_text(translate_twin(report->title, report->title_ru)),
      value_text(text_string(&params)), value_text(translate_twin(report->help, report->help_ru))};
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < 4; i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&params);
  return done;
}

static bool list_reports(struct call *call, struct error *err) {
  const struct list *reports = &engine_of(call)->rules->reports;
  if (!call_begin_result(call, "reports", "", err) ||
      !result_add_column(&call->result, "report", translate("report"), FIELD_TEXT, err) ||
      !result_add_column(&call->result, "title", translate("title"), FIELD_TEXT, err) ||
      !result_add_column(&call->result, "parameters", translate("parameters"), FIELD_TEXT, err) ||
      !result_add_column(&call->result, "help", translate("help"), FIELD_TEXT, err))
    return false;
  for (size_t i = 0; i < reports->count; i++)
    if (!add_report(call, *(struct report **)list_at(reports, i), err))
      return false;
  return true;
}

/* "since=2026-01-01" → name and word; names: owned texts, released by the caller. */
static bool read_arguments(const struct call *call, struct report_argument *arguments, char **names,
                           size_t *count, struct error *err) {
  for (*count = 0; *count + 1 < call_count(call); ++*count) {
    const char *word = call_word(call, *count + 1);
    const char *equals = strchr(word, '=');
    if (!equals || *count == ARGUMENTS_MAX) {
      error_set(err, ERROR_USAGE, "'%s' is no parameter; write name=value", word);
      return error_blame(err, word);
    }
    struct text name = {0};
    text_append_bytes(&name, word, (size_t)(equals - word));
    if (!(names[*count] = text_take(&name, err)))
      return false;
    arguments[*count] = (struct report_argument){names[*count], equals + 1};
  }
  return true;
}

/* Names were copied out of the words. */
static bool blame_argument(const struct call *call, char *const *names, size_t count,
                           struct error *err) {
  for (size_t i = 0; i < count; i++)
    if (err->blamed == names[i])
      error_blame_part(err, call_word(call, i + 1), strlen(names[i]));
  return false;
}

static bool run_named(struct call *call, struct report *report, struct error *err) {
  struct report_argument arguments[ARGUMENTS_MAX];
  char *names[ARGUMENTS_MAX] = {0};
  size_t count = 0;
  bool done = read_arguments(call, arguments, names, &count, err) &&
              report_run(engine_of(call), report, arguments, count, &call->result, err);
  call->has_result = done || blame_argument(call, names, count, err);
  for (size_t i = 0; i < ARGUMENTS_MAX; i++)
    memory_free(names[i]);
  return done;
}

static bool run_report(struct call *call, struct error *err) {
  struct report *report = NULL;
  if (call_count(call) == 0)
    return list_reports(call, err);
  return engine_find_report(engine_of(call), call_word(call, 0), &report, err) &&
         run_named(call, report, err);
}

static bool run_history(struct call *call, struct error *err) {
  int64_t limit = HISTORY_LINES, record = 0;
  if (!call_expect(call, 0, 1, err))
    return false;
  if (call_count(call))
    return session_record_id(call->session, call_word(call, 0), NULL, &record, err) &&
           story_tell(call, record, err);
  if (call->settings.limit && !view_limit(call->settings.limit, &limit, err))
    return false;
  return story_units(call, limit, err);
}

static bool is_off(const char *word) {
  return strcmp(word, "now") == 0 || strcmp(word, "off") == 0;
}

/* Another line, seen as of then. */
static bool run_line_as_of(struct call *call, const char *word, struct error *err) {
  const struct command *command = NULL;
  call->settings.as_of = word;
  return command_require(call->session, call_word(call, 1), &command, &call->complaint, err) &&
         call_delegate(call, command, (const char *const *)call->words.items + 2,
                       call_count(call) - 2, err);
}

static bool run_as_of(struct call *call, struct error *err) {
  struct session *session = call->session;
  const char *word = call_word(call, 0);
  if (!call_expect(call, 1, -1, err))
    return false;
  if (call_count(call) > 1)
    return run_line_as_of(call, word, err);
  const struct setting *as_of = setting_named("as-of");
  if (is_off(word)) {
    text_append(&call->text, translate("showing the present\n"));
    return session_set(session, as_of, NULL, err);
  }
  if (!session_set(session, as_of, word, err))
    return false;
  text_format(&call->text, translate("showing the data as of %s; 'as-of now' returns\n"), word);
  return true;
}

static const struct option_entry history_options[] = {
    {"changes", 0, NULL, N_("only what changed in the record itself"), 0},
    {NULL,      0, NULL, NULL,                                         0},
};

static const char *const report_examples[] = {"report", "report win_rate",
                                              "report pipeline > pipeline.csv", NULL};
static const char *const history_examples[] = {"history", "history #42", "history #42 --changes",
                                               NULL};
static const char *const as_of_examples[] = {"as-of 2017-06-30", "as-of 2017-06-30 report pipeline",
                                             "as-of now", NULL};
const struct command reading_commands[] = {
    {.verb = "report",
     .arguments = N_("[NAME [PARAMETER=VALUE]...]"),
     .summary = N_("run a report; alone: list them"),
     .examples = report_examples,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_REPORTS,
     .run = run_report},
    {.verb = "history",
     .arguments = N_("[RECORD]"),
     .summary = N_("tell what happened to a record, or the last commands"),
     .examples = history_examples,
     .options = history_options,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_RECORDS,
     .run = run_history},
    {.verb = "as-of",
     .arguments = N_("DATE|now [COMMAND]"),
     .summary = N_("look at the data as they stood then"),
     .examples = as_of_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_PROMPT | COMMAND_VERBATIM,
     .completes = COMPLETES_DAYS,
     .inner = 2,
     .run = run_as_of},
    {0                              },
};
