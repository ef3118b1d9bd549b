#include "engine/hint.h"

#include <string.h>

/* What stands between the lines of a hint, in the languages that hints are written in. */
static const char *const between[] = {", then: ", ", затем: "};

enum { PATH_SIZE = 128 };

static bool append_field(struct text *out, struct engine *engine, struct record *record,
                         const char *path, struct error *err);

static bool append_target(struct text *out, struct engine *engine, int64_t id, const char *path,
                          struct error *err) {
  struct record target;
  if (!record_load(&target, engine->book, NULL, id, err))
    return false;
  bool done = append_field(out, engine, &target, path, err);
  record_release(&target);
  return done;
}

static bool append_field(struct text *out, struct engine *engine, struct record *record,
                         const char *path, struct error *err) {
  char name[PATH_SIZE];
  size_t length = strcspn(path, ".");
  memcpy(name, path, length);
  name[length] = '\0';
  const struct field *field = kind_field(record->kind, name);
  if (!field || field->flags & FIELD_FORMULA || (path[length] && field->type != FIELD_REF)) {
    text_append_char(out, '?');
    return true;
  }
  const struct value *value;
  if (!record_get(record, engine->book, field, &value, err))
    return false;
  if (value_is_null(value))
    text_append_char(out, '?');
  else if (field->type != FIELD_REF)
    value_append(out, value);
  else if (path[length])
    return append_target(out, engine, value->as.integer, path + length + 1, err);
  else
    text_format(out, "#%lld", (long long)value->as.integer);
  return true;
}

/* The length of "deal.client" after an opening brace when it is such a path, else 0. */
static size_t path_length(const char *start, const char *kind) {
  size_t length = strcspn(start, "} {=");
  size_t first = strcspn(start, ".}");
  if (start[length] != '}' || length >= PATH_SIZE || first > length)
    return 0;
  return first == strlen(kind) && strncmp(start, kind, first) == 0 ? length : 0;
}

bool hint_expand(struct text *out, struct engine *engine, struct record *record, const char *hint,
                 struct error *err) {
  while (*hint) {
    size_t plain = strcspn(hint, "{");
    text_append_bytes(out, hint, plain);
    hint += plain;
    if (!*hint)
      break;
    size_t length = path_length(hint + 1, record->kind->name);
    if (length == 0) {
      text_append_char(out, *hint++);
      continue;
    }
    char path[PATH_SIZE];
    memcpy(path, hint + 1, length);
    path[length] = '\0';
    const char *rest = strchr(path, '.');
    if (!rest)
      text_format(out, "#%lld", (long long)record->id);
    else if (!append_field(out, engine, record, rest + 1, err))
      return false;
    hint += length + 2;
  }
  return text_check(out, err);
}

/* The end of the line at the text, and how long what ends it is. */
static const char *line_end(const char *text, size_t *length) {
  const char *end = text + strlen(text);
  *length = 0;
  for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
    const char *found = strstr(text, between[i]);
    if (found && found < end) {
      end = found;
      *length = strlen(between[i]);
    }
  }
  return end;
}

bool hint_next_line(const char **at, struct text *line) {
  size_t length;
  const char *end = line_end(*at, &length);
  text_clear(line);
  text_append_bytes(line, *at, (size_t)(end - *at));
  *at = end + length;
  return line->length > 0;
}
