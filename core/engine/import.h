/* Files of rows become records, by a plan that a mapping script declares. One undoable unit for the
 * whole plan. Not for: reading CSV (engine/csv), encodings (engine/decode). */
#ifndef ENGINE_IMPORT_H
#define ENGINE_IMPORT_H

#include "engine/engine.h"
#include "engine/result.h"
#include "engine/scorecard.h"

struct import_translation {
  char *from, *to; /* "GTXPro" → "GTX Pro"; to NULL: becomes NULL */
};

struct import_column {
  char *header; /* in the file; compared folded, blanks trimmed */
  char *field;  /* of the kind */
  char *by;    /* FIELD_REF: the field of the target matched: "name" or "external_id"; NULL: both */
  bool create; /* FIELD_REF: make a missing target with that name */
  bool required; /* an empty cell rejects the row */
  char *suffix;  /* added to each non-empty cell before reading: "M" for a column in millions; or
                    NULL */
  struct list values; /* of struct import_translation */
  char *since;        /* header of a date column: the value was known from then on; or NULL */
};

/* A cell of `column` equal to `word` means these stages, each entered at the date in that column.
 * Without a column the first word stands for every row.
 */
struct import_stage {
  char *stage;
  char *at; /* header of a date column; NULL: unknown */
};
struct import_stages {
  char *process, *column; /* NULL column: no stage history */
  struct list words;      /* of struct import_word */
};
struct import_word {
  char *word;
  struct list stages; /* of struct import_stage */
};

struct import_file {
  char *name; /* file name inside the folder given, or of the single file given */
  char *kind;
  char *match; /* field by which an existing record is updated instead of doubled; NULL: never */
  char *encoding, *delimiter; /* NULL: detected */
  enum date_order order;
  char decimal;
  char *currency;      /* of amounts; NULL: the book's */
  char *since;         /* header of a date column: the record exists from then on; or NULL */
  struct list columns; /* of struct import_column */
  struct list ignore;  /* of char *: headers left out on purpose */
  struct import_stages stages;
  struct place place;
};

struct import_plan {
  char *title;
  struct list files; /* of struct import_file */
};
struct import_plan *import_plan_new(struct error *err);
void import_plan_free(struct import_plan *plan);

struct import_options {
  const char *path; /* a folder holding the plan's files, or one file when the plan has one */
  const char
      *only; /* import only this file of the plan (`path` may be that file itself); or NULL */
  /* "sales_pipeline.csv=/elsewhere/us_dates.csv": another file in the place of one of the plan;
   * ended by NULL; may be NULL. */
  const char *const *replacements;
  enum date_order order; /* overrides the plan's; DATE_ORDER_UNKNOWN: as the plan says */
  const char *rejects;   /* CSV file for rejected rows with a `reason` column; or NULL */
  bool dry_run;
  bool skip_rejected; /* import the good rows although others are rejected; else all or nothing */
  bool stop_at_ambiguous; /* end at the first date that can be read two ways: somebody can be asked
                           */
  const char *command;
  progress_fn progress;
  void *payload;
};

struct import_summary {
  int64_t rows, created, updated, unchanged, rejected;
  int64_t warned;        /* rows that are not all they should be (engine/accept.h) */
  struct list files;     /* of char *: one line per file: name, encoding, delimiter, counts */
  struct list messages;  /* of char *: the first 20 complaints, each with file:line:column, its row
                            below it, and ended by a newline */
  char *ambiguous;       /* owned: the date that ended it, with file:line:column; or NULL */
  size_t ambiguous_file; /* in the plan: whose order to ask for */
};
void import_summary_release(struct import_summary *summary);

/* Columns of the file that the plan neither maps nor ignores are refused with a suggestion, and so
 * are mapped columns that the file lacks. A date that can be read two ways is refused unless the
 * plan says the order. Fails with ERROR_DATA when rows were rejected and skip_rejected is not set;
 * nothing was then imported; the summary says why. verdicts (may be NULL; initialised): a row per
 * input row. With
 * stop_at_ambiguous it fails with ERROR_CONFIRM at such a date: set the file's order, run it again.
 */
bool import_run(struct engine *engine, const struct import_plan *plan,
                const struct import_options *options, struct import_summary *summary,
                struct result *verdicts, struct error *err);

#endif
