#include "base/memory.h"
#include "engine/import.h"

struct import_plan *import_plan_new(struct error *err) {
  struct import_plan *plan = memory_new(sizeof *plan);
  if (plan == NULL) {
    error_memory(err);
    return NULL;
  }
  plan->files.size = sizeof(struct import_file);
  return plan;
}

static void free_texts(struct list *texts) {
  for (size_t i = 0; i < texts->count; i++)
    memory_free(*(char **)list_at(texts, i));
  list_release(texts);
}

static void release_column(struct import_column *column) {
  for (size_t i = 0; i < column->values.count; i++) {
    struct import_translation *value = list_at(&column->values, i);
    memory_free(value->from);
    memory_free(value->to);
  }
  list_release(&column->values);
  memory_free(column->header);
  memory_free(column->field);
  memory_free(column->by);
  memory_free(column->suffix);
  memory_free(column->since);
}

static void release_word(struct import_word *word) {
  for (size_t i = 0; i < word->stages.count; i++) {
    struct import_stage *stage = list_at(&word->stages, i);
    memory_free(stage->stage);
    memory_free(stage->at);
  }
  list_release(&word->stages);
  memory_free(word->word);
}

static void release_stages(struct import_stages *stages) {
  for (size_t i = 0; i < stages->words.count; i++)
    release_word(list_at(&stages->words, i));
  list_release(&stages->words);
  memory_free(stages->process);
  memory_free(stages->column);
}

static void release_file(struct import_file *file) {
  for (size_t i = 0; i < file->columns.count; i++)
    release_column(list_at(&file->columns, i));
  list_release(&file->columns);
  free_texts(&file->ignore);
  release_stages(&file->stages);
  memory_free(file->name);
  memory_free(file->kind);
  memory_free(file->match);
  memory_free(file->encoding);
  memory_free(file->delimiter);
  memory_free(file->currency);
  memory_free(file->since);
  memory_free(file->place.file);
}

void import_plan_free(struct import_plan *plan) {
  if (plan == NULL)
    return;
  for (size_t i = 0; i < plan->files.count; i++)
    release_file(list_at(&plan->files, i));
  list_release(&plan->files);
  memory_free(plan->title);
  memory_free(plan);
}

void import_summary_release(struct import_summary *summary) {
  free_texts(&summary->files);
  free_texts(&summary->messages);
  memory_free(summary->ambiguous);
  *summary = (struct import_summary){0};
}
