#include <math.h>
#include <string.h>

#include "base/value.h"
#include "core/failing.h"
#include "support/unit.h"

static const struct money dollars = {105400, "USD"};

static void values_are_written_for_people_and_for_machines(void **state) {
  (void)state;
  const struct {
    struct value value;
    const char *people, *plain;
  } cases[] = {
      {value_null(),             "",                     ""                    },
      {value_boolean(true),      "true",                 "true"                },
      {value_boolean(false),     "false",                "false"               },
      {value_integer(INT64_MIN), "-9223372036854775808", "-9223372036854775808"},
      {value_number(63.15),      "63.15",                "63.15"               },
      {value_number(0.1),        "0.1",                  "0.1"                 },
      {value_number(42),         "42",                   "42"                  },
      {value_text("ё"),         "ё",                   "ё"                  },
      {value_text(""),           "",                     ""                    },
      {value_date(17226),        "2017-03-01",           "2017-03-01"          },
      {value_instant(61),        "1970-01-01T00:01:01Z", "1970-01-01T00:01:01Z"},
      {value_money(dollars),     "1,054.00 USD",         "1054.00"             },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct text text = {0};
    value_append(&text, &cases[i].value);
    assert_string_equal(text_string(&text), cases[i].people);
    text_clear(&text);
    value_append_plain(&text, &cases[i].value);
    assert_string_equal(text_string(&text), cases[i].plain);
    text_release(&text);
  }
}

static void a_number_reads_back_equal(void **state) {
  (void)state;
  static const double numbers[] = {0.1 + 0.2, 1.0 / 3, 1e300, 5e-324, 123456789012345678.0, -2.5};
  struct error err = {0};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct text text = {0};
    struct value value = value_number(numbers[i]);
    double back;
    value_append_plain(&text, &value);
    assert_true(number_parse(&back, text_string(&text), '.', &err));
    assert_true(back == numbers[i]);
    text_release(&text);
  }
}

static void null_zero_and_empty_are_three_values(void **state) {
  (void)state;
  struct value values[] = {value_null(), value_integer(0), value_text("")};
  for (size_t i = 0; i < 3; i++) {
    for (size_t j = 0; j < 3; j++) {
      assert_int_equal(value_equal(&values[i], &values[j]), i == j);
    }
  }
  struct value none = value_text(NULL);
  assert_true(value_is_null(&none));
}

static void the_order_is_total(void **state) {
  (void)state;
  const struct value sorted[] = {
      value_null(),
      value_boolean(false),
      value_boolean(true),
      value_number(NAN),
      value_number(-INFINITY),
      value_integer(INT64_MIN),
      value_number(-0.5),
      value_integer(0),
      value_number(0.5),
      value_integer(9007199254740992),
      value_integer(9007199254740993),
      value_number(0x1p63),
      value_text("Абв"),
      value_text("абв"),
      value_text_bytes("а\0b", 4),
      value_date(-1),
      value_date(1),
      value_instant(0),
      value_money((struct money){5, "EUR"}),
      value_money((struct money){1, "USD"}),
  };
  int count = (int)(sizeof sorted / sizeof *sorted);
  for (int i = 0; i < count; i++) {
    for (int j = 0; j < count; j++) {
      if (i == 14 || j == 14) {
        continue; /* the zero byte is looked at below */
      }
      int order = value_compare(&sorted[i], &sorted[j]);
      assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
      assert_int_equal(value_equal(&sorted[i], &sorted[j]), i == j);
    }
  }
  struct value one = value_integer(1);
  struct value real = value_number(1.0);
  struct value shorter = value_text("а");
  assert_true(value_equal(&one, &real));
  assert_true(value_compare(&shorter, &sorted[14]) < 0);
}

static void a_copy_owns_its_text(void **state) {
  (void)state;
  char buffer[] = "Ёлка";
  struct error err = {0};
  struct value borrowed = value_text(buffer);
  struct value copy;
  assert_true(value_copy(&copy, &borrowed, &err));
  buffer[0] = 'x';
  assert_string_equal(copy.as.text.data, "Ёлка");
  value_release(&copy);
  value_release(&borrowed);
  assert_true(value_is_null(&copy));
}

static bool copy_one(struct error *err) {
  struct value text = value_text("abc");
  struct value copy;
  bool done = value_copy(&copy, &text, err);
  value_release(&copy);
  return done;
}

static void a_copy_without_memory_fails_and_can_be_released(void **state) {
  (void)state;
  assert_int_equal(failing_count(copy_one), 1);
  assert_string_equal(value_type_name(VALUE_INSTANT), "instant");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_are_written_for_people_and_for_machines),
      cmocka_unit_test(a_number_reads_back_equal),
      cmocka_unit_test(null_zero_and_empty_are_three_values),
      cmocka_unit_test(the_order_is_total),
      cmocka_unit_test(a_copy_owns_its_text),
      cmocka_unit_test(a_copy_without_memory_fails_and_can_be_released),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
