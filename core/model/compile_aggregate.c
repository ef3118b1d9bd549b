#include <string.h>

#include "base/translate.h"
#include "model/compile.h"

static bool is_number(enum field_type type) {
  return type == FIELD_INTEGER || type == FIELD_NUMBER || type == FIELD_PERCENT ||
         type == FIELD_MONEY || type == FIELD_MINUTES;
}

static bool is_ordered(enum field_type type) {
  return is_number(type) || type == FIELD_DATE || type == FIELD_INSTANT;
}

static const char *const function_names[] = {
    [AGGREGATE_COUNT] = "count",           [AGGREGATE_SUM] = "sum",
    [AGGREGATE_AVERAGE] = "average",       [AGGREGATE_MINIMUM] = "min",
    [AGGREGATE_MAXIMUM] = "max",           [AGGREGATE_MEDIAN] = "median",
    [AGGREGATE_PERCENTILE] = "percentile", [AGGREGATE_COUNT_DISTINCT] = "count_distinct",
};

static bool refuse(enum aggregate function, const struct expression *expression, const char *wanted,
                   struct error *err) {
  return error_set(err, ERROR_INVALID, "%s needs %s; '%s' is %s", function_names[function], wanted,
                   path_name(&expression->path), field_type_name(expression_type(expression)));
}

bool aggregate_type(enum field_type *out, enum aggregate function,
                    const struct expression *expression, struct error *err) {
  enum field_type type = expression_type(expression);
  if (function == AGGREGATE_COUNT || function == AGGREGATE_COUNT_DISTINCT) {
    *out = FIELD_INTEGER;
    return true;
  }
  if (expression->shape == EXPRESSION_NONE)
    return error_set(err, ERROR_INVALID, "%s needs a field to work on", function_names[function]);
  bool any_order = function == AGGREGATE_MINIMUM || function == AGGREGATE_MAXIMUM;
  if (any_order && !is_ordered(type))
    return refuse(function, expression, translate("a number, money or a date"), err);
  if (!any_order && !is_number(type))
    return refuse(function, expression, translate("a number or money"), err);
  bool keeps = any_order || function == AGGREGATE_SUM;
  *out = !keeps && (type == FIELD_INTEGER || type == FIELD_MINUTES) ? FIELD_NUMBER : type;
  return true;
}

/* Half away from zero, in whole numbers only. */
static void append_money_average(struct text *out, const char *of) {
  text_format(out,
              "CASE WHEN sum(%s) < 0 THEN -((-sum(%s) + count(%s) / 2) / nullif(count(%s), 0))"
              " ELSE (sum(%s) + count(%s) / 2) / nullif(count(%s), 0) END",
              of, of, of, of, of, of, of);
}

static bool append_percentile(struct text *out, struct compiler *compiler, double percentile,
                              bool money, const char *of, struct error *err) {
  struct value share = value_number(percentile * 100);
  text_format(out, money ? "CAST(round(percentile(%s, " : "percentile(%s, ", of);
  bool done = compiler_parameter(compiler, &share, out, err);
  text_append(out, money ? ")) AS INTEGER)" : ")");
  return done;
}

static bool append_function(struct text *out, struct compiler *compiler,
                            const struct aggregation *aggregation, const char *of,
                            struct error *err) {
  bool money = aggregation->of->type == FIELD_MONEY;
  switch (aggregation->function) {
  case AGGREGATE_COUNT_DISTINCT:
    text_format(out, "count(DISTINCT %s)", of);
    return true;
  case AGGREGATE_AVERAGE:
    if (money)
      append_money_average(out, of);
    else
      text_format(out, "avg(%s)", of);
    return true;
  case AGGREGATE_MEDIAN:
    text_format(out, money ? "CAST(round(median(%s)) AS INTEGER)" : "median(%s)", of);
    return true;
  case AGGREGATE_PERCENTILE:
    return append_percentile(out, compiler, aggregation->percentile, money, of, err);
  default:
    text_format(out, "%s(%s)", function_names[aggregation->function], of);
    return true;
  }
}

/* Only rows where the condition holds: the others give NULL, which no aggregate sees. */
static void append_filtered(struct text *out, const char *value, const struct text *only) {
  if (only->length > 0)
    text_format(out, "CASE WHEN %s THEN %s END", text_string(only), value);
  else
    text_append(out, value);
}

static void append_argument(struct text *out, const struct aggregation *aggregation) {
  const struct operand *of = aggregation->of;
  struct text value = {0};
  if (of->value.length == 0)
    text_append(&value, "1");
  else if (aggregation->function == AGGREGATE_COUNT_DISTINCT && of->currency.length > 0)
    text_format(&value, "%s || ' ' || %s", text_string(&of->value), text_string(&of->currency));
  else
    text_append(&value, text_string(&of->value));
  append_filtered(out, text_string(&value), aggregation->only);
  out->failed = out->failed || value.failed;
  text_release(&value);
}

/* One amount of one currency, or NULL with the currencies said beside. A currency without an
 * amount does not count. */
static void append_currencies(struct operand *out, const struct aggregation *aggregation) {
  struct text currency = {0};
  append_filtered(&currency, text_string(&aggregation->of->currency), aggregation->only);
  const char *code = text_string(&currency);
  text_format(&out->currency, "min(%s)", code);
  text_format(&out->mixed, "CASE WHEN min(%s) < max(%s) THEN min(%s) || ', ' || max(%s) END", code,
              code, code, code);
  out->mixed.failed = out->mixed.failed || currency.failed;
  text_release(&currency);
}

bool operand_aggregate(struct operand *out, struct compiler *compiler,
                       const struct aggregation *aggregation, struct error *err) {
  enum aggregate function = aggregation->function;
  bool counts = function == AGGREGATE_COUNT || function == AGGREGATE_COUNT_DISTINCT;
  bool money = aggregation->of->type == FIELD_MONEY && !counts;
  struct text argument = {0};
  struct text value = {0};
  append_argument(&argument, aggregation);
  bool done = append_function(&value, compiler, aggregation, text_string(&argument), err);
  if (money) {
    append_currencies(out, aggregation);
    text_format(&out->value, "CASE WHEN (%s) IS NULL THEN %s END", text_string(&out->mixed),
                text_string(&value));
  } else
    text_append(&out->value, text_string(&value));
  out->value.failed = out->value.failed || value.failed || argument.failed;
  text_release(&argument);
  text_release(&value);
  return done && operand_check(out, err);
}
