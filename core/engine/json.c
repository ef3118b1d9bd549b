#include "engine/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void escape(struct text *out, unsigned char byte) {
  static const char letters[][2] = {
      {'"',  '"' },
      {'\\', '\\'},
      {'\b', 'b' },
      {'\f', 'f' },
      {'\n', 'n' },
      {'\r', 'r' },
      {'\t', 't' }
  };
  for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
    if ((unsigned char)letters[i][0] == byte) {
      text_append_char(out, '\\');
      text_append_char(out, letters[i][1]);
      return;
    }
  text_format(out, "\\u%04x", byte);
}

static bool is_plain(unsigned char byte) {
  return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
}

static void append_escaped(struct text *out, const char *bytes, size_t length) {
  size_t start = 0;
  for (size_t i = 0; i < length; i++) {
    if (is_plain((unsigned char)bytes[i]))
      continue;
    text_append_bytes(out, bytes + start, i - start);
    escape(out, (unsigned char)bytes[i]);
    start = i + 1;
  }
  text_append_bytes(out, bytes + start, length - start);
}

void json_text_bytes(struct text *out, const char *bytes, size_t length) {
  size_t valid = 0;
  text_append_char(out, '"');
  while (!text_is_utf8(bytes, length, &valid)) {
    append_escaped(out, bytes, valid);
    text_append(out, "\xef\xbf\xbd");
    bytes += valid + 1;
    length -= valid + 1;
  }
  append_escaped(out, bytes, length);
  text_append_char(out, '"');
}

void json_text(struct text *out, const char *string) {
  if (!string)
    text_append(out, "null");
  else
    json_text_bytes(out, string, strlen(string));
}

void json_number(struct text *out, double number) {
  if (!isfinite(number)) {
    text_append(out, "null");
    return;
  }
  if (fabs(number) < 1e15 && number == trunc(number)) {
    text_append_integer(out, (int64_t)number);
    return;
  }
  char digits[32];
  for (int precision = 15; precision <= 17; precision++) {
    snprintf(digits, sizeof digits, "%.*g", precision, number);
    if (strtod(digits, NULL) == number)
      break;
  }
  text_append(out, digits);
}

static void append_money(struct text *out, struct money amount) {
  text_append(out, "{\"amount\":\"");
  money_append_plain(out, amount);
  text_append(out, "\",\"currency\":\"");
  text_append(out, amount.currency);
  text_append(out, "\"}");
}

void json_value(struct text *out, const struct value *value) {
  switch (value->type) {
  case VALUE_NULL:
    text_append(out, "null");
    break;
  case VALUE_INTEGER:
    text_append_integer(out, value->as.integer);
    break;
  case VALUE_NUMBER:
    json_number(out, value->as.number);
    break;
  case VALUE_BOOLEAN:
    text_append(out, value->as.boolean ? "true" : "false");
    break;
  case VALUE_TEXT:
    json_text_bytes(out, value->as.text.data, value->as.text.length);
    break;
  case VALUE_MONEY:
    append_money(out, value->as.money);
    break;
  case VALUE_DATE:
  case VALUE_INSTANT:
    text_append_char(out, '"');
    value_append_plain(out, value);
    text_append_char(out, '"');
    break;
  }
}
