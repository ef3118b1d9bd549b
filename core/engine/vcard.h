/* Reads business cards: vCard 2.1 (versit 1996), 3.0 (RFC 2425, 2426) and 4.0 (RFC 6350, 6868), as
 * telephones, mail programs and scanners at exhibitions write them. Pull, one card at a time. Not
 * for: what becomes of a card (scripts).
 *
 * Taken as meant, beyond the letter of the three: any end of line, quoted-printable in every
 * version, types without "TYPE=", a card inside a card (2.1: AGENT; its properties carry the group
 * "AGENT"), a missing VERSION, bytes of a legacy encoding without CHARSET (found out as
 * engine/decode does), a file in UTF-16.
 *
 * Malformed, with the line: a line without a colon, a property outside of a card, a card never
 * ended, a version nobody knows, a charset nobody knows or bytes that mean nothing in it, "=" in
 * quoted-printable without two digits, a NUL byte, a limit exceeded. Reading goes on at the next
 * card. */
#ifndef ENGINE_VCARD_H
#define ENGINE_VCARD_H

#include <stddef.h>

#include "base/list.h"
#include "base/text.h"

enum {
  VCARD_LINE_MAX = 8 * 1024 * 1024, /* bytes of an unfolded line */
  VCARD_PROPERTIES_MAX = 1000,      /* of one card */
};

struct vcard_parameter {
  char *name;  /* in capital letters: "TYPE" */
  char *value; /* one of several is a parameter of its own */
};

struct vcard_property {
  char *group, *name;     /* in capital letters; the group may be NULL */
  struct list parameters; /* of struct vcard_parameter */
  char *value;            /* UTF-8, escapes undone; of binary: as written, without blanks */
  struct list parts;      /* of char *: what the semicolons divide */
  bool binary;            /* base64: a photo, a key */
  size_t line;            /* where it starts, from 1 */
};

struct vcard {
  char *version; /* "2.1"; "" when it says none */
  struct list
      properties; /* of struct vcard_property, in their order, without BEGIN, VERSION, END */
  size_t line;    /* of BEGIN */
};

struct vcard_reader;

/* The bytes are borrowed until vcard_close. Fails with ERROR_DATA when the encoding of the whole
 * file can't be read. */
bool vcard_open(struct vcard_reader **out, const char *bytes, size_t length, struct error *err);
void vcard_close(struct vcard_reader *reader); /* NULL is fine */
/* The next card, borrowed until the next call; *card is NULL at the end. Fails with ERROR_DATA,
 * "line 12: …", for a malformed one; the next call gives the card after it. */
bool vcard_next(struct vcard_reader *reader, const struct vcard **card, struct error *err);

/* Whether a parameter of that name has the value, in any case of letters: TYPE=work. */
bool vcard_has(const struct vcard_property *property, const char *name, const char *value);
/* The first value of the parameter; NULL: none. Borrowed. */
const char *vcard_parameter(const struct vcard_property *property, const char *name);

#endif
