#include "repl/ghost.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "repl/format/safe.h"
#include "repl/terminal.h"

/* The cursor is kept by the terminal: nobody has to know in which row it stands. Where a row's end
 * is misjudged the text may not wrap, for nothing would take the next row back. */
static const char begin[] = "\0337\033[?7l\033[2m", end[] = "\033[0m\033[?7h\0338";
static const char erase[] = "\033[J";

static bool drawn;

bool ghost_is_possible(void) {
  return terminal_is_output() && !terminal_is_dumb();
}

/* A letter that does not fit into the rest of a row begins the next one; a full row is left at
 * once. Letter by letter as readline counts them, which wraps the line. */
static size_t advance(size_t column, const char *bytes, size_t width) {
  mbstate_t state = {0};
  size_t length = strlen(bytes);
  for (size_t used = 0, at = 0; at < length; at += used) {
    wchar_t letter = 0;
    used = mbrtowc(&letter, bytes + at, length - at, &state);
    if (used == 0 || used > length - at) {
      state = (mbstate_t){0};
      used = 1;
    }
    int columns = wcwidth(letter);
    size_t wide = columns > 0 ? (size_t)columns : 0;
    column = column + wide > width ? wide : column + wide;
    column = column == width ? 0 : column;
  }
  return column;
}

size_t ghost_room(const char *prompt, const char *line) {
  size_t width = terminal_width();
  size_t column = advance(advance(0, prompt, width), line, width);
  return column + 1 < width ? width - column - 1 : 0;
}

static void append_fitting(struct text *out, const char *text, size_t room) {
  const char *mark = terminal_is_utf8() ? "…" : "...";
  size_t length = strlen(text), marked = text_width(mark, strlen(mark));
  if (text_width(text, length) <= room) {
    text_append(out, text);
  } else if (room > marked) {
    text_append_bytes(out, text, text_fit(text, length, room - marked));
    text_append(out, mark);
  }
}

void ghost_draw(const char *text, size_t room) {
  struct text safe = {0}, fitting = {0};
  safe_append(&safe, text, strlen(text), SAFE_KEEP_NONE, !terminal_is_utf8());
  append_fitting(&fitting, text_string(&safe), room);
  if (fitting.length) {
    printf("%s%s%s%s", erase, begin, text_string(&fitting), end);
    fflush(stdout);
    drawn = true;
  }
  text_release(&safe);
  text_release(&fitting);
}

void ghost_erase(void) {
  if (drawn)
    fputs(erase, stdout);
  drawn = false;
}
