#include "base/error_place.h"

#include <stdio.h>
#include <string.h>

enum { AROUND = ERROR_EXCERPT_SIZE / 3 };
static const char cut_off[] = "…";

void error_name_file(struct error *err, const char *file) {
  size_t length = strlen(file);
  const char *shown = length < ERROR_FILE_SIZE ? file : file + length - (ERROR_FILE_SIZE - 1);
  snprintf(err->place.file, ERROR_FILE_SIZE, "%s", shown);
}

void error_locate(struct error *err, const char *file, int line) {
  err->place = (struct error_place){.line = line};
  error_name_file(err, file ? file : "");
}

bool error_line_find(struct error_line *out, const char *text, size_t length, int number) {
  const char *end = text + length;
  for (int n = 1; n < number; n++) {
    const char *found = memchr(text, '\n', (size_t)(end - text));
    if (!found) {
      return false;
    }
    text = found + 1;
  }
  const char *stop = memchr(text, '\n', (size_t)(end - text));
  *out = (struct error_line){.text = text, .length = (size_t)((stop ? stop : end) - text)};
  return true;
}

static bool is_inside_character(char byte) {
  return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t count_characters(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) {
    count += !is_inside_character(bytes[i]);
  }
  return count;
}

/* The bytes [*from, *to) of a long line that fit into an excerpt. */
static void choose_part(const struct error_line *line, size_t *from, size_t *to) {
  size_t room = ERROR_EXCERPT_SIZE - 2 * sizeof cut_off;
  *from = 0;
  *to = line->length;
  if (line->length < room) {
    return;
  }
  if (line->marked && line->at > AROUND) {
    *from = line->at - AROUND;
  }
  *to = line->length - *from < room ? line->length : *from + room;
  while (*from > 0 && is_inside_character(line->text[*from])) {
    ++*from;
  }
  while (*to < line->length && is_inside_character(line->text[*to])) {
    --*to;
  }
}

/* A tab or another control character takes one column, so that the mark stands right. */
static void blank_controls(char *text) {
  for (; *text; text++) {
    if ((unsigned char)*text < ' ' || *text == 0x7F) {
      *text = ' ';
    }
  }
}

void error_show_line(struct error *err, const struct error_line *line) {
  struct error_place *place = &err->place;
  size_t from, to;
  choose_part(line, &from, &to);
  const char *before = from > 0 ? cut_off : "", *behind = to < line->length ? cut_off : "";
  snprintf(place->excerpt, ERROR_EXCERPT_SIZE, "%s%.*s%s", before, (int)(to - from),
           line->text + from, behind);
  blank_controls(place->excerpt);
  place->column = place->mark = place->mark_length = 0;
  if (!line->marked || line->at > to) {
    return;
  }
  size_t end = line->at + line->marked < to ? line->at + line->marked : to;
  place->column = 1 + (int)count_characters(line->text, line->at);
  place->mark = (int)(strlen(before) + line->at - from);
  place->mark_length = end > line->at ? (int)(end - line->at) : 1; /* behind the last character */
}

bool error_blame_part(struct error *err, const char *part, size_t length) {
  err->blamed = part;
  err->blamed_length = (int)length;
  return false;
}

bool error_blame(struct error *err, const char *word) {
  return error_blame_part(err, word, strlen(word));
}

void error_find_hint(struct error *err) {
  const char *found = NULL;
  for (const char *at = err->message; (at = strstr(at, "; ")); at += 2) {
    found = at;
  }
  err->hint = found ? (int)(found - err->message) + 2 : 0;
}

const char *error_hint(const struct error *err) {
  return err->hint > 0 ? err->message + err->hint : "";
}

/* Appends the line with its number before it; *indent: the columns before the line. */
static void append_line(struct text *out, const struct error_place *place, size_t *indent) {
  char number[16] = "  ";
  if (place->file[0]) {
    snprintf(number, sizeof number, "%5d | ", place->line);
  }
  *indent = strlen(number);
  text_format(out, "%s%s\n", number, place->excerpt);
}

void error_append_excerpt(struct text *out, const struct error *err) {
  const struct error_place *place = &err->place;
  size_t shown = strlen(place->excerpt), mark = (size_t)place->mark, indent;
  if (!place->line || !shown) {
    return;
  }
  append_line(out, place, &indent);
  if (!place->mark_length || mark > shown) {
    return;
  }
  size_t rest = shown - mark, length = (size_t)place->mark_length;
  size_t width = text_width(place->excerpt + mark, length < rest ? length : rest);
  text_append_repeat(out, " ", indent + text_width(place->excerpt, mark));
  text_append_char(out, '^');
  text_append_repeat(out, "~", width > 1 ? width - 1 : 0);
  text_append_char(out, '\n');
}
