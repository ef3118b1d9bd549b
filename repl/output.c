#include "repl/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/failure.h"
#include "repl/interrupt.h"
#include "repl/program.h"
#include "repl/progress.h"
#include "repl/terminal.h"

void output_init(struct output *output) {
  *output = (struct output){.page = true};
}

void output_release(struct output *output) {
  text_release(&output->text);
}

static bool write_failed(const char *what, bool *broken_pipe, struct error *err) {
  int reason = errno;
  if (reason == EINTR)
    return error_set(err, ERROR_INTERRUPTED, "interrupted");
  if (reason == EPIPE && broken_pipe)
    *broken_pipe = true;
  return error_set(err, ERROR_WRITE, "cannot write %s: %s", what, error_system_text(reason));
}

/* A long answer to a terminal can be stopped, too. */
static bool write_all(int descriptor, const char *bytes, size_t length) {
  while (length) {
    if (interrupt_pending()) {
      errno = EINTR;
      return false;
    }
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
  progress_hide();
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

static bool write_file(const char *named, const struct text *text, struct error *err) {
  char *target = realpath(named, NULL); /* behind a link: the link stays */
  const char *path = target ? target : named;
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
  free(target);
  errno = reason;
  return done || write_failed(named, NULL, err);
}

/* What it does with its input is its own affair: `head` reads little of it. */
static bool write_to_program(const char *program, const struct text *text, struct error *err) {
  enum program_end end = PROGRAM_ENDED;
  if (!program_run_line(program, text, &end, err))
    return false;
  if (end == PROGRAM_STOPPED)
    return error_set(err, ERROR_INTERRUPTED, "interrupted");
  return end == PROGRAM_ENDED ||
         error_set(err, ERROR_NOT_FOUND, "the program '%s' can't be run", program);
}

/* Colours and the like are no columns. */
static size_t line_width(const char *line, size_t length) {
  size_t width = 0;
  while (length) {
    const char *escape = memchr(line, '\x1b', length);
    size_t plain = escape ? (size_t)(escape - line) : length, skipped = plain;
    width += text_width(line, plain);
    while (skipped < length && line[skipped] != 'm')
      skipped++;
    skipped += skipped < length;
    line += skipped;
    length -= skipped;
  }
  return width;
}

/* The terminal breaks what is wider than it. */
static size_t rows_on_screen(const struct text *text, size_t width) {
  const char *at = text_string(text), *end = at + text->length;
  size_t rows = 0;
  while (at < end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t length = (size_t)((newline ? newline : end) - at);
    size_t columns = line_width(at, length);
    rows += columns ? (columns + width - 1) / width : 1;
    at += length + (newline != NULL);
  }
  return rows;
}

static const char *pager_for(const struct output *output) {
  if (!output->page || !terminal_is_output() || terminal_is_dumb() ||
      rows_on_screen(&output->text, terminal_width()) < terminal_height())
    return NULL;
  const char *pager = output->pager ? output->pager : getenv("PAGER");
  if (!pager)
    return "less";
  return *pager && strcmp(pager, "cat") != 0 ? pager : NULL;
}

/* Without its own settings less would neither show colours nor end by itself. */
static bool page(const struct output *output, const char *pager, struct error *err) {
  enum program_end end = PROGRAM_ENDED;
  struct text said = {0};
  if (setenv("LESS", "FRX", 0) != 0)
    return error_memory(err);
  if (!program_run_line(pager, &output->text, &end, err))
    return false;
  if (end != PROGRAM_NOT_FOUND)
    return true; /* leaving it early is no failure */
  text_format(&said, translate("the pager '%s' can't be run; set PAGER to another\n"), pager);
  failure_print_details(text_string(&said));
  text_release(&said);
  return output_now(text_string(&output->text), output->text.length, NULL, err);
}

static bool write_out(struct output *output, bool *broken, struct error *err) {
  if (output->path && is_special(output->path))
    return write_special(output->path, &output->text, broken, err);
  if (output->path)
    return write_file(output->path, &output->text, err);
  if (output->pipe)
    return write_to_program(output->pipe, &output->text, err);
  const char *pager = pager_for(output);
  return pager ? page(output, pager, err)
               : output_now(text_string(&output->text), output->text.length, broken, err);
}

bool output_flush(struct output *output, bool *broken_pipe, struct error *err) {
  bool done = text_check(&output->text, err);
  if (done && (output->text.length || output->path || output->pipe))
    done = write_out(output, broken_pipe, err);
  text_release(&output->text);
  return done;
}
