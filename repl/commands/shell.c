/* completion, manual: what a shell and man want to know of the command table. */
#include <string.h>

#include "base/embedded.h"
#include "base/memory.h"
#include "base/translate.h"
#include "base/words.h"
#include "repl/complete.h"
#include "repl/manual.h"
#include "repl/session.h"

extern const struct embedded_file shell_files[];

static const struct {
  const char *shell, *file;
} scripts[] = {
    {"bash", "shell/dealwright.bash"},
    {"zsh",  "shell/_dealwright"    },
    {"fish", "shell/dealwright.fish"}
};

static const struct embedded_file *script_for(const char *shell) {
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
    for (const struct embedded_file *file = shell_files; file->name; file++)
      if (strcmp(scripts[i].shell, shell) == 0 && strcmp(scripts[i].file, file->name) == 0)
        return file;
  return NULL;
}

/* The line up to the cursor as a shell has it: program, options, command, arguments. */
struct typed {
  struct words words;
  size_t command; /* index of the first word that is neither the program nor an option before it */
  bool fresh;     /* the cursor is behind a blank: a new word begins */
};

static size_t find_command(const struct words *words) {
  size_t at = 1;
  while (at < words->items.count && words_at(words, at)[0] == '-') {
    const struct option_entry *entry = option_called(global_options, words_at(words, at));
    at += entry && entry->argument ? 2 : 1;
  }
  return at;
}

/* Outside of quotes a shell's \ makes a letter of what follows: here that stands in quotes. */
static void append_unescaped(struct text *out, const char *line) {
  char quote = 0;
  for (const char *at = line; *at; at++) {
    if (!quote && at[0] == '\\' && at[1]) {
      const char letter[] = {*++at, 0};
      words_quote_always(out, letter);
      continue;
    }
    if (quote ? *at == quote : (*at == '"' || *at == '\''))
      quote = quote ? 0 : *at;
    else if (quote == '"' && at[0] == '\\' && at[1])
      text_append_char(out, *at++);
    text_append_char(out, *at);
  }
}

/* A quote that is still open is closed for the reading. */
static bool read_typed(struct typed *typed, const char *line, struct error *err) {
  size_t length = strlen(line);
  char quote = 0;
  struct text unescaped = {0};
  append_unescaped(&unescaped, line);
  bool done = text_check(&unescaped, err) &&
              words_split_typed(&typed->words, text_string(&unescaped), &quote, err);
  text_release(&unescaped);
  if (!done)
    return false;
  typed->fresh = !quote && (length == 0 || strchr(" \t", line[length - 1]));
  typed->command = find_command(&typed->words);
  return true;
}

/* Behind the last of readline's word breaks: what candidates replace. */
static const char *part_of(const char *word) {
  const char *part = word + strlen(word);
  while (part > word && !strchr("=<>(,", part[-1]))
    part--;
  return part;
}

/* It may hold blanks: in a quote that is still open. */
static void append_unfinished(struct text *out, const char *word) {
  const char *part = part_of(word);
  struct text quoted = {0};
  text_append_bytes(out, word, (size_t)(part - word));
  words_quote(&quoted, part);
  bool open = strcmp(text_string(&quoted), part) != 0;
  text_append_bytes(out, text_string(&quoted), quoted.length - (open ? 1 : 0));
  text_release(&quoted);
}

/* The line as the prompt would have it, from the command on. Only options so far: as if they stood
 * behind a command that takes no others. */
static void append_prompt_line(struct text *out, const struct typed *typed) {
  size_t count = typed->words.items.count;
  bool in_options = typed->command > count - !typed->fresh;
  text_append(out, in_options ? ":version " : ":"); /* never Lua */
  for (size_t i = in_options ? 1 : typed->command; i < count; i++) {
    bool last = i + 1 == count && !typed->fresh;
    if (last)
      append_unfinished(out, words_at(&typed->words, i));
    else
      words_quote(out, words_at(&typed->words, i));
    text_append(out, last ? "" : " ");
  }
}

static void append_candidate(struct text *out, const char *prefix, const char *name,
                             const char *description) {
  struct words unquoted;
  struct error ignored;
  if (!words_split(&unquoted, name, &ignored))
    return;
  text_append(out, prefix);
  text_append(out, unquoted.items.count ? words_at(&unquoted, 0) : name);
  text_format(out, "\t%s\n", description);
  words_release(&unquoted);
}

/* What stands before it belongs to each candidate. */
static void append_candidates(struct call *call, const struct typed *typed, const char *line) {
  struct line_candidates found = {0};
  struct text prefix = {0};
  const char *current = typed->fresh ? "" : words_at(&typed->words, typed->words.items.count - 1);
  const char *word = part_of(current);
  text_append_bytes(&prefix, current, (size_t)(word - current));
  if (complete_line(line, word, &found, call->session)) {
    text_append(&call->text, found.files ? ":files\n" : "");
    text_append(&call->text, found.open_ended ? ":open\n" : "");
    for (size_t i = 0; found.names && found.names[i]; i++)
      append_candidate(&call->text, text_string(&prefix), found.names[i], found.descriptions[i]);
  }
  line_candidates_release(&found);
  text_release(&prefix);
}

/* The line's own database and workspace are asked; one with faults still completes what is built
 * in.
 */
static void open_quietly(struct session *session, const struct typed *typed) {
  struct settings settings = {0};
  struct list rest = {.size = sizeof(const char *)};
  struct option_reading reading = {.stop_at_word = true, .settings = &settings, .rest = &rest};
  struct text faults = {0};
  struct error ignored;
  size_t settled = typed->words.items.count - !typed->fresh;
  if (settled > 1)
    option_read(&reading, (const char *const *)typed->words.items.items + 1, settled - 1, &ignored);
  if ((!settings.database && !settings.workspace) ||
      session_use(session, settings.database, settings.workspace, &ignored))
    session_open(session, COMMAND_NEEDS_RULES, &faults, &ignored);
  text_release(&faults);
  list_release(&rest);
}

static bool complete_typed(struct call *call, const char *line, struct error *err) {
  struct typed typed = {0};
  struct text rest = {0};
  if (!read_typed(&typed, line, err))
    return false;
  if (typed.words.items.count > 1 || (typed.words.items.count && typed.fresh)) {
    open_quietly(call->session, &typed);
    append_prompt_line(&rest, &typed);
    append_candidates(call, &typed, text_string(&rest));
  }
  text_release(&rest);
  words_release(&typed.words);
  return true;
}

static bool run_completion(struct call *call, struct error *err) {
  const char *shell = call_word(call, 0), *line = call_word(call, 1);
  if (!call_expect(call, 1, 2, err))
    return false;
  call->verbatim = true;
  if (strcmp(shell, "line") == 0)
    return line ? complete_typed(call, line, err) : call_expect(call, 2, 2, err);
  const struct embedded_file *script = script_for(shell);
  if (!script || line)
    return error_set(err, ERROR_USAGE, "completion is for bash, zsh or fish, not '%s'",
                     line ? line : shell);
  text_append_bytes(&call->text, script->text, script->length);
  return true;
}

static bool run_manual(struct call *call, struct error *err) {
  if (!call_expect(call, 0, 0, err))
    return false;
  call->verbatim = true;
  manual_append(&call->text, call->session);
  return true;
}

static const char *const shells[] = {"bash", "zsh", "fish", "line", NULL};
static const char *const completion_examples[] = {
    "completion bash", "completion line \"dealwright report win\"", NULL};
static const char *const manual_examples[] = {"manual > dealwright.1", NULL};

const struct command shell_commands[] = {
    {.verb = "completion",
     .arguments = N_("bash|zsh|fish|line LINE"),
     .summary = N_("print what makes a shell complete commands, or what a line may go on with"),
     .examples = completion_examples,
     .words = shells,
     .flags = COMMAND_PROMPT | COMMAND_VERBATIM | COMMAND_ANY_SETTINGS,
     .completes = COMPLETES_TOPICS,
     .run = run_completion},
    {.verb = "manual",
     .arguments = "",
     .summary = N_("print the manual page"),
     .examples = manual_examples,
     .flags = COMMAND_PROMPT | COMMAND_ANY_SETTINGS,
     .run = run_manual},
    {0                                                                           },
};
