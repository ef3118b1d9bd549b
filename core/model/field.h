/* A field of a kind, described once: storing, checking, scripts, completion, help and documents
 * all work from this description. */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include "base/value.h"

enum field_type {
  FIELD_TEXT,
  FIELD_INTEGER,
  FIELD_NUMBER,
  FIELD_MONEY,   /* two columns: <name> minor units, <name>_currency */
  FIELD_PERCENT, /* a number, 0.15 is 15 % */
  FIELD_BOOLEAN,
  FIELD_DATE,
  FIELD_INSTANT,
  FIELD_CHOICE,  /* one of `choices` */
  FIELD_CHOICES, /* several of them, held as "a,b" in the order of `choices` */
  FIELD_REF,     /* the id of a record of kind `target` */
  FIELD_EMAIL,
  FIELD_PHONE,
  FIELD_URL,
  FIELD_MINUTES, /* a length of time in whole minutes, typed as 45m or 1h30m */
};

enum field_flags {
  FIELD_REQUIRED = 1 << 0,
  FIELD_ENGINE = 1 << 1,   /* changed by the engine only: a stage, a status */
  FIELD_CUSTOM = 1 << 2,   /* declared by a script */
  FIELD_INDEXED = 1 << 3,  /* has an index */
  FIELD_ROLLUP = 1 << 4,   /* computed from related records; no column */
  FIELD_FORMULA = 1 << 5,  /* computed by a script; no column */
  FIELD_LONG = 1 << 6,     /* text of many lines */
  FIELD_LAST_DAY = 1 << 7, /* of parameters: a period stands for its last day, not its first */
};

struct rollup; /* model/rollup.h */

struct field {
  const char *name; /* in scripts and as a column */
  enum field_type type;
  unsigned flags;
  const char *title;          /* for people; NULL: "Decision maker" is made of decision_maker */
  const char *title_ru;       /* NULL: title */
  const char *help;           /* one sentence, or NULL */
  const char *help_ru;        /* NULL: as the catalogue has it */
  const char *target;         /* FIELD_REF: the kind referred to */
  const char *const *choices; /* ended by NULL; else NULL */
  const char *const *choice_titles;    /* for people, one for each choice; NULL: the choices */
  const char *const *choice_titles_ru; /* NULL: as the catalogue has them */
  const char *const *stages; /* of a field that a process moves, in their order; else NULL */
  const char *const *stage_titles, *const *stage_titles_ru; /* of the stages; NULL: none known */
  struct value fallback; /* the default of a new record; VALUE_NULL for none */
  bool has_min, has_max;
  double min, max;
  const struct rollup *rollup; /* FIELD_ROLLUP */
  void *formula;               /* FIELD_FORMULA: the owner's handle */
  int position;                /* in its kind's list of fields; set by the kind */
};

/* "text" "money" "choice" … as scripts write it, and back. */
const char *field_type_name(enum field_type type);
bool field_type_from_name(enum field_type *out, const char *name);
/* What a value of the field is in memory: FIELD_CHOICE is VALUE_TEXT, FIELD_REF VALUE_INTEGER … */
enum value_type field_value_type(enum field_type type);
bool field_is_stored(const struct field *field); /* has a column */
/* The words it is sorted by, in their order, ended by NULL: choices as declared, stages as their
 * process has them. NULL: by the alphabet. */
const char *const *field_words(const struct field *field);

/* What people read for its n-th choice, in the language in use. */
const char *field_choice_title(const struct field *field, int index);

/* The choice that is called so in any language that is spoken, its name or a title without regard
 * to case, as bytes; *several: more than one is, and the first is given. NULL: none is. */
const char *field_choice_called(const struct field *field, const char *word, size_t length,
                                bool *several);

/* Whether the value may stand in the field: type, choices, min and max, shape of e-mail, phone
 * and URL. NULL passes (record_save checks FIELD_REQUIRED). A number is turned into the money or
 * integer the field wants where nothing is lost. *out is owned by the caller.
 * Fails with ERROR_INVALID: the field, the value, what is accepted, a suggestion. */
bool field_accept(const struct field *field, const struct value *value, const char *currency,
                  struct value *out, struct error *err);

/* How a field reads what a person typed or a file holds. */
struct field_reading {
  enum date_order order;
  char decimal;         /* '.' ',' or 0 when not known */
  const char *currency; /* of amounts without one */
  date today;
  instant now;
};
/* Parses a word by the field's type, then accepts it. "" is NULL. A reference is read as #42 or 42
 * (names are the caller's to look up). */
bool field_parse(const struct field *field, const char *word, const struct field_reading *reading,
                 struct value *out, struct error *err);

#endif
