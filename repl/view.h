/* --where, --columns, --sort and --limit on any result. Not for: listings, whose query does it. */
#ifndef REPL_VIEW_H
#define REPL_VIEW_H

#include "engine/result.h"
#include "repl/option.h"

/* Summary rows stay below and are not counted by the limit; conditions leave them out. book: whose
 * day and currency conditions are read by; NULL where none is open. Fails with ERROR_USAGE for an
 * unknown column, with a suggestion, and as filter_rows() does. */
bool view_apply(struct result *result, const struct settings *settings, const struct book *book,
                struct error *err);

/* Whether it has the columns that the settings name, before anything is done on its account. Fails
 * as view_apply() does. */
bool view_check(const struct result *result, const struct settings *settings, struct error *err);

/* An answer that is a step of another is not shaped by the options of that one. */
void view_forget(struct settings *settings);

/* Leaves out the columns, but for the first, in which no row holds anything. */
bool view_drop_empty(struct result *result, struct error *err);

/* The words of "a,-b": *at moves on; false at the end. A leading - is cut off and reported. */
bool view_next(const char **at, struct text *name, bool *descending);
/* The failure is about the name that *at has just moved behind. Returns false. */
bool view_blame(const char *behind, const struct text *name, struct error *err);
bool view_limit(const char *word, int64_t *limit, struct error *err);

#endif
