/* iCalendar (RFC 5545): each row with a time is an event. Its start is the first column of instants
 * or dates, its length the first of lengths; what it is about stands in a column of that name, else
 * in the first text; all else is its description. Times are in UTC, as a book keeps them. */
#include <string.h>

#include "repl/format/cell.h"

enum { LINE_OCTETS = 75, NONE = -1 }; /* RFC 5545, 3.1: without the line break */

/* Which column is what. */
struct calendar {
  const struct result *result;
  int start, length, summary;
};

static const struct result_column *column_at(const struct result *result, size_t index) {
  return list_at(&result->columns, index);
}

static bool is_among(const char *word, const char *const *words) {
  for (; *words; words++)
    if (strcmp(word, *words) == 0)
      return true;
  return false;
}

static int find_start(const struct result *result) {
  for (size_t i = 0; i < result->columns.count; i++) {
    enum field_type type = column_at(result, i)->type;
    if (type == FIELD_INSTANT || type == FIELD_DATE)
      return (int)i;
  }
  return NONE;
}

static int find_type(const struct result *result, enum field_type type) {
  for (size_t i = 0; i < result->columns.count; i++)
    if (column_at(result, i)->type == type)
      return (int)i;
  return NONE;
}

static int find_summary(const struct result *result) {
  static const char *const names[] = {"what", "subject", "title", "name", NULL};
  for (size_t i = 0; i < result->columns.count; i++)
    if (is_among(column_at(result, i)->name, names))
      return (int)i;
  return find_type(result, FIELD_TEXT);
}

/* How much of the line fits into one of so many octets without cutting a character in two. */
static size_t fit(const char *line, size_t length, size_t octets) {
  if (length <= octets)
    return length;
  while (octets > 1 && ((unsigned char)line[octets] & 0xC0) == 0x80)
    octets--;
  return octets;
}

/* A content line, folded: what is continued begins with a blank, which counts. */
static void append_line(struct text *out, const struct text *line) {
  const char *at = text_string(line);
  size_t left = line->length, room = LINE_OCTETS;
  while (left > room) {
    size_t taken = fit(at, left, room);
    text_append_bytes(out, at, taken);
    text_append(out, "\r\n ");
    at += taken;
    left -= taken;
    room = LINE_OCTETS - 1;
  }
  text_append_bytes(out, at, left);
  text_append(out, "\r\n");
  out->failed = out->failed || line->failed;
}

static void append_plain(struct text *out, const char *content) {
  struct text line = {0};
  text_append(&line, content);
  append_line(out, &line);
  text_release(&line);
}

/* RFC 5545, 3.3.11: backslash, semicolon, comma and line break are escaped; other control
 * characters may not occur. */
static void append_escaped(struct text *line, const char *words) {
  for (const char *at = words; *at; at++) {
    if (*at == '\n')
      text_append(line, "\\n");
    else if (strchr("\\;,", *at))
      text_format(line, "\\%c", *at);
    else if (((unsigned char)*at >= ' ' && *at != 0x7f) || *at == '\t')
      text_append_char(line, *at);
  }
}

static void append_text(struct text *out, const char *property, const char *words) {
  struct text line = {0};
  text_format(&line, "%s:", property);
  append_escaped(&line, words);
  append_line(out, &line);
  text_release(&line);
}

/* 20260501T100000Z */
static void append_instant(struct text *line, instant at) {
  char iso[INSTANT_TEXT_SIZE];
  instant_write(at, iso);
  for (const char *byte = iso; *byte; byte++)
    if (!strchr("-:", *byte))
      text_append_char(line, *byte);
}

static void append_moment(struct text *out, const char *property, const struct value *value) {
  struct text line = {0};
  text_append(&line, property);
  if (value->type == VALUE_DATE) {
    struct date_parts day = date_to_parts(value->as.day);
    text_format(&line, ";VALUE=DATE:%04d%02d%02d", day.year, day.month, day.day);
  } else {
    text_append_char(&line, ':');
    append_instant(&line, value->as.at);
  }
  append_line(out, &line);
  text_release(&line);
}

static void append_description(struct text *out, const struct calendar *calendar,
                               const struct result_row *row) {
  const struct style plain = {0};
  struct text words = {0};
  for (int i = 0; i < (int)calendar->result->columns.count; i++) {
    if (i == calendar->start || i == calendar->length || i == calendar->summary ||
        value_is_null(&row->values[i]))
      continue;
    text_append(&words, words.length ? "\n" : "");
    cell_append_title(&words, column_at(calendar->result, (size_t)i), &plain);
    text_append(&words, ": ");
    cell_append(&words, column_at(calendar->result, (size_t)i), &row->values[i], &plain, true);
  }
  if (words.length)
    append_text(out, "DESCRIPTION", text_string(&words));
  out->failed = out->failed || words.failed;
  text_release(&words);
}

/* The same row is the same event at the next export. */
static void append_uid(struct text *out, const struct result *result, const struct result_row *row,
                       size_t position) {
  struct text line = {0};
  if (row->id)
    text_format(&line, "UID:%lld@dealwright", (long long)row->id);
  else
    text_format(&line, "UID:%s-%zu@dealwright", result->name, position + 1);
  append_line(out, &line);
  text_release(&line);
}

static void append_summary(struct text *out, const struct calendar *calendar,
                           const struct result_row *row) {
  const struct style plain = {0};
  struct text words = {0};
  int at = calendar->summary;
  if (at != NONE && !value_is_null(&row->values[at]))
    cell_append(&words, column_at(calendar->result, (size_t)at), &row->values[at], &plain, true);
  else if (row->id)
    text_format(&words, "#%lld", (long long)row->id);
  append_text(out, "SUMMARY", text_string(&words));
  out->failed = out->failed || words.failed;
  text_release(&words);
}

static void append_event(struct text *out, const struct calendar *calendar, size_t position) {
  const struct result_row *row = list_at(&calendar->result->rows, position);
  const struct value *start = &row->values[calendar->start];
  const struct value stamp = value_instant(calendar->result->stamp.now);
  if (row->summary || value_is_null(start))
    return;
  append_plain(out, "BEGIN:VEVENT");
  append_uid(out, calendar->result, row, position);
  append_moment(out, "DTSTAMP", &stamp);
  append_moment(out, "DTSTART", start);
  if (calendar->length != NONE && start->type == VALUE_INSTANT) {
    const struct value *length = &row->values[calendar->length];
    if (length->type == VALUE_INTEGER && length->as.integer > 0) {
      const struct value end = value_instant(start->as.at + length->as.integer * 60);
      append_moment(out, "DTEND", &end);
    }
  }
  append_summary(out, calendar, row);
  append_description(out, calendar, row);
  append_plain(out, "END:VEVENT");
}

bool ical_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err) {
  (void)style;
  const struct calendar calendar = {
      .result = result,
      .start = result->document ? NONE : find_start(result),
      .length = find_type(result, FIELD_MINUTES),
      .summary = find_summary(result),
  };
  if (calendar.start == NONE)
    return error_set(err, ERROR_USAGE,
                     "a calendar is made of rows with a date or a time; this answer has none: try "
                     "'agenda week -f ical'");
  append_plain(out, "BEGIN:VCALENDAR");
  append_plain(out, "VERSION:2.0");
  append_plain(out, "PRODID:-//Dealwright//Dealwright//EN");
  if (result->title && *result->title)
    append_text(out, "X-WR-CALNAME", result->title);
  for (size_t i = 0; i < result->rows.count; i++)
    append_event(out, &calendar, i);
  append_plain(out, "END:VCALENDAR");
  return text_check(out, err);
}
