#include "repl/terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is_input(void) {
  return isatty(STDIN_FILENO);
}

bool terminal_is_output(void) {
  return isatty(STDOUT_FILENO);
}

bool terminal_is_error(void) {
  return isatty(STDERR_FILENO);
}

static size_t from_environment(const char *name, size_t otherwise) {
  const char *word = getenv(name);
  char *end = NULL;
  unsigned long number = word ? strtoul(word, &end, 10) : 0;
  return word && *word && *end == 0 && number > 0 && number < 10000 ? number : otherwise;
}

static size_t width_of(int descriptor) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return from_environment("COLUMNS", 80);
}

size_t terminal_width(void) {
  return width_of(STDOUT_FILENO);
}

size_t terminal_error_width(void) {
  return width_of(STDERR_FILENO);
}

size_t terminal_height(void) {
  struct winsize size = {0};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
    return size.ws_row;
  return from_environment("LINES", 24);
}

bool terminal_is_dumb(void) {
  const char *term = getenv("TERM");
  return !term || strcmp(term, "dumb") == 0;
}

bool terminal_has_colour(void) {
  const char *no_colour = getenv("NO_COLOR");
  return terminal_is_output() && !terminal_is_dumb() && !(no_colour && *no_colour);
}

bool terminal_is_utf8(void) {
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

const char *terminal_arrow(void) {
  return terminal_is_utf8() ? "→" : "->";
}
