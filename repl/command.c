#include "repl/command.h"

#include <string.h>

#include "base/error_place.h"
#include "repl/session.h"

static const struct command *const families[] = {
    record_commands,  merge_commands,   pipeline_commands, automation_commands, report_commands,
    reading_commands, undo_commands,    rules_commands,    transfer_commands,   backup_commands,
    init_commands,    session_commands, explain_commands,  doctor_commands,     config_commands,
    option_commands,  shell_commands,   edit_commands,     watch_commands,      help_commands,
    error_commands,
};

enum { FAMILY_COUNT = sizeof families / sizeof *families, VERBS_MAX = 512 };

static const struct command *built_in_at(size_t index) {
  for (size_t f = 0; f < FAMILY_COUNT; f++)
    for (const struct command *command = families[f]; command->verb; command++)
      if (index-- == 0)
        return command;
  return NULL;
}

static size_t built_in_count(void) {
  size_t count = 0;
  while (built_in_at(count))
    count++;
  return count;
}

const struct command *command_at(const struct session *session, size_t index) {
  const struct command *built_in = built_in_at(index);
  if (built_in)
    return built_in;
  const struct list *declared = &session->declared.commands;
  index -= built_in_count();
  return index < declared->count ? list_at(declared, index) : NULL;
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

static bool is_called(const struct command *command, const char *word, size_t length) {
  return same(word, length, command->verb, strlen(command->verb)) ||
         command_has_alias(command, word, length);
}

static const struct command *find_built_in(const char *word, size_t length) {
  const struct command *command = NULL;
  for (size_t i = 0; (command = built_in_at(i)); i++)
    if (is_called(command, word, length))
      return command;
  return NULL;
}

bool command_is_built_in(const char *word, size_t length) {
  return find_built_in(word, length) != NULL;
}

const struct command *command_find(const struct session *session, const char *word, size_t length) {
  const struct list *declared = &session->declared.commands;
  for (size_t i = 0; i < declared->count; i++)
    if (is_called(list_at(declared, i), word, length))
      return list_at(declared, i);
  return find_built_in(word, length);
}

const char *command_topic_word(const struct command *topic) {
  return strchr(topic->verb, ' ') + 1;
}

static bool no_topic(const struct command *family, const char *word, struct error *err) {
  const char *words[VERBS_MAX];
  struct text list = {0};
  size_t count = 0;
  for (const struct command *topic = family->topics; topic->verb; topic++) {
    words[count++] = command_topic_word(topic);
    text_format(&list, "%s%s", list.length ? ", " : "", command_topic_word(topic));
  }
  const char *near = text_suggest(word, words, count);
  if (near)
    error_set(err, ERROR_USAGE, "no '%s %s'; did you mean '%s %s'?", family->verb, word,
              family->verb, near);
  else
    error_set(err, ERROR_USAGE, "no '%s %s'; there are %s", family->verb, word, text_string(&list));
  text_release(&list);
  return error_blame(err, word);
}

/* Options may stand before it, with their values. */
static size_t skip_options(const char *const *words, size_t count) {
  size_t at = 0;
  while (at < count && words[at][0] == '-') {
    const struct option_entry *entry = option_called(global_options, words[at]);
    at += entry && entry->argument ? 2 : 1;
  }
  return at;
}

bool command_find_topic(const struct command *family, const char *const *words, size_t count,
                        const struct command **out, size_t *at, struct error *err) {
  *out = NULL;
  *at = skip_options(words, count);
  if (*at >= count)
    return true;
  for (const struct command *topic = family->topics; topic->verb; topic++)
    if (strcmp(command_topic_word(topic), words[*at]) == 0) {
      *out = topic;
      return true;
    }
  return no_topic(family, words[*at], err);
}

/* Whether the declared commands are known now: a loaded workspace has said which there are. */
static bool load(struct session *session, struct text *faults, struct error *err) {
  return session->engine || session_open(session, COMMAND_NEEDS_RULES, faults, err);
}

bool command_is_verb(const char *word, size_t length, void *payload) {
  struct session *session = payload;
  struct text faults = {0};
  struct error ignored; /* the word stays unknown; whatever runs next meets the scripts again */
  if (command_find(session, word, length))
    return true;
  if (session->engine)
    return false;
  bool loaded = load(session, &faults, &ignored);
  text_release(&faults);
  return loaded && command_find(session, word, length);
}

static bool no_command(const struct session *session, const char *word, bool loaded,
                       struct error *err) {
  const char *verbs[VERBS_MAX];
  size_t count = 0;
  for (const struct command *command; count < VERBS_MAX && (command = command_at(session, count));)
    verbs[count++] = command->verb;
  const char *near = text_suggest(word, verbs, count);
  if (!near && !loaded)
    return false;
  if (near)
    error_set(err, ERROR_USAGE, "no command '%s'; did you mean '%s'?", word, near);
  else
    error_set(err, ERROR_USAGE, "no command '%s'; 'help' lists what there is", word);
  return error_blame(err, word);
}

bool command_require(struct session *session, const char *word, const struct command **out,
                     struct text *faults, struct error *err) {
  size_t length = strlen(word), before = faults->length;
  if ((*out = command_find(session, word, length)))
    return true;
  bool loaded = load(session, faults, err);
  if (loaded && (*out = command_find(session, word, length)))
    return true;
  no_command(session, word, loaded, err);
  if (err->code == ERROR_USAGE && faults->length > before) {
    faults->length = before; /* the mistyped word is what is wrong here */
    faults->data[before] = 0;
  }
  return false;
}
