/* watch: a command again and again, with what changed marked. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/translate.h"
#include "base/words.h"
#include "repl/interrupt.h"
#include "repl/session.h"
#include "repl/terminal.h"
#include "repl/view.h"

enum { LONGEST = 24 * 3600, MOST_TIMES = 1000000 };

struct watch {
  struct call *call; /* of watch itself */
  const struct command *command;
  const char *const *words; /* of the command watched, without its verb */
  size_t count;
  double seconds;
  int64_t times;        /* 0: until Ctrl-C */
  struct text title;    /* the line watched */
  struct result before; /* what was shown last */
  bool has_before;
};

static bool read_seconds(const char *word, double *seconds, struct error *err) {
  char *end = NULL;
  *seconds = word ? strtod(word, &end) : 2;
  if (!word || (*word && *end == 0 && *seconds >= 0.1 && *seconds <= LONGEST))
    return true;
  return error_set(err, ERROR_USAGE, "--every takes seconds, from 0.1 to %d, not '%s'", LONGEST,
                   word);
}

static bool read_times(const char *word, int64_t *times, struct error *err) {
  *times = 0;
  if (!word || (integer_parse(times, word, err) && *times > 0 && *times <= MOST_TIMES))
    return true;
  return error_set(err, ERROR_USAGE, "--times takes a number from 1 to %d, not '%s'", MOST_TIMES,
                   word);
}

static bool may_be_watched(const struct command *command, struct error *err) {
  if (command->flags & COMMAND_WRITES)
    return error_set(err, ERROR_USAGE, "'%s' changes data; watch is for looking", command->verb);
  if (command->flags & COMMAND_PROMPT)
    return error_set(err, ERROR_USAGE, "'%s' is about the session; watch is for looking",
                     command->verb);
  return true;
}

/* What people see of one run; a failure is shown in its place and may pass. */
static bool append_shown(struct watch *watch, struct call *inner, struct text *out,
                         struct error *err) {
  struct style style = session_style(watch->call->session, &inner->settings);
  if (!inner->has_result) {
    text_append(out, text_string(&inner->text));
    return true;
  }
  style.before = watch->has_before ? &watch->before : NULL;
  if (!view_apply(&inner->result, &inner->settings, session_book(inner->session), err) ||
      !table_write(&inner->result, &style, out, err))
    return false;
  if (watch->has_before)
    result_release(&watch->before);
  watch->before = inner->result;
  watch->has_before = true;
  inner->has_result = false;
  return true;
}

static void append_heading(const struct watch *watch, struct text *out) {
  char now[INSTANT_TEXT_SIZE];
  instant_write((instant)time(NULL), now);
  text_format(out, translate("every %g s   %.10s %.8s UTC   "), watch->seconds, now, now + 11);
  text_append(out, text_string(&watch->title));
  text_append(out, "\n\n");
}

/* No more than the screen holds, so that the heading stays in sight. */
static size_t fitting(const struct text *text) {
  size_t lines = terminal_height() - 1, at = 0;
  for (; at < text->length && lines > 0; at++)
    lines -= text->data[at] == '\n';
  return at;
}

static bool show(const struct watch *watch, const struct text *shown, struct error *err) {
  struct session *session = watch->call->session;
  struct text screen = {0};
  append_heading(watch, &screen);
  text_append_bytes(&screen, text_string(shown), shown->length);
  size_t length = screen.length;
  bool done = text_check(&screen, err);
  if (done && terminal_is_output() && !watch->call->settings.output) {
    length = fitting(&screen);
    const char *clear = terminal_is_dumb() ? "\n" : "\x1b[H\x1b[2J";
    done = output_now(clear, strlen(clear), &session->broken_pipe, err);
  }
  done = done && output_now(text_string(&screen), length, &session->broken_pipe, err);
  text_release(&screen);
  return done;
}

static bool ends_watching(const struct error *err) {
  return err->code == ERROR_INTERRUPTED || err->code == ERROR_MEMORY || err->code == ERROR_USAGE;
}

static bool look_once(struct watch *watch, struct error *err) {
  struct call inner;
  struct text shown = {0};
  call_init(&inner, watch->call->session);
  inner.settings = watch->call->settings;
  bool done = call_run(&inner, watch->command, watch->call->line, watch->words, watch->count, err);
  if (done)
    done = append_shown(watch, &inner, &shown, err);
  else if (!ends_watching(err) && watch->has_before) {
    text_format(&shown, "%s\n", err->message);
    done = true;
  }
  done = done && show(watch, &shown, err);
  text_release(&shown);
  call_release(&inner);
  return done;
}

/* Until the next look; false when Ctrl-C came first. */
static bool wait_for_next(double seconds) {
  struct timespec left = {.tv_sec = (time_t)seconds,
                          .tv_nsec = (long)((seconds - floor(seconds)) * 1e9)};
  while (nanosleep(&left, &left) != 0)
    if (interrupt_taken())
      return false;
  return !interrupt_taken();
}

/* The terminal has written ^C where the prompt would begin. */
static bool leave_line(const struct watch *watch, struct error *err) {
  if (!terminal_is_input() || !terminal_is_output())
    return true;
  return output_now("\n", 1, &watch->call->session->broken_pipe, err);
}

static bool look_on(struct watch *watch, struct error *err) {
  interrupt_taken();
  for (int64_t look = 1;; look++) {
    if (!look_once(watch, err))
      return err->code == ERROR_INTERRUPTED && watch->has_before && leave_line(watch, err);
    if (look == watch->times)
      return true;
    if (!wait_for_next(watch->seconds))
      return leave_line(watch, err);
  }
}

static void name_line(struct watch *watch) {
  text_append(&watch->title, watch->command->verb);
  for (size_t i = 0; i < watch->count; i++) {
    text_append_char(&watch->title, ' ');
    words_quote(&watch->title, watch->words[i]);
  }
}

static bool run_watch(struct call *call, struct error *err) {
  struct watch watch = {.call = call,
                        .words = (const char *const *)call->words.items + 1,
                        .count = call_count(call) - 1};
  if (!call_expect(call, 1, -1, err) ||
      !read_seconds(call_option(call, "every"), &watch.seconds, err) ||
      !read_times(call_option(call, "times"), &watch.times, err) ||
      !command_require(call->session, call_word(call, 0), &watch.command, &call->complaint, err) ||
      !may_be_watched(watch.command, err))
    return false;
  name_line(&watch);
  progress_stop(); /* it is meant to go on, and the screen is its own */
  bool done = look_on(&watch, err);
  text_release(&watch.title);
  if (!watch.has_before)
    return done;
  struct error late;
  return session_remember(call->session, &watch.before, 0, done ? err : &late) && done;
}

static const struct option_entry options[] = {
    {"every", 0, N_("SECONDS"), N_("how long between two looks (2)"), 0},
    {"times", 0, N_("N"),       N_("end after so many looks"),        0},
    {NULL,    0, NULL,          NULL,                                 0},
};

static const char *const examples[] = {"watch report pipeline",
                                       "watch --every 10 list deal stage=closing", NULL};

const struct command watch_commands[] = {
    {.verb = "watch",
     .arguments = N_("COMMAND"),
     .summary = N_("run a command again and again and mark what changed; Ctrl-C ends it"),
     .examples = examples,
     .options = options,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_PROMPT | COMMAND_VERBATIM,
     .inner = 1,
     .run = run_watch},
    {0},
};
