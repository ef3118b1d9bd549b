/* The commands that the workspace declares, as entries of the command table. Made anew whenever its
 * scripts are loaded. Not for: what they do (commands/declared.c). */
#ifndef REPL_DECLARED_H
#define REPL_DECLARED_H

#include "engine/verb.h"
#include "repl/command.h"

struct declared {
  struct list commands;  /* of struct command */
  struct list arguments; /* of char *, owned: what their `arguments` point to */
};

/* Replaces what *declared holds by the verbs of the engine's rules, which it borrows. On failure it
 * is empty. */
bool declared_fill(struct declared *declared, const struct engine *engine, struct error *err);
void declared_release(struct declared *declared);

/* The words behind the verb as words of its parameters: by position, by name=value, the rest. */
struct declared_words {
  char *of[VERB_PARAMS_MAX];         /* owned, by position of the parameter; NULL: not given */
  const char *from[VERB_PARAMS_MAX]; /* borrowed: in the line, the word or the first of several */
};
/* Fails with ERROR_USAGE: one too many, one given twice, an unknown name with a suggestion.
 * Loose parameters ask the engine what can be read. Released by the caller, after a failure too. */
bool declared_assign(const struct verb *verb, struct engine *engine, const char *const *words,
                     size_t count, struct declared_words *out, struct error *err);
void declared_words_release(struct declared_words *words);

/* Whether every example of the verb can be read: its words go to parameters and are what these
 * take. Records that it names need not exist. Fails as reading the example does, with the place
 * of the declaration. */
bool declared_check_examples(const struct verb *verb, struct engine *engine, struct error *err);

#endif
