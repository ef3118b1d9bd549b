/* History brought from elsewhere: stages that were reached before this book knew of them. */
#include <string.h>

#include "base/memory.h"
#include "engine/judge.h"
#include "engine/move.h"
#include "engine/process.h"
#include "model/history.h"
#include "model/spine.h"

static bool is_early_end(const struct stage *stage, size_t index, size_t count) {
  return stage->end != STAGE_OPEN && index + 1 < count;
}

/* Whether the entries tell a history that the process could have had. */
static bool check_entries(const struct process *process, const struct stage_entry *entries,
                          size_t count, struct error *err) {
  int before = -1;
  instant latest = 0;
  for (size_t i = 0; i < count; i++) {
    struct stage *stage;
    if (!process_find_stage(process, entries[i].stage, &stage, err))
      return false;
    int index = process_stage_index(process, stage->name);
    if (index <= before)
      return error_set(err, ERROR_INVALID, "'%s' cannot come after '%s' in process '%s'",
                       stage->name, entries[i - 1].stage, process->name);
    if (is_early_end(stage, i, count))
      return error_set(err, ERROR_INVALID, "'%s' is an end and must come last", stage->name);
    if (entries[i].at != 0 && entries[i].at < latest)
      return error_set(err, ERROR_INVALID, "'%s' was entered before '%s'", stage->name,
                       entries[i - 1].stage);
    before = index;
    latest = entries[i].at ? entries[i].at : latest;
  }
  return true;
}

static bool import_entry(struct engine *engine, struct record *record,
                         const struct process *process, const char *stage, instant at,
                         struct error *err) {
  const char *held = judge_stage_of(record, process);
  char *from = memory_copy_text(held);
  if (held && !from)
    return error_memory(err);
  struct transition row = {.process = process->name,
                           .from_stage = from,
                           .to_stage = (char *)stage,
                           .outcome = (char[]){"imported"},
                           .at = at};
  bool done =
      move_put(engine, record, process, stage, at, err) && move_log(engine, record, &row, err);
  memory_free(from);
  return done;
}

static bool import_entries(struct engine *engine, struct record *record,
                           const struct process *process, const struct stage_entry *entries,
                           size_t count, struct error *err) {
  instant at = 0;
  for (size_t i = 0; i < count; i++) {
    if (entries[i].at != 0)
      at = entries[i].at;
    else if (at == 0 && !spine_since(engine->book, record->id, &at, err))
      return false;
    if (!import_entry(engine, record, process, entries[i].stage, at, err))
      return false;
  }
  return true;
}

bool process_import(struct engine *engine, struct record *record, const struct process *process,
                    const struct stage_entry *entries, size_t count, struct error *err) {
  const char *held = judge_stage_of(record, process);
  if (!check_entries(process, entries, count, err))
    return false;
  if (held && count > 0 &&
      process_stage_index(process, entries[0].stage) <= process_stage_index(process, held))
    return error_set(err, ERROR_REFUSED,
                     "#%lld has been in '%s' already; it cannot be brought to '%s'",
                     (long long)record->id, held, entries[0].stage);
  if (!unit_begin(engine->book, NULL, NULL, err))
    return false;
  if (!import_entries(engine, record, process, entries, count, err)) {
    unit_cancel(engine->book);
    return false;
  }
  return unit_commit(engine->book, err);
}

static const struct stage *last_stage(const struct process *process,
                                      const struct stage_entry *entries, size_t count) {
  if (count > 0)
    return process_stage(process, entries[count - 1].stage);
  return process->stages.count > 0 ? *(struct stage **)list_at(&process->stages, 0) : NULL;
}

bool process_import_values(const struct process *process, const struct stage_entry *entries,
                           size_t count, struct value *values, struct error *err) {
  if (!check_entries(process, entries, count, err))
    return false;
  const struct stage *stage = last_stage(process, entries, count);
  struct value *held = &values[process->field->position];
  value_release(held);
  if (stage != NULL)
    *held = value_text(stage->name);
  return true;
}

/* seq 1: nothing was before. */
static bool log_entry(struct engine *engine, int64_t record, const struct process *process,
                      int64_t seq, const struct stage_entry pair[2], struct error *err) {
  const struct stage_entry *before = &pair[0], *entry = &pair[1];
  bool timed = seq > 1 && before->at <= entry->at;
  const struct transition row = {.record = record,
                                 .seq = seq,
                                 .process = process->name,
                                 .from_stage = (char *)before->stage,
                                 .to_stage = (char *)entry->stage,
                                 .outcome = (char[]){"imported"},
                                 .at = entry->at,
                                 .seconds = timed ? entry->at - before->at : -1};
  const struct value old = value_text(before->stage), now = value_text(entry->stage);
  const struct replacement step = {&old, &now, entry->at};
  if (!transition_add_known(engine->book, &row, err))
    return false;
  return seq == 1 || change_backdate(engine->book, record, process->field, &step, err);
}

static bool log_begun(struct engine *engine, int64_t record, const struct process *process,
                      instant since, struct error *err) {
  const struct stage *first = last_stage(process, NULL, 0);
  const struct transition row = {.record = record,
                                 .seq = 1,
                                 .process = process->name,
                                 .to_stage = first->name,
                                 .outcome = (char[]){"begun"},
                                 .at = since,
                                 .seconds = -1};
  return transition_add_known(engine->book, &row, err);
}

bool process_import_log(struct engine *engine, int64_t record, const struct process *process,
                        const struct stage_story *story, struct error *err) {
  if (story->count == 0)
    return process->stages.count == 0 || log_begun(engine, record, process, story->since, err);
  struct stage_entry pair[2] = {
      {NULL, 0           },
      {NULL, story->since}
  };
  for (size_t i = 0; i < story->count; i++) {
    pair[0] = pair[1];
    pair[1] = story->entries[i];
    if (pair[1].at == 0)
      pair[1].at = pair[0].at;
    if (!log_entry(engine, record, process, (int64_t)i + 1, pair, err))
      return false;
  }
  return true;
}
