/* Fix hints: "set {deal} budget=…" becomes "set #42 budget=…". */
#ifndef ENGINE_HINT_H
#define ENGINE_HINT_H

#include "engine/engine.h"
#include "model/record.h"

/* Appends the hint with its {paths} filled in: the record itself and references as #id, other
 * fields as text, unset ones as "?". Braces that hold no path from the record's kind stay as they
 * are. */
bool hint_expand(struct text *out, struct engine *engine, struct record *record, const char *hint,
                 struct error *err);

/* Hints list lines that are typed one after the other. Appends the next one, cleared before, and
 * goes on behind it; false at the end. */
bool hint_next_line(const char **at, struct text *line);

#endif
