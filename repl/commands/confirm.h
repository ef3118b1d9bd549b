/* Asking before much is changed, by how much it is: the one way in which commands that change
 * records run. */
#ifndef COMMANDS_CONFIRM_H
#define COMMANDS_CONFIRM_H

#include "model/history.h"
#include "repl/session.h"

/* From how many records on a command asks: the table in confirm.c. */
enum confirm_sort {
  CONFIRM_CHANGE,
  CONFIRM_MOVE,
  CONFIRM_MERGE,
  CONFIRM_PROMOTE,
  CONFIRM_SCRIPT, /* a command of the workspace */
  CONFIRM_NEVER,  /* one that changes much by its nature, and says so */
  CONFIRM_LINE,   /* a line of Lua */
  CONFIRM_UNDO,
};

struct confirm {
  enum confirm_sort sort;
  /* Does it all, and fills the call's answer. Run again after a question, so what it found out the
   * first time does not count. */
  bool (*work)(struct call *call, void *payload, struct error *err);
  /* Appends what to ask, whatever its lines; nothing: nothing special. NULL: how much changes is
   * asked. */
  void (*question)(const struct call *call, void *payload, struct text *out);
  const struct text *intro; /* lines before the question, as the work left them; or NULL */
  void *payload;
};

/* Runs the work as one unit and keeps it. What changes much is taken back first, told and asked
 * for, and then done again: nobody waits for an answer while the book is locked. When it would no
 * longer do what was told, it is asked again. --yes asks nothing; --dry-run keeps nothing and tells
 * what would change. Inside another unit nothing is asked: that unit is. Fails with ERROR_CONFIRM
 * when the answer is no or nobody is there to answer, and as the work does; nothing is changed
 * then. */
bool confirm_run(struct call *call, const struct confirm *confirm, struct error *err);

/* All that changes from here on is one unit: a line of Lua. */
void confirm_begin_line(struct session *session, const char *line);
/* A move was refused. That stays in the history although the line under way is taken back for it.
 * Takes over what the refusal owns. */
void confirm_note_refusal(struct session *session, struct transition *refusal);
/* Ends the line: keeps it when it is done, asking first as confirm_run() does but without running
 * it twice; takes it back when it failed or --dry-run is set, which tells what would change.
 * Returns done; fails as confirm_run() does. */
bool confirm_line(struct call *call, bool done, struct error *err);
/* Asks what is not about records, with lines that diff shows; passes with --yes. Fails as
 * call_confirm() does. */
bool confirm_ask(struct call *call, const struct text *question, const struct text *differences,
                 struct error *err);

#endif
