#include "model/rollup.h"

#include <string.h>

#include "model/compile.h"
#include "store/statement.h"

enum { ROLLUP_DEPTH = 4 };

const struct rollup rollup_last_move = {.function = AGGREGATE_MAXIMUM, .path = "at"};

static bool fill_last_move(struct operand *out, struct scope *scope, int alias, struct error *err) {
  const struct book *book = scope->compiler->book;
  const struct value then = value_instant(book->as_of);
  text_format(&out->value,
              "(SELECT m.at FROM transition m WHERE m.record = t%d.\"id\" AND m.outcome <> "
              "'refused'",
              alias);
  if (book->has_as_of) {
    text_append(&out->value, " AND m.at <= ");
    if (!compiler_parameter(scope->compiler, &then, &out->value, err))
      return false;
  }
  text_append(&out->value, " ORDER BY m.at DESC, m.seq DESC LIMIT 1)");
  out->type = FIELD_INSTANT;
  return true;
}

static const char *reference_to(const struct kind *child, const struct kind *kind) {
  const char *found = NULL;
  for (int i = 0; i < child->field_count; i++) {
    const struct field *field = child->fields[i];
    if (field->type != FIELD_REF || !field->target || strcmp(field->target, kind->name) != 0)
      continue;
    if (found)
      return NULL;
    found = field->name;
  }
  return found;
}

static bool find_via(const char **via, const struct kind *child, const struct kind *kind,
                     const struct field *field, struct error *err) {
  *via = field->rollup->via ? field->rollup->via : reference_to(child, kind);
  if (!*via)
    return error_set(err, ERROR_INVALID,
                     "rollup '%s': %s does not lead to %s by exactly one reference; say which with "
                     "'via'",
                     field->name, child->name, kind->name);
  const struct field *reference = NULL;
  if (!kind_find_field(child, *via, &reference, err))
    return error_prefix(err, "rollup '%s': ", field->name);
  return true;
}

static bool append_filters(struct scope *scope, const struct rollup *rollup, struct text *where,
                           struct error *err) {
  for (size_t i = 0; i < rollup->filter_count; i++) {
    struct condition *condition = NULL;
    if (!condition_compare_of(&condition, scope->compiler->book, scope->kind, &rollup->filters[i],
                              err))
      return false;
    text_append(where, " AND ");
    bool done = compile_condition(scope, condition, where, err);
    condition_free(condition);
    if (!done)
      return false;
  }
  return true;
}

/* What the rollup computes over the rows of the inner scope. */
static bool fill_aggregate(struct operand *out, struct scope *inner, const struct rollup *rollup,
                           struct error *err) {
  struct expression expression = {.shape = EXPRESSION_NONE};
  struct operand of;
  struct text none = {0};
  enum field_type type;
  if (rollup->function == AGGREGATE_PERCENTILE)
    return error_set(err, ERROR_INVALID, "a rollup has no percentile; use the median");
  if (rollup->path && !expression_parse(&expression, inner->compiler->book->catalog, inner->kind,
                                        rollup->path, err))
    return false;
  bool done = aggregate_type(&type, rollup->function, &expression, err) &&
              operand_of(&of, inner, &expression, err);
  expression_release(&expression);
  if (!done)
    return false;
  out->type = type;
  const struct aggregation aggregation = {rollup->function, 0, &of, &none};
  done = operand_aggregate(out, inner->compiler, &aggregation, err);
  operand_release(&of);
  return done;
}

static void wrap(struct text *part, const struct text *rows, bool guarded, int alias) {
  struct text inside = *part;
  *part = (struct text){0};
  if (inside.length > 0 && guarded)
    text_format(part, "CASE WHEN t%d.\"id\" IS NOT NULL THEN ", alias);
  if (inside.length > 0)
    text_format(part, "(SELECT %s %s)%s", text_string(&inside), text_string(rows),
                guarded ? " END" : "");
  part->failed = part->failed || inside.failed || rows->failed;
  text_release(&inside);
}

/* The rows of the inner scope that refer to the record at `alias`. */
static bool append_rows(struct text *rows, struct scope *inner, int alias,
                        const struct rollup *rollup, const char *via, struct error *err) {
  struct text where = {0};
  bool done = scope_column(inner, inner->alias, inner->kind, via, &where, err);
  text_format(&where, " = t%d.\"id\"", alias);
  done = done && append_filters(inner, rollup, &where, err);
  text_format(rows, "FROM %s WHERE %s", text_string(&inner->tables), text_string(&where));
  rows->failed = rows->failed || where.failed || inner->tables.failed;
  text_release(&where);
  return done;
}

static void wrap_all(struct operand *out, const struct text *rows, bool guarded, int alias) {
  wrap(&out->value, rows, guarded, alias);
  wrap(&out->currency, rows, guarded, alias);
  wrap(&out->mixed, rows, guarded, alias);
}

bool operand_of_rollup(struct operand *out, struct scope *scope, int alias, const struct kind *kind,
                       const struct field *field, struct error *err) {
  struct compiler *compiler = scope->compiler;
  const struct kind *child = NULL;
  const char *via = NULL;
  struct text rows = {0};
  struct scope inner;
  if (!field->rollup->kind)
    return fill_last_move(out, scope, alias, err);
  if (compiler->rollups == ROLLUP_DEPTH)
    return error_set(err, ERROR_INVALID, "rollup '%s' stands on more than %d others", field->name,
                     ROLLUP_DEPTH);
  if (!catalog_find(compiler->book->catalog, field->rollup->kind, &child, err) ||
      !find_via(&via, child, kind, field, err) || !scope_open(&inner, compiler, child, err))
    return false;
  compiler->rollups++;
  bool done = fill_aggregate(out, &inner, field->rollup, err) &&
              append_rows(&rows, &inner, alias, field->rollup, via, err);
  bool guarded = alias != scope->alias; /* a record that is not there has no count, not 0 */
  wrap_all(out, &rows, guarded, alias);
  compiler->rollups--;
  text_release(&rows);
  scope_release(&inner);
  return done;
}

bool rollup_compute(struct value *out, struct book *book, const struct kind *kind,
                    const struct field *field, int64_t id, struct error *err) {
  struct query *query = NULL;
  struct condition *condition = NULL;
  struct cursor *cursor = NULL;
  const struct value *values = NULL;
  struct value wanted = value_integer(id);
  *out = value_null();
  if (!query_new(&query, book, kind, err))
    return false;
  bool done = query_select(query, field->name, field->name, err) &&
              condition_compare(&condition, query, "id", COMPARE_EQUAL, &wanted, err) &&
              query_where(query, condition, err) && query_run(query, book, &cursor, err) &&
              cursor_next(cursor, &values, err);
  if (done && values)
    done = value_copy(out, &values[0], err);
  cursor_close(cursor);
  query_free(query);
  return done;
}
