#include "engine/lab/points.h"

#include <string.h>

#include "base/translate.h"

/* The points under the former rules, by id; 16 bytes a record. */
struct given {
  int64_t record;
  double points;
};

struct comparing {
  const struct impact *impact;
  struct scorecard *before, *after;
  struct list given; /* of struct given */
  size_t next;
};

static bool keep(void *payload, int64_t record, struct score_answer *answer, struct error *err) {
  struct comparing *comparing = payload;
  struct given *given = list_add(&comparing->given, err);
  if (given)
    *given = (struct given){record, scorecard_total(comparing->before, answer)};
  return given != NULL;
}

static bool tell(const struct comparing *comparing, const struct given *given, double points,
                 struct error *err) {
  const struct impact *impact = comparing->impact;
  const char *from = scorecard_grade(comparing->before, given->points);
  const char *to = scorecard_grade(comparing->after, points);
  struct text effect = {0}, detail = {0};
  if (strcmp(from, to) == 0)
    text_append(&effect, "other points");
  else
    text_format(&effect, "%s → %s", *from ? from : "–", *to ? to : "–");
  text_format(&detail, "%g → %g", given->points, points);
  const struct lab_finding finding = {
      .what = "scorecard",
      .id = comparing->after->name,
      .effect = text_string(&effect),
      .text = translate_twin(comparing->after->title, comparing->after->title_ru),
      .detail = text_string(&detail),
      .difference = points - given->points,
      .record_id = given->record};
  bool done = text_check(&effect, err) && text_check(&detail, err) &&
              impact->each(impact->payload, &finding, err);
  text_release(&effect);
  text_release(&detail);
  return done;
}

/* Both come by rising id. */
static bool compare(void *payload, int64_t record, struct score_answer *answer, struct error *err) {
  struct comparing *comparing = payload;
  const struct list *given = &comparing->given;
  double points = scorecard_total(comparing->after, answer);
  while (comparing->next < given->count &&
         ((struct given *)list_at(given, comparing->next))->record < record)
    comparing->next++;
  const struct given *was = comparing->next < given->count ? list_at(given, comparing->next) : NULL;
  bool same = !was || was->record != record ||
              (was->points == points && strcmp(scorecard_grade(comparing->before, points),
                                               scorecard_grade(comparing->after, points)) == 0);
  return same || tell(comparing, was, points, err);
}

bool points_compare(const struct impact *impact, struct scorecard *after, struct error *err) {
  struct comparing comparing = {.impact = impact,
                                .before = engine_scorecard(impact->before, after->name),
                                .after = after,
                                .given = {.size = sizeof(struct given)}};
  const struct score_options options = {.progress = impact->progress, .payload = impact->shown};
  if (!comparing.before || strcmp(comparing.before->kind->name, after->kind->name) != 0)
    return true;
  bool done = scorecard_each(impact->before, comparing.before, &options, keep, &comparing, err) &&
              scorecard_each(impact->after, after, &options, compare, &comparing, err);
  list_release(&comparing.given);
  return done;
}
