/* The door into Lua for the rest of the program: a workspace's scripts loaded into a state, a line
 * evaluated, a report's script found. The only header of lua/ that repl includes. Everything in
 * here is safe to call from C: no Lua error crosses it. */
#ifndef BIND_BIND_H
#define BIND_BIND_H

#include "engine/engine.h"
#include "engine/import.h"
#include "engine/result.h"

struct state; /* one lua_State with its engine, sandbox and limits */

struct state_limits {
  int milliseconds;   /* per outermost evaluation; 0: none */
  size_t bytes;       /* of Lua memory; 0: none */
  bool deterministic; /* count instructions instead of time (tests) */
  int64_t instructions;
};

/* A line that a command runs. What it answers is the result or the words. */
struct state_line {
  const char *line;        /* borrowed */
  const char *const *more; /* borrowed: words behind those of the line, taken as they are */
  size_t more_count;
  bool may_write;        /* else a command that changes data is refused */
  struct result *result; /* owned by the caller; NULL when there is none */
  struct text said;      /* owned by the caller */
};

/* What the prompt lets scripts call: every verb of the command table becomes a Lua function that
 * calls back here with its words. The result (may be NULL) is handed to the script as a value. */
struct state_host {
  bool (*run_verb)(void *payload, const char *verb, const char *const *words, size_t count,
                   struct result **result, struct error *err);
  const char *const *verbs;                                       /* ended by NULL */
  void (*print)(void *payload, const char *bytes, size_t length); /* print() of scripts */
  void *payload;
  /* Whether a command of that name (or alias) is built in; NULL: none is. */
  bool (*is_built_in)(void *payload, const char *verb);
  /* Runs a typed line inside a command of the workspace: ctx:command. NULL: can't. */
  bool (*run_line)(void *payload, struct state_line *line, struct error *err);
};

/* All borrowed for the call; NULL where there is none. */
struct state_setup {
  const char *folder; /* of the workspace; NULL: the scripts shipped inside the program */
  const char *source; /* a rule set as state_source() gave it, instead of the folder's files */
  size_t source_length;
  const struct state_limits *limits;
  const struct state_host *host;
  struct text
      *report; /* every error found is appended, one per line, and how many more than that */
};
/* Loads the scripts into a new state, checks everything, makes the book hold the declared kinds,
 * then swaps rules and state into the engine. On any error the old state and rules stay and *out is
 * untouched: err holds the first error with the author's file:line. *out: owned by the caller; a
 * former state is the caller's to close afterwards. */
bool state_load(struct state **out, struct engine *engine, const struct state_setup *setup,
                struct error *err);
/* NULL is fine. Close states before the engine. */
void state_close(struct state *state);
const char *state_folder(const struct state *state); /* "" when the shipped scripts are used */

/* Runs a chunk of the user (prompt, run, exec). Top-level locals persist between calls of the same
 * state. An expression's values are appended to *shown as people read them (queries and records as
 * tables are returned in *result, may be NULL). */
struct state_answer {
  struct text shown;
  struct result *result; /* owned; NULL when the value is no table or query */
};
void state_answer_release(struct state_answer *answer);
bool state_eval(struct state *state, const char *chunk, const char *chunk_name,
                struct state_answer *answer, struct error *err);
/* The lines of scripts that were being executed at the last failure, innermost first:
 * "stages/fit.lua:12: in 'check'". "" when no script failed since state_forget_trace(). */
const char *state_trace(const struct state *state);
void state_forget_trace(struct state *state);
/* Compiles only: whether the line is Lua, complete or not; *incomplete is true when it only lacks
 * its end (the prompt then asks for more). */
bool state_compiles(struct state *state, const char *chunk, bool *incomplete);
bool state_run_file(struct state *state, const char *path, struct state_answer *answer,
                    struct error *err);
/* The user pressed Ctrl-C; async-signal-safe. The evaluation under way fails with
 * ERROR_INTERRUPTED. */
void state_interrupt(struct state *state);

/* Names that complete a Lua expression ("deal.cl" → "deal.client"), and beside each what it is for,
 * or "". Owned arrays of owned texts ended by NULL. */
struct state_names {
  char **names, **sentences;
};
void state_names_release(struct state_names *names);
bool state_complete(struct state *state, const char *expression, struct state_names *names,
                    struct error *err);

/* Appends annotations for editors (LuaLS): what scripts can call and the kinds there are. */
bool state_meta(struct state *state, struct text *out, struct error *err);

/* Reads a mapping script. *plan is owned by the caller. err holds the first mistake; every one is
 * appended to *report (may be NULL), one per line, as by state_load(). */
bool state_import_plan(struct state *state, const char *path, struct import_plan **plan,
                       struct text *report, struct error *err);

/* One run of the tests among the scripts loaded. */
struct state_tests {
  const char *pattern;   /* only those whose name contains it; NULL: all */
  struct result *result; /* borrowed, initialised: gets a row per test */
  int failed;            /* filled in: how many of them */
  /* Called with the rules that were tested, whose `seen` tell what the tests saw of them; NULL:
   * nobody asks. They are gone when it returns. */
  bool (*look)(void *payload, const struct rules *rules, struct error *err);
  void *payload;
};
bool state_run_tests(struct state *state, struct state_tests *tests, struct error *err);
/* Appends the lines of the declaration at that place, as written, without a newline at the end.
 * Fails with ERROR_NOT_FOUND when the scripts in force have no such place. */
bool state_source_lines(struct state *state, const struct place *place, struct text *out,
                        struct error *err);
/* The source of the rule set in force: all files with their names, as hashed. */
const char *state_source(const struct state *state, size_t *length);
/* The same of a folder (NULL: as shipped) whose files are only read; appended. Fails with
 * ERROR_CONFIG. */
bool state_read_source(const char *folder, struct text *source, struct error *err);

/* "5.4.4" */
const char *state_lua_version(void);

#endif
