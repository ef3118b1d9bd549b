/* What a word may become, by subject: each function adds those of its names that start with the
 * word. Not for: which of them fit at a place of the line (complete.c). */
#ifndef REPL_OFFER_H
#define REPL_OFFER_H

#include "repl/line.h"
#include "repl/session.h"

struct offers {
  struct session *session;
  const char *word;                /* what the candidates replace; "": all are offered */
  const char *mark;                /* "?" or ":" that every candidate begins with; NULL: none */
  char quote;                      /* that the word stands in; 0: none */
  struct list names, descriptions; /* of char *, owned */
  bool open_ended;                 /* no blank is to follow */
  bool files;                      /* names of files fit too */
  bool records, more;              /* as struct line_candidates has them */
  bool vocabulary;                 /* only words of the language: no records, no names of Lua */
  bool failed;                     /* out of memory */
};

/* Takes the name as it is, and only if it starts with the word. description may be NULL. */
void offer_push(struct offers *offers, const char *name, const char *description);
void offer_name(struct offers *offers, const char *name, const char *description);
/* The candidates become the caller's, and the offers are empty. False when there is no memory. */
bool offer_hand_over(struct offers *offers, struct line_candidates *out);

/* NULL without an open book. */
const struct catalog *offer_catalog(const struct offers *offers);

void offer_words(struct offers *offers, const char *const *words);
void offer_verbs(struct offers *offers);
/* The second words of a family. */
void offer_topics(struct offers *offers, const struct command *family);
/* Kept rule sets by hash, with when and why they came into force; and the words for others. */
void offer_rule_sets(struct offers *offers);
/* The ids of what the rules declare. */
void offer_declarations(struct offers *offers);
void offer_kinds(struct offers *offers);
void offer_settings(struct offers *offers); /* "format=" */
void offer_options(struct offers *offers, const struct option_entry *entry);
void offer_formats(struct offers *offers);
void offer_reports(struct offers *offers);
void offer_scorecards(struct offers *offers);
void offer_processes(struct offers *offers);
/* Words for dates, each with the day that it means now. */
void offer_days(struct offers *offers);

/* ending: "=" for assignments and conditions, "" for columns. */
void offer_field(struct offers *offers, const struct field *field, const char *ending);
void offer_fields(struct offers *offers, const struct kind *kind, const char *ending);
/* "segment=": the groups that records of the kind may be asked for by. */
void offer_groups(struct offers *offers, const struct kind *kind);
void offer_result_columns(struct offers *offers); /* of the last answer */
/* What `set` and `new` can give: not what is computed, nor what a process moves. */
void offer_assignments(struct offers *offers, const struct kind *kind);
/* What may stand behind field=; kind may be NULL. */
void offer_values(struct offers *offers, const struct kind *kind, const struct field *field);

/* Those of all processes of the kind, or of those that keep their stage in the field. */
void offer_stages(struct offers *offers, const struct kind *kind, const struct field *field);
/* Where the record that the word names can go; of the kind, when it names none. */
void offer_stages_for(struct offers *offers, const char *record, const struct kind *kind);

/* By the start of their names; of one kind or of any, or of all that a parameter leads to. */
void offer_records(struct offers *offers, const struct kind *kind);
void offer_records_of_several(struct offers *offers, const struct field *param);
/* #42 with its name: only a whole number that is a record. */
void offer_id(struct offers *offers);

#endif
