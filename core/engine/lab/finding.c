#include "engine/lab/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/process.h"

void lab_tally_init(struct lab_tally *tally, const struct engine *engine) {
  *tally = (struct lab_tally){.engine = engine, .rows = {.size = sizeof(struct lab_tally_row)}};
}

void lab_tally_release(struct lab_tally *tally) {
  for (size_t i = 0; i < tally->rows.count; i++) {
    struct lab_tally_row *row = list_at(&tally->rows, i);
    memory_free(row->what);
    memory_free(row->id);
    memory_free(row->effect);
    memory_free(row->text);
  }
  list_release(&tally->rows);
  map_release(&tally->places);
}

static bool can_be_won(const struct engine *engine, const struct kind *kind) {
  for (size_t i = 0; i < engine->rules->processes.count; i++) {
    const struct process *process = *(struct process **)list_at(&engine->rules->processes, i);
    for (size_t j = 0; strcmp(process->kind->name, kind->name) == 0 && j < process->stages.count;
         j++)
      if ((*(struct stage **)list_at(&process->stages, j))->end == STAGE_WON)
        return true;
  }
  return false;
}

struct money lab_amount(const struct record *record, const struct engine *engine) {
  struct money none = {0};
  memcpy(none.currency, engine->book->currency, sizeof none.currency);
  if (!record || !can_be_won(engine, record->kind))
    return none;
  for (int i = 0; i < record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i];
    if (field->type != FIELD_MONEY || !field_is_stored(field))
      continue;
    const struct value *value = &record->values[i];
    return value->type == VALUE_MONEY ? value->as.money : none;
  }
  return none;
}

static bool copy(char **out, const char *text, struct error *err) {
  *out = memory_copy_text(text);
  return *out || !text || error_memory(err);
}

static struct lab_tally_row *add_row(struct lab_tally *tally, const struct lab_finding *finding,
                                     const char *currency, struct error *err) {
  struct lab_tally_row *row = list_add(&tally->rows, err);
  if (!row || !copy(&row->what, finding->what, err) || !copy(&row->id, finding->id, err) ||
      !copy(&row->effect, finding->effect, err) || !copy(&row->text, finding->text, err))
    return NULL;
  memcpy(row->amount.currency, currency, sizeof row->amount.currency);
  for (int i = 0; i < LAB_OUTCOMES; i++)
    row->worth[i] = row->amount;
  return row;
}

static bool find_row(struct lab_tally *tally, const struct lab_finding *finding,
                     const char *currency, struct lab_tally_row **out, struct error *err) {
  struct text key = {0};
  int64_t at = 0;
  text_format(&key, "%s\n%s\n%s\n%s", finding->what, finding->id, finding->effect, currency);
  bool known = text_check(&key, err), found = known && map_find(&tally->places, key.data, &at);
  if (found) {
    *out = list_at(&tally->rows, (size_t)at);
  } else {
    known = known && map_set(&tally->places, key.data, (int64_t)tally->rows.count, err) &&
            (*out = add_row(tally, finding, currency, err)) != NULL;
  }
  text_release(&key);
  return known;
}

static enum lab_outcome outcome_of(const struct lab_finding *finding) {
  if (strcmp(finding->outcome, "won") == 0)
    return LAB_WON;
  return strcmp(finding->outcome, "lost") == 0 ? LAB_LOST : LAB_OPEN;
}

bool lab_tally_add(void *payload, const struct lab_finding *finding, struct error *err) {
  struct lab_tally *tally = payload;
  struct lab_tally_row *row = NULL;
  struct money amount = lab_amount(finding->record, tally->engine);
  if (!find_row(tally, finding, amount.currency, &row, err))
    return false;
  row->records++;
  if (!money_add(&row->amount, row->amount, amount, err))
    return false;
  if (!finding->outcome)
    return true;
  enum lab_outcome outcome = outcome_of(finding);
  row->of[outcome]++;
  return money_add(&row->worth[outcome], row->worth[outcome], amount, err);
}

static int by_id(const void *a, const void *b) {
  const struct lab_tally_row *x = a, *y = b;
  int order = strcmp(x->id, y->id);
  if (order == 0)
    order = strcmp(x->effect, y->effect);
  return order ? order : strcmp(x->amount.currency, y->amount.currency);
}

void lab_tally_sort(struct lab_tally *tally) {
  if (tally->rows.count > 1)
    qsort(tally->rows.items, tally->rows.count, sizeof(struct lab_tally_row), by_id);
  map_release(&tally->places); /* they stand elsewhere now */
}
