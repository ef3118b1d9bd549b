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

/* The records at the front of the line; *ids (of int64_t) is the caller's. */
bool glance_ids(struct call *call, struct list *ids, struct error *err);
/* One by its name, several by their number. */
bool glance_append_ids(struct call *call, const struct list *ids, struct text *out,
                       struct error *err);
bool glance_append_name(struct call *call, int64_t id, struct text *out, struct error *err);

#endif
