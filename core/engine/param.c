#include "engine/param.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "model/record.h"
#include "model/search.h"

const char param_any_kind[] = "record";

static const struct field *param_at(const struct list *params, size_t index) {
  return list_at(params, index);
}

int param_find(const struct list *params, const char *name) {
  for (size_t i = 0; i < params->count; i++)
    if (strcmp(param_at(params, i)->name, name) == 0)
      return (int)i;
  return -1;
}

enum { NAMES_MAX = 64 };

const char *param_suggest(const struct list *params, const char *name) {
  const char *names[NAMES_MAX];
  size_t count = params->count < NAMES_MAX ? params->count : NAMES_MAX;
  for (size_t i = 0; i < count; i++)
    names[i] = param_at(params, i)->name;
  return text_suggest(name, names, count);
}

bool param_refuse(const struct list *params, const char *what, const char *owner, const char *name,
                  struct error *err) {
  const char *near = param_suggest(params, name);
  if (near)
    error_set(err, ERROR_USAGE, "%s '%s' has no parameter '%s'; did you mean '%s'?", what, owner,
              name, near);
  else if (params->count == 0)
    error_set(err, ERROR_USAGE, "%s '%s' takes no parameters, but '%s' was given", what, owner,
              name);
  else
    error_set(err, ERROR_USAGE, "%s '%s' has no parameter '%s'; it has '%s'", what, owner, name,
              param_at(params, 0)->name);
  return error_blame(err, name);
}

void param_release_all(struct list *params) {
  for (size_t i = 0; i < params->count; i++)
    value_release(&((struct field *)list_at(params, i))->fallback);
  list_release(params);
}

enum { AGO_SIZE = 24, AGO_DIGITS = 5 };

/* "30 days ago" is said "-30d" in the words of base/date. */
static const char *say_ago(const char *word, char out[AGO_SIZE]) {
  static const char units[] = "dwmy";
  static const char *const names[] = {"day", "week", "month", "year"};
  char name[16], ago[8];
  char *rest = NULL;
  int used = 0;
  long number = strtol(word, &rest, 10);
  if (!isdigit((unsigned char)*word) || rest - word > AGO_DIGITS ||
      sscanf(rest, "%15s %7s%n", name, ago, &used) != 2 || rest[used] || strcmp(ago, "ago") != 0)
    return word;
  size_t length = strlen(name);
  if (length > 1 && name[length - 1] == 's')
    name[length - 1] = '\0';
  for (size_t i = 0; i < 4; i++)
    if (strcmp(name, names[i]) == 0) {
      snprintf(out, AGO_SIZE, "-%ld%c", number, units[i]);
      return out;
    }
  return word;
}

bool param_leads_to(const struct field *param, const char *kind) {
  size_t length = strlen(kind);
  if (strcmp(param->target, param_any_kind) == 0)
    return true;
  for (const char *at = param->target; *at; at += strspn(at, ", ")) {
    size_t end = strcspn(at, ",");
    if (end == length && strncmp(at, kind, length) == 0)
      return true;
    at += end;
  }
  return false;
}

static bool read_reference(struct engine *engine, const struct field *param, const char *word,
                           struct value *out, struct error *err) {
  const struct catalog *catalog = engine->book->catalog;
  int64_t id = 0;
  for (int i = 0; i < catalog_count(catalog) && id == 0; i++)
    if (param_leads_to(param, catalog_at(catalog, i)->name) &&
        !search_resolve(engine->book, catalog_at(catalog, i), word, &id, err))
      return false;
  if (id == 0)
    return error_set(err, ERROR_NOT_FOUND, "no %s '%s'", param->target, word);
  *out = value_integer(id);
  return true;
}

static bool check_kind(struct engine *engine, const struct field *param, int64_t id,
                       struct error *err) {
  const struct kind *kind;
  if (!record_kind_of(engine->book, id, &kind, err))
    return false;
  return param_leads_to(param, kind->name) ||
         error_set(err, ERROR_INVALID, "#%lld is of kind %s, not %s", (long long)id, kind->name,
                   param->target);
}

/* A month, quarter or year: its first day, or its last where the parameter is the end of a span. */
static bool read_period(const struct field *param, const char *word, date today,
                        struct value *out) {
  struct date_range range;
  struct error no_period;
  bool last = param->flags & FIELD_LAST_DAY;
  if (param->type != FIELD_DATE || strstr(word, "..") ||
      !date_range_parse(&range, word, today, &no_period))
    return false;
  *out = value_date(last ? range.to : range.from);
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
  if (read_period(param, word, reading.today, out))
    return true;
  return field_parse(param, word, &reading, out, err);
}

/* Messages of fields begin with the name already. */
static bool prefix_once(const struct field *param, struct error *err) {
  size_t length = strlen(param->name);
  if (strncmp(err->message, param->name, length) == 0 && err->message[length] == ':')
    return false;
  return error_prefix(err, "%s: ", param->name);
}

/* What there is to choose from is said where there is a choice. */
static bool refuse_missing(const struct field *param, struct error *err) {
  struct text words = {0};
  for (size_t i = 0; param->choices && param->choices[i]; i++)
    text_format(&words, "%s%s", i ? ", " : "", param->choices[i]);
  error_set(err, ERROR_USAGE, "parameter '%s' is missing; say %s=%s", param->name, param->name,
            words.length && !words.failed ? text_string(&words) : "…");
  text_release(&words);
  return false;
}

bool param_read(struct engine *engine, const struct field *param, const char *word,
                struct value *out, struct error *err) {
  if (!word && param->fallback.type == VALUE_TEXT)
    word = param->fallback.as.text.data;
  bool done = word ? read_word(engine, param, word, out, err)
                   : field_accept(param, &param->fallback, engine->book->currency, out, err);
  if (done && param->type == FIELD_REF && out->type == VALUE_INTEGER)
    done = check_kind(engine, param, out->as.integer, err);
  if (!done)
    return prefix_once(param, err);
  return !value_is_null(out) || !(param->flags & FIELD_REQUIRED) || refuse_missing(param, err);
}

void param_append(struct text *out, const struct field *param, const struct value *value) {
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
