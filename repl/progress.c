#include "repl/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/translate.h"
#include "repl/format/safe.h"
#include "repl/interrupt.h"
#include "repl/terminal.h"

enum {
  PATIENCE = 1000, /* milliseconds */
  LABEL_COLUMNS = 40,
  WIDEST = 70,
  LINE_BYTES = 400,
};

/* The terminal has one such line, and the handler of a timer writes it too. */
static struct {
  char label[LINE_BYTES]; /* "report pipeline: " of what runs */
  size_t length, label_columns;
  const char *unit; /* translated */
  time_t since;
  volatile sig_atomic_t ticks;   /* the timer is set */
  volatile sig_atomic_t counted; /* somebody knows more than the clock */
  volatile sig_atomic_t columns; /* that are to be wiped; 0: nothing stands there */
} shown;

/* Only what a handler of signals may call; a terminal that is gone shows nothing. */
static void show(const char *words, size_t length, size_t columns) {
  if (write(STDERR_FILENO, words, length) == (ssize_t)length)
    shown.columns = (sig_atomic_t)(columns < WIDEST ? columns : WIDEST);
}

/* Blanks wipe on every terminal; the "^C" of an impatient reader stands behind. */
void progress_hide(void) {
  char wipe[WIDEST + sizeof "\r^C\r"];
  size_t columns = (size_t)shown.columns;
  if (!columns)
    return;
  columns += strlen("^C");
  memset(wipe, ' ', sizeof wipe);
  wipe[0] = wipe[columns + 1] = '\r';
  show(wipe, columns + 2, 0);
}

/* A piece of work that knows how far it is */

static int64_t milliseconds(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(struct progress *progress, const char *label) {
  *progress = (struct progress){.label = label, .since = milliseconds()};
}

static void show_share(const char *label, int64_t done, int64_t total) {
  struct text words = {0};
  progress_hide();
  shown.counted = 1;
  if (total > 0)
    text_format(&words, "%s: %lld %%", label, (long long)(100 * done / total));
  else
    text_format(&words, translate("%s: %lld bytes"), label, (long long)done);
  show(text_string(&words), words.length, text_width(text_string(&words), words.length));
  text_release(&words);
}

bool progress_show(int64_t done, int64_t total, void *payload) {
  struct progress *progress = payload;
  if (done == 0)
    progress_begin(progress, progress->label);
  else if (done == total)
    progress_end();
  else if (terminal_is_error() && milliseconds() - progress->since >= PATIENCE)
    show_share(progress->label, done, total);
  return !interrupt_pending(); /* between two statements nothing else hears it */
}

void progress_end(void) {
  if (shown.counted)
    progress_hide();
  shown.counted = 0;
}

/* A line that runs: only the clock is known */

static size_t write_digits(char *out, int64_t number) {
  char digits[20];
  size_t count = 0, at = 0;
  for (; count == 0 || number > 0; number /= 10)
    digits[count++] = (char)('0' + number % 10);
  while (count)
    out[at++] = digits[--count];
  return at;
}

static void on_tick(int number) {
  char words[LINE_BYTES + 64];
  size_t length = shown.length, unit = strlen(shown.unit);
  (void)number;
  if (!shown.ticks || shown.counted)
    return;
  memcpy(words, shown.label, length);
  size_t digits = write_digits(words + length, time(NULL) - shown.since);
  memcpy(words + length + digits, shown.unit, unit);
  show(words, length + digits + unit, shown.label_columns + digits + unit);
}

static void set_timer(bool on) {
  const struct itimerval every_second =
                             {
                                 {1, 0},
                                 {1, 0}
  },
                         never = {{0, 0}, {0, 0}};
  struct sigaction tick = {.sa_handler = on_tick, .sa_flags = SA_RESTART};
  sigemptyset(&tick.sa_mask);
  shown.ticks = on;
  if (on)
    sigaction(SIGALRM, &tick, NULL);
  setitimer(ITIMER_REAL, on ? &every_second : &never, NULL);
}

static void take_label(const char *line) {
  struct text safe = {0};
  safe_append(&safe, line, strcspn(line, "\n"), SAFE_KEEP_NONE, !terminal_is_utf8());
  size_t width = terminal_error_width(),
         most = width / 2 < LABEL_COLUMNS ? width / 2 : LABEL_COLUMNS;
  size_t length = text_fit(text_string(&safe), safe.length, most);
  const char *cut = length == safe.length ? "" : terminal_is_utf8() ? "…" : "~";
  shown.label_columns = text_width(text_string(&safe), length) + 2 + (*cut != 0);
  int written =
      snprintf(shown.label, sizeof shown.label, "\r%.*s%s: ", (int)length, text_string(&safe), cut);
  shown.length = written > 0 && (size_t)written < sizeof shown.label ? (size_t)written : 0;
  text_release(&safe);
}

void progress_start(const char *line) {
  if (!terminal_is_error())
    return;
  set_timer(false);
  take_label(line);
  shown.unit = translate(" s");
  shown.since = time(NULL);
  shown.counted = 0;
  set_timer(true);
}

void progress_stop(void) {
  if (shown.ticks)
    set_timer(false);
  shown.counted = 0;
  progress_hide();
  shown.length = 0;
}

void progress_pause(void) {
  if (shown.ticks)
    set_timer(false);
  progress_hide();
}

void progress_resume(void) {
  if (shown.length)
    set_timer(true);
}
