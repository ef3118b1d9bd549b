/* Money: an exact count of minor units in one ISO 4217 currency. No floating point is
 * stored; multiplying by a number rounds half away from zero, once. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct money {
  int64_t minor;    /* 1054.00 USD is 105400 */
  char currency[4]; /* "USD" */
};

/* Digits after the point: 2 for USD, 0 for JPY, 3 for KWD. -1: not an ISO 4217 code. */
int money_digits(const char *currency);
/* Fails with ERROR_INVALID for an unknown currency, with a suggestion. */
bool money_from_minor(struct money *out, int64_t minor, const char *currency, struct error *err);
/* From a number of major units (a script's 1054.5); rounds to the minor unit. */
bool money_from_number(struct money *out, double major, const char *currency, struct error *err);
double money_to_number(struct money amount); /* major units, for ratios only */

/* Fail with ERROR_INVALID on overflow or when the currencies differ (no rate is invented). */
bool money_add(struct money *out, struct money a, struct money b, struct error *err);
bool money_subtract(struct money *out, struct money a, struct money b, struct error *err);
bool money_multiply(struct money *out, struct money a, double factor, struct error *err);
bool money_compare(int *out, struct money a, struct money b, struct error *err);

/* Appends "1054.00" (machine form, no currency) or "1,054.00 USD" (for people). */
void money_append_plain(struct text *out, struct money amount);
void money_append(struct text *out, struct money amount);
/* "1.2M USD", "37k USD"; below ten thousand as money_append(). For people who judge a size. */
void money_append_short(struct text *out, struct money amount);

/* What people type and spreadsheets export: 1054, 1054.5, 1,054.50, 1.054,50, "12 500,00 EUR",
 * $342.09K, 1.2M, 950k, €99, 5 млн руб, (1,200.00) and -1200 as negative, apostrophes and
 * no-break spaces as thousands marks. Suffixes k m b тыс млн млрд. Without a currency in the
 * text, `currency` is taken. "1,234" and "1.234" are read as thousands only if the other
 * grouping makes sense of it: refused as ambiguous unless `decimal` is '.' or ','
 * (0: not known). More decimals than the currency has are refused, not rounded (zeros are no loss).
 * Fails with ERROR_INVALID: what is wrong and an example. */
bool money_parse(struct money *out, const char *word, const char *currency, char decimal,
                 struct error *err);
/* The same grammar for a plain number (no currency sign allowed; a trailing % divides by 100). */
bool number_parse(double *out, const char *word, char decimal, struct error *err);
bool integer_parse(int64_t *out, const char *word, struct error *err);

#endif
