#include "repl/format/sheet_cell.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "repl/format/cell.h"

/* Days are counted from 1899-12-30, as all spreadsheets do; but Excel's 1900 has a 29 February, so
 * that only from 1 March on all of them mean the same day. */
enum { EPOCH = 25569, DAY_SECONDS = 86400, FIRST_DAY = 61 - EPOCH };

/* What spreadsheets keep: 15 digits. */
static const int64_t largest_exact = INT64_C(999999999999999);

static bool is_exact(int64_t number) {
  return number >= -largest_exact && number <= largest_exact;
}

void sheet_cell_release(struct sheet_cell *cell) {
  text_release(&cell->text);
}

static void clear(struct sheet_cell *cell) {
  struct text text = cell->text;
  text_clear(&text);
  *cell = (struct sheet_cell){.text = text};
}

/* "_x0041_" in a file is read as "A": what looks so has its underscore written that way. */
static bool is_escape(const char *at, const char *end) {
  if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
    return false;
  for (int i = 2; i < 6; i++)
    if (!isxdigit((unsigned char)at[i]))
      return false;
  return true;
}

/* XML has neither control characters nor U+FFFE and U+FFFF. */
static bool is_forbidden(const char *at, size_t size) {
  unsigned char byte = (unsigned char)*at;
  return (byte < ' ' && byte != '\n' && byte != '\t') ||
         (size == 3 && (memcmp(at, "\xef\xbf\xbe", 3) == 0 || memcmp(at, "\xef\xbf\xbf", 3) == 0));
}

static size_t character_size(const char *at, const char *end) {
  unsigned char first = (unsigned char)*at;
  size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4, position = 0;
  return (size_t)(end - at) >= size && text_is_utf8(at, size, &position) ? size : 0;
}

static void append_escaped(struct text *out, const char *at, size_t size) {
  unsigned code = size == 1 ? (unsigned char)*at : (unsigned char)at[2] == 0xbe ? 0xfffe : 0xffff;
  text_format(out, "_x%04X_", code);
}

void sheet_cell_fill_text(struct sheet_cell *cell, const char *text, size_t length) {
  const char *end = text + length;
  clear(cell);
  while (text < end) {
    size_t size = character_size(text, end);
    if (!size)
      text_append(&cell->text, "\xef\xbf\xbd");
    else if (is_escape(text, end))
      text_append(&cell->text, "_x005F_");
    else if (is_forbidden(text, size))
      append_escaped(&cell->text, text, size);
    else
      text_append_bytes(&cell->text, text, size);
    cell->lines = cell->lines || *text == '\n';
    cell->length += size == 4 ? 2 : 1;
    text += size ? size : 1;
  }
  cell->type = length ? SHEET_TEXT : SHEET_EMPTY;
}

static void fill_number(struct sheet_cell *cell, double number, const char *pattern) {
  cell->type = isfinite(number) ? SHEET_NUMBER : SHEET_EMPTY;
  cell->number = number;
  snprintf(cell->pattern, sizeof cell->pattern, "%s", pattern);
}

static void fill_plain(struct sheet_cell *cell, const struct value *value) {
  value_append_plain(&cell->text, value);
  if (value->type == VALUE_MONEY)
    text_format(&cell->text, " %s", value->as.money.currency);
  cell->type = SHEET_TEXT;
  cell->length = cell->text.length;
  cell->right = true;
}

/* ",##0.00" as many zeros as decimals. */
static void append_decimals(char *pattern, int decimals) {
  static const char zeros[] = ".000000000000000";
  if (decimals > 0)
    snprintf(pattern + strlen(pattern), SHEET_PATTERN_SIZE / 2, "%.*s", decimals + 1, zeros);
}

static void fill_money(struct sheet_cell *cell, const struct value *value) {
  struct money amount = value->as.money;
  char pattern[SHEET_PATTERN_SIZE] = "#,##0";
  if (!is_exact(amount.minor)) {
    fill_plain(cell, value);
    return;
  }
  append_decimals(pattern, money_digits(amount.currency));
  snprintf(pattern + strlen(pattern), SHEET_PATTERN_SIZE / 2, "\\ [$%s]", amount.currency);
  fill_number(cell, money_to_number(amount), pattern);
}

static void fill_count(struct sheet_cell *cell, const struct result_column *column, double number) {
  char pattern[SHEET_PATTERN_SIZE] = "0";
  if (column->type == FIELD_PERCENT) {
    append_decimals(pattern, column->decimals < 0 ? 2 : column->decimals);
    strcat(pattern, "%");
  } else if (column->type == FIELD_MINUTES) {
    strcpy(pattern, "0\"m\"");
  } else if (column->type == FIELD_REF) {
    strcpy(pattern, "\"#\"0");
  } else if (column->decimals >= 0) {
    strcpy(pattern, "#,##0");
    append_decimals(pattern, column->decimals);
  } else if (number != trunc(number)) {
    strcpy(pattern, "General");
  }
  fill_number(cell, number, pattern);
}

static void fill_moment(struct sheet_cell *cell, const struct value *value) {
  bool is_day = value->type == VALUE_DATE;
  date day = is_day ? value->as.day : instant_date(value->as.at);
  if (day < FIRST_DAY)
    fill_plain(cell, value);
  else if (is_day)
    fill_number(cell, day + EPOCH, "yyyy\\-mm\\-dd");
  else
    fill_number(cell, (double)value->as.at / DAY_SECONDS + EPOCH, "yyyy\\-mm\\-dd\\ hh:mm");
}

/* A choice reads as people know it. */
static void fill_words(struct sheet_cell *cell, const struct result_column *column,
                       const struct value *value) {
  const struct style plain = {0};
  struct text words = {0};
  cell_append(&words, column, value, &plain, true);
  sheet_cell_fill_text(cell, text_string(&words), words.length);
  cell->text.failed = cell->text.failed || words.failed;
  text_release(&words);
}

void sheet_cell_fill(struct sheet_cell *cell, const struct result_column *column,
                     const struct value *value) {
  clear(cell);
  switch (value->type) {
  case VALUE_NULL:
    break;
  case VALUE_BOOLEAN:
    cell->type = SHEET_TRUTH;
    cell->truth = value->as.boolean;
    break;
  case VALUE_INTEGER:
    if (is_exact(value->as.integer))
      fill_count(cell, column, (double)value->as.integer);
    else
      fill_plain(cell, value);
    break;
  case VALUE_NUMBER:
    fill_count(cell, column, value->as.number);
    break;
  case VALUE_MONEY:
    fill_money(cell, value);
    break;
  case VALUE_DATE:
  case VALUE_INSTANT:
    fill_moment(cell, value);
    break;
  case VALUE_TEXT:
    if (column->words.count)
      fill_words(cell, column, value);
    else
      sheet_cell_fill_text(cell, value->as.text.data, value->as.text.length);
    break;
  }
}
