#include "repl/history.h"

#include <errno.h>
#include <fcntl.h>
#include <readline/history.h>
#include <readline/readline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/translate.h"
#include "repl/folder.h"

enum { HISTORY_ENTRIES = 10000, HISTORY_BYTES = 8 << 20 };

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

/* The entries' times let readline find the borders between entries of several lines. */
void history_load(const char *path) {
  struct stat info;
  history_comment_char = '#';
  history_write_timestamps = 1;
  clear_history();
  stifle_history(HISTORY_ENTRIES);
  if (!*path || stat(path, &info) != 0)
    return;
  if (info.st_size > HISTORY_BYTES)
    history_truncate_file(path, HISTORY_ENTRIES / 2);
  read_history(path);
}

static bool is_repeated(const char *line) {
  HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1) : NULL;
  return last && strcmp(last->line, line) == 0;
}

/* One write to a file opened for appending: two sessions can't mix their entries. */
static void append(const char *path, const char *line, time_t now) {
  struct text entry = {0};
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  text_format(&entry, "#%lld\n%s\n", (long long)now, line);
  ssize_t written = 0;
  if (file >= 0 && !entry.failed)
    written = write(file, entry.data, entry.length);
  if (written < 0)
    fprintf(stderr, translate("dealwright: history: %s\n"), error_system_text(errno));
  if (file >= 0)
    close(file);
  text_release(&entry);
}

void history_keep(const char *path, const char *line) {
  char stamp[32];
  time_t now = time(NULL);
  if (!*line || *line == ' ' || *line == '\t' || is_repeated(line))
    return;
  snprintf(stamp, sizeof stamp, "#%lld", (long long)now);
  add_history(line);
  add_history_time(stamp);
  if (*path)
    append(path, line, now);
}

const char *history_library_version(void) {
  return rl_library_version;
}
