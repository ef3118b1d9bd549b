/* Names of records by id, each read once: for listings, where the same clients come again and
 * again. */
#ifndef ENGINE_NAMES_H
#define ENGINE_NAMES_H

#include "model/book.h"

struct names;

/* Borrows the book. */
bool names_new(struct names **out, struct book *book, struct error *err);
void names_free(struct names *names); /* NULL is fine */
/* *name is borrowed until names_free(); of a record that is gone "#42". */
bool names_find(struct names *names, int64_t id, const char **name, struct error *err);

#endif
