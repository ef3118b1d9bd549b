#include "engine/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/search.h"

struct report *report_new(const char *name, struct error *err) {
  struct report *report = memory_new(sizeof *report);
  if (report)
    report->name = memory_copy_text(name);
  if (!report || !report->name) {
    memory_free(report);
    error_memory(err);
    return NULL;
  }
  report->params.size = sizeof(struct field);
  return report;
}

/* The texts of a parameter belong to whoever declared it; its fallback may own one. */
void report_free(struct report *report) {
  if (!report)
    return;
  for (size_t i = 0; i < report->params.count; i++)
    value_release(&((struct field *)list_at(&report->params, i))->fallback);
  list_release(&report->params);
  memory_free(report->name);
  memory_free(report->title);
  memory_free(report->title_ru);
  memory_free(report->help);
  place_release(&report->place);
  memory_free(report);
}

static const struct field *param_at(const struct report *report, size_t index) {
  return list_at(&report->params, index);
}

static bool refuse_argument(const struct report *report, const char *name, struct error *err) {
  const char **names = memory_new_array(report->params.count, sizeof *names);
  if (!names)
    return error_memory(err);
  for (size_t i = 0; i < report->params.count; i++)
    names[i] = param_at(report, i)->name;
  const char *near = text_suggest(name, names, report->params.count);
  if (near)
    error_set(err, ERROR_USAGE, "report '%s' has no parameter '%s'; did you mean '%s'?",
              report->name, name, near);
  else if (report->params.count == 0)
    error_set(err, ERROR_USAGE, "report '%s' takes no parameters, but '%s' was given", report->name,
              name);
  else
    error_set(err, ERROR_USAGE, "report '%s' has no parameter '%s'; it has '%s'", report->name,
              name, names[0]);
  memory_free(names);
  return false;
}

static bool check_arguments(const struct report *report, const struct report_argument *arguments,
                            size_t count, struct error *err) {
  for (size_t i = 0; i < count; i++) {
    bool known = false;
    for (size_t j = 0; j < report->params.count && !known; j++)
      known = strcmp(param_at(report, j)->name, arguments[i].name) == 0;
    if (!known)
      return refuse_argument(report, arguments[i].name, err);
  }
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

enum { AGO_SIZE = 24 };

/* "30 days ago" is said "-30d" in the words of base/date. */
static const char *say_ago(const char *word, char out[AGO_SIZE]) {
  static const char units[] = "dwmy";
  static const char *const names[] = {"day", "week", "month", "year"};
  char name[16], ago[8];
  int number, used = 0;
  if (sscanf(word, "%5d %15s %7s%n", &number, name, ago, &used) != 3 || word[used] || number < 0 ||
      strcmp(ago, "ago") != 0)
    return word;
  size_t length = strlen(name);
  if (length > 1 && name[length - 1] == 's')
    name[length - 1] = '\0';
  for (size_t i = 0; i < 4; i++)
    if (strcmp(name, names[i]) == 0) {
      snprintf(out, AGO_SIZE, "-%d%c", number, units[i]);
      return out;
    }
  return word;
}

static bool read_reference(struct engine *engine, const struct field *param, const char *word,
                           struct value *out, struct error *err) {
  const struct kind *kind;
  int64_t id;
  if (!catalog_find(engine->book->catalog, param->target, &kind, err) ||
      !search_resolve(engine->book, kind, word, &id, err))
    return false;
  if (id == 0)
    return error_set(err, ERROR_NOT_FOUND, "no %s '%s'", kind->name, word);
  *out = value_integer(id);
  return true;
}

static bool read_word(struct engine *engine, const struct field *param, const char *word,
                      struct value *out, struct error *err) {
  char ago[AGO_SIZE];
  struct field_reading reading = {.currency = engine->book->currency,
                                  .today = book_today(engine->book),
                                  .now = book_now(engine->book)};
  bool is_number = word[word[0] == '#'] >= '0' && word[word[0] == '#'] <= '9';
  if (param->type == FIELD_REF && *word && !is_number)
    return read_reference(engine, param, word, out, err);
  if (param->type == FIELD_DATE || param->type == FIELD_INSTANT)
    word = say_ago(word, ago);
  return field_parse(param, word, &reading, out, err);
}

static bool read_param(struct engine *engine, const struct field *param, const char *word,
                       struct value *out, struct error *err) {
  if (!word && param->fallback.type == VALUE_TEXT)
    word = param->fallback.as.text.data;
  bool done = word ? read_word(engine, param, word, out, err)
                   : field_accept(param, &param->fallback, engine->book->currency, out, err);
  if (!done)
    return error_prefix(err, "%s: ", param->name);
  if (value_is_null(out) && param->flags & FIELD_REQUIRED)
    return error_set(err, ERROR_USAGE, "parameter '%s' is missing; say %s=…", param->name,
                     param->name);
  return true;
}

static bool read_params(struct engine *engine, const struct report *report,
                        const struct report_argument *arguments, size_t count, struct value *values,
                        struct error *err) {
  if (!check_arguments(report, arguments, count, err))
    return false;
  for (size_t i = 0; i < report->params.count; i++) {
    const struct field *param = param_at(report, i);
    const char *word = argument_word(arguments, count, param->name);
    if (!read_param(engine, param, word, &values[i], err))
      return false;
  }
  return true;
}

static void append_argument(struct text *out, const struct field *param,
                            const struct value *value) {
  struct text word = {0};
  if (param->type == FIELD_REF)
    text_append_char(&word, '#');
  value_append_plain(&word, value);
  if (value->type == VALUE_MONEY)
    text_format(&word, " %s", value->as.money.currency);
  bool quoted = strpbrk(text_string(&word), " '\"") != NULL;
  text_format(out, " %s=", param->name);
  for (const char *at = text_string(&word); quoted && *at; at++) {
    if (at == text_string(&word))
      text_append_char(out, '"');
    if (*at == '"' || *at == '\\')
      text_append_char(out, '\\');
    text_append_char(out, *at);
  }
  text_append(out, quoted ? "\"" : text_string(&word));
  text_release(&word);
}

static bool stamp_report(struct engine *engine, const struct report *report,
                         const struct value *values, struct result *result, struct error *err) {
  struct text command = {0};
  text_format(&command, "report %s", report->name);
  for (size_t i = 0; i < report->params.count; i++)
    if (!value_is_null(&values[i]))
      append_argument(&command, param_at(report, i), &values[i]);
  bool done = text_check(&command, err) && result_stamp(result, engine, text_string(&command), err);
  text_release(&command);
  return done;
}

static bool run(struct engine *engine, struct report *report, const struct value *values,
                struct result *result, struct error *err) {
  bool russian = report->title_ru && strcmp(engine->language, "ru") == 0;
  const char *title = russian ? report->title_ru : report->title;
  if (!result_init(result, report->name, title, err))
    return false;
  if (report->run(report, engine, values, result, err) &&
      stamp_report(engine, report, values, result, err))
    return true;
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
