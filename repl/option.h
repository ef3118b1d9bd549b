/* Options of the command line and of commands, each described once; getopt_long reads them. */
#ifndef REPL_OPTION_H
#define REPL_OPTION_H

#include "base/list.h"
#include "base/text.h"

/* Who said what a setting is: who comes later here is nearer and counts. */
enum origin {
  ORIGIN_DEFAULT,
  ORIGIN_FILE,
  ORIGIN_ENVIRONMENT,
  ORIGIN_START,   /* the options before the verb, or without one */
  ORIGIN_SESSION, /* set at the prompt */
  ORIGIN_LINE,    /* the options of one command */
};

enum { WHERE_MAX = 8 /* conditions on the rows of one answer */, SETTINGS_MOST = 32 };

/* What the global options say. Texts are borrowed from the words they were read from. */
struct settings {
  const char *database, *workspace, *format, *output;
  const char *columns, *sort, *limit;
  const char *where[WHERE_MAX]; /* ended by a NULL where there are fewer */
  const char *as_of, *now, *rules, *width, *color, *errors, *language, *timeout, *reason;
  const char *pager, *hints, *timing, *confirm;
  bool no_pager, raw, dry_run, yes, no_input, read_only, fail_if_empty, help, version;
  bool safe, shell;
  unsigned char origins[SETTINGS_MOST]; /* of enum origin, in the order of setting_table */
};

struct option_entry {
  const char *name;     /* "dry-run"; NULL ends a table */
  char letter;          /* 'n', or 0 */
  const char *argument; /* "FILE"; NULL: a switch */
  const char *summary;
  size_t place; /* global options: where in struct settings (const char * or bool) */
};

extern const struct option_entry global_options[];

/* What the option's value may be, by its placeholder, ended by NULL; NULL: anything. */
const char *const *option_words(const struct option_entry *entry);

/* The one that a word calls, as -d or --db; NULL when there is none. The table may be NULL. */
const struct option_entry *option_called(const struct option_entry *table, const char *word);

struct option_value {
  const struct option_entry *entry;
  const char *word; /* borrowed; NULL for a switch */
};

/* Reads the options among the words: global ones into *settings (which keeps what it held), the
 * command's own into `values` (of struct option_value), the other words in order into `rest` (of
 * const char *, borrowed). own may be NULL. stop_at_word: the first word that is no option ends
 * the options. "--" ends them too.
 * Fails with ERROR_USAGE for an unknown option or value, with a suggestion, or a missing one. */
struct option_reading {
  const struct option_entry *own;
  bool stop_at_word;
  struct settings *settings;
  struct list *values;
  struct list *rest;
};
bool option_read(const struct option_reading *reading, const char *const *words, size_t count,
                 struct error *err);

#endif
