/* From a query to one SQL statement with its parameters. Three floors: the compiler (the whole
 * statement), a scope (one FROM with its joins; a rollup has one of its own), an operand (one
 * value as SQL). Seen by the query's own files only. */
#ifndef MODEL_COMPILE_H
#define MODEL_COMPILE_H

#include "base/list.h"
#include "model/query_parts.h"

/* A table as of an instant, and the columns the statement reads of it. */
struct relation {
  const struct kind *kind;
  struct list columns; /* of char[], owned names */
};

struct compiler {
  const struct book *book;
  struct list parameters; /* of struct value, owned */
  struct list relations;  /* of struct relation; under as_of only */
  int aliases;
  int rollups; /* how deep we are in rollups of rollups */
};

struct join {
  int from;
  const struct field *via;
  int alias;
};

struct scope {
  struct compiler *compiler;
  const struct kind *kind;
  int alias;
  struct list joins;  /* of struct join */
  struct text tables; /* the FROM list */
};

/* A value as SQL. `currency` and `mixed` are empty unless the value is money; `mixed` gives the
 * names of the currencies where a sum has several, else NULL. */
struct operand {
  enum field_type type;
  const char *const *words; /* in the order they are sorted by; NULL: as text is */
  struct text value, currency, mixed;
};

/* How a column of the result is read: one, two or three columns of the statement. */
struct reader {
  char *name; /* owned */
  enum field_type type;
  bool has_currency, has_mixed;
};

struct compiled {
  char *sql;              /* owned */
  struct list parameters; /* of struct value, owned */
  struct list readers;    /* of struct reader */
};

enum compile_goal { COMPILE_ROWS, COMPILE_IDS, COMPILE_COUNT };

bool compile_query(struct compiled *out, const struct query *query, const struct book *book,
                   enum compile_goal goal, struct error *err);
void compiled_release(struct compiled *compiled);

/* Appends "$n". Copies the value; money becomes its minor units. */
bool compiler_parameter(struct compiler *compiler, const struct value *value, struct text *out,
                        struct error *err);
void compiler_release(struct compiler *compiler);
/* Puts what goes before the statement (the tables as of an instant). */
bool compiler_history(struct compiler *compiler, struct text *out, struct error *err);
/* Ends the statement: numbers the parameters in the order in which they stand in it. */
bool compiler_finish(struct compiler *compiler, struct text *sql, struct compiled *out,
                     struct error *err);

bool scope_open(struct scope *scope, struct compiler *compiler, const struct kind *kind,
                struct error *err);
void scope_release(struct scope *scope);
/* Appends t1."column". */
bool scope_column(struct scope *scope, int alias, const struct kind *kind, const char *column,
                  struct text *out, struct error *err);

bool operand_of_path(struct operand *out, struct scope *scope, const struct path *path,
                     struct error *err);
bool operand_of(struct operand *out, struct scope *scope, const struct expression *expression,
                struct error *err);
/* Each part of an operand is checked where it was made: what is built of it can't lose a failure.
 */
bool operand_check(const struct operand *operand, struct error *err);
void operand_release(struct operand *operand);

struct aggregation {
  enum aggregate function;
  double percentile;
  const struct operand *of;
  const struct text *only; /* a condition as SQL, or empty */
};
/* Consumes nothing. */
bool operand_aggregate(struct operand *out, struct compiler *compiler,
                       const struct aggregation *aggregation, struct error *err);
/* A rollup of the record at `alias`. */
bool operand_of_rollup(struct operand *out, struct scope *scope, int alias, const struct kind *kind,
                       const struct field *field, struct error *err);

/* Appends the relation of a log of catalog_log(), in brackets; besides its fields it has "id", the
 * record that was moved, and "seq". */
bool compile_log(struct compiler *compiler, const struct kind *kind, struct text *out,
                 struct error *err);
bool compile_condition(struct scope *scope, const struct condition *condition, struct text *out,
                       struct error *err);
/* Appends the place of a text among the operand's words; behind them all when it is none. */
bool compile_rank(struct compiler *compiler, const struct operand *operand, struct text *out,
                  struct error *err);

#endif
