/* Which stage a verb leads to. Not for: whether the record may go there (engine/process.h). */
#ifndef COMMANDS_TARGET_H
#define COMMANDS_TARGET_H

#include "engine/process.h"

/* The stage that the record stands at, NULL when it has not begun. Borrowed. */
const char *target_stage_of(const struct record *record, const struct process *process);

/* Each from the stage that the record is in; *to is borrowed from the process. Fails with
 * ERROR_REFUSED where nothing comes next or before, with ERROR_USAGE when there is no such end. */
typedef bool (*target_fn)(const struct process *process, const char *from, const char **to,
                          struct error *err);
bool target_next(const struct process *process, const char *from, const char **to,
                 struct error *err);
bool target_before(const struct process *process, const char *from, const char **to,
                   struct error *err);
bool target_won(const struct process *process, const char *from, const char **to,
                struct error *err);
bool target_lost(const struct process *process, const char *from, const char **to,
                 struct error *err);

#endif
