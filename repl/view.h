/* --columns, --sort and --limit on any result. Not for: listings, whose query does it. */
#ifndef REPL_VIEW_H
#define REPL_VIEW_H

#include "engine/result.h"
#include "repl/option.h"

/* Summary rows stay below and are not counted by the limit. Fails with ERROR_USAGE for an unknown
 * column, with a suggestion. */
bool view_apply(struct result *result, const struct settings *settings, struct error *err);

/* Leaves out the columns, but for the first, in which no row holds anything. */
bool view_drop_empty(struct result *result, struct error *err);

/* The words of "a,-b": *at moves on; false at the end. A leading - is cut off and reported. */
bool view_next(const char **at, struct text *name, bool *descending);
bool view_limit(const char *word, int64_t *limit, struct error *err);

#endif
