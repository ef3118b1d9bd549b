#include "base/value.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"

static const char *const type_names[] = {
    [VALUE_NULL] = N_("null"),       [VALUE_BOOLEAN] = N_("boolean"),
    [VALUE_INTEGER] = N_("integer"), [VALUE_NUMBER] = N_("number"),
    [VALUE_TEXT] = N_("text"),       [VALUE_DATE] = N_("date"),
    [VALUE_INSTANT] = N_("instant"), [VALUE_MONEY] = N_("money"),
};

struct value value_null(void) {
  return (struct value){0};
}

struct value value_boolean(bool boolean) {
  return (struct value){.type = VALUE_BOOLEAN, .as.boolean = boolean};
}

struct value value_integer(int64_t integer) {
  return (struct value){.type = VALUE_INTEGER, .as.integer = integer};
}

struct value value_number(double number) {
  return (struct value){.type = VALUE_NUMBER, .as.number = number};
}

struct value value_text(const char *text) {
  return text ? value_text_bytes(text, strlen(text)) : value_null();
}

struct value value_text_bytes(const char *text, size_t length) {
  return (struct value){
      .type = VALUE_TEXT, .as.text = {text, length}
  };
}

struct value value_date(date day) {
  return (struct value){.type = VALUE_DATE, .as.day = day};
}

struct value value_instant(instant at) {
  return (struct value){.type = VALUE_INSTANT, .as.at = at};
}

struct value value_money(struct money money) {
  return (struct value){.type = VALUE_MONEY, .as.money = money};
}

void value_release(struct value *value) {
  if (value->type == VALUE_TEXT && value->owned) {
    memory_free((void *)value->as.text.data);
  }
  *value = value_null();
}

bool value_copy(struct value *out, const struct value *value, struct error *err) {
  *out = *value;
  out->owned = false;
  if (value->type != VALUE_TEXT) {
    return true;
  }
  char *data = memory_new(value->as.text.length + 1);
  if (!data) {
    *out = value_null();
    return error_memory(err);
  }
  memcpy(data, value->as.text.data, value->as.text.length);
  out->as.text.data = data;
  out->owned = true;
  return true;
}

bool value_is_null(const struct value *value) {
  return value->type == VALUE_NULL;
}

static int order_integers(int64_t a, int64_t b) {
  return a < b ? -1 : a > b;
}

/* NaN sorts before every other number, so that the order is total. */
static int order_numbers(double a, double b) {
  if (isnan(a) || isnan(b)) {
    return isnan(b) - isnan(a);
  }
  return a < b ? -1 : a > b;
}

/* Exact: an integer above 2^53 is not rounded to compare it. */
static int order_mixed(int64_t integer, double number) {
  if (isnan(number)) {
    return 1;
  }
  if (number >= 0x1p63) {
    return -1;
  }
  if (number < -0x1p63) {
    return 1;
  }
  double whole = trunc(number);
  int order = order_integers(integer, (int64_t)whole);
  return order != 0 ? order : order_numbers(whole, number);
}

static bool is_numeric(const struct value *value) {
  return value->type == VALUE_INTEGER || value->type == VALUE_NUMBER;
}

static int order_numeric(const struct value *a, const struct value *b) {
  if (a->type == VALUE_INTEGER && b->type == VALUE_INTEGER) {
    return order_integers(a->as.integer, b->as.integer);
  }
  if (a->type == VALUE_INTEGER) {
    return order_mixed(a->as.integer, b->as.number);
  }
  if (b->type == VALUE_INTEGER) {
    return -order_mixed(b->as.integer, a->as.number);
  }
  return order_numbers(a->as.number, b->as.number);
}

static bool equal_texts(const struct value *a, const struct value *b) {
  return a->as.text.length == b->as.text.length &&
         memcmp(a->as.text.data, b->as.text.data, a->as.text.length) == 0;
}

bool value_equal(const struct value *a, const struct value *b) {
  if (a->type == VALUE_TEXT && b->type == VALUE_TEXT) {
    return equal_texts(a, b);
  }
  return value_compare(a, b) == 0;
}

static int order_texts(const struct value *a, const struct value *b) {
  int order = text_compare(a->as.text.data, b->as.text.data);
  if (order == 0) { /* they may differ after a zero byte */
    order = order_integers((int64_t)a->as.text.length, (int64_t)b->as.text.length);
  }
  if (order == 0) {
    order = memcmp(a->as.text.data, b->as.text.data, a->as.text.length);
  }
  return order;
}

static int order_money(struct money a, struct money b) {
  int order = strcmp(a.currency, b.currency);
  return order != 0 ? order : order_integers(a.minor, b.minor);
}

int value_compare(const struct value *a, const struct value *b) {
  if (is_numeric(a) && is_numeric(b)) {
    return order_numeric(a, b);
  }
  if (a->type != b->type) {
    return order_integers(a->type, b->type);
  }
  switch (a->type) {
  case VALUE_BOOLEAN:
    return a->as.boolean - b->as.boolean;
  case VALUE_TEXT:
    return order_texts(a, b);
  case VALUE_DATE:
    return order_integers(a->as.day, b->as.day);
  case VALUE_INSTANT:
    return order_integers(a->as.at, b->as.at);
  case VALUE_MONEY:
    return order_money(a->as.money, b->as.money);
  case VALUE_NULL:
  case VALUE_INTEGER:
  case VALUE_NUMBER:
    break;
  }
  return 0;
}

/* Digits until the text reads back as the same number. A locale may have put a comma. */
static void append_number(struct text *out, double number) {
  char buffer[32];
  if (number == trunc(number) && fabs(number) < 1e15) {
    snprintf(buffer, sizeof buffer, "%.0f", number);
    text_append(out, buffer);
    return;
  }
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(buffer, sizeof buffer, "%.*g", digits, number);
    if (strtod(buffer, NULL) == number) {
      break;
    }
  }
  char *comma = strchr(buffer, ',');
  if (comma) {
    *comma = '.';
  }
  text_append(out, buffer);
}

static void append_date(struct text *out, date day) {
  char buffer[DATE_TEXT_SIZE];
  date_write(day, buffer);
  text_append(out, buffer);
}

static void append_instant(struct text *out, instant at) {
  char buffer[INSTANT_TEXT_SIZE];
  instant_write(at, buffer);
  text_append(out, buffer);
}

void value_append(struct text *out, const struct value *value) {
  if (value->type == VALUE_MONEY) {
    money_append(out, value->as.money);
  } else {
    value_append_plain(out, value);
  }
}

void value_append_plain(struct text *out, const struct value *value) {
  switch (value->type) {
  case VALUE_NULL:
    break;
  case VALUE_BOOLEAN:
    text_append(out, value->as.boolean ? "true" : "false");
    break;
  case VALUE_INTEGER:
    text_format(out, "%" PRId64, value->as.integer);
    break;
  case VALUE_NUMBER:
    append_number(out, value->as.number);
    break;
  case VALUE_TEXT:
    text_append_bytes(out, value->as.text.data, value->as.text.length);
    break;
  case VALUE_DATE:
    append_date(out, value->as.day);
    break;
  case VALUE_INSTANT:
    append_instant(out, value->as.at);
    break;
  case VALUE_MONEY:
    money_append_plain(out, value->as.money);
    break;
  }
}

const char *value_type_name(enum value_type type) {
  if ((size_t)type >= sizeof type_names / sizeof *type_names) {
    return "unknown";
  }
  return type_names[type];
}
