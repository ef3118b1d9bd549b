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

void folder_make_for(const char *path) {
  char *copy = memory_copy_text(path);
  for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(copy, 0700);
    *slash = '/';
  }
  memory_free(copy);
}
