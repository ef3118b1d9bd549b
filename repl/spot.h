/* Where the cursor stands in a typed command: what completion and hints begin with. Not for: what
 * may stand there (complete.c). */
#ifndef REPL_SPOT_H
#define REPL_SPOT_H

#include "base/words.h"
#include "repl/session.h"

struct spot {
  struct words words;            /* owned: of the line up to the cursor */
  size_t index;                  /* of the word being typed; 0: the verb */
  const char *current;           /* borrowed: as typed so far, "" for a new word */
  char quote;                    /* the sign of the quote it stands in, still open; 0: none */
  bool redirected;               /* it names a file behind >, or a program behind | */
  const struct command *command; /* NULL: the verb is being typed, or there is no such */
  size_t arguments;              /* before the current word: words that are no options */
  size_t subject;                /* index of the first of them; 0: there is none */
  const struct kind *kind;       /* that the command is about, NULL: not known; from the subject */
  const struct option_entry *option; /* whose value is being typed; NULL: none */
};

/* Where the line of the innermost command begins: that of "as-of 2017 report x" is "report x". As
 * long as it has not begun, the line itself. */
const char *spot_inner(const char *before, struct session *session);

/* before: the line up to the cursor, without the mark of a command or a question. False when it
 * can't be read as words. The caller releases *out either way. */
bool spot_read(struct spot *out, struct session *session, const char *before);
void spot_release(struct spot *spot);
/* The option of the command, or of all, that a word calls; NULL: there is none. */
const struct option_entry *spot_option(const struct spot *spot, const char *word);
/* Of the words before the current one, the n-th argument; n < arguments. */
const char *spot_argument(const struct spot *spot, size_t n);
/* What the report or the workspace's command of the line takes; NULL: it is about neither. */
/* The report that the arguments name, behind the word "report" too; NULL when none is named yet. */
const struct report *spot_report(const struct spot *spot, const struct session *session);
const struct list *spot_params(const struct spot *spot, const struct session *session);
/* The kind that "client.industry" leads to up to its last dot, from that of the line; *last: what
 * stands behind it, borrowed. NULL: it leads nowhere. */
const struct kind *spot_path(const struct spot *spot, const struct session *session,
                             const char *path, const char **last);
/* The kind of groups that segment=NAME asks for; NULL: the word does not. */
const struct kind *spot_group(const struct spot *spot, const struct session *session);
/* The parameter or field before the sign in field=value, NULL when there is none of that name;
 * *value is what stands behind the sign, NULL without one. Borrowed. */
const struct field *spot_field(const struct spot *spot, const struct session *session,
                               const char **value);

#endif
