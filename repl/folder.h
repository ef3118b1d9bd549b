/* The folders of the user that the XDG standard names. Not for: workspaces and databases. */
#ifndef REPL_FOLDER_H
#define REPL_FOLDER_H

#include "base/text.h"

enum folder { FOLDER_STATE, FOLDER_CONFIG };

/* Appends "/home/anna/.config/dealwright"; false without a home, and then nothing is appended. */
bool folder_append(struct text *out, enum folder folder);
/* "~/deals.csv": below the home of the user. */
bool folder_is_at_home(const char *path);
/* Such a path becomes a whole one, any other stays. Owned as before. Fails with ERROR_CONFIG
 * without a home. */
bool folder_expand(char **path, struct error *err);
/* Makes the folder of the file and those above it, for the user alone. What can't be made shows
 * when the file is written. */
void folder_make_for(const char *path);

#endif
