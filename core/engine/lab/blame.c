#include "engine/lab/blame.h"

#include <string.h>

#include "base/translate.h"

static bool has(const struct list *criteria, const struct criterion *criterion) {
  for (size_t i = 0; i < criteria->count; i++)
    if (*(struct criterion **)list_at(criteria, i) == criterion)
      return true;
  return false;
}

/* sale.qualifying.fit: the stage is the one that is left, or entered. */
static void append_id(struct text *out, const struct move *move,
                      const struct criterion *criterion) {
  bool leaves = move->from && has(&move->from->leave, criterion);
  text_format(out, "%s.%s.%s", move->process->name, leaves ? move->from->name : move->to->name,
              criterion->id);
}

static bool blocks(const struct verdict_item *item) {
  bool failed = item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN;
  return failed && item->criterion->level == LEVEL_MUST;
}

static bool tell_criterion(const struct blame *blame, const struct verdict_item *item,
                           lab_finding_fn each, void *payload, struct error *err) {
  struct text id = {0};
  append_id(&id, blame->move, item->criterion);
  const struct lab_finding finding = {
      .what = "must",
      .id = text_string(&id),
      .effect = item->outcome == OUTCOME_BROKEN ? "broken" : blame->effect,
      .text = translate_twin(item->criterion->text, item->criterion->text_ru),
      .detail = item->detail,
      .outcome = blame->outcome,
      .is_part = true,
      .made = blame->made,
      .record = blame->record};
  bool done = text_check(&id, err) && each(payload, &finding, err);
  text_release(&id);
  return done;
}

static void append_reasons(struct text *out, const struct verdict *verdict) {
  if (verdict->structural)
    text_append(out, verdict->structural);
  for (size_t i = 0; i < verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&verdict->items, i);
    if (blocks(item))
      text_format(out, "%s%s", out->length ? ", " : "", item->criterion->id);
  }
}

static bool tell_whole(const struct blame *blame, lab_finding_fn each, void *payload,
                       struct error *err) {
  const struct move *move = blame->move;
  struct text reasons = {0}, id = {0};
  append_reasons(&reasons, blame->verdict);
  text_append(&id, move->process->name);
  if (blame->made)
    text_format(&id, ".%s", move->from->name);
  const struct lab_finding finding = {
      .what = blame->made ? "stage" : "process",
      .id = text_string(&id),
      .effect = blame->effect,
      .text = blame->made ? stage_title(move->from)
                          : translate_twin(move->process->title, move->process->title_ru),
      .detail = reasons.length ? text_string(&reasons) : NULL,
      .outcome = blame->outcome,
      .made = blame->made,
      .record = blame->record};
  bool done = text_check(&reasons, err) && text_check(&id, err) && each(payload, &finding, err);
  text_release(&reasons);
  text_release(&id);
  return done;
}

bool blame_tell(const struct blame *blame, bool parts, lab_finding_fn each, void *payload,
                struct error *err) {
  if (!tell_whole(blame, each, payload, err))
    return false;
  for (size_t i = 0; parts && i < blame->verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&blame->verdict->items, i);
    if (blocks(item) && !tell_criterion(blame, item, each, payload, err))
      return false;
  }
  return true;
}
