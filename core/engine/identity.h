/* Who a record is about: the paths of a kind that hold the name of a person or a company, an
 * address and a number. Scripts declare it; finding doubles works from it. */
#ifndef ENGINE_IDENTITY_H
#define ENGINE_IDENTITY_H

#include "engine/engine.h"

enum identity_part {
  IDENTITY_PERSON,
  IDENTITY_COMPANY,
  IDENTITY_EMAIL,
  IDENTITY_PHONE,
  IDENTITY_PARTS
};

struct identity {
  char *kind;
  char *paths[IDENTITY_PARTS]; /* NULL: the kind does not say */
  char *settled;     /* a field: once it is set the record is no longer compared; NULL: always is */
  struct list among; /* of char *: other kinds whose records may be about the same */
  struct place place;
};

/* Added to the rules, which own it; NULL when out of memory. */
struct identity *identity_new(struct rules *rules, const char *kind, struct error *err);
bool identity_add_kind(struct identity *identity, const char *kind, struct error *err);
void identity_release(struct identity *identity);
/* NULL: nothing is declared for the kind. */
const struct identity *identity_find(const struct engine *engine, const char *kind);
/* Whether records of the two kinds are compared with each other. */
bool identity_matches(const struct identity *a, const struct identity *b);
/* "person" "company" "email" "phone". */
const char *identity_part_name(enum identity_part part);

#endif
