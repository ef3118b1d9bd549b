#include "engine/judge.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/hint.h"
#include "model/spine.h"

static void *entry(const struct list *list, size_t index) {
  return *(void **)list_at(list, index);
}

bool judge_has_reason(const struct move_options *options) {
  return options && options->reason && options->reason[0];
}

const char *judge_stage_of(const struct record *record, const struct process *process) {
  const struct value *value = &record->values[process->field->position];
  return value->type == VALUE_TEXT ? value->as.text.data : NULL;
}

bool judge_find(struct move *move, struct engine *engine, struct record *record, const char *to,
                struct error *err) {
  const struct list *all = &engine->rules->processes;
  *move = (struct move){0};
  for (size_t i = 0; i < all->count && !move->to; i++) {
    struct process *process = entry(all, i);
    if (strcmp(process->kind->name, record->kind->name) != 0 ||
        !process_covers(process, record->values))
      continue;
    struct stage *stage = process_stage_called(process, to);
    if (stage || !move->process)
      *move = (struct move){.process = process, .to = stage, .asked = to};
  }
  if (!move->process) {
    process_refuse_none(engine, record, err);
    return false;
  }
  const char *from = judge_stage_of(record, move->process);
  move->from = from ? process_stage(move->process, from) : NULL;
  return true;
}

enum direction { DIRECTION_NONE, DIRECTION_FORWARD, DIRECTION_BACK, DIRECTION_OUT };

static int position(const struct move *move, const struct stage *stage) {
  return process_stage_index(move->process, stage->name);
}

/* Out is to any end but won: it may be left for from wherever the record stands. */
static enum direction direction_of(const struct move *move) {
  if (move->to == move->from)
    return DIRECTION_NONE;
  if (move->to->end == STAGE_LOST || move->to->end == STAGE_CLOSED)
    return DIRECTION_OUT;
  if (!move->from || position(move, move->to) > position(move, move->from))
    return DIRECTION_FORWARD;
  return DIRECTION_BACK;
}

bool judge_is_back(const struct move *move) {
  return direction_of(move) == DIRECTION_BACK;
}

/* The open stage that had to come first, or NULL when nothing is jumped over. */
static struct stage *skipped_stage(const struct move *move) {
  const struct list *stages = &move->process->stages;
  size_t i = move->from ? (size_t)position(move, move->from) + 1 : 0;
  for (; i < stages->count; i++) {
    struct stage *stage = entry(stages, i);
    if (stage == move->to)
      return NULL;
    if (stage->end == STAGE_OPEN)
      return stage;
  }
  return NULL;
}

struct stage *judge_first_step(const struct move *move) {
  bool by_step = !move->process->skip && direction_of(move) == DIRECTION_FORWARD;
  struct stage *skipped = by_step ? skipped_stage(move) : NULL;
  return skipped ? skipped : move->to;
}

static void refuse_back(const struct move *move, const struct move_options *options,
                        struct text *why) {
  const char *from = move->from->name, *to = move->to->name;
  if (move->process->back == BACK_NEVER)
    text_format(why, translate("process '%s' never goes back from '%s' to '%s'"),
                move->process->name, from, to);
  else if (move->process->back == BACK_WITH_REASON && options && !judge_has_reason(options))
    text_format(why, translate("going back from '%s' to '%s' needs a reason; add --reason \"…\""),
                from, to);
}

static bool is_end(const struct stage *stage) {
  return stage && stage->end != STAGE_OPEN;
}

/* Appends why the process itself refuses, nothing when it does not; whether as it skips no stage.
 */
static bool judge_structure(const struct move *move, const struct move_options *options,
                            const char *held, struct text *why) {
  const struct stage *to = move->to;
  enum direction direction = direction_of(move);
  const struct stage *skipped = skipped_stage(move);
  if (direction == DIRECTION_NONE)
    text_format(why, translate("it is in '%s' already"), to->name);
  else if (is_end(move->from) && is_end(to))
    text_format(why, translate("'%s' is an end; go back to an open stage first"), move->from->name);
  else if (direction == DIRECTION_BACK)
    refuse_back(move, options, why);
  else if (to->end == STAGE_LOST && options && !judge_has_reason(options))
    text_format(why, translate("'%s' needs a reason; add --reason \"…\""), to->name);
  else if (direction == DIRECTION_FORWARD && !move->process->skip && skipped &&
           (move->from || !held)) {
    text_format(why, translate("'%s' comes before '%s'; process '%s' skips no stage"),
                skipped->name, to->name, move->process->name);
    return true;
  }
  return false;
}

struct hearing {
  struct engine *engine;
  struct record *record;
  bool has_since; /* the record's own, read once when first needed */
  date since;
};

static bool is_exempt(struct hearing *hearing, const struct criterion *criterion, bool *exempt,
                      struct error *err) {
  *exempt = false;
  if (!criterion->has_since)
    return true;
  if (!hearing->has_since) {
    instant since;
    if (!spine_since(hearing->engine->book, hearing->record->id, &since, err))
      return false;
    hearing->since = instant_date(since);
    hearing->has_since = true;
  }
  *exempt = hearing->since < criterion->since;
  return true;
}

static bool add_hint(struct hearing *hearing, struct verdict_item *item, struct error *err) {
  if (item->fix || !item->criterion->fix || item->outcome == OUTCOME_PASS ||
      item->outcome == OUTCOME_EXEMPT)
    return true;
  struct text hint = {0};
  bool done = hint_expand(&hint, hearing->engine, hearing->record,
                          translate_twin(item->criterion->fix, item->criterion->fix_ru), err) &&
              (item->fix = text_take(&hint, err)) != NULL;
  text_release(&hint);
  return done;
}

static void count(struct criterion *criterion, const struct verdict_item *item) {
  criterion->seen.yes += item->outcome == OUTCOME_PASS;
  criterion->seen.no += item->outcome == OUTCOME_FAIL;
}

static bool hear(struct hearing *hearing, const struct list *criteria, struct verdict *verdict,
                 struct error *err) {
  for (size_t i = 0; i < criteria->count; i++) {
    struct criterion *criterion = entry(criteria, i);
    struct verdict_item *item = list_add(&verdict->items, err);
    if (!item)
      return false;
    item->criterion = criterion;
    item->reads.size = sizeof(struct verdict_read);
    item->outcome = OUTCOME_BROKEN; /* fail closed: a check that forgets to answer blocks */
    bool exempt;
    if (!is_exempt(hearing, criterion, &exempt, err))
      return false;
    if (exempt)
      item->outcome = OUTCOME_EXEMPT;
    else if (!criterion->check(criterion, hearing->engine, hearing->record, item, err) ||
             !add_hint(hearing, item, err))
      return false;
    count(criterion, item);
  }
  return true;
}

bool judge_criteria(struct engine *engine, struct record *record, const struct list *criteria,
                    struct verdict *verdict, struct error *err) {
  struct hearing hearing = {.engine = engine, .record = record};
  engine->hearing++;
  return hear(&hearing, criteria, verdict, err);
}

static bool judge_stages(const struct move *move, struct engine *engine, struct record *record,
                         struct verdict *verdict, struct error *err) {
  struct hearing hearing = {.engine = engine, .record = record};
  engine->hearing++;
  bool leaving = move->from && direction_of(move) == DIRECTION_FORWARD;
  if (leaving && !hear(&hearing, &move->from->leave, verdict, err))
    return false;
  return hear(&hearing, &move->to->enter, verdict, err);
}

/* Names the stages and takes over why the structure refuses, if it does. */
static bool open_verdict(struct verdict *verdict, const char *from, const char *to,
                         struct text *why, struct error *err) {
  verdict->from = memory_copy_text(from);
  verdict->to = memory_copy_text(to);
  bool done =
      (verdict->to && (!from || verdict->from) && text_check(why, err)) || error_memory(err);
  if (done && why->length > 0)
    done = (verdict->structural = text_take(why, err)) != NULL;
  text_release(why);
  return done;
}

bool judge_gates(const struct move *move, struct engine *engine, struct record *record,
                 struct verdict *verdict, struct error *err) {
  struct text none = {0};
  if (!open_verdict(verdict, judge_stage_of(record, move->process), move->asked, &none, err) ||
      !judge_stages(move, engine, record, verdict, err))
    return false;
  verdict->allowed = verdict_blocking(verdict) == 0;
  return true;
}

bool judge_move(const struct move *move, struct engine *engine, struct record *record,
                const struct move_options *options, struct verdict *verdict, struct error *err) {
  const char *from = judge_stage_of(record, move->process);
  struct text why = {0};
  struct error missing;
  struct stage *unused;
  if (move->to)
    verdict->skips = judge_structure(move, options, from, &why);
  else if (!process_find_stage(move->process, move->asked, &unused, &missing))
    text_append(&why, missing.message);
  if (!open_verdict(verdict, from, move->asked, &why, err))
    return false;
  if (!move->to || verdict->structural)
    return true;
  if (!judge_stages(move, engine, record, verdict, err))
    return false;
  verdict->allowed = verdict_blocking(verdict) == 0;
  return true;
}

bool process_judge(struct engine *engine, struct record *record, const char *to,
                   struct verdict *verdict, struct error *err) {
  struct move move;
  return judge_find(&move, engine, record, to, err) &&
         judge_move(&move, engine, record, NULL, verdict, err);
}
