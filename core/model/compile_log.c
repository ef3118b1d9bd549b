/* The moves of the history, and what criteria said of them, as relations of queries. What was
 * undone is in neither. */
#include <string.h>

#include "model/compile.h"

struct source {
  const char *field, *sql;
};

/* A log: what it reads besides m (the transition), r (its record) and x (its unit). */
struct log {
  const char *kind, *sequence, *also;
  const char *outcomes; /* of the transitions that count */
  const struct source *sources;
};

static const struct source transition_sources[] = {
    {"process",    "m.process"             },
    {"from_stage", "m.from_stage"          },
    {"stage",      "NULLIF(m.to_stage, '')"},
    {"at",         "m.at"                  },
    {"outcome",    "m.outcome"             },
    {"days",       "m.seconds / 86400.0"   },
    {"actor",      "x.actor"               },
    {"reason",     "m.reason"              },
    {NULL,         NULL                    },
};

static const struct source verdict_sources[] = {
    {"criterion",  "j.value ->> 'id'"     },
    {"answer",     "j.value ->> 'outcome'"},
    {"level",      "j.value ->> 'level'"  },
    {"detail",     "j.value ->> 'detail'" },
    {"process",    "m.process"            },
    {"from_stage", "m.from_stage"         },
    {"stage",      "m.to_stage"           },
    {"at",         "m.at"                 },
    {"outcome",    "m.outcome"            },
    {"actor",      "x.actor"              },
    {"reason",     "m.reason"             },
    {NULL,         NULL                   },
};

static const struct log logs[] = {
    {"transition", "m.seq",                "",                                        "'begun', 'moved', 'forced', 'promoted', 'imported', 'left'",
     transition_sources                                                                                                                                            },
    {"verdict",    "m.seq * 1000 + j.key", " JOIN json_each(m.verdict -> 'items') j",
     "'moved', 'forced', 'promoted', 'refused'",                                                                                                    verdict_sources},
};

static const struct log *log_of(const struct kind *kind) {
  const struct log *log = logs;
  while (strcmp(log->kind, kind->name) != 0)
    log++;
  return log;
}

static const char *source_of(const struct log *log, const char *field) {
  for (const struct source *source = log->sources; source->field; source++)
    if (strcmp(source->field, field) == 0)
      return source->sql;
  return "NULL";
}

static void append_column(struct text *out, const struct log *log, const struct field *field) {
  if (field->type == FIELD_REF)
    text_format(out, ", CASE WHEN r.kind = '%s' THEN m.record END AS \"%s\"", field->target,
                field->name);
  else
    text_format(out, ", %s AS \"%s\"", source_of(log, field->name), field->name);
}

/* An undo that was itself undone leaves the unit in force again. */
static const char in_force[] = "NOT EXISTS (SELECT 1 FROM tx u WHERE u.undoes = m.tx AND NOT EXISTS"
                               " (SELECT 1 FROM tx v WHERE v.undoes = u.id))";

bool compile_log(struct compiler *compiler, const struct kind *kind, struct text *out,
                 struct error *err) {
  const struct book *book = compiler->book;
  const struct log *log = log_of(kind);
  text_format(out, "(SELECT m.record AS \"id\", %s AS \"seq\"", log->sequence);
  for (int i = 0; i < kind->field_count; i++)
    if (field_is_stored(kind->fields[i]))
      append_column(out, log, kind->fields[i]);
  text_format(out,
              " FROM transition m JOIN record r ON r.id = m.record JOIN tx x ON x.id = m.tx%s"
              " WHERE m.outcome IN (%s) AND %s",
              log->also, log->outcomes, in_force);
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
