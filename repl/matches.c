#include "repl/matches.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "repl/format/safe.h"
#include "repl/terminal.h"

enum {
  GAP = 2 /* between columns */,
  ROWS_BESIDE = 3 /* the line before, what is more, the prompt */
};

static void print(const char *text, size_t length, size_t width) {
  printf("%.*s\n", (int)text_fit(text, length, width), text);
}

static void append_safe(struct text *out, const char *text) {
  safe_append(out, text, strlen(text), SAFE_KEEP_NONE, !terminal_is_utf8());
}

static size_t safe_width(const char *name) {
  struct text shown = {0};
  append_safe(&shown, name);
  size_t width = text_width(text_string(&shown), shown.length);
  text_release(&shown);
  return width;
}

static void append_padded(struct text *out, const char *name, size_t columns) {
  size_t width = safe_width(name);
  append_safe(out, name);
  text_append_repeat(out, " ", width < columns ? columns - width : 0);
}

static size_t widest_of(char **names, size_t count) {
  size_t widest = 0;
  for (size_t i = 0; i < count; i++) {
    size_t width = safe_width(names[i]);
    widest = width > widest ? width : widest;
  }
  return widest;
}

static const char *description_of(const struct line_candidates *candidates, const char *name) {
  for (size_t i = 0; candidates->names && candidates->names[i]; i++)
    if (strcmp(candidates->names[i], name) == 0)
      return candidates->descriptions[i];
  return "";
}

static void show_described(char **names, size_t count, const struct line_candidates *candidates) {
  size_t widest = widest_of(names, count);
  struct text line = {0};
  for (size_t i = 0; i < count; i++) {
    const char *description = description_of(candidates, names[i]);
    text_clear(&line);
    append_padded(&line, names[i], *description ? widest + GAP : 0);
    append_safe(&line, description);
    print(text_string(&line), line.length, terminal_width() - 1);
  }
  text_release(&line);
}

/* Down the columns, as people read lists. */
static void show_columns(char **names, size_t count, size_t rows) {
  size_t widest = widest_of(names, count);
  struct text line = {0};
  for (size_t row = 0; row < rows; row++) {
    text_clear(&line);
    for (size_t i = row; i < count; i += rows)
      append_padded(&line, names[i], i + rows < count ? widest + GAP : 0);
    print(text_string(&line), line.length, terminal_width() - 1);
  }
  text_release(&line);
}

static void tell_more(size_t more, bool and_beyond) {
  const char *mark = terminal_is_utf8() ? "…" : "...";
  if (and_beyond)
    printf(translate("%s and more than %zu more; the next letters tell them apart\n"), mark, more);
  else if (more)
    printf(translate_plural("%s and %zu more\n", "%s and %zu more\n", (int64_t)more), mark, more);
}

void matches_show(char **names, size_t count, const struct line_candidates *candidates) {
  size_t height = terminal_height(), shown = count;
  size_t room = height > ROWS_BESIDE + 1 ? height - ROWS_BESIDE : 1;
  size_t column = widest_of(names, count) + GAP, across = (terminal_width() - 1 + GAP) / column;
  size_t rows = across ? (count + across - 1) / across : count;
  if (count > room && !candidates->records && rows <= room) {
    show_columns(names, count, rows);
  } else {
    shown = count < room ? count : room;
    show_described(names, shown, candidates);
  }
  tell_more(count - shown, candidates->more);
}
