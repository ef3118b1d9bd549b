#include "repl/option.h"

#include <getopt.h>
#include <stddef.h>
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "engine/chart.h"
#include "repl/setting.h"

const struct option_entry global_options[] = {
    {.name = "db",
     .letter = 'd',
     .argument = N_("FILE"),
     .summary = N_("the database (default: sales.db of the workspace)"),
     .place = offsetof(struct settings, database)},
    {.name = "workspace",
     .letter = 'w',
     .argument = N_("DIR"),
     .summary = N_("the folder of the scripts (default: the one here)"),
     .place = offsetof(struct settings, workspace)},
    {.name = "format",
     .letter = 'f',
     .argument = N_("FORMAT"),
     .summary = N_("the shape of answers: table, csv, json, html, xlsx and others"),
     .place = offsetof(struct settings, format)},
    {.name = "output",
     .letter = 'o',
     .argument = N_("FILE"),
     .summary = N_("write there, all or nothing; the ending says the format"),
     .place = offsetof(struct settings, output)},
    {.name = "columns",
     .argument = N_("A,B"),
     .summary = N_("show these columns in this order"),
     .place = offsetof(struct settings, columns)},
    {.name = "where",
     .argument = N_("CONDITION"),
     .summary = N_("only rows of which it holds, as column=value; may be repeated"),
     .place = offsetof(struct settings, where)},
    {.name = "sort",
     .argument = N_("A,-B"),
     .summary = N_("order by these columns, - for descending"),
     .place = offsetof(struct settings, sort)},
    {.name = "limit",
     .argument = N_("N"),
     .summary = N_("show at most N rows"),
     .place = offsetof(struct settings, limit)},
    {.name = "as-of",
     .argument = N_("DATE"),
     .summary = N_("look at the data as they stood then"),
     .place = offsetof(struct settings, as_of)},
    {.name = "now",
     .argument = N_("TIME"),
     .summary = N_("let the clock stand still at that time"),
     .place = offsetof(struct settings, now)},
    {.name = "rules",
     .argument = N_("HASH|DIR"),
     .summary = N_("read under these rules: a kept rule set, a folder, 'files', 'shipped'"),
     .place = offsetof(struct settings, rules)},
    {.name = "width",
     .argument = N_("N"),
     .summary = N_("lay tables out for N columns"),
     .place = offsetof(struct settings, width)},
    {.name = "color",
     .argument = N_("WHEN"),
     .summary = N_("auto, always or never"),
     .place = offsetof(struct settings, color)},
    {.name = "pager",
     .argument = N_("PROGRAM"),
     .summary = N_("what shows long output; off: nothing"),
     .place = offsetof(struct settings, pager)},
    {.name = "no-pager",
     .summary = N_("do not page long output"),
     .place = offsetof(struct settings, no_pager)},
    {.name = "hints",
     .argument = N_("on|off"),
     .summary = N_("what may come next, while a line is typed"),
     .place = offsetof(struct settings, hints)},
    {.name = "timing",
     .argument = N_("on|off"),
     .summary = N_("how long each command took"),
     .place = offsetof(struct settings, timing)},
    {.name = "raw",
     .summary = N_("do not guard CSV cells against spreadsheet formulas"),
     .place = offsetof(struct settings, raw)},
    {.name = "dry-run",
     .letter = 'n',
     .summary = N_("show what would change and change nothing"),
     .place = offsetof(struct settings, dry_run)},
    {.name = "yes",
     .letter = 'y',
     .summary = N_("answer every question with yes"),
     .place = offsetof(struct settings, yes)},
    {.name = "confirm",
     .argument = N_("N"),
     .summary = N_("ask before a command changes N records or more (default 2)"),
     .place = offsetof(struct settings, confirm)},
    {.name = "no-input",
     .summary = N_("never ask; fail where a question would be needed"),
     .place = offsetof(struct settings, no_input)},
    {.name = "read-only",
     .summary = N_("refuse every change"),
     .place = offsetof(struct settings, read_only)},
    {.name = "safe",
     .summary = N_("only look, by the shipped rules and without the file of settings"),
     .place = offsetof(struct settings, safe)},
    {.name = "shell",
     .summary = N_("let a line that begins with ! run a program"),
     .place = offsetof(struct settings, shell)},
    {.name = "reason",
     .argument = N_("TEXT"),
     .summary = N_("why, for the history"),
     .place = offsetof(struct settings, reason)},
    {.name = "fail-if-empty",
     .summary = N_("exit with 3 when there are no rows"),
     .place = offsetof(struct settings, fail_if_empty)},
    {.name = "errors",
     .argument = N_("FORM"),
     .summary = N_("text or json"),
     .place = offsetof(struct settings, errors)},
    {.name = "lang",
     .argument = N_("CODE"),
     .summary = N_("language of titles and messages: en, ru"),
     .place = offsetof(struct settings, language)},
    {.name = "timeout",
     .argument = N_("SECONDS"),
     .summary = N_("limit of a script's run (default 30; 0: none)"),
     .place = offsetof(struct settings, timeout)},
    {.name = "help",
     .letter = 'h',
     .summary = N_("show help"),
     .place = offsetof(struct settings, help)},
    {.name = "version",
     .letter = 'V',
     .summary = N_("show the version"),
     .place = offsetof(struct settings, version)},
    {0                                                               },
};

static const char *const whens[] = {"auto", "always", "never", NULL};
static const char *const error_forms[] = {"text", "json", NULL};
static const char *const date_orders[] = {"ymd", "dmy", "mdy", NULL};

static const char *const switches[] = {"on", "off", NULL};

static const struct {
  const char *placeholder;
  const char *const *words;
} limited[] = {
    {"WHEN",   whens              },
    {"FORM",   error_forms        },
    {"ORDER",  date_orders        },
    {"TYPE",   chart_type_names   },
    {"CODE",   translate_languages},
    {"on|off", switches           },
};

const char *const *option_words(const struct option_entry *entry) {
  for (size_t i = 0; entry->argument && i < sizeof limited / sizeof *limited; i++)
    if (strcmp(limited[i].placeholder, entry->argument) == 0)
      return limited[i].words;
  return NULL;
}

const struct option_entry *option_called(const struct option_entry *table, const char *word) {
  for (; table && table->name; table++) {
    bool is_long = strncmp(word, "--", 2) == 0 && strcmp(word + 2, table->name) == 0;
    bool is_short = word[0] == '-' && word[1] && word[1] == table->letter && !word[2];
    if (is_long || is_short)
      return table;
  }
  return NULL;
}

enum { OPTIONS_MAX = 64, FIRST_LONG = 256 };

/* Both tables as getopt_long wants them: an option's value is FIRST_LONG + its index. */
struct getopt_tables {
  const struct option_entry *entries[OPTIONS_MAX];
  struct option longs[OPTIONS_MAX];
  char shorts[2 * OPTIONS_MAX + 3];
  int count;
};

static bool add_entries(struct getopt_tables *tables, const struct option_entry *entry,
                        struct error *err) {
  for (; entry && entry->name; entry++) {
    int i = tables->count;
    if (i >= OPTIONS_MAX - 1)
      return error_set(err, ERROR_USAGE, "more than %d options in one command", OPTIONS_MAX - 1);
    tables->entries[i] = entry;
    tables->longs[i] = (struct option){
        entry->name, entry->argument ? required_argument : no_argument, NULL, FIRST_LONG + i};
    if (entry->letter) {
      char letter[] = {entry->letter, entry->argument ? ':' : 0, 0};
      strcat(tables->shorts, letter);
    }
    tables->count++;
  }
  return true;
}

static bool build(struct getopt_tables *tables, const struct option_reading *reading,
                  struct error *err) {
  memset(tables, 0, sizeof *tables);
  strcpy(tables->shorts, reading->stop_at_word ? "+:" : "-:"); /* "-": other words in order */
  return add_entries(tables, reading->own, err) && add_entries(tables, global_options, err);
}

static const struct option_entry *entry_of(const struct getopt_tables *tables, int value) {
  for (int i = 0; i < tables->count; i++)
    if (value == FIRST_LONG + i || (value < FIRST_LONG && tables->entries[i]->letter == value))
      return tables->entries[i];
  return NULL;
}

static bool is_own(const struct option_entry *entry, const struct option_entry *own) {
  for (; own && own->name; own++)
    if (own == entry)
      return true;
  return false;
}

static bool add_rest(struct list *rest, const char *word, struct error *err) {
  const char **slot = list_add(rest, err);
  if (slot)
    *slot = word;
  return slot != NULL;
}

/* Of the other global options the last one counts. */
static bool is_repeated(const struct option_entry *entry) {
  return entry->place == offsetof(struct settings, where);
}

static bool add_where(struct settings *settings, const char *word, struct error *err) {
  for (size_t i = 0; i < WHERE_MAX; i++)
    if (!settings->where[i]) {
      settings->where[i] = word;
      return true;
    }
  return error_set(err, ERROR_USAGE, "at most %d conditions by --where", WHERE_MAX);
}

static bool is_among(const char *word, const char *const *among, size_t *count) {
  for (*count = 0; among[*count]; ++*count)
    if (strcmp(among[*count], word) == 0)
      return true;
  return false;
}

static bool check_value(const struct option_entry *entry, const char *word, struct error *err) {
  const char *const *among = option_words(entry);
  size_t count = 0;
  if (!among || is_among(word, among, &count))
    return true;
  const char *near = text_suggest(word, among, count);
  struct text list = {0};
  for (size_t i = 0; i < count; i++)
    text_format(&list, "%s%s", i ? ", " : "", among[i]);
  if (near)
    error_set(err, ERROR_USAGE, "--%s can't be '%s'; did you mean '%s'?", entry->name, word, near);
  else
    error_set(err, ERROR_USAGE, "--%s can't be '%s'; it is one of: %s", entry->name, word,
              text_string(&list));
  text_release(&list);
  return error_blame(err, word);
}

static bool apply(const struct option_reading *reading, const struct option_entry *entry,
                  const char *word, struct error *err) {
  if (word && !check_value(entry, word, err))
    return false;
  if (is_own(entry, reading->own)) {
    struct option_value *value = list_add(reading->values, err);
    if (value)
      *value = (struct option_value){entry, word};
    return value != NULL;
  }
  const struct setting *setting = setting_named(entry->name);
  char *place = (char *)reading->settings + entry->place;
  if (is_repeated(entry))
    return add_where(reading->settings, word, err);
  if (setting)
    return setting_put(reading->settings, setting, word ? word : "on", ORIGIN_LINE, err);
  if (entry->argument)
    memcpy(place, &word, sizeof word);
  else
    *(bool *)place = true;
  return true;
}

static bool unknown(const struct getopt_tables *tables, const char *word, struct error *err) {
  const char *names[OPTIONS_MAX];
  size_t count = 0;
  for (const struct option_entry *const *entry = tables->entries; *entry; entry++)
    names[count++] = (*entry)->name;
  const char *name = word + strspn(word, "-");
  char bare[64];
  size_t length = strcspn(name, "=");
  length = length < sizeof bare ? length : sizeof bare - 1;
  memcpy(bare, name, length);
  bare[length] = 0;
  const char *near = length > 1 ? text_suggest(bare, names, count) : NULL;
  if (near)
    error_set(err, ERROR_USAGE, "no option '%s'; did you mean '--%s'?", word, near);
  else
    error_set(err, ERROR_USAGE, "no option '%s'; 'help' lists what there is", word);
  return false;
}

static bool complain(const struct getopt_tables *tables, int found, char **arguments,
                     struct error *err) {
  const char *word = arguments[optind > 1 ? optind - 1 : 1];
  char letter[] = {'-', (char)optopt, 0};
  const struct option_entry *entry = optopt ? entry_of(tables, optopt) : NULL;
  if (entry && !entry->argument) /* --switch=value */
    error_set(err, ERROR_USAGE, "option '--%s' takes no value", entry->name);
  else if (found == ':' && entry)
    error_set(err, ERROR_USAGE, "option '--%s' needs a value; --%s %s", entry->name, entry->name,
              translate(entry->argument));
  else
    unknown(tables, optopt && optopt < FIRST_LONG ? letter : word, err);
  return error_blame(err, word);
}

static bool read_all(const struct option_reading *reading, struct getopt_tables *tables,
                     char **arguments, int count, struct error *err) {
  optind = 0; /* a new scan */
  opterr = 0;
  for (int found;
       (found = getopt_long(count, arguments, tables->shorts, tables->longs, NULL)) != -1;) {
    if (found == ':' || found == '?')
      return complain(tables, found, arguments, err);
    if (found == 1) {
      if (!add_rest(reading->rest, optarg, err))
        return false;
      continue;
    }
    const struct option_entry *entry = entry_of(tables, found);
    if (!entry || !apply(reading, entry, entry->argument ? optarg : NULL, err))
      return false;
  }
  for (int i = optind; i < count; i++)
    if (!add_rest(reading->rest, arguments[i], err))
      return false;
  return true;
}

bool option_read(const struct option_reading *reading, const char *const *words, size_t count,
                 struct error *err) {
  struct getopt_tables tables;
  if (!build(&tables, reading, err))
    return false;
  char **arguments = memory_new_array(count + 2, sizeof *arguments);
  if (!arguments)
    return error_memory(err);
  arguments[0] = (char *)"dealwright";
  for (size_t i = 0; i < count; i++)
    arguments[i + 1] = (char *)words[i]; /* getopt_long only reorders them */
  bool done = read_all(reading, &tables, arguments, (int)count + 1, err);
  memory_free(arguments);
  return done;
}
