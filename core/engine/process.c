#include "engine/process.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"

static void *entry(const struct list *list, size_t index) {
  return *(void **)list_at(list, index);
}

struct process *process_new(const char *name, struct error *err) {
  struct process *process = memory_new(sizeof *process);
  if (process)
    process->name = memory_copy_text(name);
  if (!process || !process->name) {
    memory_free(process);
    error_memory(err);
    return NULL;
  }
  process->stages.size = sizeof(struct stage *);
  process->where.size = sizeof(struct process_condition);
  process->back = BACK_WITH_REASON;
  return process;
}

void criteria_free(struct list *criteria) {
  for (size_t i = 0; i < criteria->count; i++) {
    struct criterion *criterion = entry(criteria, i);
    memory_free(criterion->id);
    memory_free(criterion->text);
    memory_free(criterion->text_ru);
    memory_free(criterion->fix);
    memory_free(criterion->fix_ru);
    place_release(&criterion->place);
    memory_free(criterion);
  }
  list_release(criteria);
}

static void free_stage(struct stage *stage) {
  memory_free(stage->name);
  memory_free(stage->title);
  memory_free(stage->title_ru);
  memory_free(stage->purpose);
  memory_free(stage->purpose_ru);
  criteria_free(&stage->enter);
  criteria_free(&stage->leave);
  place_release(&stage->place);
  memory_free(stage);
}

static void release_condition(struct process_condition *condition) {
  for (size_t i = 0; i < condition->values.count; i++)
    value_release(list_at(&condition->values, i));
  list_release(&condition->values);
}

void process_free(struct process *process) {
  if (!process)
    return;
  for (size_t i = 0; i < process->where.count; i++)
    release_condition(list_at(&process->where, i));
  list_release(&process->where);
  for (size_t i = 0; i < process->stages.count; i++)
    free_stage(entry(&process->stages, i));
  list_release(&process->stages);
  memory_free(process->name);
  memory_free(process->title);
  memory_free(process->title_ru);
  place_release(&process->place);
  memory_free(process);
}

struct process_condition *process_add_condition(struct process *process, const struct field *field,
                                                struct error *err) {
  struct process_condition *condition = list_add(&process->where, err);
  if (condition) {
    condition->field = field;
    condition->values.size = sizeof(struct value);
  }
  return condition;
}

struct stage *process_add_stage(struct process *process, const char *name, struct error *err) {
  struct stage *stage = memory_new(sizeof *stage);
  if (stage)
    stage->name = memory_copy_text(name);
  struct stage **slot = stage && stage->name ? list_add(&process->stages, err) : NULL;
  if (!slot) {
    if (stage)
      memory_free(stage->name);
    memory_free(stage);
    error_memory(err);
    return NULL;
  }
  stage->enter.size = stage->leave.size = sizeof(struct criterion *);
  *slot = stage;
  return stage;
}

struct criterion *stage_add_criterion(struct list *criteria, struct error *err) {
  struct criterion *criterion = memory_new(sizeof *criterion);
  struct criterion **slot = criterion ? list_add(criteria, err) : NULL;
  if (!slot) {
    memory_free(criterion);
    error_memory(err);
    return NULL;
  }
  *slot = criterion;
  return criterion;
}

int process_stage_index(const struct process *process, const char *name) {
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = entry(&process->stages, i);
    if (strcmp(stage->name, name) == 0)
      return (int)i;
  }
  return -1;
}

struct stage *process_stage(const struct process *process, const char *name) {
  int index = process_stage_index(process, name);
  return index < 0 ? NULL : entry(&process->stages, (size_t)index);
}

static bool is_title(const char *title, const char *word) {
  return title && text_starts(title, word) && text_starts(word, title); /* without case */
}

static bool is_called(const struct stage *stage, const char *word) {
  return is_title(stage->title, word) || is_title(stage->title_ru, word);
}

struct stage *process_stage_called(const struct process *process, const char *word) {
  struct stage *named = process_stage(process, word), *titled = NULL;
  for (size_t i = 0; !named && i < process->stages.count; i++) {
    struct stage *stage = entry(&process->stages, i);
    if (!is_called(stage, word))
      continue;
    if (titled)
      return NULL;
    titled = stage;
  }
  return named ? named : titled;
}

static const char *nearest_stage(const struct process *process, const char *name) {
  const char **names = memory_new_array(process->stages.count, sizeof *names);
  if (!names)
    return NULL;
  for (size_t i = 0; i < process->stages.count; i++)
    names[i] = ((const struct stage *)entry(&process->stages, i))->name;
  const char *near = text_suggest(name, names, process->stages.count);
  memory_free(names);
  return near;
}

bool process_find_stage(const struct process *process, const char *name, struct stage **out,
                        struct error *err) {
  *out = process_stage_called(process, name);
  if (*out)
    return true;
  const char *near = nearest_stage(process, name);
  if (near) {
    error_set(err, ERROR_NOT_FOUND, "process '%s' has no stage '%s'; did you mean '%s'?",
              process->name, name, near);
    return error_blame(err, name);
  }
  struct text names = {0};
  for (size_t i = 0; i < process->stages.count; i++)
    text_format(&names, "%s%s", i ? " " : "",
                ((const struct stage *)entry(&process->stages, i))->name);
  error_set(err, ERROR_NOT_FOUND, "process '%s' has no stage '%s'; it has %s", process->name, name,
            text_string(&names));
  text_release(&names);
  return error_blame(err, name);
}

/* In the first process of the field that has it. */
static const struct stage *find_stage_of(const struct rules *rules, const struct field *field,
                                         const char *name) {
  for (size_t i = 0; i < rules->processes.count; i++) {
    const struct process *process = entry(&rules->processes, i);
    const struct stage *stage = process->field == field ? process_stage(process, name) : NULL;
    if (stage)
      return stage;
  }
  return NULL;
}

static bool title_field(const struct rules *rules, const struct process *process,
                        struct catalog *catalog, struct error *err) {
  const char *const *names = process->field->stages;
  size_t count = 0;
  while (names && names[count])
    count++;
  const char **titles = memory_new_array(count + 1, sizeof *titles);
  const char **russian = memory_new_array(count + 1, sizeof *russian);
  bool done = (titles && russian) || error_memory(err);
  for (size_t i = 0; done && i < count; i++) {
    const struct stage *stage = find_stage_of(rules, process->field, names[i]);
    titles[i] = stage && stage->title ? stage->title : names[i];
    russian[i] = stage && stage->title_ru ? stage->title_ru : titles[i];
  }
  done = done && catalog_title_stages(catalog, process->kind->name, process->field->name, titles,
                                      russian, err);
  memory_free(titles);
  memory_free(russian);
  return done;
}

bool process_title_stages(const struct rules *rules, struct catalog *catalog, struct error *err) {
  for (size_t i = 0; i < rules->processes.count; i++)
    if (!title_field(rules, entry(&rules->processes, i), catalog, err))
      return false;
  return true;
}

const char *stage_title(const struct stage *stage) {
  const char *title = translate_twin(stage->title, stage->title_ru);
  return title ? title : stage->name;
}

struct stage *process_next(const struct process *process, const char *from) {
  int index = process_stage_index(process, from);
  if (index < 0 || ((struct stage *)entry(&process->stages, (size_t)index))->end != STAGE_OPEN)
    return NULL;
  struct stage *won = NULL;
  for (size_t i = (size_t)index + 1; i < process->stages.count; i++) {
    struct stage *stage = entry(&process->stages, i);
    if (stage->end == STAGE_OPEN)
      return stage;
    if (stage->end == STAGE_WON && !won)
      won = stage;
  }
  return won;
}
