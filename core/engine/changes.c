/* Creating, saving and deleting with what the rules hang on it: processes begun, actions run. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "engine/accept.h"
#include "engine/automation.h"
#include "engine/effect.h"
#include "engine/process.h"

enum { EVENT_NAME_SIZE = 160 };

static bool raise_plain(struct engine *engine, struct record *record, const char *what,
                        struct error *err) {
  char name[EVENT_NAME_SIZE];
  if (engine->rules->actions.count == 0)
    return true;
  snprintf(name, sizeof name, "%s.%s", record->kind->name, what);
  struct event event = {.name = name, .record = record};
  return automation_raise(engine, &event, err);
}

/* The record was not created after all: a second attempt must insert it and begin again. */
static void forget(struct engine *engine, struct record *record) {
  record->id = 0;
  for (int i = 0; i < record->kind->field_count; i++)
    value_release(&record->stored[i]);
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    const struct process *process = *(struct process **)list_at(&engine->rules->processes, i);
    if (strcmp(process->kind->name, record->kind->name) == 0)
      value_release(&record->values[process->field->position]);
  }
}

bool engine_create(struct engine *engine, struct record *record, const char *command,
                   struct error *err) {
  if (!unit_begin(engine->book, command, NULL, err))
    return false;
  bool done = record_save(record, engine->book, err) && accept_note(engine, record, err) &&
              process_begin(engine, record, err) && raise_plain(engine, record, "created", err);
  if (!done)
    unit_cancel(engine->book);
  else
    done = unit_commit(engine->book, err);
  if (!done)
    forget(engine, record);
  return done;
}

/* The values before a save, by field position: of what changed, and of what a process moves. */
struct before {
  struct value *values; /* owned */
  bool *changed;
  bool any;
};

static void before_release(struct before *before, const struct kind *kind) {
  for (int i = 0; before->values && i < kind->field_count; i++)
    value_release(&before->values[i]);
  memory_free(before->values);
  memory_free(before->changed);
}

static bool before_take(struct before *before, const struct record *record, struct error *err) {
  size_t count = (size_t)record->kind->field_count;
  before->values = memory_new_array(count, sizeof *before->values);
  before->changed = memory_new_array(count, sizeof *before->changed);
  if (!before->values || !before->changed)
    return error_memory(err);
  for (size_t i = 0; i < count; i++) {
    const struct field *field = record->kind->fields[i];
    bool changed = field_is_stored(field) && !value_equal(&record->values[i], &record->stored[i]);
    if (!changed && !(field->flags & FIELD_ENGINE))
      continue;
    if (!value_copy(&before->values[i], &record->stored[i], err))
      return false;
    before->changed[i] = changed;
    before->any = before->any || changed;
  }
  return true;
}

static bool raise_field(struct engine *engine, struct record *record, const struct field *field,
                        const struct value *old, struct error *err) {
  char name[EVENT_NAME_SIZE];
  snprintf(name, sizeof name, "%s.changed.%s", record->kind->name, field->name);
  struct event event = {.name = name,
                        .record = record,
                        .field = field,
                        .old = *old,
                        .new = record->values[field->position]};
  return automation_raise(engine, &event, err);
}

static bool raise_changes(struct engine *engine, struct record *record, const struct before *before,
                          struct error *err) {
  if (engine->rules->actions.count == 0 || !before->any)
    return true;
  for (int i = 0; i < record->kind->field_count; i++)
    if (before->changed[i] &&
        !raise_field(engine, record, record->kind->fields[i], &before->values[i], err))
      return false;
  return raise_plain(engine, record, "changed", err);
}

/* Both are as they were: NULL without memory, which the next load mends. */
static void put_stage_back(struct record *record, int position, const struct value *former) {
  struct error ignored;
  struct value *places[] = {&record->values[position], &record->stored[position]};
  for (size_t i = 0; i < 2; i++) {
    value_release(places[i]);
    if (!value_copy(places[i], former, &ignored))
      *places[i] = value_null();
  }
}

/* Nothing was saved: what was to be saved is still to be saved, and no process followed. */
static void put_back(struct record *record, struct before *before) {
  for (int i = 0; i < record->kind->field_count; i++) {
    if (before->changed[i]) {
      value_release(&record->stored[i]);
      record->stored[i] = before->values[i];
      before->values[i] = value_null();
    } else if (record->kind->fields[i]->flags & FIELD_ENGINE) {
      put_stage_back(record, i, &before->values[i]);
    }
  }
}

static bool save_in_unit(struct engine *engine, struct record *record, struct before *before,
                         const char *command, struct error *err) {
  if (!unit_begin(engine->book, command, NULL, err))
    return false;
  bool done = record_save(record, engine->book, err) && accept_note(engine, record, err) &&
              effect_note(engine, record->id, err) && process_follow(engine, record, err) &&
              raise_changes(engine, record, before, err);
  if (!done)
    unit_cancel(engine->book);
  else
    done = unit_commit(engine->book, err);
  if (!done)
    put_back(record, before);
  return done;
}

bool engine_save(struct engine *engine, struct record *record, const char *command,
                 struct error *err) {
  if (record->id == 0)
    return engine_create(engine, record, command, err);
  struct before before = {0};
  bool done =
      before_take(&before, record, err) && save_in_unit(engine, record, &before, command, err);
  before_release(&before, record->kind);
  return done;
}

bool engine_delete(struct engine *engine, struct record *record, const char *command,
                   struct error *err) {
  if (!unit_begin(engine->book, command, NULL, err))
    return false;
  if (effect_note(engine, record->id, err) && raise_plain(engine, record, "deleted", err) &&
      record_delete(record, engine->book, err))
    return unit_commit(engine->book, err);
  unit_cancel(engine->book);
  return false;
}
