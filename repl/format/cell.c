#include "repl/format/cell.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/minutes.h"
#include "base/translate.h"
#include "repl/format/safe.h"
#include "repl/format/wrap.h"

/* Four digits are as often a year as an amount: separators start with the fifth. */
enum { SEPARATE_FROM = 5 };

static void append_number(struct text *out, double number, int decimals) {
  char digits[400];
  if (decimals < 0 && number == floor(number) && fabs(number) < 1e15)
    snprintf(digits, sizeof digits, "%.0f", number);
  else if (decimals < 0)
    snprintf(digits, sizeof digits, "%.10g", number);
  else
    snprintf(digits, sizeof digits, "%.*f", decimals, number);
  translate_number(out, digits, SEPARATE_FROM);
}

void cell_append_count(struct text *out, int64_t count) {
  char digits[32];
  snprintf(digits, sizeof digits, "%lld", (long long)count);
  translate_number(out, digits, 0);
}

static void append_percent(struct text *out, double share, int decimals) {
  append_number(out, share * 100, decimals < 0 ? 2 : decimals);
  text_append(out, " %");
}

void cell_append_instant(struct text *out, instant at) {
  char iso[INSTANT_TEXT_SIZE];
  instant_write(at, iso);
  text_append_bytes(out, iso, 10);
  text_append_char(out, ' ');
  text_append_bytes(out, iso + 11, 5);
}

static double as_number(const struct value *value) {
  return value->type == VALUE_INTEGER ? (double)value->as.integer : value->as.number;
}

static void append_plain_integer(struct text *out, int64_t integer, bool is_reference) {
  char digits[32];
  snprintf(digits, sizeof digits, "%s%lld", is_reference ? "#" : "", (long long)integer);
  if (is_reference)
    text_append(out, digits);
  else
    translate_number(out, digits, SEPARATE_FROM);
}

static void append_value(struct text *out, const struct result_column *column,
                         const struct value *value) {
  bool is_number = value->type == VALUE_INTEGER || value->type == VALUE_NUMBER;
  if (is_number && column->type == FIELD_PERCENT)
    append_percent(out, as_number(value), column->decimals);
  else if (value->type == VALUE_INTEGER && column->type == FIELD_MINUTES)
    minutes_append(out, value->as.integer);
  else if (value->type == VALUE_INTEGER)
    append_plain_integer(out, value->as.integer, column->type == FIELD_REF);
  else if (value->type == VALUE_NUMBER)
    append_number(out, value->as.number, column->decimals);
  else if (value->type == VALUE_INSTANT)
    cell_append_instant(out, value->as.at);
  else if (value->type == VALUE_BOOLEAN)
    text_append(out, value->as.boolean ? translate("yes") : translate("no"));
  else
    value_append(out, value);
}

/* A set of choices is held as "a,b". */
static void append_words(struct text *out, const struct result_column *column,
                         const struct value *value, const struct style *style) {
  const char *at = value->as.text.data, *end = at + value->as.text.length;
  bool several = column->type == FIELD_CHOICES;
  while (at < end) {
    const char *comma = several ? memchr(at, ',', (size_t)(end - at)) : NULL;
    size_t length = (size_t)((comma ? comma : end) - at);
    const char *title = result_word(column, at, length);
    safe_append(out, title ? title : at, title ? strlen(title) : length, SAFE_KEEP_NONE,
                style->ascii);
    text_append(out, comma ? ", " : "");
    at += length + (comma != NULL);
  }
}

void cell_append(struct text *out, const struct result_column *column, const struct value *value,
                 const struct style *style, bool keep_lines) {
  unsigned keep = keep_lines ? SAFE_KEEP_LINES : SAFE_KEEP_NONE;
  if (value->type == VALUE_NULL)
    text_append(out, style->ascii ? translate("(none)") : "∅");
  else if (value->type == VALUE_TEXT && column->words.count)
    append_words(out, column, value, style);
  else if (value->type == VALUE_TEXT)
    safe_append(out, value->as.text.data, value->as.text.length, keep, style->ascii);
  else
    append_value(out, column, value);
}

void cell_append_title(struct text *out, const struct result_column *column,
                       const struct style *style) {
  const char *title = column->title ? column->title : column->name;
  size_t width, first = text_grapheme(title, strlen(title), &width);
  struct text capital = {0};
  text_append_upper(&capital, title, first);
  safe_append(out, text_string(&capital), capital.length, SAFE_KEEP_NONE, style->ascii);
  out->failed = out->failed || capital.failed;
  text_release(&capital);
  safe_append(out, title + first, strlen(title) - first, SAFE_KEEP_NONE, style->ascii);
  if (column->unit) {
    text_append(out, ", ");
    safe_append(out, column->unit, strlen(column->unit), SAFE_KEEP_NONE, style->ascii);
  }
}

static bool is_same_row(const struct result_row *row, const struct result_row *other) {
  if (row->id || other->id)
    return row->id == other->id;
  return row->summary == other->summary && value_equal(&row->values[0], &other->values[0]);
}

static const struct result_row *row_before(const struct result *before,
                                           const struct result_row *row, size_t index) {
  if (index < before->rows.count && is_same_row(row, list_at(&before->rows, index)))
    return list_at(&before->rows, index);
  for (size_t i = 0; i < before->rows.count; i++)
    if (is_same_row(row, list_at(&before->rows, i)))
      return list_at(&before->rows, i);
  return NULL;
}

/* Records leave out what is unset: columns come and go. */
static const struct value *value_before(const struct result *before, const struct result_row *row,
                                        const char *column) {
  for (size_t i = 0; i < before->columns.count; i++)
    if (strcmp(((struct result_column *)list_at(&before->columns, i))->name, column) == 0)
      return &row->values[i];
  return NULL;
}

bool cell_is_changed(const struct result *result, const struct style *style, size_t row,
                     size_t column) {
  if (!style->before)
    return false;
  const struct result_column *described = list_at(&result->columns, column);
  const struct result_row *now = list_at(&result->rows, row);
  const struct result_row *then = row_before(style->before, now, row);
  const struct value *was = then ? value_before(style->before, then, described->name) : NULL;
  return !was || !value_equal(&now->values[column], was);
}

static bool tells_ids(const struct result *result) {
  for (size_t i = 0; i < result->columns.count; i++)
    if (strcmp(((struct result_column *)list_at(&result->columns, i))->name, "id") == 0)
      return true;
  return false;
}

bool cell_shows_ids(const struct result *result, const struct style *style) {
  bool shows = false;
  for (size_t i = 0; style->ids && !shows && i < result->rows.count; i++)
    shows = ((struct result_row *)list_at(&result->rows, i))->id != 0;
  return shows && !tells_ids(result);
}

void cell_append_stamp(struct text *out, const struct stamp *stamp, const struct style *style) {
  const char *dot = style->ascii ? " | " : " · ";
  char iso[INSTANT_TEXT_SIZE];
  if (!stamp->command)
    return;
  text_format(out, translate("data #%lld"), (long long)stamp->position);
  if (stamp->ruleset[0])
    text_format(out, translate("%srules %s"), dot, stamp->ruleset);
  instant_write(stamp->now, iso);
  text_format(out, translate("%snow %s"), dot, iso);
  if (stamp->has_as_of) {
    instant_write(stamp->as_of, iso);
    text_format(out, translate("%sas of %s"), dot, iso);
  }
  text_append(out, *stamp->command ? dot : "");
  safe_append(out, stamp->command, strlen(stamp->command), SAFE_KEEP_NONE, style->ascii);
}

void cell_append_title_line(struct text *out, const struct result *result,
                            const struct style *style) {
  if (!result->title || !*result->title)
    return;
  paint_begin(out, PAINT_BOLD, style);
  safe_append(out, result->title, strlen(result->title), SAFE_KEEP_NONE, style->ascii);
  paint_end(out, PAINT_BOLD, style);
  text_append_char(out, '\n');
}

void cell_append_notes(struct text *out, const struct result *result, const struct style *style) {
  for (size_t i = 0; i < result->notes.count; i++) {
    const char *note = *(char **)list_at(&result->notes, i);
    wrap_append_safe(out, note, strlen(note), style->width, style->ascii);
    text_append_char(out, '\n');
  }
  if (!result->stamp.command)
    return;
  struct text stamp = {0};
  cell_append_stamp(&stamp, &result->stamp, style);
  paint_begin(out, PAINT_DIM, style);
  wrap_append(out, text_string(&stamp), stamp.length, style->width);
  paint_end(out, PAINT_DIM, style);
  out->failed = out->failed || stamp.failed;
  text_release(&stamp);
  text_append_char(out, '\n');
}

static const char *const codes[] = {
    [PAINT_NONE] = "",           [PAINT_DIM] = "\x1b[2m",      [PAINT_BOLD] = "\x1b[1m",
    [PAINT_RED] = "\x1b[31m",    [PAINT_GREEN] = "\x1b[32m",   [PAINT_YELLOW] = "\x1b[33m",
    [PAINT_BLUE] = "\x1b[34m",   [PAINT_MAGENTA] = "\x1b[35m", [PAINT_CYAN] = "\x1b[36m",
    [PAINT_CHANGED] = "\x1b[7m",
};

void paint_begin(struct text *out, enum paint paint, const struct style *style) {
  if (style->colour)
    text_append(out, codes[paint]);
}

void paint_end(struct text *out, enum paint paint, const struct style *style) {
  if (style->colour && paint != PAINT_NONE)
    text_append(out, "\x1b[0m");
}
