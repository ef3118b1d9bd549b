/* What happened: units of work, changes, transitions; and the state as of an instant. Append-only.
 */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include "model/record.h"

struct unit {
  int64_t tx;
  instant at;
  char *actor, *command, *reason, *ruleset; /* owned; the last two may be NULL */
  int64_t undoes;                           /* 0: not an undo */
  int64_t undone_by;                        /* 0: in force */
  bool refused;                             /* a move that was: nothing else is in it */
};
void unit_release(struct unit *unit);
bool unit_load(struct unit *unit, struct book *book, int64_t tx, struct error *err);
/* The newest units first, at most `limit`. *units owned: release each, then memory_free. */
bool unit_list(struct book *book, int64_t limit, struct unit **units, size_t *count,
               struct error *err);
/* Notes in the unit under way that it takes the unit `undone` back. */
bool unit_set_undoes(struct book *book, int64_t undone, struct error *err);

struct transition {
  int64_t record, seq, tx;
  char *process, *from_stage, *to_stage, *outcome, *reason, *verdict; /* owned; may be NULL */
  instant at;
  int64_t seconds; /* in the stage left; -1 unknown */
};
void transition_release(struct transition *transition);
/* Appends a row (seq and seconds are computed). Used by engine/process only. */
bool transition_add(struct book *book, const struct transition *transition, struct error *err);
/* The same where the caller knows seq and seconds: for a record that was just created, whose whole
 * story it tells. */
bool transition_add_known(struct book *book, const struct transition *transition,
                          struct error *err);
/* All transitions of a record, oldest first. */
bool transition_list(struct book *book, int64_t record, struct transition **list, size_t *count,
                     struct error *err);

struct change {
  int64_t tx, record;
  char *field;           /* owned; the column: "amount_currency", "deleted" */
  struct value old, new; /* owned */
  instant at;
};
void change_release(struct change *change);
enum change_scope { CHANGE_OF_RECORD, CHANGE_OF_UNIT };
/* Oldest first. */
bool change_list(struct book *book, enum change_scope scope, int64_t id, struct change **list,
                 size_t *count, struct error *err);
/* Records that a unit created. */
bool unit_created(struct book *book, int64_t tx, int64_t **ids, size_t *count, struct error *err);

/* One value that took the place of another; borrowed. */
struct replacement {
  const struct value *old, *value;
  instant at; /* when it became true */
};
/* Logs the replacement of a value that is in the record's row already: for history that is brought
 * from elsewhere. The row is not touched. */
bool change_backdate(struct book *book, int64_t record, const struct field *field,
                     const struct replacement *replacement, struct error *err);

/* Notes that a record took another in, said as people call it: a change of the column "merged", of
 * which no kind has any. Inside a unit. */
bool record_note_merged(struct book *book, int64_t record, const char *other, struct error *err);

/* Undo's doors: a deleted record comes back with the values its deletion wrote to the history.
 * Fails with ERROR_REFUSED when it is not deleted or refers to a record that is. */
bool record_restore(struct book *book, int64_t id, struct error *err);
/* The same for several that may refer to each other, in any order. */
bool record_restore_all(struct book *book, const int64_t *ids, size_t count, struct error *err);
/* Writes a column's value (as struct change holds it) as one change of the unit under way; the
 * value that already stands there writes nothing. The column "deleted" restores (NULL) or deletes
 * (1); "merged" is only noted. Taking a unit's changes back newest first, each with its `old`,
 * undoes them; what the unit created or restored is deleted last, when nothing refers to it any
 * more. Fails with ERROR_REFUSED when a reference would lead to a deleted record. */
bool change_apply(struct book *book, int64_t record, const char *column, const struct value *value,
                  struct error *err);

#endif
