#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"

#undef error_set
#undef error_prefix

static const char *const code_names[] = {
    [ERROR_NONE] = "none",
    [ERROR_USAGE] = "usage",
    [ERROR_NOT_FOUND] = "not_found",
    [ERROR_INVALID] = "invalid",
    [ERROR_REFUSED] = "refused",
    [ERROR_SCRIPT] = "script",
    [ERROR_DATA] = "data",
    [ERROR_CONFIG] = "config",
    [ERROR_NO_DATABASE] = "no_database",
    [ERROR_STORE] = "store",
    [ERROR_BUSY] = "busy",
    [ERROR_WRITE] = "write",
    [ERROR_PERMISSION] = "permission",
    [ERROR_CONFIRM] = "confirm",
    [ERROR_TIMEOUT] = "timeout",
    [ERROR_INTERRUPTED] = "interrupted",
    [ERROR_MEMORY] = "memory",
};

/* The message is always one line: a value quoted in it may have come with line ends. */
static void flatten(char *message) {
  for (char *byte = message; *byte; byte++) {
    if (*byte == '\n' || *byte == '\r') {
      *byte = ' ';
    }
  }
}

/* Drops the first bytes of a character whose last bytes did not fit. */
static void cut_at_character(char *message, size_t length) {
  size_t start = length;
  while (start > 0 && length - start < 3 && ((unsigned char)message[start - 1] & 0xC0) == 0x80) {
    start--;
  }
  if (start == 0) {
    return;
  }
  unsigned char lead = (unsigned char)message[start - 1];
  size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (needed > length - start + 1) {
    message[start - 1] = '\0';
  }
}

__attribute__((format(printf, 2, 0))) static void write_message(char out[ERROR_MESSAGE_SIZE],
                                                                const char *format, va_list args) {
  int length = vsnprintf(out, ERROR_MESSAGE_SIZE, translate(format), args);
  if (length < 0) {
    out[0] = '\0';
  } else if (length >= ERROR_MESSAGE_SIZE) {
    cut_at_character(out, ERROR_MESSAGE_SIZE - 1);
  }
  flatten(out);
}

static const char hint_mark[] = "; ";

/* As many marks from the end of the message as the format has: what fills it may hold some too. */
static int find_hint(const char *message, const char *format) {
  size_t marks = 0;
  for (const char *at = format; (at = strstr(at, hint_mark)); at += sizeof hint_mark - 1) {
    marks++;
  }
  const char *end = message + strlen(message);
  while (marks > 0 && end > message) {
    end--;
    marks -= strncmp(end, hint_mark, sizeof hint_mark - 1) == 0;
  }
  return marks == 0 && end > message && *end == *hint_mark
             ? (int)(end - message) + (int)sizeof hint_mark - 1
             : 0;
}

bool error_set(struct error *err, enum error_code code, const char *format, ...) {
  char message[ERROR_MESSAGE_SIZE]; /* the arguments may include the old message */
  va_list args;
  va_start(args, format);
  write_message(message, format, args);
  va_end(args);
  err->code = code;
  memcpy(err->message, message, sizeof message);
  err->hint = find_hint(message, translate(format));
  err->place.file[0] = err->place.excerpt[0] = '\0';
  err->place.line = err->place.column = err->place.mark = err->place.mark_length = 0;
  err->blamed = NULL;
  err->blamed_length = 0;
  return false;
}

bool error_prefix(struct error *err, const char *format, ...) {
  char prefix[ERROR_MESSAGE_SIZE];
  struct error before = *err;
  va_list args;
  va_start(args, format);
  write_message(prefix, format, args);
  va_end(args);
  error_set(err, before.code, "%s%s", prefix, before.message);
  err->place = before.place;
  err->blamed = before.blamed;
  err->blamed_length = before.blamed_length;
  if (before.hint)
    err->hint = before.hint + (int)strlen(prefix);
  return false;
}

/* What files and pipes meet, in the words of the C library, which has the rest in English. */
static const struct {
  int number;
  const char *text;
} system_texts[] = {
    {ENOENT,       N_("No such file or directory")        },
    {EACCES,       N_("Permission denied")                },
    {EPERM,        N_("Operation not permitted")          },
    {EEXIST,       N_("File exists")                      },
    {EISDIR,       N_("Is a directory")                   },
    {ENOTDIR,      N_("Not a directory")                  },
    {ENOSPC,       N_("No space left on device")          },
    {EDQUOT,       N_("Disk quota exceeded")              },
    {EROFS,        N_("Read-only file system")            },
    {EIO,          N_("Input/output error")               },
    {EPIPE,        N_("Broken pipe")                      },
    {EMFILE,       N_("Too many open files")              },
    {ENAMETOOLONG, N_("File name too long")               },
    {ELOOP,        N_("Too many levels of symbolic links")},
    {ENOMEM,       N_("Cannot allocate memory")           },
    {EFBIG,        N_("File too large")                   },
    {EINVAL,       N_("Invalid argument")                 },
};

const char *error_system_text(int number) {
  for (size_t i = 0; i < sizeof system_texts / sizeof *system_texts; i++) {
    if (system_texts[i].number == number) {
      return translate(system_texts[i].text);
    }
  }
  return strerror(number);
}

const char *error_code_name(enum error_code code) {
  if ((size_t)code >= sizeof code_names / sizeof *code_names) {
    return "unknown";
  }
  return code_names[code];
}
