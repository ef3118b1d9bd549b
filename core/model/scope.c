#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/compile.h"

enum { PARAMETERS_MAX = 30000 }; /* a store takes 32,766 */

bool compiler_parameter(struct compiler *compiler, const struct value *value, struct text *out,
                        struct error *err) {
  if (compiler->parameters.count == PARAMETERS_MAX)
    return error_set(err, ERROR_INVALID, "a query takes at most %d values", PARAMETERS_MAX);
  struct value *parameter = list_add(&compiler->parameters, err);
  if (!parameter || !value_copy(parameter, value, err))
    return false;
  if (parameter->type == VALUE_MONEY)
    *parameter = value_integer(parameter->as.money.minor);
  text_format(out, "$%zu", compiler->parameters.count);
  return true;
}

static void release_relation(struct relation *relation) {
  for (size_t i = 0; i < relation->columns.count; i++)
    memory_free(*(char **)list_at(&relation->columns, i));
  list_release(&relation->columns);
}

void compiler_release(struct compiler *compiler) {
  for (size_t i = 0; i < compiler->parameters.count; i++)
    value_release(list_at(&compiler->parameters, i));
  list_release(&compiler->parameters);
  for (size_t i = 0; i < compiler->relations.count; i++)
    release_relation(list_at(&compiler->relations, i));
  list_release(&compiler->relations);
}

static struct relation *relation_of(struct compiler *compiler, const struct kind *kind,
                                    struct error *err) {
  for (size_t i = 0; i < compiler->relations.count; i++) {
    struct relation *relation = list_at(&compiler->relations, i);
    if (relation->kind == kind)
      return relation;
  }
  struct relation *relation = list_add(&compiler->relations, err);
  if (relation)
    *relation = (struct relation){.kind = kind, .columns = {.size = sizeof(char *)}};
  return relation;
}

static bool note_column(struct compiler *compiler, const struct kind *kind, const char *column,
                        struct error *err) {
  struct relation *relation = relation_of(compiler, kind, err);
  if (!relation)
    return false;
  for (size_t i = 0; i < relation->columns.count; i++)
    if (strcmp(*(char **)list_at(&relation->columns, i), column) == 0)
      return true;
  char *copy = memory_copy_text(column);
  char **slot = copy ? list_add(&relation->columns, err) : NULL;
  if (!slot) {
    memory_free(copy);
    return error_memory(err);
  }
  *slot = copy;
  return true;
}

/* No kind has a blank in its name, so the table of then never hides another. */
static bool append_table(struct compiler *compiler, const struct kind *kind, struct text *out,
                         struct error *err) {
  if (kind->is_log)
    return compile_log(compiler, kind, out, err);
  if (!compiler->book->has_as_of) {
    text_format(out, "\"%s\"", kind->name);
    return true;
  }
  text_format(out, "\"%s then\"", kind->name);
  return relation_of(compiler, kind, err) != NULL;
}

bool scope_open(struct scope *scope, struct compiler *compiler, const struct kind *kind,
                struct error *err) {
  *scope = (struct scope){.compiler = compiler, .kind = kind, .alias = compiler->aliases++};
  scope->joins.size = sizeof(struct join);
  if (!append_table(compiler, kind, &scope->tables, err)) {
    scope_release(scope);
    return false;
  }
  text_format(&scope->tables, " t%d", scope->alias);
  return true;
}

void scope_release(struct scope *scope) {
  list_release(&scope->joins);
  text_release(&scope->tables);
}

bool scope_column(struct scope *scope, int alias, const struct kind *kind, const char *column,
                  struct text *out, struct error *err) {
  text_format(out, "t%d.\"%s\"", alias, column);
  if (!scope->compiler->book->has_as_of || strcmp(column, "id") == 0 || kind->is_log)
    return true;
  return note_column(scope->compiler, kind, column, err);
}

static int find_join(const struct scope *scope, int from, const struct field *via) {
  for (size_t i = 0; i < scope->joins.count; i++) {
    const struct join *join = list_at(&scope->joins, i);
    if (join->from == from && join->via == via)
      return join->alias;
  }
  return -1;
}

/* Joins the target, which the reference of a kind leads to. */
static bool add_join(struct scope *scope, const struct join *join, const struct kind *kind,
                     const struct kind *target, struct error *err) {
  struct join *added = list_add(&scope->joins, err);
  if (!added)
    return false;
  *added = *join;
  text_append(&scope->tables, " LEFT JOIN ");
  if (!append_table(scope->compiler, target, &scope->tables, err))
    return false;
  text_format(&scope->tables, " t%d ON t%d.\"id\" = ", join->alias, join->alias);
  return scope_column(scope, join->from, kind, join->via->name, &scope->tables, err);
}

static bool follow(struct scope *scope, const struct path *path, int *alias, struct error *err) {
  const struct kind *kind = scope->kind;
  *alias = scope->alias;
  for (size_t i = 0; i < path->step_count; i++) {
    const struct field *via = path->steps[i];
    const struct kind *target = catalog_kind(scope->compiler->book->catalog, via->target);
    struct join join = {.from = *alias, .via = via, .alias = find_join(scope, *alias, via)};
    if (join.alias < 0) {
      join.alias = scope->compiler->aliases++;
      if (!add_join(scope, &join, kind, target, err))
        return false;
    }
    *alias = join.alias;
    kind = target;
  }
  return true;
}

static bool append_currency(struct scope *scope, int alias, const struct path *path,
                            struct text *out, struct error *err) {
  struct text column = {0};
  text_format(&column, "%s_currency", path->field->name);
  bool done = text_check(&column, err) &&
              scope_column(scope, alias, path->kind, text_string(&column), out, err);
  text_release(&column);
  return done;
}

static bool fill_path(struct operand *out, struct scope *scope, const struct path *path,
                      struct error *err) {
  int alias;
  if (!follow(scope, path, &alias, err))
    return false;
  if (!path->field || path_is_formula(path))
    return scope_column(scope, alias, path->kind, "id", &out->value, err);
  if (path->field->flags & FIELD_ROLLUP)
    return operand_of_rollup(out, scope, alias, path->kind, path->field, err);
  if (path->is_currency)
    return append_currency(scope, alias, path, &out->value, err);
  if (!scope_column(scope, alias, path->kind, path->field->name, &out->value, err))
    return false;
  return out->type != FIELD_MONEY || append_currency(scope, alias, path, &out->currency, err);
}

bool operand_check(const struct operand *operand, struct error *err) {
  return text_check(&operand->value, err) && text_check(&operand->currency, err) &&
         text_check(&operand->mixed, err);
}

bool operand_of_path(struct operand *out, struct scope *scope, const struct path *path,
                     struct error *err) {
  bool worded = path->field && !path->is_currency;
  *out = (struct operand){.type = path_is_formula(path) ? FIELD_REF : path_type(path),
                          .words = worded ? field_words(path->field) : NULL};
  if (fill_path(out, scope, path, err) && operand_check(out, err))
    return true;
  operand_release(out);
  return false;
}

static bool fill_period(struct operand *out, const struct operand *day, enum period period,
                        struct error *err) {
  static const char *const words[] = {"day", "week", "month", "quarter", "year"};
  text_format(&out->value, "period_name(%s, '%s')", text_string(&day->value), words[period]);
  return operand_check(out, err);
}

static bool fill_days(struct operand *out, struct scope *scope, const struct expression *expression,
                      struct error *err) {
  struct operand from, until;
  if (!operand_of_path(&from, scope, &expression->path, err))
    return false;
  bool done = operand_of_path(&until, scope, &expression->until, err);
  if (done) {
    text_format(&out->value, "days_between(%s, %s)", text_string(&from.value),
                text_string(&until.value));
    operand_release(&until);
  }
  operand_release(&from);
  return done && operand_check(out, err);
}

bool operand_of(struct operand *out, struct scope *scope, const struct expression *expression,
                struct error *err) {
  struct operand day;
  if (expression->shape == EXPRESSION_PATH)
    return operand_of_path(out, scope, &expression->path, err);
  *out = (struct operand){.type = expression_type(expression)};
  if (expression->shape == EXPRESSION_NONE)
    return true;
  if (expression->shape == EXPRESSION_DAYS) {
    if (fill_days(out, scope, expression, err))
      return true;
    operand_release(out);
    return false;
  }
  if (!operand_of_path(&day, scope, &expression->path, err))
    return false;
  bool done = fill_period(out, &day, expression->period, err);
  operand_release(&day);
  if (!done)
    operand_release(out);
  return done;
}

bool compile_rank(struct compiler *compiler, const struct operand *operand, struct text *out,
                  struct error *err) {
  const char *value = text_string(&operand->value);
  int place = 0;
  text_format(out, "CASE %s", value);
  for (; operand->words[place]; place++) {
    const struct value word = value_text(operand->words[place]);
    text_append(out, " WHEN ");
    if (!compiler_parameter(compiler, &word, out, err))
      return false;
    text_format(out, " THEN %d", place);
  }
  text_format(out, " ELSE CASE WHEN %s IS NOT NULL THEN %d END END", value, place);
  return true;
}

void operand_release(struct operand *operand) {
  text_release(&operand->value);
  text_release(&operand->currency);
  text_release(&operand->mixed);
}
