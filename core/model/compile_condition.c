#include <string.h>

#include "base/memory.h"
#include "model/compile.h"
#include "model/search_words.h"

static const char *const operators[] = {
    [COMPARE_EQUAL] = "=",    [COMPARE_NOT_EQUAL] = "<>", [COMPARE_LESS] = "<",
    [COMPARE_AT_MOST] = "<=", [COMPARE_GREATER] = ">",    [COMPARE_AT_LEAST] = ">=",
};

/* Amounts of different currencies are different, and none is the smaller. */
static bool append_money(struct scope *scope, const struct operand *operand, enum compare compare,
                         const struct value *value, struct text *out, struct error *err) {
  struct value currency = value_text(value->as.money.currency);
  bool different = compare == COMPARE_NOT_EQUAL;
  text_format(out, "(%s %s ", text_string(&operand->value), operators[compare]);
  if (!compiler_parameter(scope->compiler, value, out, err))
    return false;
  text_format(out, " %s %s %s ", different ? "OR" : "AND", text_string(&operand->currency),
              different ? "<>" : "=");
  bool done = compiler_parameter(scope->compiler, &currency, out, err);
  text_append(out, ")");
  return done;
}

/* By the places of the words; one that is none stands behind them all. */
static bool append_word_order(struct scope *scope, const struct operand *operand,
                              enum compare compare, const struct value *value, struct text *out,
                              struct error *err) {
  int place = 0;
  while (operand->words[place] && strcmp(operand->words[place], value->as.text.data) != 0)
    place++;
  text_append(out, "(");
  if (!compile_rank(scope->compiler, operand, out, err))
    return false;
  text_format(out, " %s %d)", operators[compare], place);
  return true;
}

/* In the order that a reader expects, which is also that of the sorted listing. */
static bool append_text_order(struct scope *scope, const struct operand *operand,
                              enum compare compare, const struct value *value, struct text *out,
                              struct error *err) {
  struct text parameter = {0};
  bool done = compiler_parameter(scope->compiler, value, &parameter, err);
  const char *left = text_string(&operand->value);
  text_format(out, "((fold(%s), %s) %s (fold(%s), %s))", left, left, operators[compare],
              text_string(&parameter), text_string(&parameter));
  out->failed = out->failed || parameter.failed;
  text_release(&parameter);
  return done;
}

static bool append_part(struct scope *scope, const struct operand *operand, enum compare compare,
                        const struct value *value, struct text *out, struct error *err) {
  struct text parameter = {0};
  bool done = compiler_parameter(scope->compiler, value, &parameter, err);
  const char *whole = text_string(&operand->value);
  const char *part = text_string(&parameter);
  if (compare == COMPARE_PREFIX)
    text_format(out, "(substr(fold(%s), 1, length(fold(%s))) = fold(%s))", whole, part, part);
  else if (compare == COMPARE_SUFFIX)
    text_format(out,
                "(length(fold(%s)) >= length(fold(%s)) AND substr(fold(%s), length(fold(%s)) - "
                "length(fold(%s)) + 1) = fold(%s))",
                whole, part, whole, whole, part, part);
  else if (operand->type == FIELD_CHOICES)
    text_format(out, "text_contains(',' || %s || ',', ',' || %s || ',')", whole, part);
  else
    text_format(out, "text_contains(%s, %s)", whole, part);
  out->failed = out->failed || parameter.failed;
  text_release(&parameter);
  return done;
}

static bool append_compare(struct scope *scope, const struct operand *operand, enum compare compare,
                           const struct value *value, struct text *out, struct error *err) {
  if (value_is_null(value)) {
    const char *word = compare == COMPARE_EQUAL       ? "IS NULL"
                       : compare == COMPARE_NOT_EQUAL ? "IS NOT NULL"
                                                      : "= NULL";
    text_format(out, "(%s %s)", text_string(&operand->value), word);
    return true;
  }
  if (compare_is_part(compare))
    return append_part(scope, operand, compare, value, out, err);
  if (operand->type == FIELD_MONEY)
    return append_money(scope, operand, compare, value, out, err);
  bool equality = compare == COMPARE_EQUAL || compare == COMPARE_NOT_EQUAL;
  if (operand->words && !equality)
    return append_word_order(scope, operand, compare, value, out, err);
  if (field_type_is_text(operand->type) && !equality)
    return append_text_order(scope, operand, compare, value, out, err);
  bool by_day = operand->type == FIELD_INSTANT && value->type == VALUE_DATE;
  text_format(out, by_day ? "(substr(%s, 1, 10) %s " : "(%s %s ", text_string(&operand->value),
              operators[compare]);
  bool done = compiler_parameter(scope->compiler, value, out, err);
  text_append(out, ")");
  return done;
}

static bool is_plain(const struct operand *operand, const struct value *value) {
  return !value_is_null(value) && operand->type != FIELD_MONEY &&
         !(operand->type == FIELD_INSTANT && value->type == VALUE_DATE);
}

static bool append_list(struct scope *scope, const struct operand *operand,
                        const struct condition *condition, struct text *out, size_t *count,
                        struct error *err) {
  text_format(out, "%s IN (", text_string(&operand->value));
  for (size_t i = 0; i < condition->value_count; i++) {
    if (!is_plain(operand, &condition->values[i]))
      continue;
    text_append(out, *count > 0 ? ", " : "");
    if (!compiler_parameter(scope->compiler, &condition->values[i], out, err))
      return false;
    ++*count;
  }
  text_append(out, ")");
  return true;
}

static bool append_in(struct scope *scope, const struct operand *operand,
                      const struct condition *condition, struct text *out, struct error *err) {
  size_t listed = 0;
  struct text list = {0};
  bool done = append_list(scope, operand, condition, &list, &listed, err);
  text_append(out, "(");
  text_append(out, listed > 0 ? text_string(&list) : "1 = 0");
  for (size_t i = 0; done && i < condition->value_count; i++) {
    if (is_plain(operand, &condition->values[i]))
      continue;
    text_append(out, " OR ");
    done = append_compare(scope, operand, COMPARE_EQUAL, &condition->values[i], out, err);
  }
  text_append(out, ")");
  out->failed = out->failed || list.failed;
  text_release(&list);
  return done;
}

static bool append_same(struct scope *scope, const struct operand *operand,
                        const struct value *value, struct text *out, struct error *err) {
  text_format(out, "(fold(%s) = fold(", text_string(&operand->value));
  bool done = compiler_parameter(scope->compiler, value, out, err);
  text_append(out, "))");
  return done;
}

static bool compile_leaf(struct scope *scope, const struct condition *condition, struct text *out,
                         struct error *err) {
  struct operand operand;
  bool done = false;
  if (!operand_of_path(&operand, scope, &condition->path, err))
    return false;
  if (condition->shape == CONDITION_IN)
    done = append_in(scope, &operand, condition, out, err);
  else if (condition->shape == CONDITION_SAME)
    done = append_same(scope, &operand, &condition->values[0], out, err);
  else
    done = append_compare(scope, &operand, condition->compare, &condition->values[0], out, err);
  out->failed = out->failed || operand.value.failed || operand.currency.failed;
  operand_release(&operand);
  return done;
}

/* The index knows the texts of now only, so those of then are looked through. */
static bool search_then(struct scope *scope, struct text *words, struct text *out,
                        struct error *err) {
  char *rest = NULL;
  text_append(out, "(1 = 1");
  for (char *word = strtok_r(words->data, " \t", &rest); word;
       word = strtok_r(NULL, " \t", &rest)) {
    struct value value = value_text(word);
    text_append(out, " AND text_contains(''");
    for (int i = 0; i < scope->kind->field_count; i++) {
      const struct field *field = scope->kind->fields[i];
      if (!field_is_stored(field) || !field_type_is_text(field->type))
        continue;
      text_append(out, " || ' ' || coalesce(");
      if (!scope_column(scope, scope->alias, scope->kind, field->name, out, err))
        return false;
      text_append(out, ", '')");
    }
    text_append(out, ", ");
    if (!compiler_parameter(scope->compiler, &value, out, err))
      return false;
    text_append(out, ")");
  }
  text_append(out, ")");
  return true;
}

static bool compile_search(struct scope *scope, const struct condition *condition, struct text *out,
                           struct error *err) {
  struct text words = {0};
  bool done;
  if (scope->compiler->book->has_as_of) {
    text_append(&words, condition->words);
    done = text_check(&words, err) && search_then(scope, &words, out, err);
  } else {
    search_match_words(&words, condition->words);
    struct value match = value_text(text_string(&words));
    text_format(out, "(t%d.\"id\" IN (SELECT rowid FROM search WHERE search MATCH ", scope->alias);
    done = text_check(&words, err) && compiler_parameter(scope->compiler, &match, out, err);
    text_append(out, "))");
  }
  text_release(&words);
  return done;
}

static bool compile_join(struct scope *scope, const struct condition *condition, struct text *out,
                         struct error *err) {
  bool all = condition->junction == JUNCTION_AND;
  text_append(out, condition->junction == JUNCTION_NONE ? "((" : "(");
  if (condition->part_count == 0)
    text_append(out, all ? "1 = 1" : "1 = 0");
  for (size_t i = 0; i < condition->part_count; i++) {
    if (i > 0)
      text_append(out, all ? " AND " : " OR ");
    if (!compile_condition(scope, condition->parts[i], out, err))
      return false;
  }
  text_append(out, condition->junction == JUNCTION_NONE ? ") IS NOT TRUE)" : ")");
  return true;
}

bool compile_condition(struct scope *scope, const struct condition *condition, struct text *out,
                       struct error *err) {
  switch (condition->shape) {
  case CONDITION_SEARCH:
    return compile_search(scope, condition, out, err);
  case CONDITION_JOIN:
    return compile_join(scope, condition, out, err);
  default:
    return compile_leaf(scope, condition, out, err);
  }
}
