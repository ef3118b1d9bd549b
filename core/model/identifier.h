/* Which words may name a kind or a field: they become tables, columns and words of scripts. */
#ifndef MODEL_IDENTIFIER_H
#define MODEL_IDENTIFIER_H

#include "base/error.h"

/* Small letters, digits and underscores, a letter first, at most 48 bytes, no word of SQL or Lua.
 * `what`: "kind" or "field". Fails with ERROR_INVALID. */
bool identifier_check(const char *name, const char *what, struct error *err);
/* Whether the store has a table of its own with this name. */
bool identifier_is_table(const char *name);

#endif
