#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "repl/commands/reasons.h"
#include "repl/interrupt.h"
#include "repl/language.h"
#include "repl/session.h"
#include "repl/terminal.h"
#include "repl/view.h"

void call_init(struct call *call, struct session *session) {
  *call = (struct call){
      .session = session,
      .recent = session->recent,
      .settings = session->settings,
      .words = {.size = sizeof(const char *)},
      .options = {.size = sizeof(struct option_value)},
  };
}

void call_release(struct call *call) {
  list_release(&call->words);
  list_release(&call->options);
  text_release(&call->text);
  text_release(&call->complaint);
  if (call->has_result && !call->borrowed)
    result_release(&call->result);
  call->has_result = false;
}

size_t call_count(const struct call *call) {
  return call->words.count;
}

const char *call_word(const struct call *call, size_t index) {
  return index < call->words.count ? *(const char **)list_at(&call->words, index) : NULL;
}

static const struct option_value *option_of(const struct call *call, const char *name) {
  for (size_t i = call->options.count; i-- > 0;) {
    const struct option_value *value = list_at(&call->options, i);
    if (strcmp(value->entry->name, name) == 0)
      return value;
  }
  return NULL;
}

const char *call_option(const struct call *call, const char *name) {
  const struct option_value *value = option_of(call, name);
  return value ? value->word : NULL;
}

bool call_has(const struct call *call, const char *name) {
  return option_of(call, name) != NULL;
}

int call_exit_code(const struct call *call) {
  if (call->exit_code == 0 && call->settings.fail_if_empty && call->has_result &&
      !call->result.document && call->result.rows.count == 0)
    return EXIT_EMPTY;
  return call->exit_code;
}

bool call_begin_result(struct call *call, const char *name, const char *title, struct error *err) {
  call->has_result = result_init(&call->result, name, title, err);
  return call->has_result;
}

bool call_expect(const struct call *call, size_t least, int most, struct error *err) {
  size_t count = call_count(call);
  if (count >= least && (most < 0 || count <= (size_t)most))
    return true;
  return error_set(err, ERROR_USAGE, "usage: %s %s   (for example: %s)", call->command->verb,
                   translate(call->command->arguments), call->command->examples[0]);
}

bool call_read(struct call *call, const char *const *words, size_t count, struct error *err) {
  struct option_reading reading = {
      .own = call->command->options,
      .stop_at_word = call->command->flags & COMMAND_VERBATIM,
      .settings = &call->settings,
      .values = &call->options,
      .rest = &call->words,
  };
  return option_read(&reading, words, count, err);
}

static bool may_write(const struct call *call, struct error *err) {
  if (!(call->command->flags & COMMAND_WRITES))
    return true;
  if (call->settings.read_only)
    return error_set(err, ERROR_PERMISSION, "'%s' changes data and --read-only is set",
                     call->command->verb);
  if (call->settings.safe)
    return error_set(err, ERROR_PERMISSION,
                     "'%s' changes data, and with --safe the workspace's own rules are not asked; "
                     "'rules check' tells what is wrong with them",
                     call->command->verb);
  if (call->settings.rules)
    return error_set(err, ERROR_PERMISSION,
                     "'%s' changes data, and rules that are given by --rules are for reading; "
                     "'rules activate' puts rules into force",
                     call->command->verb);
  return true;
}

/* Who writes --where behind a command that changes records means those it changes. */
static bool may_filter(const struct call *call, struct error *err) {
  if (call->command->flags & COMMAND_WRITES && call->settings.where[0])
    return error_set(err, ERROR_USAGE, "'%s' changes data; --where is for answers to look at",
                     call->command->verb);
  return true;
}

/* A command line names its database behind the verb as well as before it. At the prompt only `use`
 * changes it: a script may be holding the one in use. */
static bool adopt_settings(struct call *call, struct error *err) {
  struct session *session = call->session;
  session_prefer_nearer(&call->settings);
  const struct settings *wanted = &call->settings, *had = &session->settings;
  bool other_book = wanted->database != had->database || wanted->workspace != had->workspace;
  bool other_rules = wanted->read_only != had->read_only || wanted->timeout != had->timeout ||
                     wanted->language != had->language;
  if (call->adopted || (!other_book && !other_rules))
    return true;
  if (session->engine || session->interactive)
    return error_set(err, ERROR_USAGE,
                     "--db, --workspace, --read-only, --timeout and --lang are for starting "
                     "the program; 'use FILE' changes the database");
  session->settings.read_only = wanted->read_only;
  session->settings.timeout = wanted->timeout;
  session->settings.language = wanted->language;
  if (!language_use(wanted->language, err))
    return false;
  return !other_book || session_use(session, wanted->database, wanted->workspace, err);
}

/* What the output looks like is known before anything is printed. */
static void aim_output(struct call *call) {
  struct output *output = &call->session->output;
  if (call->by_script)
    return;
  output->path = call->settings.output;
  session_aim_pager(call->session, &call->settings);
}

static bool show_help(struct call *call, struct error *err) {
  const char *verb = call->command->verb, *blank = strchr(verb, ' ');
  struct text family = {0};
  text_append_bytes(&family, verb, blank ? (size_t)(blank - verb) : strlen(verb));
  const char *topic[] = {text_string(&family), blank ? blank + 1 : NULL};
  call->settings.help = false;
  list_clear(&call->words);
  list_clear(&call->options);
  bool done = text_check(&family, err) && call_run(call, command_find(call->session, "help", 4),
                                                   call->line, topic, blank ? 2 : 1, err);
  text_release(&family);
  return done;
}

/* Opening may load the scripts anew, and with them what they declare. */
static bool open_for(struct call *call, struct error *err) {
  struct text verb = {0};
  bool declared = call->command->declared != NULL;
  if (declared)
    text_append(&verb, call->command->verb);
  bool done = text_check(&verb, err) &&
              session_open(call->session, call->command->flags, &call->complaint, err) &&
              (!declared || command_require(call->session, text_string(&verb), &call->command,
                                            &call->complaint, err));
  text_release(&verb);
  return done;
}

static bool settings_are_right(const struct call *call, struct error *err) {
  const struct error *fault = &call->session->config_fault;
  if (fault->code == ERROR_NONE || call->command->flags & COMMAND_ANY_SETTINGS)
    return true;
  *err = *fault;
  return false;
}

static bool prepare(struct call *call, struct error *err) {
  struct session *session = call->session;
  if (!settings_are_right(call, err) || !may_write(call, err) || !may_filter(call, err) ||
      !adopt_settings(call, err) || !open_for(call, err) ||
      !session_set_moment(session, &call->settings, err))
    return false;
  if (session->lua_depth == 0)
    interrupt_aim(session_book(session), session->state);
  return !interrupt_pending() || error_set(err, ERROR_INTERRUPTED, "interrupted");
}

void call_adopt(struct call *call, const char *const *words, size_t count) {
  struct error ignored;
  if (call->session->engine || call->session->interactive)
    return;
  struct option_reading reading = {
      .settings = &call->settings, .values = &call->options, .rest = &call->words};
  if (option_read(&reading, words, count, &ignored))
    call->adopted = adopt_settings(call, &ignored);
  list_clear(&call->words);
  list_clear(&call->options);
}

/* A format that a session has for all its lines hinders none of them before there is an answer. */
static bool is_for_this_line(const struct call *call) {
  return !call->by_script &&
         (!call->session->interactive || call->settings.output ||
          setting_origin(&call->settings, setting_named("format")) == ORIGIN_LINE);
}

static bool check_format(const struct call *call, struct error *err) {
  const struct format *format = NULL;
  if (call->settings.format && !format_find(call->settings.format, &format, err))
    return false;
  if (!session_format(call->session, &call->settings, &format, err))
    return false;
  if (!format || !is_for_this_line(call) || call->command->flags & COMMAND_ANY_SETTINGS ||
      format_can(format, session_style(call->session, &call->settings).terminal, err))
    return true;
  return call->settings.format && error_blame(err, call->settings.format);
}

/* What says how the answer looks is wrong before anything is changed, not after. */
static bool check_settings(const struct call *call, struct error *err) {
  const struct settings *settings = &call->settings;
  int64_t number;
  if (!check_format(call, err))
    return false;
  if (settings->limit && !view_limit(settings->limit, &number, err))
    return false;
  if (!settings->width || (integer_parse(&number, settings->width, err) && number > 0))
    return true;
  error_set(err, ERROR_USAGE, "--width is a number of columns, not '%s'", settings->width);
  return error_blame(err, settings->width);
}

/* A script gets the answer; a file that never appears would be worse than a refusal. */
static bool check_script(const struct call *call, struct error *err) {
  const char *path = call->settings.output;
  if (!call->by_script || !path || path == call->session->settings.output)
    return true;
  error_set(err, ERROR_USAGE, "a script gets the answer and writes no files: leave out --output");
  return error_blame(err, path);
}

static bool run_here(void *payload, struct error *err) {
  struct call *call = payload;
  bool done = prepare(call, err) && call->command->run(call, err);
  reasons_append_promoted(call, done);
  reasons_append_judged(call, done, err);
  return done;
}

/* Rules other than the session's are open for the command only, beside it. */
static bool run_lent(void *payload, struct error *err) {
  struct call *call = payload;
  const struct command *command = call->command;
  bool done = run_here(call, err);
  call->command = command; /* what the lent rules declared is gone */
  return done;
}

static bool wants_other_rules(const struct call *call) {
  const char *wanted = call->settings.rules;
  return wanted && wanted != call->session->settings.rules;
}

static bool run_read(struct call *call, const char *const *words, size_t count, struct error *err) {
  if (!call_read(call, words, count, err) || !check_script(call, err))
    return false;
  aim_output(call);
  if (call->settings.help)
    return show_help(call, err);
  if (!check_settings(call, err))
    return false;
  if (call->command->topics)
    call->command = call->command->topics;
  if (!wants_other_rules(call))
    return run_here(call, err);
  return may_write(call, err) &&
         session_lend(call->session, call->settings.rules, run_lent, call, err);
}

/* The second word chooses the command; the others are its own. */
static bool run_topic(struct call *call, const char *const *words, size_t count,
                      struct error *err) {
  const struct command *topic;
  size_t at = 0;
  if (!command_find_topic(call->command, words, count, &topic, &at, err))
    return false;
  if (!topic)
    return run_read(call, words, count, err);
  const char **rest = memory_new_array(count, sizeof *rest);
  if (!rest)
    return error_memory(err);
  for (size_t i = 0; i + 1 < count; i++)
    rest[i] = words[i < at ? i : i + 1];
  call->command = topic;
  bool done = run_read(call, rest, count - 1, err);
  memory_free(rest);
  return done;
}

bool call_run(struct call *call, const struct command *command, const char *line,
              const char *const *words, size_t count, struct error *err) {
  call->command = command;
  call->line = line;
  return command->topics ? run_topic(call, words, count, err) : run_read(call, words, count, err);
}

bool call_delegate(struct call *call, const struct command *command, const char *const *words,
                   size_t count, struct error *err) {
  struct call inner;
  call_init(&inner, call->session);
  inner.settings = call->settings;
  inner.by_script = call->by_script;
  bool done = call_run(&inner, command, call->line, words, count, err);
  struct call outer = *call;
  call->settings = inner.settings;
  call->text = inner.text;
  call->complaint = inner.complaint;
  call->result = inner.result;
  call->has_result = inner.has_result;
  call->exit_code = inner.exit_code;
  call->subject = inner.subject;
  inner.text = outer.text;
  inner.complaint = outer.complaint;
  inner.result = outer.result;
  inner.has_result = outer.has_result;
  call_release(&inner);
  return done;
}
