/* How a condition is typed as one word: closed_on>=2017-03-01. Not for: what its path and its value
 * mean, which whoever holds the fields or columns knows. */
#ifndef MODEL_CONDITION_WORD_H
#define MODEL_CONDITION_WORD_H

#include "model/query.h"

struct condition_word {
  char *path; /* owned, blanks trimmed: what stands before the operator */
  enum compare compare;
  const char *value; /* borrowed from the word: what stands behind it */
};

/* On success the caller frees the path. Fails with ERROR_USAGE for a word without operator. */
bool condition_word_split(struct condition_word *out, const char *word, struct error *err);
/* The next item of "a,b\,c"; *rest is what follows its comma, or NULL. False when out of memory. */
bool condition_word_item(struct text *item, const char **rest);

#endif
