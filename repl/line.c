#include "repl/line.h"

#include <errno.h>
#include <readline/history.h>
#include <readline/readline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/words.h"
#include "repl/ahead.h"
#include "repl/ghost.h"
#include "repl/interrupt.h"
#include "repl/matches.h"
#include "repl/terminal.h"

/* readline has one line under way per process, and so has this file. */
static struct {
  const struct line_helper *helper;
  struct text *line; /* where the finished line goes */
  bool done, ended;
  struct line_candidates candidates;
  struct text hint;     /* behind the cursor */
  struct text pondered; /* the line that was pondered on last */
  struct text thought;  /* what came of it */
  bool pausing;         /* the line waits to be pondered on */
  bool amid;            /* a key of several bytes, or a paste, has begun */
  size_t ended_paste;   /* bytes of the end of a paste that were made up */
  const sigset_t *open; /* the signals that are let in while nothing is read */
} editor;

enum { PAUSE = 150 * 1000 * 1000 }; /* nanoseconds */

static void take_line(char *typed) {
  editor.done = true;
  editor.ended = typed == NULL;
  if (typed)
    text_append(editor.line, typed);
  rl_free(typed);
  rl_callback_handler_remove();
}

void line_candidates_release(struct line_candidates *candidates) {
  for (size_t i = 0; candidates->names && candidates->names[i]; i++) {
    memory_free(candidates->names[i]);
    memory_free(candidates->descriptions[i]);
  }
  memory_free(candidates->names);
  memory_free(candidates->descriptions);
  *candidates = (struct line_candidates){0};
}

/* Before readline looks for the word: an apostrophe is a quote only where one may open. */
static char *choose_quotes(void) {
  struct words ignored;
  struct error err;
  char quote = 0;
  char *before = strndup(rl_line_buffer, (size_t)rl_point);
  if (before && words_split_typed(&ignored, before, &quote, &err))
    words_release(&ignored);
  free(before);
  rl_completer_quote_characters = quote == '\'' ? "\"'" : "\"";
  return NULL; /* words end where they always do */
}

/* A file's name as a word of the line; *quote: that which is open, or which it gets. */
static char *quote_file(char *name, int ignored, char *quote) {
  struct text quoted = {0};
  char *whole = tilde_expand(name); /* in quotes ~ means itself */
  (void)ignored;
  if (*quote == '\'')
    text_format(&quoted, "'%s", whole);
  else
    words_quote_always(&quoted, whole);
  rl_free(whole);
  *quote = *quote ? *quote : '"';
  /* The end may not be reached yet: readline closes it when it is. */
  size_t length = quoted.length - (*quote == '"' && quoted.length > 1);
  char *copy = quoted.failed ? strdup(name) : strndup(text_string(&quoted), length);
  text_release(&quoted);
  return copy;
}

static char *next_name(const char *typed, int state) {
  static size_t index;
  (void)typed;
  if (state == 0)
    index = 0;
  if (!editor.candidates.names || !editor.candidates.names[index])
    return NULL;
  return strdup(editor.candidates.names[index++]);
}

/* Where not all were looked for, what these have in common is not what all have. */
static char **matches_of(const char *typed) {
  char **matches = rl_completion_matches(typed, next_name);
  char *common = matches && editor.candidates.more ? strdup(typed) : NULL;
  if (common) {
    rl_free(matches[0]);
    matches[0] = common;
  }
  return matches;
}

static char **attempt(const char *typed, int start, int end) {
  (void)start;
  char *before = strndup(rl_line_buffer, (size_t)end);
  rl_attempted_completion_over = 1;
  line_candidates_release(&editor.candidates);
  char **matches = NULL;
  if (before && editor.helper->complete &&
      editor.helper->complete(before, typed, &editor.candidates, editor.helper->payload)) {
    if (editor.candidates.files)
      rl_attempted_completion_over = 0;
    else
      matches = matches_of(typed);
    if (editor.candidates.open_ended)
      rl_completion_suppress_append = 1;
  }
  free(before);
  return matches;
}

/* Of files the folder is known. */
static void show_matches(char **matches, int count, int longest) {
  char **names = matches + 1;
  (void)longest;
  for (int i = 0; rl_filename_completion_desired && i < count; i++) {
    const char *slash = strrchr(names[i], '/');
    if (slash && slash[1])
      memmove(names[i], slash + 1, strlen(slash));
  }
  fputc('\n', rl_outstream);
  matches_show(names, (size_t)count, &editor.candidates);
  rl_on_new_line();
}

/* A key that waits already would take the hint away again. */
static bool key_waits(void) {
  fd_set keys;
  struct timeval now = {0};
  FD_ZERO(&keys);
  FD_SET(STDIN_FILENO, &keys);
  return select(STDIN_FILENO + 1, &keys, NULL, NULL, &now) > 0;
}

/* Only behind a line that is seen whole, as it was typed. */
static bool takes_hint(void) {
  static const unsigned long elsewhere = RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG |
                                         RL_STATE_COMPLETING | RL_STATE_METANEXT |
                                         RL_STATE_MULTIKEY;
  const char *scrolls = rl_variable_value("horizontal-scroll-mode");
  return editor.helper->hint && !editor.done && rl_end > 0 && rl_point == rl_end &&
         !RL_ISSTATE(elsewhere) && rl_display_prompt == rl_prompt &&
         !memchr(rl_line_buffer, '\n', (size_t)rl_end) && strcmp(scrolls, "off") == 0 &&
         !key_waits();
}

static bool was_pondered(void) {
  return editor.pondered.length && strcmp(text_string(&editor.pondered), rl_line_buffer) == 0;
}

static void draw_hint(void) {
  bool thought = editor.thought.length && was_pondered();
  ghost_draw(text_string(thought ? &editor.thought : &editor.hint),
             ghost_room(rl_prompt, rl_line_buffer));
}

static void show_hint(void) {
  editor.pausing = takes_hint();
  if (!editor.pausing)
    return;
  text_clear(&editor.hint);
  editor.helper->hint(&editor.hint, rl_line_buffer, editor.helper->payload);
  draw_hint();
  editor.pausing = editor.helper->ponder && !was_pondered();
}

static void redisplay(void) {
  rl_redisplay();
  show_hint();
}

static void ponder(void) {
  editor.pausing = false;
  text_clear(&editor.pondered);
  text_clear(&editor.thought);
  text_append(&editor.pondered, rl_line_buffer);
  editor.helper->ponder(&editor.thought, rl_line_buffer, editor.helper->payload);
  if (editor.thought.length && !key_waits())
    draw_hint();
}

static void forget_hints(void) {
  editor.pausing = false;
  text_release(&editor.hint);
  text_release(&editor.pondered);
  text_release(&editor.thought);
}

enum wait { WAIT_KEY, WAIT_PAUSE, WAIT_SIGNAL, WAIT_FAILED };

static enum wait wait_for_key(const struct timespec *limit) {
  fd_set keys;
  FD_ZERO(&keys);
  FD_SET(STDIN_FILENO, &keys);
  int ready = pselect(STDIN_FILENO + 1, &keys, NULL, NULL, limit, editor.open);
  if (ready < 0)
    return errno == EINTR ? WAIT_SIGNAL : WAIT_FAILED;
  return ready > 0 ? WAIT_KEY : WAIT_PAUSE;
}

/* Amid a paste readline waits for its end, which may never come: after Ctrl-C, or when the terminal
 * is gone, it gets one. Told of the end of its input there it would read behind what was pasted. */
static int read_key(FILE *stream) {
  static const char paste_end[] = "\033[201~";
  enum wait woken = WAIT_SIGNAL;
  unsigned char key = 0;
  while (woken == WAIT_SIGNAL && !interrupt_pending() && !interrupt_end())
    woken = wait_for_key(NULL);
  ghost_erase(); /* before the key leaves the line, or it would stay on the screen */
  if (woken == WAIT_KEY && read(fileno(stream), &key, 1) == 1) {
    editor.amid = true;
    return ahead_key(key);
  }
  if (!editor.amid)
    return EOF;
  return paste_end[editor.ended_paste++ % (sizeof paste_end - 1)];
}

void line_open(const struct line_helper *helper) {
  editor.helper = helper;
  rl_readline_name = "dealwright";
  rl_catch_signals = 0;  /* ours alone: the handler must not run readline's code */
  rl_catch_sigwinch = 0; /* between two keys it would not hear it */
  rl_attempted_completion_function = attempt;
  rl_completion_display_matches_hook = show_matches;
  rl_basic_word_break_characters = " \t\n";
  rl_completer_word_break_characters = " \t\n=<>(,";
  rl_completion_word_break_hook = choose_quotes;
  rl_filename_quote_characters = " \t\n\"'|<>";
  rl_filename_quoting_function = quote_file;
  rl_sort_completion_matches = 0;
  rl_initialize(); /* it would put its own redisplay in the place of ours later */
  rl_variable_bind("enable-bracketed-paste", "on");
  rl_getc_function = read_key;
  if (ghost_is_possible())
    rl_redisplay_function = redisplay;
}

/* The line is thrown away and the terminal as it was; keys typed meanwhile wait for the next line.
 */
static void drop_line(void) {
  ghost_erase();
  text_append(editor.line, rl_line_buffer);
  rl_callback_sigcleanup();
  rl_point = rl_end; /* below the last row of a long line, wherever the cursor was */
  rl_redisplay();
  rl_replace_line("", 1);
  rl_point = rl_end = 0;
  fputs("^C\n", rl_outstream);
  fflush(rl_outstream);
  rl_callback_handler_remove();
}

/* readline draws the rows anew only by its own function. */
static void heed_resize(void) {
  rl_voidfunc_t *ours = rl_redisplay_function;
  ghost_erase();
  rl_redisplay_function = rl_redisplay;
  rl_resize_terminal();
  rl_redisplay_function = ours;
  if (ours == redisplay)
    show_hint();
}

/* The shell gets the terminal as it knows it; afterwards the line stands there again. */
static void heed_stop(void) {
  if (interrupt_stop_wanted()) {
    ghost_erase();
    rl_deprep_terminal();
    interrupt_suspend();
  }
  if (!interrupt_continued())
    return;
  rl_deprep_terminal(); /* what readline thinks it is, is forgotten */
  rl_prep_terminal(1);
  rl_reset_screen_size();
  rl_forced_update_display();
}

/* A Ctrl-C goes before the keys that are ready: the terminal dropped what was typed before it, so
 * they were typed after it and are for the next line. pselect() itself lets ready keys win. */
static enum line_event read_keys(const sigset_t *open) {
  const struct timespec pause = {.tv_nsec = PAUSE};
  while (!editor.done) {
    enum wait woken = wait_for_key(editor.pausing ? &pause : NULL);
    if (woken == WAIT_FAILED)
      return LINE_END;
    bool came = interrupt_came(open);
    if (interrupt_end())
      return LINE_END;
    if (came) {
      drop_line();
      return LINE_INTERRUPTED;
    }
    heed_stop();
    if (interrupt_resized())
      heed_resize();
    if (woken == WAIT_PAUSE)
      ponder();
    if (woken == WAIT_KEY) {
      editor.amid = false;
      rl_callback_read_char();
    }
  }
  return editor.ended ? LINE_END : LINE_READ;
}

enum line_event line_read(const char *prompt, struct text *line) {
  sigset_t open;
  editor.line = line;
  editor.done = editor.ended = false;
  interrupt_wait(true);
  interrupt_hold(&open);
  editor.open = &open;
  editor.ended_paste = 0;
  interrupt_taken();
  forget_hints();
  rl_reset_screen_size();
  enum line_event event = LINE_END;
  if (!interrupt_end()) {
    rl_callback_handler_install(prompt, take_line);
    ahead_note(STDIN_FILENO);
    event = read_keys(&open);
  }
  if (event == LINE_END && !editor.done)
    rl_callback_handler_remove();
  interrupt_let(&open);
  interrupt_wait(false);
  return event;
}

void line_close(void) {
  forget_hints();
  line_candidates_release(&editor.candidates);
  rl_callback_handler_remove();
  rl_clear_history();
}
