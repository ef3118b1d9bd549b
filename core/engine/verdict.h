/* What the criteria of a move said: every one of them, each evaluated exactly once, with the values
 * it read. Built by engine/process, shown by `why`, kept as JSON with the transition. */
#ifndef ENGINE_VERDICT_H
#define ENGINE_VERDICT_H

#include "base/list.h"
#include "base/text.h"
#include "base/value.h"

struct criterion;

enum outcome {
  OUTCOME_PASS,
  OUTCOME_FAIL,
  OUTCOME_BROKEN, /* the script raised an error or answered nonsense; blocks like a fail */
  OUTCOME_EXEMPT, /* only_for or since says the criterion is not for this record */
};

struct verdict_read {
  char *path;         /* owned: "client.industry" */
  struct value value; /* owned */
  bool reference;     /* the value is the id of a record */
};

struct verdict_item {
  const struct criterion *criterion; /* borrowed from the rules */
  enum outcome outcome;
  char *detail; /* owned: what a broken one raised, what a failing one added; or NULL */
  char *fix;    /* owned: the hint with its {placeholders} filled in; or NULL */
  bool partial; /* the fix is a first step: what it takes beyond depends on what is set by it */
  struct list reads; /* of struct verdict_read, in order of first reading, each path once */
};

struct verdict {
  struct list
      items;    /* of struct verdict_item: leave criteria of the old stage, then enter of the new */
  bool allowed; /* no `must` failed or broke */
  bool forced;
  char *from, *to; /* owned */
  char *
      structural; /* owned: why the process itself refuses (skipping, unknown stage); NULL if not */
  bool skips;     /* that is as stages stand between: the way there has several moves */
};

void verdict_init(struct verdict *verdict);
void verdict_release(struct verdict *verdict);
/* Counts of `must` items that block, and of `should` items that warn. */
size_t verdict_blocking(const struct verdict *verdict);
size_t verdict_warnings(const struct verdict *verdict);
/* For a check callback: notes what it read into the item under evaluation. Duplicates are ignored.
 */
bool verdict_note(struct verdict_item *item, const char *path, const struct value *value,
                  struct error *err);
/* The same of a reference: the id of the record it leads to. JSON has the id, people see the name.
 */
bool verdict_note_reference(struct verdict_item *item, const char *path, int64_t id,
                            struct error *err);
/* Appends JSON: {"allowed":false,"items":[{"id":…,"level":…,"outcome":…,"detail":…,"reads":{…}}]}.
 */
bool verdict_write(const struct verdict *verdict, struct text *out, struct error *err);
const char *outcome_name(enum outcome outcome); /* "pass" … */

#endif
