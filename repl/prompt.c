#include "repl/prompt.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "repl/classify.h"
#include "repl/complete.h"
#include "repl/failure.h"
#include "repl/history.h"
#include "repl/line.h"
#include "repl/terminal.h"

enum { PATIENCE = 3 };

/* Blocks of several lines */

static bool is_one_chunk(struct session *session, const char *block) {
  bool incomplete = false;
  struct error ignored = {0};
  struct text faults = {0};
  bool ready = strchr(block, '\n') && session_open(session, COMMAND_NEEDS_RULES, &faults, &ignored);
  text_release(&faults);
  return ready && state_compiles(session->state, block, &incomplete) && !incomplete;
}

static bool next_line(const char **at, struct text *line) {
  size_t length = strcspn(*at, "\n");
  if (!**at)
    return false;
  text_append(line, line->length ? "\n" : "");
  text_append_bytes(line, *at, length);
  *at += length + ((*at)[length] == '\n');
  return true;
}

static bool is_lua(const char *line) {
  struct classification found = classify(line, command_is_verb, NULL);
  return found.reading == READING_LUA || found.reading == READING_VALUE;
}

/* Commands line by line; Lua goes on over lines until its end. */
static int run_lines(struct session *session, const char *block, bool *incomplete) {
  struct text line = {0};
  int code = EXIT_DONE;
  bool open = false;
  while (!code && !session->leaving && next_line(&block, &line)) {
    bool more = *block || incomplete;
    code = session_run_line(session, text_string(&line), more ? &open : NULL);
    if (!open)
      text_clear(&line);
  }
  if (incomplete)
    *incomplete = open && !code;
  text_release(&line);
  return code;
}

int prompt_run_block(struct session *session, const char *block, bool *incomplete) {
  bool lacks_end = false;
  int code = EXIT_DONE;
  if (!strchr(block, '\n'))
    return session_run_line(session, block, incomplete);
  if (is_lua(block) || is_one_chunk(session, block))
    code = is_one_chunk(session, block) ? session_run_chunk(session, block)
                                        : run_lines(session, block, &lacks_end);
  else
    code = run_lines(session, block, incomplete ? &lacks_end : NULL);
  if (incomplete)
    *incomplete = lacks_end;
  return code;
}

int prompt_run_lines(struct session *session, FILE *stream) {
  struct text block = {0};
  char *line = NULL;
  size_t capacity = 0;
  int code = EXIT_DONE;
  bool open = false;
  ssize_t length = 0;
  while (!code && !session->leaving && (length = getline(&line, &capacity, stream)) > 0) {
    text_append_bytes(&block, line, (size_t)length);
    code = session_run_line(session, text_string(&block), &open);
    if (!open)
      text_clear(&block);
  }
  if (!code && open)
    code = session_run_line(session, text_string(&block), NULL);
  free(line);
  text_release(&block);
  return code;
}

/* The terminal */

static void append_prompt(struct text *out, const struct session *session) {
  const char *slash = strrchr(session->database, '/');
  const char *name = slash ? slash + 1 : session->database;
  size_t length = strlen(name);
  if (length > 3 && strcmp(name + length - 3, ".db") == 0)
    length -= 3;
  text_append_bytes(out, name, length);
  if (session->settings.as_of)
    text_format(out, gettext(" as of %s"), session->settings.as_of);
  text_append(out, "> ");
}

static void greet(const struct session *session) {
  printf(gettext("Dealwright %s. 'help' lists the commands, Ctrl-D leaves.\n"), DEALWRIGHT_VERSION);
  if (!session->engine)
    printf(gettext("There is no %s yet: 'init', 'import' or 'new' makes it.\n"), session->database);
}

/* What the prompt reads into: one entry of the history, over as many lines as it takes. */
struct typing {
  struct session *session;
  struct text history; /* path, "" without a home */
  struct text block;
  char *database; /* owned: whose history is loaded */
  int interrupts; /* in a row, on an empty prompt */
};

static void load_history(struct typing *typing) {
  const char *database = typing->session->database;
  if (typing->database && strcmp(typing->database, database) == 0)
    return;
  memory_free(typing->database);
  typing->database = memory_copy_text(database);
  text_clear(&typing->history);
  if (!history_path(&typing->history, database))
    text_clear(&typing->history);
  history_load(text_string(&typing->history));
}

static void execute(struct typing *typing) {
  bool incomplete = false;
  const char *block = text_string(&typing->block);
  int code = prompt_run_block(typing->session, block, &incomplete);
  (void)code; /* the message was printed; the session goes on */
  if (incomplete)
    return;
  history_keep(text_string(&typing->history), block);
  text_clear(&typing->block);
}

static bool handle(struct typing *typing, enum line_event event, const char *line) {
  if (event == LINE_INTERRUPTED) {
    typing->interrupts = typing->block.length ? 0 : typing->interrupts + 1;
    text_clear(&typing->block);
    if (typing->interrupts == 1)
      printf("%s\n", gettext("(Ctrl-D leaves)"));
    return typing->interrupts < PATIENCE;
  }
  typing->interrupts = 0;
  if (event == LINE_END) {
    putchar('\n');
    return false;
  }
  text_append(&typing->block, typing->block.length ? "\n" : "");
  text_append(&typing->block, line);
  execute(typing);
  return !typing->session->leaving;
}

static bool read_once(struct typing *typing) {
  struct text prompt = {0}, line = {0};
  if (typing->block.length)
    text_append(&prompt, "... ");
  else
    append_prompt(&prompt, typing->session);
  load_history(typing);
  fflush(stdout);
  enum line_event event = line_read(text_string(&prompt), &line);
  bool go_on = handle(typing, event, text_string(&line));
  text_release(&prompt);
  text_release(&line);
  return go_on;
}

/* The book is opened at once so that what is wrong with it is said before the first line. */
static void open_quietly(struct session *session) {
  struct error err = {0};
  struct text faults = {0};
  if (!session_open(session, COMMAND_NEEDS_RULES, &faults, &err))
    failure_print(&err, text_string(&faults), false);
  text_release(&faults);
}

int prompt_run(struct session *session) {
  struct typing typing = {.session = session};
  session->interactive = true;
  open_quietly(session);
  greet(session);
  line_open(complete_line, session);
  while (read_once(&typing)) {
  }
  line_close();
  text_release(&typing.history);
  text_release(&typing.block);
  memory_free(typing.database);
  return typing.interrupts >= PATIENCE ? EXIT_INTERRUPTED : EXIT_DONE;
}
