/* A session: the settings, the open book with its engine and scripts, and what the last command
 * showed. One per run of the program. */
#ifndef REPL_SESSION_H
#define REPL_SESSION_H

#include "bind/bind.h"
#include "repl/command.h"
#include "repl/config.h"
#include "repl/declared.h"
#include "repl/failure.h"
#include "repl/format/format.h"
#include "repl/progress.h"

/* What the commands of a line of Lua change themselves and nobody agreed to yet, and which moves
 * were refused. */
struct line_standing {
  int64_t records;
  bool much;            /* one of the commands would have asked */
  struct list refusals; /* of struct transition, owned */
};

struct session {
  struct settings settings; /* as the file, the environment and the command line have them; texts
                             * live as long as the session */
  struct settings start;    /* the same as it was before anything was set at the prompt */
  struct list words;        /* of char *, owned: what was set there */
  struct config config;     /* the file of settings */
  struct error
      config_fault;      /* what is wrong with it or with the environment; ERROR_NONE: nothing */
  char *workspace;       /* owned: folder of the scripts; NULL: the shipped ones */
  char *database;        /* owned: path of the book, whether it exists or not */
  struct engine *engine; /* owned; NULL until something needs it */
  struct state *state;   /* owned; NULL until then */
  bool placeholder;      /* the open book is an empty one in memory: the database is missing */
  int64_t activation;    /* the unit that chose the rules which are loaded; 0: none did */
  bool activating;       /* settings.rules are to be put into force: they may write */
  struct result last;    /* the last answer */
  bool has_last;
  struct list table; /* of int64_t: what %3 refers to, the records of the last table by rows; 0: a
                      * row that is none */
  bool has_table;
  struct result whole; /* what `last` shows again when it showed a part of it since */
  bool has_whole;
  int64_t recent; /* what _ means: the record that the last answer was about; 0: none, or several */
  struct output output;      /* where the running command writes */
  bool interactive;          /* at the prompt */
  bool foretelling;          /* a preview runs: what scripts print would be in the way */
  bool leaving;              /* quit was typed */
  bool broken_pipe;          /* the reader of standard output went away */
  struct line_standing line; /* of Lua, under way */
  int lua_depth;             /* of scripts under way: the state must not be swapped then */
  struct progress indexing;  /* of the open book */
  int verb_depth;            /* of commands of the workspace that run each other */
  int script_code;           /* exit code of the last command that a script called */
  int64_t script_subject;    /* the one record that its answer was about; 0: none, or several */
  struct failure refused;    /* what the last one of those failed at */
  struct failure failed;     /* the last failure that was told */
  struct declared declared;  /* the commands of the workspace that is loaded */
};

/* Reads the user's settings below those of the command line, finds workspace and database; opens
 * nothing yet. Fails with ERROR_CONFIG; settings that are wrong are only noted, as the commands
 * that mend them need a session too. */
bool session_init(struct session *session, const struct settings *settings, struct error *err);
void session_release(struct session *session);
bool session_is_workspace(const char *folder); /* it holds a workspace.lua */

/* Opens what the flags of a command ask for, if it is not open. Fails with ERROR_NO_DATABASE saying
 * how to make one, ERROR_CONFIG or ERROR_SCRIPT when the workspace is wrong (all its faults are
 * appended to *faults). */
bool session_open(struct session *session, unsigned command_flags, struct text *faults,
                  struct error *err);
/* Another database or workspace from now on; NULL keeps the one in use. */
bool session_use(struct session *session, const char *database, const char *workspace,
                 struct error *err);
/* The same, opened at once; on any failure the session stays where it was. A workspace may be
 * without its database yet. Fails as session_open() does. */
bool session_move(struct session *session, const char *database, const char *workspace,
                  struct text *faults, struct error *err);
/* Drops what the file of settings says of workspace and database where something nearer does: the
 * folder one stands in, or a workspace that is named. */
void session_prefer_nearer(struct settings *settings);
/* Fails with ERROR_NO_DATABASE, saying how to make one. */
bool session_require_database(const struct session *session, struct error *err);
/* Opens a private copy of the book that the other has open, with the rules that it has loaded. */
bool session_open_copy(struct session *session, const struct session *of, struct text *faults,
                       struct error *err);
/* Runs the function with other rules open beside those of the session, for reading. */
bool session_lend(struct session *session, const char *rules,
                  bool (*run)(void *payload, struct error *err), void *payload, struct error *err);
/* Reads the scripts again; the old ones stay on any error. */
bool session_reload(struct session *session, struct text *faults, struct error *err);

/* Runs one typed line, command or Lua, and prints what comes of it, errors included. Returns the
 * exit code. */
int session_run_line(struct session *session, const char *line);
/* Runs several lines as one Lua chunk. */
int session_run_chunk(struct session *session, const char *chunk);
/* The same for words that a shell already split: verb first. */
int session_run_words(struct session *session, const char *const *words, size_t count);
bool session_run_file(struct session *session, const char *path, struct error *err);

/* Lets --now and --as-of hold for what runs next; inside a script only those of its own line. A day
 * means its end. Fails with ERROR_INVALID for what is no time. */
bool session_set_moment(struct session *session, const struct settings *settings,
                        struct error *err);
/* Where the book stands, to return there when the line of a script is over. */
struct moment {
  struct clock clock;
  bool has_as_of;
  instant as_of;
};
struct moment session_moment(const struct session *session);
void session_return_to(struct session *session, const struct moment *moment);
/* Whether a setting that says a moment, as-of or now, may be the word. */
bool session_check_as_of(const struct session *session, const char *word, struct error *err);
bool session_check_now(const struct session *session, const char *word, struct error *err);

/* Lets a setting be that until the session ends; NULL: as if nobody had said anything. What depends
 * on it takes effect at once: for some the book is opened anew, and what scripts kept is gone.
 * Fails with ERROR_USAGE for what it can't be, and for what `use` changes. */
bool session_set(struct session *session, const struct setting *setting, const char *word,
                 struct error *err);
/* As it was at the start. */
bool session_reset(struct session *session, const struct setting *setting, struct error *err);

/* Which pager, if any, shows what is said next. */
void session_aim_pager(struct session *session, const struct settings *settings);
/* The shape of an answer: what is nearest among a file's ending and the settings; NULL: nobody said
 * anything. Fails with ERROR_USAGE for a format that there is not. */
bool session_format(const struct session *session, const struct settings *settings,
                    const struct format **out, struct error *err);
/* How output looks now. */
struct style session_style(const struct session *session, const struct settings *settings);
struct book *session_book(const struct session *session);
/* Takes the result over, for %3 and _. subject: the record that it is about; 0: that of its only
 * row, if it has one. What is said of one record leaves the table that it was chosen from. */
bool session_remember(struct session *session, struct result *result, int64_t subject,
                      struct error *err);
/* The same of an answer that shows the one before, in part or in another order; that is kept. */
bool session_remember_again(struct session *session, struct result *result, struct error *err);

/* What the user calls a record: #42, 42, %3, _ or a name; kind may be NULL. */
bool session_record_id(struct session *session, const char *word, const struct kind *kind,
                       int64_t *id, struct error *err);
/* Whether a word behind field= is a row of the last table or _, which only a session knows. */
bool session_is_row_word(const char *word);
/* What such a word means in a call; kind may be NULL. */
bool session_row_id(const struct call *call, const char *word, const struct kind *kind, int64_t *id,
                    struct error *err);
/* The same where a command's parameter says which kinds it may be. */
bool session_param_id(struct session *session, const char *word, const struct field *param,
                      int64_t *id, struct error *err);

#endif
