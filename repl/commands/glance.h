/* What commands would answer or change, in a few words, for the hint while they are typed: how many
 * records, whom, which move and what is missing for it. Reads only. */
#ifndef COMMANDS_GLANCE_H
#define COMMANDS_GLANCE_H

#include "repl/session.h"

/* list, find, set --where, delete --where: "37 deals worth 1.2M USD". */
bool glance_list(struct call *call, struct text *out, struct error *err);
bool glance_find(struct call *call, struct text *out, struct error *err);
bool glance_set(struct call *call, struct text *out, struct error *err);
bool glance_delete(struct call *call, struct text *out, struct error *err);
/* Whatever begins with a record: "deal #42 Scanners". */
bool glance_subject(struct call *call, struct text *out, struct error *err);

#endif
