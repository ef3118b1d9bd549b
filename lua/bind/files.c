#include "bind/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/embedded.h"
#include "base/memory.h"
#include "model/ruleset.h"

extern const struct embedded_file shipped_files[];

enum { FILE_MAX = 4 * 1024 * 1024, DEPTH_MAX = 8, FILES_MAX = 10000 };

static const char *const folders[] = {"modules",    "kinds",   "processes", "stages",    "criteria",
                                      "scorecards", "reports", "commands",  "schedules", "tests"};
enum { FOLDER_COUNT = sizeof folders / sizeof folders[0] };

static bool read_all(FILE *file, const char *path, char **text, size_t *length, struct error *err) {
  struct text content = {0};
  char block[65536];
  size_t got;
  while ((got = fread(block, 1, sizeof block, file)) > 0 && content.length <= FILE_MAX)
    text_append_bytes(&content, block, got);
  bool done = true;
  if (ferror(file))
    done = error_set(err, ERROR_CONFIG, "'%s' can't be read: %s", path, error_system_text(errno));
  else if (content.length > FILE_MAX)
    done = error_set(err, ERROR_CONFIG, "'%s' is longer than %d bytes", path, FILE_MAX);
  *length = content.length;
  *text = done ? text_take(&content, err) : NULL;
  text_release(&content);
  return *text != NULL;
}

bool files_read(const char *path, char **text, size_t *length, struct error *err) {
  struct stat status;
  FILE *file = fopen(path, "rbe");
  if (!file)
    return error_set(err, ERROR_CONFIG, "'%s' can't be opened: %s", path, error_system_text(errno));
  bool done = fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode);
  if (!done)
    error_set(err, ERROR_CONFIG, "'%s' is no ordinary file", path);
  else
    done = read_all(file, path, text, length, err);
  fclose(file);
  return done;
}

/* Takes the text over, also on failure. */
static bool add_file(struct state *state, const char *name, char *text, size_t length,
                     struct error *err) {
  struct source_file *file = NULL;
  if (state->files.count == FILES_MAX)
    error_set(err, ERROR_CONFIG, "a workspace has at most %d files", FILES_MAX);
  else
    file = list_add(&state->files, err);
  if (!file) {
    memory_free(text);
    return false;
  }
  file->text = text;
  file->length = length;
  file->name = memory_copy_text(name);
  return file->name || error_memory(err);
}

static bool read_named(struct state *state, const char *folder, const char *name,
                       struct error *err) {
  struct text path = {0};
  char *text;
  size_t length;
  text_format(&path, "%s/%s", folder, name);
  bool done = text_check(&path, err) && files_read(text_string(&path), &text, &length, err) &&
              add_file(state, name, text, length, err);
  text_release(&path);
  return done;
}

static bool is_script(const char *name) {
  size_t length = strlen(name);
  return name[0] != '.' && length > 4 && strcmp(name + length - 4, ".lua") == 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void release_names(struct list *names) {
  for (size_t i = 0; i < names->count; i++)
    memory_free(*(char **)list_at(names, i));
  list_release(names);
}

/* The entries of a folder without the hidden ones, sorted. A folder that is not there has none. */
static bool list_names(const char *path, struct list *names, struct error *err) {
  struct dirent *entry;
  DIR *folder = opendir(path);
  if (!folder)
    return errno == ENOENT ||
           error_set(err, ERROR_CONFIG, "'%s' can't be read: %s", path, error_system_text(errno));
  bool done = true;
  while (done && (entry = readdir(folder))) {
    if (entry->d_name[0] == '.')
      continue;
    char **slot = list_add(names, err);
    if (slot)
      *slot = memory_copy_text(entry->d_name);
    done = slot && (*slot || error_memory(err));
  }
  closedir(folder);
  if (done && names->count > 1)
    qsort(names->items, names->count, sizeof(char *), by_name);
  return done;
}

static bool read_below(struct state *state, const char *root, const char *below, int depth,
                       struct error *err);

static bool read_entry(struct state *state, const char *root, const char *name, int depth,
                       struct error *err) {
  struct stat status;
  struct text path = {0};
  text_format(&path, "%s/%s", root, name);
  bool known = text_check(&path, err);
  bool is_folder = known && stat(text_string(&path), &status) == 0 && S_ISDIR(status.st_mode);
  text_release(&path);
  if (!known)
    return false;
  if (is_folder)
    return read_below(state, root, name, depth + 1, err);
  const char *base = strrchr(name, '/');
  return !is_script(base ? base + 1 : name) || read_named(state, root, name, err);
}

static bool read_below(struct state *state, const char *root, const char *below, int depth,
                       struct error *err) {
  struct list names = {.size = sizeof(char *)};
  struct text path = {0};
  if (depth > DEPTH_MAX)
    return error_set(err, ERROR_CONFIG, "'%s' is nested too deeply", below);
  text_format(&path, "%s/%s", root, below);
  bool done = text_check(&path, err) && list_names(text_string(&path), &names, err);
  for (size_t i = 0; done && i < names.count; i++) {
    text_clear(&path);
    text_format(&path, "%s/%s", below, *(char **)list_at(&names, i));
    done = text_check(&path, err) && read_entry(state, root, text_string(&path), depth, err);
  }
  text_release(&path);
  release_names(&names);
  return done;
}

bool files_read_folder(struct state *state, const char *folder, struct error *err) {
  struct text path = {0};
  struct stat status;
  text_format(&path, "%s/workspace.lua", folder);
  bool known = text_check(&path, err);
  bool there = known && stat(text_string(&path), &status) == 0;
  text_release(&path);
  if (!known)
    return false;
  if (!there)
    return error_set(err, ERROR_CONFIG, "there is no workspace.lua in '%s'; make one with: init",
                     folder);
  bool done = read_named(state, folder, "workspace.lua", err);
  for (size_t i = 0; done && i < FOLDER_COUNT; i++)
    done = read_below(state, folder, folders[i], 0, err);
  return done;
}

static bool add_shipped(struct state *state, const struct embedded_file *file, struct error *err) {
  char *copy = memory_new(file->length + 1);
  if (!copy)
    return error_memory(err);
  memcpy(copy, file->text, file->length);
  return add_file(state, file->name, copy, file->length, err);
}

static bool add_part(struct state *state, const struct ruleset_file *part, struct error *err) {
  struct text name = {0};
  char *copy = memory_new(part->length + 1);
  if (!copy)
    return error_memory(err);
  memcpy(copy, part->text, part->length);
  text_append_bytes(&name, part->name, part->name_length);
  bool done = text_check(&name, err);
  if (done)
    done = add_file(state, text_string(&name), copy, part->length, err);
  else
    memory_free(copy);
  text_release(&name);
  return done;
}

bool files_read_source(struct state *state, const char *source, size_t length, struct error *err) {
  struct ruleset_file part = {0};
  while (ruleset_next(&part, source, length))
    if (!add_part(state, &part, err))
      return false;
  return state->files.count > 0 ||
         error_set(err, ERROR_CONFIG, "the text of the rule set holds no files");
}

/* The table stands in the order of loading within each folder: sorted when it is written. */
bool files_read_shipped(struct state *state, struct error *err) {
  for (size_t i = 0; i <= FOLDER_COUNT; i++) {
    const char *prefix = i == 0 ? "workspace.lua" : folders[i - 1];
    size_t length = strlen(prefix);
    for (const struct embedded_file *file = shipped_files; file->name; file++)
      if (strncmp(file->name, prefix, length) == 0 &&
          (file->name[length] == '/' || file->name[length] == '\0') && is_script(file->name) &&
          !add_shipped(state, file, err))
        return false;
  }
  return true;
}
