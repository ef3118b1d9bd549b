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
  bool records;        /* the descriptions say which is which */
  bool more;           /* there are others that were not looked for */
};
void line_candidates_release(struct line_candidates *candidates);

/* Who helps while a line is typed; functions may be NULL. */
struct line_helper {
  /* before: the line up to the cursor; word: what the candidates replace. *out is zeroed before and
   * released by the caller. */
  bool (*complete)(const char *before, const char *word, struct line_candidates *out,
                   void *payload);
  /* Appends what is to be seen behind the cursor at the line's end. Asked at every key. */
  void (*hint)(struct text *out, const char *line, void *payload);
  /* Appends what takes its place once typing pauses, if anything. May look things up, for a moment.
   */
  void (*ponder)(struct text *out, const char *line, void *payload);
  void *payload;
};

void line_open(const struct line_helper *helper); /* borrowed until line_close() */
/* *line: appended, also what Ctrl-C threw away; owned by the caller. */
enum line_event line_read(const char *prompt, struct text *line);
void line_close(void);

#endif
