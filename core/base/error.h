/* Why an operation failed, and how that is said. Not for: printing, exit codes
 * (the repl maps codes to those). */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

/* Functions that can fail return false and fill the caller's error; on success
 * the error is left untouched. */
enum error_code {
  ERROR_NONE,
  ERROR_USAGE,       /* the command or the call is malformed */
  ERROR_NOT_FOUND,   /* no such record, field, stage, report … */
  ERROR_INVALID,     /* a value breaks the rules of its field */
  ERROR_REFUSED,     /* a process, a criterion or a guard said no */
  ERROR_SCRIPT,      /* a Lua script is wrong or raised an error */
  ERROR_DATA,        /* an input file is malformed */
  ERROR_CONFIG,      /* the workspace or the settings are wrong */
  ERROR_NO_DATABASE, /* the database is missing, foreign or too new */
  ERROR_STORE,       /* the database failed: I/O, full disk, corruption */
  ERROR_BUSY,        /* another process holds the database */
  ERROR_WRITE,       /* an output file or stream could not be written */
  ERROR_PERMISSION,  /* not allowed: read-only, foreign owner */
  ERROR_CONFIRM,     /* needs a confirmation that was not given */
  ERROR_TIMEOUT,     /* a limit of time, memory or depth was reached */
  ERROR_INTERRUPTED, /* the user pressed Ctrl-C */
  ERROR_MEMORY,
};

enum { ERROR_MESSAGE_SIZE = 512, ERROR_FILE_SIZE = 128, ERROR_EXCERPT_SIZE = 160 };

/* Where it went wrong, as far as somebody knows: error_place.h. */
struct error_place {
  char file[ERROR_FILE_SIZE];       /* "": a line that was typed */
  int line;                         /* from 1; 0: there is no place */
  int column;                       /* from 1, in characters; 0: it is not certain */
  char excerpt[ERROR_EXCERPT_SIZE]; /* of that line; "": it is not at hand */
  int mark, mark_length;            /* bytes of the excerpt that are to blame; length 0: unknown */
};

struct error {
  enum error_code code;
  char message[ERROR_MESSAGE_SIZE]; /* one line of UTF-8, cut at a character */
  int hint; /* where in the message it begins to say what to do; 0: it does not */
  struct error_place place;
  const char *blamed; /* of the caller's words, the part to blame: an address to compare, never to
                         read; NULL: none is */
  int blamed_length;
};

/* Always returns false, so that a failure reads: return error_set(err, …). The format is looked up
 * in the catalogue (translate.h), what it is filled with is not. What stands behind its first "; "
 * says what to do. There is no place yet. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts a place or a subject before the message: "line 3: " + message. All else stays. Returns
 * false.
 */
bool error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#ifdef __clang_analyzer__ /* it sees one file at a time: it learns here what is promised above */
#define error_set(...) (error_set(__VA_ARGS__), false)
#define error_prefix(...) (error_prefix(__VA_ARGS__), false)
#endif

static inline bool error_memory(struct error *err) {
  return error_set(err, ERROR_MEMORY, "out of memory");
}

/* What the system says of a value of errno, in the language in use. */
const char *error_system_text(int number);

/* The code as scripts and JSON see it: "not_found". */
const char *error_code_name(enum error_code code);

#endif
