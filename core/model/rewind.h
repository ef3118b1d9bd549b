/* A private copy of a book that is taken back in time, change by change: at every step it is the
 * book as it was then, its history included, so that whatever is asked of it sees nothing that came
 * later. What is taken back is forgotten. Two things stay as they are now: the index of words, and
 * records that an earlier one refers to though they began later (imports date back what they can).
 */
#ifndef MODEL_REWIND_H
#define MODEL_REWIND_H

#include "model/history.h"

struct rewind;

/* Borrows the copy (book_copy()), whose clock it sets. Fields that its catalog does not know are
 * not taken back. */
bool rewind_open(struct rewind **out, struct book *copy, struct error *err);
void rewind_close(struct rewind *rewind); /* NULL is fine */

/* Goes back to the moment before the newest move that is left: one that was made, refused or
 * imported, from some stage. *move is borrowed until the next call; NULL at the beginning of time.
 * Fails with ERROR_INTERRUPTED. */
bool rewind_next(struct rewind *rewind, const struct transition **move, struct error *err);
/* How many of the events are behind us, of how many. */
void rewind_progress(const struct rewind *rewind, int64_t *done, int64_t *total);

#endif
