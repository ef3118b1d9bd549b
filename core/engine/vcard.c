#include "engine/vcard.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "engine/decode.h"
#include "engine/vcard_value.h"

struct vcard_reader {
  const char *bytes; /* borrowed, or of `converted` */
  size_t length, at;
  size_t line;           /* of the next physical line */
  struct text converted; /* the whole file, when it was in UTF-16 */
  const char *guess;     /* the encoding of a file that is not UTF-8; or NULL */
  struct text logical;   /* the line under way, unfolded */
  size_t logical_line;   /* where it starts */
  struct vcard card;
};

/* ---- memory ------------------------------------------------------------------------------- */

static void release_property(struct vcard_property *property) {
  for (size_t i = 0; i < property->parameters.count; i++) {
    struct vcard_parameter *parameter = list_at(&property->parameters, i);
    memory_free(parameter->name);
    memory_free(parameter->value);
  }
  for (size_t i = 0; i < property->parts.count; i++)
    memory_free(*(char **)list_at(&property->parts, i));
  list_release(&property->parameters);
  list_release(&property->parts);
  memory_free(property->group);
  memory_free(property->name);
  memory_free(property->value);
}

static void clear_card(struct vcard *card) {
  for (size_t i = 0; i < card->properties.count; i++)
    release_property(list_at(&card->properties, i));
  list_release(&card->properties);
  memory_free(card->version);
  *card = (struct vcard){.properties.size = sizeof(struct vcard_property)};
}

void vcard_close(struct vcard_reader *reader) {
  if (!reader)
    return;
  clear_card(&reader->card);
  text_release(&reader->converted);
  text_release(&reader->logical);
  memory_free(reader);
}

/* ---- opening ------------------------------------------------------------------------------ */

static bool is_utf16(const struct decode_guess *guess) {
  return strncasecmp(guess->encoding, "utf-16", 6) == 0 ||
         strncasecmp(guess->encoding, "utf-32", 6) == 0;
}

/* Two bytes to a character can't be read line by line; all other encodings can. */
static bool read_encoding(struct vcard_reader *reader, struct error *err) {
  struct decode_guess guess;
  decode_detect(reader->bytes, reader->length, true, &guess);
  if (is_utf16(&guess)) {
    struct text whole = {.data = (char *)reader->bytes, .length = reader->length};
    if (!vcard_decode(&reader->converted, &whole, guess.encoding, NULL, err))
      return false;
    reader->bytes = text_string(&reader->converted);
    reader->length = reader->converted.length;
    return true;
  }
  reader->at = guess.mark;
  if (!text_is_utf8(reader->bytes, reader->length, NULL))
    reader->guess = guess.encoding;
  return true;
}

bool vcard_open(struct vcard_reader **out, const char *bytes, size_t length, struct error *err) {
  struct vcard_reader *reader = memory_new(sizeof *reader);
  if (!reader)
    return error_memory(err);
  reader->bytes = bytes;
  reader->length = length;
  reader->line = 1;
  clear_card(&reader->card);
  if (!read_encoding(reader, err)) {
    vcard_close(reader);
    return false;
  }
  *out = reader;
  return true;
}

/* ---- lines -------------------------------------------------------------------------------- */

static bool is_at_end(const struct vcard_reader *reader) {
  return reader->at >= reader->length;
}

/* Appends a physical line without its end. */
static void take_physical(struct vcard_reader *reader) {
  const char *start = reader->bytes + reader->at;
  size_t left = reader->length - reader->at, length = 0;
  while (length < left && start[length] != '\n' && start[length] != '\r')
    length++;
  text_append_bytes(&reader->logical, start, length);
  reader->at += length;
  if (length < left && start[length] == '\r')
    reader->at++;
  if (!is_at_end(reader) && reader->bytes[reader->at] == '\n')
    reader->at++;
  reader->line++;
}

static bool is_folded(const struct vcard_reader *reader) {
  return !is_at_end(reader) &&
         (reader->bytes[reader->at] == ' ' || reader->bytes[reader->at] == '\t');
}

/* The words before the first colon that is not in quotes; -1: there is none. */
static ptrdiff_t find_colon(const struct text *line) {
  bool quoted = false;
  for (size_t i = 0; i < line->length; i++) {
    if (line->data[i] == '"')
      quoted = !quoted;
    else if (line->data[i] == ':' && !quoted)
      return (ptrdiff_t)i;
  }
  const char *any = line->length ? memchr(line->data, ':', line->length) : NULL;
  return any ? any - line->data : -1; /* a quote that nobody closed */
}

static bool is_quoted_printable(const struct text *line) {
  static const char word[] = "QUOTED-PRINTABLE";
  ptrdiff_t colon = find_colon(line);
  for (ptrdiff_t i = 0; i + (ptrdiff_t)strlen(word) <= colon; i++)
    if (strncasecmp(line->data + i, word, strlen(word)) == 0)
      return true;
  return false;
}

static bool is_old(const struct vcard_reader *reader) {
  return reader->card.version && strcmp(reader->card.version, "2.1") == 0;
}

/* 2.1 folds before a blank that belongs to the text; later ones add the blank. */
static void unfold(struct vcard_reader *reader) {
  while (reader->logical.length < VCARD_LINE_MAX && is_folded(reader)) {
    if (!is_old(reader))
      reader->at++;
    take_physical(reader);
  }
}

/* Quoted-printable has its own way: "=" at the end of a line. */
static void join_soft_breaks(struct vcard_reader *reader) {
  struct text *line = &reader->logical;
  while (line->length && line->length < VCARD_LINE_MAX && line->data[line->length - 1] == '=' &&
         !is_at_end(reader)) {
    line->data[--line->length] = '\0';
    take_physical(reader);
  }
}

static bool complain(size_t line, struct error *err) {
  return error_prefix(err, "line %zu: ", line);
}

/* The next line that is not blank; an empty one at the end. */
static bool next_line(struct vcard_reader *reader, struct error *err) {
  struct text *line = &reader->logical;
  do {
    text_clear(line);
    reader->logical_line = reader->line;
    if (is_at_end(reader))
      return true;
    take_physical(reader);
    if (is_quoted_printable(line))
      join_soft_breaks(reader);
    else
      unfold(reader);
  } while (!line->failed && line->length == strspn(text_string(line), " \t"));
  if (!text_check(line, err))
    return false;
  if (line->length >= VCARD_LINE_MAX)
    error_set(err, ERROR_DATA, "more than %d bytes in one line", (int)VCARD_LINE_MAX);
  else if (strlen(line->data) < line->length)
    error_set(err, ERROR_DATA, "a NUL byte; this is no text");
  else
    return true;
  return complain(reader->logical_line, err);
}

/* ---- properties --------------------------------------------------------------------------- */

static char *copy_capitals(const char *bytes, size_t length, struct error *err) {
  struct text capitals = {0};
  for (size_t i = 0; i < length; i++)
    text_append_char(&capitals, (char)toupper((unsigned char)bytes[i]));
  if (!text_check(&capitals, err))
    return NULL;
  return text_take(&capitals, err);
}

/* RFC 6868: ^n ^' ^^ in parameters. */
static bool copy_parameter(const char *bytes, size_t length, char **out, struct error *err) {
  struct text value = {0};
  for (size_t i = 0; i < length; i++) {
    char next = bytes[i] == '^' && i + 1 < length ? bytes[i + 1] : 0;
    if (next == 'n' || next == '\'' || next == '^') {
      text_append_char(&value, next == 'n' ? '\n' : next == '\'' ? '"' : '^');
      i++;
    } else if (bytes[i] != '"') {
      text_append_char(&value, bytes[i]);
    }
  }
  if (!text_check(&value, err))
    return false;
  *out = text_take(&value, err);
  return *out != NULL;
}

static bool add_parameter(struct vcard_property *property, const char *name, size_t name_length,
                          const char *value, size_t length, struct error *err) {
  struct vcard_parameter *parameter = list_add(&property->parameters, err);
  if (!parameter)
    return false;
  parameter->name = copy_capitals(name, name_length, err);
  return parameter->name && copy_parameter(value, length, &parameter->value, err);
}

/* How far a piece goes: to one of the marks outside of quotes. */
static size_t span_to(const char *at, const char *end, const char *marks) {
  bool quoted = false;
  const char *start = at;
  for (; at < end && (quoted || !strchr(marks, *at)); at++)
    if (*at == '"')
      quoted = !quoted;
  return (size_t)(at - start);
}

/* 2.1 leaves the name out: "TEL;WORK;VOICE:" */
static const char *name_of_bare(const char *word, size_t length) {
  static const char *const encodings[] = {"QUOTED-PRINTABLE", "BASE64", "7BIT", "8BIT", "B", "Q"};
  for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
    if (strlen(encodings[i]) == length && strncasecmp(word, encodings[i], length) == 0)
      return "ENCODING";
  return "TYPE";
}

static bool read_parameter(struct vcard_property *property, const char *at, const char *end,
                           struct error *err) {
  size_t name_length = span_to(at, end, "=");
  if (at + name_length == end) {
    const char *name = name_of_bare(at, name_length);
    return name_length == 0 || add_parameter(property, name, strlen(name), at, name_length, err);
  }
  const char *name = at;
  for (at += name_length + 1; at <= end;) {
    size_t length = span_to(at, end, ",");
    if (!add_parameter(property, name, name_length, at, length, err))
      return false;
    at += length + 1;
  }
  return true;
}

/* group.NAME;PARAMETER=value,value;… */
static bool read_head(struct vcard_property *property, const char *head, size_t length,
                      struct error *err) {
  const char *end = head + length;
  size_t name_length = span_to(head, end, ";");
  const char *dot = memchr(head, '.', name_length);
  if (dot) {
    property->group = copy_capitals(head, (size_t)(dot - head), err);
    if (!property->group)
      return false;
    name_length -= (size_t)(dot + 1 - head);
    head = dot + 1;
  }
  property->name = copy_capitals(head, name_length, err);
  if (!property->name)
    return false;
  for (const char *at = head + name_length; at < end;) {
    at++;
    size_t used = span_to(at, end, ";");
    if (!read_parameter(property, at, at + used, err))
      return false;
    at += used;
  }
  return true;
}

static bool keep_binary(struct vcard_property *property, const char *value, struct error *err) {
  struct text kept = {0};
  for (; *value; value++)
    if (!isspace((unsigned char)*value))
      text_append_char(&kept, *value);
  property->binary = true;
  if (!text_check(&kept, err))
    return false;
  property->value = text_take(&kept, err);
  return property->value != NULL;
}

static bool read_value(struct vcard_reader *reader, struct vcard_property *property,
                       const char *value, struct error *err) {
  struct text bytes = {0}, text = {0};
  if (vcard_has(property, "ENCODING", "BASE64") || vcard_has(property, "ENCODING", "B"))
    return keep_binary(property, value, err);
  bool done = true;
  if (vcard_has(property, "ENCODING", "QUOTED-PRINTABLE") || vcard_has(property, "ENCODING", "Q"))
    done = vcard_unquote(&bytes, value, strlen(value), err);
  else
    text_append(&bytes, value);
  done = done && text_check(&bytes, err) &&
         vcard_decode(&text, &bytes, vcard_parameter(property, "CHARSET"), reader->guess, err) &&
         vcard_split(property, text_string(&text), is_old(reader), err);
  text_release(&bytes);
  text_release(&text);
  return done;
}

static bool read_property(struct vcard_reader *reader, struct vcard_property *property,
                          struct error *err) {
  struct text *line = &reader->logical;
  ptrdiff_t colon = find_colon(line);
  *property = (struct vcard_property){.parameters.size = sizeof(struct vcard_parameter),
                                      .parts.size = sizeof(char *),
                                      .line = reader->logical_line};
  if (colon <= 0) {
    error_set(err, ERROR_DATA, "'%.40s' is no property: NAME:value", line->data);
    return complain(property->line, err);
  }
  if (read_head(property, line->data, (size_t)colon, err) &&
      read_value(reader, property, line->data + colon + 1, err))
    return true;
  release_property(property);
  return err->code == ERROR_MEMORY ? false : complain(reader->logical_line, err);
}

bool vcard_has(const struct vcard_property *property, const char *name, const char *value) {
  for (size_t i = 0; i < property->parameters.count; i++) {
    const struct vcard_parameter *parameter = list_at(&property->parameters, i);
    if (strcmp(parameter->name, name) == 0 && strcasecmp(parameter->value, value) == 0)
      return true;
  }
  return false;
}

const char *vcard_parameter(const struct vcard_property *property, const char *name) {
  for (size_t i = 0; i < property->parameters.count; i++) {
    const struct vcard_parameter *parameter = list_at(&property->parameters, i);
    if (strcmp(parameter->name, name) == 0)
      return parameter->value;
  }
  return NULL;
}

/* ---- cards -------------------------------------------------------------------------------- */

/* BEGIN:VCARD and END:VCARD, blanks allowed. */
static bool is_mark(const struct vcard_property *property, const char *name) {
  static const char word[] = "VCARD";
  if (strcmp(property->name, name) != 0 || property->binary)
    return false;
  const char *value = property->value + strspn(property->value, " \t");
  return strncasecmp(value, word, strlen(word)) == 0 &&
         !value[strlen(word) + strspn(value + strlen(word), " \t")];
}

static bool read_version(struct vcard_reader *reader, const char *version, struct error *err) {
  static const char *const known[] = {"2.1", "3.0", "4.0"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(version, known[i]) == 0) {
      memory_free(reader->card.version);
      reader->card.version = memory_copy_text(version);
      return reader->card.version || error_memory(err);
    }
  error_set(err, ERROR_DATA, "version '%.20s' of vCard is not known; 2.1, 3.0 and 4.0 are",
            version);
  return complain(reader->logical_line, err);
}

/* Takes the property over. */
static bool add_property(struct vcard_reader *reader, struct vcard_property *property, bool inner,
                         struct error *err) {
  struct list *properties = &reader->card.properties;
  bool done = true;
  if (inner && !property->group) {
    property->group = memory_copy_text("AGENT");
    done = property->group || error_memory(err);
  }
  if (done && properties->count == VCARD_PROPERTIES_MAX) {
    error_set(err, ERROR_DATA, "more than %d properties in one card", (int)VCARD_PROPERTIES_MAX);
    done = complain(property->line, err);
  }
  struct vcard_property *slot = done ? list_add(properties, err) : NULL;
  if (slot)
    *slot = *property;
  else
    release_property(property);
  return slot != NULL;
}

static bool fail_unended(struct vcard_reader *reader, struct error *err) {
  error_set(err, ERROR_DATA, "the card that begins here is never ended: END:VCARD is missing");
  return complain(reader->card.line, err);
}

/* Reads to the END of the card whose BEGIN was read. depth: of cards in the card. */
static bool read_body(struct vcard_reader *reader, struct error *err) {
  for (int depth = 0;;) {
    struct vcard_property property;
    if (!next_line(reader, err))
      return false;
    if (!reader->logical.length)
      return fail_unended(reader, err);
    if (!read_property(reader, &property, err))
      return false;
    bool begins = is_mark(&property, "BEGIN"), ends = is_mark(&property, "END");
    bool version = depth == 0 && strcmp(property.name, "VERSION") == 0;
    bool done = !version || read_version(reader, property.value, err);
    depth += begins - ends;
    if (begins || ends || version || !done)
      release_property(&property);
    else
      done = add_property(reader, &property, depth > 0, err);
    if (!done || depth < 0)
      return done;
  }
}

/* To the line behind the next END:VCARD or before the next BEGIN: what stands there is lost with
 * its card, which was complained about. */
static void skip_card(struct vcard_reader *reader) {
  struct error ignored; /* one complaint a card */
  struct vcard_property property;
  while (!is_at_end(reader)) {
    size_t at = reader->at, line = reader->line;
    if (!next_line(reader, &ignored) || !read_property(reader, &property, &ignored))
      continue;
    bool begins = is_mark(&property, "BEGIN"), ends = is_mark(&property, "END");
    release_property(&property);
    if (begins) {
      reader->at = at;
      reader->line = line;
    }
    if (begins || ends)
      return;
  }
}

static bool read_begin(struct vcard_reader *reader, bool *found, struct error *err) {
  struct vcard_property property;
  *found = false;
  if (!next_line(reader, err))
    return false;
  if (!reader->logical.length)
    return true;
  if (!read_property(reader, &property, err))
    return false;
  *found = is_mark(&property, "BEGIN");
  reader->card.line = property.line;
  release_property(&property);
  if (*found)
    return true;
  error_set(err, ERROR_DATA, "'%.40s' stands outside of a card; BEGIN:VCARD comes first",
            reader->logical.data);
  return complain(reader->card.line, err);
}

bool vcard_next(struct vcard_reader *reader, const struct vcard **card, struct error *err) {
  bool found = false;
  *card = NULL;
  clear_card(&reader->card);
  if (!read_begin(reader, &found, err) || (found && !read_body(reader, err))) {
    if (err->code != ERROR_MEMORY)
      skip_card(reader);
    return false;
  }
  if (!found)
    return true;
  if (!reader->card.version) {
    reader->card.version = memory_copy_text("");
    if (!reader->card.version)
      return error_memory(err);
  }
  *card = &reader->card;
  return true;
}
