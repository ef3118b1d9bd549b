#include "repl/commands/help_kind.h"

#include <string.h>

#include "base/translate.h"
#include "engine/process.h"

/* The stages that processes move it through; where there are several, by process. */
static void append_stages(struct text *out, const struct call *call, const struct field *field) {
  const struct list *all = &call->session->engine->rules->processes;
  for (size_t i = 0; i < all->count; i++) {
    const struct process *process = *(struct process **)list_at(all, i);
    if (process->field != field)
      continue;
    text_append(out, out->length ? "; " : "");
    if (process->where.count)
      text_format(out, "%s: ", process->name);
    for (size_t j = 0; j < process->stages.count; j++)
      text_format(out, "%s%s", j ? " " : "",
                  (*(struct stage **)list_at(&process->stages, j))->name);
  }
}

/* "meeting (встреча)": what is typed, and what it means where that is another word. */
static void append_choice(struct text *out, const struct field *field, int index) {
  const char *choice = field->choices[index], *title = field_choice_title(field, index);
  text_format(out, "%s%s", out->length ? " " : "", choice);
  if (strcmp(title, choice) != 0)
    text_format(out, " (%s)", title);
}

static bool add_field(struct call *call, const struct field *field, struct error *err) {
  struct text values = {0};
  for (int i = 0; field->choices && field->choices[i]; i++)
    append_choice(&values, field, i);
  if (field->target)
    text_append(&values, field->target);
  append_stages(&values, call, field);
  bool required = field->flags & FIELD_REQUIRED;
  struct value cells[] = {value_text(field->name),
                          value_text(field_title(field)),
                          value_text(field_type_name(field->type)),
                          value_boolean(required),
                          value_text(values.length ? text_string(&values) : NULL),
                          value_text(field_help(field))};
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++)
    done = result_set(row, i, &cells[i], err);
  text_release(&values);
  return done;
}

/* What conditions may ask for besides the fields. */
static bool add_groups(struct call *call, const struct kind *kind, struct error *err) {
  const struct catalog *catalog = session_book(call->session)->catalog;
  bool done = true;
  for (int i = 0; done && i < catalog_count(catalog); i++) {
    const struct kind *group = catalog_at(catalog, i);
    if (!catalog_group(catalog, kind, group->name))
      continue;
    struct value cells[] = {
        value_text(group->name), value_text(kind_title(group)),
        value_text("condition"), value_boolean(false),
        value_text(group->name), value_text(translate("what belongs to that one"))};
    struct result_row *row = result_add_row(&call->result, 0, err);
    done = row != NULL;
    for (int j = 0; done && j < (int)(sizeof cells / sizeof *cells); j++)
      done = result_set(row, j, &cells[j], err);
  }
  return done;
}

bool help_kind_show(struct call *call, const struct kind *kind, struct error *err) {
  struct result *result = &call->result;
  if (!call_begin_result(call, kind->name, kind_title(kind), err) ||
      !result_add_column(result, "field", translate("field"), FIELD_TEXT, err) ||
      !result_add_column(result, "title", translate("title"), FIELD_TEXT, err) ||
      !result_add_column(result, "type", translate("type"), FIELD_TEXT, err) ||
      !result_add_column(result, "required", translate("required"), FIELD_BOOLEAN, err) ||
      !result_add_column(result, "values", translate("values"), FIELD_TEXT, err) ||
      !result_add_column(result, "help", translate("help"), FIELD_TEXT, err))
    return false;
  for (int i = 0; i < kind->field_count; i++)
    if (!add_field(call, kind->fields[i], err))
      return false;
  return add_groups(call, kind, err);
}

/* ---- one field ----------------------------------------------------------------------------- */

static void append_value_line(struct text *out, const char *value, const char *title) {
  size_t width = text_width(value, strlen(value));
  text_format(out, "    %s", value);
  if (strcmp(value, title) != 0) {
    text_append_repeat(out, " ", width < 16 ? 16 - width : 1);
    text_format(out, " %s", title);
  }
  text_append_char(out, '\n');
}

static void append_stage_lines(struct text *out, const struct call *call,
                               const struct field *field) {
  const struct list *all = &call->session->engine->rules->processes;
  for (size_t i = 0; i < all->count; i++) {
    const struct process *process = *(struct process **)list_at(all, i);
    if (process->field != field)
      continue;
    text_format(out, translate("  stages of process %s\n"), process->name);
    for (size_t j = 0; j < process->stages.count; j++) {
      const struct stage *stage = *(struct stage **)list_at(&process->stages, j);
      append_value_line(out, stage->name, stage_title(stage));
    }
  }
}

static const char *origin(const struct field *field) {
  if (field->flags & FIELD_ROLLUP)
    return translate("computed from related records");
  if (field->flags & FIELD_FORMULA)
    return translate("computed by a formula");
  if (field->flags & FIELD_ENGINE)
    return translate("changed by the engine only");
  return field->flags & FIELD_REQUIRED ? translate("required") : translate("may be unset");
}

static void append_limits(struct text *out, const struct field *field) {
  if (field->has_min)
    text_format(out, translate("  at least %g\n"), field->min);
  if (field->has_max)
    text_format(out, translate("  at most %g\n"), field->max);
  if (value_is_null(&field->fallback))
    return;
  text_append(out, translate("  of a new record: "));
  value_append(out, &field->fallback);
  text_append_char(out, '\n');
}

static void append_card(struct text *out, const struct call *call, const struct kind *kind,
                        const struct field *field) {
  const char *help = field_help(field);
  text_format(out, "%s%s.%s   %s   %s%s%s, %s\n", out->length ? "\n" : "", kind->name, field->name,
              field_title(field), field_type_name(field->type), field->target ? " → " : "",
              field->target ? field->target : "", origin(field));
  if (help)
    text_format(out, "  %s\n", help);
  append_limits(out, field);
  if (field->choices)
    text_append(out, translate("  values\n"));
  for (int i = 0; field->choices && field->choices[i]; i++)
    append_value_line(out, field->choices[i], field_choice_title(field, i));
  append_stage_lines(out, call, field);
}

bool help_field_append(struct call *call, const char *topic) {
  const struct catalog *catalog = session_book(call->session)->catalog;
  const char *dot = strchr(topic, '.');
  bool found = false;
  for (int i = 0; i < catalog_count(catalog); i++) {
    const struct kind *kind = catalog_at(catalog, i);
    size_t length = strlen(kind->name);
    if (dot && (strncmp(topic, kind->name, length) != 0 || topic + length != dot))
      continue;
    const struct field *field = kind_field(kind, dot ? dot + 1 : topic);
    if (field)
      append_card(&call->text, call, kind, field);
    found = found || field;
  }
  return found;
}
