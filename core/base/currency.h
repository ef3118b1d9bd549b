/* The currencies of ISO 4217 and the signs and words people write for them. Not for:
 * amounts (money.h), rates (there are none). Used by money and amount only. */
#ifndef BASE_CURRENCY_H
#define BASE_CURRENCY_H

#include <stdbool.h>
#include <stddef.h>

/* Digits after the point, or -1 if the code is not known. Codes are capitals. */
int currency_digits(const char *code);

/* The code meant by a folded word or sign: "usd", "$", "руб." NULL: none. Static. */
const char *currency_from_word(const char *folded, size_t length);

/* The code that was probably meant; NULL: nothing is near. Static. */
const char *currency_suggest(const char *word);

#endif
