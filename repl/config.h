/* The user's file of settings: lines "name = value", # for remarks. Not for: which settings there
 * are (repl/setting.h). */
#ifndef REPL_CONFIG_H
#define REPL_CONFIG_H

#include "repl/setting.h"

struct config_entry {
  const struct setting *setting;
  char *word; /* owned; a path without its ~ */
  int line;
};

struct config {
  char *path;          /* owned: where the file is or would be; NULL: nowhere, there is no home */
  struct list entries; /* of struct config_entry, in the order of the file */
};

/* Reads $DEALWRIGHT_CONFIG, or config in the user's folder of settings; a missing file is an empty
 * one. Fails with ERROR_CONFIG: "file:3: no setting 'colour'; did you mean 'color'?"; path is set
 * all the same. The caller releases *config either way. */
bool config_load(struct config *config, struct error *err);
void config_release(struct config *config);
/* The settings borrow their words. */
bool config_apply(const struct config *config, struct settings *settings, struct error *err);
/* NULL when the file does not say. */
const struct config_entry *config_find(const struct config *config, const struct setting *setting);

/* Whether the file may say that the setting is `word` (NULL: say nothing). Fails as setting_check()
 * does, with ERROR_USAGE for a setting that is not for the file, and with ERROR_CONFIG where there
 * is no place for one. */
bool config_may_hold(const struct config *config, const struct setting *setting, const char *word,
                     struct error *err);
/* Writes that the setting is `word`, in the place of its line or at the end; NULL takes the line
 * out. The other lines stay as they are; a path becomes a whole one. Fails as config_may_hold()
 * does, and with ERROR_WRITE. */
bool config_write(const struct config *config, const struct setting *setting, const char *word,
                  struct error *err);
/* Makes the file, with every setting as a remark, unless it is there. */
bool config_make(const struct config *config, struct error *err);

#endif
