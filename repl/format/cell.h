/* A value as a person reads it in a table or a record: separators, percents, marks for what is
 * unset. */
#ifndef FORMAT_CELL_H
#define FORMAT_CELL_H

#include "repl/format/format.h"

/* Appends the cell, safe for a terminal; \n stays only where lines are kept. */
void cell_append(struct text *out, const struct result_column *column, const struct value *value,
                 const struct style *style, bool keep_lines);
/* "2026-05-01 14:30" */
void cell_append_instant(struct text *out, instant at);
/* "1,589": how many there are, which is never a year. */
void cell_append_count(struct text *out, int64_t count);
/* Whether tables say which record a row is: where one is, and no column of a report tells it. */
bool cell_shows_ids(const struct result *result, const struct style *style);
/* The column's title with its unit, beginning with a capital whoever named it: "Age, days". */
void cell_append_title(struct text *out, const struct result_column *column,
                       const struct style *style);
/* Whether the cell is another than in style->before, in the row of the same record or else of the
 * same first value; a row that was not there has changed. */
bool cell_is_changed(const struct result *result, const struct style *style, size_t row,
                     size_t column);

/* Appends the line under a report that says what it was made from: "data #812 · rules 1a2b… · …".
 * Nothing without a stamp. */
void cell_append_stamp(struct text *out, const struct stamp *stamp, const struct style *style);
/* Title, and notes with the stamp, as both tables and records show them. */
void cell_append_title_line(struct text *out, const struct result *result,
                            const struct style *style);
void cell_append_notes(struct text *out, const struct result *result, const struct style *style);

/* Colours; nothing when the style has none. */
enum paint {
  PAINT_NONE,
  PAINT_DIM,
  PAINT_BOLD,
  PAINT_RED,
  PAINT_GREEN,
  PAINT_YELLOW,
  PAINT_BLUE,
  PAINT_MAGENTA,
  PAINT_CYAN,
  PAINT_CHANGED
};
void paint_begin(struct text *out, enum paint paint, const struct style *style);
void paint_end(struct text *out, enum paint paint, const struct style *style);

#endif
