#include "repl/spot.h"

#include <string.h>

#include "engine/param.h"
#include "engine/report.h"
#include "engine/verb.h"
#include "model/record.h"

/* Behind the word and the blanks that end it; NULL when the cursor still stands in it. */
static const char *behind_word(const char *at) {
  for (char quote = 0; *at && (quote || !strchr(" \t", *at)); at++)
    if (*at == quote)
      quote = 0;
    else if (!quote && (*at == '"' || *at == '\''))
      quote = *at;
  return *at ? at + strspn(at, " \t") : NULL;
}

static const struct command *command_at_start(const char *line, struct session *session) {
  return command_find(session, line, strcspn(line, " \t"));
}

static const struct option_entry *option_of(const struct command *command, const char *word) {
  const struct option_entry *own = option_called(command->options, word);
  return own ? own : option_called(global_options, word);
}

/* The value of an option is a word of its own unless it stands behind =. */
static bool has_value(const char *word, const struct command *command) {
  struct text name = {0};
  text_append_bytes(&name, word, strcspn(word, " \t"));
  const struct option_entry *entry = option_of(command, text_string(&name));
  text_release(&name);
  return entry && entry->argument;
}

/* Of a command that has another's line behind it; options before that are its own. */
static const char *behind_arguments(const char *line, const struct command *command) {
  const char *at = behind_word(line);
  for (int left = command->inner; at && (left > 1 || *at == '-'); at = behind_word(at)) {
    left -= *at != '-';
    if (*at == '-' && has_value(at, command))
      at = behind_word(at);
    if (!at)
      return NULL;
  }
  return at;
}

const char *spot_inner(const char *before, struct session *session) {
  for (;;) {
    const struct command *command = command_at_start(before, session);
    const char *inner = command && command->inner ? behind_arguments(before, command) : NULL;
    if (!inner)
      return before;
    before = inner;
  }
}

static bool ends_word(const struct spot *spot, const char *before) {
  size_t length = strlen(before);
  return !spot->quote && (length == 0 || strchr(" \t\n", before[length - 1]));
}

const struct option_entry *spot_option(const struct spot *spot, const char *word) {
  return option_of(spot->command, word);
}

static bool is_option(const char *word) {
  return *word == '-' && word[1];
}

/* The first from `at` on that is no option and belongs to none; spot->index when there is none.
 * *option: the one whose value would come next. */
static size_t next_argument(const struct spot *spot, size_t at,
                            const struct option_entry **option) {
  for (*option = NULL; at < spot->index && is_option(words_at(&spot->words, at)); at++) {
    const struct option_entry *entry = spot_option(spot, words_at(&spot->words, at));
    if (!entry || !entry->argument)
      continue;
    if (++at == spot->index)
      *option = entry;
  }
  return at < spot->index ? at : spot->index;
}

/* Of a family the second word is a part of the verb. */
static size_t skip_topic(struct spot *spot, size_t at) {
  const struct command *topic = NULL;
  struct error ignored;
  size_t none = 0;
  if (!spot->command->topics || at == spot->index)
    return at;
  const char *word = words_at(&spot->words, at);
  if (!command_find_topic(spot->command, &word, 1, &topic, &none, &ignored))
    return at;
  spot->command = topic;
  return next_argument(spot, at + 1, &spot->option);
}

static void count_arguments(struct spot *spot) {
  size_t at = skip_topic(spot, next_argument(spot, 1, &spot->option));
  spot->subject = at < spot->index ? at : 0;
  for (; at < spot->index; at = next_argument(spot, at + 1, &spot->option))
    spot->arguments++;
}

const char *spot_argument(const struct spot *spot, size_t n) {
  const struct option_entry *ignored = NULL;
  size_t at = spot->subject;
  while (n-- > 0)
    at = next_argument(spot, at + 1, &ignored);
  return words_at(&spot->words, at);
}

/* "list deal", "set #42", "find amount>5000". */
static const struct kind *kind_of(const struct spot *spot, struct session *session) {
  struct book *book = session_book(session);
  const struct kind *kind = NULL;
  struct error ignored;
  int64_t id = 0;
  if (!book)
    return NULL;
  const char *word = spot->subject ? words_at(&spot->words, spot->subject) : NULL;
  if (word && (kind = catalog_kind(book->catalog, word)))
    return kind;
  if (word && session_record_id(session, word, NULL, &id, &ignored) &&
      record_kind_of(book, id, &kind, &ignored))
    return kind;
  return spot->command->kind ? catalog_kind(book->catalog, spot->command->kind) : NULL;
}

bool spot_read(struct spot *out, struct session *session, const char *before) {
  *out = (struct spot){.current = ""};
  struct error ignored;
  if (!words_split_typed(&out->words, before, &out->quote, &ignored))
    return false;
  size_t count = out->words.items.count;
  out->redirected = out->words.file || out->words.pipe;
  bool fresh = ends_word(out, before) || count == 0 || out->redirected;
  out->index = fresh ? count : count - 1;
  out->current = fresh ? "" : words_at(&out->words, count - 1);
  if (out->index == 0)
    return true;
  const char *verb = words_at(&out->words, 0);
  out->command = command_find(session, verb, strlen(verb));
  if (out->command) {
    count_arguments(out);
    out->kind = kind_of(out, session);
  }
  return true;
}

const struct report *spot_report(const struct spot *spot, const struct session *session) {
  struct report *report = NULL;
  struct error ignored;
  if (!(spot->command->completes & COMPLETES_REPORTS) || spot->arguments == 0)
    return NULL;
  size_t name = spot->arguments > 1 && strcmp(spot_argument(spot, 0), "report") == 0;
  if (!engine_find_report(session->engine, spot_argument(spot, name), &report, &ignored))
    return NULL;
  return report;
}

const struct list *spot_params(const struct spot *spot, const struct session *session) {
  if (spot->command->declared)
    return &spot->command->declared->params;
  const struct report *report = spot_report(spot, session);
  return report ? &report->params : NULL;
}

const struct kind *spot_path(const struct spot *spot, const struct session *session,
                             const char *path, const char **last) {
  const struct catalog *catalog = session->engine->book->catalog;
  const struct kind *kind = spot->kind;
  for (const char *dot; kind && (dot = strchr(path, '.')); path = dot + 1) {
    struct text name = {0};
    text_append_bytes(&name, path, (size_t)(dot - path));
    const struct field *field = kind_field(kind, text_string(&name));
    kind = field && field->target ? catalog_kind(catalog, field->target) : NULL;
    text_release(&name);
  }
  *last = path;
  return kind;
}

/* What stands before the sign in field=value; false, and *value NULL, when there is no sign. */
static bool read_name(const struct spot *spot, struct text *name, const char **value) {
  size_t length = strcspn(spot->current, "=<>!+-");
  size_t sign = strspn(spot->current + length, "!+-");
  sign += strspn(spot->current + length + sign, "=<>");
  bool compares = sign && strchr("=<>", spot->current[length + sign - 1]);
  *value = length && compares ? spot->current + length + sign : NULL;
  if (*value)
    text_append_bytes(name, spot->current, length);
  return *value != NULL;
}

const struct field *spot_field(const struct spot *spot, const struct session *session,
                               const char **value) {
  struct text name = {0};
  const struct field *field = NULL;
  const char *last = NULL;
  if (!read_name(spot, &name, value))
    return NULL;
  const struct list *params = spot_params(spot, session);
  int param = params ? param_find(params, text_string(&name)) : -1;
  const struct kind *kind = params ? NULL : spot_path(spot, session, text_string(&name), &last);
  if (param >= 0)
    field = list_at(params, (size_t)param);
  else if (kind)
    field = kind_field(kind, last);
  text_release(&name);
  return field;
}

const struct kind *spot_group(const struct spot *spot, const struct session *session) {
  struct text name = {0};
  const char *value = NULL, *last = NULL;
  const struct kind *members = NULL, *group = NULL;
  if (read_name(spot, &name, &value) && !spot_params(spot, session))
    members = spot_path(spot, session, text_string(&name), &last);
  if (members)
    group = catalog_group(session->engine->book->catalog, members, last);
  text_release(&name);
  return group;
}

void spot_release(struct spot *spot) {
  words_release(&spot->words);
}
