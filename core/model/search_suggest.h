/* Which record's name was meant by a word that names none. Not for: finding records (search.h). */
#ifndef MODEL_SEARCH_SUGGEST_H
#define MODEL_SEARCH_SUGGEST_H

#include "model/book.h"

/* Appends the nearest name of a record of the kind; nothing when none is near enough. Reads names,
 * so it is for the way to a failure only. */
void search_suggest(const struct book *book, const struct kind *kind, const char *name,
                    struct text *near);

#endif
