#include "repl/failure.h"

#include <stdio.h>
#include <string.h>

#include "base/error_place.h"
#include "engine/json.h"
#include "repl/format/safe.h"
#include "repl/format/wrap.h"
#include "repl/progress.h"
#include "repl/terminal.h"

static const int exit_codes[] = {
    [ERROR_NONE] = EXIT_DONE,
    [ERROR_USAGE] = EXIT_WRONG_USE,
    [ERROR_NOT_FOUND] = EXIT_FAILED,
    [ERROR_INVALID] = EXIT_FAILED,
    [ERROR_REFUSED] = EXIT_FAILED,
    [ERROR_SCRIPT] = EXIT_FAILED,
    [ERROR_DATA] = EXIT_BAD_DATA,
    [ERROR_CONFIG] = EXIT_CONFIGURATION,
    [ERROR_NO_DATABASE] = EXIT_NO_DATABASE,
    [ERROR_STORE] = EXIT_NOT_WRITTEN,
    [ERROR_BUSY] = EXIT_BUSY,
    [ERROR_WRITE] = EXIT_NOT_WRITTEN,
    [ERROR_PERMISSION] = EXIT_NOT_PERMITTED,
    [ERROR_CONFIRM] = EXIT_CONFIRM,
    [ERROR_TIMEOUT] = EXIT_TIMEOUT,
    [ERROR_INTERRUPTED] = EXIT_INTERRUPTED,
    [ERROR_MEMORY] = EXIT_FAILED,
};

const struct exit_meaning exit_meanings[] = {
    {EXIT_DONE,          "it is done"                                                  },
    {EXIT_FAILED,        "it failed: a refused move, an error in a rule, nothing found"},
    {EXIT_WRONG_USE,     "wrong use: no such command, option or argument"              },
    {EXIT_EMPTY,         "nothing to show, or a check found something"                 },
    {EXIT_CONFIRM,       "it needs a confirmation that was not given"                  },
    {EXIT_BAD_DATA,      "there is something wrong with the data read"                 },
    {EXIT_NO_DATABASE,   "there is no database"                                        },
    {EXIT_NOT_WRITTEN,   "the output or the database could not be written"             },
    {EXIT_BUSY,          "the database is busy"                                        },
    {EXIT_NOT_PERMITTED, "it is not permitted"                                         },
    {EXIT_CONFIGURATION, "there is something wrong with the workspace"                 },
    {EXIT_TIMEOUT,       "a limit of time was reached"                                 },
    {EXIT_INTERRUPTED,   "Ctrl-C ended it"                                             },
    {EXIT_BROKEN_PIPE,   "whoever read the output went away"                           },
    {0,                  NULL                                                          },
};

int failure_exit_code(enum error_code code) {
  return exit_codes[code];
}

static void append_wrapped(struct text *out, const char *lines, size_t length) {
  wrap_append_safe(out, lines, length, terminal_is_error() ? terminal_error_width() : 0,
                   !terminal_is_utf8());
}

/* The first of several mistakes is the message itself. */
static const char *skip_told(const char *details, const struct error *err, const char *excerpt) {
  size_t length = strlen(err->message), shown = strlen(excerpt);
  if (!details || strncmp(details, err->message, length) != 0 || details[length] != '\n')
    return details;
  details += length + 1;
  return strncmp(details, excerpt, shown) == 0 ? details + shown : details;
}

void failure_append(struct text *out, const struct error *err, const char *details) {
  struct text line = {0}, excerpt = {0};
  error_append_excerpt(&excerpt, err);
  text_format(&line, "dealwright: %s\n", err->message);
  append_wrapped(out, text_string(&line), line.length);
  safe_append(out, text_string(&excerpt), excerpt.length, SAFE_KEEP_LINES, !terminal_is_utf8());
  details = skip_told(details, err, text_string(&excerpt));
  text_release(&line);
  text_release(&excerpt);
  if (details && *details) {
    append_wrapped(out, details, strlen(details));
    if (details[strlen(details) - 1] != '\n')
      text_append_char(out, '\n');
  }
}

static void append_json_lines(struct text *out, const char *lines) {
  const char *between = "";
  while (lines && *lines) {
    size_t length = strcspn(lines, "\n");
    if (length) {
      text_append(out, between);
      json_text_bytes(out, lines, length);
      between = ",";
    }
    lines += length + (lines[length] == '\n');
  }
}

static void append_json_member(struct text *out, const char *name, const char *value) {
  if (!*value)
    return;
  text_format(out, ",\"%s\":", name);
  json_text_bytes(out, value, strlen(value));
}

/* What is not known is left out. */
static void append_json_place(struct text *out, const struct error_place *place) {
  if (!place->line)
    return;
  append_json_member(out, "file", place->file);
  text_format(out, ",\"line\":%d", place->line);
  if (place->column)
    text_format(out, ",\"column\":%d", place->column);
  append_json_member(out, "excerpt", place->excerpt);
}

static void append_json(struct text *out, const struct error *err, const char *details) {
  text_format(out, "{\"error\":{\"code\":\"%s\",\"message\":", error_code_name(err->code));
  json_text_bytes(out, err->message, strlen(err->message));
  append_json_member(out, "hint", error_hint(err));
  append_json_place(out, &err->place);
  text_format(out, ",\"exit\":%d,\"details\":[", failure_exit_code(err->code));
  append_json_lines(out, details);
  text_append(out, "]}}\n");
}

void failure_print(const struct error *err, const char *details, bool json) {
  struct text out = {0};
  if (json)
    append_json(&out, err, details);
  else
    failure_append(&out, err, details);
  progress_hide();
  fflush(stdout);
  fputs(text_string(&out), stderr);
  text_release(&out);
}

void failure_print_details(const char *lines) {
  struct text out = {0};
  append_wrapped(&out, lines, strlen(lines));
  progress_hide();
  fflush(stdout);
  fputs(text_string(&out), stderr);
  text_release(&out);
}

void failure_keep(struct failure *failure, const struct error *err, const char *details) {
  failure_release(failure);
  failure->err = *err;
  text_append(&failure->details, details ? details : "");
}

void failure_release(struct failure *failure) {
  text_release(&failure->details);
  text_release(&failure->trace);
  text_release(&failure->ruleset);
  *failure = (struct failure){0};
}

static void fold(struct error *err, const struct failure *failure) {
  error_set(err, failure->err.code, "%s\n%s", failure->err.message, text_string(&failure->details));
}

void failure_fold(struct failure *failure, struct error *err, const char *details) {
  failure_keep(failure, err, details);
  fold(err, failure);
}

/* Where the folded message begins in it. The end may be cut off: there is more before it now. */
static char *find_folded(const struct failure *failure, struct error *err) {
  struct error folded;
  fold(&folded, failure);
  char *found = strstr(err->message, failure->err.message);
  return found && strncmp(found, folded.message, strlen(found)) == 0 ? found : NULL;
}

void failure_unfold(const struct failure *failure, struct error *err, struct text *details) {
  char *found = failure->details.length ? find_folded(failure, err) : NULL;
  if (!found)
    return;
  found[strlen(failure->err.message)] = 0;
  err->hint = failure->err.hint ? (int)(found - err->message) + failure->err.hint : 0;
  struct text excerpt = {0};
  error_append_excerpt(&excerpt, &failure->err);
  text_append(details,
              skip_told(text_string(&failure->details), &failure->err, text_string(&excerpt)));
  text_release(&excerpt);
}
