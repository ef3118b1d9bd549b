/* The inside of struct query, seen by the query's own files only. */
#ifndef MODEL_QUERY_PARTS_H
#define MODEL_QUERY_PARTS_H

#include "base/list.h"
#include "model/condition.h"

enum column_use { COLUMN_SELECT, COLUMN_GROUP, COLUMN_AGGREGATE };

struct column {
  char *name; /* owned */
  enum column_use use;
  struct expression expression;
  enum aggregate function; /* COLUMN_AGGREGATE */
  double percentile;
  struct condition *only; /* owned; may be NULL */
};

struct order {
  char *column; /* owned: the column ordered by; NULL: the expression */
  struct expression expression;
  bool descending;
};

struct query {
  const struct book *book; /* borrowed, with its catalog */
  const struct kind *kind;
  struct list wheres;  /* of struct condition *, owned */
  struct list orders;  /* of struct order */
  struct list columns; /* of struct column */
  int64_t limit;       /* < 0: all */
  int64_t offset;
};

bool query_searches(const struct query *query);
/* -1: there is none. */
int query_find_column(const struct query *query, const char *name);
/* What an aggregate of values of this type reads as; fails with ERROR_INVALID when it has none. */
bool aggregate_type(enum field_type *out, enum aggregate function,
                    const struct expression *expression, struct error *err);

/* As query_ids(), from the full-text index as it stands. */
bool query_run_indexed(const struct query *query, const struct book *book, struct cursor **out,
                       struct error *err);
bool query_ids_indexed(const struct query *query, const struct book *book, int64_t **ids,
                       size_t *count, struct error *err);

#endif
