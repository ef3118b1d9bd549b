#include "repl/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/terminal.h"

void output_init(struct output *output) {
  *output = (struct output){.page = true};
}

void output_release(struct output *output) {
  text_release(&output->text);
}

static bool write_failed(const char *what, bool *broken_pipe, struct error *err) {
  int reason = errno;
  if (reason == EPIPE && broken_pipe)
    *broken_pipe = true;
  return error_set(err, ERROR_WRITE, "cannot write %s: %s", what, error_system_text(reason));
}

static bool write_all(int descriptor, const char *bytes, size_t length) {
  while (length) {
    ssize_t written = write(descriptor, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    bytes += written;
    length -= (size_t)written;
  }
  return true;
}

bool output_now(const char *bytes, size_t length, bool *broken_pipe, struct error *err) {
  if (fflush(stdout) != 0 || !write_all(STDOUT_FILENO, bytes, length))
    return write_failed(translate("to standard output"), broken_pipe, err);
  return true;
}

/* The file beside its final name; "" on failure. */
static int open_temporary(const char *path, struct text *name) {
  text_format(name, "%s.XXXXXX", path);
  return name->failed ? -1 : mkstemp(name->data);
}

static bool is_special(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

/* A device or a named pipe can't be replaced by renaming. */
static bool write_special(const char *path, const struct text *text, bool *broken,
                          struct error *err) {
  int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  bool done = descriptor >= 0 && write_all(descriptor, text_string(text), text->length);
  int reason = errno;
  if (descriptor >= 0 && close(descriptor) != 0 && done) {
    reason = errno;
    done = false;
  }
  errno = reason;
  return done || write_failed(path, broken, err);
}

static mode_t usual_mode(const char *path) {
  struct stat info;
  if (stat(path, &info) == 0)
    return info.st_mode & 0777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

static bool write_file(const char *path, const struct text *text, struct error *err) {
  struct text name = {0};
  int descriptor = open_temporary(path, &name);
  bool done = descriptor >= 0 && write_all(descriptor, text_string(text), text->length) &&
              fchmod(descriptor, usual_mode(path)) == 0 && fsync(descriptor) == 0;
  int reason = errno;
  if (descriptor >= 0 && close(descriptor) != 0 && done) {
    reason = errno;
    done = false;
  }
  if (done && rename(name.data, path) != 0) {
    reason = errno;
    done = false;
  }
  if (!done && descriptor >= 0)
    unlink(name.data);
  text_release(&name);
  errno = reason;
  return done || write_failed(path, NULL, err);
}

/* The program gets Ctrl-C itself; we wait for it. */
static bool write_to_program(const char *program, const struct text *text, bool *broken,
                             struct error *err) {
  struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
  sigaction(SIGINT, &ignore, &before);
  fflush(stdout);
  FILE *stream = popen(program, "w"); /* NOLINT(cert-env33-c): the user's own command */
  bool done = stream != NULL;
  if (done)
    done =
        fwrite(text_string(text), 1, text->length, stream) == text->length && fflush(stream) == 0;
  int reason = errno;
  if (stream)
    pclose(stream);
  sigaction(SIGINT, &before, NULL);
  errno = reason;
  return done || write_failed(program, broken, err);
}

static size_t count_lines(const struct text *text) {
  size_t lines = 0;
  for (size_t i = 0; i < text->length; i++)
    lines += text->data[i] == '\n';
  return lines;
}

static const char *pager_for(const struct output *output) {
  if (!output->page || !terminal_is_output() || count_lines(&output->text) < terminal_height())
    return NULL;
  const char *pager = output->pager ? output->pager : getenv("PAGER");
  if (!pager)
    return "less -FRX";
  return *pager && strcmp(pager, "cat") != 0 ? pager : NULL;
}

static bool write_out(struct output *output, bool *broken, struct error *err) {
  if (output->path && is_special(output->path))
    return write_special(output->path, &output->text, broken, err);
  if (output->path)
    return write_file(output->path, &output->text, err);
  if (output->pipe)
    return write_to_program(output->pipe, &output->text, broken, err);
  const char *pager = pager_for(output);
  bool left = false;
  if (pager) /* leaving the pager early is no failure */
    return write_to_program(pager, &output->text, &left, err) || left;
  return output_now(text_string(&output->text), output->text.length, broken, err);
}

bool output_flush(struct output *output, bool *broken_pipe, struct error *err) {
  bool done = text_check(&output->text, err);
  if (done && (output->text.length || output->path))
    done = write_out(output, broken_pipe, err);
  text_release(&output->text);
  return done;
}
