/* The mover: the only code that changes a stage. */
#include "engine/move.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/automation.h"
#include "engine/effect.h"
#include "engine/judge.h"
#include "engine/process.h"
#include "model/history.h"

enum { EVENT_NAME_SIZE = 160 };

bool move_log(struct engine *engine, struct record *record, const struct transition *transition,
              struct error *err) {
  struct transition row = *transition;
  row.record = record->id;
  if (row.at == 0)
    row.at = book_now(engine->book);
  return transition_add(engine->book, &row, err);
}

/* The verdict as the history keeps it; NULL when no criterion had a say. */
static bool verdict_json(const struct verdict *verdict, struct text *json, char **out,
                         struct error *err) {
  *out = NULL;
  if (verdict->items.count == 0 && !verdict->structural)
    return true;
  if (!verdict_write(verdict, json, err))
    return false;
  *out = json->data;
  return true;
}

static bool log_move(struct engine *engine, struct record *record, const struct move *move,
                     const struct move_options *options, const struct verdict *verdict,
                     struct error *err) {
  const char *outcome = verdict->forced      ? "forced"
                        : !verdict->allowed  ? N_("refused")
                        : options->automatic ? "promoted"
                                             : "moved";
  struct text json = {0};
  struct transition row = {.process = move->process->name,
                           .from_stage = verdict->from,
                           .to_stage = verdict->to,
                           .outcome = (char *)outcome,
                           .reason = (char *)options->reason};
  bool done =
      verdict_json(verdict, &json, &row.verdict, err) && move_log(engine, record, &row, err);
  text_release(&json);
  return done;
}

static bool refuse(const struct record *record, const struct verdict *verdict, struct error *err) {
  if (verdict->structural)
    return error_set(err, ERROR_REFUSED, "#%lld stays in '%s': %s", (long long)record->id,
                     verdict->from ? verdict->from : "", verdict->structural);
  struct text ids = {0};
  for (size_t i = 0; i < verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&verdict->items, i);
    bool failed = item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN;
    if (failed && item->criterion->level == LEVEL_MUST)
      text_format(&ids, "%s%s%s", ids.length ? ", " : "", item->criterion->id,
                  item->outcome == OUTCOME_BROKEN ? translate(" (broken)") : "");
  }
  error_set(err, ERROR_REFUSED, "#%lld stays in '%s', not ready for '%s': %s",
            (long long)record->id, verdict->from ? verdict->from : "", verdict->to,
            text_string(&ids));
  text_release(&ids);
  return false;
}

/* What an action is refused or finds invalid is the script's failure; being out of memory or out of
 * time is nobody's. */
static void blame_script(struct error *err) {
  static const enum error_code own[] = {ERROR_MEMORY, ERROR_INTERRUPTED, ERROR_TIMEOUT, ERROR_STORE,
                                        ERROR_BUSY};
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
    if (err->code == own[i])
      return;
  err->code = ERROR_SCRIPT;
}

static bool run_action(struct engine *engine, struct record *record, const struct stage *stage,
                       stage_action_fn action, void *payload, struct error *err) {
  if (!action)
    return true;
  bool done = false;
  if (engine->action_depth >= AUTOMATION_DEPTH_MAX) {
    error_set(err, ERROR_SCRIPT, "actions of stages cause each other more than %d deep, at '%s'",
              (int)AUTOMATION_DEPTH_MAX, stage->name);
  } else {
    engine->action_depth++;
    done = action(engine, record, payload, err);
    engine->action_depth--;
  }
  if (!done) {
    blame_script(err);
    place_prefix(&stage->place, err);
  }
  return done;
}

static bool raise_named(struct engine *engine, struct record *record, const char *what,
                        struct event *event, struct error *err) {
  char name[EVENT_NAME_SIZE];
  int length = snprintf(name, sizeof name, "%s.%s", record->kind->name, what);
  if (length < 0 || (size_t)length >= sizeof name)
    return error_set(err, ERROR_INVALID, "the name of the event '%.40s…' is too long", name);
  event->name = name;
  event->record = record;
  if (automation_raise(engine, event, err))
    return true;
  blame_script(err);
  return false;
}

static bool raise_changed(struct engine *engine, struct record *record, const struct field *field,
                          const struct value *old, struct error *err) {
  char what[EVENT_NAME_SIZE];
  snprintf(what, sizeof what, "changed.%s", field->name);
  struct event event = {.field = field, .old = *old, .new = record->values[field->position]};
  return raise_named(engine, record, what, &event, err);
}

static bool raise_moved(struct engine *engine, struct record *record, const struct move *move,
                        const struct verdict *verdict, struct error *err) {
  if (engine->rules->actions.count == 0)
    return true;
  static const char *const ends[] = {NULL, "won", "lost", "closed"};
  const char *end = ends[move->to->end];
  struct event event = {0};
  struct value old = value_text(verdict->from);
  return raise_named(engine, record, move->to->name, &event, err) &&
         (!end || strcmp(end, move->to->name) == 0 ||
          raise_named(engine, record, end, &event, err)) &&
         raise_changed(engine, record, move->process->field, &old, err);
}

bool move_put(struct engine *engine, struct record *record, const struct process *process,
              const char *stage, instant at, struct error *err) {
  struct value value = value_text(stage);
  return record_put(record, engine->book, process->field, &value, at, err);
}

bool move_make(struct engine *engine, struct record *record, const struct move *move,
               const struct move_options *options, const struct verdict *verdict,
               struct error *err) {
  const struct stage *from = move->from;
  struct stage *to = move->to;
  struct value name = value_text(to->name);
  to->seen.yes++;
  return record_put_within(record, engine->book, move->process->field, &name, 0, err) &&
         log_move(engine, record, move, options, verdict, err) &&
         (!from || run_action(engine, record, from, from->on_leave, from->leave_payload, err)) &&
         run_action(engine, record, to, to->on_enter, to->enter_payload, err) &&
         raise_moved(engine, record, move, verdict, err);
}

/* After a cancelled unit memory must not claim what the book does not hold. The first failure is
 * the one to tell, so a failing reload is not; the record is then at least empty. */
static void reload(struct engine *engine, struct record *record) {
  struct record fresh;
  struct error ignored;
  if (!record_load(&fresh, engine->book, record->kind, record->id, &ignored))
    return;
  record_release(record);
  *record = fresh;
}

static bool decide(struct engine *engine, struct record *record, const struct move *move,
                   const struct move_options *options, struct verdict *verdict, struct error *err) {
  verdict->forced = !verdict->structural && !verdict->allowed && options->force;
  if (!verdict->allowed && !verdict->forced)
    return log_move(engine, record, move, options, verdict, err);
  return move_make(engine, record, move, options, verdict, err);
}

bool process_move(struct engine *engine, struct record *record, const char *to,
                  const struct move_options *options, struct verdict *verdict, struct error *err) {
  struct move move;
  if (options->force && !judge_has_reason(options))
    return error_set(err, ERROR_USAGE, "forcing a move needs a reason; add --reason \"…\"");
  if (!judge_find(&move, engine, record, to, err) ||
      !unit_begin(engine->book, options->command, options->reason, err))
    return false;
  if (!judge_move(&move, engine, record, options, verdict, err)) {
    unit_cancel(engine->book);
    return false;
  }
  bool refused = !verdict->allowed && (verdict->structural || !options->force);
  if (!effect_note(engine, record->id, err) ||
      !decide(engine, record, &move, options, verdict, err)) {
    unit_cancel(engine->book);
    reload(engine, record);
    return false;
  }
  if (!unit_commit(engine->book, err)) {
    reload(engine, record);
    return false;
  }
  return !refused || refuse(record, verdict, err);
}

bool process_refusal(struct transition *out, const struct record *record,
                     const struct process *process, const struct verdict *verdict,
                     const char *reason, struct error *err) {
  struct text json = {0};
  *out = (struct transition){.record = record->id,
                             .process = memory_copy_text(process->name),
                             .from_stage = memory_copy_text(verdict->from),
                             .to_stage = memory_copy_text(verdict->to),
                             .outcome = memory_copy_text("refused"),
                             .reason = memory_copy_text(reason)};
  if (!verdict_json(verdict, &json, &out->verdict, err)) {
    text_release(&json);
    transition_release(out);
    return false;
  }
  return true; /* the text's bytes are the transition's now */
}

static bool log_refusal(struct engine *engine, const struct transition *refusal,
                        struct error *err) {
  struct record record;
  if (!record_load(&record, engine->book, NULL, refusal->record, err))
    return false;
  bool done = move_log(engine, &record, refusal, err);
  record_release(&record);
  return done;
}

bool process_keep_refusal(struct engine *engine, const struct transition *refusal,
                          const char *command, struct error *err) {
  if (!unit_begin(engine->book, command, refusal->reason, err))
    return false;
  if (log_refusal(engine, refusal, err))
    return unit_commit(engine->book, err);
  unit_cancel(engine->book);
  return false;
}

static struct stage *first_stage(const struct process *process) {
  return process->stages.count ? *(struct stage **)list_at(&process->stages, 0) : NULL;
}

bool move_begin(struct engine *engine, struct record *record, const struct process *process,
                struct error *err) {
  struct stage *first = first_stage(process);
  const char *held = judge_stage_of(record, process);
  if (!first || (held && process_stage(process, held)))
    return true;
  struct transition row = {
      .process = process->name, .to_stage = first->name, .outcome = (char[]){"begun"}};
  first->seen.yes++;
  return move_put(engine, record, process, first->name, 0, err) &&
         move_log(engine, record, &row, err);
}

bool process_begin(struct engine *engine, struct record *record, struct error *err) {
  const struct list *all = &engine->rules->processes;
  if (!unit_begin(engine->book, NULL, NULL, err))
    return false;
  for (size_t i = 0; i < all->count; i++) {
    const struct process *process = *(struct process **)list_at(all, i);
    if (strcmp(process->kind->name, record->kind->name) != 0 ||
        !process_covers(process, record->values))
      continue;
    if (!move_begin(engine, record, process, err)) {
      unit_cancel(engine->book);
      return false;
    }
  }
  return unit_commit(engine->book, err);
}

bool process_revert(struct engine *engine, struct record *record, const struct process *process,
                    const char *stage, struct error *err) {
  char *from = memory_copy_text(judge_stage_of(record, process));
  struct transition row = {.process = process->name,
                           .from_stage = from,
                           .to_stage = (char *)(stage ? stage : ""),
                           .outcome = (char[]){"undone"}};
  bool done =
      move_put(engine, record, process, stage, 0, err) && move_log(engine, record, &row, err);
  memory_free(from);
  return done;
}
