/* One file of an import under way: its columns bound to fields, its cells read. Shared by the
 * import's own files only. */
#ifndef ENGINE_IMPORT_SHEET_H
#define ENGINE_IMPORT_SHEET_H

#include "base/map.h"
#include "engine/csv.h"
#include "engine/import.h"
#include "engine/process.h"

enum { IMPORT_ABSENT = -1 };

/* Names of the records that references lead to, read once. */
struct import_names {
  const struct kind *kind;
  char *by;          /* owned: the field that is compared; NULL: name, then external_id */
  struct map exact;  /* name → id, or IMPORT_AMBIGUOUS */
  struct map folded; /* the same without case */
};

/* A column of the file and the field it fills. */
struct import_binding {
  const struct import_column *column; /* borrowed from the plan */
  const struct field *field;          /* borrowed from the catalog */
  size_t position;                    /* in the row */
  int since;                          /* position of the date column, or IMPORT_ABSENT */
  struct import_names *names;         /* of a reference; borrowed from the sheet */
  struct map translations;            /* word → position in column->values */
};

/* A cell that names a record of the same file that may come later. */
struct import_deferred {
  int64_t record;
  size_t binding;
  char *name; /* owned */
  uint64_t line, column;
};

struct import_sheet {
  struct engine *engine;          /* borrowed */
  const struct import_file *file; /* borrowed from the plan */
  const char *path;               /* borrowed */
  struct csv *csv;                /* owned */
  const struct kind *kind;
  const struct process *process; /* that the stages of the rows are of; NULL: they tell none */
  struct list bindings;          /* of struct import_binding */
  struct list names;             /* of struct import_names * */
  struct list deferred;          /* of struct import_deferred */
  struct list header;            /* of char *: as in the file */
  struct field_reading reading;
  struct map words;  /* folded stage word → position in file->stages.words */
  struct list steps; /* of int: the date column of each stage, word by word */
  int64_t
      suggestions; /* unknown names so far for which a likeness was looked for, or not any more */
  int stage_position; /* of the column with the stage words, or IMPORT_ABSENT */
  int since_position;
  int match_binding;    /* index of the binding that finds existing records */
  struct map existing;  /* match value → id */
  struct value *values; /* of the row under way, by field position */
  instant *known;       /* since when each value was known; 0: as the record */
  struct list entries;  /* of struct stage_entry: of the row under way */
  bool ambiguous;       /* the row was refused for a date that can be read two ways */
};

/* Opens the file, reads its header and binds its columns. Fails with ERROR_DATA or ERROR_CONFIG: an
 * unmapped, a missing or a doubled column, an unknown kind, field, process or stage. */
bool import_sheet_open(struct import_sheet *sheet, struct engine *engine,
                       const struct import_file *file, const char *path, enum date_order order,
                       struct error *err);
void import_sheet_close(struct import_sheet *sheet);

/* Reads a row into sheet->values, ->known and ->entries. Fails with ERROR_DATA: file:line:column
 * and what is wrong. *since: when the record begins, 0 when not known. */
bool import_sheet_read(struct import_sheet *sheet, const struct csv_row *row, instant *since,
                       struct error *err);

/* The id that a cell refers to. *id 0: there is none, and err says what to do, unless the column
 * makes what is missing. */
bool import_names_find(struct import_sheet *sheet, const struct import_binding *binding,
                       const char *word, int64_t *id, struct error *err);
bool import_names_add(struct import_names *names, const char *name, int64_t id, struct error *err);
/* The list of names for a kind and field, read from the book at first use. */
bool import_names_open(struct import_sheet *sheet, const struct kind *kind, const char *by,
                       struct import_names **out, struct error *err);
void import_names_free(struct import_names *names);

/* "clients.csv:12:3: " before the message. Returns false. */
bool import_complain(const struct import_sheet *sheet, const struct csv_row *row, size_t position,
                     struct error *err);

#endif
