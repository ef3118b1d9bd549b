/* What the doctor finds, one line each. */
#ifndef COMMANDS_DOCTOR_H
#define COMMANDS_DOCTOR_H

#include "repl/session.h"

enum health { HEALTH_OK, HEALTH_WARNING, HEALTH_ERROR };

/* One finding: a row of call->result. advice: what to do, translated; NULL: nothing. The format is
 * translated too. */
bool doctor_say(struct call *call, enum health health, const char *check, const char *advice,
                struct error *err, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The same with the words of somebody else. */
bool doctor_tell(struct call *call, enum health health, const char *check, const char *advice,
                 const char *finding, struct error *err);

/* The surroundings: files and folders, disk, locks, terminal, settings, history. */
bool doctor_look_around(struct call *call, struct error *err);

#endif
