#include "repl/host.h"

#include <string.h>

#include "base/memory.h"
#include "repl/format/safe.h"
#include "repl/terminal.h"

enum { VERBS_MAX = 128 };

/* A reason the script can catch and show: message and details in one. */
static bool fail_with_details(const struct call *call, struct error *err) {
  struct error said = *err;
  if (!call->complaint.length)
    return false;
  return error_set(err, said.code, "%s\n%s", said.message, text_string(&call->complaint));
}

static bool hand_over(struct call *call, struct result **result, struct error *err) {
  if (!call->has_result) {
    text_append_bytes(&call->session->output.text, text_string(&call->text), call->text.length);
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
  *result = NULL;
  if (!command_require(verb, &command, err))
    return false;
  text_append(&line, verb);
  for (size_t i = 0; i < count; i++)
    text_format(&line, " %s", words[i]);
  call_init(&call, session);
  call.by_script = true;
  bool done = call_run(&call, command, text_string(&line), words, count, err);
  done = done ? hand_over(&call, result, err) : fail_with_details(&call, err);
  call_release(&call);
  text_release(&line);
  return done;
}

/* At the prompt a script's words appear as it runs; else they join the output. */
static void print(void *payload, const char *bytes, size_t length) {
  struct session *session = payload;
  struct error ignored; /* a full disk shows again when the output is closed */
  struct output *output = &session->output;
  if (terminal_is_output() && !output->path && !output->pipe) {
    safe_append(&output->text, bytes, length, SAFE_KEEP_LINES | SAFE_KEEP_TABS,
                !terminal_is_utf8());
    output_now(text_string(&output->text), output->text.length, NULL, &ignored);
    text_clear(&output->text);
  } else {
    text_append_bytes(&output->text, bytes, length);
  }
}

static const char *const *script_verbs(void) {
  static const char *verbs[VERBS_MAX];
  size_t count = 0;
  const struct command *command = NULL;
  for (size_t i = 0; count < VERBS_MAX - 1 && (command = command_at(i)); i++)
    if (!(command->flags & COMMAND_PROMPT) && !strchr(command->verb, '-'))
      verbs[count++] = command->verb;
  verbs[count] = NULL;
  return verbs;
}

struct state_host host_of(struct session *session) {
  return (struct state_host){run_verb, script_verbs(), print, session};
}
