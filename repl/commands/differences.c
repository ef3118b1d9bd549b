#include "repl/commands/differences.h"

#include <string.h>

#include "base/translate.h"
#include "engine/title.h"
#include "model/difference.h"
#include "repl/commands/subject.h"
#include "repl/terminal.h"

static void append_reference(struct text *out, struct book *book, int64_t id) {
  struct record target;
  struct error ignored;
  text_format(out, "#%lld", (long long)id);
  if (!record_load(&target, book, NULL, id, &ignored))
    return; /* deleted since: the number says it */
  text_append_char(out, ' ');
  record_append_name(out, &target);
  record_release(&target);
}

/* One line, however many the text has. */
static void append_line(struct text *out, const char *words) {
  for (size_t length = 0; *words; words += length + (words[length] == '\n')) {
    length = strcspn(words, "\n");
    text_append_bytes(out, words, length);
    text_append(out, words[length] ? " / " : "");
  }
}

void differences_append_value(struct text *out, const struct engine *engine,
                              const struct field *field, const struct value *value) {
  struct text plain = {0};
  if (value_is_null(value)) {
    text_append(out, translate("unset"));
  } else if (field->type == FIELD_REF && value->type == VALUE_INTEGER) {
    append_reference(out, engine->book, value->as.integer);
  } else if (value->type == VALUE_TEXT && field->type != FIELD_CHOICES) {
    append_line(out, title_of_value(engine, field, value->as.text.data));
  } else {
    value_append(&plain, value);
    append_line(out, text_string(&plain));
  }
  text_release(&plain);
}

static const char *mark_of(const struct difference *difference) {
  return !difference->existed ? "+ " : difference->exists ? "~ " : "- ";
}

static const char *word_of(const struct difference *difference) {
  return !difference->existed ? translate("new ")
         : difference->exists ? translate("changed ")
                              : translate("deleted ");
}

static const struct record *standing(const struct difference *difference) {
  return difference->exists ? &difference->after : &difference->before;
}

struct lines {
  struct text *out;
  struct engine *engine;
  bool done; /* told in words */
};

static void append_field(const struct lines *lines, const struct difference *difference,
                         const struct field *field) {
  const struct value *before = &difference->before.values[field->position];
  const struct value *after = &difference->after.values[field->position];
  text_format(lines->out, "    %s: ", translate_twin(field->name, field->title_ru));
  differences_append_value(lines->out, lines->engine, field, before);
  text_format(lines->out, " %s ", terminal_arrow());
  differences_append_value(lines->out, lines->engine, field, after);
  text_append_char(lines->out, '\n');
}

static bool append_lines(const struct difference *difference, void *payload, struct error *err) {
  const struct lines *lines = payload;
  text_append(lines->out, lines->done ? word_of(difference) : mark_of(difference));
  subject_append(lines->out, standing(difference));
  text_append_char(lines->out, '\n');
  bool both = difference->existed && difference->exists;
  for (int i = 0; both && i < difference->kind->field_count; i++)
    if (difference_has(difference, difference->kind->fields[i]))
      append_field(lines, difference, difference->kind->fields[i]);
  return text_check(lines->out, err);
}

bool differences_append(struct text *out, struct engine *engine, int64_t tx, struct error *err) {
  struct lines lines = {out, engine, false};
  return difference_each(engine->book, tx, append_lines, &lines, err);
}

bool differences_tell(struct text *out, struct engine *engine, int64_t tx, struct error *err) {
  struct lines lines = {out, engine, true};
  size_t length = out->length;
  if (!difference_each(engine->book, tx, append_lines, &lines, err))
    return false;
  if (out->length == length)
    text_append(out, translate("nothing changed: it is so already\n"));
  return text_check(out, err);
}

static const struct {
  const char *name, *title;
} columns[] = {
    {"id",     N_("id")    },
    {"kind",   N_("kind")  },
    {"name",   N_("name")  },
    {"change", N_("change")},
    {"field",  N_("field") },
    {"old",    N_("old")   },
    {"new",    N_("new")   },
};

enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

/* old and new: NULL when unset. */
static bool add_row(struct call *call, const struct difference *difference,
                    const struct field *field, const char *old, const char *new,
                    struct error *err) {
  static const char *const ways[] = {"added", "deleted", "changed"};
  struct text name = {0};
  record_append_name(&name, standing(difference));
  const struct value cells[COLUMN_COUNT] = {
      value_integer(difference->id),
      value_text(difference->kind->name),
      value_text(text_string(&name)),
      value_text(ways[field ? 2 : difference->existed]),
      value_text(field ? field->name : NULL),
      value_text(old),
      value_text(new),
  };
  struct result_row *row = result_add_row(&call->result, difference->id, err);
  bool done = row && text_check(&name, err);
  for (int i = 0; done && i < COLUMN_COUNT; i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&name);
  return done;
}

/* Exact values: a program compares them with what an export holds. */
static bool add_field(struct call *call, const struct difference *difference,
                      const struct field *field, struct error *err) {
  const struct value *before = &difference->before.values[field->position];
  const struct value *after = &difference->after.values[field->position];
  struct text old = {0}, new = {0};
  value_append_plain(&old, before);
  value_append_plain(&new, after);
  bool done = text_check(&old, err) && text_check(&new, err) &&
              add_row(call, difference, field, value_is_null(before) ? NULL : text_string(&old),
                      value_is_null(after) ? NULL : text_string(&new), err);
  text_release(&old);
  text_release(&new);
  return done;
}

static bool add_rows(const struct difference *difference, void *payload, struct error *err) {
  struct call *call = payload;
  if (!difference->existed || !difference->exists)
    return add_row(call, difference, NULL, NULL, NULL, err);
  for (int i = 0; i < difference->kind->field_count; i++) {
    const struct field *field = difference->kind->fields[i];
    if (difference_has(difference, field) && !add_field(call, difference, field, err))
      return false;
  }
  return true;
}

bool differences_result(struct call *call, int64_t tx, struct error *err) {
  bool done = call_begin_result(call, "differences", "", err);
  for (int i = 0; done && i < COLUMN_COUNT; i++)
    done = result_add_column(&call->result, columns[i].name, translate(columns[i].title),
                             i ? FIELD_TEXT : FIELD_REF, err);
  return done && difference_each(session_book(call->session), tx, add_rows, call, err);
}

/* In Russian a kind has one form. */
void differences_append_part(struct text *out, const struct effect_part *part) {
  const char *word = part->count == 1 ? part->kind->name : part->kind->plural;
  const char *russian = translate_twin(NULL, part->kind->title_ru);
  if (russian)
    text_format(out, "%s – %lld", russian, (long long)part->count);
  else
    text_format(out, "%lld %s", (long long)part->count, word);
  for (size_t i = 0; i < part->worth.count; i++) {
    struct text amount = {0};
    money_append_short(&amount, *(const struct money *)list_at(&part->worth, i));
    text_format(out, i ? translate(" and %s") : translate(" worth %s"), text_string(&amount));
    text_release(&amount);
  }
}

static void append_parts(struct text *out, const struct effect *effect, enum effect_way way) {
  for (size_t i = 0; i < effect->parts.count; i++) {
    const struct effect_part *part = list_at(&effect->parts, i);
    if (part->way != way)
      continue;
    text_append(out, out->length ? ", " : "");
    differences_append_part(out, part);
  }
}

static void append_clause(struct text *out, enum effect_way way, const char *parts) {
  switch (way) {
  case EFFECT_CHANGES:
    text_format(out, translate("changes %s"), parts);
    break;
  case EFFECT_ADDS:
    text_format(out, translate("adds %s"), parts);
    break;
  case EFFECT_DELETES:
    text_format(out, translate("deletes %s"), parts);
    break;
  case EFFECT_WAYS:
    break;
  }
}

void differences_append_effect(struct text *out, const struct effect *effect) {
  struct text clauses = {0};
  for (enum effect_way way = EFFECT_CHANGES; way < EFFECT_WAYS; way++) {
    struct text parts = {0};
    append_parts(&parts, effect, way);
    if (parts.length) {
      text_append(&clauses, clauses.length ? "; " : "");
      append_clause(&clauses, way, text_string(&parts));
    }
    text_release(&parts);
  }
  text_format(out, translate("This %s."),
              clauses.length ? text_string(&clauses) : translate("changes nothing"));
  text_release(&clauses);
}
