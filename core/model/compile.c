#include "model/compile.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The statement while it is put together. */
struct assembly {
  const struct query *query;
  struct compiler compiler;
  struct scope scope;
  struct operand *operands; /* owned: one per column of the query */
  struct text select, where, group, order;
};

static void assembly_release(struct assembly *assembly) {
  for (size_t i = 0; assembly->operands && i < assembly->query->columns.count; i++)
    operand_release(&assembly->operands[i]);
  memory_free(assembly->operands);
  text_release(&assembly->select);
  text_release(&assembly->where);
  text_release(&assembly->group);
  text_release(&assembly->order);
  scope_release(&assembly->scope);
  compiler_release(&assembly->compiler);
}

static bool fill_aggregate(struct operand *out, struct scope *scope, const struct column *column,
                           struct error *err) {
  struct operand of;
  struct text only = {0};
  *out = (struct operand){0};
  if (!aggregate_type(&out->type, column->function, &column->expression, err) ||
      !operand_of(&of, scope, &column->expression, err))
    return false;
  bool done = !column->only || compile_condition(scope, column->only, &only, err);
  const struct aggregation aggregation = {column->function, column->percentile, &of, &only};
  done =
      done && text_check(&only, err) && operand_aggregate(out, scope->compiler, &aggregation, err);
  operand_release(&of);
  text_release(&only);
  return done;
}

static bool check_columns(const struct query *query, struct error *err) {
  if (!query_is_grouped(query))
    return true;
  for (size_t i = 0; i < query->columns.count; i++) {
    const struct column *column = list_at(&query->columns, i);
    if (column->use == COLUMN_SELECT)
      return error_set(err, ERROR_INVALID,
                       "'%s' is one value per record and stands beside totals; group by it, or "
                       "take an aggregate of it",
                       column->name);
  }
  return true;
}

static bool fill_operands(struct assembly *assembly, struct error *err) {
  const struct list *columns = &assembly->query->columns;
  assembly->operands = memory_new_array(columns->count, sizeof *assembly->operands);
  if (!assembly->operands)
    return error_memory(err);
  for (size_t i = 0; i < columns->count; i++) {
    const struct column *column = list_at(columns, i);
    struct operand *operand = &assembly->operands[i];
    bool done = column->use == COLUMN_AGGREGATE
                    ? fill_aggregate(operand, &assembly->scope, column, err)
                    : operand_of(operand, &assembly->scope, &column->expression, err);
    if (!done)
      return false;
  }
  return true;
}

static bool fill_where(struct assembly *assembly, struct error *err) {
  const struct list *wheres = &assembly->query->wheres;
  for (size_t i = 0; i < wheres->count; i++) {
    text_append(&assembly->where, i > 0 ? " AND " : " WHERE ");
    if (!compile_condition(&assembly->scope, *(struct condition **)list_at(wheres, i),
                           &assembly->where, err))
      return false;
  }
  return true;
}

static void append_grouped(struct text *out, const struct text *part) {
  if (part->length == 0)
    return;
  text_append(out, out->length > 0 ? ", " : " GROUP BY ");
  text_append(out, text_string(part));
}

static void fill_group(struct assembly *assembly) {
  const struct list *columns = &assembly->query->columns;
  for (size_t i = 0; i < columns->count; i++) {
    const struct column *column = list_at(columns, i);
    if (column->use != COLUMN_GROUP)
      continue;
    append_grouped(&assembly->group, &assembly->operands[i].value);
    append_grouped(&assembly->group, &assembly->operands[i].currency);
  }
}

static void append_direction(struct text *out, const char *value, bool folded, bool descending) {
  text_append(out, out->length > 0 ? ", " : " ORDER BY ");
  text_format(out, folded ? "fold(%s)" : "%s", value);
  text_append(out, descending ? " DESC NULLS LAST" : " ASC NULLS FIRST");
}

static bool append_rank_order(struct assembly *assembly, const struct operand *operand,
                              bool descending, struct error *err) {
  struct text rank = {0};
  bool done = compile_rank(&assembly->compiler, operand, &rank, err) && text_check(&rank, err);
  if (done)
    append_direction(&assembly->order, text_string(&rank), false, descending);
  text_release(&rank);
  return done;
}

static bool append_operand_order(struct assembly *assembly, const struct operand *operand,
                                 bool descending, struct error *err) {
  struct text *out = &assembly->order;
  if (operand->words && !append_rank_order(assembly, operand, descending, err))
    return false;
  if (operand->currency.length > 0)
    append_direction(out, text_string(&operand->currency), false, descending);
  if (field_type_is_text(operand->type))
    append_direction(out, text_string(&operand->value), true, descending);
  append_direction(out, text_string(&operand->value), false, descending);
  return true;
}

static bool append_order(struct assembly *assembly, const struct order *order, struct error *err) {
  struct operand operand;
  if (order->column) {
    int index = query_find_column(assembly->query, order->column);
    return append_operand_order(assembly, &assembly->operands[index], order->descending, err);
  }
  if (query_is_grouped(assembly->query))
    return error_set(err, ERROR_INVALID, "a grouped query is ordered by its columns only");
  if (!operand_of(&operand, &assembly->scope, &order->expression, err))
    return false;
  bool done = append_operand_order(assembly, &operand, order->descending, err);
  operand_release(&operand);
  return done;
}

/* Ends every order with what makes it the same each time. */
static bool fill_order(struct assembly *assembly, struct error *err) {
  const struct query *query = assembly->query;
  for (size_t i = 0; i < query->orders.count; i++)
    if (!append_order(assembly, list_at(&query->orders, i), err))
      return false;
  if (!query_is_grouped(query)) {
    text_append(&assembly->order, assembly->order.length > 0 ? ", " : " ORDER BY ");
    text_format(&assembly->order, "t%d.\"id\"", assembly->scope.alias);
    if (assembly->scope.kind->is_log)
      text_format(&assembly->order, ", t%d.\"seq\"", assembly->scope.alias);
    return true;
  }
  for (size_t i = 0; i < query->columns.count; i++) {
    const struct column *column = list_at(&query->columns, i);
    if (column->use == COLUMN_GROUP &&
        !append_operand_order(assembly, &assembly->operands[i], false, err))
      return false;
  }
  return true;
}

static bool add_reader(struct compiled *out, const char *name, const struct operand *operand,
                       struct error *err) {
  struct reader *reader = list_add(&out->readers, err);
  if (!reader)
    return false;
  *reader = (struct reader){
      .type = operand->type,
      .has_currency = operand->currency.length > 0,
      .has_mixed = operand->mixed.length > 0,
  };
  reader->name = memory_copy_text(name);
  return reader->name || error_memory(err);
}

static void append_selected(struct text *out, const struct text *part) {
  if (part->length == 0)
    return;
  text_append(out, out->length > 0 ? ", " : "");
  text_append(out, text_string(part));
}

static bool fill_select(struct assembly *assembly, struct compiled *out, enum compile_goal goal,
                        struct error *err) {
  const struct list *columns = &assembly->query->columns;
  struct operand id = {.type = FIELD_REF};
  for (size_t i = 0; goal != COMPILE_IDS && i < columns->count; i++) {
    const struct column *column = list_at(columns, i);
    const struct operand *operand = &assembly->operands[i];
    append_selected(&assembly->select, &operand->value);
    append_selected(&assembly->select, &operand->currency);
    append_selected(&assembly->select, &operand->mixed);
    if (!add_reader(out, column->name, operand, err))
      return false;
  }
  if (assembly->select.length > 0)
    return true;
  text_format(&assembly->select, "t%d.\"id\"", assembly->scope.alias);
  return add_reader(out, "id", &id, err);
}

static bool append_limit(struct assembly *assembly, struct text *sql, struct error *err) {
  const struct query *query = assembly->query;
  if (query->limit < 0 && query->offset <= 0)
    return true;
  struct value limit = value_integer(query->limit < 0 ? INT64_MAX : query->limit);
  struct value offset = value_integer(query->offset > 0 ? query->offset : 0);
  text_append(sql, " LIMIT ");
  if (!compiler_parameter(&assembly->compiler, &limit, sql, err))
    return false;
  text_append(sql, " OFFSET ");
  return compiler_parameter(&assembly->compiler, &offset, sql, err);
}

/* The parts in their order; a failed text shows at the end. */
static bool assemble(struct assembly *assembly, enum compile_goal goal, struct text *sql,
                     struct error *err) {
  const struct text *parts[] = {&assembly->scope.tables, &assembly->where, &assembly->group,
                                &assembly->order};
  if (!compiler_history(&assembly->compiler, sql, err))
    return false;
  text_append(sql, goal == COMPILE_COUNT ? "SELECT count(*) FROM (SELECT " : "SELECT ");
  text_append(sql, text_string(&assembly->select));
  text_append(sql, " FROM ");
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    text_append(sql, text_string(parts[i]));
    sql->failed = sql->failed || parts[i]->failed;
  }
  sql->failed = sql->failed || assembly->select.failed;
  if (!append_limit(assembly, sql, err))
    return false;
  text_append(sql, goal == COMPILE_COUNT ? ")" : "");
  return text_check(sql, err);
}

/* A store numbers named parameters as they come; so do we. */
bool compiler_finish(struct compiler *compiler, struct text *sql, struct compiled *out,
                     struct error *err) {
  struct text done = {0};
  size_t count = compiler->parameters.count;
  size_t *places = memory_new_array(count + 1, sizeof *places);
  if (!places)
    return error_memory(err);
  out->parameters.size = sizeof(struct value);
  const char *rest = text_string(sql);
  for (const char *mark; (mark = strchr(rest, '$'));) {
    char *end;
    size_t number = strtoul(mark + 1, &end, 10);
    text_append_bytes(&done, rest, (size_t)(mark - rest));
    if (places[number] == 0) {
      struct value *from = list_at(&compiler->parameters, number - 1);
      struct value *to = list_add(&out->parameters, err);
      if (!to) {
        done.failed = true; /* shows when the text is taken */
        break;
      }
      *to = *from;
      *from = value_null();
      places[number] = out->parameters.count;
    }
    text_format(&done, "$%zu", places[number]);
    rest = end;
  }
  text_append(&done, rest);
  memory_free(places);
  out->sql = text_take(&done, err);
  text_release(&done);
  return out->sql != NULL;
}

static bool compile_parts(struct assembly *assembly, struct compiled *out, enum compile_goal goal,
                          struct error *err) {
  struct text sql = {0};
  const struct query *query = assembly->query;
  if (!scope_open(&assembly->scope, &assembly->compiler, query->kind, err))
    return false;
  bool done =
      check_columns(query, err) && fill_operands(assembly, err) && fill_where(assembly, err);
  if (done)
    fill_group(assembly);
  if (goal != COMPILE_COUNT || query->limit >= 0 || query->offset > 0)
    done = done && fill_order(assembly, err);
  done = done && fill_select(assembly, out, goal, err) && assemble(assembly, goal, &sql, err) &&
         compiler_finish(&assembly->compiler, &sql, out, err);
  text_release(&sql);
  return done;
}

bool compile_query(struct compiled *out, const struct query *query, const struct book *book,
                   enum compile_goal goal, struct error *err) {
  struct assembly assembly = {.query = query};
  *out = (struct compiled){.readers = {.size = sizeof(struct reader)}};
  if (goal == COMPILE_IDS && query_is_grouped(query))
    return error_set(err, ERROR_INVALID, "a grouped query gives totals, not records");
  assembly.compiler.book = book;
  assembly.compiler.parameters.size = sizeof(struct value);
  assembly.compiler.relations.size = sizeof(struct relation);
  bool done = compile_parts(&assembly, out, goal, err);
  assembly_release(&assembly);
  if (!done)
    compiled_release(out);
  return done;
}

void compiled_release(struct compiled *compiled) {
  memory_free(compiled->sql);
  for (size_t i = 0; i < compiled->parameters.count; i++)
    value_release(list_at(&compiled->parameters, i));
  for (size_t i = 0; i < compiled->readers.count; i++)
    memory_free(((struct reader *)list_at(&compiled->readers, i))->name);
  list_release(&compiled->parameters);
  list_release(&compiled->readers);
  *compiled = (struct compiled){0};
}
