#include "engine/lab/finding.h"

#include <string.h>

#include "base/memory.h"
#include "model/record.h"

void lab_tally_init(struct lab_tally *tally, struct book *book) {
  *tally = (struct lab_tally){.book = book, .rows = {.size = sizeof(struct lab_tally_row)}};
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

struct money lab_amount(const struct record *record, const struct book *book) {
  struct money none = {0};
  memcpy(none.currency, book->currency, sizeof none.currency);
  for (int i = 0; record && i < record->kind->field_count; i++) {
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
  struct money amount = lab_amount(finding->record, tally->book);
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
