/* explain: how a line is read, and how a script says the same. */
#include <string.h>

#include "base/translate.h"
#include "base/words.h"
#include "repl/classify.h"
#include "repl/session.h"

static const char *name_of(enum reading reading) {
  switch (reading) {
  case READING_COMMAND:
    return translate("a command");
  case READING_LUA:
    return translate("Lua");
  case READING_VALUE:
    return translate("a Lua expression");
  case READING_HELP:
    return translate("a question for help");
  case READING_SOURCE:
    return translate("a question for the source of a rule");
  case READING_SHELL:
    return translate("a program of the system");
  case READING_UNKNOWN:
    return translate("a mistyped command");
  case READING_NOTHING:
    break;
  }
  return translate("nothing");
}

/* Options that say how an answer looks and where it goes: a script has the answer itself. */
static const char *const about_looks[] = {"format", "output",   "width",  "color",
                                          "pager",  "no-pager", "errors", "raw"};

static const struct option_entry *option_of_looks(const char *word) {
  struct text name = {0};
  text_append_bytes(&name, word, strcspn(word, "="));
  const struct option_entry *entry = option_called(global_options, text_string(&name));
  text_release(&name);
  for (size_t i = 0; entry && i < sizeof about_looks / sizeof *about_looks; i++)
    if (strcmp(entry->name, about_looks[i]) == 0)
      return entry;
  return NULL;
}

/* The line as a call: why_not("#42", "won"); and what of it a script has no use for. */
struct equivalent {
  struct text call, left_out;
  size_t arguments;
};

static void append_left_out(struct equivalent *equivalent, const char *word) {
  text_append(&equivalent->left_out, equivalent->left_out.length ? " " : "");
  words_quote(&equivalent->left_out, word);
}

static void append_argument(struct equivalent *equivalent, const char *word) {
  text_append(&equivalent->call, equivalent->arguments++ ? ", " : "");
  words_quote_always(&equivalent->call, word);
}

static void append_arguments(struct equivalent *equivalent, const struct words *words) {
  bool options = true;
  for (size_t i = 1; i < words->items.count; i++) {
    const char *word = words_at(words, i);
    options = options && strcmp(word, "--") != 0;
    const struct option_entry *looks = options ? option_of_looks(word) : NULL;
    if (!looks) {
      append_argument(equivalent, word);
      continue;
    }
    append_left_out(equivalent, word);
    bool apart = looks->argument && !strchr(word, '=') && i + 1 < words->items.count;
    if (apart)
      append_left_out(equivalent, words_at(words, ++i));
  }
}

static void append_redirection(struct equivalent *equivalent, const struct words *words) {
  const char *mark = words->file ? "> " : "| ", *target = words->file ? words->file : words->pipe;
  if (!target)
    return;
  text_format(&equivalent->left_out, "%s%s", equivalent->left_out.length ? " " : "", mark);
  text_append(&equivalent->left_out, target);
}

/* A verb's word as Lua can name it. */
static void append_function(struct text *out, const char *verb) {
  for (; *verb; verb++)
    text_append_char(out, *verb == '-' ? '_' : *verb);
}

static bool append_equivalent(struct call *call, const struct command *command,
                              const struct words *words, struct error *err) {
  struct equivalent equivalent = {0};
  append_function(&equivalent.call, command->verb);
  text_append_char(&equivalent.call, '(');
  append_arguments(&equivalent, words);
  append_redirection(&equivalent, words);
  text_format(&call->text, translate("in Lua: %s)\n"), text_string(&equivalent.call));
  if (equivalent.left_out.length)
    text_format(&call->text,
                translate("without: %s (a script has the answer itself and writes no files)\n"),
                text_string(&equivalent.left_out));
  bool done = text_check(&equivalent.call, err) && text_check(&equivalent.left_out, err);
  text_release(&equivalent.call);
  text_release(&equivalent.left_out);
  return done;
}

/* Of a family the one that the words mean; a mistyped one is told when it is run. */
static const struct command *meant(const struct command *command, const struct words *words) {
  const struct command *topic = NULL;
  struct error ignored;
  size_t at;
  if (command->topics)
    command_find_topic(command, (const char *const *)words->items.items + 1, words->items.count - 1,
                       &topic, &at, &ignored);
  return topic ? topic : command;
}

static bool explain_command(struct call *call, const struct classification *found,
                            struct error *err) {
  struct words words;
  const struct command *command = command_find(call->session, found->rest, found->word_length);
  if (!command || !words_split(&words, found->rest, err))
    return !command;
  const struct command *one = meant(command, &words);
  bool done = true;
  if (one->flags & COMMAND_PROMPT)
    text_format(&call->text,
                translate("not in Lua: '%s' is about the session, scripts can't call it\n"),
                one->verb);
  else
    done = append_equivalent(call, command, &words, err);
  words_release(&words);
  return done;
}

/* One word is the line as typed; several are its words. */
static void append_line(struct text *line, const struct call *call) {
  for (size_t i = 0; i < call_count(call); i++) {
    text_append(line, i ? " " : "");
    if (call_count(call) == 1)
      text_append(line, call_word(call, i));
    else
      words_quote(line, call_word(call, i));
  }
}

static bool run_explain(struct call *call, struct error *err) {
  struct text line = {0};
  if (!call_expect(call, 1, -1, err))
    return false;
  call->verbatim = true; /* the equivalent is to be copied */
  append_line(&line, call);
  struct classification found = classify(text_string(&line), command_is_verb, call->session);
  text_format(&call->text, translate("%s: %s\n"), name_of(found.reading), translate(found.because));
  bool done = found.reading != READING_COMMAND || explain_command(call, &found, err);
  text_release(&line);
  return done;
}

static const char *const explain_examples[] = {"explain show #42", "explain 'show (42)'",
                                               "explain 'list deal > deals.csv'", NULL};

const struct command explain_commands[] = {
    {.verb = "explain",
     .arguments = N_("LINE"),
     .summary = N_("say whether a line is a command or Lua, why, and how a script says the same"),
     .examples = explain_examples,
     .flags = COMMAND_PROMPT | COMMAND_VERBATIM,
     .inner = 1,
     .run = run_explain},
    {0},
};
