#include "engine/csv_write.h"

#include <string.h>

static bool starts_formula(const struct csv_cell *cell) {
  static const char *const wide[] = {"＝", "＋", "－", "＠"};
  if (cell->length > 0 && strchr("=+-@\t\r\n", *cell->data) && *cell->data)
    return true;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
    if (cell->length >= 3 && memcmp(cell->data, wide[i], 3) == 0)
      return true;
  return false;
}

static bool needs_quotes(const struct csv_cell *cell, char delimiter) {
  if (cell->always_quoted)
    return true;
  if (cell->length == 0)
    return false;
  for (size_t i = 0; i < cell->length; i++)
    if (cell->data[i] == delimiter || strchr("\"\r\n", cell->data[i]))
      return true;
  return cell->data[0] == ' ' || cell->data[cell->length - 1] == ' ';
}

static void append_doubled(struct text *text, const char *data, size_t length) {
  for (const char *quote; length && (quote = memchr(data, '"', length));) {
    size_t part = (size_t)(quote - data) + 1;
    text_append_bytes(text, data, part);
    text_append_char(text, '"');
    data += part;
    length -= part;
  }
  if (length)
    text_append_bytes(text, data, length);
}

static void append_cell(struct text *text, const struct csv_cell *cell, char delimiter,
                        const struct csv_style *style) {
  bool guarded = style->guard && cell->is_text && starts_formula(cell);
  bool quoted = needs_quotes(cell, delimiter) || (guarded && delimiter == '\'');
  if (quoted)
    text_append_char(text, '"');
  if (guarded)
    text_append_char(text, '\'');
  append_doubled(text, cell->data, cell->length);
  if (quoted)
    text_append_char(text, '"');
}

void csv_write_row(struct text *text, const struct csv_cell *cells, size_t count,
                   const struct csv_style *style) {
  char delimiter = style->delimiter ? style->delimiter : ',';
  for (size_t i = 0; i < count; i++) {
    if (i > 0)
      text_append_char(text, delimiter);
    struct csv_cell cell = cells[i];
    cell.always_quoted = cell.always_quoted || (count == 1 && cell.length == 0);
    append_cell(text, &cell, delimiter, style);
  }
  text_append(text, style->line_end ? style->line_end : "\n");
}
