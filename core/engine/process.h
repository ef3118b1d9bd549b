/* The stage machine: processes, stages, criteria, and the only function that changes a stage. */
#ifndef ENGINE_PROCESS_H
#define ENGINE_PROCESS_H

#include "engine/engine.h"
#include "engine/verdict.h"
#include "model/history.h"
#include "model/record.h"

enum level { LEVEL_MUST, LEVEL_SHOULD };

struct criterion {
  char *id;             /* stable: its key in history and coverage */
  char *text, *text_ru; /* the sentence shown; text_ru may be NULL */
  enum level level;
  char *fix, *fix_ru; /* hint with {placeholders}; may be NULL */
  bool has_since;     /* records that exist since before are exempt */
  date since;
  struct place place;
  struct seen seen; /* passed, failed */
  /* Fills item->outcome, detail, fix and reads. Returns false only for what stops the whole move
   * (out of memory, interrupted, time limit): a failing or broken check is not a failure here. */
  bool (*check)(struct criterion *criterion, struct engine *engine, struct record *record,
                struct verdict_item *item, struct error *err);
  void *payload; /* the binding's */
};

enum stage_end { STAGE_OPEN, STAGE_WON, STAGE_LOST, STAGE_CLOSED };

/* An action inside the move's transaction; failing undoes the whole move. */
typedef bool (*stage_action_fn)(struct engine *engine, struct record *record, void *payload,
                                struct error *err);

struct stage {
  char *name, *title, *title_ru, *purpose, *purpose_ru; /* all but the name may be NULL */
  enum stage_end end;
  bool has_probability;
  double probability;                 /* 0–1 */
  int rot_days;                       /* 0: none */
  bool automatic;                     /* entered as soon as its criteria pass */
  struct list enter, leave;           /* of struct criterion * , in the order written */
  stage_action_fn on_enter, on_leave; /* may be NULL */
  void *enter_payload, *leave_payload;
  struct place place;
  struct seen seen; /* entered by a move, or begun in */
};

/* One of the values must stand in the field. */
struct process_condition {
  const struct field *field;
  struct list values; /* of struct value, owned; a NULL one is "unset" */
};

enum back_rule { BACK_NEVER, BACK_WITH_REASON, BACK_FREE };

struct process {
  char *name, *title, *title_ru;
  const struct kind *kind;
  const struct field *field; /* FIELD_ENGINE, holds the stage's name; NULL value: not begun */
  struct list where;         /* of struct process_condition: the records it is for; empty: all */
  struct list stages;        /* of struct stage *: open ones in order, then the ends */
  bool skip;                 /* may stages be jumped over going forward */
  enum back_rule back;
  struct place place;
};

/* Fills defaults; the caller adds stages. Owned by the rules it is added to. */
struct process *process_new(const char *name, struct error *err);
void process_free(struct process *process);
struct process_condition *process_add_condition(struct process *process, const struct field *field,
                                                struct error *err);
struct stage *process_add_stage(struct process *process, const char *name, struct error *err);
struct criterion *stage_add_criterion(struct list *criteria, struct error *err);
/* Frees a list of struct criterion * and what is in it. */
void criteria_free(struct list *criteria);
struct stage *process_stage(const struct process *process, const char *name); /* NULL: none */
/* Lets conditions on the fields that processes move understand the titles of stages. */
bool process_title_stages(const struct rules *rules, struct catalog *catalog, struct error *err);
/* The same for what a person typed: a title in any language will do, without regard to case, if
 * only one stage has it. */
struct stage *process_stage_called(const struct process *process, const char *word);
int process_stage_index(const struct process *process, const char *name); /* -1: none */
/* Fails with ERROR_NOT_FOUND and a suggestion. */
bool process_find_stage(const struct process *process, const char *name, struct stage **out,
                        struct error *err);
const char *stage_title(const struct stage *stage);
/* The next open stage after this one, or the won end after the last; NULL at an end. */
struct stage *process_next(const struct process *process, const char *from);

/* ---- which records a process is for (engine/coverage.c) ---- */

/* Whether a record of its kind with these values, by field position, is one of those. */
bool process_covers(const struct process *process, const struct value *values);
/* Appends "type = mailing"; nothing when it is for all. */
void process_append_where(struct text *out, const struct process *process);
/* Fails with ERROR_NOT_FOUND, saying which processes there are and for what. Returns false. */
bool process_refuse_none(const struct engine *engine, const struct record *record,
                         struct error *err);
/* After a save: a record that another process is for now leaves its former one (outcome "left") and
 * begins the other; one that none is for any more stands nowhere. Inside the caller's unit. */
bool process_follow(struct engine *engine, struct record *record, struct error *err);
/* The process whose transition made that change of a record of the kind, or the first that keeps
 * its stage in that field when it has another name now; NULL: none does. */
struct change;
bool process_of_change(struct engine *engine, const struct change *change, const struct kind *kind,
                       const struct process **out, struct error *err);

struct move_options {
  const char *reason;  /* needed for going back, losing, forcing; or NULL */
  bool force;          /* past failing criteria; needs a reason; structure is still obeyed */
  const char *command; /* for the history; borrowed */
  bool automatic;      /* made by the engine itself: outcome "promoted" (engine/promote.h) */
};

/* Moves the record and fills the verdict (initialised by the caller, who releases it). One unit:
 * all criteria evaluated once → field and transition written → on_leave, on_enter → events →
 * commit. A refused attempt writes its own transition (outcome "refused") and nothing else, and
 * fails with ERROR_REFUSED; the record in memory is reloaded or unchanged. ERROR_SCRIPT when an
 * action failed: everything is undone. */
bool process_move(struct engine *engine, struct record *record, const char *to,
                  const struct move_options *options, struct verdict *verdict, struct error *err);
/* What the history keeps of a move that was refused; *out owns its texts. */
bool process_refusal(struct transition *out, const struct record *record,
                     const struct process *process, const struct verdict *verdict,
                     const char *reason, struct error *err);
/* Logs a refusal once more that went with the unit it happened in: what was set together with the
 * move is taken back, that it was tried is not. A unit of its own. Fails with ERROR_NOT_FOUND when
 * the record went with it, too. */
bool process_keep_refusal(struct engine *engine, const struct transition *refusal,
                          const char *command, struct error *err);
/* The verdict of that move without trying or writing anything. */
bool process_judge(struct engine *engine, struct record *record, const char *to,
                   struct verdict *verdict, struct error *err);
/* Puts a new record at the first stage of every process that is for it and logs it as reached.
 * Called by engine_create(). */
bool process_begin(struct engine *engine, struct record *record, struct error *err);

/* History brought from elsewhere: the stages in order with when each was entered (0: not known,
 * then the instant of the one before, or `since`). Criteria are not asked (nobody knows what was
 * known then); stages must exist and be in an order the process has, ends last. Outcome "imported".
 */
struct stage_entry {
  const char *stage;
  instant at;
};
bool process_import(struct engine *engine, struct record *record, const struct process *process,
                    const struct stage_entry *entries, size_t count, struct error *err);
/* The same for rows that are inserted in bulk, in two steps. First the stage that the record will
 * stand at is put into its values (by field position); no entries: the first stage. Fails as above.
 */
bool process_import_values(const struct process *process, const struct stage_entry *entries,
                           size_t count, struct value *values, struct error *err);
/* Then, after the insert, its story is logged: transitions, and dated changes of the field. */
struct stage_story {
  const struct stage_entry *entries; /* borrowed */
  size_t count;
  instant since; /* of the record */
};
bool process_import_log(struct engine *engine, int64_t record, const struct process *process,
                        const struct stage_story *story, struct error *err);
/* Undo's door: puts the field back and logs it with outcome "undone". */
bool process_revert(struct engine *engine, struct record *record, const struct process *process,
                    const char *stage, struct error *err);

/* Creates: saves the record, begins its processes, raises "<kind>.created", in one unit. */
bool engine_create(struct engine *engine, struct record *record, const char *command,
                   struct error *err);
/* Saves changes, raises "<kind>.changed" events, in one unit. */
bool engine_save(struct engine *engine, struct record *record, const char *command,
                 struct error *err);
bool engine_delete(struct engine *engine, struct record *record, const char *command,
                   struct error *err);

#endif
