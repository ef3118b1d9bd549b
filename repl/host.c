#include "repl/host.h"

#include <string.h>

#include "base/memory.h"
#include "base/words.h"
#include "repl/failure.h"
#include "repl/format/safe.h"
#include "repl/terminal.h"
#include "repl/view.h"

enum { VERBS_MAX = 128 };

/* A reason the script can catch and show: message and details in one. */
static bool fail_with_details(const struct call *call, struct error *err) {
  if (call->complaint.length)
    failure_fold(&call->session->refused, err, text_string(&call->complaint));
  return false;
}

/* A script can do little with a document; it gets what a person reads. */
static bool say_document(struct call *call, struct error *err) {
  struct style style = {0};
  if (!call->has_result || !call->result.document)
    return true;
  if (!table_write(&call->result, &style, &call->text, err))
    return false;
  result_release(&call->result);
  call->has_result = false;
  return true;
}

/* The options of its line shape an answer here as they do at the other doors. */
static bool shape(struct call *call, struct error *err) {
  if (call->has_result &&
      !view_apply(&call->result, &call->settings, session_book(call->session), err))
    return false;
  return say_document(call, err);
}

static bool hand_over(struct call *call, struct result **result, struct error *err) {
  if (!call->has_result) {
    call_say(call);
    return text_check(&call->session->output.text, err);
  }
  struct result *handed = memory_new(sizeof *handed);
  if (!handed)
    return error_memory(err);
  *handed = call->result;
  call->has_result = false;
  *result = handed;
  return true;
}

static bool run_verb(void *payload, const char *verb, const char *const *words, size_t count,
                     struct result **result, struct error *err) {
  struct session *session = payload;
  const struct command *command = NULL;
  struct call call;
  struct text line = {0};
  const struct moment moment = session_moment(session);
  *result = NULL;
  text_append(&line, verb);
  for (size_t i = 0; i < count; i++)
    text_format(&line, " %s", words[i]);
  call_init(&call, session);
  view_forget(&call.settings);
  call.by_script = true;
  bool done = command_require(session, verb, &command, &call.complaint, err) &&
              call_run(&call, command, text_string(&line), words, count, err);
  if (done && call.complaint.length)
    failure_print_details(text_string(&call.complaint));
  session->script_code = call_exit_code(&call);
  session->script_subject = done ? call.subject : 0;
  done = done ? shape(&call, err) && hand_over(&call, result, err) : fail_with_details(&call, err);
  session_return_to(session, &moment);
  call_release(&call);
  text_release(&line);
  return done;
}

static bool may_be_run(const struct command *command, bool may_write, struct error *err) {
  if (command->flags & COMMAND_PROMPT)
    return error_set(err, ERROR_USAGE, "'%s' is for the prompt; a command can't run it",
                     command->verb);
  if (command->flags & COMMAND_WRITES && !may_write)
    return error_set(err, ERROR_PERMISSION,
                     "'%s' changes data; a command that runs it declares writes = true",
                     command->verb);
  return true;
}

/* The words of the line behind its verb, and those given apart. */
static bool join_words(struct list *out, const struct words *words, const struct state_line *line,
                       struct error *err) {
  for (size_t i = 1; i < words->items.count + line->more_count; i++) {
    size_t own = words->items.count;
    const char **slot = list_add(out, err);
    if (!slot)
      return false;
    *slot = i < own ? words_at(words, i) : line->more[i - own];
  }
  return true;
}

static bool run_words(struct call *call, const struct words *words, const struct state_line *line,
                      struct error *err) {
  const struct command *command = NULL;
  struct list all = {.size = sizeof(const char *)};
  if (words->file || words->pipe)
    return error_set(err, ERROR_USAGE, "what a command runs answers it; drop '>' and '|': %s",
                     line->line);
  if (words->items.count == 0)
    return error_set(err, ERROR_USAGE, "there is no command in an empty line");
  bool done = command_require(call->session, words_at(words, 0), &command, &call->complaint, err) &&
              may_be_run(command, line->may_write, err) && join_words(&all, words, line, err) &&
              call_run(call, command, line->line, all.items, all.count, err);
  list_release(&all);
  return done;
}

static bool run_line(void *payload, struct state_line *line, struct error *err) {
  struct words words;
  struct call call;
  const struct moment moment = session_moment(payload);
  if (!words_split(&words, line->line, err))
    return false;
  call_init(&call, payload);
  view_forget(&call.settings);
  call.by_script = true;
  bool done = run_words(&call, &words, line, err) && shape(&call, err);
  if (!done)
    fail_with_details(&call, err);
  else if (call.has_result)
    done = hand_over(&call, &line->result, err);
  else
    text_append_bytes(&line->said, text_string(&call.text), call.text.length);
  session_return_to(payload, &moment);
  call_release(&call);
  words_release(&words);
  return done && text_check(&line->said, err);
}

/* At the prompt a script's words appear as it runs; else they join the output. */
static void print(void *payload, const char *bytes, size_t length) {
  struct session *session = payload;
  struct error ignored; /* a full disk shows again when the output is closed */
  struct output *output = &session->output;
  if (session->foretelling)
    return;
  if (terminal_is_output() && !output->path && !output->pipe) {
    safe_append(&output->text, bytes, length, SAFE_KEEP_LINES | SAFE_KEEP_TABS,
                !terminal_is_utf8());
    output_now(text_string(&output->text), output->text.length, NULL, &ignored);
    text_clear(&output->text);
  } else {
    text_append_bytes(&output->text, bytes, length);
  }
}

/* The built-in ones: the scripts know their own. */
static const char *const *script_verbs(const struct session *session) {
  static const char *verbs[VERBS_MAX];
  size_t count = 0;
  const struct command *command = NULL;
  for (size_t i = 0; count < VERBS_MAX - 1 && (command = command_at(session, i)); i++)
    if (!command->declared && !(command->flags & COMMAND_PROMPT))
      verbs[count++] = command->verb;
  verbs[count] = NULL;
  return verbs;
}

static bool is_built_in(void *payload, const char *verb) {
  (void)payload;
  return command_is_built_in(verb, strlen(verb));
}

struct state_host host_of(struct session *session) {
  return (struct state_host){.run_verb = run_verb,
                             .verbs = script_verbs(session),
                             .print = print,
                             .payload = session,
                             .is_built_in = is_built_in,
                             .run_line = run_line};
}
