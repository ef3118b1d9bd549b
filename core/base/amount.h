/* The grammar of written amounts that money and numbers share: sign, thousands marks, decimal
 * mark, suffix (k, млн), currency. Digits stay digits: nothing is rounded here. Not for
 * callers outside core/base: they use money_parse() and number_parse(). */
#ifndef BASE_AMOUNT_H
#define BASE_AMOUNT_H

#include "base/error.h"

enum { AMOUNT_DIGITS = 320 }; /* more than a double can hold */

/* digits × 10^(exponent − fraction), negated and divided by 100 as said. */
struct amount {
  char digits[AMOUNT_DIGITS + 1]; /* terminated */
  int count;                      /* of digits, ≥ 1 */
  int fraction;                   /* how many of them stand after the decimal mark */
  int exponent;                   /* 6 for "млн" */
  bool negative;
  bool percent;
  const char *currency; /* static; NULL: none was written */
};

/* `decimal` is '.', ',' or 0 (not known). `what` ends the refusal "'5 x' is not …".
 * Fails with ERROR_INVALID. */
bool amount_read(struct amount *out, const char *word, char decimal, const char *what,
                 struct error *err);

#endif
