#include "engine/csv.h"

#include <inttypes.h>
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "engine/csv_sniff.h"

enum { BUFFER_START = 256 * 1024, SPANS_START = 64 };

/* Where a field lies in the buffer, before its row is known to be whole. */
struct span {
  size_t start, end; /* as written, with quotes */
  bool quoted, doubled, multiline;
};

enum scan { SCAN_ROW, SCAN_MORE, SCAN_BAD };

struct csv {
  struct decode *decode;
  struct csv_dialect dialect;
  char *buffer; /* capacity + 1 bytes: one is always free for a sentinel */
  size_t capacity, begin, end;
  bool over;   /* nothing comes after the buffer */
  bool broken; /* the failure is final */
  struct error failure;
  bool skipping; /* the rest of the line belongs to a malformed row */
  size_t line;   /* of buffer[begin], from 1 */

  struct span *spans;
  struct csv_field *fields;
  size_t span_count, span_capacity;
  size_t fault; /* offset in the buffer of what is malformed */
  size_t next;  /* offset behind the row */
  struct csv_row row;
  bool special[256]; /* what may end an unquoted field */
  bool stray_quotes;
};

static size_t count_characters(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++)
    count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return count;
}

/* Moves line and column over the bytes. */
static void advance(const char *bytes, size_t length, size_t *line, size_t *column) {
  const char *start = bytes, *stop = bytes + length;
  for (const char *p = bytes; p < stop; p++) {
    if (*p != '\n' && *p != '\r')
      continue;
    if (*p == '\r' && p + 1 < stop && p[1] == '\n')
      p++;
    ++*line;
    *column = 1;
    start = p + 1;
  }
  *column += count_characters(start, (size_t)(stop - start));
}

/* What is around the offset in the buffer, up to the ends of its line. */
static void show_line(const struct csv *csv, size_t offset, struct error *err) {
  size_t start = offset, end = offset;
  while (start > csv->begin && csv->buffer[start - 1] != '\n' && csv->buffer[start - 1] != '\r')
    start--;
  while (end < csv->end && csv->buffer[end] != '\n' && csv->buffer[end] != '\r')
    end++;
  error_show_line(err, &(struct error_line){.text = csv->buffer + start,
                                            .length = end - start,
                                            .at = offset - start,
                                            .marked = 1});
}

static bool say_where(struct csv *csv, size_t offset, struct error *err) {
  size_t line = csv->line, column = 1;
  advance(csv->buffer + csv->begin, offset - csv->begin, &line, &column);
  error_prefix(err, "%zu:%zu: ", line, column);
  error_locate(err, NULL, (int)line);
  show_line(csv, offset, err);
  return false;
}

static void break_off(struct csv *csv, const struct error *why) {
  csv->broken = true;
  csv->failure = *why;
}

static bool make_room(struct csv *csv, struct error *err) {
  if (csv->begin > 0) {
    memmove(csv->buffer, csv->buffer + csv->begin, csv->end - csv->begin);
    csv->end -= csv->begin;
    csv->begin = 0;
  }
  if (csv->end < csv->capacity - csv->capacity / 4)
    return true;
  char *buffer = memory_resize(csv->buffer, csv->capacity * 2 + 1);
  if (!buffer)
    return error_memory(err);
  csv->buffer = buffer;
  csv->capacity *= 2;
  return true;
}

/* Reads until the buffer is full or the input over. A failure waits until what came before it
 * has been given. */
static void fill(struct csv *csv) {
  struct error why;
  if (!make_room(csv, &why)) {
    break_off(csv, &why);
    csv->begin = csv->end;
    csv->over = true;
    return;
  }
  while (!csv->over && csv->capacity - csv->end >= DECODE_READ_MIN) {
    char *to = csv->buffer + csv->end;
    size_t length = 0;
    bool worked = decode_read(csv->decode, to, csv->capacity - csv->end, &length, &why);
    const char *nul = length ? memchr(to, 0, length) : NULL;
    if (nul) {
      length = (size_t)(nul - to);
      worked = error_set(&why, ERROR_DATA,
                         "a NUL byte: this is not a text file, or its encoding is "
                         "another than %s",
                         csv->dialect.encoding.encoding);
    }
    csv->end += length;
    csv->over = !worked || length == 0;
    if (!worked)
      break_off(csv, &why);
  }
}

static bool bad(struct csv *csv, size_t offset, struct error *err) {
  csv->fault = offset;
  return say_where(csv, offset, err);
}

static struct span *add_span(struct csv *csv, size_t start, struct error *err) {
  if (csv->span_count == CSV_FIELDS_MAX) {
    error_set(err, ERROR_DATA, "a row of more than %d fields; is the delimiter right?",
              CSV_FIELDS_MAX);
    bad(csv, start, err);
    return NULL;
  }
  if (csv->span_count == csv->span_capacity) {
    size_t capacity = csv->span_capacity * 2;
    struct span *spans = memory_resize(csv->spans, capacity * sizeof *spans);
    if (spans)
      csv->spans = spans;
    struct csv_field *fields = memory_resize(csv->fields, capacity * sizeof *fields);
    if (fields)
      csv->fields = fields;
    if (!spans || !fields) {
      error_memory(err);
      break_off(csv, err);
      return NULL;
    }
    csv->span_capacity = capacity;
  }
  struct span *span = &csv->spans[csv->span_count++];
  *span = (struct span){.start = start};
  return span;
}

static enum scan scan_plain(struct csv *csv, struct span *span, struct error *err) {
  const char *at = csv->buffer + span->start;
  for (;; at++) {
    while (!csv->special[(unsigned char)*at])
      at++;
    if (*at != '"')
      break;
    if (csv->stray_quotes)
      continue;
    error_set(err, ERROR_DATA,
              "a quote inside an unquoted field; put the whole field in quotes "
              "and double those inside it");
    bad(csv, (size_t)(at - csv->buffer), err);
    return SCAN_BAD;
  }
  span->end = (size_t)(at - csv->buffer);
  if (span->end - span->start > CSV_FIELD_MAX) {
    error_set(err, ERROR_DATA, "a field of more than %d bytes", CSV_FIELD_MAX);
    bad(csv, span->start, err);
    return SCAN_BAD;
  }
  return SCAN_ROW;
}

static enum scan refuse_open_quote(struct csv *csv, const struct span *span, struct error *err) {
  if (csv->over)
    error_set(err, ERROR_DATA,
              "the quote opened here is never closed; close it, or double the "
              "quotes inside the field");
  else
    error_set(err, ERROR_DATA,
              "the quote opened here is not closed within %d bytes; close it, or "
              "double the quotes inside the field",
              CSV_FIELD_MAX);
  bad(csv, span->start, err);
  return SCAN_BAD;
}

static enum scan scan_quoted(struct csv *csv, struct span *span, struct error *err) {
  const char *from = csv->buffer + span->start + 1, *end = csv->buffer + csv->end;
  const char *at = from;
  for (;;) {
    at = memchr(at, '"', (size_t)(end - at));
    size_t length = (size_t)((at ? at : end) - from);
    if (length > CSV_FIELD_MAX || (!at && csv->over && !csv->broken))
      return refuse_open_quote(csv, span, err);
    if (!at || (at + 1 == end && (!csv->over || csv->broken)))
      return SCAN_MORE;
    if (at + 1 == end || at[1] != '"')
      break;
    span->doubled = true;
    at += 2;
  }
  span->quoted = true;
  size_t length = (size_t)(at - from);
  span->multiline = memchr(from, '\n', length) || memchr(from, '\r', length);
  span->end = (size_t)(at + 1 - csv->buffer);
  if (at + 1 == end || at[1] == csv->dialect.delimiter || at[1] == '\n' || at[1] == '\r')
    return SCAN_ROW;
  size_t line = csv->line, column = 1;
  advance(csv->buffer + csv->begin, span->start - csv->begin, &line, &column);
  error_set(err, ERROR_DATA,
            "text after the closing quote of the field opened at %zu:%zu; double the quotes "
            "inside a field",
            line, column);
  bad(csv, span->end, err);
  return SCAN_BAD;
}

/* Whether the line end at `at` is all there; sets next behind it. */
static enum scan end_row(struct csv *csv, size_t at) {
  bool is_return = csv->buffer[at] == '\r';
  if (is_return && at + 1 == csv->end && !csv->over)
    return SCAN_MORE;
  bool is_pair = is_return && at + 1 < csv->end && csv->buffer[at + 1] == '\n';
  csv->next = at + (is_pair ? 2 : 1);
  if (csv->dialect.line_end == CSV_END_NONE)
    csv->dialect.line_end = is_pair ? CSV_END_CRLF : is_return ? CSV_END_CR : CSV_END_LF;
  return SCAN_ROW;
}

static enum scan scan_row(struct csv *csv, struct error *err) {
  size_t at = csv->begin;
  csv->span_count = 0;
  csv->buffer[csv->end] = '\n';
  for (;;) {
    struct span *span = add_span(csv, at, err);
    if (!span)
      return SCAN_BAD;
    bool is_quoted = at < csv->end && csv->buffer[at] == '"';
    enum scan got = is_quoted ? scan_quoted(csv, span, err) : scan_plain(csv, span, err);
    if (got != SCAN_ROW)
      return got;
    at = span->end;
    if (at - csv->begin > CSV_ROW_MAX) {
      error_set(err, ERROR_DATA, "a row of more than %d bytes", CSV_ROW_MAX);
      bad(csv, at, err);
      return SCAN_BAD;
    }
    if (at == csv->end) {
      csv->next = at;
      return csv->over ? SCAN_ROW : SCAN_MORE;
    }
    if (csv->buffer[at] != csv->dialect.delimiter)
      return end_row(csv, at);
    at++;
  }
}

/* Removes the second quote of each pair, in place. */
static size_t undo_quotes(char *data, size_t length) {
  char *to = data;
  for (size_t i = 0; i < length; i++) {
    *to++ = data[i];
    if (data[i] == '"')
      i++;
  }
  return (size_t)(to - data);
}

static void give_field(struct csv *csv, const struct span *span, struct csv_field *field) {
  char *data = csv->buffer + span->start + (span->quoted ? 1 : 0);
  field->length = span->end - span->start - (span->quoted ? 2 : 0);
  if (span->doubled)
    field->length = undo_quotes(data, field->length);
  data[field->length] = 0;
  field->data = data;
  field->was_quoted = span->quoted;
}

static void give_row(struct csv *csv) {
  size_t line = csv->line, column = 1;
  csv->row = (struct csv_row){csv->fields, csv->span_count, csv->line, false};
  csv->row.is_blank = csv->span_count == 1 && csv->spans[0].start == csv->spans[0].end;
  bool ends_line = csv->spans[csv->span_count - 1].end < csv->next;
  for (size_t i = 0; i < csv->span_count; i++) {
    const struct span *span = &csv->spans[i];
    size_t length = span->end - span->start;
    csv->fields[i].line = line;
    csv->fields[i].column = column;
    if (span->multiline)
      advance(csv->buffer + span->start, length, &line, &column);
    else
      column += count_characters(csv->buffer + span->start, length);
    column++; /* the delimiter */
    give_field(csv, span, &csv->fields[i]);
  }
  csv->line = line + (ends_line ? 1 : 0);
  csv->begin = csv->next;
}

/* Drops the line that holds `from`, which may reach beyond the buffer. */
static void skip_line(struct csv *csv, size_t from) {
  size_t at = from, column = 1;
  while (at < csv->end && csv->buffer[at] != '\n' && csv->buffer[at] != '\r')
    at++;
  bool is_return = at < csv->end && csv->buffer[at] == '\r';
  csv->skipping = at == csv->end || (is_return && at + 1 == csv->end && !csv->over);
  if (!csv->skipping)
    at += is_return && at + 1 < csv->end && csv->buffer[at + 1] == '\n' ? 2 : 1;
  advance(csv->buffer + csv->begin, at - csv->begin, &csv->line, &column);
  csv->begin = at;
}

bool csv_next(struct csv *csv, const struct csv_row **row, struct error *err) {
  *row = NULL;
  for (;;) {
    if (csv->skipping)
      skip_line(csv, csv->begin);
    bool is_empty = csv->begin == csv->end || csv->skipping;
    if (is_empty && csv->over)
      break;
    enum scan got = is_empty ? SCAN_MORE : scan_row(csv, err);
    bool is_cut = got == SCAN_ROW && csv->broken && csv->spans[csv->span_count - 1].end == csv->end;
    if (is_cut)
      break;
    if (got == SCAN_ROW) {
      give_row(csv);
      *row = &csv->row;
      return true;
    }
    if (got == SCAN_BAD && csv->broken && csv->failure.code != ERROR_DATA)
      break;
    if (got == SCAN_BAD) {
      skip_line(csv, csv->fault);
      return false;
    }
    if (csv->over)
      break; /* the row is cut by the failure */
    fill(csv);
  }
  if (!csv->broken)
    return true;
  *err = csv->failure;
  return err->code == ERROR_DATA ? say_where(csv, csv->end, err) : false;
}

bool csv_can_continue(const struct csv *csv) {
  return !csv->broken;
}

const struct csv_dialect *csv_dialect(const struct csv *csv) {
  return &csv->dialect;
}

void csv_position(const struct csv *csv, uint64_t *bytes, uint64_t *total) {
  decode_position(csv->decode, bytes, total);
}

static bool choose_delimiter(struct csv *csv, char named, struct error *err) {
  if (named && (strchr("\"\r\n", named) || (unsigned char)named >= 0x80))
    return error_set(err, ERROR_INVALID,
                     "a delimiter must be one plain character other than a "
                     "quote or an end of line");
  size_t told = 0;
  char found = csv_sniff(csv->buffer, csv->end, &told);
  csv->dialect.delimiter = named ? named : found;
  csv->begin = told;
  csv->line = told ? 2 : 1;
  const char *ends = "\n\r\"";
  for (const char *p = ends; *p; p++)
    csv->special[(unsigned char)*p] = true;
  csv->special[(unsigned char)csv->dialect.delimiter] = true;
  return true;
}

static bool prepare(struct csv *csv, const struct csv_options *options, struct error *err) {
  csv->dialect.encoding = *decode_guess(csv->decode);
  csv->stray_quotes = options && options->stray_quotes;
  csv->capacity = BUFFER_START;
  csv->span_capacity = SPANS_START;
  csv->buffer = memory_new(csv->capacity + 1);
  csv->spans = memory_new_array(csv->span_capacity, sizeof *csv->spans);
  csv->fields = memory_new_array(csv->span_capacity, sizeof *csv->fields);
  if (!csv->buffer || !csv->spans || !csv->fields)
    return error_memory(err);
  fill(csv);
  return choose_delimiter(csv, options ? options->delimiter : 0, err);
}

static bool finish_open(struct csv *csv, bool opened, const struct csv_options *options,
                        struct csv **out, struct error *err) {
  if (!opened || !prepare(csv, options, err)) {
    csv_close(csv);
    return false;
  }
  *out = csv;
  return true;
}

bool csv_open_file(struct csv **out, const char *path, const struct csv_options *options,
                   struct error *err) {
  struct csv *csv = memory_new(sizeof *csv);
  if (!csv)
    return error_memory(err);
  const char *encoding = options ? options->encoding : NULL;
  bool opened = decode_open_file(&csv->decode, path, encoding, err);
  return finish_open(csv, opened, options, out, err);
}

bool csv_open_memory(struct csv **out, const char *bytes, size_t length,
                     const struct csv_options *options, struct error *err) {
  struct csv *csv = memory_new(sizeof *csv);
  if (!csv)
    return error_memory(err);
  const char *encoding = options ? options->encoding : NULL;
  bool opened = decode_open_memory(&csv->decode, bytes, length, encoding, err);
  return finish_open(csv, opened, options, out, err);
}

void csv_close(struct csv *csv) {
  if (!csv)
    return;
  decode_close(csv->decode);
  memory_free(csv->buffer);
  memory_free(csv->spans);
  memory_free(csv->fields);
  memory_free(csv);
}
