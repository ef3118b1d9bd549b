/* What a value is in a spreadsheet: a number with the pattern it is shown by, a truth, or text. Not
 * for: how a workbook is written (xlsx.c). */
#ifndef FORMAT_SHEET_CELL_H
#define FORMAT_SHEET_CELL_H

#include "engine/result.h"

enum sheet_cell_type { SHEET_EMPTY, SHEET_NUMBER, SHEET_TRUTH, SHEET_TEXT };

enum {
  SHEET_PATTERN_SIZE = 80,
  SHEET_TEXT_MOST = 32767, /* characters of a cell, counted as UTF-16 */
};

/* {0} is an empty one and may be filled again and again. */
struct sheet_cell {
  enum sheet_cell_type type;
  double number;
  bool truth;
  bool right; /* a number that only text holds exactly */
  bool lines; /* text of several lines */
  size_t length;
  struct text text; /* owned: escaped as the file format wants it */
  char pattern[SHEET_PATTERN_SIZE];
};

/* A number of more than 15 digits, which spreadsheets would round, is text; so is a day before
 * March 1900, which they count otherwise. NULL is an empty cell, and so is an empty text. */
void sheet_cell_fill(struct sheet_cell *cell, const struct result_column *column,
                     const struct value *value);
/* A heading, a note: text whatever it looks like. */
void sheet_cell_fill_text(struct sheet_cell *cell, const char *text, size_t length);
void sheet_cell_release(struct sheet_cell *cell);

#endif
