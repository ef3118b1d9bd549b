/* The tables of the kinds, brought to what a catalog declares. Inside the model only: others say
 * book_use_catalog(). */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "model/kind.h"
#include "store/store.h"

/* Writes nothing when nothing is missing, or the book is for reading. Fails as book_use_catalog()
 * does. */
bool schema_apply(struct store *store, const struct catalog *catalog, struct error *err);

#endif
