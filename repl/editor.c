#include "repl/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

enum { LARGEST = 16 * 1024 * 1024, NOT_FOUND = 127 };

static const char *editor_name(void) {
  static const char *const variables[] = {"VISUAL", "EDITOR"};
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
    const char *name = getenv(variables[i]);
    if (name && *name)
      return name;
  }
  return "vi";
}

/* The variable may hold options, as in "code --wait": the shell reads it, the file is a word of its
 * own. */
static void run_editor(const char *editor, const char *path, int line) {
  char at[32];
  struct text command = {0};
  snprintf(at, sizeof at, "+%d", line);
  text_format(&command, "exec %s \"$@\"", editor);
  signal(SIGINT, SIG_DFL);
  if (line > 1)
    execl("/bin/sh", "sh", "-c", text_string(&command), editor, at, path, (char *)NULL);
  else
    execl("/bin/sh", "sh", "-c", text_string(&command), editor, path, (char *)NULL);
  _exit(NOT_FOUND);
}

static bool wait_for(pid_t child, int *status) {
  while (waitpid(child, status, 0) < 0)
    if (errno != EINTR)
      return false;
  return true;
}

static bool judge_end(const char *editor, int status, struct error *err) {
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (code == 0)
    return true;
  if (code == NOT_FOUND)
    return error_set(err, ERROR_CONFIG, "the editor '%s' can't be started; set VISUAL or EDITOR",
                     editor);
  return error_set(err, ERROR_REFUSED, "the editor '%s' ended with %d; nothing was changed", editor,
                   code);
}

bool editor_open(const char *path, int line, struct error *err) {
  struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
  const char *editor = editor_name();
  int status = 0;
  fflush(stdout);
  sigaction(SIGINT, &ignore, &before);
  pid_t child = fork();
  if (child == 0)
    run_editor(editor, path, line);
  bool done = child > 0 && wait_for(child, &status);
  int reason = errno;
  sigaction(SIGINT, &before, NULL);
  if (!done)
    return error_set(err, ERROR_CONFIG, "the editor '%s' can't be started: %s", editor,
                     strerror(reason));
  return judge_end(editor, status, err);
}

/* Readable by nobody else: it holds the data of clients. */
static bool make_file(struct text *path, const struct text *text, struct error *err) {
  const char *folder = getenv("TMPDIR");
  text_format(path, "%s/dealwright-XXXXXX", folder && *folder ? folder : "/tmp");
  if (!text_check(path, err))
    return false;
  int descriptor = mkstemp(path->data);
  bool done = descriptor >= 0 &&
              write(descriptor, text_string(text), text->length) == (ssize_t)text->length;
  int reason = errno;
  if (descriptor >= 0 && close(descriptor) != 0)
    done = false;
  if (!done && descriptor >= 0)
    unlink(path->data);
  return done || error_set(err, ERROR_WRITE, "cannot write %s: %s", path->data, strerror(reason));
}

bool editor_change(struct text *text, struct error *err) {
  struct text path = {0};
  char *bytes = NULL;
  size_t length = 0;
  bool made = make_file(&path, text, err);
  bool done =
      made && editor_open(path.data, 1, err) && file_read(path.data, LARGEST, &bytes, &length, err);
  if (made)
    unlink(path.data);
  if (done) {
    text_clear(text);
    text_append_bytes(text, bytes, length);
    done = text_check(text, err);
  }
  memory_free(bytes);
  text_release(&path);
  return done;
}
