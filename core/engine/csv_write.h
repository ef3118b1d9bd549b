/* Writes one row of CSV into a text. Not for: reading it back (engine/csv), which columns an
 * export has (engine/export), files. */
#ifndef ENGINE_CSV_WRITE_H
#define ENGINE_CSV_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct csv_style {      /* {0}: comma, LF, no guard */
  char delimiter;       /* 0: comma */
  const char *line_end; /* NULL: "\n" */
  bool guard; /* put ' before a text that a spreadsheet would run: one that starts with = + - @,
               * tab or CR (their full-width forms too). Changes the data: for people's
               * spreadsheets, not for a file that is read back. */
};

struct csv_cell {
  const char *data; /* borrowed; UTF-8; may be NULL when length is 0 */
  size_t length;
  bool is_text;       /* not a number or a date: -5 must stay -5 under guard */
  bool always_quoted; /* so that an empty text differs from nothing */
};

/* Appends the cells and a line end. A cell is quoted only where the reader needs it: it holds the
 * delimiter, a quote or an end of line, starts or ends with a space, or is the only, empty, cell.
 * Running out of memory shows in text_check(). */
void csv_write_row(struct text *text, const struct csv_cell *cells, size_t count,
                   const struct csv_style *style);

#endif
