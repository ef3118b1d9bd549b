#include "engine/engine.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/accept.h"
#include "engine/automation.h"
#include "engine/identity.h"
#include "engine/process.h"
#include "engine/promote.h"
#include "engine/report.h"
#include "engine/schedule.h"
#include "engine/scorecard.h"
#include "engine/verb.h"

struct rules *rules_new(struct error *err) {
  struct rules *rules = memory_new(sizeof *rules);
  if (!rules) {
    error_memory(err);
    return NULL;
  }
  rules->processes.size = sizeof(struct process *);
  rules->scorecards.size = sizeof(struct scorecard *);
  rules->reports.size = sizeof(struct report *);
  rules->verbs.size = sizeof(struct verb *);
  rules->schedules.size = sizeof(struct schedule *);
  rules->actions.size = sizeof(struct action);
  rules->acceptances.size = sizeof(struct acceptance);
  rules->identities.size = sizeof(struct identity);
  rules->fields.size = sizeof(struct field_declaration);
  return rules;
}

static void *entry(const struct list *list, size_t index) {
  return *(void **)list_at(list, index);
}

void rules_free(struct rules *rules) {
  if (!rules)
    return;
  for (size_t i = 0; i < rules->processes.count; i++)
    process_free(entry(&rules->processes, i));
  for (size_t i = 0; i < rules->scorecards.count; i++)
    scorecard_free(entry(&rules->scorecards, i));
  for (size_t i = 0; i < rules->reports.count; i++)
    report_free(entry(&rules->reports, i));
  for (size_t i = 0; i < rules->verbs.count; i++)
    verb_free(entry(&rules->verbs, i));
  for (size_t i = 0; i < rules->schedules.count; i++)
    schedule_free(entry(&rules->schedules, i));
  for (size_t i = 0; i < rules->actions.count; i++) {
    struct action *action = list_at(&rules->actions, i);
    memory_free(action->event);
    place_release(&action->place);
  }
  list_release(&rules->processes);
  list_release(&rules->scorecards);
  list_release(&rules->reports);
  list_release(&rules->verbs);
  list_release(&rules->schedules);
  for (size_t i = 0; i < rules->acceptances.count; i++)
    acceptance_free(list_at(&rules->acceptances, i));
  list_release(&rules->actions);
  list_release(&rules->acceptances);
  for (size_t i = 0; i < rules->identities.count; i++)
    identity_release(list_at(&rules->identities, i));
  list_release(&rules->identities);
  for (size_t i = 0; i < rules->fields.count; i++) {
    struct field_declaration *field = list_at(&rules->fields, i);
    memory_free(field->name);
    place_release(&field->place);
  }
  list_release(&rules->fields);
  memory_free(rules);
}

/* What a unit made ready is promoted first: what the actions of a promotion save is judged too. */
static bool at_commit(void *payload, struct error *err) {
  return engine_settle(payload, err);
}

static void at_end(void *payload, bool kept) {
  struct engine *engine = payload;
  list_clear(&engine->touched);
  list_clear(&engine->direct);
  promote_settle(engine, kept);
}

bool engine_settle(struct engine *engine, struct error *err) {
  return promote_touched(engine, err) && accept_noted(engine, err);
}

bool engine_open(struct engine **out, struct book *book, struct error *err) {
  struct engine *engine = memory_new(sizeof *engine);
  if (!engine)
    return error_memory(err);
  engine->rules = rules_new(err);
  if (!engine->rules) {
    engine_close(engine);
    return false;
  }
  engine->book = book;
  engine->touched.size = sizeof(int64_t);
  engine->direct.size = sizeof(int64_t);
  engine->judged.size = sizeof(struct accepted);
  engine->promotions.size = sizeof(struct promotion);
  book->watch = (struct unit_watch){at_commit, at_end, engine};
  *out = engine;
  return true;
}

void engine_close(struct engine *engine) {
  if (!engine)
    return;
  accept_forget(engine);
  promote_forget(engine);
  list_release(&engine->touched);
  list_release(&engine->direct);
  list_release(&engine->judged);
  list_release(&engine->promotions);
  rules_free(engine->rules);
  book_close(engine->book);
  memory_free(engine);
}

void engine_use_rules(struct engine *engine, struct rules *rules) {
  accept_forget(engine); /* what was said was said by the old ones */
  rules_free(engine->rules);
  engine->rules = rules;
}

bool engine_formula(struct engine *engine, struct record *record, const struct field *field,
                    struct value *out, struct error *err) {
  *out = value_null();
  if (engine->formula)
    return engine->formula(engine, record, field, out, engine->formula_payload, err);
  return error_set(err, ERROR_CONFIG, "nothing here computes the formula '%s.%s'",
                   record->kind->name, field->name);
}

struct process *engine_process(const struct engine *engine, const char *name) {
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    struct process *process = entry(&engine->rules->processes, i);
    if (strcmp(process->name, name) == 0)
      return process;
  }
  return NULL;
}

struct scorecard *engine_scorecard(const struct engine *engine, const char *name) {
  for (size_t i = 0; i < engine->rules->scorecards.count; i++) {
    struct scorecard *card = entry(&engine->rules->scorecards, i);
    if (strcmp(card->name, name) == 0)
      return card;
  }
  return NULL;
}

static struct report *find_report(const struct engine *engine, const char *name) {
  for (size_t i = 0; i < engine->rules->reports.count; i++) {
    struct report *report = entry(&engine->rules->reports, i);
    if (strcmp(report->name, name) == 0)
      return report;
  }
  return NULL;
}

/* What a person could have meant: every declaration begins with its name. */
static bool refuse_name(const struct list *declared, const char *what, const char *name,
                        struct error *err) {
  const char **names = memory_new_array(declared->count, sizeof *names);
  if (!names)
    return error_memory(err);
  for (size_t i = 0; i < declared->count; i++)
    names[i] = *(const char *const *)entry(declared, i);
  const char *near = text_suggest(name, names, declared->count);
  if (near)
    error_set(err, ERROR_NOT_FOUND, "no %s '%s'; did you mean '%s'?", translate(what), name, near);
  else if (declared->count == 0)
    error_set(err, ERROR_NOT_FOUND, "no %s '%s'; the workspace declares none", translate(what),
              name);
  else
    error_set(err, ERROR_NOT_FOUND, "no %s '%s'; 'rules list' shows what there is", translate(what),
              name);
  memory_free(names);
  return error_blame(err, name);
}

_Static_assert(offsetof(struct process, name) == 0 && offsetof(struct scorecard, name) == 0 &&
                   offsetof(struct report, name) == 0,
               "refuse_name reads the name at the start of a declaration");

bool engine_find_process(const struct engine *engine, const char *name, struct process **out,
                         struct error *err) {
  *out = engine_process(engine, name);
  return *out || refuse_name(&engine->rules->processes, N_("process"), name, err);
}

bool engine_find_scorecard(const struct engine *engine, const char *name, struct scorecard **out,
                           struct error *err) {
  *out = engine_scorecard(engine, name);
  return *out || refuse_name(&engine->rules->scorecards, N_("scorecard"), name, err);
}

bool engine_find_report(const struct engine *engine, const char *name, struct report **out,
                        struct error *err) {
  *out = find_report(engine, name);
  return *out || refuse_name(&engine->rules->reports, N_("report"), name, err);
}

bool place_prefix(const struct place *place, struct error *err) {
  if (!place->file || strncmp(err->message, place->file, strlen(place->file)) == 0)
    return false;
  return error_prefix(err, "%s:%d: ", place->file, place->line);
}

void place_release(struct place *place) {
  memory_free(place->file);
  *place = (struct place){0};
}
