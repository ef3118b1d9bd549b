/* Questions to whoever sits at the terminal. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "repl/failure.h"
#include "repl/format/wrap.h"
#include "repl/interrupt.h"
#include "repl/progress.h"
#include "repl/session.h"
#include "repl/terminal.h"

/* One byte; 0 at the end of the input, -1 when interrupted or, then *late, when nobody typed it in
 * time. Signals come in only while it waits: one just before would be lost. */
static ssize_t read_byte(char *byte, int seconds, const sigset_t *open, bool *late) {
  const struct timespec limit = {.tv_sec = seconds};
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  int ready = -1;
  while (ready < 0 && !interrupt_pending()) {
    ready = ppoll(&input, 1, seconds ? &limit : NULL, open);
    if (ready < 0 && errno != EINTR)
      break;
  }
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
static bool read_line(struct text *line, int seconds, const sigset_t *open, struct error *err) {
  char byte = 0;
  bool late = false;
  ssize_t got = 0;
  while ((got = read_byte(&byte, seconds, open, &late)) > 0 && byte != '\n')
    text_append_char(line, byte);
  bool interrupted = got < 0 && interrupt_pending();
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

static bool ask_line(const char *question, const char *behind, int seconds, struct text *line,
                     struct error *err) {
  sigset_t open;
  interrupt_hold(&open);
  show_question(question, behind);
  bool done = read_line(line, seconds, &open, err);
  interrupt_let(&open);
  return done;
}

bool call_may_ask(const struct call *call) {
  return !call->settings.no_input && !call->by_script && terminal_is_input() && terminal_is_error();
}

bool call_ask(const char *question, struct text *answer, struct error *err) {
  if (ask_line(question, ":", 0, answer, err))
    return true;
  err->code = ERROR_INTERRUPTED; /* a parameter is missing: there is nothing to confirm */
  return false;
}

static bool is_word(const struct answer *answer, const char *folded) {
  for (const char *const *word = answer->words; *word; word++)
    if (strcmp(folded, *word) == 0)
      return true;
  return false;
}

bool answer_read(const struct answer *answers, const char *line, int *out) {
  static const char blanks[] = " \t\r";
  struct text folded = {0};
  line += strspn(line, blanks);
  size_t length = strlen(line);
  while (length && strchr(blanks, line[length - 1]))
    length--;
  text_append_folded(&folded, line, length);
  while (answers->words[0] && !is_word(answers, text_string(&folded)))
    answers++;
  *out = answers->choice;
  text_release(&folded);
  return answers->words[0] != NULL;
}

static void explain(bool has_diff) {
  failure_print_details(
      has_diff ? translate("y is yes, n or Enter is no, diff shows every field that would change\n")
               : translate("y is yes, n or Enter is no\n"));
}

/* What each answer may be, in the languages that are spoken. */
static const struct answer assents[] = {
    {ASSENT_NO,   {"", "n", "no", "н", "нет"}      },
    {ASSENT_YES,  {"y", "yes", "д", "да"}           },
    {ASSENT_DIFF, {"d", "diff", "р", "разница"}},
    {0,           {NULL}                               },
};

bool call_choose(const char *question, const struct choosing *choosing, enum assent *out,
                 struct error *err) {
  const char *behind = choosing->has_diff ? " [y/N/diff]" : " [y/N]";
  struct text line = {0};
  int choice = ASSENT_NO;
  bool known = false;
  while (!known && ask_line(question, behind, choosing->seconds, &line, err)) {
    known = answer_read(assents, text_string(&line), &choice) &&
            (choosing->has_diff || choice != ASSENT_DIFF);
    if (!known)
      explain(choosing->has_diff);
    text_clear(&line);
  }
  *out = (enum assent)choice;
  text_release(&line);
  return known;
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
