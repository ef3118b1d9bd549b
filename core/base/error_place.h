/* Where a failure happened: a line of a file or the line that was typed, the part of it that is to
 * blame where that is certain, and how both are shown. Not for: messages (error.h). */
#ifndef BASE_ERROR_PLACE_H
#define BASE_ERROR_PLACE_H

#include "base/error.h"
#include "base/text.h"

/* What is known of a line. */
struct error_line {
  const char *text; /* borrowed for the call: the line; ends at a line end */
  size_t length;
  size_t at, marked; /* bytes of it that are to blame; marked 0: nobody knows */
};

/* Says that it was that line of the file; NULL: the line that was typed. A former place is
 * forgotten. */
void error_locate(struct error *err, const char *file, int line);
/* The file of a place whose line is known already. */
void error_name_file(struct error *err, const char *file);
/* Keeps an excerpt of the line that error_locate() named, with the column when it is certain. */
void error_show_line(struct error *err, const struct error_line *line);
/* Finds a line by its number from 1. False when the text has less. */
bool error_line_find(struct error_line *out, const char *text, size_t length, int number);

/* Which of the words that the caller handed in is to blame, or what part of it. Who copied a word
 * says it again of the word itself. Return false. */
bool error_blame(struct error *err, const char *word);
bool error_blame_part(struct error *err, const char *part, size_t length);
/* The message says what to do behind its last "; ": texts of scripts keep to that, too. */
void error_find_hint(struct error *err);
/* What the message says to do; "" when it does not say. */
const char *error_hint(const struct error *err);

/* Appends the excerpt as lines, the mark below it:
 *    12 | local x = = 3
 *                   ^
 * Nothing when there is none. */
void error_append_excerpt(struct text *out, const struct error *err);

#endif
