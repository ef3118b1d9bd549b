/* Two rule sets side by side, declaration by declaration: what was added, removed or changed. Works
 * on their texts; not for: what a change does to the data (impact, backtest). */
#ifndef ENGINE_LAB_COMPARISON_H
#define ENGINE_LAB_COMPARISON_H

#include "base/list.h"
#include "engine/engine.h"

/* A declaration, or what stands in a file outside of all of them ("file"). */
struct lab_item {
  char *what, *id, *text; /* owned; the text may be NULL */
  char *own;              /* owned: its lines without those of the declarations within it */
  struct place place;     /* owned */
  int last;               /* the line where it ends */
  int nth;                /* of those of the same name: 0, 1 … */
  bool met;               /* the other side has it */
};

struct lab_rules {
  const char *source; /* borrowed: model/ruleset.h */
  size_t length;
  struct list items; /* of struct lab_item */
};
void lab_rules_init(struct lab_rules *rules, const char *source, size_t length);
void lab_rules_release(struct lab_rules *rules);
/* A declaration whose lines, as they stand at the place, end in the line `last`. */
bool lab_rules_add(struct lab_rules *rules, const struct lab_item *item, struct error *err);
/* After the last one: finds what belongs to which. */
bool lab_rules_close(struct lab_rules *rules, struct error *err);

enum lab_change { LAB_ADDED, LAB_REMOVED, LAB_CHANGED };
const char *lab_change_name(enum lab_change change); /* "added" … */

/* Told of each difference: what was removed or changed in the order of `before`, then what was
 * added. The item is that of `after`, or of `before` where it was removed; borrowed. */
typedef bool (*lab_change_fn)(void *payload, enum lab_change change, const struct lab_item *item,
                              struct error *err);
bool lab_compare(struct lab_rules *before, struct lab_rules *after, lab_change_fn each,
                 void *payload, struct error *err);
/* Appends the lines that differ, file by file. */
bool lab_compare_lines(const struct lab_rules *before, const struct lab_rules *after,
                       struct text *out, struct error *err);

#endif
