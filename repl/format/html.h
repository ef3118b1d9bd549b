/* What parts of a page share. */
#ifndef FORMAT_HTML_H
#define FORMAT_HTML_H

#include "base/text.h"

/* The one escaping function: safe between tags and between quotes. */
void html_append_text(struct text *out, const char *text);

#endif
