/* Texts for people broken between words where the terminal ends. What cannot be broken stays whole.
 */
#ifndef FORMAT_WRAP_H
#define FORMAT_WRAP_H

#include "base/text.h"

/* Appends one line that begins in the column `start`; lines after the first begin in the column
 * `indent`. None is wider than `width` unless a word is. */
void wrap_line(struct text *out, const char *line, size_t length, size_t start, size_t indent,
               size_t width);
/* Appends lines. What goes on stands under where its own words began: behind the mark of a list,
 * in the second column of a listing, else two columns further in. width 0: as they are. */
void wrap_append(struct text *out, const char *lines, size_t length, size_t width);
/* The same of text that has not passed the filter before a terminal yet. */
void wrap_append_safe(struct text *out, const char *lines, size_t length, size_t width, bool ascii);

#endif
