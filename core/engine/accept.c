#include "engine/accept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/judge.h"
#include "engine/process.h"
#include "model/spine.h"

struct acceptance *acceptance_of(struct rules *rules, const char *kind, struct error *err) {
  for (size_t i = 0; i < rules->acceptances.count; i++) {
    struct acceptance *acceptance = list_at(&rules->acceptances, i);
    if (strcmp(acceptance->kind, kind) == 0)
      return acceptance;
  }
  char *copy = memory_copy_text(kind);
  struct acceptance *added = copy ? list_add(&rules->acceptances, err) : NULL;
  if (!added) {
    memory_free(copy);
    error_memory(err);
    return NULL;
  }
  *added = (struct acceptance){.kind = copy, .criteria = {.size = sizeof(struct criterion *)}};
  return added;
}

void acceptance_free(struct acceptance *acceptance) {
  memory_free(acceptance->kind);
  criteria_free(&acceptance->criteria);
}

const struct acceptance *accept_find(const struct engine *engine, const struct kind *kind) {
  const struct list *all = &engine->rules->acceptances;
  for (size_t i = 0; i < all->count; i++) {
    const struct acceptance *acceptance = list_at(all, i);
    if (strcmp(acceptance->kind, kind->name) == 0)
      return acceptance;
  }
  return NULL;
}

bool accept_judge(struct engine *engine, struct record *record, struct verdict *verdict,
                  struct error *err) {
  const struct acceptance *acceptance = accept_find(engine, record->kind);
  if (acceptance && !judge_criteria(engine, record, &acceptance->criteria, verdict, err))
    return false;
  verdict->allowed = verdict_blocking(verdict) == 0;
  return true;
}

bool accept_note(struct engine *engine, const struct record *record, struct error *err) {
  if (!accept_find(engine, record->kind))
    return true;
  int64_t *slot = list_add(&engine->touched, err);
  if (slot)
    *slot = record->id;
  return slot != NULL;
}

/* A record that does not exist can't be set: what would have to be set is to be added. */
static bool hint_for_created(struct accepted *judged, struct error *err) {
  char set[40];
  size_t length = (size_t)snprintf(set, sizeof set, "set #%lld ", (long long)judged->id);
  for (size_t i = 0; i < judged->verdict.items.count; i++) {
    struct verdict_item *item = list_at(&judged->verdict.items, i);
    struct text hint = {0};
    if (!item->fix || strncmp(item->fix, set, length) != 0)
      continue;
    text_format(&hint, translate("add %s"), item->fix + length);
    char *taken = text_take(&hint, err);
    if (!taken)
      return false;
    memory_free(item->fix);
    item->fix = taken;
  }
  return true;
}

static bool name_judged(struct accepted *judged, const struct record *record, struct error *err) {
  struct text name = {0};
  text_format(&name, "%s ", record->kind->name);
  if (!judged->created)
    text_format(&name, "#%lld ", (long long)record->id);
  record_append_name(&name, record);
  judged->name = text_take(&name, err);
  return judged->name != NULL;
}

static void release_judged(struct accepted *judged) {
  memory_free(judged->name);
  verdict_release(&judged->verdict);
}

static bool keep(struct engine *engine, struct accepted *judged, const struct record *record,
                 struct error *err) {
  bool blocked = !judged->verdict.allowed;
  if (!name_judged(judged, record, err) ||
      (judged->created && blocked && !hint_for_created(judged, err)))
    return false;
  struct accepted *slot = list_add(&engine->judged, err);
  if (slot)
    *slot = *judged;
  return slot != NULL;
}

/* What a savepoint took back was not saved after all. */
static bool judge_one(struct engine *engine, int64_t id, struct error *err) {
  struct accepted judged = {.id = id};
  struct record record;
  bool touched = false, kept = false;
  if (!spine_touched(engine->book, id, &touched, &judged.created, err))
    return false;
  if (!touched)
    return true;
  if (!record_load(&record, engine->book, NULL, id, err))
    return false;
  verdict_init(&judged.verdict);
  bool done = accept_judge(engine, &record, &judged.verdict, err);
  if (done && (!judged.verdict.allowed || verdict_warnings(&judged.verdict)))
    done = kept = keep(engine, &judged, &record, err);
  if (!kept)
    release_judged(&judged);
  record_release(&record);
  return done;
}

static void append_blocking(struct text *out, const struct verdict *verdict) {
  const char *between = "";
  for (size_t i = 0; i < verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&verdict->items, i);
    bool failed = item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN;
    if (!failed || item->criterion->level != LEVEL_MUST)
      continue;
    text_format(out, "%s%s%s", between, item->criterion->id,
                item->outcome == OUTCOME_BROKEN ? translate(" (broken)") : "");
    between = ", ";
  }
}

/* The first one by name, the others by number. */
static bool refuse(const struct engine *engine, struct error *err) {
  struct text ids = {0};
  const struct accepted *first = NULL;
  size_t count = 0;
  for (size_t i = 0; i < engine->judged.count; i++) {
    const struct accepted *judged = list_at(&engine->judged, i);
    first = first || judged->verdict.allowed ? first : judged;
    count += !judged->verdict.allowed;
  }
  if (!first)
    return true;
  append_blocking(&ids, &first->verdict);
  if (count > 1)
    text_format(&ids, translate("; and %zu more"), count - 1);
  error_set(err, ERROR_REFUSED, "%s is not accepted: %s", first->name, text_string(&ids));
  text_release(&ids);
  return false;
}

static int compare_ids(const void *a, const void *b) {
  const int64_t *left = a, *right = b;
  return (*left > *right) - (*left < *right);
}

bool accept_noted(struct engine *engine, struct error *err) {
  struct list *touched = &engine->touched;
  int64_t before = 0;
  bool done = true;
  if (touched->count == 0)
    return true;
  accept_forget(engine);
  if (touched->count > 1)
    qsort(touched->items, touched->count, touched->size, compare_ids);
  for (size_t i = 0; done && i < touched->count; i++) {
    int64_t id = *(int64_t *)list_at(touched, i);
    done = id == before || judge_one(engine, id, err);
    before = id;
  }
  list_clear(touched);
  return done && refuse(engine, err);
}

static void append_reasons(struct text *out, const struct verdict *verdict) {
  for (size_t i = 0; i < verdict->items.count; i++) {
    const struct verdict_item *item = list_at(&verdict->items, i);
    const struct criterion *criterion = item->criterion;
    bool failed = item->outcome == OUTCOME_FAIL || item->outcome == OUTCOME_BROKEN;
    if (!failed || criterion->level != LEVEL_MUST)
      continue;
    text_format(out, "%s%s", out->length ? "; " : "",
                translate_twin(criterion->text, criterion->text_ru));
    if (item->detail && *item->detail)
      text_format(out, " (%s)", item->detail);
  }
}

bool accept_row(struct engine *engine, struct record *record, bool *warned, struct error *err) {
  struct verdict verdict;
  struct text reasons = {0};
  verdict_init(&verdict);
  bool done = accept_judge(engine, record, &verdict, err);
  *warned = done && verdict_warnings(&verdict) > 0;
  if (done && !verdict.allowed) {
    append_reasons(&reasons, &verdict);
    done = error_set(err, ERROR_DATA, "not accepted: %s", text_string(&reasons));
  }
  text_release(&reasons);
  verdict_release(&verdict);
  return done;
}

void accept_forget(struct engine *engine) {
  for (size_t i = 0; i < engine->judged.count; i++)
    release_judged(list_at(&engine->judged, i));
  list_clear(&engine->judged);
}
