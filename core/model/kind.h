/* A kind of record and the list of all kinds: the built-in ones (core/model/kinds, one file each)
 * and what a workspace's scripts add. */
#ifndef MODEL_KIND_H
#define MODEL_KIND_H

#include "model/field.h"

struct record;

struct kind {
  const char *name;   /* "deal": the table, the word in scripts and commands */
  const char *plural; /* "deals" */
  const char *title;  /* "Deal" */
  const char *title_ru;
  const char *belongs_to; /* the kind whose child it is, by the field of the same name; or NULL */
  const char *name_field; /* the field that names a record for people: "name", "title" */
  /* Its records are groups of others: the fields that hold the kind of the members and the
   * condition that they meet, as typed behind `list`; or both NULL. */
  const char *members_of, *members_meet;
  bool custom;
  bool is_log;           /* rows that only a query gives: never made, loaded or saved as records */
  struct field **fields; /* position → field, built-in first; borrowed by readers */
  int field_count;
  struct text columns; /* of stored fields, without id: "external_id, title, amount, … " */
  /* The kind's own check beyond single fields; may be NULL. */
  bool (*check)(const struct record *record, struct error *err);
};

/* A built-in kind as its file in kinds/ states it: const data. */
struct kind_entry {
  const char *name, *plural, *title, *title_ru, *belongs_to, *name_field;
  bool is_log;
  const struct field *fields; /* ended by a NULL name */
  bool (*check)(const struct record *record, struct error *err);
};
extern const struct kind_entry user_kind, client_kind, contact_kind, product_kind, deal_kind,
    activity_kind, campaign_kind, response_kind, goal_kind, transition_kind, verdict_kind;

/* All kinds of a workspace. Owns everything it was told (texts are copied). */
struct catalog;

/* The built-in kinds only. */
bool catalog_new(struct catalog **out, struct error *err);
void catalog_free(struct catalog *catalog);

int catalog_count(const struct catalog *catalog);
const struct kind *catalog_at(const struct catalog *catalog, int index);
/* The logs, which are not counted above: "transition", what processes moved, and "verdict", what
 * criteria said of it. NULL behind the last. */
const struct kind *catalog_log(const struct catalog *catalog, int index);
/* By name or plural; NULL when there is none. */
const struct kind *catalog_kind(const struct catalog *catalog, const char *name);
/* As above; fails with ERROR_NOT_FOUND and a suggestion. */
bool catalog_find(const struct catalog *catalog, const char *name, const struct kind **out,
                  struct error *err);
/* The kind of that name whose records are groups of others: what "segment" of a client means. NULL
 * when there is none, or when the members have a field of that name. */
const struct kind *catalog_group(const struct catalog *catalog, const struct kind *members,
                                 const char *name);

/* Declares a custom kind without fields. Fails with ERROR_INVALID: name taken, not an identifier,
 * reserved word of SQL or Lua. */
bool catalog_add_kind(struct catalog *catalog, const struct kind *kind, struct error *err);
/* Adds a field to a kind. Fails with ERROR_INVALID: name taken or not an identifier, unknown
 * target, choices missing … Ref targets may be kinds added later: catalog_check(). */
bool catalog_add_field(struct catalog *catalog, const char *kind, const struct field *field,
                       struct error *err);
/* Says in which order the words of a text field stand: a process its stages. */
bool catalog_order_field(struct catalog *catalog, const char *kind, const char *field,
                         const char *const *stages, struct error *err);
/* How people call the words of an ordered field, one title for each in both languages. */
bool catalog_title_stages(struct catalog *catalog, const char *kind, const char *field,
                          const char *const *titles, const char *const *titles_ru,
                          struct error *err);
/* After the last declaration: every target exists, every rollup makes sense. */
bool catalog_check(const struct catalog *catalog, struct error *err);

const struct field *kind_field(const struct kind *kind, const char *name); /* NULL: none */
/* Fails with ERROR_NOT_FOUND: "client has no field 'emploees'; did you mean 'employees'?" */
bool kind_find_field(const struct kind *kind, const char *name, const struct field **out,
                     struct error *err);
/* Fails with ERROR_INVALID for the kind of the log, whose rows moves write. */
bool kind_check_written(const struct kind *kind, struct error *err);
const char *kind_title(const struct kind *kind); /* "ru" or anything else */
const char *field_title(const struct field *field);
/* That of a built-in kind is in the catalogue (base/translate.h). NULL when it has none. */
const char *field_help(const struct field *field);

#endif
