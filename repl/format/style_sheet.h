/* What pages and pictures look like. */
#ifndef FORMAT_STYLE_SHEET_H
#define FORMAT_STYLE_SHEET_H

#include "base/text.h"

/* The style sheet of a page with all that may be on it. */
void style_sheet_append_page(struct text *out);
/* The part of it that a picture in a file of its own needs. */
void style_sheet_append_picture(struct text *out);

#endif
