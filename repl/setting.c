#include "repl/setting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/translate.h"
#include "repl/format/format.h"

enum { WIDEST = 10000, LONGEST = 1000000 };

static bool check_format(const char *word, struct error *err) {
  const struct format *format = NULL;
  return format_find(word, &format, err);
}

static bool check_count(const char *word, int64_t most, const char *what, struct error *err) {
  int64_t number = 0;
  struct error wrong;
  if (integer_parse(&number, word, &wrong) && number >= 1 && number <= most)
    return true;
  return error_set(err, ERROR_USAGE, "%s is a number from 1 to %lld, not '%s'", what,
                   (long long)most, word);
}

static bool check_width(const char *word, struct error *err) {
  return check_count(word, WIDEST, "width", err);
}

static bool check_confirm(const char *word, struct error *err) {
  return check_count(word, INT32_MAX, "confirm", err);
}

static bool check_timeout(const char *word, struct error *err) {
  double seconds = 0;
  struct error wrong;
  if (number_parse(&seconds, word, '.', &wrong) && seconds >= 0 && seconds <= LONGEST)
    return true;
  return error_set(err, ERROR_USAGE, "--timeout is a number of seconds, not '%s'", word);
}

static const char *const on_off[] = {"on", "off", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const error_forms[] = {"text", "json", NULL};

const struct setting setting_table[] = {
    {.option = "db",         .lasting = true, .is_path = true},
    {.option = "workspace",       .lasting = true, .is_path = true},
    {.option = "format",  .lasting = true, .check = check_format, .fallback = "table"},
    {.option = "limit"      },
    {.option = "as-of"    },
    {.option = "now"},
    {.option = "width",                      .lasting = true, .check = check_width},
    {.option = "color",                .lasting = true, .words = colors, .fallback = "auto"},
    {.option = "pager",                  .lasting = true, .fallback = "$PAGER"},
    {.option = "hints",                      .lasting = true, .words = on_off, .fallback = "on"},
    {.option = "timing",.lasting = true, .words = on_off, .fallback = "off"},
    {.option = "confirm",                      .lasting = true, .check = check_confirm, .fallback = "2"},
    {.option = "read-only",.lasting = true, .words = on_off, .fallback = "off"},
    {.option = "shell",    .lasting = true, .words = on_off, .fallback = "off"},
    {.option = "raw",      .lasting = true, .words = on_off, .fallback = "off"},
    {.option = "errors",  .lasting = true, .words = error_forms, .fallback = "text"},
    {.option = "lang",      .lasting = true, .words = translate_languages},
    {.option = "timeout",       .lasting = true, .check = check_timeout, .fallback = "30"},
    {0                     },
};
_Static_assert(sizeof setting_table / sizeof *setting_table <= SETTINGS_MOST, "origins has room");

static const struct option_entry *entry_of(const struct setting *setting) {
  const struct option_entry *entry = global_options;
  while (strcmp(entry->name, setting->option) != 0)
    entry++;
  return entry;
}

const struct setting *setting_named(const char *name) {
  for (const struct setting *setting = setting_table; setting->option; setting++)
    if (strcmp(setting->option, name) == 0)
      return setting;
  return NULL;
}

bool setting_find(const char *name, const struct setting **out, struct error *err) {
  const char *names[SETTINGS_MOST];
  size_t count = 0;
  if ((*out = setting_named(name)))
    return true;
  for (; setting_table[count].option; count++)
    names[count] = setting_table[count].option;
  const char *near = text_suggest(name, names, count);
  if (near)
    return error_set(err, ERROR_USAGE, "no setting '%s'; did you mean '%s'?", name, near);
  return error_set(err, ERROR_USAGE, "no setting '%s'; 'config' lists what there is", name);
}

static bool refuse_word(const struct setting *setting, const char *word, struct error *err) {
  struct text all = {0};
  size_t count = 0;
  for (; setting->words[count]; count++)
    text_format(&all, "%s%s", count ? ", " : "", setting->words[count]);
  const char *near = text_suggest(word, setting->words, count);
  if (near)
    error_set(err, ERROR_USAGE, "%s can't be '%s'; did you mean '%s'?", setting->option, word,
              near);
  else
    error_set(err, ERROR_USAGE, "%s can't be '%s'; it is one of: %s", setting->option, word,
              text_string(&all));
  text_release(&all);
  return false;
}

bool setting_check(const struct setting *setting, const char *word, struct error *err) {
  if (setting->check)
    return setting->check(word, err);
  for (const char *const *may = setting->words; may && *may; may++)
    if (strcmp(*may, word) == 0)
      return true;
  return !setting->words || refuse_word(setting, word, err);
}

static unsigned char *origin_place(struct settings *settings, const struct setting *setting) {
  return &settings->origins[setting - setting_table];
}

bool setting_put(struct settings *settings, const struct setting *setting, const char *word,
                 enum origin origin, struct error *err) {
  const struct option_entry *entry = entry_of(setting);
  char *place = (char *)settings + entry->place;
  if (!setting_check(setting, word, err))
    return false;
  if (*origin_place(settings, setting) > origin)
    return true;
  *origin_place(settings, setting) = (unsigned char)origin;
  if (entry->argument)
    memcpy(place, &word, sizeof word);
  else
    *(bool *)place = setting_is_on(word, false);
  return true;
}

const char *setting_word(const struct settings *settings, const struct setting *setting) {
  const struct option_entry *entry = entry_of(setting);
  const char *place = (const char *)settings + entry->place, *word = NULL;
  if (entry->argument)
    memcpy(&word, place, sizeof word);
  else if (setting_origin(settings, setting) != ORIGIN_DEFAULT)
    word = *(const bool *)place ? on_off[0] : on_off[1];
  return word;
}

const char *setting_summary(const struct setting *setting) {
  return entry_of(setting)->summary;
}

void setting_copy(struct settings *to, const struct settings *from, const struct setting *setting) {
  const struct option_entry *entry = entry_of(setting);
  memcpy((char *)to + entry->place, (const char *)from + entry->place,
         entry->argument ? sizeof(char *) : sizeof(bool));
  *origin_place(to, setting) = (unsigned char)setting_origin(from, setting);
}

void setting_forget(struct settings *settings, const struct setting *setting) {
  const struct option_entry *entry = entry_of(setting);
  memset((char *)settings + entry->place, 0, entry->argument ? sizeof(char *) : sizeof(bool));
  *origin_place(settings, setting) = ORIGIN_DEFAULT;
}

enum origin setting_origin(const struct settings *settings, const struct setting *setting) {
  return settings->origins[setting - setting_table];
}

void setting_append_variable(struct text *out, const struct setting *setting) {
  text_append(out, "DEALWRIGHT_");
  for (const char *at = setting->option; *at; at++)
    text_append_char(out, *at == '-' ? '_' : (char)toupper((unsigned char)*at));
}

static bool read_variable(struct settings *settings, const struct setting *setting,
                          struct error *err) {
  struct text name = {0};
  setting_append_variable(&name, setting);
  const char *word = getenv(text_string(&name));
  bool done = text_check(&name, err);
  if (done && word && *word && !setting_put(settings, setting, word, ORIGIN_ENVIRONMENT, err)) {
    err->code = ERROR_CONFIG;
    done = error_prefix(err, "%s: ", text_string(&name));
  }
  text_release(&name);
  return done;
}

bool setting_read_environment(struct settings *settings, struct error *err) {
  for (const struct setting *setting = setting_table; setting->option; setting++)
    if (setting->lasting && !read_variable(settings, setting, err))
      return false;
  return true;
}

bool setting_is_on(const char *word, bool otherwise) {
  return word ? strcmp(word, on_off[0]) == 0 : otherwise;
}
