#include "engine/report.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/param.h"
#include "model/search_suggest.h"

struct report *report_new(const char *name, struct error *err) {
  struct report *report = memory_new(sizeof *report);
  if (report)
    report->name = memory_copy_text(name);
  if (!report || !report->name) {
    memory_free(report);
    error_memory(err);
    return NULL;
  }
  report->params.size = report->columns.size = sizeof(struct field);
  return report;
}

void report_free(struct report *report) {
  if (!report)
    return;
  param_release_all(&report->params);
  param_release_all(&report->columns);
  memory_free(report->name);
  memory_free(report->title);
  memory_free(report->title_ru);
  memory_free(report->help);
  memory_free(report->help_ru);
  place_release(&report->place);
  memory_free(report);
}

static const struct field *param_at(const struct report *report, size_t index) {
  return list_at(&report->params, index);
}

static bool check_arguments(const struct report *report, const struct report_argument *arguments,
                            size_t count, struct error *err) {
  for (size_t i = 0; i < count; i++)
    if (param_find(&report->params, arguments[i].name) < 0)
      return param_refuse(&report->params, N_("report"), report->name, arguments[i].name, err);
  return true;
}

/* The last of several wins. */
static const char *argument_word(const struct report_argument *arguments, size_t count,
                                 const char *name) {
  for (size_t i = count; i > 0; i--)
    if (strcmp(arguments[i - 1].name, name) == 0)
      return arguments[i - 1].word;
  return NULL;
}

/* Whom a name was meant for is looked up where it is told only: commands try words in many ways. */
static bool refuse_word(struct engine *engine, const struct field *param, const char *word,
                        struct error *err) {
  const struct catalog *catalog = engine->book->catalog;
  struct text near = {0};
  if (!word)
    return false;
  for (int i = 0; i < catalog_count(catalog) && !near.length; i++)
    if (err->code == ERROR_NOT_FOUND && param->type == FIELD_REF &&
        param_leads_to(param, catalog_at(catalog, i)->name))
      search_suggest(engine->book, catalog_at(catalog, i), word, &near);
  if (near.length)
    error_set(err, ERROR_NOT_FOUND, "%s; did you mean '%s'?", err->message, text_string(&near));
  text_release(&near);
  return error_blame(err, word);
}

static bool read_params(struct engine *engine, const struct report *report,
                        const struct report_argument *arguments, size_t count, struct value *values,
                        struct error *err) {
  if (!check_arguments(report, arguments, count, err))
    return false;
  for (size_t i = 0; i < report->params.count; i++) {
    const struct field *param = param_at(report, i);
    const char *word = argument_word(arguments, count, param->name);
    if (!param_read(engine, param, word, &values[i], err))
      return refuse_word(engine, param, word, err);
  }
  return true;
}

static bool stamp_report(struct engine *engine, const struct report *report,
                         const struct value *values, struct result *result, struct error *err) {
  struct text command = {0};
  text_format(&command, "report %s", report->name);
  for (size_t i = 0; i < report->params.count; i++)
    if (!value_is_null(&values[i]))
      param_append(&command, param_at(report, i), &values[i]);
  bool done = text_check(&command, err) && result_stamp(result, engine, text_string(&command), err);
  text_release(&command);
  return done;
}

static bool run(struct engine *engine, struct report *report, const struct value *values,
                struct result *result, struct error *err) {
  const char *title = translate_twin(report->title, report->title_ru);
  if (!result_init(result, report->name, title, err))
    return false;
  if (report->run(report, engine, values, result, err) &&
      stamp_report(engine, report, values, result, err)) {
    report->seen.yes++;
    return true;
  }
  result_release(result);
  return false;
}

bool report_run(struct engine *engine, struct report *report,
                const struct report_argument *arguments, size_t count, struct result *result,
                struct error *err) {
  struct value *values = memory_new_array(report->params.count, sizeof *values);
  if (!values)
    return error_memory(err);
  bool done = read_params(engine, report, arguments, count, values, err) &&
              run(engine, report, values, result, err);
  for (size_t i = 0; i < report->params.count; i++)
    value_release(&values[i]);
  memory_free(values);
  return done;
}
