/* The stored scores: one row per scorecard and record, written only when something changed. */
#ifndef MODEL_SCORE_H
#define MODEL_SCORE_H

#include "model/book.h"

enum { GRADE_SIZE = 16 };

struct score {
  int64_t record;
  double points;
  char grade[GRADE_SIZE]; /* "" for none */
  char *parts;            /* owned JSON: [{"id":"industry","points":25}, …] */
  int64_t tx;
  char *ruleset; /* owned */
};
void score_release(struct score *score);
/* *found false: never scored; under as_of also when what was computed then is gone, overwritten by
 * a later one. */
bool score_load(struct book *book, const char *scorecard, int64_t record, struct score *out,
                bool *found, struct error *err);

/* Whether anything was ever scored by it. */
bool score_any(struct book *book, const char *scorecard, bool *any, struct error *err);

/* Writing many: reads the stored rows in step with the ids given in rising order and writes only
 * those that differ. One unit must be open. `ruleset`, by whose rules they are computed, is copied;
 * NULL: the book's. */
struct score_writer;
/* What is given to be written; texts borrowed for the call. */
struct score_row {
  int64_t record;
  double points;
  const char *grade; /* "" for none */
  const char *parts;
};
bool score_writer_open(struct score_writer **out, struct book *book, const char *scorecard,
                       const char *ruleset, struct error *err);
bool score_writer_put(struct score_writer *writer, const struct score_row *row, bool *written,
                      struct error *err);
void score_writer_close(struct score_writer *writer);

#endif
