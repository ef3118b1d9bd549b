#include "repl/commands/target.h"

const char *target_stage_of(const struct record *record, const struct process *process) {
  const struct value *value = &record->values[process->field->position];
  return value->type == VALUE_TEXT ? value->as.text.data : NULL;
}

bool target_next(const struct process *process, const char *from, const char **to,
                 struct error *err) {
  const struct stage *stage = process_next(process, from);
  if (!stage)
    return error_set(err, ERROR_REFUSED, "'%s' is an end: nothing comes after it", from);
  *to = stage->name;
  return true;
}

bool target_before(const struct process *process, const char *from, const char **to,
                   struct error *err) {
  int index = from ? process_stage_index(process, from) : -1;
  if (index <= 0)
    return error_set(err, ERROR_REFUSED, "'%s' is the first stage", from ? from : "");
  *to = (*(struct stage **)list_at(&process->stages, (size_t)index - 1))->name;
  return true;
}

static bool end_stage(const struct process *process, enum stage_end end, const char **to,
                      struct error *err) {
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = *(struct stage **)list_at(&process->stages, i);
    *to = stage->name;
    if (stage->end == end)
      return true;
  }
  return error_set(err, ERROR_USAGE, "process '%s' has no such end", process->name);
}

bool target_won(const struct process *process, const char *from, const char **to,
                struct error *err) {
  (void)from;
  return end_stage(process, STAGE_WON, to, err);
}

bool target_lost(const struct process *process, const char *from, const char **to,
                 struct error *err) {
  (void)from;
  return end_stage(process, STAGE_LOST, to, err);
}
