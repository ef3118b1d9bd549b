/* One SQL statement with $1…$n parameters. Prepared once and kept: statement_open() with the
 * same text gives the cached one. SQL keeps to what SQLite and PostgreSQL share, plus these
 * functions, which every store offers:
 *   fold(text)                 the form for comparing without case (base/text)
 *   days_between(a, b)         whole days from ISO date or instant a to b, negative backwards;
 *                              a date is its midnight; NULL if either is
 *   period_name(date, word)    '2017-Q1' for word 'quarter' (base/date); a date or an instant
 *   median(x), percentile(x,p) aggregates over non-NULL values, linear interpolation; p 0…100
 *   text_contains(whole, part) 1 when part occurs in whole without case
 *   json_each(array)           a row (key, value) for each item of the JSON array */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include "base/value.h"
#include "store/store.h"

struct statement;

/* What a column of a row holds. */
enum cell_type { CELL_NULL, CELL_INTEGER, CELL_NUMBER, CELL_TEXT };

/* Takes the statement out of the store's cache, or prepares it. statement_close() gives it
 * back, before store_close(). Nested use of the same text gets a second one. Fails with
 * ERROR_STORE: the message holds the reason. Stepping a write outside a transaction is a
 * programming mistake (assert). */
bool statement_open(struct statement **out, struct store *store, const char *sql,
                    struct error *err);
void statement_close(struct statement *statement); /* NULL is fine */

/* Index 1…n. Text is borrowed until the statement is reset or closed. */
void statement_bind_null(struct statement *statement, int index);
void statement_bind_integer(struct statement *statement, int index, int64_t integer);
void statement_bind_number(struct statement *statement, int index, double number);
void statement_bind_text(struct statement *statement, int index, const char *text); /* NULL: NULL */
void statement_bind_text_bytes(struct statement *statement, int index, const char *text,
                               size_t length);
/* Booleans as 0/1, dates and instants as ISO text; money binds its minor units (the currency
 * is a column of its own). */
void statement_bind_value(struct statement *statement, int index, const struct value *value);

/* *row is true when a row is there to be read, false at the end. Bind errors show here. */
bool statement_step(struct statement *statement, bool *row, struct error *err);
/* For statements without rows: step to the end, then reset. */
bool statement_run(struct statement *statement, struct error *err);
/* Ready to run again; the bindings are cleared. */
void statement_reset(struct statement *statement);
/* Rows changed by the last statement_run(). */
int64_t statement_changes(const struct statement *statement);

/* Column 0…n-1 of the current row. Text is borrowed until the next step, reset or close. */
int statement_columns(const struct statement *statement);
const char *statement_column_name(const struct statement *statement, int column);
enum cell_type statement_type(const struct statement *statement, int column);
int64_t statement_integer(const struct statement *statement, int column);
double statement_number(const struct statement *statement, int column);
const char *statement_text(const struct statement *statement, int column); /* NULL for NULL */
size_t statement_length(const struct statement *statement, int column);    /* bytes of the text */

#endif
