/* Questions to whoever sits at the terminal. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "repl/format/wrap.h"
#include "repl/progress.h"
#include "repl/session.h"
#include "repl/terminal.h"

/* One byte; 0 at the end of the input, -1 when interrupted or, then *late, when nobody typed it in
 * time. */
static ssize_t read_byte(char *byte, int seconds, bool *late) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  int ready = seconds ? poll(&input, 1, seconds * 1000) : 1;
  *late = ready == 0;
  return ready > 0 ? read(STDIN_FILENO, byte, 1) : -1;
}

static bool refuse(bool interrupted, bool late, int seconds, struct error *err) {
  fputc('\n', stderr);
  if (late)
    return error_set(err, ERROR_CONFIRM, "no answer in %d s; nothing was changed", seconds);
  return error_set(err, interrupted ? ERROR_INTERRUPTED : ERROR_CONFIRM, "nothing was changed");
}

/* The answer is read byte by byte: what was typed after it belongs to the prompt. Fails with
 * ERROR_INTERRUPTED by Ctrl-C and with ERROR_CONFIRM at the end of the input or of its time. */
static bool read_line(struct text *line, int seconds, struct error *err) {
  char byte = 0;
  bool late = false;
  ssize_t got = 0;
  while ((got = read_byte(&byte, seconds, &late)) > 0 && byte != '\n')
    text_append_char(line, byte);
  bool interrupted = got < 0 && errno == EINTR;
  progress_resume();
  return got > 0 ? text_check(line, err) : refuse(interrupted, late, seconds, err);
}

static void show_question(const char *question, const char *behind) {
  struct text whole = {0}, shown = {0};
  size_t length = strlen(question);
  bool fresh = length && question[length - 1] == '\n';
  text_format(&whole, "%s%s", question, behind + (fresh && *behind == ' '));
  wrap_append_safe(&shown, text_string(&whole), whole.length, terminal_error_width(),
                   !terminal_is_utf8());
  progress_pause();
  fprintf(stderr, "%s ", text_string(&shown));
  text_release(&whole);
  text_release(&shown);
}

bool call_may_ask(const struct call *call) {
  return !call->settings.no_input && !call->by_script && terminal_is_input() && terminal_is_error();
}

bool call_ask(const char *question, struct text *answer, struct error *err) {
  show_question(question, ":");
  if (read_line(answer, 0, err))
    return true;
  err->code = ERROR_INTERRUPTED; /* a parameter is missing: there is nothing to confirm */
  return false;
}

/* What each answer may be, in the languages that are spoken. */
static const struct {
  enum assent choice;
  const char *words[6];
} answers[] = {
    {ASSENT_NO,   {"", "n", "no", "н", "нет"}      },
    {ASSENT_YES,  {"y", "yes", "д", "да"}           },
    {ASSENT_DIFF, {"d", "diff", "р", "разница"}},
};

static bool read_choice(const char *line, enum assent *out) {
  struct text folded = {0};
  bool found = false;
  text_append_folded(&folded, line, strlen(line));
  for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
    for (const char *const *word = answers[i].words; !found && *word; word++)
      if (strcmp(text_string(&folded), *word) == 0) {
        *out = answers[i].choice;
        found = true;
      }
  text_release(&folded);
  return found;
}

bool call_choose(const char *question, const struct choosing *choosing, enum assent *out,
                 struct error *err) {
  struct text line = {0};
  bool known = false, done = true;
  while (done && !known) {
    show_question(question, choosing->has_diff ? " [y/N/diff]" : " [y/N]");
    text_clear(&line);
    done = read_line(&line, choosing->seconds, err);
    known =
        done && read_choice(text_string(&line), out) && (choosing->has_diff || *out != ASSENT_DIFF);
  }
  text_release(&line);
  return done;
}

bool call_confirm(struct call *call, const char *question, struct error *err) {
  enum assent choice = ASSENT_NO;
  if (call->settings.yes)
    return true;
  if (!call_may_ask(call))
    return call_refuse_unasked(question, err);
  return call_choose(question, &(struct choosing){0}, &choice, err) &&
         (choice == ASSENT_YES || error_set(err, ERROR_CONFIRM, "nothing was changed"));
}

bool call_refuse_unasked(const char *question, struct error *err) {
  return error_set(err, ERROR_CONFIRM, "%s add --yes to do it, --dry-run to see it", question);
}
