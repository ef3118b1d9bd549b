/* One record of any kind in memory: load, change, check, save, delete. Not for: moving a record
 * through a process (engine/process), reading many (model/query). */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include "model/book.h"

struct record {
  const struct kind *kind; /* borrowed from the catalog */
  int64_t id;              /* 0 until saved */
  struct value *values;    /* owned, by field position; rollups are filled on demand */
  struct value
      *stored; /* owned: as last loaded or saved, to know what changed; NULL values for a new one */
  bool *computed; /* rollup at this position has been computed */
};

/* A new record with the defaults of its kind. */
bool record_init(struct record *record, const struct kind *kind, struct error *err);
void record_release(struct record *record);

/* Fails with ERROR_NOT_FOUND: "no record #42", "#42 was deleted on … by …; 'undo' or 'history #42'
 * …", or that it is of another kind. kind may be NULL: any. Under book->as_of the state of then. */
bool record_load(struct record *record, struct book *book, const struct kind *kind, int64_t id,
                 struct error *err);
/* The kind of a live or deleted record. */
bool record_kind_of(struct book *book, int64_t id, const struct kind **out, struct error *err);
/* Fails with ERROR_NOT_FOUND: "#42 is a deal, not a client", or that there is no such record. */
bool record_require_kind(struct book *book, const struct kind *kind, int64_t id, struct error *err);

/* Borrowed until the value changes. A rollup is computed at first use. */
bool record_get(struct record *record, struct book *book, const struct field *field,
                const struct value **out, struct error *err);
/* Accepts by field_accept(). Fails with ERROR_REFUSED for FIELD_ENGINE, rollups and formulas,
 * naming the command that does change it. */
bool record_set(struct record *record, struct book *book, const struct field *field,
                const struct value *value, struct error *err);
/* The same for what a person typed; references may be #42, 42 or a name (found exactly, then
 * folded; ambiguous names are refused with the candidates). */
bool record_set_word(struct record *record, struct book *book, const struct field *field,
                     const char *word, struct error *err);

/* Checks everything (required fields, references to live records of the right kind, the kind's own
 * check), then writes the changed columns with their change rows. Inside a unit of its own or the
 * caller's. Inserts and sets the id of a new record. Fails with ERROR_INVALID naming the field;
 * the database is then as before. */
bool record_save(struct record *record, struct book *book, struct error *err);
/* Soft delete: the row leaves its table, its values stay in the history. Fails with ERROR_REFUSED
 * while live records refer to it (their count and an example are named). */
bool record_delete(struct record *record, struct book *book, struct error *err);

/* The name for people: the name field's text, else the external id, else "deal #42". Appended. */
void record_append_name(struct text *out, const struct record *record);
bool record_is_named(const struct record *record); /* false: by its number only */

/* The engine's door, used by process, import and undo only: writes values of FIELD_ENGINE fields,
 * dated `at` in the change log (0: now). */
bool record_put(struct record *record, struct book *book, const struct field *field,
                const struct value *value, instant at, struct error *err);
/* The same inside a unit that the caller cancels when this fails: no savepoint of its own. */
bool record_put_within(struct record *record, struct book *book, const struct field *field,
                       const struct value *value, instant at, struct error *err);

/* Fast insert of many: statements and checks prepared once per kind. One unit must be open. */
struct record_writer;
bool record_writer_open(struct record_writer **out, struct book *book, const struct kind *kind,
                        struct error *err);
/* Inserts one row. values: by field position, already accepted by field_accept(); references are
 * trusted to be live (the caller looked them up). since: 0 for now. */
bool record_writer_add(struct record_writer *writer, const struct value *values, instant since,
                       int64_t *id, struct error *err);
void record_writer_close(struct record_writer *writer);

#endif
