/* A record as far as it says who it is about, ready to be compared; and the keys by which those
 * worth comparing find each other. Shared by the files of duplicates only. */
#ifndef ENGINE_PROFILE_H
#define ENGINE_PROFILE_H

#include "base/likeness.h"
#include "engine/identity.h"

struct duplicate_evidence;

struct profile {
  int64_t id;
  const struct identity *identity; /* borrowed from the rules */
  struct likeness person, company;
  struct text email, phone; /* as they are compared; empty: none */
};

/* values: by identity part; texts or NULL. Fails with ERROR_MEMORY. */
bool profile_init(struct profile *profile, int64_t id, const struct identity *identity,
                  const struct value *values, struct error *err);
void profile_release(struct profile *profile);

/* Adds the profile's keys to the list of uint64_t. Records that share none have too little in
 * common to be doubles: an address, the end of a number, or two words of a name, one by its first
 * letters and one by its first. */
bool profile_keys(const struct profile *profile, struct list *keys, struct error *err);
/* The score from 0 to 1 and what speaks for it. */
double profile_compare(const struct profile *a, const struct profile *b,
                       struct duplicate_evidence *evidence);

#endif
