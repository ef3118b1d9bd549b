/* A value of any field: one tagged union, handed between store, model, scripts and output.
 * NULL, 0 and "" are three different values. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/money.h"

enum value_type {
  VALUE_NULL,
  VALUE_BOOLEAN,
  VALUE_INTEGER,
  VALUE_NUMBER,
  VALUE_TEXT,
  VALUE_DATE,
  VALUE_INSTANT,
  VALUE_MONEY,
};

struct value {
  enum value_type type;
  bool owned; /* a text that value_release() frees */
  union {
    bool boolean;
    int64_t integer;
    double number;
    struct {
      const char *data; /* UTF-8, terminated */
      size_t length;
    } text;
    date day;
    instant at;
    struct money money;
  } as;
};

/* {0} is VALUE_NULL. These borrow their text; value_copy() makes it owned. */
struct value value_null(void);
struct value value_boolean(bool boolean);
struct value value_integer(int64_t integer);
struct value value_number(double number);
struct value value_text(const char *text); /* NULL gives VALUE_NULL */
struct value value_text_bytes(const char *text, size_t length);
struct value value_date(date day);
struct value value_instant(instant at);
struct value value_money(struct money money);

void value_release(struct value *value); /* back to NULL */
/* Copies, owning its text. Fails with ERROR_MEMORY. *out is overwritten, not released. */
bool value_copy(struct value *out, const struct value *value, struct error *err);

bool value_is_null(const struct value *value);
/* Same type and same content; 1 and 1.0 are equal, NULL equals NULL (this is identity, not SQL). */
bool value_equal(const struct value *a, const struct value *b);
/* A total order for sorting: NULL first, then by type, numbers by size, texts by text_compare,
 * money by currency then amount. */
int value_compare(const struct value *a, const struct value *b);

/* Appends the form for people: true, 42, 63.15, 2017-03-01, 1,054.00 USD; NULL appends nothing. */
void value_append(struct text *out, const struct value *value);
/* Appends the exact machine form (CSV, change log): 1054.00 for money, shortest number that
 * reads back equal, 1/0 for booleans as true/false words. */
void value_append_plain(struct text *out, const struct value *value);
const char *value_type_name(enum value_type type); /* "integer" */

#endif
