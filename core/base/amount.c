#include "base/amount.h"

#include <string.h>

#include "base/currency.h"
#include "base/error_place.h"
#include "base/text.h"
#include "base/translate.h"

enum { MAX_MARKS = AMOUNT_DIGITS / 3 };

struct suffix {
  const char *folded;
  int exponent;
};

static const struct suffix suffixes[] = {
    {"k",                    3},
    {"m",                    6},
    {"b",                    9},
    {"bn",                   9},
    {"mln",                  6},
    {"к",                   3},
    {"тыс",               3},
    {"тыс.",              3},
    {"тысяча",         3},
    {"тысячи",         3},
    {"тысяч",           3},
    {"млн",               6},
    {"млн.",              6},
    {"миллион",       6},
    {"миллиона",     6},
    {"миллионов",   6},
    {"млрд",             9},
    {"млрд.",            9},
    {"миллиард",     9},
    {"миллиарда",   9},
    {"миллиардов", 9},
};

/* What people's keyboards and spreadsheets write for the plain signs. No-break and thin
 * spaces are already spaces after folding. */
static const struct {
  const char *written;
  char plain;
} signs[] = {
    {"\xE2\x80\x99", '\''}, /* ’ */
    {"\xE2\x80\x98", '\''}, /* ‘ */
    {"\xCA\xBC",     '\''}, /* ʼ */
    {"\xE2\x88\x92", '-' }, /* − */
    {"\xE2\x80\x93", '-' }, /* – */
    {"\t",           ' ' },
};

/* A piece of the folded text. */
struct piece {
  const char *start;
  const char *end;
};

/* A thousands or decimal mark and how many digits stand before it. */
struct mark {
  char kind;
  int at;
};

struct body {
  struct mark marks[MAX_MARKS];
  int mark_count;
  char decimal;    /* known decimal mark, or 0 */
  bool scientific; /* an exponent follows: the mark is decimal */
};

static bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

static size_t count_digits(const char *text) {
  size_t count = 0;
  for (; *text; text++) {
    count += is_digit(*text);
  }
  return count;
}

static void append_plain_signs(struct text *out, const char *folded) {
  while (*folded) {
    size_t step = 1;
    char plain = *folded;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
      size_t length = strlen(signs[i].written);
      if (strncmp(folded, signs[i].written, length) == 0) {
        plain = signs[i].plain;
        step = length;
      }
    }
    text_append_char(out, plain);
    folded += step;
  }
}

/* Folding turns "5²" into "52": a word that gains digits is not an amount. */
static bool simplify(struct text *out, const char *word) {
  struct text folded = {0};
  text_append_folded(&folded, word, strlen(word));
  out->failed = folded.failed;
  append_plain_signs(out, text_string(&folded));
  bool same = count_digits(word) == count_digits(text_string(&folded));
  text_release(&folded);
  return same;
}

static bool starts_number(const char *at, const char *start) {
  if (is_digit(*at)) {
    return true;
  }
  bool is_mark = *at == '.' || *at == ',';
  return is_mark && is_digit(at[1]) && (at == start || !is_letter(at[-1]));
}

/* Takes spaces and signs off one byte of a head; false: it is something else. */
static bool take_sign(char byte, struct amount *out, bool *bracket, int *sign_count) {
  switch (byte) {
  case ' ':
    return true;
  case '(':
    *bracket = true;
    break;
  case '-':
    out->negative = true;
    break;
  case '+':
    break;
  default:
    return false;
  }
  (*sign_count)++;
  return true;
}

/* "-$", "usd (" or nothing. */
static bool read_head(struct piece head, struct amount *out, bool *bracket) {
  int sign_count = 0;
  while (head.start < head.end && take_sign(*head.start, out, bracket, &sign_count)) {
    head.start++;
  }
  while (head.start < head.end && take_sign(head.end[-1], out, bracket, &sign_count)) {
    head.end--;
  }
  out->negative = out->negative || *bracket;
  if (head.start < head.end) {
    out->currency = currency_from_word(head.start, (size_t)(head.end - head.start));
    return out->currency && sign_count <= 1;
  }
  return sign_count <= 1;
}

static bool is_mark(const char *at) {
  return *at && strchr(".,' ", *at) && is_digit(at[1]);
}

/* Digits and the marks between them; *at ends behind the last digit. */
static bool read_body(const char **at, struct amount *out, struct body *body) {
  for (; is_digit(**at) || is_mark(*at); (*at)++) {
    if (is_digit(**at)) {
      if (out->count == AMOUNT_DIGITS) {
        return false;
      }
      out->digits[out->count++] = **at;
    } else {
      if (body->mark_count == MAX_MARKS) {
        return false;
      }
      body->marks[body->mark_count++] = (struct mark){**at, out->count};
    }
  }
  return true;
}

/* Whether the first `count` marks are thousands marks of one kind in the digits up to `end`. */
static bool is_grouped(const struct mark *marks, int count, int end) {
  if (marks[0].at < 1 || marks[0].at > 3) {
    return false;
  }
  for (int i = 0; i < count; i++) {
    int next = i + 1 < count ? marks[i + 1].at : end;
    if (next - marks[i].at != 3 || marks[i].kind != marks[0].kind) {
      return false;
    }
  }
  return true;
}

/* One point or comma: decimal, unless three digits follow it; then only `decimal` tells. */
static bool place_single(const struct body *body, struct amount *out, const char *word,
                         const char *what, struct error *err) {
  struct mark mark = body->marks[0];
  bool could_group = is_grouped(body->marks, 1, out->count) && out->digits[0] != '0';
  bool is_decimal = !could_group || body->scientific || body->decimal == mark.kind;
  if (is_decimal) {
    out->fraction = out->count - mark.at;
    return true;
  }
  if (body->decimal != 0) {
    return true;
  }
  return error_set(err, ERROR_INVALID, "'%s' is not %s: it can be %s or %.*s.%s", word,
                   translate(what), out->digits, mark.at, out->digits, out->digits + mark.at);
}

/* Finds out which marks group thousands and which is the decimal one. */
static bool place_decimal(const struct body *body, struct amount *out, const char *word,
                          const char *what, struct error *err) {
  int count = body->mark_count;
  if (count == 0) {
    return true;
  }
  struct mark last = body->marks[count - 1];
  bool can_be_decimal = last.kind == '.' || last.kind == ',';
  if (count == 1 && can_be_decimal) {
    return place_single(body, out, word, what, err);
  }
  bool valid;
  if (last.kind == body->marks[0].kind) {
    valid = is_grouped(body->marks, count, out->count);
  } else {
    valid = can_be_decimal && is_grouped(body->marks, count - 1, last.at);
    out->fraction = out->count - last.at;
  }
  return valid || error_set(err, ERROR_INVALID, "'%s' is not %s", word, translate(what));
}

static struct piece trim(struct piece piece) {
  while (piece.start < piece.end && *piece.start == ' ') {
    piece.start++;
  }
  while (piece.start < piece.end && piece.end[-1] == ' ') {
    piece.end--;
  }
  return piece;
}

static bool is_scientific(struct piece tail) {
  const char *at = tail.start;
  if (at == tail.end || *at++ != 'e') {
    return false;
  }
  at += at < tail.end && (*at == '+' || *at == '-');
  ptrdiff_t length = tail.end - at;
  while (at < tail.end && is_digit(*at)) {
    at++;
  }
  return at == tail.end && length >= 1 && length <= 3;
}

static int read_exponent(const char *at) {
  bool negative = at[1] == '-';
  at += negative || at[1] == '+' ? 2 : 1;
  int exponent = 0;
  for (; is_digit(*at); at++) {
    exponent = exponent * 10 + (*at - '0');
  }
  return negative ? -exponent : exponent;
}

/* The second currency of a text must be the first one again: "$5 USD". */
static bool take_currency(struct piece piece, struct amount *out) {
  const char *currency = currency_from_word(piece.start, (size_t)(piece.end - piece.start));
  if (!currency || (out->currency && strcmp(out->currency, currency) != 0)) {
    return false;
  }
  out->currency = currency;
  return true;
}

/* "", "eur", "k", "млн руб." */
static bool read_words(struct piece tail, struct amount *out) {
  if (tail.start == tail.end || take_currency(tail, out)) {
    return true;
  }
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
    size_t length = strlen(suffixes[i].folded);
    if ((size_t)(tail.end - tail.start) < length ||
        memcmp(tail.start, suffixes[i].folded, length) != 0) {
      continue;
    }
    struct piece rest = trim((struct piece){tail.start + length, tail.end});
    if (rest.start == rest.end || take_currency(rest, out)) {
      out->exponent = suffixes[i].exponent;
      return true;
    }
  }
  return false;
}

/* What stands behind the digits; `bracket` must be closed, before or after the words. */
static bool read_tail(struct piece tail, struct amount *out, bool bracket) {
  tail = trim(tail);
  if (bracket && tail.start < tail.end && tail.end[-1] == ')') {
    tail.end--;
    bracket = false;
  } else if (bracket && tail.start < tail.end && *tail.start == ')') {
    tail.start++;
    bracket = false;
  }
  tail = trim(tail);
  if (bracket) {
    return false;
  }
  if (tail.start < tail.end && tail.end[-1] == '%') {
    out->percent = true;
    tail.end--;
    tail = trim(tail);
  }
  if (is_scientific(tail)) {
    out->exponent = read_exponent(tail.start);
    return true;
  }
  return read_words(tail, out);
}

static bool read_simple(struct amount *out, const struct text *simple, struct body *body) {
  const char *start = text_string(simple);
  const char *end = start + simple->length;
  const char *at = start;
  while (*at && !starts_number(at, start)) {
    at++;
  }
  bool bracket = false;
  if (!*at || !read_head((struct piece){start, at}, out, &bracket) || !read_body(&at, out, body)) {
    return false;
  }
  struct piece tail = {at, end};
  body->scientific = is_scientific(trim(tail));
  return read_tail(tail, out, bracket);
}

/* "1200", "-1200", "1200.50": what files are full of, without the tables. A mark before three
 * digits may be another's thousands, so that is left to the full reading. */
static bool read_common(struct amount *out, const char *word) {
  const char *at = word;
  int whole;
  out->negative = *at == '-';
  at += out->negative;
  for (; is_digit(*at) && out->count < AMOUNT_DIGITS; at++) {
    out->digits[out->count++] = *at;
  }
  whole = out->count;
  if (whole > 0 && (*at == '.' || *at == ',')) {
    for (at++; is_digit(*at) && out->count < AMOUNT_DIGITS; at++) {
      out->digits[out->count++] = *at;
    }
    out->fraction = out->count - whole;
    if (out->fraction == 0 || out->fraction == 3) {
      return false;
    }
  }
  return whole > 0 && *at == '\0';
}

bool amount_read(struct amount *out, const char *word, char decimal, const char *what,
                 struct error *err) {
  struct text simple = {0};
  struct body body = {.decimal = decimal};
  *out = (struct amount){0};
  if (read_common(out, word)) {
    return true;
  }
  *out = (struct amount){0};
  bool plain = simplify(&simple, word);
  bool done = text_check(&simple, err);
  if (done && (!plain || !read_simple(out, &simple, &body))) {
    done = error_set(err, ERROR_INVALID, "'%s' is not %s", word, translate(what));
    error_find_hint(err);
  }
  done = done && place_decimal(&body, out, word, what, err);
  text_release(&simple);
  return done;
}
