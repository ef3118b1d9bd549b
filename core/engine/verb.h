/* A command that a workspace declares: parameters in, words for people or a result out. How it is
 * typed, listed and completed is repl's business; what it does is the script's. */
#ifndef ENGINE_VERB_H
#define ENGINE_VERB_H

#include "engine/result.h"

/* Initialised by {0}. What was filled is released by verb_answer_release(), after a failure too. */
struct verb_answer {
  struct text text; /* for people; when there is a result, nobody is shown it */
  struct text told; /* lines beside a text that are no part of it: what it lacks */
  struct result result;
  bool has_result;
  bool bare; /* the result is to be sent as it is: without a stamp */
};
void verb_answer_release(struct verb_answer *answer);

enum { VERB_PARAMS_MAX = 32 };

struct verb {
  char *name, *summary, *summary_ru; /* summary_ru may be NULL */
  struct list params;                /* of struct field, at most VERB_PARAMS_MAX */
  struct list examples;              /* of char *, owned: see verb_examples() */
  int rest;                          /* position of the one that takes the remaining words, or -1 */
  uint32_t named;                    /* bit by position: given as name=value only */
  uint32_t loose; /* bit by position: a word that can't be read as it goes to the next one */
  uint32_t files; /* bit by position: a text that names a file, which the command may read */
  char *asks[VERB_PARAMS_MAX]; /* owned, by position: what a person is asked for it; or NULL */
  bool writes;                 /* runs inside a unit of work */
  bool never_asks;             /* however much it changes */
  struct place place;
  struct seen seen; /* ran */
  void *payload;
  /* Appends what is to be asked before it runs, nothing when nothing is. NULL: never asks. */
  bool (*question)(struct verb *verb, struct engine *engine, const struct value *values,
                   struct text *out, struct error *err);
  /* values: by position of params, as param_read() gave them. A writing one is run inside a unit.
   */
  bool (*run)(struct verb *verb, struct engine *engine, const struct value *values,
              struct verb_answer *answer, struct error *err);
};

struct verb *verb_new(const char *name, struct error *err);
void verb_free(struct verb *verb); /* NULL is fine */
bool verb_add_example(struct verb *verb, const char *line, struct error *err);
/* Whole lines as typed, at least one; NULL behind the last. */
const char *const *verb_examples(const struct verb *verb);
bool verb_is_loose(const struct verb *verb, size_t param);
bool verb_is_named(const struct verb *verb, size_t param);
bool verb_is_file(const struct verb *verb, size_t param);

#endif
