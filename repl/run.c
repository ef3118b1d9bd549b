/* Running one line: from the words or the Lua to the printed answer. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "base/words.h"
#include "repl/classify.h"
#include "repl/commands/confirm.h"
#include "repl/failure.h"
#include "repl/folder.h"
#include "repl/format/count.h"
#include "repl/format/safe.h"
#include "repl/format/wrap.h"
#include "repl/interrupt.h"
#include "repl/program.h"
#include "repl/session.h"
#include "repl/terminal.h"
#include "repl/view.h"

static bool is_json_errors(const struct settings *settings) {
  return settings->errors && strcmp(settings->errors, "json") == 0;
}

static void tell(struct session *session, const struct settings *settings, const struct error *err,
                 const char *details) {
  failure_keep(&session->failed, err, details);
  if (session->state)
    text_append(&session->failed.trace, state_trace(session->state));
  if (session->engine && session->engine->book->ruleset)
    text_append(&session->failed.ruleset, session->engine->book->ruleset);
  failure_print(err, details, is_json_errors(settings));
}

/* A reader that went away is told nothing; `error` tells it all again. */
static int fail(struct session *session, const struct settings *settings, const struct error *err,
                const char *details) {
  struct error told = *err;
  struct text lines = {0};
  if (session->broken_pipe)
    return EXIT_BROKEN_PIPE;
  failure_unfold(&session->refused, &told, &lines);
  text_append(&lines, details ? details : "");
  tell(session, settings, &told, text_string(&lines));
  text_release(&lines);
  return failure_exit_code(err->code);
}

static void locate(const char *line, size_t at, size_t marked, struct error *err) {
  error_locate(err, NULL, 1);
  error_show_line(err, &(struct error_line){line, strcspn(line, "\n"), at, marked});
}

/* The word that is to blame, as it stands in the line: all of it when it is in quotes there. */
static void locate_word(const char *line, const char *const *words, size_t count,
                        struct error *err) {
  struct words typed;
  struct error ignored; /* the line was split before */
  if (!err->blamed || err->place.line || !words_split(&typed, line, &ignored))
    return;
  for (size_t i = 0; i < count && i < typed.items.count; i++) {
    size_t length = strlen(words[i]);
    if (err->blamed < words[i] || err->blamed > words[i] + length)
      continue;
    const struct word_span *span = list_at(&typed.spans, i);
    if (span->length == length)
      locate(line, span->at + (size_t)(err->blamed - words[i]),
             err->blamed_length ? (size_t)err->blamed_length : 1, err);
    else
      locate(line, span->at, span->length, err);
    break;
  }
  words_release(&typed);
}

static bool append_result(struct session *session, const struct settings *settings,
                          const struct result *result, const struct format *format,
                          struct error *err) {
  struct style style = session_style(session, settings);
  if (format && !format_can(format, style.terminal, err))
    return false;
  bool (*write)(const struct result *, const struct style *, struct text *, struct error *) =
      format ? format->write : table_write;
  if (format && strcmp(format->name, "table") == 0)
    style.width = settings->width ? style.width : 0;
  return write(result, &style, &session->output.text, err);
}

/* Code keeps its lines: it may be copied. */
void call_say(const struct call *call) {
  struct text *out = &call->session->output.text;
  struct style style = session_style(call->session, &call->settings);
  size_t width = call->verbatim ? 0 : style.width;
  if (style.terminal)
    wrap_append_safe(out, text_string(&call->text), call->text.length, width, style.ascii);
  else
    wrap_append(out, text_string(&call->text), call->text.length, width);
}

/* What an answer was made from is known of each, whether or not a line gives it again. A damaged
 * book, which doctor looks at, may not tell. */
static bool complete_stamp(struct call *call, struct error *err) {
  struct engine *engine = call->session->engine;
  struct clock clock = {0};
  if (!call->has_result || call->result.stamp.now)
    return true;
  if (engine && !result_stamp(&call->result, engine, NULL, err) && err->code != ERROR_STORE)
    return false;
  if (!engine)
    call->result.stamp.now = clock_now(&clock);
  return true;
}

static bool append_answer(struct call *call, struct error *err) {
  const struct format *format = NULL;
  if (!session_format(call->session, &call->settings, &format, err))
    return false;
  if (call->has_result &&
      !view_apply(&call->result, &call->settings, session_book(call->session), err))
    return false;
  if (!complete_stamp(call, err))
    return false;
  if (!call->has_result && format && format->binary && call->session->output.path)
    return error_set(err, ERROR_USAGE, "the answer is words, which have no rows for %s",
                     format->name);
  if (call->text.length && !(call->has_result && format)) {
    call_say(call);
    return true;
  }
  return !call->has_result ||
         append_result(call->session, &call->settings, &call->result, format, err);
}

/* Who looks at a terminal would see nothing at all. */
static void say_written(const struct call *call) {
  const char *path = call->session->output.path;
  struct text said = {0};
  if (!path || !terminal_is_error())
    return;
  if (call->has_result && !call->result.document && !call->result.single) {
    count_append(&said, &call->result);
    text_append_char(&said, ' ');
  }
  text_append(&said, terminal_is_utf8() ? "→ " : "-> ");
  safe_append(&said, path, strlen(path), SAFE_KEEP_NONE, !terminal_is_utf8());
  progress_hide();
  fprintf(stderr, "%s\n", text_string(&said));
  text_release(&said);
}

static bool remember(struct call *call, struct error *err) {
  struct session *session = call->session;
  call->has_result = false;
  if (call->again)
    return call->borrowed || session_remember_again(session, &call->result, err);
  return session_remember(session, &call->result, call->subject, err);
}

/* Of Lua, or of a command that looks at the book; others may answer without one or of a bad one. */
static bool is_of_book(const struct call *call) {
  return call->session->engine &&
         (!call->command ||
          call->command->flags & (COMMAND_NEEDS_BOOK | COMMAND_NEEDS_RULES | COMMAND_CREATES));
}

/* The book's position and currency at least; what shows the last answer again keeps its own. */
static bool stamp_answer(struct call *call, const char *line, struct error *err) {
  const struct session *session = call->session;
  return !call->has_result || call->again || call->result.stamp.command || !is_of_book(call) ||
         result_stamp(&call->result, session->engine, line, err);
}

static bool finish(struct call *call, int *code, struct error *err) {
  struct session *session = call->session;
  if (!stamp_answer(call, NULL, err) || !append_answer(call, err) ||
      !output_flush(&session->output, &session->broken_pipe, err))
    return false;
  say_written(call);
  if (call->complaint.length && !session->broken_pipe)
    failure_print_details(text_string(&call->complaint));
  *code = session->broken_pipe ? EXIT_BROKEN_PIPE : call_exit_code(call);
  return !call->has_result || remember(call, err);
}

/* What a script of an earlier line failed at is not what led to a failure of this one. */
static void forget_trace(struct session *session) {
  if (session->state && session->lua_depth == 0)
    state_forget_trace(session->state);
}

static int run_command(struct session *session, const char *line, const char *const *words,
                       size_t count, const char *redirect, const char *pipe) {
  struct call call;
  struct error err = {0};
  const struct command *command = NULL;
  forget_trace(session);
  progress_start(line);
  call_init(&call, session);
  if (redirect)
    call.settings.output = redirect;
  session->output.pipe = pipe;
  if (!command_is_built_in(words[0], strlen(words[0])))
    call_adopt(&call, words + 1, count - 1);
  int code = EXIT_DONE;
  bool done = command_require(session, words[0], &command, &call.complaint, &err) &&
              call_run(&call, command, line, words + 1, count - 1, &err) &&
              finish(&call, &code, &err);
  if (!done) {
    text_release(&session->output.text);
    locate_word(line, words, count, &err);
    code = fail(session, &call.settings, &err, text_string(&call.complaint));
  }
  interrupt_aim(NULL, NULL);
  progress_stop();
  session->output.path = session->output.pipe = NULL;
  call_release(&call);
  return code;
}

int session_run_words(struct session *session, const char *const *words, size_t count) {
  struct text line = {0};
  for (size_t i = 0; i < count; i++) {
    text_append(&line, i ? " " : "");
    words_quote(&line, words[i]);
  }
  int code = run_command(session, text_string(&line), words, count, NULL, NULL);
  text_release(&line);
  return code;
}

/* A shell does so with the words of its line: what begins with ~/ outside of quotes. */
static bool expand_homes(struct words *words, const char *line, struct error *err) {
  for (size_t i = 0; i < words->items.count; i++) {
    const struct word_span *span = list_at(&words->spans, i);
    if (line[span->at] == '~' && !folder_expand(list_at(&words->items, i), err))
      return false;
  }
  return !words->file || folder_expand(&words->file, err);
}

static int run_command_line(struct session *session, const char *line) {
  struct words words;
  struct error err = {0};
  int code = EXIT_DONE;
  if (!words_split(&words, line, &err))
    return fail(session, &session->settings, &err, NULL);
  if (!expand_homes(&words, line, &err))
    code = fail(session, &session->settings, &err, NULL);
  else if (words.items.count)
    code = run_command(session, line, (const char *const *)words.items.items, words.items.count,
                       words.file, words.pipe);
  words_release(&words);
  return code;
}

/* "show >x" was meant as a command more often than as Lua. */
static void hint_at_command(struct session *session, const char *line, struct text *hint) {
  struct classification found = classify(line, command_is_verb, session);
  const struct command *command =
      found.word_length ? command_find(session, found.rest, found.word_length) : NULL;
  if (command && !(command->flags & COMMAND_PROMPT))
    text_format(hint, translate("this was read as Lua; ':%s' makes it a command"), found.rest);
}

/* What the line answered, and behind it what its unit of work has to say. */
static int finish_lua(struct session *session, const char *line, struct state_answer *answer,
                      const struct text *said) {
  struct call call;
  struct error err = {0};
  call_init(&call, session);
  call.verbatim = true;
  call.subject = session->script_subject;
  text_append_bytes(&call.text, text_string(&answer->shown), answer->shown.length);
  if (call.text.length && call.text.data[call.text.length - 1] != '\n')
    text_append_char(&call.text, '\n');
  if (answer->result) {
    call.result = *answer->result;
    call.has_result = true;
    memory_free(answer->result);
    answer->result = NULL;
    text_clear(&call.text);
  }
  text_append_bytes(call.has_result ? &call.complaint : &call.text, text_string(said),
                    said->length);
  session->output.path = session->settings.output;
  int code = EXIT_DONE;
  const char *again = *line ? line : NULL; /* a chunk of several lines does not fit into a stamp */
  if (!stamp_answer(&call, again, &err) || !finish(&call, &code, &err))
    code = fail(session, &call.settings, &err, NULL);
  session->output.path = NULL;
  call_release(&call);
  return code ? code : session->script_code;
}

/* All that the line changes is one unit of work. */
static bool eval_line(struct call *call, const char *line, const char *chunk,
                      struct state_answer *answer, struct error *err) {
  struct session *session = call->session;
  session->lua_depth++;
  session->script_code = EXIT_DONE;
  session->script_subject = 0;
  interrupt_aim(session_book(session), session->state);
  confirm_begin_line(session, line);
  bool done = state_eval(session->state, chunk, "prompt", answer, err);
  done = confirm_line(call, done, err);
  interrupt_aim(NULL, NULL);
  session->lua_depth--;
  return done;
}

static int run_lua(struct session *session, const char *line, const char *chunk) {
  struct state_answer answer = {0};
  struct error err = {0};
  struct text hint = {0};
  struct call call;
  if (!session_open(session, COMMAND_NEEDS_RULES, &hint, &err) ||
      !session_set_moment(session, &session->settings, &err)) {
    int failed = fail(session, &session->settings, &err, text_string(&hint));
    text_release(&hint);
    return failed;
  }
  forget_trace(session);
  progress_start(*line ? line : chunk);
  call_init(&call, session);
  bool done = eval_line(&call, *line ? line : chunk, chunk, &answer, &err);
  int code = EXIT_DONE;
  if (done) {
    code = finish_lua(session, line, &answer, &call.text);
  } else {
    if (output_flush(&session->output, &session->broken_pipe, &(struct error){0}) &&
        err.code == ERROR_SCRIPT)
      hint_at_command(session, line, &hint);
    code = fail(session, &session->settings, &err, text_string(&hint));
  }
  progress_stop();
  call_release(&call);
  state_answer_release(&answer);
  text_release(&hint);
  return code;
}

int session_run_chunk(struct session *session, const char *chunk) {
  return run_lua(session, "", chunk);
}

static int run_value(struct session *session, const char *line, const char *expression) {
  struct text chunk = {0};
  text_format(&chunk, "=%s", expression);
  int code = run_lua(session, line, text_string(&chunk));
  text_release(&chunk);
  return code;
}

/* The command that answers a question about a topic. */
static int run_question(struct session *session, const char *command,
                        const struct classification *found) {
  struct text line = {0};
  text_format(&line, "%s %.*s", command, (int)found->word_length, found->rest);
  int code = run_command_line(session, text_string(&line));
  text_release(&line);
  return code;
}

static int run_unknown(struct session *session, const char *line, struct classification found) {
  struct error err = {0};
  struct text word = {0}, faults = {0};
  const struct command *none = NULL;
  text_append_bytes(&word, found.rest, found.word_length);
  command_require(session, text_string(&word), &none, &faults, &err);
  if (err.blamed == text_string(&word))
    locate(line, (size_t)(found.rest - line), found.word_length, &err);
  int code = fail(session, &session->settings, &err, text_string(&faults));
  text_release(&word);
  text_release(&faults);
  return code;
}

static bool may_run_programs(const struct session *session, struct error *err) {
  if (session->settings.safe)
    return error_set(err, ERROR_PERMISSION, "programs are not run with --safe");
  return session->settings.shell ||
         error_set(err, ERROR_PERMISSION,
                   "programs are not run from the prompt unless you switch it on; start with "
                   "--shell, or for always: config shell=on");
}

/* Its words go where the program's go; what it ends with is its own affair. */
static int run_shell(struct session *session, const char *line) {
  struct error err = {0};
  enum program_end end = PROGRAM_ENDED;
  bool done = may_run_programs(session, &err) &&
              (*line || error_set(&err, ERROR_USAGE, "'!' needs a program; !ls")) &&
              program_run_line(line, NULL, &end, &err);
  if (done && end == PROGRAM_STOPPED)
    done = error_set(&err, ERROR_INTERRUPTED, "interrupted");
  else if (done && end != PROGRAM_ENDED)
    done = error_set(&err, ERROR_NOT_FOUND, "the program '%s' can't be run", line);
  return done ? EXIT_DONE : fail(session, &session->settings, &err, NULL);
}

static int run_reading(struct session *session, const char *line) {
  struct classification found = classify(line, command_is_verb, session);
  switch (found.reading) {
  case READING_NOTHING:
    return EXIT_DONE;
  case READING_COMMAND:
    return run_command_line(session, found.rest);
  case READING_LUA:
    return run_lua(session, line, found.rest);
  case READING_VALUE:
    return run_value(session, line, found.rest);
  case READING_HELP:
    return run_question(session, "help", &found);
  case READING_SOURCE:
    return run_question(session, "rules show", &found);
  case READING_UNKNOWN:
    return run_unknown(session, line, found);
  case READING_SHELL:
    break;
  }
  return run_shell(session, found.rest);
}

static double seconds_since(const struct timespec *start) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

int session_run_line(struct session *session, const char *line) {
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  int code = run_reading(session, line);
  if (setting_is_on(session->settings.timing, false))
    fprintf(stderr, translate("%.3f s\n"), seconds_since(&start));
  return code;
}

bool session_run_file(struct session *session, const char *path, struct error *err) {
  struct state_answer answer = {0};
  session->lua_depth++;
  session->script_code = EXIT_DONE;
  bool done = state_run_file(session->state, path, &answer, err);
  session->lua_depth--;
  if (done)
    text_append_bytes(&session->output.text, text_string(&answer.shown), answer.shown.length);
  state_answer_release(&answer);
  return done;
}
