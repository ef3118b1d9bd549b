#include "repl/history.h"

#include <readline/history.h>
#include <readline/readline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "repl/folder.h"
#include "repl/history_file.h"

enum { HISTORY_ENTRIES = 10000 };

static uint64_t hash(const char *name) {
  uint64_t sum = UINT64_C(14695981039346656037);
  for (; *name; name++)
    sum = (sum ^ (unsigned char)*name) * UINT64_C(1099511628211);
  return sum;
}

static bool path_of(struct text *out, const char *database, const char *ending) {
  char *full = realpath(database, NULL);
  const char *name = full ? full : database;
  const char *slash = strrchr(name, '/');
  bool found = folder_append(out, FOLDER_STATE);
  if (found) {
    text_format(out, "/%s-%016llx%s", slash ? slash + 1 : name, (unsigned long long)hash(name),
                ending);
    folder_make_for(text_string(out));
  }
  free(full);
  return found && !out->failed;
}

bool history_path(struct text *out, const char *database) {
  return path_of(out, database, ".history");
}

bool history_told_path(struct text *out, const char *database) {
  return path_of(out, database, ".rules");
}

static void add(const char *entry, const char *at) {
  add_history(entry);
  if (at)
    add_history_time(at);
}

void history_load(const char *path) {
  clear_history();
  stifle_history(HISTORY_ENTRIES);
  if (*path)
    history_file_read(path, add);
}

static bool is_repeated(const char *line) {
  HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1) : NULL;
  return last && strcmp(last->line, line) == 0;
}

bool history_keep(const char *path, const char *line, struct error *err) {
  if (!*line || *line == ' ' || *line == '\t' || is_repeated(line))
    return true;
  add_history(line);
  return !*path || history_file_append(path, line, time(NULL), err);
}

const char *history_library_version(void) {
  return rl_library_version;
}
