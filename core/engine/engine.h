/* The engine of one workspace: an open book with the processes, scorecards, reports and actions
 * that its scripts declared. What commands and bindings work on. Not for: what the rules say
 * (scripts), how anything looks (repl). */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/list.h"
#include "model/book.h"

struct engine;
struct event;
struct process;
struct record;
struct scorecard;
struct report;
struct verb;

/* A set of rules: built by one loading of a workspace, swapped in whole. Owns what it lists. */
struct rules {
  struct list processes;   /* of struct process * */
  struct list scorecards;  /* of struct scorecard * */
  struct list reports;     /* of struct report * */
  struct list verbs;       /* of struct verb *: the workspace's own commands */
  struct list schedules;   /* of struct schedule * */
  struct list actions;     /* of struct action (engine/automation.h) */
  struct list acceptances; /* of struct acceptance (engine/accept.h) */
  struct list identities;  /* of struct identity (engine/identity.h) */
  const char *language;    /* which the workspace speaks where nobody says another; NULL: none */
  struct list fields;      /* of struct field_declaration */
};

/* Computes a field that a script defines (FIELD_FORMULA) for a record; *out is owned by the caller.
 */
typedef bool (*formula_fn)(struct engine *engine, struct record *record, const struct field *field,
                           struct value *out, void *payload, struct error *err);

struct engine {
  struct book *book;         /* owned */
  struct rules *rules;       /* owned; never NULL, empty before a workspace is loaded */
  int action_depth;          /* of actions that caused actions */
  const struct event *event; /* whose actions run now, the innermost; NULL: none */
  uint64_t hearing;          /* counts verdicts begun: while it stays, criteria see the same book */
  struct list touched;       /* of int64_t: records saved by the unit under way (accept.h) */
  struct list direct; /* of int64_t: records that the unit changes without an action (effect.h) */
  struct list judged; /* of struct accepted: what was said of them at its end */
  struct list promotions;     /* of struct promotion: made and not told yet (promote.h) */
  size_t promotions_standing; /* of them, from units that are over */
  bool takes_back;            /* an undo is under way: it promotes nothing */
  formula_fn formula;         /* set by whoever declares formulas; NULL: there are none */
  void *formula_payload;
};

/* Takes the book over. */
bool engine_open(struct engine **out, struct book *book, struct error *err);
void engine_close(struct engine *engine);

/* What is done at the end of the outermost unit: what became ready is promoted, what was saved is
 * judged. For a dry run, which has no such end. Fails as accept_noted() does. */
bool engine_settle(struct engine *engine, struct error *err);

struct rules *rules_new(struct error *err);
void rules_free(struct rules *rules);
/* Frees the rules in force and takes the new ones over. */
void engine_use_rules(struct engine *engine, struct rules *rules);

/* Asks whoever declared formulas; fails with ERROR_CONFIG when nobody did, and as the script does.
 * *out is owned by the caller. */
bool engine_formula(struct engine *engine, struct record *record, const struct field *field,
                    struct value *out, struct error *err);

/* NULL when there is none. */
struct process *engine_process(const struct engine *engine, const char *name);
/* The first process of the record's kind that is for this record: engine/process.h, process_covers.
 */
struct process *engine_process_of(const struct engine *engine, const struct record *record);
/* The same for values that are no record yet, by field position. */
struct process *engine_process_for(const struct engine *engine, const struct kind *kind,
                                   const struct value *values);
struct scorecard *engine_scorecard(const struct engine *engine, const char *name);
/* Fail with ERROR_NOT_FOUND and a suggestion. */
bool engine_find_scorecard(const struct engine *engine, const char *name, struct scorecard **out,
                           struct error *err);
bool engine_find_process(const struct engine *engine, const char *name, struct process **out,
                         struct error *err);
bool engine_find_report(const struct engine *engine, const char *name, struct report **out,
                        struct error *err);

/* How often something declared had its say since the rules were loaded: a criterion that passed and
 * failed, a scoring rule that gave points and none, a stage that was entered, an action,
 * a report or a command that ran.
 * What is broken or exempt counts for neither. */
struct seen {
  int64_t yes, no;
};

/* Where a declaration stands in a script, for every message about it. */
struct place {
  char *file; /* owned by the declaration; relative to the workspace */
  int line;
};
/* Where a field that scripts declare stands: kinds are rebuilt by every loading, places are for
 * people. */
struct field_declaration {
  char *name; /* owned: "client.employees" */
  struct place place;
};

/* Puts "file:line: " before the message, unless it begins with that file already. Returns false. */
bool place_prefix(const struct place *place, struct error *err);
void place_release(struct place *place);

#endif
