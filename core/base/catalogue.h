/* A compiled catalogue of GNU gettext (.mo) in memory. Its texts are sorted, so finding one is a
 * binary search. Format: GNU gettext manual, "The Format of GNU MO Files". Not for: choosing a
 * language, see translate.h. */
#ifndef BASE_CATALOGUE_H
#define BASE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue {
  const unsigned char *bytes; /* borrowed */
  size_t length;
  uint32_t count;
  uint32_t originals, translations; /* where the two tables begin */
};

/* Returns false when the bytes are no catalogue, or one whose tables lie outside of them. */
bool catalogue_init(struct catalogue *catalogue, const void *bytes, size_t length);

/* The n-th text and its translation, borrowed. A text with a plural is "one\0many" and a
 * translation has one form after the other, each terminated. Returns false when the entry is
 * damaged. */
bool catalogue_entry(const struct catalogue *catalogue, uint32_t index, const char **text,
                     const char **translation);

/* NULL when the catalogue does not have the text, or not that form of it. */
const char *catalogue_find(const struct catalogue *catalogue, const char *text, size_t form);

#endif
