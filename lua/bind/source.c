/* The lines of a declaration: from the place where it stands to where its brackets are closed. */
#include <string.h>

#include "bind/bind.h"
#include "bind/files.h"
#include "bind/state.h"

static const char *line_at(const char *text, int number) {
  for (int n = 1; n < number && text; n++) {
    text = strchr(text, '\n');
    text = text ? text + 1 : NULL;
  }
  return text;
}

/* The level of a long bracket ([[ is 0, [=[ is 1) that opens here; -1: none does. */
static int long_level(const char *at) {
  int level = 0;
  if (*at != '[')
    return -1;
  while (at[1 + level] == '=')
    level++;
  return at[1 + level] == '[' ? level : -1;
}

/* Behind the long bracket that opens here; the end of the text when it is never closed. */
static const char *skip_long(const char *at, int level) {
  for (at += level + 2; *at; at++) {
    int equals = 0;
    while (*at == ']' && at[1 + equals] == '=')
      equals++;
    if (*at == ']' && equals == level && at[1 + equals] == ']')
      return at + equals + 2;
  }
  return at;
}

static const char *skip_quoted(const char *at) {
  char quote = *at++;
  while (*at && *at != quote && *at != '\n')
    at += at[0] == '\\' && at[1] ? 2 : 1;
  return *at == quote ? at + 1 : at;
}

static const char *skip_remark(const char *at) {
  int level = long_level(at + 2);
  return level >= 0 ? skip_long(at + 2, level) : at + strcspn(at, "\n");
}

/* Behind the next piece of Lua: a text, a remark, or one byte. */
static const char *skip_piece(const char *at) {
  if (at[0] == '-' && at[1] == '-')
    return skip_remark(at);
  if (*at == '"' || *at == '\'')
    return skip_quoted(at);
  int level = long_level(at);
  return level >= 0 ? skip_long(at, level) : at + 1;
}

/* The end of the line on which all brackets that were opened since `at` are closed. */
static const char *end_of_declaration(const char *at) {
  int depth = 0;
  bool opened = false;
  while (*at) {
    if (strchr("{(", *at)) {
      opened = true;
      depth++;
    } else if (strchr("})", *at)) {
      depth--;
    } else if (*at == '\n' && depth <= 0 && opened) {
      break;
    }
    at = skip_piece(at);
  }
  return at;
}

bool state_source_lines(struct state *state, const struct place *place, struct text *out,
                        struct error *err) {
  for (size_t i = 0; place->file && i < state->files.count; i++) {
    const struct source_file *file = list_at(&state->files, i);
    if (strcmp(file->name, place->file) != 0)
      continue;
    const char *line = line_at(file->text, place->line);
    if (!line)
      break;
    text_append_bytes(out, line, (size_t)(end_of_declaration(line) - line));
    return text_check(out, err);
  }
  return error_set(err, ERROR_NOT_FOUND, "no line %d in '%s'", place->line,
                   place->file ? place->file : "");
}
