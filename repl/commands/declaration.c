#include "repl/commands/declaration.h"

#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"
#include "engine/accept.h"
#include "engine/automation.h"
#include "engine/process.h"
#include "engine/report.h"
#include "engine/schedule.h"
#include "engine/scorecard.h"
#include "engine/verb.h"
#include "repl/session.h"

/* They are named family.group.id: sale.qualifying.fit, accept.goal.specific. */
static bool visit_criteria(const char *family, const char *group, const struct list *criteria,
                           declaration_fn visit, void *payload, struct error *err) {
  struct text id = {0};
  bool done = true;
  for (size_t i = 0; done && i < criteria->count; i++) {
    const struct criterion *criterion = *(struct criterion **)list_at(criteria, i);
    text_clear(&id);
    text_format(&id, "%s.%s.%s", family, group, criterion->id);
    const char *what = criterion->level == LEVEL_MUST ? "must" : "should";
    done = visit(payload,
                 &(struct declaration){what, text_string(&id),
                                       translate_twin(criterion->text, criterion->text_ru),
                                       &criterion->place, &criterion->seen, true},
                 err);
  }
  text_release(&id);
  return done;
}

static bool visit_stage(const struct process *process, const struct stage *stage,
                        declaration_fn visit, void *payload, struct error *err) {
  struct text id = {0};
  text_format(&id, "%s.%s", process->name, stage->name);
  struct declaration declaration = {"stage",
                                    text_string(&id),
                                    stage->purpose
                                        ? translate_twin(stage->purpose, stage->purpose_ru)
                                        : translate_twin(stage->title, stage->title_ru),
                                    &stage->place,
                                    &stage->seen,
                                    false};
  bool done = visit(payload, &declaration, err) &&
              visit_criteria(process->name, stage->name, &stage->enter, visit, payload, err) &&
              visit_criteria(process->name, stage->name, &stage->leave, visit, payload, err);
  text_release(&id);
  return done;
}

static bool visit_process(const struct process *process, declaration_fn visit, void *payload,
                          struct error *err) {
  struct declaration declaration = {
      "process",       process->name, translate_twin(process->title, process->title_ru),
      &process->place, NULL,          false};
  if (!visit(payload, &declaration, err))
    return false;
  for (size_t i = 0; i < process->stages.count; i++)
    if (!visit_stage(process, *(struct stage **)list_at(&process->stages, i), visit, payload, err))
      return false;
  return true;
}

static bool visit_scorecard(const struct scorecard *card, declaration_fn visit, void *payload,
                            struct error *err) {
  struct declaration declaration = {
      "scorecard",  card->name, translate_twin(card->title, card->title_ru),
      &card->place, NULL,       false};
  struct text id = {0};
  bool done = visit(payload, &declaration, err);
  for (size_t i = 0; done && i < card->rules.count; i++) {
    const struct score_rule *rule = *(struct score_rule **)list_at(&card->rules, i);
    text_clear(&id);
    text_format(&id, "%s.%s", card->name, rule->id);
    done = visit(payload,
                 &(struct declaration){"rule", text_string(&id),
                                       translate_twin(rule->text, rule->text_ru), &rule->place,
                                       &rule->seen, true},
                 err);
  }
  text_release(&id);
  return done;
}

bool declaration_visit(const struct rules *rules, declaration_fn visit, void *payload,
                       struct error *err) {
  for (size_t i = 0; i < rules->processes.count; i++)
    if (!visit_process(*(struct process **)list_at(&rules->processes, i), visit, payload, err))
      return false;
  for (size_t i = 0; i < rules->acceptances.count; i++) {
    const struct acceptance *acceptance = list_at(&rules->acceptances, i);
    if (!visit_criteria("accept", acceptance->kind, &acceptance->criteria, visit, payload, err))
      return false;
  }
  for (size_t i = 0; i < rules->scorecards.count; i++)
    if (!visit_scorecard(*(struct scorecard **)list_at(&rules->scorecards, i), visit, payload, err))
      return false;
  for (size_t i = 0; i < rules->reports.count; i++) {
    const struct report *report = *(struct report **)list_at(&rules->reports, i);
    struct declaration declaration = {
        "report",       report->name,  translate_twin(report->title, report->title_ru),
        &report->place, &report->seen, false};
    if (!visit(payload, &declaration, err))
      return false;
  }
  for (size_t i = 0; i < rules->verbs.count; i++) {
    const struct verb *verb = *(struct verb **)list_at(&rules->verbs, i);
    struct declaration declaration = {
        "command",    verb->name,  translate_twin(verb->summary, verb->summary_ru),
        &verb->place, &verb->seen, false};
    if (!visit(payload, &declaration, err))
      return false;
  }
  for (size_t i = 0; i < rules->schedules.count; i++) {
    const struct schedule *schedule = *(struct schedule **)list_at(&rules->schedules, i);
    struct declaration declaration = {"every",          schedule->name, schedule->when,
                                      &schedule->place, NULL,           false};
    if (!visit(payload, &declaration, err))
      return false;
  }
  for (size_t i = 0; i < rules->actions.count; i++) {
    const struct action *action = list_at(&rules->actions, i);
    struct declaration declaration = {"on",           action->event, NULL,
                                      &action->place, &action->seen, false};
    if (!visit(payload, &declaration, err))
      return false;
  }
  return true;
}

bool declaration_visit_fields(const struct rules *rules, declaration_fn visit, void *payload,
                              struct error *err) {
  for (size_t i = 0; i < rules->fields.count; i++) {
    const struct field_declaration *field = list_at(&rules->fields, i);
    struct declaration declaration = {"field", field->name, NULL, &field->place, NULL, false};
    if (!visit(payload, &declaration, err))
      return false;
  }
  return true;
}

enum { IDS_MAX = 512 };

/* What is looked for, and the ids it met for a suggestion. */
struct search {
  struct call *call;
  const char *id;
  struct text ids; /* all of them, each terminated */
  size_t count;
  bool found;
  const struct place *place; /* of the first, borrowed */
};

static void note_id(struct search *search, const char *id) {
  text_append_bytes(&search->ids, id, strlen(id) + 1);
  search->count++;
}

/* The full id, or its last part. */
static bool is_named(const char *id, const char *word) {
  const char *dot = strrchr(id, '.');
  return strcmp(id, word) == 0 || (dot && strcmp(dot + 1, word) == 0);
}

static bool show_if_named(void *payload, const struct declaration *declaration, struct error *err) {
  struct search *search = payload;
  struct text *out = &search->call->text;
  note_id(search, declaration->id);
  if (!is_named(declaration->id, search->id))
    return true;
  search->found = true;
  text_format(out, "%s %s", declaration->what, declaration->id);
  if (declaration->place->file)
    text_format(out, "   %s:%d", declaration->place->file, declaration->place->line);
  text_append_char(out, '\n');
  if (declaration->text)
    text_format(out, "  %s\n", declaration->text);
  if (!declaration->place->file)
    return true;
  if (!state_source_lines(search->call->session->state, declaration->place, out, err))
    return false;
  text_append_char(out, '\n');
  return true;
}

static bool not_found(const struct search *search, struct error *err) {
  const char *ids[IDS_MAX];
  const char *at = text_string(&search->ids);
  size_t count = 0;
  for (; count < search->count && count < IDS_MAX; at += strlen(at) + 1)
    ids[count++] = at;
  const char *near = text_suggest(search->id, ids, count);
  if (near)
    error_set(err, ERROR_NOT_FOUND, "no rule '%s'; did you mean '%s'?", search->id, near);
  else
    error_set(err, ERROR_NOT_FOUND, "no rule '%s'; 'rules list' shows them all", search->id);
  return error_blame(err, search->id);
}

bool declaration_show(struct call *call, const char *id, struct error *err) {
  struct search search = {.call = call, .id = id};
  call->verbatim = true; /* Lua */
  bool done = declaration_visit(call->session->engine->rules, show_if_named, &search, err) &&
              (search.found || not_found(&search, err));
  text_release(&search.ids);
  return done;
}

static bool note_if_named(void *payload, const struct declaration *declaration, struct error *err) {
  struct search *search = payload;
  (void)err;
  note_id(search, declaration->id);
  if (search->found || !is_named(declaration->id, search->id))
    return true;
  search->found = true;
  search->place = declaration->place;
  return true;
}

bool declaration_exists(const struct session *session, const char *id) {
  struct search search = {.id = id};
  struct error ignored;
  if (session->engine)
    declaration_visit(session->engine->rules, note_if_named, &search, &ignored);
  text_release(&search.ids);
  return search.found;
}

bool declaration_place(const struct session *session, const char *id, struct text *file, int *line,
                       struct error *err) {
  struct search search = {.id = id};
  bool done = declaration_visit(session->engine->rules, note_if_named, &search, err);
  const struct place *place = done ? search.place : NULL;
  if (done && !place)
    done = not_found(&search, err);
  else if (place && !place->file)
    done = error_set(err, ERROR_NOT_FOUND, "'%s' stands in no file", id);
  else if (place) {
    text_append(file, place->file);
    *line = place->line;
  }
  text_release(&search.ids);
  return done;
}
