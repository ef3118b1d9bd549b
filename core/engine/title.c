#include "engine/title.h"

#include <string.h>

#include "base/translate.h"
#include "engine/process.h"

static bool is_english(void) {
  return strcmp(translate_language(), translate_languages[0]) == 0;
}

static const char *stage_shown(const struct stage *stage) {
  return is_english() ? stage->name : stage_title(stage);
}

static const struct process *process_at(const struct engine *engine, size_t index) {
  return *(struct process **)list_at(&engine->rules->processes, index);
}

/* Several processes may share the field: which of them moves a record depends on the record. */
static const struct stage *find_stage(const struct engine *engine, const struct field *field,
                                      const char *word) {
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    const struct process *process = process_at(engine, i);
    const struct stage *stage = process->field == field ? process_stage(process, word) : NULL;
    if (stage)
      return stage;
  }
  return NULL;
}

const char *title_of_value(const struct engine *engine, const struct field *field,
                           const char *word) {
  for (int i = 0; field->choices && field->choices[i]; i++)
    if (strcmp(field->choices[i], word) == 0)
      return field_choice_title(field, i);
  if (!(field->flags & FIELD_ENGINE))
    return word;
  const struct stage *stage = find_stage(engine, field, word);
  return stage ? stage_shown(stage) : word;
}

const char *title_of_stage(const struct engine *engine, const char *process, const char *stage) {
  const struct process *found = process ? engine_process(engine, process) : NULL;
  const struct stage *named = found && stage ? process_stage(found, stage) : NULL;
  return named ? stage_shown(named) : stage;
}

static bool title_stages(struct result_column *column, const struct process *process,
                         struct error *err) {
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = *(struct stage **)list_at(&process->stages, i);
    if (!result_add_word(column, stage->name, stage_shown(stage), err))
      return false;
  }
  return true;
}

bool title_column(struct result_column *column, const struct engine *engine,
                  const struct field *field, struct error *err) {
  for (int i = 0; field->choices && field->choices[i]; i++)
    if (!result_add_word(column, field->choices[i], field_choice_title(field, i), err))
      return false;
  if (!(field->flags & FIELD_ENGINE))
    return true;
  for (size_t i = 0; i < engine->rules->processes.count; i++)
    if (process_at(engine, i)->field == field && !title_stages(column, process_at(engine, i), err))
      return false;
  return true;
}
