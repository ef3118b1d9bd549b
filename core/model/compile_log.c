/* The moves of the history as a relation of queries: those that happened and were not undone. */
#include <string.h>

#include "model/compile.h"

static const struct {
  const char *field, *sql;
} sources[] = {
    {"process",    "m.process"             },
    {"from_stage", "m.from_stage"          },
    {"stage",      "NULLIF(m.to_stage, '')"},
    {"at",         "m.at"                  },
    {"outcome",    "m.outcome"             },
    {"days",       "m.seconds / 86400.0"   },
    {"actor",      "x.actor"               },
    {"reason",     "m.reason"              },
};

static const char *source_of(const char *field) {
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
    if (strcmp(sources[i].field, field) == 0)
      return sources[i].sql;
  return "NULL";
}

static void append_column(struct text *out, const struct field *field) {
  if (field->type == FIELD_REF)
    text_format(out, ", CASE WHEN r.kind = '%s' THEN m.record END AS \"%s\"", field->target,
                field->name);
  else
    text_format(out, ", %s AS \"%s\"", source_of(field->name), field->name);
}

/* An undo that was itself undone leaves the unit in force again. */
static const char in_force[] = "NOT EXISTS (SELECT 1 FROM tx u WHERE u.undoes = m.tx AND NOT EXISTS"
                               " (SELECT 1 FROM tx v WHERE v.undoes = u.id))";

bool compile_log(struct compiler *compiler, const struct kind *kind, struct text *out,
                 struct error *err) {
  const struct book *book = compiler->book;
  text_append(out, "(SELECT m.record AS \"id\", m.seq AS \"seq\"");
  for (int i = 0; i < kind->field_count; i++)
    if (field_is_stored(kind->fields[i]))
      append_column(out, kind->fields[i]);
  text_format(
      out,
      " FROM transition m JOIN record r ON r.id = m.record JOIN tx x ON x.id = m.tx"
      " WHERE m.outcome IN ('begun', 'moved', 'forced', 'promoted', 'imported', 'left') AND %s",
      in_force);
  if (!book->has_as_of) {
    text_append(out, " AND r.deleted_tx IS NULL)");
    return true;
  }
  struct text at = {0};
  const struct value then = value_instant(book->as_of);
  bool done = compiler_parameter(compiler, &then, &at, err) && text_check(&at, err);
  text_format(out,
              " AND m.at <= %s AND (r.deleted_tx IS NULL OR"
              " (SELECT d.at FROM tx d WHERE d.id = r.deleted_tx) > %s))",
              text_string(&at), text_string(&at));
  text_release(&at);
  return done;
}
