/* What a person reads, in the language they read: one catalogue of translated texts, made from
 * core/translations/<language>.po and compiled into the program. Not for: titles that declarations
 * bring in several languages themselves, names and values that are typed. */
#ifndef BASE_TRANSLATE_H
#define BASE_TRANSLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Marks a text for the catalogue where nothing can be called: in a table. It is translated where it
 * is shown. */
#define N_(text) text

/* Chooses the language of this thread from here on: "en" (the texts themselves; also NULL) or one
 * with a catalogue. Returns false, and stays at what it was, when there is none. */
bool translate_use(const char *language);

/* The language in use: "en", "ru". */
const char *translate_language(void);

/* The languages that can be chosen, "en" first, ended by NULL. */
extern const char *const translate_languages[];

/* The text in the language in use, or itself when the catalogue does not have it; valid for ever.
 * What is translated is the very text, so it must be a whole sentence or title. NULL in, NULL out.
 */
const char *translate(const char *text) __attribute__((format_arg(1)));

/* The same in another language than the one in use: for what is read, not shown. Itself in "en" and
 * where there is none. */
const char *translate_into(const char *language, const char *text);

/* The form that stands with the number: "%d deal", "%d deals". */
const char *translate_plural(const char *one, const char *many, int64_t number)
    __attribute__((format_arg(1), format_arg(2)));

/* Appends a plain number ("-12500.5") with the marks of the language in use: "-12,500.5",
 * «-12 500,5». Groups are marked when it has at least `least` digits before the decimal mark. */
void translate_number(struct text *out, const char *plain, size_t least);

/* What a declaration says in both languages itself: the Russian text when Russian is in use and
 * there is one. */
const char *translate_twin(const char *text, const char *text_ru);

#endif
