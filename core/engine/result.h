/* What every report and listing returns: typed columns, rows, a title and a stamp. Formats (repl,
 * export) show it; nothing here knows how it looks. */
#ifndef ENGINE_RESULT_H
#define ENGINE_RESULT_H

#include "base/list.h"
#include "engine/engine.h"

struct chart;
struct document;
struct query;

/* A value and what people read for it. */
struct result_word {
  char *value, *title; /* owned */
};

struct result_column {
  char *name;  /* owned: the key in CSV and JSON */
  char *title; /* owned: for people */
  enum field_type
      type; /* how values read: FIELD_MONEY, FIELD_PERCENT (0.6315 shows 63.15 %), FIELD_REF … */
  char *unit;        /* owned: "days"; or NULL */
  int decimals;      /* shown for numbers and percents; -1: as is */
  struct list words; /* of struct result_word; what is not among them is shown as it is */
  bool total;        /* the last row of the column may be a total: see result_row */
  char **order;      /* owned, ended by NULL: what its texts are sorted by; NULL: as text is */
};

struct result_row {
  int64_t id;           /* the record shown, for %3 and #ids; 0: none */
  bool summary;         /* a totals row */
  struct value *values; /* owned, one per column; a FIELD_REF holds VALUE_INTEGER, see names */
};

enum { RESULT_CUT_UNKNOWN = -1 }; /* cut_from: there are more, nobody counted them */

/* What makes a report reproducible. The same stamp gives identical bytes. */
struct stamp {
  int64_t position; /* last unit of work */
  char ruleset[13]; /* first 12 digits of the hash, or "" */
  char currency[4]; /* the book's */
  instant now;
  bool has_as_of;
  instant as_of;
  char *command; /* owned: reproduces it */
};

struct result {
  char *name;          /* owned: "win_rate" */
  char *title;         /* owned */
  struct list columns; /* of struct result_column */
  struct list rows;    /* of struct result_row */
  struct list notes;   /* of char *: definitions and warnings shown below */
  size_t broken;       /* cells that a formula broke in; the notes say which */
  int64_t cut_from;    /* rows there were before a limit took some; 0: all are here */
  struct stamp stamp;
  bool single; /* one record: shown as field/value pairs */
  /* Owned: engine/document.h; the answer is then this, with title, notes and stamp, and there are
   * neither columns nor rows. NULL: they are. */
  struct document *document;
  struct chart *chart; /* owned: engine/chart.h; how it is drawn; NULL: as its columns suggest */
};

bool result_init(struct result *result, const char *name, const char *title, struct error *err);
void result_release(struct result *result);
bool result_add_column(struct result *result, const char *name, const char *title,
                       enum field_type type, struct error *err);
/* Nothing is kept where both are the same. */
bool result_add_word(struct result_column *column, const char *value, const char *title,
                     struct error *err);
/* What people read for the value, which need not be terminated; NULL: as it is. */
const char *result_word(const struct result_column *column, const char *value, size_t length);
/* Decimals, unit, words and whether there is a total, as the other has them. */
bool result_copy_look(struct result_column *column, const struct result_column *from,
                      struct error *err);
/* The newest column is sorted by these words in their order; NULL: as text is. */
bool result_order_column(struct result *result, const char *const *words, struct error *err);
/* By the column's order, else by value; NULL is smallest. */
int result_compare(const struct result_column *column, const struct value *a,
                   const struct value *b);
bool result_is_number(const struct result_column *column); /* also money, shares, minutes */
/* A new row of NULLs, borrowed until the next; NULL when out of memory. */
struct result_row *result_add_row(struct result *result, int64_t id, struct error *err);
/* A new result with these columns of the other, in this order, and all of them; for answers that
 * are no documents. */
bool result_pick(struct result *out, const struct result *from, const size_t *columns, size_t count,
                 struct error *err);
bool result_copy(struct result *out, const struct result *from, struct error *err);
void result_drop_row(struct result *result, size_t index);
/* By name. Fails with ERROR_USAGE and a suggestion. */
bool result_find_column(const struct result *result, const char *name, size_t *index,
                        struct error *err);
/* Copies the value into the cell. */
bool result_set(struct result_row *row, int column, const struct value *value, struct error *err);
bool result_note(struct result *result, const char *text, struct error *err);
bool result_stamp(struct result *result, struct engine *engine, const char *command,
                  struct error *err);
/* Runs the query and fills columns and rows. References become text (the names), so that every
 * format shows names; the row's id is the record's. Formulas are computed; where a script breaks
 * the cell is NULL, and a note and `broken` tell. */
bool result_from_query(struct result *result, struct engine *engine, struct query *query,
                       struct error *err);
#endif
