/* The files of a workspace: found in a fixed order, read whole. Not for: what they say. */
#ifndef BIND_FILES_H
#define BIND_FILES_H

#include "bind/state.h"

/* workspace.lua, then modules, kinds, processes, stages and so on with their subfolders, each by
 * name. Fails with ERROR_CONFIG when there is no workspace.lua, or a file can't be
 * read. */
bool files_read_folder(struct state *state, const char *folder, struct error *err);
bool files_read_shipped(struct state *state, struct error *err);
/* Those of a rule set's text. */
bool files_read_source(struct state *state, const char *source, size_t length, struct error *err);
/* A single script. *text owned, terminated. */
bool files_read(const char *path, char **text, size_t *length, struct error *err);

#endif
