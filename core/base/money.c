#include "base/money.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/amount.h"
#include "base/currency.h"
#include "base/error_place.h"
#include "base/translate.h"

__extension__ typedef __int128 wide;

static const char amount_form[] = N_("an amount; write it like 12500.00 EUR or 1.2M");
static const char number_form[] = N_("a number; write it like 1234.5");
static const char integer_form[] = N_("a whole number; write it like 1234");

static bool too_large(struct error *err, const char *word) {
  return error_set(err, ERROR_INVALID,
                   "'%s' is too large, amounts end at 9223372036854775807 minor units", word);
}

int money_digits(const char *currency) {
  return currency_digits(currency);
}

static bool check_currency(const char *currency, struct error *err) {
  if (currency_digits(currency) >= 0) {
    return true;
  }
  const char *meant = currency_suggest(currency);
  if (meant) {
    return error_set(err, ERROR_INVALID, "'%s' is not an ISO 4217 currency; did you mean '%s'?",
                     currency, meant);
  }
  return error_set(err, ERROR_INVALID,
                   "'%s' is not an ISO 4217 currency; write a code like USD or EUR", currency);
}

bool money_from_minor(struct money *out, int64_t minor, const char *currency, struct error *err) {
  if (!check_currency(currency, err)) {
    return false;
  }
  *out = (struct money){.minor = minor};
  memcpy(out->currency, currency, sizeof out->currency);
  return true;
}

static int64_t power_of_ten(int exponent) {
  int64_t power = 1;
  while (exponent-- > 0) {
    power *= 10;
  }
  return power;
}

/* The minor units in one major unit. */
static int64_t minor_per_major(const char *currency) {
  return power_of_ten(currency_digits(currency));
}

/* A number as people mean it: the shortest decimal that reads back as the same double, so
 * that 0.15 is 15/100 and not 0.1499999999999999944. value = mantissa × 10^exponent. */
static void to_decimal(double number, int64_t *mantissa, int *exponent) {
  char buffer[32];
  int digits = 15;
  do {
    snprintf(buffer, sizeof buffer, "%.*e", digits - 1, number);
  } while (strtod(buffer, NULL) != number && ++digits <= 17);
  const char *at = buffer;
  *mantissa = 0;
  for (; *at != 'e'; at++) {
    if (*at >= '0' && *at <= '9') {
      *mantissa = *mantissa * 10 + (*at - '0');
    }
  }
  *mantissa = number < 0 ? -*mantissa : *mantissa;
  *exponent = (int)strtol(at + 1, NULL, 10) - (digits <= 17 ? digits : 17) + 1;
}

static wide divide_rounding(wide number, int exponent) {
  if (exponent > 37) {
    return 0;
  }
  wide divisor = 1;
  while (exponent-- > 0) {
    divisor *= 10;
  }
  wide quotient = number / divisor;
  wide rest = number % divisor;
  rest = rest < 0 ? -rest : rest;
  if (rest * 2 >= divisor) {
    quotient += number < 0 ? -1 : 1;
  }
  return quotient;
}

/* units × factor, half away from zero; false when it does not fit. */
static bool scale(int64_t *out, int64_t units, double factor) {
  if (!isfinite(factor)) {
    return false;
  }
  int64_t mantissa;
  int exponent;
  to_decimal(factor, &mantissa, &exponent);
  wide product = (wide)units * mantissa;
  if (exponent < 0) {
    product = divide_rounding(product, -exponent);
  }
  for (; exponent > 0 && product != 0; exponent--) {
    if (product > INT64_MAX || product < INT64_MIN) {
      return false;
    }
    product *= 10;
  }
  if (product > INT64_MAX || product < INT64_MIN) {
    return false;
  }
  *out = (int64_t)product;
  return true;
}

bool money_from_number(struct money *out, double major, const char *currency, struct error *err) {
  int64_t minor;
  if (!check_currency(currency, err)) {
    return false;
  }
  if (!scale(&minor, minor_per_major(currency), major)) {
    return error_set(err, ERROR_INVALID, "%g is too large for an amount of money", major);
  }
  return money_from_minor(out, minor, currency, err);
}

double money_to_number(struct money amount) {
  return (double)amount.minor / (double)minor_per_major(amount.currency);
}

static bool same_currency(struct money a, struct money b, const char *verb, struct error *err) {
  if (strcmp(a.currency, b.currency) == 0) {
    return true;
  }
  return error_set(err, ERROR_INVALID,
                   "cannot %s %s and %s: convert one of them first, no rate is assumed",
                   translate(verb), a.currency, b.currency);
}

bool money_add(struct money *out, struct money a, struct money b, struct error *err) {
  if (!same_currency(a, b, N_("add"), err)) {
    return false;
  }
  int64_t minor;
  if (__builtin_add_overflow(a.minor, b.minor, &minor)) {
    return error_set(err, ERROR_INVALID, "the sum in %s is too large", a.currency);
  }
  *out = a;
  out->minor = minor;
  return true;
}

bool money_subtract(struct money *out, struct money a, struct money b, struct error *err) {
  if (!same_currency(a, b, N_("subtract"), err)) {
    return false;
  }
  int64_t minor;
  if (__builtin_sub_overflow(a.minor, b.minor, &minor)) {
    return error_set(err, ERROR_INVALID, "the difference in %s is too large", a.currency);
  }
  *out = a;
  out->minor = minor;
  return true;
}

bool money_multiply(struct money *out, struct money a, double factor, struct error *err) {
  int64_t minor;
  if (!scale(&minor, a.minor, factor)) {
    return error_set(err, ERROR_INVALID, "the amount in %s times %g is too large", a.currency,
                     factor);
  }
  *out = a;
  out->minor = minor;
  return true;
}

bool money_compare(int *out, struct money a, struct money b, struct error *err) {
  if (!same_currency(a, b, N_("compare"), err)) {
    return false;
  }
  *out = a.minor < b.minor ? -1 : a.minor > b.minor;
  return true;
}

/* "-1054.50", terminated; 24 digits, a sign and a mark fit. */
static void write_plain(char out[32], struct money amount) {
  uint64_t units = amount.minor < 0 ? 0 - (uint64_t)amount.minor : (uint64_t)amount.minor;
  uint64_t per_major = (uint64_t)minor_per_major(amount.currency);
  int length = snprintf(out, 32, "%s%" PRIu64, amount.minor < 0 ? "-" : "", units / per_major);
  if (per_major > 1)
    snprintf(out + length, 32 - (size_t)length, ".%0*" PRIu64, currency_digits(amount.currency),
             units % per_major);
}

void money_append_plain(struct text *out, struct money amount) {
  char plain[32];
  write_plain(plain, amount);
  text_append(out, plain);
}

void money_append(struct text *out, struct money amount) {
  char plain[32];
  write_plain(plain, amount);
  translate_number(out, plain, 4);
  text_format(out, " %s", amount.currency);
}

/* Digits that would be lost must be zeros. */
static bool is_exact(const struct amount *amount, int kept) {
  for (int i = kept > 0 ? kept : 0; i < amount->count; i++) {
    if (amount->digits[i] != '0') {
      return false;
    }
  }
  return true;
}

/* "1.2", without a zero behind the point, as the language in use writes it. */
static void append_tenths(struct text *out, double number) {
  char plain[32];
  int length = snprintf(plain, sizeof plain, "%.1f", number);
  if (plain[length - 1] == '0')
    plain[length - 2] = 0;
  translate_number(out, plain, 5);
}

void money_append_short(struct text *out, struct money amount) {
  double major = money_to_number(amount), size = fabs(major);
  double unit = size < 999950 ? 1e3 : size < 999.95e6 ? 1e6 : 1e9;
  struct text number = {0};
  if (size < 1e4) {
    money_append(out, amount);
    return;
  }
  append_tenths(&number, major / unit);
  if (unit < 1e6)
    text_format(out, translate("%sk %s"), text_string(&number), amount.currency);
  else if (unit < 1e9)
    text_format(out, translate("%sM %s"), text_string(&number), amount.currency);
  else
    text_format(out, translate("%sB %s"), text_string(&number), amount.currency);
  text_release(&number);
}

/* The digits × 10^shift; false when it does not fit. Digits below the unit are left out. */
static bool to_units(int64_t *out, const struct amount *amount, int shift) {
  int64_t units = 0;
  int kept = amount->count + (shift < 0 ? shift : 0);
  for (int i = 0; i < kept; i++) {
    if (__builtin_mul_overflow(units, 10, &units) ||
        __builtin_add_overflow(units, amount->digits[i] - '0', &units)) {
      return false;
    }
  }
  for (; shift > 0 && units != 0; shift--) {
    if (__builtin_mul_overflow(units, 10, &units)) {
      return false;
    }
  }
  *out = amount->negative ? -units : units;
  return true;
}

/* What is written in letters beside the digits could be a currency: "5 EUX". */
static const char *meant_currency(const char *word) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  char code[8];
  const char *at = word + strcspn(word, letters);
  size_t length = strspn(at, letters);
  if (!strpbrk(word, "0123456789") || length < 3 || length >= sizeof code) {
    return NULL;
  }
  memcpy(code, at, length);
  code[length] = '\0';
  return currency_suggest(code);
}

static bool refuse(const char *word, const char *form, struct error *err) {
  error_set(err, ERROR_INVALID, "'%s' is not %s", word, translate(form));
  error_find_hint(err);
  return false;
}

bool money_parse(struct money *out, const char *word, const char *currency, char decimal,
                 struct error *err) {
  struct amount amount;
  if (!amount_read(&amount, word, decimal, amount_form, err)) {
    const char *near = err->code == ERROR_INVALID ? meant_currency(word) : NULL;
    return near &&
           error_set(err, ERROR_INVALID, "'%s' is not an amount; did you mean '%s'?", word, near);
  }
  if (amount.percent) {
    return refuse(word, amount_form, err);
  }
  const char *code = amount.currency ? amount.currency : currency;
  if (!code) {
    return error_set(err, ERROR_INVALID, "'%s' has no currency; write it like 12500.00 EUR", word);
  }
  if (!check_currency(code, err)) {
    return false;
  }
  int digits = currency_digits(code);
  int shift = amount.exponent - amount.fraction + digits;
  if (shift < 0 && !is_exact(&amount, amount.count + shift)) {
    return error_set(err, ERROR_INVALID, "'%s' has more decimals than %s, which has %d", word, code,
                     digits);
  }
  int64_t minor;
  if (!to_units(&minor, &amount, shift)) {
    return too_large(err, word);
  }
  return money_from_minor(out, minor, code, err);
}

bool number_parse(double *out, const char *word, char decimal, struct error *err) {
  struct amount amount;
  if (!amount_read(&amount, word, decimal, number_form, err)) {
    return false;
  }
  if (amount.currency) {
    return error_set(err, ERROR_INVALID, "'%s' is not %s, without %s", word, translate(number_form),
                     amount.currency);
  }
  /* an exponent instead of a point: strtod expects the point of the locale */
  char buffer[AMOUNT_DIGITS + 16];
  int exponent = amount.exponent - amount.fraction - (amount.percent ? 2 : 0);
  snprintf(buffer, sizeof buffer, "%s%se%d", amount.negative ? "-" : "", amount.digits, exponent);
  double number = strtod(buffer, NULL);
  if (!isfinite(number)) {
    return error_set(err, ERROR_INVALID, "'%s' is too large for a number", word);
  }
  *out = number;
  return true;
}

bool integer_parse(int64_t *out, const char *word, struct error *err) {
  struct amount amount;
  if (!amount_read(&amount, word, '.', integer_form, err)) {
    return false;
  }
  int shift = amount.exponent - amount.fraction;
  if (amount.currency || amount.percent ||
      (shift < 0 && !is_exact(&amount, amount.count + shift))) {
    return refuse(word, integer_form, err);
  }
  if (!to_units(out, &amount, shift)) {
    return error_set(err, ERROR_INVALID, "'%s' is too large for a whole number", word);
  }
  return true;
}
