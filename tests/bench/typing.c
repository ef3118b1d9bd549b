/* The product at the keyboard: how long a prompt, a completion, a hint and a preview let one wait.
 */
#include <errno.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare.h"
#include "bench.h"
#include "model/search.h"
#include "repl/complete.h"
#include "repl/hint.h"

static _Noreturn void fail(const char *message) {
  fprintf(stderr, "bench: %s\n", message);
  abort();
}

/* Until the sign of a prompt is on the screen. */
static void read_until(int terminal, const char *sign) {
  char seen[4096];
  size_t length = 0;
  while (length + 1 < sizeof seen) {
    ssize_t got = read(terminal, seen + length, sizeof seen - 1 - length);
    if (got <= 0)
      fail("no prompt came");
    length += (size_t)got;
    seen[length] = 0;
    if (strstr(seen, sign))
      return;
  }
  fail("no prompt came, but much else");
}

static void leave(int terminal, pid_t child) {
  char rest[4096];
  if (write(terminal, "\004", 1) != 1)
    fail("cannot type");
  while (read(terminal, rest, sizeof rest) > 0) {
  }
  close(terminal);
  waitpid(child, NULL, 0);
}

double typing_prompt(const char *const *words, const char *sign) {
  int terminal = -1;
  double start = clock_seconds();
  pid_t child = forkpty(&terminal, NULL, NULL, NULL);
  if (child < 0)
    fail("no terminal");
  if (child == 0) {
    setenv("TERM", "xterm", 1);
    execvp(words[0], (char *const *)(uintptr_t)words);
    _exit(1);
  }
  read_until(terminal, sign);
  double seconds = clock_seconds() - start;
  leave(terminal, child);
  return seconds;
}

/* A guard of what is typed must find that nobody types. */
static void take_keyboard_away(void) {
  int ends[2];
  if (pipe(ends) != 0 || dup2(ends[0], STDIN_FILENO) < 0)
    fail("no pipe");
}

static void open_session(struct session *session, const struct scene *scene, const char *book) {
  const struct settings settings = {.database = scene_path(scene, book),
                                    .workspace = scene->workspace};
  struct text faults = {0};
  struct error err = {0};
  setenv("DEALWRIGHT_CONFIG", "/dev/null", 1);
  take_keyboard_away();
  if (!session_init(session, &settings, &err) ||
      !session_open(session, COMMAND_NEEDS_BOOK, &faults, &err) ||
      !search_refresh(session_book(session), &err))
    fail(err.message);
}

static void complete(struct session *session, uint64_t *state) {
  struct line_candidates found = {0};
  char line[64];
  snprintf(line, sizeof line, "show \"Client %u", (unsigned)(bare_random(state) % 900) + 100);
  if (!complete_line(line, strchr(line, 'C'), &found, session) || !found.names[0])
    fail("nothing to complete");
  line_candidates_release(&found);
}

double typing_completions(const struct scene *scene, int64_t count) {
  struct session session;
  uint64_t state = 7;
  open_session(&session, scene, "clients.db");
  double start = clock_seconds();
  for (int64_t i = 0; i < count; i++)
    complete(&session, &state);
  double seconds = clock_seconds() - start;
  session_release(&session);
  return seconds;
}

static const char *const typed[] = {
    "sho",
    "list client ",
    "list client status=",
    "find client employees>500 indus",
    "set #42 emploees=5 ",
    "set #42 employees=50 country=",
    "shw 42",
    "new client \"Клиника Сокол\" industry=medical ",
};
enum { TYPED = sizeof typed / sizeof *typed };

typedef void (*say_fn)(struct text *out, struct session *session, const char *line);

static double time_saying(const struct scene *scene, say_fn say, const char *const *lines,
                          size_t kinds, int64_t count) {
  struct session session;
  struct text out = {0};
  open_session(&session, scene, "clients.db");
  for (int tries = 20; out.length == 0; tries--) { /* a busy machine may take its moment away */
    if (tries == 0)
      fail("nothing is said of the first line");
    say(&out, &session, lines[0]);
  }
  double start = clock_seconds();
  for (int64_t i = 0; i < count; i++) {
    text_clear(&out);
    say(&out, &session, lines[(size_t)i % kinds]);
  }
  double seconds = clock_seconds() - start;
  text_release(&out);
  session_release(&session);
  return seconds;
}

double typing_hints(const struct scene *scene, int64_t count) {
  return time_saying(scene, hint_append, typed, TYPED, count);
}

/* The second cannot be counted in the moment there is. */
double typing_previews(const struct scene *scene, int64_t count) {
  static const char *const lines[] = {"find client name~0000123",
                                      "list client employees>500 revenue>1000 name!=x"};
  return time_saying(scene, hint_ponder, lines, 2, count);
}
