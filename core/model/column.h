/* Fields as columns of their kind's table: names, types, binding and reading. Inside the model
 * only. A field has one column; an amount of money has two, the second is its currency. */
#ifndef MODEL_COLUMN_H
#define MODEL_COLUMN_H

#include "model/kind.h"
#include "store/statement.h"

int column_count(const struct field *field); /* 0 when the field is computed */
/* Appends "amount" or "amount_currency" (part 1). */
void column_append_name(struct text *out, const struct field *field, int part);
const char *column_sql_type(const struct field *field, int part); /* "integer" */

/* What the column holds of the field's value, as a cell: NULL, INTEGER, NUMBER or TEXT. Texts of
 * the value are borrowed; dates are written into `room`. */
enum { COLUMN_ROOM = 24 };
struct value column_cell(const struct value *value, int part, char room[COLUMN_ROOM]);
/* Binds the field's columns from index on; gives the next index. */
int column_bind(struct statement *statement, int index, const struct field *field,
                const struct value *value);
/* Reads the field's columns from `column` on; *out is owned. Fails with ERROR_STORE when the
 * cells are not what the field keeps. */
bool column_read(struct value *out, const struct statement *statement, int column,
                 const struct field *field, struct error *err);
/* A cell as it stands in the row; its text is borrowed from the statement. */
struct value column_raw(const struct statement *statement, int column);
/* The field's value from cells; *out is owned. Fails as column_read() does. */
bool column_value(struct value *out, const struct field *field, const struct value cells[2],
                  struct error *err);

#endif
