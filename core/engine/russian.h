/* How much a run of bytes looks like Russian in an 8-bit encoding: the tables behind rule 4 of
 * engine/decode.h. Not for: any other language, telling apart encodings that are not 8-bit. */
#ifndef ENGINE_RUSSIAN_H
#define ENGINE_RUSSIAN_H

#include <stddef.h>

struct russian_score {
  const char *encoding; /* NULL when no reading is above zero */
  long points;          /* of the best reading */
  long lead;            /* over the second best, ≥ 0 */
  size_t letters;       /* Cyrillic letters seen in the best reading */
};

/* The best of windows-1251, KOI8-R and CP866 for the sample. */
void russian_score(const char *sample, size_t length, struct russian_score *best);

#endif
