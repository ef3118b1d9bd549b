#include "engine/lab/grades.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/statistics.h"

void lab_grades_init(struct lab_grades *grades) {
  *grades = (struct lab_grades){.cards = {.size = sizeof(struct lab_card)}};
}

void lab_grades_release(struct lab_grades *grades) {
  for (size_t i = 0; i < grades->cards.count; i++) {
    struct lab_card *card = list_at(&grades->cards, i);
    memory_free(card->name);
    list_release(&card->points);
    list_release(&card->outcomes);
    list_release(&card->grades);
  }
  list_release(&grades->cards);
}

const struct lab_card *grades_of(const struct lab_grades *grades, const char *scorecard) {
  for (size_t i = 0; i < grades->cards.count; i++) {
    const struct lab_card *card = list_at(&grades->cards, i);
    if (strcmp(card->name, scorecard) == 0)
      return card;
  }
  return NULL;
}

static bool add_grade(struct lab_card *card, const char *name, struct error *err) {
  struct lab_grade *grade = list_add(&card->grades, err);
  if (grade)
    snprintf(grade->name, sizeof grade->name, "%s", name);
  return grade != NULL;
}

static struct lab_card *card_for(struct lab_grades *grades, const struct scorecard *scorecard,
                                 struct error *err) {
  const struct lab_card *known = grades_of(grades, scorecard->name);
  if (known)
    return (struct lab_card *)known;
  struct lab_card *card = list_add(&grades->cards, err);
  if (!card)
    return NULL;
  card->points.size = card->outcomes.size = sizeof(double);
  card->grades.size = sizeof(struct lab_grade);
  card->name = memory_copy_text(scorecard->name);
  bool made = card->name || error_memory(err);
  for (size_t i = 0; made && i < scorecard->grades.count; i++)
    made = add_grade(card, ((struct grade *)list_at(&scorecard->grades, i))->name, err);
  return made && add_grade(card, "", err) ? card : NULL;
}

static bool add_case(struct lab_card *card, double points, const char *grade, bool won,
                     struct error *err) {
  double *point = list_add(&card->points, err), *outcome = list_add(&card->outcomes, err);
  if (!point || !outcome)
    return false;
  *point = points;
  *outcome = won;
  for (size_t i = 0; i < card->grades.count; i++) {
    struct lab_grade *entry = list_at(&card->grades, i);
    if (strcmp(entry->name, grade) == 0)
      *(won ? &entry->won : &entry->lost) += 1;
  }
  return true;
}

static bool score(struct lab_grades *grades, struct engine *engine, struct scorecard *scorecard,
                  struct record *record, bool won, struct error *err) {
  struct lab_card *card = card_for(grades, scorecard, err);
  struct score_answer answer;
  if (!card || !score_answer_init(&answer, scorecard, err))
    return false;
  bool done = scorecard_evaluate(scorecard, engine, record, &answer, err);
  double points = done ? scorecard_total(scorecard, &answer) : 0;
  score_answer_release(&answer);
  return done && add_case(card, points, scorecard_grade(scorecard, points), won, err);
}

/* What the record refers to first of that kind; 0: nothing. */
static int64_t referred_to(const struct record *record, const struct kind *kind) {
  for (int i = 0; i < record->kind->field_count; i++) {
    const struct field *field = record->kind->fields[i];
    if (field->type == FIELD_REF && field_is_stored(field) &&
        strcmp(field->target, kind->name) == 0 && record->values[i].type == VALUE_INTEGER)
      return record->values[i].as.integer;
  }
  return 0;
}

static bool note_card(struct lab_grades *grades, struct engine *engine, struct scorecard *scorecard,
                      struct record *record, bool won, struct error *err) {
  struct record other;
  if (strcmp(scorecard->kind->name, record->kind->name) == 0)
    return score(grades, engine, scorecard, record, won, err);
  int64_t id = referred_to(record, scorecard->kind);
  if (!id)
    return true;
  if (!record_load(&other, engine->book, scorecard->kind, id, err))
    return false;
  bool done = score(grades, engine, scorecard, &other, won, err);
  record_release(&other);
  return done;
}

bool grades_note(struct lab_grades *grades, struct engine *engine, struct record *record,
                 const struct stage *end, struct error *err) {
  const struct list *all = &engine->rules->scorecards;
  bool won = end->end == STAGE_WON;
  if (!won && end->end != STAGE_LOST)
    return true;
  for (size_t i = 0; i < all->count; i++)
    if (!note_card(grades, engine, *(struct scorecard **)list_at(all, i), record, won, err))
      return false;
  return true;
}

bool grades_separation(const struct lab_card *card, double *out) {
  struct error none; /* all were won, or all lost */
  const struct pairs pairs = {card->points.items, card->outcomes.items, card->points.count};
  return statistics_separation(out, &pairs, &none);
}

bool grades_equal(const struct lab_card *a, const struct lab_card *b) {
  size_t size = a->points.count * sizeof(double);
  return a->points.count == b->points.count &&
         memcmp(a->points.items, b->points.items, size) == 0 &&
         memcmp(a->outcomes.items, b->outcomes.items, size) == 0;
}
