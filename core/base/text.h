/* Growing UTF-8 text and what the product must know about Unicode: case folding,
 * normalisation, width on a terminal. Built on utf8proc. Not for: encodings other
 * than UTF-8 (engine/decode), money and dates (their own files). */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* {0} is an empty text. Appending never fails in the caller's face: running out of
 * memory sets `failed`, further appends do nothing, and text_check() reports it once. */
struct text {
  char *data; /* owned, always terminated once something was appended; may be NULL */
  size_t length;
  size_t capacity;
  bool failed;
};

void text_release(struct text *text); /* back to {0} */
void text_clear(struct text *text);   /* empty, the memory kept */
void text_append(struct text *text, const char *string);
void text_append_bytes(struct text *text, const char *bytes, size_t length);
void text_append_char(struct text *text, char byte);
void text_append_integer(struct text *text, int64_t integer); /* in digits */
void text_append_repeat(struct text *text, const char *string, size_t times);
void text_format(struct text *text, const char *format, ...) /* appends */
    __attribute__((format(printf, 2, 3)));
void text_format_list(struct text *text, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Fails with ERROR_MEMORY if any append before ran out of memory. */
bool text_check(const struct text *text, struct error *err);
/* The contents as a string that the caller owns; the text is empty afterwards. NULL on
 * failure (then err is set). Never NULL on success. */
char *text_take(struct text *text, struct error *err);
/* The contents, borrowed until the next change; "" when empty. */
const char *text_string(const struct text *text);

/* Whether the bytes are well-formed UTF-8; *position is the first bad byte if not. */
bool text_is_utf8(const char *bytes, size_t length, size_t *position);

/* Whether they certainly are, and in NFC. Fast; false says nothing. */
bool text_is_normal(const char *bytes, size_t length);

/* Appends the NFC form, so that equal-looking words are equal bytes. Bytes that are not
 * UTF-8 become U+FFFD. */
void text_append_normal(struct text *text, const char *bytes, size_t length);
/* Appends the form used to compare without case: NFKC, full case folding, no ignorables;
 * ё folds to е. "ООО Ёлка" and "ооо елка" give the same bytes. */
void text_append_folded(struct text *text, const char *bytes, size_t length);
/* The folded form without marks on letters: "Müller" is "muller", "Юрий" "юрии". */
void text_append_bare(struct text *text, const char *bytes, size_t length);
/* Appends the text in small or in capital letters, letter by letter, whatever the locale: "Ёлка" is
 * "ёлка", "ЁЛКА". Bytes that are not UTF-8 stay as they are. */
void text_append_lower(struct text *text, const char *bytes, size_t length);
void text_append_upper(struct text *text, const char *bytes, size_t length);
/* <0, 0, >0 in the order a reader expects: folded first, bytes to break ties. */
int text_compare(const char *a, const char *b);
/* Whether `part` occurs in `whole`, ignoring case as text_append_folded does. */
bool text_contains(const char *whole, const char *part);
/* Whether `whole` begins with `part`, ignoring case likewise. */
bool text_starts(const char *whole, const char *part);
/* Whether `whole` ends with `part`, ignoring case likewise. */
bool text_ends(const char *whole, const char *part);

/* Columns on a terminal: grapheme clusters counted once; CJK and emoji 2, combining 0,
 * control characters 0 (the output filter shows them as something else). */
size_t text_width(const char *bytes, size_t length);
/* Byte length of the first grapheme cluster (≥ 1 if length > 0); *width its columns. */
size_t text_grapheme(const char *bytes, size_t length, size_t *width);
/* Bytes of the longest run of whole graphemes that is at most `columns` wide. */
size_t text_fit(const char *bytes, size_t length, size_t columns);

/* Damerau-Levenshtein distance over code points of the folded forms. */
size_t text_distance(const char *a, const char *b);
/* The candidate nearest to the word, or NULL when none is near enough to be what was
 * meant (distance ≤ 1 for up to 4 letters, ≤ 2 up to 8, ≤ 3 above; a unique prefix of at
 * least 3 letters counts as near, and one of the words it is made of: reason of lost_reason). */
const char *text_suggest(const char *word, const char *const *candidates, size_t count);

/* "2.8.0", of the library that knows Unicode. */
const char *text_library_version(void);

#endif
