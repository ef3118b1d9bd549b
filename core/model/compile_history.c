#include "base/memory.h"
#include "model/compile.h"

/* The value of a column then is what the first later change found there; without a later change
 * it is the value of now. */
static void append_then(struct text *out, const char *column, const char *now, const char *at) {
  text_format(out,
              "CASE WHEN EXISTS (SELECT 1 FROM change c WHERE c.record = r.id AND c.field = '%s'"
              " AND c.at > %s) THEN (SELECT c.old FROM change c WHERE c.record = r.id AND"
              " c.field = '%s' AND c.at > %s ORDER BY c.at, c.id LIMIT 1) ELSE %s END",
              column, at, column, at, now);
}

static void append_relation(struct text *out, const struct relation *relation, const char *at) {
  const char *name = relation->kind->name;
  text_format(out, "\"%s then\" AS MATERIALIZED (SELECT r.id AS \"id\"", name);
  for (size_t i = 0; i < relation->columns.count; i++) {
    const char *column = *(char **)list_at(&relation->columns, i);
    struct text now = {0};
    text_format(&now, "d.\"%s\"", column);
    text_append(out, ", ");
    append_then(out, column, text_string(&now), at);
    text_format(out, " AS \"%s\"", column);
    out->failed = out->failed || now.failed;
    text_release(&now);
  }
  text_format(out,
              " FROM record r LEFT JOIN \"%s\" d ON d.id = r.id"
              " WHERE r.kind = '%s' AND r.since <= %s AND coalesce(",
              name, name, at);
  append_then(out, "deleted", "(r.deleted_tx IS NOT NULL)", at);
  text_append(out, ", 0) = 0)");
}

bool compiler_history(struct compiler *compiler, struct text *out, struct error *err) {
  if (compiler->relations.count == 0)
    return true;
  struct text at = {0};
  struct value then = value_instant(compiler->book->as_of);
  bool done = compiler_parameter(compiler, &then, &at, err) && text_check(&at, err);
  text_append(out, "WITH ");
  for (size_t i = 0; done && i < compiler->relations.count; i++) {
    text_append(out, i > 0 ? ", " : "");
    append_relation(out, list_at(&compiler->relations, i), text_string(&at));
  }
  text_append(out, " ");
  text_release(&at);
  return done;
}
