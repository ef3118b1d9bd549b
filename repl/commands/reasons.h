/* A verdict in words: what each criterion said, what it read, where it stands, what to do. */
#ifndef COMMANDS_REASONS_H
#define COMMANDS_REASONS_H

#include "engine/process.h"
#include "repl/session.h"

/* Appends lines for people. every: also what passed; else only what blocks or warns. */
void reasons_append(struct text *out, const struct verdict *verdict, const struct call *call,
                    bool every);
/* The sentence of a criterion in the reader's language, its id when it has none. */
const char *reasons_sentence(const struct criterion *criterion);
/* Appends one item without what to do: its mark, sentence and place, its detail, what it read. */
void reasons_append_item(struct text *out, const struct verdict_item *item,
                         const struct call *call);
/* Appends what stands against the records that the call saved, and forgets it; when it failed for
 * another reason nothing. Inside another unit it is not known yet. */
void reasons_append_judged(struct call *call, bool done, const struct error *err);
/* Makes the verdict the call's result, or adds to it: one row per criterion. */
bool reasons_result(struct call *call, const struct verdict *verdict, struct error *err);
/* Tells what was promoted since it was last told (engine/promote.h), once no unit is under way. */
void reasons_append_promoted(struct call *call, bool done);

#endif
