/* Scorecards: points, grade and parts of a record by declared rules; one or all of them. */
#ifndef ENGINE_SCORECARD_H
#define ENGINE_SCORECARD_H

#include "engine/engine.h"
#include "model/query.h"
#include "model/record.h"
#include "model/ruleset.h"

struct score_rule {
  char *id, *text, *text_ru;
  struct place place;
  struct seen seen; /* gave points, gave none */
};

struct grade {
  char name[16];
  double at_least;
};

/* The answer of one evaluation: points[i] for rule i; broken[i] when its script failed (0 points).
 */
struct score_answer {
  double *points;
  bool *broken;
  char *message; /* owned by the answer: of the first broken rule, with file:line; or NULL */
};

struct scorecard {
  char *name, *title, *title_ru;
  const struct kind *kind;
  struct list rules;  /* of struct score_rule * */
  struct list grades; /* of struct grade, highest first */
  struct place place;
  void *payload;
  /* NULL, or a card that learns from the data before it evaluates: appends what the evaluation
   * under way, or the last one, went by. A bulk run learns once, in bulk_paths(). */
  bool (*learned)(struct scorecard *card, struct text *out, struct error *err);
  /* One record, full explanation. */
  bool (*evaluate)(struct scorecard *card, struct engine *engine, struct record *record,
                   struct score_answer *answer, struct error *err);
  /* Bulk: the paths the rules read (learned), then rows of those values in the same order. `paths`
   * is ended by NULL and borrowed until the rules change. A row may teach new paths: *again asks
   * for the whole row by evaluate() instead. */
  bool (*bulk_paths)(struct scorecard *card, struct engine *engine, const char *const **paths,
                     struct error *err);
  bool (*bulk_evaluate)(struct scorecard *card, int64_t id, const struct value *values,
                        struct score_answer *answer, bool *again, struct error *err);
};

struct scorecard *scorecard_new(const char *name, struct error *err);
void scorecard_free(struct scorecard *card);
struct score_rule *scorecard_add_rule(struct scorecard *card, const char *id, struct error *err);
bool score_answer_init(struct score_answer *answer, const struct scorecard *card,
                       struct error *err);
void score_answer_release(struct score_answer *answer);
/* The sum of the parts, rule by rule in order; "" when the card has no grades or none is reached.
 */
double scorecard_total(const struct scorecard *card, const struct score_answer *answer);
const char *scorecard_grade(const struct scorecard *card, double points);

/* Keeps what the card went by, so that its scores can be explained later: the hash is that of the
 * rule set with what was learned under it, or "" when the card learns nothing. */
bool scorecard_keep_learned(struct engine *engine, struct scorecard *card,
                            char hash[DIGEST_HEX_SIZE], struct error *err);
/* Evaluates one record, explained, and stores nothing. */
bool scorecard_evaluate(struct scorecard *card, struct engine *engine, struct record *record,
                        struct score_answer *answer, struct error *err);
/* Counts what an answer says of each rule into its `seen`. */
void scorecard_count(const struct scorecard *card, const struct score_answer *answer);
/* Evaluates one record and stores the score if it changed. */
bool scorecard_score(struct engine *engine, struct scorecard *card, struct record *record,
                     struct score_answer *answer, struct error *err);

struct score_summary {
  int64_t scored, written, broken; /* records; broken: with at least one broken rule */
  char *message;                   /* owned: of the first broken rule */
};
struct score_options {
  struct query *query;  /* borrowed: the records to score; NULL: all live ones of the kind */
  progress_fn progress; /* NULL: nobody is told; returning false from it interrupts */
  void *payload;
};
/* Told of each answer, which it may take the message of. */
typedef bool (*score_fn)(void *payload, int64_t record, struct score_answer *answer,
                         struct error *err);
/* Evaluates in order of id and stores nothing; memory flat. options NULL: none. */
bool scorecard_each(struct engine *engine, struct scorecard *card,
                    const struct score_options *options, score_fn each, void *payload,
                    struct error *err);
/* Streamed in order of id; one unit; memory flat. options NULL: none. */
bool scorecard_score_all(struct engine *engine, struct scorecard *card,
                         const struct score_options *options, struct score_summary *summary,
                         struct error *err);

#endif
