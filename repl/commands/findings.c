#include "repl/commands/findings.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/interrupt.h"

static const struct {
  const char *word, *said;
} effects[] = {
    {"blocked",      N_("newly blocked")        },
    {"free",         N_("newly free")           },
    {"broken",       N_("broken")               },
    {"promoted",     N_("would be promoted")    },
    {"stageless",    N_("its stage is gone")    },
    {"other points", N_("other points")         },
    {"same",         N_("same verdict")         },
    {"refused",      N_("newly refused")        },
    {"allowed",      N_("newly allowed")        },
    {"unjudged",     N_("can't be judged again")},
    {"before",       N_("before")               },
    {"after",        N_("after")                },
    {"added",        N_("added")                },
    {"removed",      N_("removed")              },
    {"changed",      N_("changed")              },
};

struct column {
  const char *name, *title;
  enum field_type type;
};

static const struct column added_up[] = {
    {"what",    N_("what"),    FIELD_TEXT   },
    {"id",      N_("id"),      FIELD_TEXT   },
    {"effect",  N_("effect"),  FIELD_TEXT   },
    {"records", N_("records"), FIELD_INTEGER},
    {"amount",  N_("amount"),  FIELD_MONEY  },
    {"text",    N_("text"),    FIELD_TEXT   },
};

static const struct column added_up_past[] = {
    {"what",        N_("what"),        FIELD_TEXT   },
    {"id",          N_("id"),          FIELD_TEXT   },
    {"effect",      N_("effect"),      FIELD_TEXT   },
    {"moves",       N_("moves"),       FIELD_INTEGER},
    {"won",         N_("won"),         FIELD_INTEGER},
    {"won_amount",  N_("won amount"),  FIELD_MONEY  },
    {"lost",        N_("lost"),        FIELD_INTEGER},
    {"lost_amount", N_("lost amount"), FIELD_MONEY  },
    {"open",        N_("still open"),  FIELD_INTEGER},
    {"open_amount", N_("open amount"), FIELD_MONEY  },
    {"text",        N_("text"),        FIELD_TEXT   },
};

static const struct column one_by_one[] = {
    {"id",         N_("id"),         FIELD_INTEGER},
    {"name",       N_("name"),       FIELD_TEXT   },
    {"rule",       N_("rule"),       FIELD_TEXT   },
    {"effect",     N_("effect"),     FIELD_TEXT   },
    {"detail",     N_("detail"),     FIELD_TEXT   },
    {"difference", N_("difference"), FIELD_NUMBER },
    {"amount",     N_("amount"),     FIELD_MONEY  },
};

static const struct column one_by_one_past[] = {
    {"id",      N_("id"),      FIELD_INTEGER},
    {"name",    N_("name"),    FIELD_TEXT   },
    {"at",      N_("at"),      FIELD_INSTANT},
    {"from",    N_("from"),    FIELD_TEXT   },
    {"to",      N_("to"),      FIELD_TEXT   },
    {"made",    N_("made"),    FIELD_TEXT   },
    {"effect",  N_("effect"),  FIELD_TEXT   },
    {"detail",  N_("detail"),  FIELD_TEXT   },
    {"outcome", N_("outcome"), FIELD_TEXT   },
    {"amount",  N_("amount"),  FIELD_MONEY  },
};

enum { EFFECT_ADDED_UP = 2, EFFECT_NOW = 3, EFFECT_PAST = 6 };
enum {
  EFFECTS = sizeof effects / sizeof *effects,
  ADDED_UP = sizeof added_up / sizeof *added_up,
  ADDED_UP_PAST = sizeof added_up_past / sizeof *added_up_past,
  ONE_BY_ONE = sizeof one_by_one / sizeof *one_by_one,
  ONE_BY_ONE_PAST = sizeof one_by_one_past / sizeof *one_by_one_past,
};

static bool add_columns(struct result *result, const struct column *columns, size_t count,
                        struct error *err) {
  for (size_t i = 0; i < count; i++)
    if (!result_add_column(result, columns[i].name, translate(columns[i].title), columns[i].type,
                           err))
      return false;
  return true;
}

static bool add_effects(struct result *result, size_t column, struct error *err) {
  for (size_t i = 0; i < EFFECTS; i++)
    if (!result_add_word(list_at(&result->columns, column), effects[i].word,
                         translate(effects[i].said), err))
      return false;
  return true;
}

static bool begin_result(struct findings *findings, struct error *err) {
  struct result *result = &findings->call->result;
  bool each = findings->each, past = findings->past;
  if (each && past)
    return add_columns(result, one_by_one_past, ONE_BY_ONE_PAST, err) &&
           add_effects(result, EFFECT_PAST, err);
  if (each)
    return add_columns(result, one_by_one, ONE_BY_ONE, err) && add_effects(result, EFFECT_NOW, err);
  return (past ? add_columns(result, added_up_past, ADDED_UP_PAST, err)
               : add_columns(result, added_up, ADDED_UP, err)) &&
         add_effects(result, EFFECT_ADDED_UP, err);
}

bool findings_begin(struct findings *findings, struct call *call, struct engine *engine, bool past,
                    struct error *err) {
  *findings = (struct findings){
      .call = call, .engine = engine, .each = call_has(call, "list"), .past = past};
  lab_tally_init(&findings->tally, engine);
  interrupt_taken(); /* what was pressed before is over */
  progress_begin(&findings->progress, translate("trying the rules"));
  return begin_result(findings, err);
}

bool findings_progress(int64_t done, int64_t total, void *payload) {
  struct findings *findings = payload;
  if (interrupt_taken())
    return false;
  return findings->call->by_script || progress_show(done, total, &findings->progress);
}

void findings_end(struct findings *findings) {
  progress_end();
  lab_tally_release(&findings->tally);
}

static bool set_cells(struct findings *findings, int64_t id, const struct value *cells, int count,
                      struct error *err) {
  struct result_row *row = result_add_row(&findings->call->result, id, err);
  bool done = row != NULL;
  for (int i = 0; done && i < count; i++)
    done = result_set(row, i, &cells[i], err);
  return done;
}

static struct value worth(struct money amount) {
  return amount.minor ? value_money(amount) : value_null();
}

static bool list_past(struct findings *findings, const struct lab_finding *finding,
                      const struct record *record, const char *name, struct error *err) {
  const struct transition *made = finding->made;
  const struct value cells[] = {
      value_integer(record->id),    value_text(name),
      value_instant(made->at),      value_text(made->from_stage),
      value_text(made->to_stage),   value_text(made->outcome),
      value_text(finding->effect),  value_text(finding->detail),
      value_text(finding->outcome), worth(lab_amount(record, findings->engine))};
  return set_cells(findings, record->id, cells, ONE_BY_ONE_PAST, err);
}

static bool list_now(struct findings *findings, const struct lab_finding *finding,
                     const struct record *record, const char *name, struct error *err) {
  const struct value cells[] = {value_integer(record->id),
                                value_text(name),
                                value_text(finding->id),
                                value_text(finding->effect),
                                value_text(finding->detail),
                                finding->difference != 0 ? value_number(finding->difference)
                                                         : value_null(),
                                worth(lab_amount(record, findings->engine))};
  return set_cells(findings, record->id, cells, ONE_BY_ONE, err);
}

static bool list_record(struct findings *findings, const struct lab_finding *finding,
                        const struct record *record, struct error *err) {
  struct text name = {0};
  record_append_name(&name, record);
  bool done = text_check(&name, err) &&
              (finding->made ? list_past(findings, finding, record, text_string(&name), err)
                             : list_now(findings, finding, record, text_string(&name), err));
  text_release(&name);
  return done;
}

static bool list_one(struct findings *findings, const struct lab_finding *finding,
                     struct error *err) {
  struct record record;
  if (finding->is_part || strcmp(finding->effect, "same") == 0)
    return true;
  if (finding->record)
    return list_record(findings, finding, finding->record, err);
  if (!record_load(&record, findings->engine->book, NULL, finding->record_id, err))
    return false;
  bool done = list_record(findings, finding, &record, err);
  record_release(&record);
  return done;
}

bool findings_add(void *payload, const struct lab_finding *finding, struct error *err) {
  struct findings *findings = payload;
  return findings->each ? list_one(findings, finding, err)
                        : lab_tally_add(&findings->tally, finding, err);
}

static bool fill_now(struct findings *findings, const struct lab_tally_row *row,
                     struct error *err) {
  const struct value cells[] = {value_text(row->what),   value_text(row->id),
                                value_text(row->effect), value_integer(row->records),
                                worth(row->amount),      value_text(row->text)};
  return set_cells(findings, 0, cells, ADDED_UP, err);
}

static struct value count_of(const struct lab_tally_row *row, enum lab_outcome outcome) {
  bool known = row->of[LAB_WON] || row->of[LAB_LOST] || row->of[LAB_OPEN];
  return known ? value_integer(row->of[outcome]) : value_null();
}

static bool fill_past(struct findings *findings, const struct lab_tally_row *row,
                      struct error *err) {
  const struct value cells[] = {
      value_text(row->what),       value_text(row->id),         value_text(row->effect),
      value_integer(row->records), count_of(row, LAB_WON),      worth(row->worth[LAB_WON]),
      count_of(row, LAB_LOST),     worth(row->worth[LAB_LOST]), count_of(row, LAB_OPEN),
      worth(row->worth[LAB_OPEN]), value_text(row->text)};
  return set_cells(findings, 0, cells, ADDED_UP_PAST, err);
}

bool findings_fill(struct findings *findings, struct error *err) {
  if (findings->past)
    lab_tally_sort(&findings->tally);
  for (size_t i = 0; i < findings->tally.rows.count; i++) {
    const struct lab_tally_row *row = list_at(&findings->tally.rows, i);
    if (!(findings->past ? fill_past(findings, row, err) : fill_now(findings, row, err)))
      return false;
  }
  return true;
}
