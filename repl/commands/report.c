/* report and chart: what it comes to, as a table and as a picture. */
#include "engine/report.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/plot_choice.h"
#include "repl/session.h"
#include "repl/view.h"

enum { ARGUMENTS_MAX = 32 };

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

/* The parameters among the words, "since=2026-01-01", as name and word. */
struct arguments {
  struct report_argument items[ARGUMENTS_MAX];
  char *names[ARGUMENTS_MAX];       /* owned */
  const char *words[ARGUMENTS_MAX]; /* as typed */
  size_t count;
};

static bool add_argument(struct arguments *arguments, const char *word, struct error *err) {
  const char *equals = strchr(word, '=');
  if (!equals || arguments->count == ARGUMENTS_MAX) {
    error_set(err, ERROR_USAGE, "'%s' is no parameter; write name=value", word);
    return error_blame(err, word);
  }
  struct text name = {0};
  text_append_bytes(&name, word, (size_t)(equals - word));
  char *copy = text_take(&name, err);
  if (!copy)
    return false;
  arguments->names[arguments->count] = copy;
  arguments->words[arguments->count] = word;
  arguments->items[arguments->count++] = (struct report_argument){copy, equals + 1};
  return true;
}

static void arguments_release(struct arguments *arguments) {
  for (size_t i = 0; i < arguments->count; i++)
    memory_free(arguments->names[i]);
}

/* Names were copied out of the words. */
static bool blame_argument(const struct arguments *arguments, struct error *err) {
  for (size_t i = 0; i < arguments->count; i++)
    if (err->blamed == arguments->names[i])
      error_blame_part(err, arguments->words[i], strlen(arguments->names[i]));
  return false;
}

static bool run_named(struct call *call, const char *name, const struct arguments *arguments,
                      struct error *err) {
  struct report *report = NULL;
  call->has_result = engine_find_report(engine_of(call), name, &report, err) &&
                     (report_run(engine_of(call), report, arguments->items, arguments->count,
                                 &call->result, err) ||
                      blame_argument(arguments, err));
  return call->has_result;
}

static bool run_report(struct call *call, struct error *err) {
  struct arguments arguments = {.count = 0};
  bool done = true;
  if (call_count(call) == 0)
    return list_reports(call, err);
  for (size_t i = 1; done && i < call_count(call); i++)
    done = add_argument(&arguments, call_word(call, i), err);
  done = done && run_named(call, call_word(call, 0), &arguments, err);
  arguments_release(&arguments);
  return done;
}

static bool add_columns(struct chart *chart, const char *words, struct error *err) {
  struct text name = {0};
  bool ignored = false, done = true;
  while (done && view_next(&words, &name, &ignored))
    done = chart_add_y(chart, text_string(&name), err);
  text_release(&name);
  return done;
}

/* "month" or "month,owner": what names the points, and what parts them into series. */
static bool add_by(struct chart *chart, const char *words, struct error *err) {
  struct text name = {0};
  bool ignored = false, done = true;
  if (!words || !view_next(&words, &name, &ignored))
    done = error_set(err, ERROR_USAGE, "'by' is followed by a column: chart pipeline by stage");
  done = done && chart_set_x(chart, text_string(&name), err);
  if (done && view_next(&words, &name, &ignored))
    done = chart_set_by(chart, text_string(&name), err);
  if (done && view_next(&words, &name, &ignored))
    done = error_set(err, ERROR_USAGE, "a chart goes by two columns at most");
  text_release(&name);
  return done;
}

/* first: behind what is drawn. */
static bool read_wish(const struct call *call, size_t first, struct arguments *arguments,
                      struct chart *chart, struct error *err) {
  const char *type = call_option(call, "type");
  bool done = !type || chart_type_find(&chart->type, type, err);
  chart->has_type = type != NULL;
  for (size_t i = first; done && i < call_count(call); i++) {
    const char *word = call_word(call, i);
    if (strcmp(word, "by") == 0)
      done = add_by(chart, call_word(call, ++i), err);
    else if (strchr(word, '='))
      done = add_argument(arguments, word, err);
    else
      done = add_columns(chart, word, err);
  }
  return done;
}

/* What was not wished for stays as the report declares it. */
static bool complete_wish(struct chart *wish, const struct chart *declared, struct error *err) {
  if (!wish->has_type) {
    wish->type = declared->type;
    wish->has_type = declared->has_type && !wish->x;
  }
  if (!wish->x && !(chart_set_x(wish, declared->x, err) && chart_set_by(wish, declared->by, err)))
    return false;
  bool chosen = wish->y[0] != NULL;
  for (int i = 0; !chosen && declared->y[i]; i++)
    if (!chart_add_y(wish, declared->y[i], err))
      return false;
  return true;
}

static bool read_most(const struct call *call, struct chart *chart, struct error *err) {
  int64_t most = 0;
  if (!call->settings.limit)
    return true;
  if (!view_limit(call->settings.limit, &most, err))
    return false;
  chart->most = (size_t)most;
  return true;
}

static bool attach(struct call *call, struct chart *wish, struct error *err) {
  struct result *result = &call->result;
  struct chart *chart = NULL;
  struct plot_choice ignored;
  if (result->document)
    return error_set(err, ERROR_USAGE, "'%s' is a document and has no columns to draw",
                     result->name);
  if ((result->chart && !complete_wish(wish, result->chart, err)) || !read_most(call, wish, err) ||
      !plot_choose(&ignored, result, wish, err))
    return false;
  wish->drawn = true;
  if (!chart_copy(&chart, wish, err))
    return false;
  chart_free(result->chart);
  result->chart = chart;
  result->single = false;
  return true;
}

static bool take_last(struct call *call, struct error *err) {
  const struct session *session = call->session;
  if (!session->has_last || session->last.document)
    return error_set(err, ERROR_USAGE,
                     "there is no table to draw yet; ask for one first: list deal");
  call->has_result = result_copy(&call->result, &session->last, err);
  return call->has_result;
}

/* chart last …, chart [report] NAME … */
static bool draw(struct call *call, struct chart *wish, struct error *err) {
  struct arguments arguments = {.count = 0};
  size_t first = strcmp(call_word(call, 0), "report") == 0 && call_count(call) > 1 ? 1 : 0;
  const char *what = call_word(call, first);
  bool last = strcmp(what, "last") == 0;
  bool done = read_wish(call, first + 1, &arguments, wish, err);
  if (done && last && arguments.count)
    done = error_set(err, ERROR_USAGE, "'last' takes no parameters");
  done = done && (last ? take_last(call, err) : run_named(call, what, &arguments, err)) &&
         attach(call, wish, err);
  arguments_release(&arguments);
  return done;
}

static bool run_chart(struct call *call, struct error *err) {
  struct chart *wish = memory_new(sizeof *wish);
  if (!wish)
    return error_memory(err);
  bool done = call_expect(call, 1, -1, err) && draw(call, wish, err);
  chart_free(wish);
  return done;
}

static const struct option_entry chart_options[] = {
    {"type", 0, N_("TYPE"), N_("bar, stacked, line, funnel, waterfall or heat"), 0},
    {NULL,   0, NULL,       NULL,                                                0},
};

static const char *const report_examples[] = {"report", "report win_rate",
                                              "report pipeline > pipeline.csv", NULL};
static const char *const chart_examples[] = {
    "chart pipeline",
    "chart pipeline amount,weighted",
    "chart win_rate by=closed_month",
    "chart overrides count by actor",
    "chart new_clients clients by period,source --type stacked",
    "chart pipeline > page.html",
    "chart pipeline -o pipeline.svg",
    NULL};
static const char *const chart_words[] = {"last", "report", NULL};

const struct command report_commands[] = {
    {.verb = "report",
     .arguments = N_("[NAME [PARAMETER=VALUE]...]"),
     .summary = N_("run a report; alone: list them"),
     .examples = report_examples,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_REPORTS,
     .run = run_report},
    {.verb = "chart",
     .arguments = N_("REPORT|last [PARAMETER=VALUE]... [COLUMN,...] [by COLUMN[,COLUMN]]"),
     .summary = N_("draw a report or the last table"),
     .examples = chart_examples,
     .options = chart_options,
     .words = chart_words,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_REPORTS | COMPLETES_DRAWN,
     .run = run_chart},
    {0                    },
};
