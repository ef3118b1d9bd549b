#include "engine/effect.h"

#include <stdlib.h>
#include <string.h>

#include "model/difference.h"

struct reading {
  struct effect *effect;
  const struct list *direct; /* of int64_t, sorted */
};

static int compare_ids(const void *a, const void *b) {
  const int64_t *left = a, *right = b;
  return (*left > *right) - (*left < *right);
}

static enum effect_way way_of(const struct difference *difference) {
  if (!difference->existed)
    return EFFECT_ADDS;
  return difference->exists ? EFFECT_CHANGES : EFFECT_DELETES;
}

static struct effect_part *part_for(struct effect *effect, const struct difference *difference,
                                    struct error *err) {
  enum effect_way way = way_of(difference);
  for (size_t i = 0; i < effect->parts.count; i++) {
    struct effect_part *part = list_at(&effect->parts, i);
    if (part->way == way && part->kind == difference->kind)
      return part;
  }
  struct effect_part *part = list_add(&effect->parts, err);
  if (part)
    *part = (struct effect_part){
        .way = way, .kind = difference->kind, .worth = {.size = sizeof(struct money)}};
  return part;
}

const struct field *effect_worth_field(const struct kind *kind) {
  const struct field *amount = kind_field(kind, "amount");
  return amount && amount->type == FIELD_MONEY && field_is_stored(amount) ? amount : NULL;
}

static bool add_worth(struct list *worth, const struct money *amount, struct error *err) {
  for (size_t i = 0; i < worth->count; i++) {
    struct money *sum = list_at(worth, i);
    if (strcmp(sum->currency, amount->currency) == 0)
      return money_add(sum, *sum, *amount, err);
  }
  struct money *sum = list_add(worth, err);
  if (sum)
    *sum = *amount;
  return sum != NULL;
}

static bool add_amount(struct effect_part *part, const struct difference *difference,
                       struct error *err) {
  const struct field *field = effect_worth_field(difference->kind);
  const struct record *standing = difference->existed ? &difference->before : &difference->after;
  const struct value *value = field ? &standing->values[field->position] : NULL;
  if (!value || value->type != VALUE_MONEY)
    return true;
  return add_worth(&part->worth, &value->as.money, err);
}

static void mark_bytes(struct effect *effect, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++)
    effect->mark = (effect->mark ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
}

static void mark_value(struct effect *effect, const struct value *value) {
  struct text plain = {0};
  if (value->type == VALUE_INSTANT) /* the second run has another moment */
    text_append(&plain, "at");
  else if (!value_is_null(value))
    value_append_plain(&plain, value);
  text_append_char(&plain, '\n');
  mark_bytes(effect, text_string(&plain), plain.length);
  text_release(&plain);
}

/* The number of a record that is new depends on what others made meanwhile. */
static void mark(struct effect *effect, const struct difference *difference) {
  struct text head = {0};
  text_format(&head, "%s %lld\n", difference->kind->name,
              difference->existed ? (long long)difference->id : 0);
  mark_bytes(effect, text_string(&head), head.length);
  for (int i = 0; i < difference->kind->field_count; i++) {
    const struct field *field = difference->kind->fields[i];
    if (!difference_has(difference, field) || (!difference->existed && field->type == FIELD_REF))
      continue;
    mark_bytes(effect, field->name, strlen(field->name));
    mark_value(effect, &difference->before.values[i]);
    mark_value(effect, &difference->after.values[i]);
  }
  text_release(&head);
}

static bool is_direct(const struct reading *reading, int64_t id) {
  const struct list *direct = reading->direct;
  return direct->count &&
         bsearch(&id, direct->items, direct->count, sizeof id, compare_ids) != NULL;
}

static bool add(const struct difference *difference, void *payload, struct error *err) {
  struct reading *reading = payload;
  struct effect *effect = reading->effect;
  struct effect_part *part = part_for(effect, difference, err);
  if (!part || !add_amount(part, difference, err))
    return false;
  part->count++;
  effect->records += difference->existed;
  effect->direct += difference->existed && is_direct(reading, difference->id);
  mark(effect, difference);
  return true;
}

bool effect_read(struct effect *effect, struct engine *engine, int64_t tx, struct error *err) {
  struct reading reading = {effect, &engine->direct};
  *effect = (struct effect){.parts = {.size = sizeof(struct effect_part)},
                            .mark = UINT64_C(14695981039346656037)};
  if (engine->direct.count > 1)
    qsort(engine->direct.items, engine->direct.count, engine->direct.size, compare_ids);
  if (difference_each(engine->book, tx, add, &reading, err))
    return true;
  effect_release(effect);
  return false;
}

void effect_release(struct effect *effect) {
  for (size_t i = 0; i < effect->parts.count; i++)
    list_release(&((struct effect_part *)list_at(&effect->parts, i))->worth);
  list_release(&effect->parts);
}

bool effect_note(struct engine *engine, int64_t record, struct error *err) {
  if (engine->action_depth > 0)
    return true;
  int64_t *slot = list_add(&engine->direct, err);
  if (slot)
    *slot = record;
  return slot != NULL;
}

/* The notes of one record stand side by side: fields are saved, then it is moved. */
int64_t effect_count_direct(const struct engine *engine, size_t before) {
  int64_t count = 0;
  const int64_t *ids = engine->direct.items;
  for (size_t i = before; i < engine->direct.count; i++)
    count += i == before || ids[i] != ids[i - 1];
  return count;
}
