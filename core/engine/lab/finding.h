/* What trying rules found out about one record, and findings added up. */
#ifndef ENGINE_LAB_FINDING_H
#define ENGINE_LAB_FINDING_H

#include "base/map.h"
#include "engine/result.h"
#include "model/history.h"

/* All borrowed for the call. */
struct lab_finding {
  const char *what;              /* "process", "must", "promotion", "scorecard" */
  const char *id;                /* sale, sale.qualifying.fit, fit */
  const char *effect;            /* "blocked", "free", "broken", "A → B" */
  const char *text;              /* of the declaration; or NULL */
  const char *detail;            /* which criteria, which points, which message; or NULL */
  const char *outcome;           /* what became of the record: "won", "lost", "open"; or NULL */
  bool is_part;                  /* one criterion's share of what another finding says as a whole */
  double difference;             /* of points; 0 where it is not about points */
  const struct transition *made; /* the move that was judged again; NULL: it is about now */
  const struct record *record;   /* NULL: its id is below, and what it is worth is not asked */
  int64_t record_id;
};
typedef bool (*lab_finding_fn)(void *payload, const struct lab_finding *finding, struct error *err);

/* Findings of the same what, id, effect and currency are a row, in the order of the first. */
struct lab_tally {
  const struct engine *engine; /* borrowed */
  struct list rows;            /* of struct lab_tally_row */
  struct map places;           /* what, id … → position in rows */
};

enum lab_outcome { LAB_WON, LAB_LOST, LAB_OPEN, LAB_OUTCOMES };
struct lab_tally_row {
  char *what, *id, *effect, *text; /* owned; the text may be NULL */
  int64_t records;
  struct money amount;
  int64_t of[LAB_OUTCOMES]; /* records by what became of them */
  struct money worth[LAB_OUTCOMES];
};

void lab_tally_init(struct lab_tally *tally, const struct engine *engine);
void lab_tally_release(struct lab_tally *tally);
/* A lab_finding_fn; the payload is the tally. Fails with ERROR_INVALID when a sum grows beyond what
 * can be counted. */
bool lab_tally_add(void *payload, const struct lab_finding *finding, struct error *err);
/* By id and effect, when all is added. */
void lab_tally_sort(struct lab_tally *tally);
/* What is at stake with the record: its first field of money, if a process can end with its being
 * won; else, and when it is unset, 0 of the book's currency. */
struct money lab_amount(const struct record *record, const struct engine *engine);

#endif
