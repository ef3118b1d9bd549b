#include "repl/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "repl/progress.h"

enum { SHELL_NOT_FOUND = 127, SHELL_NOT_RUNNABLE = 126, SHELL_INTERRUPTED = 128 + SIGINT };

/* What this program ignores or catches is none of the other's business: a child that does not die
 * of a broken pipe or of Ctrl-C would go on for ever. */
static void usual_signals(void) {
  static const int numbers[] = {SIGINT, SIGPIPE, SIGALRM, SIGTERM, SIGHUP, SIGTSTP, SIGCONT};
  struct sigaction usual = {.sa_handler = SIG_DFL};
  sigset_t none;
  sigemptyset(&none);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    sigaction(numbers[i], &usual, NULL);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static pid_t fork_program(void (*start)(const void *payload), const void *payload,
                          const int ends[2]) {
  pid_t child = fork();
  if (child != 0)
    return child;
  usual_signals();
  if (ends[0] < 0 || dup2(ends[0], STDIN_FILENO) >= 0)
    start(payload);
  _exit(SHELL_NOT_RUNNABLE);
}

/* A reader that has seen enough closes its end. */
static void feed_program(int descriptor, const struct text *feed) {
  const char *at = text_string(feed);
  for (size_t left = feed->length; left;) {
    ssize_t written = write(descriptor, at, left);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return;
    at += written;
    left -= (size_t)written;
  }
}

static bool wait_for(pid_t child, int *status) {
  while (waitpid(child, status, 0) < 0)
    if (errno != EINTR)
      return false;
  return true;
}

static enum program_end end_of(int status, int *code) {
  *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (*code == SHELL_NOT_FOUND || *code == SHELL_NOT_RUNNABLE)
    return PROGRAM_NOT_FOUND;
  bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGINT;
  return killed || *code == SHELL_INTERRUPTED ? PROGRAM_STOPPED : PROGRAM_ENDED;
}

static bool run(void (*start)(const void *payload), const void *payload, const struct text *feed,
                int *status) {
  int ends[2] = {-1, -1};
  if (feed && pipe2(ends, O_CLOEXEC) != 0)
    return false;
  pid_t child = fork_program(start, payload, ends);
  if (ends[0] >= 0)
    close(ends[0]);
  if (child > 0 && feed)
    feed_program(ends[1], feed);
  int reason = errno;
  if (ends[1] >= 0)
    close(ends[1]);
  errno = reason;
  return child > 0 && wait_for(child, status);
}

bool program_run(void (*start)(const void *payload), const void *payload, const struct text *feed,
                 enum program_end *end, int *code, struct error *err) {
  struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
  int status = 0;
  progress_pause();
  fflush(stdout);
  sigaction(SIGINT, &ignore, &before);
  bool done = run(start, payload, feed, &status);
  int reason = errno;
  sigaction(SIGINT, &before, NULL);
  progress_resume();
  if (!done)
    return error_set(err, ERROR_CONFIG, "no program can be started: %s", error_system_text(reason));
  *end = end_of(status, code);
  return true;
}

static void start_shell(const void *payload) {
  execl("/bin/sh", "sh", "-c", (const char *)payload, (char *)NULL);
}

bool program_run_line(const char *line, const struct text *feed, enum program_end *end,
                      struct error *err) {
  int code = 0;
  return program_run(start_shell, line, feed, end, &code, err);
}
