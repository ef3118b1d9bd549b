/* One line from the terminal: readline by its callback interface and pselect, so that Ctrl-C loses
 * no key. Not for: what the line means. */
#ifndef REPL_LINE_H
#define REPL_LINE_H

#include "base/text.h"

enum line_event {
  LINE_READ,
  LINE_INTERRUPTED, /* Ctrl-C: what was typed is gone, the prompt is due again */
  LINE_END,         /* Ctrl-D on an empty line, or the terminal is gone */
};

/* Candidates for the word under the cursor. */
struct line_candidates {
  char **names;        /* owned texts, ended by NULL */
  char **descriptions; /* owned texts, one per name */
  bool files;          /* none: complete file names */
  bool open_ended;     /* no blank is to follow: "amount=" */
};
/* before: the line up to the cursor; word: what the candidates replace. *out is zeroed before and
 * released by the caller. */
typedef bool (*line_complete_fn)(const char *before, const char *word, struct line_candidates *out,
                                 void *payload);
void line_candidates_release(struct line_candidates *candidates);

void line_open(line_complete_fn complete, void *payload);
/* *line: appended, also what Ctrl-C threw away; owned by the caller. */
enum line_event line_read(const char *prompt, struct text *line);
void line_close(void);

#endif
