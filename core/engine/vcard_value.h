/* How the value of a vCard's property was written: quoted-printable, a charset, escapes. Private to
 * engine/vcard. */
#ifndef ENGINE_VCARD_VALUE_H
#define ENGINE_VCARD_VALUE_H

#include "engine/vcard.h"

/* The bytes that quoted-printable stands for (RFC 2045, 6.7). Fails with ERROR_DATA. */
bool vcard_unquote(struct text *out, const char *bytes, size_t length, struct error *err);
/* The bytes as UTF-8. charset: NULL where none is named; then `guess`, the encoding of the whole
 * file, holds for what is not UTF-8, or is found out when that is NULL too. Fails with ERROR_DATA.
 */
bool vcard_decode(struct text *out, const struct text *bytes, const char *charset,
                  const char *guess, struct error *err);
/* Fills value and parts. old: 2.1, where only \; and \, are escapes. Fails with ERROR_MEMORY. */
bool vcard_split(struct vcard_property *property, const char *text, bool old, struct error *err);

#endif
