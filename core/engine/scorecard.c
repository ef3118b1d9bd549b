#include "engine/scorecard.h"

#include <string.h>

#include "base/memory.h"
#include "engine/parts.h"
#include "model/score.h"

struct scorecard *scorecard_new(const char *name, struct error *err) {
  struct scorecard *card = memory_new(sizeof *card);
  if (card)
    card->name = memory_copy_text(name);
  if (!card || !card->name) {
    memory_free(card);
    error_memory(err);
    return NULL;
  }
  card->rules.size = sizeof(struct score_rule *);
  card->grades.size = sizeof(struct grade);
  return card;
}

static void free_rule(struct score_rule *rule) {
  memory_free(rule->id);
  memory_free(rule->text);
  memory_free(rule->text_ru);
  place_release(&rule->place);
  memory_free(rule);
}

void scorecard_free(struct scorecard *card) {
  if (!card)
    return;
  for (size_t i = 0; i < card->rules.count; i++)
    free_rule(*(struct score_rule **)list_at(&card->rules, i));
  list_release(&card->rules);
  list_release(&card->grades);
  memory_free(card->name);
  memory_free(card->title);
  memory_free(card->title_ru);
  place_release(&card->place);
  memory_free(card);
}

struct score_rule *scorecard_add_rule(struct scorecard *card, const char *id, struct error *err) {
  struct score_rule *rule = memory_new(sizeof *rule);
  if (rule)
    rule->id = memory_copy_text(id);
  struct score_rule **slot = rule && rule->id ? list_add(&card->rules, err) : NULL;
  if (!slot) {
    if (rule)
      free_rule(rule);
    error_memory(err);
    return NULL;
  }
  *slot = rule;
  return rule;
}

bool score_answer_init(struct score_answer *answer, const struct scorecard *card,
                       struct error *err) {
  *answer =
      (struct score_answer){.points = memory_new_array(card->rules.count, sizeof *answer->points),
                            .broken = memory_new_array(card->rules.count, sizeof *answer->broken)};
  if (answer->points && answer->broken)
    return true;
  score_answer_release(answer);
  return error_memory(err);
}

void score_answer_release(struct score_answer *answer) {
  memory_free(answer->points);
  memory_free(answer->broken);
  memory_free(answer->message);
  *answer = (struct score_answer){0};
}

double scorecard_total(const struct scorecard *card, const struct score_answer *answer) {
  double total = 0;
  for (size_t i = 0; i < card->rules.count; i++)
    total += answer->points[i];
  return total;
}

const char *scorecard_grade(const struct scorecard *card, double points) {
  for (size_t i = 0; i < card->grades.count; i++) {
    const struct grade *grade = list_at(&card->grades, i);
    if (points >= grade->at_least)
      return grade->name;
  }
  return "";
}

bool scorecard_keep_learned(struct engine *engine, struct scorecard *card,
                            char hash[DIGEST_HEX_SIZE], struct error *err) {
  const struct book *book = engine->book;
  struct text source = {0};
  hash[0] = '\0';
  if (!card->learned)
    return true;
  text_format(&source, "-- what scorecard '%s' learned under the rules %s\n", card->name,
              book->ruleset ? book->ruleset : "");
  bool kept = card->learned(card, &source, err) && text_check(&source, err) &&
              ruleset_keep(engine->book, text_string(&source), source.length, hash, err);
  text_release(&source);
  return kept;
}

static bool store_score(struct engine *engine, struct scorecard *card, int64_t record,
                        double points, const char *parts, struct error *err) {
  const struct score_row row = {record, points, scorecard_grade(card, points), parts};
  struct score_writer *writer;
  char learned[DIGEST_HEX_SIZE];
  bool written;
  if (!unit_begin(engine->book, NULL, NULL, err))
    return false;
  bool stored =
      scorecard_keep_learned(engine, card, learned, err) &&
      score_writer_open(&writer, engine->book, card->name, learned[0] ? learned : NULL, err);
  if (stored) {
    stored = score_writer_put(writer, &row, &written, err);
    score_writer_close(writer);
  }
  if (stored)
    return unit_commit(engine->book, err);
  unit_cancel(engine->book);
  return false;
}

/* A score that already stands costs a look and no transaction. */
static bool store_if_changed(struct engine *engine, struct scorecard *card, int64_t record,
                             double points, const char *parts, struct error *err) {
  struct score old;
  bool found;
  if (!score_load(engine->book, card->name, record, &old, &found, err))
    return false;
  bool same = found && old.points == points && strcmp(old.parts, parts) == 0 &&
              strcmp(old.grade, scorecard_grade(card, points)) == 0;
  if (found)
    score_release(&old);
  return same || store_score(engine, card, record, points, parts, err);
}

void scorecard_count(const struct scorecard *card, const struct score_answer *answer) {
  for (size_t i = 0; i < card->rules.count; i++) {
    struct score_rule *rule = *(struct score_rule **)list_at(&card->rules, i);
    if (answer->broken[i])
      continue;
    if (answer->points[i] != 0)
      rule->seen.yes++;
    else
      rule->seen.no++;
  }
}

bool scorecard_evaluate(struct scorecard *card, struct engine *engine, struct record *record,
                        struct score_answer *answer, struct error *err) {
  if (!card->evaluate(card, engine, record, answer, err))
    return false;
  scorecard_count(card, answer);
  return true;
}

bool scorecard_score(struct engine *engine, struct scorecard *card, struct record *record,
                     struct score_answer *answer, struct error *err) {
  struct text text = {0};
  struct parts parts;
  if (!scorecard_evaluate(card, engine, record, answer, err) || !parts_open(&parts, card, err))
    return false;
  bool done = parts_write(&parts, answer, &text, err) &&
              store_if_changed(engine, card, record->id, scorecard_total(card, answer),
                               text_string(&text), err);
  parts_close(&parts);
  text_release(&text);
  return done;
}
