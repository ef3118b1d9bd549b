/* Whether two names, telephone numbers or addresses are likely the same, however they are written:
 * in Cyrillic or Latin letters, with letters of one that look like those of the other, with or
 * without a legal form. Not for: which records are doubles (engine/duplicates). */
#ifndef BASE_LIKENESS_H
#define BASE_LIKENESS_H

#include "base/text.h"

/* A company's legal form does not count; of people two names in any order are enough. */
enum name_of { NAME_OF_COMPANY, NAME_OF_PERSON };

/* A name taken apart: words in small letters separated by blanks, as many in each. */
struct likeness {
  struct text sound; /* as one hears it, in Latin letters: "Юрий", "Yuri", "Yury" are "iuri" */
  struct text shape; /* as one sees it: Cyrillic "АСЕ" and Latin "ACE" are "ace" */
  enum name_of of;
};

/* {0} is an empty one. Fails with ERROR_MEMORY. */
bool likeness_init(struct likeness *likeness, const char *name, enum name_of of, struct error *err);
void likeness_release(struct likeness *likeness);
/* From 0, nothing in common, to 1. Words that differ in a number are different. */
double likeness_compare(const struct likeness *a, const struct likeness *b);
/* Jaro and Winkler's likeness of two words, 0 to 1, by bytes. */
double likeness_of_words(const char *a, size_t a_length, const char *b, size_t b_length);

/* Appends an address as it is compared: small letters, without what stands behind a + in the name;
 * the dots of gmail.com mean nothing. What holds no @ appends nothing. */
void likeness_append_email(struct text *out, const char *email);
/* Appends the digits, without an extension; 8 and ten digits are +7 and ten digits. */
void likeness_append_phone(struct text *out, const char *phone);

/* The parts of likeness_init(), for likeness.c and tests. */

/* The sound of one word in small letters without marks (text_append_bare). Appended. */
void likeness_append_sound(struct text *out, const char *word, size_t length);
/* Its shape. Appended. */
void likeness_append_shape(struct text *out, const char *word, size_t length);
/* Letters of one script that stand in for those of the other, in a word of both, become what was
 * meant: the script that has more letters. Appended. */
void likeness_append_mended(struct text *out, const char *word, size_t length);

#endif
