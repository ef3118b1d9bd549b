#include "repl/editor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "repl/program.h"

enum { LARGEST = 16 * 1024 * 1024 };

static const char *editor_name(void) {
  static const char *const variables[] = {"VISUAL", "EDITOR"};
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
    const char *name = getenv(variables[i]);
    if (name && *name)
      return name;
  }
  return "vi";
}

struct editing {
  const char *editor, *path;
  int line;
};

/* The variable may hold options, as in "code --wait": the shell reads it, the file is a word of its
 * own. */
static void start_editor(const void *payload) {
  const struct editing *editing = payload;
  const char *editor = editing->editor, *path = editing->path;
  char at[32];
  struct text command = {0};
  snprintf(at, sizeof at, "+%d", editing->line);
  text_format(&command, "exec %s \"$@\"", editor);
  if (editing->line > 1)
    execl("/bin/sh", "sh", "-c", text_string(&command), editor, at, path, (char *)NULL);
  else
    execl("/bin/sh", "sh", "-c", text_string(&command), editor, path, (char *)NULL);
}

bool editor_open(const char *path, int line, struct error *err) {
  const struct editing editing = {editor_name(), path, line};
  enum program_end end = PROGRAM_ENDED;
  int code = 0;
  if (!program_run(start_editor, &editing, NULL, &end, &code, err))
    return false;
  if (end == PROGRAM_NOT_FOUND)
    return error_set(err, ERROR_CONFIG, "the editor '%s' can't be started; set VISUAL or EDITOR",
                     editing.editor);
  if (code < 0)
    return error_set(err, ERROR_REFUSED, "the editor '%s' was killed; nothing was changed",
                     editing.editor);
  return code == 0 ||
         error_set(err, ERROR_REFUSED, "the editor '%s' ended with %d; nothing was changed",
                   editing.editor, code);
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
