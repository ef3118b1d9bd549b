/* The program: dealwright [OPTIONS] [VERB …]. Without a verb, the prompt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repl/failure.h"
#include "repl/interrupt.h"
#include "repl/language.h"
#include "repl/prompt.h"
#include "repl/session.h"
#include "repl/terminal.h"

/* The options before the verb are the session's; they need not be known to the verb. */
static bool read_options(int count, char **arguments, struct settings *settings, struct list *rest,
                         struct error *err) {
  struct option_reading reading = {
      .stop_at_word = true,
      .settings = settings,
      .rest = rest,
  };
  return option_read(&reading, (const char *const *)arguments + 1, (size_t)count - 1, err);
}

/* Behind the verb it would come too late: the settings are read before. */
static bool is_safe(const struct list *words) {
  for (size_t i = 0; i < words->count; i++)
    if (strcmp(*(const char **)list_at(words, i), "--safe") == 0)
      return true;
  return false;
}

static int run(struct session *session, const struct list *words) {
  static const char *const help[] = {"help"}, *const version[] = {"version"};
  if (session->settings.version)
    return session_run_words(session, version, 1);
  if (session->settings.help && words->count == 0) {
    session->settings.help = false; /* else it would be help about help */
    return session_run_words(session, help, 1);
  }
  if (session->config_fault.code != ERROR_NONE && words->count == 0) {
    failure_print(&session->config_fault, NULL, false);
    return failure_exit_code(session->config_fault.code);
  }
  if (words->count)
    return session_run_words(session, words->items, words->count);
  return terminal_is_input() ? prompt_run(session) : prompt_run_lines(session, stdin);
}

static int start(int count, char **arguments) {
  struct settings settings = {0};
  struct list words = {.size = sizeof(const char *)};
  struct session session;
  struct error err = {0};
  int code = EXIT_DONE;
  bool ready = read_options(count, arguments, &settings, &words, &err);
  settings.safe = settings.safe || is_safe(&words);
  ready = ready && language_use(settings.language, &err) && session_init(&session, &settings, &err);
  if (ready) {
    code = run(&session, &words);
    session_release(&session);
  } else {
    failure_print(&err, NULL, false);
    code = failure_exit_code(err.code);
  }
  list_release(&words);
  return code;
}

/* What libraries left in stdout's buffer counts as output too. */
static int close_output(int code) {
  struct error err = {0};
  if (fflush(stdout) == 0 && !ferror(stdout))
    return code;
  error_set(&err, ERROR_WRITE, "cannot write to standard output");
  failure_print(&err, NULL, false);
  return code ? code : EXIT_NOT_WRITTEN;
}

int main(int count, char **arguments) {
  language_set_locale();
  language_use(NULL, NULL);
  interrupt_install();
  exit(close_output(start(count, arguments)));
}
