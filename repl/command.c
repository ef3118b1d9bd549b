#include "repl/command.h"

#include <libintl.h>
#include <string.h>

static const struct command *const families[] = {
    record_commands,   pipeline_commands, reading_commands, rules_commands,
    transfer_commands, session_commands,  help_commands,
};

enum { FAMILY_COUNT = sizeof families / sizeof *families, VERBS_MAX = 128 };

const struct command *command_at(size_t index) {
  for (size_t f = 0; f < FAMILY_COUNT; f++)
    for (const struct command *command = families[f]; command->verb; command++)
      if (index-- == 0)
        return command;
  return NULL;
}

static bool same(const char *word, size_t length, const char *other, size_t other_length) {
  return length == other_length && memcmp(word, other, length) == 0;
}

bool command_has_alias(const struct command *command, const char *word, size_t length) {
  for (const char *at = command->aliases; at && *at;) {
    size_t size = strcspn(at, " ");
    if (same(word, length, at, size))
      return true;
    at += size + (at[size] == ' ');
  }
  return false;
}

const struct command *command_find(const char *word, size_t length) {
  const struct command *command = NULL;
  for (size_t i = 0; (command = command_at(i)); i++)
    if (same(word, length, command->verb, strlen(command->verb)) ||
        command_has_alias(command, word, length))
      return command;
  return NULL;
}

bool command_is_verb(const char *word, size_t length, void *unused) {
  (void)unused;
  return command_find(word, length) != NULL;
}

bool command_require(const char *word, const struct command **out, struct error *err) {
  const char *verbs[VERBS_MAX];
  size_t count = 0;
  if ((*out = command_find(word, strlen(word))))
    return true;
  for (const struct command *command; count < VERBS_MAX && (command = command_at(count));)
    verbs[count++] = command->verb;
  const char *near = text_suggest(word, verbs, count);
  if (near)
    return error_set(err, ERROR_USAGE, gettext("no command '%s'; did you mean '%s'?"), word, near);
  return error_set(err, ERROR_USAGE, gettext("no command '%s'; 'help' lists what there is"), word);
}
