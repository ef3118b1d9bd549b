/* What the spine tells of records and units beyond their fields: since when a record exists, which
 * units took which back, what came after a unit. Asked by the mover and by undo. */
#ifndef MODEL_SPINE_H
#define MODEL_SPINE_H

#include "model/history.h"

/* When the record began to exist for the business. Fails with ERROR_NOT_FOUND. */
bool spine_since(struct book *book, int64_t record, instant *since, struct error *err);

/* Whether the unit under way changed or created the live record; false when there is none. */
bool spine_touched(struct book *book, int64_t record, bool *touched, bool *created,
                   struct error *err);

/* Whether a record of the kind had that external id once, which it has not any more: it was deleted
 * or called something else. */
bool spine_was_called(struct book *book, const char *kind, const char *external_id, bool *was,
                      struct error *err);

/* A unit that took another back. */
struct spine_undo {
  int64_t tx, undoes;
};
/* All of them, oldest first. *undos is the caller's (memory_free). */
bool spine_undos(struct book *book, struct spine_undo **undos, size_t *count, struct error *err);
/* The newest unit before `before` that changed or created something and is no undo; 0: none. */
bool spine_unit_before(struct book *book, int64_t before, int64_t *tx, struct error *err);
/* How many records the unit touched and how many changes and creations it wrote; that it decided
 * which rules are in force is a change, too. */
bool spine_measure(struct book *book, int64_t tx, int64_t *records, int64_t *changes,
                   struct error *err);

/* Units after tx that built on it: they changed the same columns, or a record that it brought to
 * life, or made something refer to such a record, or chose the rules in force again. Newest first,
 * whether in force or not. *units is the caller's (memory_free). */
bool spine_dependents(struct book *book, int64_t tx, int64_t **units, size_t *count,
                      struct error *err);

/* Live records that the unit brought to life, by creating or restoring them; and deleted ones that
 * it deleted, be it that they were back in between. By id; *ids is the caller's (memory_free). */
bool spine_made(struct book *book, int64_t tx, int64_t **ids, size_t *count, struct error *err);
bool spine_ended(struct book *book, int64_t tx, int64_t **ids, size_t *count, struct error *err);
/* The unit's other changes, newest first: of records that it did not bring to life. The change is
 * borrowed during the call. Stops and fails when the callback does. */
typedef bool (*spine_change_fn)(const struct change *change, void *payload, struct error *err);
bool spine_each_change(struct book *book, int64_t tx, spine_change_fn each, void *payload,
                       struct error *err);
/* Undo's door: deletes without asking who refers to them, so that records may go together. */
bool spine_remove(struct book *book, const int64_t *ids, size_t count, struct error *err);

#endif
