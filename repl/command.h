/* The one command table: the families of this program and, behind them, what the workspace of the
 * session declares. The prompt, the command line, scripts, help and completion all work from it:
 * what it lists exists everywhere, what it does not list exists nowhere. */
#ifndef REPL_COMMAND_H
#define REPL_COMMAND_H

#include "engine/result.h"
#include "repl/option.h"
#include "repl/output.h"

struct session;
struct call;
struct verb;

enum command_flags {
  COMMAND_NEEDS_RULES = 1 << 0,  /* the scripts; an empty book in memory will do */
  COMMAND_NEEDS_BOOK = 1 << 1,   /* an existing database */
  COMMAND_CREATES = 1 << 2,      /* makes the database when it is missing */
  COMMAND_WRITES = 1 << 3,       /* changes it */
  COMMAND_PROMPT = 1 << 4,       /* about the session itself: scripts can't call it */
  COMMAND_VERBATIM = 1 << 5,     /* options end at the first other word: exec, as-of, explain */
  COMMAND_ANY_SETTINGS = 1 << 6, /* also when the file of settings is wrong */
};

/* What may stand as an argument, for completion. */
enum completes {
  COMPLETES_VERBS = 1 << 0,
  COMPLETES_KINDS = 1 << 1,
  COMPLETES_RECORDS = 1 << 2,
  COMPLETES_FIELDS = 1 << 3,
  COMPLETES_STAGES = 1 << 4,
  COMPLETES_REPORTS = 1 << 5,
  COMPLETES_SCORECARDS = 1 << 6,
  COMPLETES_FILES = 1 << 7,
  COMPLETES_TOPICS = 1 << 8,      /* the words of `words` below */
  COMPLETES_ASSIGNMENTS = 1 << 9, /* fields that a person sets */
  COMPLETES_RULE_SETS = 1 << 10,  /* kept ones by hash, and the words for others */
  COMPLETES_DECLARATIONS = 1 << 11,
  COMPLETES_PROCESSES = 1 << 13,
  COMPLETES_SETTINGS = 1 << 14, /* and what each may be */
  COMPLETES_DAYS = 1 << 16,
  COMPLETES_DRAWN = 1 << 17,  /* columns of a report, or of the last answer, and "by" */
  COMPLETES_RESULT = 1 << 15, /* its columns are those of the last answer */
};

struct command {
  const char *verb;            /* NULL ends a table */
  const char *aliases;         /* separated by blanks; or NULL */
  const char *arguments;       /* "KIND [FIELD=VALUE]..."; "" for none */
  const char *summary;         /* one line, without a full stop */
  const char *const *examples; /* whole lines as typed at the prompt; at least one; ended by NULL */
  const struct option_entry *options; /* its own; or NULL */
  const char *const *words; /* fixed first arguments: "check" "test"; ended by NULL; or NULL */
  unsigned flags, completes;
  const char *kind; /* that is meant when the line names none; or NULL */
  int inner; /* the argument with which the line of another command begins, 1: the first; 0: none */
  const struct verb *declared; /* by the workspace, borrowed from its rules; NULL: built in */
  /* Commands of a second word: their verb is "rules check". The first is meant when there is none.
   * Ended by a NULL verb; or NULL. The family itself runs nothing then. */
  const struct command *topics;
  /* Appends in a few words what the line would show or change; reads only, may fail silently. NULL:
   * there is nothing to say before it runs. */
  bool (*preview)(struct call *call, struct text *out, struct error *err);
  /* Does it. What it has to say goes to call->text (for people) and call->result (for everyone). */
  bool (*run)(struct call *call, struct error *err);
};

/* Families, one file each in repl/commands. */
extern const struct command record_commands[], merge_commands[], pipeline_commands[],
    automation_commands[], report_commands[], reading_commands[], undo_commands[], rules_commands[],
    transfer_commands[], backup_commands[], init_commands[], session_commands[], explain_commands[],
    doctor_commands[], config_commands[], option_commands[], shell_commands[], edit_commands[],
    watch_commands[], help_commands[], error_commands[];

/* What runs those that the workspace declares. */
bool command_run_declared(struct call *call, struct error *err);

/* All commands in the order of the families, then the declared ones; NULL behind the last. */
const struct command *command_at(const struct session *session, size_t index);
/* By verb or alias, among what is loaded; the word need not be terminated. NULL when there is none.
 */
const struct command *command_find(const struct session *session, const char *word, size_t length);
bool command_is_built_in(const char *word, size_t length);
/* For classify(): the payload is the session, whose scripts are loaded when the word is unknown
 * without them. */
bool command_is_verb(const char *word, size_t length, void *session);
/* The same with a failure: ERROR_USAGE, "no command 'shw'; did you mean 'show'?", or that of the
 * scripts when they can't be loaded (all their faults are appended to *faults). */
bool command_require(struct session *session, const char *word, const struct command **out,
                     struct text *faults, struct error *err);
/* What the command's second word names; *at is where it stands among the words. NULL: none is
 * there. Fails with ERROR_USAGE and a suggestion when it names none. */
bool command_find_topic(const struct command *family, const char *const *words, size_t count,
                        const struct command **out, size_t *at, struct error *err);
const char *command_topic_word(const struct command *topic); /* "check" of "rules check" */
/* Whether one of the blank-separated aliases is the word. */
bool command_has_alias(const struct command *command, const char *word, size_t length);

/* One run of one command. */
struct call {
  struct session *session;
  const struct command *command;
  const char *line;         /* borrowed: as typed, for the history */
  struct settings settings; /* the session's with the line's options */
  struct list words;        /* of const char *, borrowed: the arguments */
  struct list options;      /* of struct option_value: the command's own */
  struct text text;         /* the answer for people; when empty they get the result */
  struct text complaint;    /* lines below the error message: reasons of a refusal */
  struct result result;     /* the answer; has_result says whether there is one */
  bool has_result;
  bool again;      /* the result shows the last one again, a copy of it */
  bool borrowed;   /* it is the last one itself, which the session keeps */
  int64_t recent;  /* what _ meant when it began */
  int64_t subject; /* the one record that the answer is about; 0: none, or several */
  bool verbatim;   /* the text is code or a program's own: its lines stay as they are */
  bool by_script;  /* called as a Lua function: nothing may be asked or shown */
  bool adopted;    /* the options that choose workspace and database are in force already */
  int exit_code;   /* of a call that succeeded, as the command says */
};

size_t call_count(const struct call *call);                   /* of words */
const char *call_word(const struct call *call, size_t index); /* NULL behind the last */
/* The value of the command's own option, NULL when it was not given; the last one counts. */
const char *call_option(const struct call *call, const char *name);
bool call_has(const struct call *call, const char *name);
/* Of a call that succeeded: its own, or that of an answer without rows where one was asked for. */
int call_exit_code(const struct call *call);
/* Initialises call->result. */
bool call_begin_result(struct call *call, const char *name, const char *title, struct error *err);
/* Fails with ERROR_USAGE when there are fewer or more words: "usage: show #ID". most < 0: any. */
bool call_expect(const struct call *call, size_t least, int most, struct error *err);
/* Asks on the terminal; passes with --yes. Fails with ERROR_CONFIRM when the answer is no or when
 * nobody can be asked, with ERROR_INTERRUPTED by Ctrl-C. */
bool call_confirm(struct call *call, const char *question, struct error *err);
/* Adds what the call says to people to the output, as the terminal it goes to needs it. */
void call_say(const struct call *call);
/* Says that it needs a yes which nobody is there to give. Returns false. */
bool call_refuse_unasked(const char *question, struct error *err);
/* Whether a person is there to answer: at a terminal, and not from a script. */
bool call_may_ask(const struct call *call);
/* What may be answered; a table of them ends with one without words, written in small letters. */
struct answer {
  int choice;
  const char *words[6];
};
/* Which of the answers the line is, whatever its case and the blanks around it; false: none. */
bool answer_read(const struct answer *answers, const char *line, int *choice);
enum assent { ASSENT_NO, ASSENT_YES, ASSENT_DIFF };
/* Asks until the answer is one of them; has_diff: that may be ASSENT_DIFF. Fails with ERROR_CONFIRM
 * at the end of the input, with ERROR_INTERRUPTED by Ctrl-C. */
struct choosing {
  bool has_diff;
  int seconds; /* to answer in, or nothing is changed; 0: as long as it takes */
};
bool call_choose(const char *question, const struct choosing *choosing, enum assent *out,
                 struct error *err);
/* Asks and appends the line that is typed. Fails with ERROR_INTERRUPTED when it ends without one.
 */
bool call_ask(const char *question, struct text *answer, struct error *err);

/* Runs a command with its words (without the verb); the answer stays in *call, which the caller
 * initialises by call_init and releases. */
void call_init(struct call *call, struct session *session);
void call_release(struct call *call);
/* Adopts the options among the words that say which workspace and database are meant, before the
 * command is known; what is wrong with them is told when it runs. */
void call_adopt(struct call *call, const char *const *words, size_t count);
bool call_run(struct call *call, const struct command *command, const char *line,
              const char *const *words, size_t count, struct error *err);
/* Reads the words and options of call->command, no more. */
bool call_read(struct call *call, const char *const *words, size_t count, struct error *err);
/* Another command does it in place of this one: its answer becomes that of the call. */
bool call_delegate(struct call *call, const struct command *command, const char *const *words,
                   size_t count, struct error *err);

#endif
