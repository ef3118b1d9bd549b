/* Where in a file of rows a complaint belongs, with the row as it is written there. */
#include <string.h>

#include "base/error_place.h"
#include "engine/import_sheet.h"

static void append_cell(struct text *out, const struct csv_field *cell) {
  if (!cell->was_quoted) {
    text_append_bytes(out, cell->data, cell->length);
    return;
  }
  text_append_char(out, '"');
  for (size_t i = 0; i < cell->length; i++) {
    text_append(out, cell->data[i] == '"' ? "\"" : "");
    text_append_char(out, cell->data[i]);
  }
  text_append_char(out, '"');
}

/* The reader undid the quotes in place: they are put back, and the line of the cell is shown. A row
 * of several lines is cut at their ends. */
static void show_row(const struct import_sheet *sheet, const struct csv_row *row, size_t position,
                     struct error *err) {
  struct text written = {0};
  struct error_line line = {0};
  size_t start = 0, at = 0;
  for (size_t i = 0; i < row->count; i++) {
    if (i > 0)
      text_append_char(&written, csv_dialect(sheet->csv)->delimiter);
    if (i == position)
      at = written.length;
    append_cell(&written, &row->fields[i]);
    if (i == position)
      line.marked = written.length > at ? written.length - at : 1;
  }
  for (size_t i = 0; i < at; i++)
    start = written.data[i] == '\n' ? i + 1 : start;
  line.text = text_string(&written) + start;
  line.length = strcspn(line.text, "\r\n");
  line.at = at - start;
  if (line.at + line.marked > line.length)
    line.marked = line.length > line.at ? line.length - line.at : 1;
  if (position >= row->count)
    line.marked = 0;
  error_show_line(err, &line);
  text_release(&written);
}

bool import_complain(const struct import_sheet *sheet, const struct csv_row *row, size_t position,
                     struct error *err) {
  const struct csv_field *cell = position < row->count ? &row->fields[position] : NULL;
  size_t number = cell ? cell->line : row->line;
  const char *name = strrchr(sheet->path, '/');
  name = name == NULL ? sheet->path : name + 1;
  if (err->code != ERROR_MEMORY && err->code != ERROR_INTERRUPTED)
    err->code = ERROR_DATA;
  if (cell == NULL)
    error_prefix(err, "%s:%zu: ", name, number);
  else
    error_prefix(err, "%s:%zu:%zu: ", name, number, cell->column);
  error_locate(err, name, (int)number);
  show_row(sheet, row, position, err);
  return false;
}
