/* What e-mail addresses, phone numbers and web addresses look like: generous, because a real one
 * must never be refused. Not for: whether they work. */
#ifndef MODEL_SHAPE_H
#define MODEL_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

bool shape_is_email(const char *bytes, size_t length); /* name@host.domain */
bool shape_is_phone(const char *bytes, size_t length); /* at least 3 digits, and marks between */
bool shape_is_url(const char *bytes, size_t length);   /* [scheme://]host.domain[/…] */

#endif
