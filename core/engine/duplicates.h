/* Records that are likely about the same company or person, with a score and what speaks for it.
 * Not for: making one of two (engine/merge). */
#ifndef ENGINE_DUPLICATES_H
#define ENGINE_DUPLICATES_H

#include "engine/engine.h"

struct duplicate_evidence {
  bool email;     /* the same address */
  double phone;   /* 1: the same number; 0.5: the same but for an area or country code */
  double person;  /* likeness of the names of people; < 0: one has none */
  double company; /* of companies, likewise */
};

struct duplicate {
  int64_t first, second;                       /* the older one first */
  const struct kind *first_kind, *second_kind; /* borrowed from the catalog */
  double score;                                /* 0 to 1 */
  struct duplicate_evidence evidence;
};

struct duplicate_search {
  const int64_t *ids; /* pairs that hold one of these; NULL: any */
  size_t count;
  const struct kind *kind; /* pairs within this kind and with those it is compared with; or NULL */
  double least;            /* score */
};

/* *out: of struct duplicate, the likeliest first; {.size = sizeof(struct duplicate)} at first,
 * released by the caller. Time grows with the records, not with their pairs: only records that
 * share a key are compared, and of many that share one each with its nearest neighbours in the
 * order of names (Hernandez and Stolfo, "The Merge/Purge Problem for Large Databases", 1995). */
bool duplicates_find(struct engine *engine, const struct duplicate_search *search, struct list *out,
                     struct error *err);

#endif
