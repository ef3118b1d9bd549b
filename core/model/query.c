#include "model/query.h"

#include <string.h>

#include "base/memory.h"
#include "model/query_parts.h"

bool query_new(struct query **out, const struct book *book, const struct kind *kind,
               struct error *err) {
  struct query *query = memory_new(sizeof *query);
  if (!query)
    return error_memory(err);
  query->book = book;
  query->kind = kind;
  query->wheres.size = sizeof(struct condition *);
  query->orders.size = sizeof(struct order);
  query->columns.size = sizeof(struct column);
  query->limit = -1;
  *out = query;
  return true;
}

static void column_release(struct column *column) {
  memory_free(column->name);
  expression_release(&column->expression);
  condition_free(column->only);
}

static void order_release(struct order *order) {
  memory_free(order->column);
  expression_release(&order->expression);
}

void query_free(struct query *query) {
  if (!query)
    return;
  for (size_t i = 0; i < query->wheres.count; i++)
    condition_free(*(struct condition **)list_at(&query->wheres, i));
  for (size_t i = 0; i < query->orders.count; i++)
    order_release(list_at(&query->orders, i));
  for (size_t i = 0; i < query->columns.count; i++)
    column_release(list_at(&query->columns, i));
  list_release(&query->wheres);
  list_release(&query->orders);
  list_release(&query->columns);
  memory_free(query);
}

static bool copy_column(struct query *copy, const struct column *column, struct error *err) {
  struct column *out = list_add(&copy->columns, err);
  if (!out)
    return false;
  out->use = column->use;
  out->function = column->function;
  out->percentile = column->percentile;
  out->name = memory_copy_text(column->name);
  if (!out->name)
    return error_memory(err);
  return expression_copy(&out->expression, &column->expression, err) &&
         (!column->only || condition_copy(&out->only, column->only, err));
}

static bool copy_order(struct query *copy, const struct order *order, struct error *err) {
  struct order *out = list_add(&copy->orders, err);
  if (!out)
    return false;
  out->descending = order->descending;
  out->column = memory_copy_text(order->column);
  if (order->column && !out->column)
    return error_memory(err);
  return expression_copy(&out->expression, &order->expression, err);
}

static bool copy_parts(struct query *copy, const struct query *query, struct error *err) {
  for (size_t i = 0; i < query->wheres.count; i++) {
    struct condition *condition = NULL;
    if (!condition_copy(&condition, *(struct condition **)list_at(&query->wheres, i), err) ||
        !query_where(copy, condition, err))
      return false;
  }
  for (size_t i = 0; i < query->orders.count; i++)
    if (!copy_order(copy, list_at(&query->orders, i), err))
      return false;
  for (size_t i = 0; i < query->columns.count; i++)
    if (!copy_column(copy, list_at(&query->columns, i), err))
      return false;
  return true;
}

bool query_copy(struct query **out, const struct query *query, struct error *err) {
  struct query *copy = NULL;
  if (!query_new(&copy, query->book, query->kind, err))
    return false;
  copy->limit = query->limit;
  copy->offset = query->offset;
  if (!copy_parts(copy, query, err)) {
    query_free(copy);
    return false;
  }
  *out = copy;
  return true;
}

const struct kind *query_kind(const struct query *query) {
  return query->kind;
}

bool query_path(const struct query *query, const char *path, struct path_info *out,
                struct error *err) {
  struct path parsed;
  if (!path_parse(&parsed, query->book->catalog, query->kind, path, err))
    return false;
  *out = (struct path_info){.kind = parsed.kind, .field = parsed.field};
  path_release(&parsed);
  return true;
}

bool query_where(struct query *query, struct condition *condition, struct error *err) {
  int weight = condition->weight + 1;
  for (size_t i = 0; i < query->wheres.count; i++)
    weight += (*(struct condition **)list_at(&query->wheres, i))->weight;
  if (weight > CONDITION_WEIGHT + 1) {
    condition_free(condition);
    return error_set(err, ERROR_INVALID,
                     "the query has too many conditions; list values with 'in'");
  }
  struct condition **slot = list_add(&query->wheres, err);
  if (!slot) {
    condition_free(condition);
    return false;
  }
  *slot = condition;
  return true;
}

static bool find_order_column(const struct query *query, const char *name, struct error *err) {
  if (query_find_column(query, name) >= 0)
    return true;
  const char *names[32];
  size_t count = 0;
  for (; count < query->columns.count && count < 32; count++)
    names[count] = ((struct column *)list_at(&query->columns, count))->name;
  const char *near = text_suggest(name, names, count);
  return near ? error_set(err, ERROR_NOT_FOUND, "there is no column '%s'; did you mean '%s'?", name,
                          near)
              : error_set(err, ERROR_NOT_FOUND, "there is no column '%s'", name);
}

bool query_order_column(struct query *query, const char *name, bool descending, struct error *err) {
  if (!find_order_column(query, name, err))
    return false;
  const struct column *column = list_at(&query->columns, (size_t)query_find_column(query, name));
  if (column->expression.shape == EXPRESSION_PATH &&
      !path_is_askable(&column->expression.path, err))
    return false;
  char *copy = memory_copy_text(name);
  struct order *order = copy ? list_add(&query->orders, err) : NULL;
  if (!order) {
    memory_free(copy);
    return error_memory(err);
  }
  order->column = copy;
  order->descending = descending;
  return true;
}

bool query_order(struct query *query, const char *path, bool descending, struct error *err) {
  struct expression expression;
  if (!expression_parse(&expression, query->book->catalog, query->kind, path, err))
    return false;
  struct order *order = list_add(&query->orders, err);
  if (!order) {
    expression_release(&expression);
    return false;
  }
  order->expression = expression;
  order->descending = descending;
  return true;
}

void query_limit(struct query *query, int64_t limit, int64_t offset) {
  query->limit = limit;
  query->offset = offset;
}

int query_find_column(const struct query *query, const char *name) {
  for (size_t i = 0; i < query->columns.count; i++)
    if (strcmp(((struct column *)list_at(&query->columns, i))->name, name) == 0)
      return (int)i;
  return -1;
}

/* Takes what the column holds over, also on failure. */
static bool add_column(struct query *query, const char *name, struct column *column,
                       struct error *err) {
  struct column *slot = NULL;
  column->name = memory_copy_text(name);
  if (!column->name)
    error_memory(err);
  else if (query_find_column(query, name) >= 0)
    error_set(err, ERROR_INVALID, "two columns are named '%s'; name one of them otherwise", name);
  else
    slot = list_add(&query->columns, err);
  if (slot)
    *slot = *column;
  else
    column_release(column);
  return slot != NULL;
}

static bool add_path_column(struct query *query, const char *name, const char *path,
                            enum column_use use, struct error *err) {
  struct column column = {.use = use};
  return expression_parse(&column.expression, query->book->catalog, query->kind, path, err) &&
         add_column(query, name, &column, err);
}

/* A path alone may be a formula's. */
bool query_select(struct query *query, const char *name, const char *path, struct error *err) {
  if (strchr(path, '('))
    return add_path_column(query, name, path, COLUMN_SELECT, err);
  struct column column = {.use = COLUMN_SELECT, .expression.shape = EXPRESSION_PATH};
  return path_parse(&column.expression.path, query->book->catalog, query->kind, path, err) &&
         add_column(query, name, &column, err);
}

bool query_group(struct query *query, const char *name, const char *path, struct error *err) {
  return add_path_column(query, name, path, COLUMN_GROUP, err);
}

static bool parse_aggregate(struct column *column, const struct query *query,
                            const struct aggregate_spec *spec, struct error *err) {
  enum field_type type;
  if (spec->path &&
      !expression_parse(&column->expression, query->book->catalog, query->kind, spec->path, err))
    return false;
  if (!spec->path && spec->function == AGGREGATE_COUNT_DISTINCT)
    return error_set(err, ERROR_INVALID, "count_distinct needs a field to work on");
  if (spec->function == AGGREGATE_PERCENTILE && !(spec->percentile >= 0 && spec->percentile <= 1))
    return error_set(err, ERROR_INVALID, "a percentile lies between 0 and 1, 0.9 is the 90th");
  return aggregate_type(&type, spec->function, &column->expression, err);
}

bool query_aggregate(struct query *query, const char *name, const struct aggregate_spec *spec,
                     struct error *err) {
  struct column column = {
      .use = COLUMN_AGGREGATE,
      .function = spec->function,
      .percentile = spec->percentile,
      .only = spec->only,
  };
  if (!parse_aggregate(&column, query, spec, err)) {
    column_release(&column);
    return false;
  }
  return add_column(query, name, &column, err);
}

bool query_is_grouped(const struct query *query) {
  for (size_t i = 0; i < query->columns.count; i++)
    if (((struct column *)list_at(&query->columns, i))->use != COLUMN_SELECT)
      return true;
  return false;
}

bool query_searches(const struct query *query) {
  for (size_t i = 0; i < query->wheres.count; i++)
    if (condition_searches(*(struct condition **)list_at(&query->wheres, i)))
      return true;
  for (size_t i = 0; i < query->columns.count; i++) {
    const struct column *column = list_at(&query->columns, i);
    if (column->only && condition_searches(column->only))
      return true;
  }
  return false;
}

int query_column_count(const struct query *query) {
  return (int)query->columns.count;
}

struct query_column query_column_at(const struct query *query, int index) {
  const struct column *column = list_at(&query->columns, (size_t)index);
  struct query_column out = {.name = column->name, .type = expression_type(&column->expression)};
  struct error ignored; /* it was checked when the column was added */
  if (column->use == COLUMN_AGGREGATE)
    aggregate_type(&out.type, column->function, &column->expression, &ignored);
  else if (column->expression.shape == EXPRESSION_PATH && !column->expression.path.is_currency)
    out.field = column->expression.path.field;
  if (out.field && out.field->flags & FIELD_FORMULA)
    out.formula_of = column->expression.path.kind;
  return out;
}
