/* Which records a process is for, and what happens when that changes. */
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/judge.h"
#include "engine/move.h"

static struct process *process_at(const struct engine *engine, size_t index) {
  return *(struct process **)list_at(&engine->rules->processes, index);
}

static bool is_of_kind(const struct process *process, const struct kind *kind) {
  return strcmp(process->kind->name, kind->name) == 0;
}

static bool holds(const struct process_condition *condition, const struct value *values) {
  const struct value *value = &values[condition->field->position];
  for (size_t i = 0; i < condition->values.count; i++)
    if (value_equal(value, list_at(&condition->values, i)))
      return true;
  return false;
}

bool process_covers(const struct process *process, const struct value *values) {
  for (size_t i = 0; i < process->where.count; i++)
    if (!holds(list_at(&process->where, i), values))
      return false;
  return true;
}

struct process *engine_process_for(const struct engine *engine, const struct kind *kind,
                                   const struct value *values) {
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    struct process *process = process_at(engine, i);
    if (is_of_kind(process, kind) && process_covers(process, values))
      return process;
  }
  return NULL;
}

struct process *engine_process_of(const struct engine *engine, const struct record *record) {
  return engine_process_for(engine, record->kind, record->values);
}

static void append_condition(struct text *out, const struct process_condition *condition) {
  text_format(out, "%s = ", condition->field->name);
  for (size_t i = 0; i < condition->values.count; i++) {
    const struct value *value = list_at(&condition->values, i);
    if (i > 0)
      text_append(out, translate(" or "));
    if (value_is_null(value))
      text_append(out, translate("unset"));
    else
      value_append_plain(out, value);
  }
}

void process_append_where(struct text *out, const struct process *process) {
  for (size_t i = 0; i < process->where.count; i++) {
    text_append(out, i > 0 ? ", " : "");
    append_condition(out, list_at(&process->where, i));
  }
}

bool process_refuse_none(const struct engine *engine, const struct record *record,
                         struct error *err) {
  struct text known = {0};
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    const struct process *process = process_at(engine, i);
    if (!is_of_kind(process, record->kind))
      continue;
    text_format(&known, translate("%s'%s' is for "), known.length ? "; " : "", process->name);
    process_append_where(&known, process);
  }
  if (known.length)
    error_set(err, ERROR_NOT_FOUND, "no process moves %s #%lld as it is: %s", record->kind->name,
              (long long)record->id, known.data);
  else
    error_set(err, ERROR_NOT_FOUND, "no process moves a %s; 'rules list' shows what there is",
              record->kind->name);
  text_release(&known);
  return false;
}

/* ---- when the process of a record changes --------------------------------------------------- */

static bool is_same_field(const struct process *a, const struct process *b) {
  return is_of_kind(a, b->kind) && strcmp(a->field->name, b->field->name) == 0;
}

/* The process that made the record's last transition in that field; NULL: none, or it was left. */
static bool former_process(struct engine *engine, const struct record *record,
                           const struct process *of_field, struct process **out,
                           struct error *err) {
  struct transition *list;
  size_t count;
  *out = NULL;
  if (!transition_list(engine->book, record->id, &list, &count, err))
    return false;
  for (size_t i = 0; i < count; i++) {
    struct process *process = engine_process(engine, list[i].process);
    if (process && is_same_field(process, of_field) && strcmp(list[i].outcome, "refused") != 0)
      *out = *list[i].to_stage ? process : NULL;
    transition_release(&list[i]);
  }
  memory_free(list);
  return true;
}

static struct process *present_process(const struct engine *engine, const struct record *record,
                                       const struct process *of_field) {
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    struct process *process = process_at(engine, i);
    if (is_same_field(process, of_field) && process_covers(process, record->values))
      return process;
  }
  return NULL;
}

/* The stage that it stood at is told as left, so that nobody counts it as standing there. */
static bool leave(struct engine *engine, struct record *record, const struct process *process,
                  struct error *err) {
  char *from = memory_copy_text(judge_stage_of(record, process));
  const struct transition row = {.process = process->name,
                                 .from_stage = from,
                                 .to_stage = (char[]){""},
                                 .outcome = (char[]){"left"}};
  bool done =
      move_log(engine, record, &row, err) && move_put(engine, record, process, NULL, 0, err);
  memory_free(from);
  return done;
}

static bool follow_in_field(struct engine *engine, struct record *record,
                            const struct process *of_field, struct error *err) {
  struct process *former, *present = present_process(engine, record, of_field);
  if (!former_process(engine, record, of_field, &former, err))
    return false;
  if (present == former)
    return true;
  return (!former || leave(engine, record, former, err)) &&
         (!present || move_begin(engine, record, present, err));
}

/* Several processes of one field are one question. */
static bool is_first_of_field(const struct engine *engine, size_t index) {
  const struct process *process = process_at(engine, index);
  for (size_t i = 0; i < index; i++)
    if (is_same_field(process_at(engine, i), process))
      return false;
  return true;
}

bool process_follow(struct engine *engine, struct record *record, struct error *err) {
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    const struct process *process = process_at(engine, i);
    if (is_of_kind(process, record->kind) && process->where.count > 0 &&
        is_first_of_field(engine, i) && !follow_in_field(engine, record, process, err))
      return false;
  }
  return true;
}

/* Of those that keep their stage in that field the first that has the stage put back, else the
 * first; NULL: there is none. */
static const struct process *process_in_field(const struct engine *engine, const struct kind *kind,
                                              const struct change *change) {
  const struct process *first = NULL;
  const char *stage = change->old.type == VALUE_TEXT ? change->old.as.text.data : NULL;
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    const struct process *process = process_at(engine, i);
    if (!is_of_kind(process, kind) || strcmp(process->field->name, change->field) != 0)
      continue;
    if (stage && process_stage(process, stage))
      return process;
    first = first ? first : process;
  }
  return first;
}

bool process_of_change(struct engine *engine, const struct change *change, const struct kind *kind,
                       const struct process **out, struct error *err) {
  struct transition *list;
  size_t count;
  *out = NULL;
  if (!transition_list(engine->book, change->record, &list, &count, err))
    return false;
  for (size_t i = 0; i < count; i++) {
    const struct process *process = engine_process(engine, list[i].process);
    bool fits = process && is_of_kind(process, kind) && list[i].tx == change->tx &&
                strcmp(process->field->name, change->field) == 0;
    const struct value from = value_text(list[i].from_stage);
    if (fits && (!*out || value_equal(&from, &change->old)))
      *out = process;
    transition_release(&list[i]);
  }
  memory_free(list);
  if (!*out)
    *out = process_in_field(engine, kind, change);
  return true;
}
