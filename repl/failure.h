/* How a failure leaves the program: the exit code of each kind of error and the message on standard
 * error. */
#ifndef REPL_FAILURE_H
#define REPL_FAILURE_H

#include "base/error.h"
#include "base/text.h"

enum exit_code {
  EXIT_DONE = 0,
  EXIT_FAILED = 1,
  EXIT_WRONG_USE = 2,
  EXIT_EMPTY = 3,
  EXIT_CONFIRM = 4,
  EXIT_BAD_DATA = 65,
  EXIT_NO_DATABASE = 66,
  EXIT_NOT_WRITTEN = 74,
  EXIT_BUSY = 75,
  EXIT_NOT_PERMITTED = 77,
  EXIT_CONFIGURATION = 78,
  EXIT_TIMEOUT = 124,
  EXIT_INTERRUPTED = 130,
  EXIT_BROKEN_PIPE = 141,
  EXIT_SIGNAL = 128, /* and the number of the signal that ended it */
};

/* What each code says, for the manual; summary NULL ends the table. */
struct exit_meaning {
  int code;
  const char *summary;
};
extern const struct exit_meaning exit_meanings[];

int failure_exit_code(enum error_code code);
/* Prints "dealwright: message", the excerpt of where it went wrong, and the details (lines; may be
 * NULL) below; with json one object {"error":{"code","message","hint","file","line","column",
 * "excerpt","exit","details":[…]}} that leaves out what is not known. Nothing in them reaches the
 * terminal raw. */
void failure_print(const struct error *err, const char *details, bool json);
/* Appends what failure_print() prints as text. */
void failure_append(struct text *out, const struct error *err, const char *details);
/* Prints lines that go with an answer, warnings, on standard error. */
void failure_print_details(const char *lines);

/* What is kept of the last failure of a session. {0} is none. */
struct failure {
  struct error err;
  struct text details, trace, ruleset; /* the lines of scripts that led to it; the rules in force */
};
void failure_keep(struct failure *failure, const struct error *err, const char *details);
void failure_release(struct failure *failure);
/* A message and the lines below it in one, for who reads no more than a message. What they were is
 * kept in *failure. */
void failure_fold(struct failure *failure, struct error *err, const char *details);
/* If the error is what was folded, whatever was put before it since: takes the lines out of the
 * message and appends them to *details. */
void failure_unfold(const struct failure *failure, struct error *err, struct text *details);

#endif
