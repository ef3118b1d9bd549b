#include "repl/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/classify.h"
#include "repl/complete.h"
#include "repl/failure.h"
#include "repl/format/wrap.h"
#include "repl/hint.h"
#include "repl/history.h"
#include "repl/interrupt.h"
#include "repl/line.h"
#include "repl/terminal.h"

enum { PATIENCE = 3 };

/* Blocks of several lines */

static bool is_lua(struct session *session, const char *line) {
  struct classification found = classify(line, command_is_verb, session);
  return found.reading == READING_LUA || found.reading == READING_VALUE;
}

static bool compiles(struct session *session, const char *block, bool *incomplete) {
  struct classification found = classify(block, command_is_verb, session);
  struct error ignored = {0};
  struct text chunk = {0};
  bool ready = session_open(session, COMMAND_NEEDS_RULES, &chunk, &ignored);
  text_clear(&chunk);
  *incomplete = false;
  if (found.reading == READING_VALUE)
    text_format(&chunk, "return %s", found.rest);
  else
    text_append(&chunk, block);
  ready = ready && state_compiles(session->state, text_string(&chunk), incomplete);
  text_release(&chunk);
  return ready && !*incomplete;
}

/* Lua that only lacks its end; a command never does. */
static bool lacks_end(struct session *session, const char *block) {
  bool incomplete = false;
  return is_lua(session, block) && !compiles(session, block, &incomplete) && incomplete;
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

/* Who pasted them sees where they ended. */
static void tell_left(const char *block) {
  struct text said = {0};
  int64_t lines = 0;
  for (size_t length = 0; *block; block += length + (block[length] == '\n')) {
    length = strcspn(block, "\n");
    lines += strspn(block, " \t") < length;
  }
  if (!lines)
    return;
  text_format(&said,
              translate_plural("%lld line behind it was not run\n",
                               "%lld lines behind it were not run\n", lines),
              (long long)lines);
  failure_print_details(text_string(&said));
  text_release(&said);
}

/* Commands line by line; Lua goes on over lines until its end. */
static int run_lines(struct session *session, const char *block) {
  struct text line = {0};
  int code = EXIT_DONE;
  while (!code && !session->leaving && next_line(&block, &line)) {
    if (*block && lacks_end(session, text_string(&line)))
      continue;
    code = session_run_line(session, text_string(&line));
    text_clear(&line);
  }
  if (code && session->interactive)
    tell_left(block);
  text_release(&line);
  return code;
}

/* A block that is Lua as a whole is one chunk, even when a line of it could be a command. */
int prompt_run_block(struct session *session, const char *block) {
  bool incomplete = false;
  if (!strchr(block, '\n'))
    return session_run_line(session, block);
  return compiles(session, block, &incomplete) ? session_run_chunk(session, block)
                                               : run_lines(session, block);
}

int prompt_run_lines(struct session *session, FILE *stream) {
  struct text block = {0};
  char *line = NULL;
  size_t capacity = 0;
  int code = EXIT_DONE;
  ssize_t length = 0;
  while (!code && !session->leaving && (length = getline(&line, &capacity, stream)) > 0) {
    text_append_bytes(&block, line, (size_t)length);
    if (lacks_end(session, text_string(&block)))
      continue;
    code = session_run_line(session, text_string(&block));
    text_clear(&block);
  }
  if (!code && block.length)
    code = session_run_line(session, text_string(&block));
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
    text_format(out, translate(" as of %s"), session->settings.as_of);
  if (session->settings.rules)
    text_format(out, translate(" under %s"), session->settings.rules);
  text_append(out, "> ");
}

static void greet(const struct session *session) {
  struct text said = {0}, out = {0};
  text_format(&said, translate("Dealwright %s. 'help' lists the commands, Ctrl-D leaves.\n"),
              DEALWRIGHT_VERSION);
  if (!session->engine)
    text_format(&said, translate("There is no %s yet: 'init', 'import' or 'new' makes it.\n"),
                session->database);
  wrap_append_safe(&out, text_string(&said), said.length, terminal_width(), !terminal_is_utf8());
  fputs(text_string(&out), stdout);
  text_release(&said);
  text_release(&out);
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

/* A helper whose payload is the session would not know that a line goes on another. */
static bool complete_typing(const char *before, const char *word, struct line_candidates *out,
                            void *payload) {
  const struct typing *typing = payload;
  return complete_line(before, word, out, typing->session);
}

static bool has_hints(const struct typing *typing) {
  return !typing->block.length && setting_is_on(typing->session->settings.hints, true);
}

static void hint_typing(struct text *out, const char *line, void *payload) {
  const struct typing *typing = payload;
  if (has_hints(typing))
    hint_append(out, typing->session, line);
}

static void ponder_typing(struct text *out, const char *line, void *payload) {
  const struct typing *typing = payload;
  if (has_hints(typing))
    hint_ponder(out, typing->session, line);
}

/* What can't be kept is said once; this session remembers its own lines. */
static void keep(struct typing *typing, const char *block) {
  struct error err = {0};
  if (history_keep(text_string(&typing->history), block, &err))
    return;
  failure_print(&err, NULL, false);
  text_clear(&typing->history);
}

/* It is in the history before it runs: what hangs can be looked up afterwards. */
static void execute(struct typing *typing) {
  const char *block = text_string(&typing->block);
  if (lacks_end(typing->session, block))
    return;
  keep(typing, block);
  prompt_run_block(typing->session, block); /* what failed was said; the session goes on */
  text_clear(&typing->block);
}

static bool interrupted(struct typing *typing, const char *dropped) {
  bool idle = !typing->block.length && !*dropped;
  typing->interrupts = idle ? typing->interrupts + 1 : 0;
  text_clear(&typing->block);
  if (typing->interrupts == 1)
    printf("%s\n", translate("(Ctrl-D leaves)"));
  return typing->interrupts < PATIENCE;
}

static bool handle(struct typing *typing, enum line_event event, const char *line) {
  if (event == LINE_INTERRUPTED)
    return interrupted(typing, line);
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
  if (!session_open(session, COMMAND_NEEDS_RULES, &faults, &err)) {
    failure_keep(&session->failed, &err, text_string(&faults));
    failure_print(&err, text_string(&faults), false);
  }
  text_release(&faults);
}

int prompt_run(struct session *session) {
  struct typing typing = {.session = session};
  session->interactive = true;
  interrupt_stay();
  open_quietly(session);
  greet(session);
  const struct line_helper helper = {complete_typing, hint_typing, ponder_typing, &typing};
  line_open(&helper);
  while (read_once(&typing)) {
  }
  line_close();
  text_release(&typing.history);
  text_release(&typing.block);
  memory_free(typing.database);
  if (interrupt_end())
    return interrupt_end();
  return typing.interrupts >= PATIENCE ? EXIT_INTERRUPTED : EXIT_DONE;
}
