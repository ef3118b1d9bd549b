#include "repl/folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"

static const struct {
  const char *variable, *at_home;
} folders[] = {
    [FOLDER_STATE] = {"XDG_STATE_HOME",  ".local/state"},
    [FOLDER_CONFIG] = {"XDG_CONFIG_HOME", ".config"     },
};

bool folder_append(struct text *out, enum folder folder) {
  const char *named = getenv(folders[folder].variable), *home = getenv("HOME");
  if (named && *named == '/')
    text_append(out, named);
  else if (home && *home == '/')
    text_format(out, "%s/%s", home, folders[folder].at_home);
  else
    return false;
  text_append(out, "/dealwright");
  return !out->failed;
}

bool folder_is_at_home(const char *path) {
  return strncmp(path, "~/", 2) == 0;
}

bool folder_expand(char **path, struct error *err) {
  const char *home = getenv("HOME");
  struct text whole = {0};
  if (!folder_is_at_home(*path))
    return true;
  if (!home || *home != '/')
    return error_set(err, ERROR_CONFIG, "there is no home for '%s'; HOME is not set", *path);
  text_format(&whole, "%s%s", home, *path + 1);
  char *owned = text_take(&whole, err);
  if (!owned)
    return false;
  memory_free(*path);
  *path = owned;
  return true;
}

void folder_make_for(const char *path) {
  char *copy = memory_copy_text(path);
  for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(copy, 0700);
    *slash = '/';
  }
  memory_free(copy);
}
