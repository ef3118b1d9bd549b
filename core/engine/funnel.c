#include "engine/funnel.h"

#include "base/memory.h"
#include "model/query.h"

static const struct stage *stage_at(const struct process *process, size_t index) {
  return *(struct stage **)list_at(&process->stages, index);
}

static bool where_equal(struct query *query, const char *path, const char *text,
                        struct error *err) {
  struct condition *condition;
  const struct value value = value_text(text);
  return condition_compare(&condition, query, path, COMPARE_EQUAL, &value, err) &&
         query_where(query, condition, err);
}

/* The records that the process is for. */
static bool where_covered(struct query *query, const struct process *process, struct error *err) {
  for (size_t i = 0; i < process->where.count; i++) {
    const struct process_condition *condition = list_at(&process->where, i);
    struct condition *one;
    if (!condition_in(&one, query, condition->field->name, condition->values.items,
                      condition->values.count, err) ||
        !query_where(query, one, err))
      return false;
  }
  return true;
}

static bool count_here(struct book *book, const struct process *process, const char *stage,
                       int64_t *count, struct error *err) {
  struct query *query;
  if (!query_new(&query, book, process->kind, err))
    return false;
  bool done = where_covered(query, process, err) &&
              where_equal(query, process->field->name, stage, err) &&
              query_count(query, book, count, err);
  query_free(query);
  return done;
}

/* The later open stages and the won ends. */
static size_t stages_ahead(const struct process *process, size_t index, struct value *names) {
  size_t count = 0;
  for (size_t i = index + 1; i < process->stages.count; i++) {
    const struct stage *stage = stage_at(process, i);
    if (stage->end == STAGE_OPEN || stage->end == STAGE_WON)
      names[count++] = value_text(stage->name);
  }
  return count;
}

static bool where_ahead(struct query *query, const struct process *process, size_t index,
                        struct error *err) {
  struct condition *condition;
  struct value *names = memory_new_array(process->stages.count, sizeof *names);
  if (!names)
    return error_memory(err);
  size_t count = stages_ahead(process, index, names);
  bool done = condition_in(&condition, query, "stage", names, count, err) &&
              query_where(query, condition, err);
  memory_free(names);
  return done;
}

static bool count_distinct(struct query *query, struct book *book, const struct kind *kind,
                           int64_t *count, struct error *err) {
  struct cursor *cursor;
  const struct value *values = NULL;
  const struct aggregate_spec spec = {.function = AGGREGATE_COUNT_DISTINCT, .path = kind->name};
  if (!query_aggregate(query, "n", &spec, err) || !query_run(query, book, &cursor, err))
    return false;
  bool done = cursor_next(cursor, &values, err);
  *count = done && values ? values[0].as.integer : 0;
  cursor_close(cursor);
  return done;
}

enum moves { MOVES_INTO, MOVES_ON };

/* The records of moves into the stage, or from it onwards. */
static bool count_moves(struct book *book, const struct process *process, size_t index,
                        enum moves moves, int64_t *count, struct error *err) {
  struct query *query;
  const char *path = moves == MOVES_ON ? "from_stage" : "stage";
  if (!query_new(&query, book, catalog_kind(book->catalog, "transition"), err))
    return false;
  bool done = where_equal(query, "process", process->name, err) &&
              where_equal(query, path, stage_at(process, index)->name, err) &&
              (moves == MOVES_INTO || where_ahead(query, process, index, err)) &&
              count_distinct(query, book, process->kind, count, err);
  query_free(query);
  return done;
}

bool funnel_count(struct engine *engine, const struct process *process,
                  struct funnel_stage **stages, struct error *err) {
  struct book *book = engine->book;
  struct funnel_stage *counts = memory_new_array(process->stages.count + 1, sizeof *counts);
  bool done = counts || error_memory(err);
  for (size_t i = 0; done && i < process->stages.count; i++) {
    struct funnel_stage *count = &counts[i];
    done = count_here(book, process, stage_at(process, i)->name, &count->here, err) &&
           count_moves(book, process, i, MOVES_INTO, &count->been, err) &&
           count_moves(book, process, i, MOVES_ON, &count->went_on, err);
  }
  if (done)
    *stages = counts;
  else
    memory_free(counts);
  return done;
}
