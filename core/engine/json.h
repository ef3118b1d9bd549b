/* The one place that writes JSON: escaping, numbers, values. Appends to a text; not for reading. */
#ifndef ENGINE_JSON_H
#define ENGINE_JSON_H

#include "base/text.h"
#include "base/value.h"

/* "…" with quotes, backslashes and control characters escaped, and U+FFFD for a byte that is not
 * UTF-8, which JSON can't hold; NULL gives null. */
void json_text(struct text *out, const char *string);
void json_text_bytes(struct text *out, const char *bytes, size_t length);
/* The shortest form that reads back equal; null for what is no number. */
void json_number(struct text *out, double number);
/* Money as {"amount":"1054.00","currency":"USD"}, dates and instants as ISO text, NULL as null. */
void json_value(struct text *out, const struct value *value);

#endif
