/* What people read for values that are stored as names: the title of a choice, of a stage, in the
 * language in use. In English a choice without titles and a stage are shown as they are typed. Not
 * for: titles of fields and kinds (model/kind.h). */
#ifndef ENGINE_TITLE_H
#define ENGINE_TITLE_H

#include "engine/result.h"

/* The word itself when it has no other title. Borrowed until the rules or the book go. */
const char *title_of_value(const struct engine *engine, const struct field *field,
                           const char *word);
/* The same by the names of the process and its stage, which may be gone or NULL. */
const char *title_of_stage(const struct engine *engine, const char *process, const char *stage);

/* Names the values of the column, as those of the field. */
bool title_column(struct result_column *column, const struct engine *engine,
                  const struct field *field, struct error *err);

#endif
