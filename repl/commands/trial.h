/* A rule set opened beside the session's, to be looked at or tried: for reading, on the same
 * database. */
#ifndef REPL_COMMANDS_TRIAL_H
#define REPL_COMMANDS_TRIAL_H

#include "engine/lab/comparison.h"
#include "model/activation.h"
#include "repl/session.h"

struct trial {
  struct session session;
  const struct session *beside; /* borrowed: the call's */
  char title[64];               /* "3fa9c2d1 (2026-05-01)", "files" */
};

/* Rules called as by --rules: 'files', a folder, a hash, 'active'. Opens them and sets the moment
 * of the call; the caller closes it. All faults of the scripts are appended to call->complaint. On
 * failure nothing is open. */
bool trial_open(struct trial *trial, struct call *call, const char *rules, struct error *err);
/* The same on an empty book in memory, which needs no database, unless the rules are kept in one.
 */
bool trial_open_empty(struct trial *trial, struct call *call, const char *rules, struct error *err);
/* For putting them into force: writing is allowed. */
bool trial_open_for_writing(struct trial *trial, struct call *call, const char *rules,
                            struct error *err);
/* The rules of an open trial on a private copy of its book. */
bool trial_open_copy(struct trial *trial, struct call *call, const struct trial *of,
                     struct error *err);
void trial_close(struct trial *trial);

/* Which rules are in force in the call's database; none where there is no database yet. */
bool trial_in_force(struct activation *in_force, struct call *call, struct error *err);

/* Whether the examples of its commands can be read; those that can't are appended, one a line. */
bool trial_check_examples(const struct trial *trial, struct text *faults, struct error *err);

/* Its declarations and fields as the lab compares them; released by the caller on success. */
bool trial_read(struct trial *trial, struct lab_rules *out, struct error *err);

/* The two rule sets that a command is about: what counts now, and what is tried. */
struct trial_pair {
  struct trial before, after;
};
/* `before` NULL: those of --rules, else those in force; in a book where none were put into force
 * those that the last unit of work was done under. `after` NULL: the files. Fails as trial_open()
 * does, and with ERROR_NOT_FOUND when nothing was done yet. */
bool trial_open_pair(struct trial_pair *pair, struct call *call, const char *before,
                     const char *after, struct error *err);
void trial_close_pair(struct trial_pair *pair);
/* Begins the call's result, titled "3fa9c2d1 → files (62de35df)". */
bool trial_title_pair(const struct trial_pair *pair, struct call *call, const char *name,
                      struct error *err);
bool trial_read_pair(struct trial_pair *pair, struct lab_rules *before, struct lab_rules *after,
                     struct error *err);

#endif
