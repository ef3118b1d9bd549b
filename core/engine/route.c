#include "engine/route.h"

#include <string.h>

#include "base/memory.h"
#include "engine/accept.h"
#include "engine/judge.h"
#include "model/history.h"

static struct route_step *step_at(const struct route *route, size_t index) {
  return list_at(&route->steps, index);
}

void route_release(struct route *route) {
  for (size_t i = 0; i < route->steps.count; i++) {
    struct route_step *step = step_at(route, i);
    verdict_release(&step->now);
    verdict_release(&step->arrived);
    memory_free(step->trouble);
  }
  list_release(&route->steps);
  verdict_release(&route->accepted);
  *route = (struct route){0};
}

static bool add_step(struct route *route, struct stage *from, struct stage *to, struct error *err) {
  struct route_step *step = list_add(&route->steps, err);
  if (!step)
    return false;
  *step = (struct route_step){.from = from, .to = to};
  verdict_init(&step->now);
  verdict_init(&step->arrived);
  return true;
}

static bool is_end(const struct stage *stage) {
  return stage && stage->end != STAGE_OPEN;
}

static bool led_here(const struct transition *transition, const struct process *process,
                     const struct stage *end) {
  return transition->from_stage && strcmp(transition->process, process->name) == 0 &&
         strcmp(transition->to_stage, end->name) == 0 &&
         strcmp(transition->outcome, "refused") != 0;
}

/* From one end to another leads only a way back: to the stage that it was left from, not further,
 * so that no criterion is got around. The first stage when nobody knows. */
static bool stage_left(const struct engine *engine, int64_t record, const struct process *process,
                       const struct stage *end, struct stage **out, struct error *err) {
  struct transition *list;
  size_t count;
  *out = *(struct stage **)list_at(&process->stages, 0);
  if (!transition_list(engine->book, record, &list, &count, err))
    return false;
  for (size_t i = 0; i < count; i++) {
    struct stage *left =
        led_here(&list[i], process, end) ? process_stage(process, list[i].from_stage) : NULL;
    if (left && !is_end(left))
      *out = left;
    transition_release(&list[i]);
  }
  memory_free(list);
  return true;
}

/* A stage that the process no longer has is left for whatever stage is asked for. */
static bool plan(struct route *route, const struct engine *engine, const struct record *record,
                 struct move move, struct error *err) {
  bool lost = !move.from && judge_stage_of(record, move.process);
  if (is_end(move.from) && is_end(move.to) && move.from != move.to) {
    struct stage *left;
    if (!stage_left(engine, record->id, move.process, move.from, &left, err) ||
        !add_step(route, move.from, left, err))
      return false;
    move.from = left;
  }
  do {
    struct stage *next = lost ? move.to : judge_first_step(&move);
    if (!add_step(route, move.from, next, err))
      return false;
    move.from = next;
  } while (move.from != move.to);
  return true;
}

static bool judge_step(const struct route *route, const struct route_step *step,
                       struct engine *engine, struct record *record, struct verdict *verdict,
                       struct error *err) {
  const struct move move = {
      .process = route->process, .from = step->from, .to = step->to, .asked = step->to->name};
  return judge_move(&move, engine, record, NULL, verdict, err);
}

static bool judge_now(struct route *route, struct engine *engine, struct record *record,
                      struct error *err) {
  if (!accept_judge(engine, record, &route->accepted, err))
    return false;
  for (size_t i = 0; i < route->steps.count; i++) {
    struct route_step *step = step_at(route, i);
    if (!judge_step(route, step, engine, record, &step->now, err))
      return false;
    if (!route->refusal)
      route->refusal = step->now.structural;
  }
  return true;
}

static bool is_fatal(const struct error *err) {
  return err->code == ERROR_MEMORY || err->code == ERROR_INTERRUPTED || err->code == ERROR_TIMEOUT;
}

/* Past what fails. *walked false: an action on the way could not do its work. */
static bool make(struct route_step *step, struct engine *engine, struct record *record,
                 bool *walked, struct error *err) {
  static const struct move_options options = {.reason = "-", .force = true};
  struct verdict verdict;
  struct error failure;
  verdict_init(&verdict);
  *walked = process_move(engine, record, step->to->name, &options, &verdict, &failure);
  verdict_release(&verdict);
  if (*walked)
    return true;
  if (is_fatal(&failure)) {
    *err = failure;
    return false;
  }
  step->trouble = memory_copy_text(failure.message);
  return step->trouble || error_memory(err);
}

static bool walk(struct route *route, struct engine *engine, struct record *record,
                 struct error *err) {
  bool walked = true;
  for (size_t i = 0; walked && i + 1 < route->steps.count; i++) {
    struct route_step *next = step_at(route, i + 1);
    if (!make(step_at(route, i), engine, record, &walked, err))
      return false;
    next->has_arrived = walked;
    if (walked && !judge_step(route, next, engine, record, &next->arrived, err))
      return false;
  }
  return true;
}

/* What was read on the walk is not so: the next hearing reads anew. */
static bool walk_and_return(struct route *route, struct engine *engine, const struct record *record,
                            struct error *err) {
  struct record walker;
  if (!unit_begin(engine->book, "why-not", NULL, err))
    return false;
  bool done = record_load(&walker, engine->book, record->kind, record->id, err);
  if (done) {
    done = walk(route, engine, &walker, err);
    record_release(&walker);
  }
  unit_cancel(engine->book);
  engine->hearing++;
  return done;
}

static bool can_walk(const struct route *route, const struct book *book) {
  return !route->refusal && route->steps.count > 1 && !unit_is_inner(book) && !book->has_as_of &&
         !book_is_read_only(book);
}

bool route_find(struct route *route, struct engine *engine, struct record *record, const char *to,
                struct error *err) {
  struct move move;
  *route = (struct route){.steps = {.size = sizeof(struct route_step)}};
  verdict_init(&route->accepted);
  if (!judge_find(&move, engine, record, to, err) ||
      !process_find_stage(move.process, to, &move.to, err))
    return false;
  route->process = move.process;
  return plan(route, engine, record, move, err) && judge_now(route, engine, record, err) &&
         (!can_walk(route, engine->book) || walk_and_return(route, engine, record, err));
}

static bool passes(const struct verdict_item *item) {
  return item->outcome == OUTCOME_PASS || item->outcome == OUTCOME_EXEMPT;
}

static enum route_need need_now(const struct verdict_item *item) {
  if (item->criterion->level != LEVEL_MUST || passes(item))
    return ROUTE_FINE;
  return item->outcome == OUTCOME_BROKEN ? ROUTE_BROKEN : ROUTE_MISSING;
}

/* What fails now and will not when the record comes there, actions on the way do; what passes now
 * and will not, they undo, or it depends on the stage. */
static enum route_need need_on_way(const struct route_step *step, size_t i) {
  const struct verdict_item *now = list_at(&step->now.items, i);
  if (!step->has_arrived || now->criterion->level != LEVEL_MUST)
    return need_now(now);
  const struct verdict_item *arrived = list_at(&step->arrived.items, i);
  if (passes(arrived))
    return ROUTE_FINE;
  return now->outcome == arrived->outcome ? need_now(now) : ROUTE_LATER;
}

static bool share_a_read(const struct verdict_item *a, const struct verdict_item *b) {
  for (size_t i = 0; i < a->reads.count; i++)
    for (size_t j = 0; j < b->reads.count; j++)
      if (strcmp(((const struct verdict_read *)list_at(&a->reads, i))->path,
                 ((const struct verdict_read *)list_at(&b->reads, j))->path) == 0)
        return true;
  return false;
}

/* Whether something that is missing up to that step looks at what the item looks at: what will be
 * done for it changes that. */
static bool may_change(const struct route *route, size_t last, const struct verdict_item *item) {
  for (size_t s = 0; s <= last; s++) {
    const struct route_step *step = step_at(route, s);
    for (size_t i = 0; i < step->now.items.count; i++)
      if (need_on_way(step, i) == ROUTE_MISSING && share_a_read(list_at(&step->now.items, i), item))
        return true;
  }
  return false;
}

enum route_need route_need(const struct route *route, size_t step, size_t i) {
  const struct verdict_item *item = list_at(&step_at(route, step)->now.items, i);
  enum route_need need = need_on_way(step_at(route, step), i);
  bool exempt =
      need == ROUTE_FINE && item->outcome == OUTCOME_EXEMPT && item->criterion->level == LEVEL_MUST;
  return exempt && may_change(route, step, item) ? ROUTE_DEPENDS : need;
}

enum route_need route_need_accepted(const struct route *route, size_t i) {
  return need_now(list_at(&route->accepted.items, i));
}

const char *route_need_name(enum route_need need) {
  static const char *const names[] = {"fine", "missing", "broken", "depends", "later"};
  return names[need];
}

const char *route_goal(const struct process *process) {
  const struct stage *goal = NULL;
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *stage = *(struct stage **)list_at(&process->stages, i);
    bool won = goal && goal->end == STAGE_WON;
    if (!won && (stage->end != STAGE_LOST || !goal))
      goal = stage;
  }
  return goal ? goal->name : NULL;
}
