/* Documents out of the prelude's tables. */
#ifndef BIND_DOCUMENT_H
#define BIND_DOCUMENT_H

#include "bind/state.h"

/* Makes the document of the table at the index the result's:
 *   {{type = "paragraph", text = …}, {type = "bullets", items = {…}},
 *    {type = "table", title = …, columns, rows, ids}, …}, under the title unless it is NULL.
 * Raises.
 */
void bind_fill_document(lua_State *L, int index, const char *title, struct result *result);

#endif
