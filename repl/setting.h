/* Settings: the global options that may also be set for a session, in the environment and in a
 * file. Not for: reading the file (repl/config.h), what a setting does. */
#ifndef REPL_SETTING_H
#define REPL_SETTING_H

#include "repl/option.h"

struct setting {
  const char *option; /* the global option of that name: "format"; NULL ends the table */
  bool lasting;       /* it may stand in the file and as DEALWRIGHT_FORMAT in the environment */
  bool is_path;
  const char *const *words; /* what it may be, ended by NULL; NULL: anything that passes */
  bool (*check)(const char *word, struct error *err); /* or NULL */
  const char *fallback; /* what holds when nobody says anything; NULL: it is found out */
};

extern const struct setting setting_table[];

/* Fails with ERROR_USAGE and a suggestion. */
bool setting_find(const char *name, const struct setting **out, struct error *err);
/* NULL when there is none: a global option that belongs to one line. */
const struct setting *setting_named(const char *name);

/* Whether the setting may be that. Fails with ERROR_USAGE, what it may be, and a suggestion. */
bool setting_check(const struct setting *setting, const char *word, struct error *err);
/* Lets it be that from now on, unless somebody nearer said something already (enum origin). The
 * word is borrowed. Fails as setting_check() does. */
bool setting_put(struct settings *settings, const struct setting *setting, const char *word,
                 enum origin origin, struct error *err);
/* What it is, as it would be typed; NULL: nobody said anything. */
const char *setting_word(const struct settings *settings, const struct setting *setting);
/* What the option says of itself, for people; not translated. */
const char *setting_summary(const struct setting *setting);
/* As the other settings have it, and who said it there. */
void setting_copy(struct settings *to, const struct settings *from, const struct setting *setting);
/* As if nobody had said anything. */
void setting_forget(struct settings *settings, const struct setting *setting);
enum origin setting_origin(const struct settings *settings, const struct setting *setting);

/* What the environment says. Fails with ERROR_CONFIG, naming the variable. */
bool setting_read_environment(struct settings *settings, struct error *err);
/* "DEALWRIGHT_AS_OF" for "as-of". */
void setting_append_variable(struct text *out, const struct setting *setting);

/* Of a word that is "on", "off" or NULL: nothing said. */
bool setting_is_on(const char *word, bool otherwise);

#endif
