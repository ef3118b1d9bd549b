/* A document as text for a terminal: wrapped, indented, tables as everywhere. */
#ifndef FORMAT_DOCUMENT_H
#define FORMAT_DOCUMENT_H

#include "engine/document.h"
#include "repl/format/format.h"

bool document_write(const struct result *result, const struct style *style, struct text *out,
                    struct error *err);

#endif
