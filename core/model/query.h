/* A question to the records of one kind, built as a value and run as one parametrised SQL
 * statement. Under book->as_of the same question is answered from the history. */
#ifndef MODEL_QUERY_H
#define MODEL_QUERY_H

#include "model/book.h"

struct query;
struct condition; /* a tree; owned by whoever holds it until given to a query or a parent */

/* Borrows the book and its catalog: a query ends with book_use_catalog(). */
bool query_new(struct query **out, const struct book *book, const struct kind *kind,
               struct error *err);
bool query_copy(struct query **out, const struct query *query, struct error *err);
void query_free(struct query *query);
const struct kind *query_kind(const struct query *query);

/* A path is "amount", or "client.industry" over one or more references, or "id", or a rollup, or
 * "amount.currency". Every function that takes one fails with ERROR_NOT_FOUND and a suggestion, and
 * with ERROR_INVALID for a formula (only query_path() and query_select() take those). */
struct path_info {
  const struct kind *kind;   /* of the last step */
  const struct field *field; /* NULL for id */
};
bool query_path(const struct query *query, const char *path, struct path_info *out,
                struct error *err);

enum compare {
  COMPARE_EQUAL,
  COMPARE_NOT_EQUAL,
  COMPARE_LESS,
  COMPARE_AT_MOST,
  COMPARE_GREATER,
  COMPARE_AT_LEAST,
  COMPARE_CONTAINS /* text, without case */,
  COMPARE_PREFIX /* text, without case */,
  COMPARE_SUFFIX /* text, without case */
};

/* A condition stated before the query exists. */
struct comparison {
  const char *path;
  enum compare compare;
  struct value value;
  const struct value *any_of; /* instead of the two above: one of these; or NULL */
  size_t any_count;
};

/* COMPARE_EQUAL of text is exact; less and greater follow the order of listings (see
 * query_order()). Of FIELD_CHOICES, COMPARE_CONTAINS means "is one of those chosen". Amounts of
 * different currencies are not equal and neither is less. A date against an instant compares by
 * day. NULL never compares true, except COMPARE_EQUAL / NOT_EQUAL with a NULL value, which mean "is
 * unset" / "is set". Values are accepted by the field's type (ERROR_INVALID otherwise); a stage
 * that no process has and that stands in no record is none. */
bool condition_compare(struct condition **out, const struct query *query, const char *path,
                       enum compare compare, const struct value *value, struct error *err);
bool condition_in(struct condition **out, const struct query *query, const char *path,
                  const struct value *values, size_t count, struct error *err);
/* Full-text match over all text of the record: every word must occur, the last as a prefix. Under
 * as_of the texts of then are looked through instead, each word as a part of them. */
bool condition_search(struct condition **out, const struct query *query, const char *words,
                      struct error *err);
/* NONE holds where no part compares true, so also where a part's value is NULL. */
enum junction { JUNCTION_AND, JUNCTION_OR, JUNCTION_NONE /* not (a or b) */ };
/* Takes the parts over, also on failure. */
bool condition_join(struct condition **out, enum junction junction, struct condition **parts,
                    size_t count, struct error *err);
void condition_free(struct condition *condition);

/* Adds with AND; takes the condition over, also on failure. */
bool query_where(struct query *query, struct condition *condition, struct error *err);
/* What a person typed: field=value, != > >= < <=, field~part, ~words. `field=` is unset, `field!=`
 * set. A list "a,b" is either of them ("\," is a comma; numbers and money take no list). Dates may
 * be ranges ("2017-q1", "2017-01..2017-06"), references #42 or a name. A set of choices matches
 * when it holds the one named. `field!=value` leaves out what is unset. */
bool query_where_word(struct query *query, const char *word, struct error *err);
/* Several of them on one line, with quotes as at the prompt; all must hold. What is wrong is told
 * with the number of its word. */
bool condition_words(struct condition **out, const struct query *query, const char *line,
                     struct error *err);

/* Choices and stages as declared (field_words(), what is no longer declared behind them); other
 * text without case, then exactly; money by currency, then amount; NULL is smallest; what is equal
 * stands by id, so that the same records always come in the same order. */
bool query_order(struct query *query, const char *path, bool descending, struct error *err);
void query_limit(struct query *query, int64_t limit, int64_t offset); /* limit < 0: all */

/* Columns. Without any, a query gives ids. A name must be unique. A formula may be selected, though
 * no statement computes it: see query_column.formula_of. */
bool query_select(struct query *query, const char *name, const char *path, struct error *err);

enum aggregate {
  AGGREGATE_COUNT,
  AGGREGATE_SUM,
  AGGREGATE_AVERAGE,
  AGGREGATE_MINIMUM,
  AGGREGATE_MAXIMUM,
  AGGREGATE_MEDIAN,
  AGGREGATE_PERCENTILE,
  AGGREGATE_COUNT_DISTINCT
};
struct aggregate_spec {
  enum aggregate function;
  const char *path;       /* NULL only for COUNT; "days(a,b)" is the days between two date paths */
  double percentile;      /* AGGREGATE_PERCENTILE: 0–1 */
  struct condition *only; /* counts only rows where this holds; taken over; may be NULL */
};
/* Over no values a count is 0 and everything else NULL: none is not 0. An average of money is
 * rounded half away from zero to its minor unit, and so is a median.
 * Sums and averages of money fail when run over rows of several currencies: ERROR_INVALID naming
 * them; group by "amount.currency" then. */
bool query_aggregate(struct query *query, const char *name, const struct aggregate_spec *spec,
                     struct error *err);
/* Groups by a path, by a path's period "month(closed_on)", or "amount.currency". Becomes a column.
 */
bool query_group(struct query *query, const char *name, const char *path, struct error *err);
/* Orders by a selected, grouped or aggregated column. */
bool query_order_column(struct query *query, const char *name, bool descending, struct error *err);

struct query_column {
  const char *name;
  enum field_type type;      /* how the values read */
  const struct field *field; /* the field shown, or NULL for aggregates */
  /* `field` is a formula of this kind; the rows hold the id of the record that has it, or NULL, and
   * the caller computes it. NULL: it is none. */
  const struct kind *formula_of;
};
/* Whether its rows are groups or totals instead of records. */
bool query_is_grouped(const struct query *query);
int query_column_count(const struct query *query);
struct query_column query_column_at(const struct query *query, int index);

/* Running. The cursor holds a read view until closed. */
struct cursor;
bool query_run(struct query *query, struct book *book, struct cursor **out, struct error *err);
/* *values: one per column (or the id alone), borrowed until the next call; NULL at the end. */
bool cursor_next(struct cursor *cursor, const struct value **values, struct error *err);
void cursor_close(struct cursor *cursor);

/* The rows that running it would give, limit and offset included. */
bool query_count(struct query *query, struct book *book, int64_t *count, struct error *err);
/* The ids in order; fails with ERROR_INVALID for a grouped query. *ids owned by the caller
 * (memory_free). */
bool query_ids(struct query *query, struct book *book, int64_t **ids, size_t *count,
               struct error *err);
/* The statement and its parameters in words, for `explain` and tests. Appended. */
bool query_explain(struct query *query, struct book *book, struct text *out, struct error *err);

#endif
