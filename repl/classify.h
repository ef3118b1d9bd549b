/* Whether a typed line is a command or Lua: decided by its first word and what follows it, never by
 * trying to compile. docs/decisions/013-command-or-lua.md gives the reasons. */
#ifndef REPL_CLASSIFY_H
#define REPL_CLASSIFY_H

#include <stdbool.h>
#include <stddef.h>

enum reading {
  READING_NOTHING, /* blank */
  READING_COMMAND,
  READING_LUA,
  READING_VALUE,   /* =expression */
  READING_HELP,    /* ?topic, topic? */
  READING_SOURCE,  /* ??topic, topic??: its lines in the script */
  READING_SHELL,   /* !command */
  READING_UNKNOWN, /* no Lua could start so, and it is no verb: a mistyped command */
};

struct classification {
  enum reading reading;
  const char *rest; /* borrowed from the line: without the leading mark of = : ? ! */
  size_t
      word_length; /* of the first word of rest, of a topic without its marks; 0: there is none */
  const char *because; /* the rule that decided, one sentence */
};

/* Whether the word of that length is a verb of the command table. */
typedef bool (*is_verb_fn)(const char *word, size_t length, void *payload);

struct classification classify(const char *line, is_verb_fn is_verb, void *payload);

#endif
