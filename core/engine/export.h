/* A result as bytes for other programs: CSV and JSON. Appended to a text. */
#ifndef ENGINE_EXPORT_H
#define ENGINE_EXPORT_H

#include "engine/result.h"

/* Header row of column names; exact values (value_append_plain); money cells as 1054.00 with a
 * column <name>_currency beside it when the column holds more than one currency or none is the
 * book's. delimiter ',' or '\t'. guard protects text cells against spreadsheets' formulas. */
bool export_csv(const struct result *result, char delimiter, bool guard, struct text *out,
                struct error *err);
/* {"title":…,"stamp":{…},"columns":[…],"rows":[{…}],"notes":[…]}; a document has
 * "blocks":[{"type":…}] instead of columns and rows, and is refused by the other two; money as
 * {"amount":"1054.00", "currency":"USD"}, NULL as null; integers in all their digits, of which
 * readers that hold each number as a double keep 15. */
bool export_json(const struct result *result, struct text *out, struct error *err);
/* One object per line, rows only. */
bool export_ndjson(const struct result *result, struct text *out, struct error *err);

#endif
