/* What scorecards gave just before deals were won or lost, and how well it told the ones from the
 * others. */
#ifndef ENGINE_LAB_GRADES_H
#define ENGINE_LAB_GRADES_H

#include "engine/process.h"
#include "engine/scorecard.h"

/* Of one scorecard; 16 bytes for each decision. */
struct lab_card {
  char *name;                   /* owned */
  struct list points, outcomes; /* of double, side by side; outcome 1: won, 0: lost */
  struct list grades;           /* of struct lab_grade, in the order of the card */
};
struct lab_grade {
  char name[16]; /* "" below all of them */
  int64_t won, lost;
};
struct lab_grades {
  struct list cards; /* of struct lab_card */
};
void lab_grades_init(struct lab_grades *grades);
void lab_grades_release(struct lab_grades *grades);

/* Scores the record, or what it refers to, by every card of its kind, as a case of that end. */
bool grades_note(struct lab_grades *grades, struct engine *engine, struct record *record,
                 const struct stage *end, struct error *err);
/* The probability that a deal that was won had more points than one that was lost; 0.5 is chance.
 * False when there are none of either. */
bool grades_separation(const struct lab_card *card, double *out);
/* Whether both gave the same points to the same decisions. */
bool grades_equal(const struct lab_card *a, const struct lab_card *b);
/* NULL when it was never asked. */
const struct lab_card *grades_of(const struct lab_grades *grades, const char *scorecard);

#endif
