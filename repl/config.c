#include "repl/config.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "repl/folder.h"

enum { LARGEST = 64 * 1024 };

static bool find_path(struct config *config, struct error *err) {
  const char *named = getenv("DEALWRIGHT_CONFIG");
  struct text path = {0};
  if (named && *named)
    text_append(&path, named);
  else if (folder_append(&path, FOLDER_CONFIG))
    text_append(&path, "/config");
  else
    return text_check(&path, err);
  config->path = text_take(&path, err);
  return config->path != NULL;
}

static bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\r';
}

/* A piece of the file, without the blanks around it. */
struct piece {
  const char *start;
  size_t length;
};

static struct piece trim(const char *start, const char *end) {
  while (start < end && is_blank(*start))
    start++;
  while (end > start && is_blank(end[-1]))
    end--;
  return (struct piece){start, (size_t)(end - start)};
}

/* A remark may stand behind a value too, after a blank; quotes hold blanks and signs together. */
static struct piece value_of(struct piece rest) {
  const char *end = rest.start + rest.length;
  if (rest.length >= 2 && *rest.start == '"') {
    const char *quote = memchr(rest.start + 1, '"', rest.length - 1);
    if (quote)
      return (struct piece){rest.start + 1, (size_t)(quote - rest.start - 1)};
  }
  for (const char *at = rest.start + 1; at < end; at++)
    if (*at == '#' && is_blank(at[-1]))
      return trim(rest.start, at);
  return rest;
}

static char *copy_piece(struct piece piece, struct error *err) {
  struct text copy = {0};
  text_append_bytes(&copy, piece.start, piece.length);
  return text_take(&copy, err);
}

/* Nobody knows in which folder the program will be started. */
static bool expand_path(char **word, struct error *err) {
  if (**word != '/' && !folder_is_at_home(*word))
    return error_set(err, ERROR_CONFIG, "'%s' is no whole path; it begins with / or ~/", *word);
  return folder_expand(word, err);
}

static bool read_name(struct piece name, const struct setting **setting, struct error *err) {
  char *copy = copy_piece(name, err);
  bool done = copy && setting_find(copy, setting, err);
  if (done && !(*setting)->lasting)
    done = error_set(err, ERROR_CONFIG, "'%s' is for one line or one session, not for this file",
                     copy);
  memory_free(copy);
  return done;
}

static bool add_entry(struct config *config, const struct setting *setting, char *word, int line,
                      struct error *err) {
  const struct config_entry *former = config_find(config, setting);
  if (former)
    return error_set(err, ERROR_CONFIG, "'%s' is set in line %d already", setting->option,
                     former->line);
  struct config_entry *entry = list_add(&config->entries, err);
  if (entry)
    *entry = (struct config_entry){setting, word, line};
  return entry != NULL;
}

static bool read_line(struct config *config, struct piece line, int number, struct error *err) {
  const struct setting *setting = NULL;
  const char *equals = memchr(line.start, '=', line.length);
  if (!line.length || *line.start == '#')
    return true;
  if (!equals)
    return error_set(err, ERROR_CONFIG, "'%.*s' is no setting; write name = value",
                     (int)line.length, line.start);
  struct piece value = value_of(trim(equals + 1, line.start + line.length));
  if (!read_name(trim(line.start, equals), &setting, err))
    return false;
  char *word = copy_piece(value, err);
  bool done = word && (!setting->is_path || expand_path(&word, err)) &&
              setting_check(setting, word, err) && add_entry(config, setting, word, number, err);
  if (!done)
    memory_free(word);
  return done;
}

static bool read_lines(struct config *config, const char *text, struct error *err) {
  int number = 1;
  for (const char *at = text; *at; number++) {
    const char *end = at + strcspn(at, "\n");
    if (!read_line(config, trim(at, end), number, err)) {
      if (err->code != ERROR_MEMORY)
        err->code = ERROR_CONFIG;
      return error_prefix(err, "%s:%d: ", config->path, number);
    }
    at = end + (*end == '\n');
  }
  return true;
}

static bool read_file(const char *path, char **text, struct error *err) {
  size_t length = 0, bad = 0;
  if (!file_read(path, LARGEST, text, &length, err)) {
    if (err->code != ERROR_MEMORY)
      err->code = ERROR_CONFIG;
    return false;
  }
  if (!text_is_utf8(*text, length, &bad) || strlen(*text) != length)
    return error_set(err, ERROR_CONFIG, "'%s' is no text in UTF-8", path);
  return true;
}

bool config_load(struct config *config, struct error *err) {
  static const char mark[] = "\xEF\xBB\xBF"; /* some editors begin a file with it */
  char *text = NULL;
  *config = (struct config){.entries = {.size = sizeof(struct config_entry)}};
  if (!find_path(config, err))
    return false;
  if (!config->path || access(config->path, F_OK) != 0)
    return true;
  bool done = read_file(config->path, &text, err);
  if (done)
    done = read_lines(config, strncmp(text, mark, 3) == 0 ? text + 3 : text, err);
  memory_free(text);
  return done;
}

void config_release(struct config *config) {
  for (size_t i = 0; i < config->entries.count; i++)
    memory_free(((struct config_entry *)list_at(&config->entries, i))->word);
  list_release(&config->entries);
  memory_free(config->path);
  config->path = NULL;
}

bool config_apply(const struct config *config, struct settings *settings, struct error *err) {
  for (size_t i = 0; i < config->entries.count; i++) {
    const struct config_entry *entry = list_at(&config->entries, i);
    if (!setting_put(settings, entry->setting, entry->word, ORIGIN_FILE, err))
      return false;
  }
  return true;
}

const struct config_entry *config_find(const struct config *config, const struct setting *setting) {
  for (size_t i = 0; i < config->entries.count; i++) {
    const struct config_entry *entry = list_at(&config->entries, i);
    if (entry->setting == setting)
      return entry;
  }
  return NULL;
}

static bool has_place(const struct config *config, struct error *err) {
  return config->path ||
         error_set(err, ERROR_CONFIG,
                   "there is no place for a file of settings: set HOME or DEALWRIGHT_CONFIG");
}

static void append_line(struct text *out, const struct setting *setting, const char *word) {
  bool quoted = strchr(word, '#') || !*word;
  text_format(out, quoted ? "%s = \"%s\"\n" : "%s = %s\n", setting->option, word);
}

/* Of the line's setting, whatever it says. */
static bool is_line_of(const char *line, size_t length, const struct setting *setting) {
  const char *equals = memchr(line, '=', length);
  struct piece name = equals ? trim(line, equals) : (struct piece){line, 0};
  return name.length == strlen(setting->option) &&
         memcmp(name.start, setting->option, name.length) == 0;
}

static void rewrite(struct text *out, const char *text, const struct setting *setting,
                    const char *word) {
  bool written = word == NULL;
  for (const char *at = text; *at;) {
    size_t length = strcspn(at, "\n");
    bool own = is_line_of(at, length, setting);
    if (own && !written)
      append_line(out, setting, word);
    written = written || own;
    if (!own)
      text_format(out, "%.*s\n", (int)length, at);
    at += length + (at[length] == '\n');
  }
  if (!written)
    append_line(out, setting, word);
}

static bool save(const char *path, const struct text *text, struct error *err) {
  folder_make_for(path);
  return text_check(text, err) && file_write(path, text_string(text), text->length, err);
}

bool config_may_hold(const struct config *config, const struct setting *setting, const char *word,
                     struct error *err) {
  if (!setting->lasting)
    return error_set(err, ERROR_USAGE, "'%s' is for one line or one session, not for this file",
                     setting->option);
  if (word && strpbrk(word, "\n\""))
    return error_set(err, ERROR_USAGE, "%s can't hold quotes or line ends here", setting->option);
  return has_place(config, err) && (!word || setting_check(setting, word, err));
}

/* A path is written whole. */
static bool complete_path(const char *word, struct text *out, struct error *err) {
  char here[PATH_MAX];
  if (*word != '/' && strncmp(word, "~/", 2) != 0) {
    if (!getcwd(here, sizeof here))
      return error_set(err, ERROR_CONFIG, "the folder here has no path: %s",
                       error_system_text(errno));
    text_format(out, "%s/", here);
  }
  text_append(out, word);
  return text_check(out, err);
}

static bool write_line(const struct config *config, const struct setting *setting, const char *word,
                       struct error *err) {
  char *before = NULL;
  struct text after = {0};
  if (access(config->path, F_OK) == 0 && !read_file(config->path, &before, err)) {
    memory_free(before);
    return false;
  }
  rewrite(&after, before ? before : "", setting, word);
  bool done = save(config->path, &after, err);
  memory_free(before);
  text_release(&after);
  return done;
}

bool config_write(const struct config *config, const struct setting *setting, const char *word,
                  struct error *err) {
  struct text path = {0};
  bool done = config_may_hold(config, setting, word, err);
  if (done && word && setting->is_path) {
    done = complete_path(word, &path, err);
    word = text_string(&path);
  }
  done = done && write_line(config, setting, word, err);
  text_release(&path);
  return done;
}

static void append_remarks(struct text *out) {
  text_append(out,
              translate("# Settings of dealwright, one a line: name = value. An option of the "
                        "command line\n# and the environment (DEALWRIGHT_NAME) are nearer.\n"));
  for (const struct setting *setting = setting_table; setting->option; setting++)
    if (setting->lasting)
      text_format(out, "\n# %s\n# %s =\n", translate(setting_summary(setting)), setting->option);
}

bool config_make(const struct config *config, struct error *err) {
  struct text text = {0};
  if (!has_place(config, err))
    return false;
  if (access(config->path, F_OK) == 0)
    return true;
  append_remarks(&text);
  bool done = save(config->path, &text, err);
  text_release(&text);
  return done;
}
