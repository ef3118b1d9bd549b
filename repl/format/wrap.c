#include "repl/format/wrap.h"

#include <string.h>

#include "repl/format/safe.h"

static size_t run_of(const char *line, size_t at, size_t length, bool blank) {
  size_t end = at;
  while (end < length && (line[end] == ' ') == blank)
    end++;
  return end - at;
}

void wrap_line(struct text *out, const char *line, size_t length, size_t start, size_t indent,
               size_t width) {
  size_t used = start, at = 0;
  bool first = true; /* of its line: a word wider than the line stands there all the same */
  while (at < length) {
    size_t blanks = run_of(line, at, length, true);
    size_t word = run_of(line, at + blanks, length, false);
    size_t columns = text_width(line + at + blanks, word);
    if (!first && used + blanks + columns > width) {
      text_append_char(out, '\n');
      text_append_repeat(out, " ", indent);
      text_append_bytes(out, line + at + blanks, word);
      used = indent + columns;
    } else {
      text_append_bytes(out, line + at, blanks + word);
      used += blanks + columns;
    }
    first = false;
    at += blanks + word;
  }
}

/* Where the last column begins that is set off by blanks and leaves room for what stands in it; 0:
 * none. */
static size_t column_of(const char *line, size_t length, size_t lead, size_t width) {
  size_t found = 0, column = lead, blanks = 0;
  for (size_t at = lead; at < length && column <= width / 2; at += blanks) {
    size_t word = run_of(line, at, length, false), columns = text_width(line + at, word);
    if (blanks > 1 && column + columns <= width)
      found = column;
    at += word;
    blanks = run_of(line, at, length, true);
    column += columns + blanks;
  }
  return found;
}

/* "unset: owner, source, …" */
static bool is_labelled(const char *line, size_t length) {
  const char *colon = memchr(line, ':', length);
  return colon && colon + 1 < line + length && colon[1] == ' ' &&
         text_width(line, (size_t)(colon - line)) < 20;
}

static size_t hang_of(const char *line, size_t length, size_t width) {
  size_t lead = run_of(line, 0, length, true);
  size_t column = column_of(line, length, lead, width);
  if (column || (lead == 0 && !is_labelled(line, length)))
    return column;
  return lead + 2 <= width / 2 ? lead + 2 : width / 2;
}

void wrap_append(struct text *out, const char *lines, size_t length, size_t width) {
  const char *at = lines, *end = lines + length;
  while (at < end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t line = (size_t)((newline ? newline : end) - at);
    if (width && text_width(at, line) > width)
      wrap_line(out, at, line, 0, hang_of(at, line, width), width);
    else
      text_append_bytes(out, at, line);
    text_append(out, newline ? "\n" : "");
    at += line + (newline != NULL);
  }
}

void wrap_append_safe(struct text *out, const char *lines, size_t length, size_t width,
                      bool ascii) {
  struct text safe = {0};
  safe_append(&safe, lines, length, SAFE_KEEP_LINES, ascii);
  wrap_append(out, text_string(&safe), safe.length, width);
  out->failed = out->failed || safe.failed;
  text_release(&safe);
}
