/* Reads tables of text: RFC 4180 and its real-life relatives. Pull, one row at a time, flat
 * memory. Not for: what the columns mean (engine/import), writing (engine/csv_write).
 *
 * The dialect, found from the first buffer unless named:
 * - a first line `sep=X` names the delimiter and is not a row;
 * - otherwise, of semicolon, tab, pipe and comma, the one that most evenly divides the first
 *   CSV_SAMPLE_ROWS rows (the share of rows with as many as the first; what stands in quotes does
 *   not count); on a tie the one that divides the first row into more; then the order given here
 *   (a comma in every row may be that of decimals). Comma where none occurs.
 * - a row ends with LF, CRLF or CR, also mixed; an end of line in quotes belongs to the field.
 *
 * Kept as they are: spaces, ragged rows (`count` is what the row has), and an empty line, which is
 * a row of one empty field, as csv-test-data expects; `is_blank` tells it from "".
 *
 * Malformed, with `line:column` in the message: text after a closing quote
 * (told with where the quote was opened), a quote inside an
 * unquoted field, a quote never closed (told where it was opened), a limit exceeded. Reading goes
 * on at the first line after the place told. */
#ifndef ENGINE_CSV_H
#define ENGINE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "engine/decode.h"

enum {
  CSV_FIELD_MAX = 4 * 1024 * 1024, /* bytes of one field as written */
  CSV_ROW_MAX = 64 * 1024 * 1024,  /* bytes of one row as written */
  CSV_FIELDS_MAX = 16384,          /* fields of one row: what spreadsheets stop at */
  CSV_SAMPLE_ROWS = 50,
};

struct csv_options {    /* {0} finds out everything */
  char delimiter;       /* 0: found */
  bool stray_quotes;    /* a quote inside an unquoted field is an ordinary character */
  const char *encoding; /* NULL: found; names as in engine/decode.h */
};

struct csv_field {
  const char *data; /* UTF-8, terminated, holds no NUL; quotes undone */
  size_t length;
  size_t line, column; /* of its start (its opening quote), from 1, columns in characters */
  bool was_quoted;     /* so that "" and nothing differ */
};

struct csv_row {
  const struct csv_field *fields;
  size_t count; /* ≥ 1 */
  size_t line;  /* where the row starts */
  bool is_blank;
};

enum csv_line_end { CSV_END_NONE, CSV_END_LF, CSV_END_CRLF, CSV_END_CR };

struct csv_dialect {
  char delimiter;
  enum csv_line_end line_end; /* the first one met outside quotes */
  struct decode_guess encoding;
};

struct csv;

/* `options` may be NULL. Fails as decode_open_file does, and with ERROR_INVALID for a delimiter
 * that cannot be one. */
bool csv_open_file(struct csv **out, const char *path, const struct csv_options *options,
                   struct error *err);
/* The bytes are borrowed until csv_close. */
bool csv_open_memory(struct csv **out, const char *bytes, size_t length,
                     const struct csv_options *options, struct error *err);
void csv_close(struct csv *csv); /* NULL is fine */

/* The next row, borrowed until the next call; *row is NULL at the end. Fails with ERROR_DATA for a
 * malformed row; the next call gives the row after it, if csv_can_continue. */
bool csv_next(struct csv *csv, const struct csv_row **row, struct error *err);
/* False after a failure that ends the reading: a byte that means nothing in the encoding, a NUL
 * byte, an unreadable file, no memory. Rows after it were not seen; csv_next then repeats the
 * failure. */
bool csv_can_continue(const struct csv *csv);

const struct csv_dialect *csv_dialect(const struct csv *csv); /* borrowed until csv_close */
/* For progress: bytes of the file read (at most a buffer ahead), and all of them or 0. */
void csv_position(const struct csv *csv, uint64_t *bytes, uint64_t *total);

#endif
