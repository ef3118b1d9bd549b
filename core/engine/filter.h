/* Keeps those rows of an answer for which a typed condition holds: amount>5000, owner=Ivan, ~words.
 * Not for: conditions on records, which are queries (model/query.h). */
#ifndef ENGINE_FILTER_H
#define ENGINE_FILTER_H

#include "engine/result.h"

/* The grammar is that of query_where_word(), the names are those of the columns; "id" is the row's
 * record where no column is called so. Text is equal without case, and a choice also by what people
 * read for it. Totals go with the rows they were the totals of.
 * reading: today and the currency of amounts without one.
 * Fails with ERROR_USAGE for an unknown column and ERROR_INVALID for a value that it can't hold,
 * both with a suggestion. */
bool filter_rows(struct result *result, const char *word, const struct field_reading *reading,
                 struct error *err);

#endif
