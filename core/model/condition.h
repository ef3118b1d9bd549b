/* The tree behind struct condition, seen by the query's own files only. */
#ifndef MODEL_CONDITION_H
#define MODEL_CONDITION_H

#include "model/path.h"
#include "model/query.h"

enum condition_shape {
  CONDITION_COMPARE,
  CONDITION_IN,
  CONDITION_SAME, /* the text is this one but for case */
  CONDITION_SEARCH,
  CONDITION_JOIN,
};

struct condition {
  enum condition_shape shape;
  struct path path;     /* not of SEARCH and JOIN */
  enum compare compare; /* COMPARE */
  struct value *values; /* owned: one, or those of IN */
  size_t value_count;
  char *words; /* owned: SEARCH */
  enum junction junction;
  struct condition **parts; /* owned: JOIN */
  size_t part_count;
  int weight; /* how deep the expression becomes that it compiles to */
};

enum { CONDITION_WEIGHT = 900 }; /* a store takes expressions 1,000 deep */

/* The same as the public ones, for a kind instead of a query. */
bool condition_compare_of(struct condition **out, const struct book *book, const struct kind *kind,
                          const struct comparison *comparison, struct error *err);
bool condition_same_of(struct condition **out, const struct book *book, const struct kind *kind,
                       const char *path, const char *text, struct error *err);
/* Whether it looks for a part of a text. */
bool compare_is_part(enum compare compare);
bool condition_copy(struct condition **out, const struct condition *condition, struct error *err);
bool condition_searches(const struct condition *condition);

#endif
