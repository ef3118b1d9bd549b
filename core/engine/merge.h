/* Two records of one kind that are about the same become one: what refers to the one that goes
 * refers to the one that stays, empty fields are filled, and the history of the one that stays says
 * so. One unit of work, which undo takes back whole. Not for: finding such pairs
 * (engine/duplicates). */
#ifndef ENGINE_MERGE_H
#define ENGINE_MERGE_H

#include "engine/engine.h"
#include "model/record.h"

/* A field that both have filled, differently. */
struct merge_conflict {
  const struct field *field;  /* borrowed from the catalog */
  struct value kept, dropped; /* owned */
};

/* References that moved: how many records of a kind, by which field. */
struct merge_moved {
  const struct kind *kind;
  const struct field *field;
  int64_t count;
};

struct merge_summary {
  struct list filled;    /* of const struct field *: empty before, taken from the other */
  struct list joined;    /* of const struct field *: long texts, one behind the other */
  struct list chosen;    /* of const struct field *: both had it, and the caller chose */
  struct list conflicts; /* of struct merge_conflict: both had it; what stays is the survivor's */
  struct list moved;     /* of struct merge_moved */
  char *stage, *stage_of_other; /* owned: where they stand, when the two differ; else NULL */
};
void merge_summary_release(struct merge_summary *summary);

struct merge_options {
  const char *command;     /* for the history; borrowed */
  const char *const *take; /* fields whose value is that of the one that goes; ended by NULL */
  /* Changes the survivor as the caller wants before it is saved; may be NULL. */
  bool (*adjust)(struct record *record, void *payload, struct error *err);
  void *payload;
};

/* The stage of the survivor stays what it is: only the mover changes it. References follow without
 * being asked for acceptance: they say what they said. *summary is filled on success and released
 * by the caller in any case.
 * Fails with ERROR_USAGE for a record and itself, for records of two kinds and for a field to take
 * that there is not or that a process moves; and as saving and deleting do. */
bool merge_records(struct engine *engine, int64_t survivor, int64_t other,
                   const struct merge_options *options, struct merge_summary *summary,
                   struct error *err);

#endif
