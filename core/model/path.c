#include "model/path.h"

#include <string.h>

#include "base/memory.h"

enum { PATH_STEPS = 16, NAME_SIZE = 128 };

/* Copies the part up to the next dot; *rest is what follows it, or NULL. */
static bool take_name(char name[NAME_SIZE], const char *text, const char **rest,
                      struct error *err) {
  const char *dot = strchr(text, '.');
  size_t length = dot ? (size_t)(dot - text) : strlen(text);
  if (length == 0)
    return error_set(err, ERROR_NOT_FOUND, "a field name is missing before or after a '.'");
  if (length >= NAME_SIZE)
    return error_set(err, ERROR_NOT_FOUND, "no field has a name as long as '%.40s…'", text);
  memcpy(name, text, length);
  name[length] = '\0';
  *rest = dot ? dot + 1 : NULL;
  return true;
}

static bool end_at_currency(struct path *path, const char *rest, struct error *err) {
  if (strcmp(rest, "currency") != 0)
    return error_set(err, ERROR_NOT_FOUND, "'%s' is money: it has only '%s.currency', no '%s'",
                     path->field->name, path->field->name, rest);
  if (path->field->flags & FIELD_ROLLUP)
    return error_set(err, ERROR_NOT_FOUND, "the currency of the rollup '%s' is not a field",
                     path->field->name);
  path->is_currency = true;
  return true;
}

static bool follow(struct path *path, const struct catalog *catalog, struct error *err) {
  if (path->step_count == PATH_STEPS)
    return error_set(err, ERROR_INVALID, "a path goes over at most %d references", PATH_STEPS);
  const struct kind *target = NULL;
  if (!catalog_find(catalog, path->field->target, &target, err))
    return false;
  path->steps[path->step_count++] = path->field;
  path->kind = target;
  path->field = NULL;
  return true;
}

static bool read_steps(struct path *path, const struct catalog *catalog, const char *text,
                       struct error *err) {
  const char *rest = text;
  while (rest) {
    char name[NAME_SIZE];
    if (!take_name(name, rest, &rest, err))
      return false;
    if (strcmp(name, "id") == 0 && !rest)
      return true;
    if (!kind_find_field(path->kind, name, &path->field, err))
      return false;
    if (!rest)
      return true;
    if (path->field->type == FIELD_MONEY)
      return end_at_currency(path, rest, err);
    if (path->field->type != FIELD_REF || !path->field->target)
      return error_set(err, ERROR_NOT_FOUND, "'%s' of %s is not a reference: nothing follows it",
                       name, path->kind->name);
    if (!follow(path, catalog, err))
      return false;
  }
  return true;
}

bool path_parse(struct path *out, const struct catalog *catalog, const struct kind *kind,
                const char *text, struct error *err) {
  struct path path = {.kind = kind, .steps = memory_new_array(PATH_STEPS, sizeof *path.steps)};
  if (!path.steps)
    return error_memory(err);
  if (!read_steps(&path, catalog, text, err)) {
    path_release(&path);
    return false;
  }
  *out = path;
  return true;
}

bool path_copy(struct path *out, const struct path *path, struct error *err) {
  struct path copy = *path;
  copy.steps = memory_new_array(PATH_STEPS, sizeof *copy.steps);
  if (!copy.steps)
    return error_memory(err);
  for (size_t i = 0; i < path->step_count; i++)
    copy.steps[i] = path->steps[i];
  *out = copy;
  return true;
}

void path_release(struct path *path) {
  memory_free(path->steps);
  *path = (struct path){0};
}

enum field_type path_type(const struct path *path) {
  if (path->is_currency)
    return FIELD_TEXT;
  return path->field ? path->field->type : FIELD_REF;
}

const char *path_name(const struct path *path) {
  return path->field ? path->field->name : "id";
}

bool path_is_formula(const struct path *path) {
  return path->field && path->field->flags & FIELD_FORMULA;
}

bool path_is_askable(const struct path *path, struct error *err) {
  if (path_is_formula(path))
    return error_set(err, ERROR_INVALID,
                     "'%s' is a formula: it is shown and sorted by, but no query filters, groups "
                     "or adds up by it; use the fields it reads, or a rollup",
                     path->field->name);
  return true;
}

bool field_type_is_text(enum field_type type) {
  switch (type) {
  case FIELD_TEXT:
  case FIELD_CHOICE:
  case FIELD_CHOICES:
  case FIELD_EMAIL:
  case FIELD_PHONE:
  case FIELD_URL:
    return true;
  default:
    return false;
  }
}

static bool is_time(const struct path *path, struct error *err) {
  enum field_type type = path_type(path);
  if (type == FIELD_DATE || type == FIELD_INSTANT)
    return true;
  return error_set(err, ERROR_INVALID, "'%s' is not a date", path_name(path));
}

static bool parse_askable(struct path *out, const struct catalog *catalog, const struct kind *kind,
                          const char *text, struct error *err) {
  if (!path_parse(out, catalog, kind, text, err))
    return false;
  if (path_is_askable(out, err))
    return true;
  path_release(out);
  return false;
}

static bool parse_time(struct path *out, const struct catalog *catalog, const struct kind *kind,
                       const char *text, struct error *err) {
  if (!parse_askable(out, catalog, kind, text, err))
    return false;
  if (is_time(out, err))
    return true;
  path_release(out);
  return false;
}

static char *trimmed(char *text) {
  text += strspn(text, " ");
  size_t length = strlen(text);
  while (length > 0 && text[length - 1] == ' ')
    text[--length] = '\0';
  return text;
}

static bool parse_days(struct expression *out, const struct catalog *catalog,
                       const struct kind *kind, char *inside, struct error *err) {
  char *comma = strchr(inside, ',');
  if (!comma)
    return error_set(err, ERROR_INVALID, "days(%s) needs two dates: days(created_on, closed_on)",
                     inside);
  *comma = '\0';
  struct expression days = {.shape = EXPRESSION_DAYS};
  if (!parse_time(&days.path, catalog, kind, trimmed(inside), err) ||
      !parse_time(&days.until, catalog, kind, trimmed(comma + 1), err)) {
    expression_release(&days);
    return false;
  }
  *out = days;
  return true;
}

/* name(inside), in memory that may be changed. */
static bool parse_call(struct expression *out, const struct catalog *catalog,
                       const struct kind *kind, char *text, struct error *err) {
  size_t length = strlen(text);
  char *open = strchr(text, '(');
  if (text[length - 1] != ')')
    return error_set(err, ERROR_INVALID, "'%s' lacks its closing ')'", text);
  text[length - 1] = '\0';
  *open = '\0';
  if (strcmp(text, "days") == 0)
    return parse_days(out, catalog, kind, open + 1, err);
  struct expression expression = {.shape = EXPRESSION_PERIOD};
  if (!period_from_name(&expression.period, text))
    return error_set(err, ERROR_INVALID,
                     "there is no '%s(…)'; there are day, week, month, quarter, year and days",
                     text);
  if (!parse_time(&expression.path, catalog, kind, trimmed(open + 1), err))
    return false;
  *out = expression;
  return true;
}

bool expression_parse(struct expression *out, const struct catalog *catalog,
                      const struct kind *kind, const char *text, struct error *err) {
  if (strchr(text, '(')) {
    char *copy = memory_copy_text(text);
    if (!copy)
      return error_memory(err);
    bool parsed = parse_call(out, catalog, kind, copy, err);
    memory_free(copy);
    return parsed;
  }
  struct expression expression = {.shape = EXPRESSION_PATH};
  if (!parse_askable(&expression.path, catalog, kind, text, err))
    return false;
  *out = expression;
  return true;
}

bool expression_copy(struct expression *out, const struct expression *expression,
                     struct error *err) {
  struct expression copy = {.shape = expression->shape, .period = expression->period};
  bool copied =
      expression->shape == EXPRESSION_NONE || path_copy(&copy.path, &expression->path, err);
  if (copied && expression->shape == EXPRESSION_DAYS)
    copied = path_copy(&copy.until, &expression->until, err);
  if (!copied) {
    expression_release(&copy);
    return false;
  }
  *out = copy;
  return true;
}

void expression_release(struct expression *expression) {
  path_release(&expression->path);
  path_release(&expression->until);
  expression->shape = EXPRESSION_NONE;
}

enum field_type expression_type(const struct expression *expression) {
  switch (expression->shape) {
  case EXPRESSION_PATH:
    return path_type(&expression->path);
  case EXPRESSION_PERIOD:
    return FIELD_TEXT;
  default:
    return FIELD_INTEGER;
  }
}
