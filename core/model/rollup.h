/* A field computed from the records that refer to this one: client.meetings counts activities. */
#ifndef MODEL_ROLLUP_H
#define MODEL_ROLLUP_H

#include "model/query.h"

/* A condition stated before the query exists: path, compare, value. */
struct rollup_filter {
  const char *path;
  enum compare compare;
  struct value value;
};

struct rollup {
  enum aggregate function;
  const char *kind;  /* of the records looked at: "activity" */
  const char *path;  /* what is summed: "amount"; NULL for count */
  const char *via;   /* the reference that leads here: "client"; NULL: the only one of that target */
  const struct rollup_filter *filters;
  size_t filter_count;
};

#endif
