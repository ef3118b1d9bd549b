#include "engine/promote.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/judge.h"
#include "engine/move.h"
#include "model/query.h"
#include "model/reach.h"

enum { ROUNDS_MAX = 32 }; /* stages in a row, and records that make each other ready */

static void *entry(const struct list *list, size_t index) {
  return *(void **)list_at(list, index);
}

/* ---- what is to be told -------------------------------------------------------------------- */

static void release_promotion(struct promotion *promotion) {
  memory_free(promotion->name);
  memory_free(promotion->from);
  memory_free(promotion->to);
  memory_free(promotion->trouble);
}

static void drop_behind(struct list *promotions, size_t count) {
  while (promotions->count > count) {
    release_promotion(list_at(promotions, promotions->count - 1));
    promotions->count--;
  }
}

void promote_settle(struct engine *engine, bool kept) {
  if (kept)
    engine->promotions_standing = engine->promotions.count;
  else
    drop_behind(&engine->promotions, engine->promotions_standing);
}

void promote_forget(struct engine *engine) {
  drop_behind(&engine->promotions, 0);
  engine->promotions_standing = 0;
}

/* trouble NULL: it was promoted. */
static bool note(struct engine *engine, const struct record *record, const struct move *move,
                 const char *trouble, struct error *err) {
  struct text name = {0};
  struct promotion *promotion = list_add(&engine->promotions, err);
  if (!promotion)
    return false;
  text_format(&name, "%s #%lld ", record->kind->name, (long long)record->id);
  record_append_name(&name, record);
  promotion->name = text_take(&name, err);
  promotion->from = memory_copy_text(move->from->name);
  promotion->to = memory_copy_text(move->to->name);
  promotion->trouble = memory_copy_text(trouble);
  return (promotion->name && promotion->from && promotion->to &&
          (promotion->trouble || !trouble)) ||
         error_memory(err);
}

/* ---- one record ---------------------------------------------------------------------------- */

/* What ends everything, whoever caused it. */
static bool is_fatal(const struct error *err) {
  static const enum error_code codes[] = {ERROR_MEMORY, ERROR_INTERRUPTED, ERROR_TIMEOUT,
                                          ERROR_STORE, ERROR_BUSY};
  for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
    if (err->code == codes[i])
      return true;
  return false;
}

static bool is_by_hand(const struct transition *transition) {
  return strcmp(transition->outcome, "moved") == 0 || strcmp(transition->outcome, "forced") == 0;
}

/* Where the record came from is no hint: a stage may be entered from an end or from nowhere. */
static bool leads_back(const struct transition *transition, const struct process *process) {
  const char *from = transition->from_stage;
  return from &&
         process_stage_index(process, transition->to_stage) < process_stage_index(process, from);
}

static bool says_something(const struct transition *transition, const struct process *process) {
  return strcmp(transition->process, process->name) == 0 &&
         strcmp(transition->outcome, "refused") != 0;
}

bool promote_held(struct engine *engine, int64_t record, const struct process *process, bool *held,
                  struct transition *taken_back, struct error *err) {
  struct transition *list;
  size_t count;
  *held = false;
  if (!transition_list(engine->book, record, &list, &count, err))
    return false;
  size_t last = count;
  for (size_t i = 0; i < count; i++)
    if (says_something(&list[i], process))
      last = i;
  if (last < count && is_by_hand(&list[last]) && leads_back(&list[last], process)) {
    *held = true;
    *taken_back = list[last];
    list[last] = (struct transition){0};
  }
  for (size_t i = 0; i < count; i++)
    transition_release(&list[i]);
  memory_free(list);
  return true;
}

/* What an action did is undone with the promotion that caused it, and nothing else is. */
static bool promote(struct engine *engine, struct record *record, const struct move *move,
                    const struct verdict *verdict, bool *moved, struct error *err) {
  static const struct move_options options = {.automatic = true};
  struct error why = {0};
  if (!unit_begin(engine->book, NULL, NULL, err))
    return false;
  *moved = move_make(engine, record, move, &options, verdict, &why);
  if (*moved)
    return unit_commit(engine->book, err) && note(engine, record, move, NULL, err);
  unit_cancel(engine->book);
  if (!is_fatal(&why))
    return note(engine, record, move, why.message, err);
  *err = why;
  return false;
}

static const struct verdict_item *broken_item(const struct verdict *verdict) {
  for (size_t i = 0; i < verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&verdict->items, i);
    if (item->outcome == OUTCOME_BROKEN && item->criterion->level == LEVEL_MUST)
      return item;
  }
  return NULL;
}

static bool tell_broken(struct engine *engine, const struct record *record, const struct move *move,
                        const struct verdict *verdict, struct error *err) {
  const struct verdict_item *item = broken_item(verdict);
  struct text trouble = {0};
  if (!item)
    return true;
  if (item->criterion->place.file)
    text_format(&trouble, "%s:%d: ", item->criterion->place.file, item->criterion->place.line);
  text_format(&trouble, translate("criterion '%s' is broken: %s"), item->criterion->id,
              item->detail ? item->detail : translate("it gave no answer"));
  bool done = text_check(&trouble, err) && note(engine, record, move, trouble.data, err);
  text_release(&trouble);
  return done;
}

static bool judge_and_move(struct engine *engine, struct record *record, const struct move *found,
                           bool *moved, struct error *err) {
  struct verdict verdict;
  struct transition taken_back;
  bool held = false;
  verdict_init(&verdict);
  bool done = judge_move(found, engine, record, NULL, &verdict, err);
  if (done && verdict.allowed)
    done = promote_held(engine, record->id, found->process, &held, &taken_back, err) &&
           (held || promote(engine, record, found, &verdict, moved, err));
  else if (done)
    done = tell_broken(engine, record, found, &verdict, err);
  if (held)
    transition_release(&taken_back);
  verdict_release(&verdict);
  return done;
}

static bool promote_one(struct engine *engine, struct process *process, int64_t id, bool *moved,
                        struct error *err) {
  struct record record;
  *moved = false;
  if (!record_load(&record, engine->book, process->kind, id, err))
    return false;
  const char *from = judge_stage_of(&record, process);
  bool covered = process_covers(process, record.values);
  struct stage *next = from && covered ? process_next(process, from) : NULL;
  const struct move found = {.process = process,
                             .from = next ? process_stage(process, from) : NULL,
                             .to = next,
                             .asked = next ? next->name : NULL};
  bool done = !next || !next->automatic || judge_and_move(engine, &record, &found, moved, err);
  record_release(&record);
  return done;
}

/* ---- all that are ready --------------------------------------------------------------------- */

/* The names of stages whose next one is automatic. The caller frees the array; NULL when there are
 * none (or no memory, then *failed). */
static const char **waiting_stages(const struct process *process, size_t *count, bool *failed) {
  const struct list *stages = &process->stages;
  const char **names = memory_new_array(stages->count, sizeof *names);
  *failed = !names && stages->count > 0;
  *count = 0;
  for (size_t i = 0; names && i < stages->count; i++) {
    const struct stage *stage = entry(stages, i);
    const struct stage *next = process_next(process, stage->name);
    if (next && next->automatic)
      names[(*count)++] = stage->name;
  }
  if (*count > 0)
    return names;
  memory_free(names);
  return NULL;
}

static bool promote_ids(struct engine *engine, struct process *process, const int64_t *ids,
                        size_t count, bool *any, struct error *err) {
  bool done = true;
  for (size_t i = 0; done && i < count; i++) {
    bool moved = false;
    done = promote_one(engine, process, ids[i], &moved, err);
    *any = *any || moved;
  }
  return done;
}

static bool promote_process(struct engine *engine, struct process *process, bool *any,
                            struct error *err) {
  struct reach reach = {.kind = process->kind, .field = process->field};
  int64_t *ids = NULL;
  size_t count = 0;
  bool failed;
  const char **names = waiting_stages(process, &reach.word_count, &failed);
  reach.words = names;
  if (!names)
    return !failed || error_memory(err);
  bool done = reach_touched(engine->book, &reach, &ids, &count, err) &&
              promote_ids(engine, process, ids, count, any, err);
  memory_free(ids);
  memory_free(names);
  return done;
}

static bool promote_round(struct engine *engine, bool *any, struct error *err) {
  const struct list *all = &engine->rules->processes;
  *any = false;
  for (size_t i = 0; i < all->count; i++)
    if (!promote_process(engine, entry(all, i), any, err))
      return false;
  return true;
}

/* Rounds look at the same records again: what could not be moved is told once. */
static void drop_troubles(struct list *promotions, size_t first) {
  for (size_t i = promotions->count; i > first; i--) {
    struct promotion *promotion = list_at(promotions, i - 1);
    if (!promotion->trouble)
      continue;
    release_promotion(promotion);
    list_remove(promotions, i - 1);
  }
}

static bool refuse_loop(const struct engine *engine, struct error *err) {
  const struct promotion *last = list_at(&engine->promotions, engine->promotions.count - 1);
  return error_set(err, ERROR_SCRIPT, "promotions go on and on; the last one: %s from '%s' to '%s'",
                   last->name, last->from, last->to);
}

bool promote_touched(struct engine *engine, struct error *err) {
  size_t first = engine->promotions.count;
  bool any = true;
  if (engine->takes_back)
    return true;
  for (int round = 0; any && round < ROUNDS_MAX; round++) {
    drop_troubles(&engine->promotions, first);
    if (!promote_round(engine, &any, err))
      return false;
  }
  return !any || refuse_loop(engine, err);
}

static bool list_waiting(struct engine *engine, const struct process *process, int64_t **ids,
                         size_t *count, struct error *err) {
  struct query *query = NULL;
  struct condition *condition = NULL;
  size_t names_count;
  bool failed;
  const char **names = waiting_stages(process, &names_count, &failed);
  struct value *values = names ? memory_new_array(names_count, sizeof *values) : NULL;
  *ids = NULL;
  *count = 0;
  if (!names)
    return !failed || error_memory(err);
  for (size_t i = 0; values && i < names_count; i++)
    values[i] = value_text(names[i]);
  bool done = (values || error_memory(err)) &&
              query_new(&query, engine->book, process->kind, err) &&
              condition_in(&condition, query, process->field->name, values, names_count, err) &&
              query_where(query, condition, err) && query_ids(query, engine->book, ids, count, err);
  query_free(query);
  memory_free(values);
  memory_free(names);
  return done;
}

/* Several stages in a row: what was moved is within the reach of the unit, whose end goes on. */
static bool promote_all(struct engine *engine, const struct kind *kind, int64_t *looked_at,
                        struct error *err) {
  const struct list *all = &engine->rules->processes;
  bool done = true, any = false;
  for (size_t i = 0; done && i < all->count; i++) {
    struct process *process = entry(all, i);
    int64_t *ids;
    size_t count;
    if (kind && strcmp(kind->name, process->kind->name) != 0)
      continue;
    if (!list_waiting(engine, process, &ids, &count, err))
      return false;
    *looked_at += (int64_t)count;
    done = promote_ids(engine, process, ids, count, &any, err);
    memory_free(ids);
  }
  return done;
}

bool promote_waiting(struct engine *engine, const struct kind *kind, int64_t *looked_at,
                     struct error *err) {
  *looked_at = 0;
  if (!unit_begin(engine->book, NULL, NULL, err))
    return false;
  if (promote_all(engine, kind, looked_at, err))
    return unit_commit(engine->book, err);
  unit_cancel(engine->book);
  return false;
}
