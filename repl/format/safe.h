/* The one filter between data and a terminal: control characters, escape sequences and characters
 * that turn the reading direction become visible marks. */
#ifndef FORMAT_SAFE_H
#define FORMAT_SAFE_H

#include "base/text.h"

/* What passes although it is a control character. */
enum safe_keep { SAFE_KEEP_NONE, SAFE_KEEP_LINES = 1 /* \n */, SAFE_KEEP_TABS = 2 /* \t */ };

/* Appends the bytes with every dangerous one shown: ESC as ␛ (\x1b with ascii), U+202E as <U+202E>,
 * a byte that is no UTF-8 as \xNN. What is harmless passes as it is. */
void safe_append(struct text *out, const char *bytes, size_t length, unsigned keep, bool ascii);

#endif
