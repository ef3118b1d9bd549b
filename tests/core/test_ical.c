/* A calendar is read back by the rules of RFC 5545: lines, folding, escapes, required properties.
 */
#include <string.h>

#include "repl/format/format.h"
#include "support/unit.h"

static const instant stamp = 1767261600; /* 2026-01-01T10:00:00Z */
static const struct style plain = {0};

static void add_column(struct result *result, const char *name, enum field_type type) {
  struct error err = {0};
  assert_true(result_add_column(result, name, name, type, &err));
}

static void add_row(struct result *result, int64_t id, const struct value *values) {
  struct error err = {0};
  struct result_row *row = result_add_row(result, id, &err);
  assert_non_null(row);
  for (size_t i = 0; i < result->columns.count; i++)
    assert_true(result_set(row, (int)i, &values[i], &err));
}

static void sample(struct result *result) {
  struct error err = {0};
  assert_true(result_init(result, "agenda", "Agenda", &err));
  result->stamp.now = stamp;
  add_column(result, "at", FIELD_INSTANT);
  add_column(result, "client", FIELD_TEXT);
  add_column(result, "what", FIELD_TEXT);
  add_column(result, "length", FIELD_MINUTES);
}

static void write_calendar(const struct result *result, struct text *out) {
  struct error err = {0};
  if (!ical_write(result, &plain, out, &err))
    fail_msg("%s", err.message);
}

/* Every line ends with CR LF, is at most 75 octets, is UTF-8 by itself and has no bare control
 * characters. The unfolded text is appended, lines parted by \n. */
static void unfold(const struct text *calendar, struct text *out) {
  const char *at = text_string(calendar);
  while (*at) {
    const char *end = strstr(at, "\r\n");
    size_t bad = 0;
    assert_non_null(end);
    size_t length = (size_t)(end - at);
    assert_true(length > 0 && length <= 75);
    assert_true(text_is_utf8(at, length, &bad));
    for (size_t i = 0; i < length; i++)
      assert_true((unsigned char)at[i] >= ' ' || at[i] == '\t');
    if (*at == ' ')
      text_append_bytes(out, at + 1, length - 1);
    else
      text_format(out, "%s%.*s", out->length ? "\n" : "", (int)length, at);
    at = end + 2;
  }
}

static void check_unfolded(const struct result *result, const char *expected) {
  struct text calendar = {0}, lines = {0};
  write_calendar(result, &calendar);
  unfold(&calendar, &lines);
  assert_string_equal(text_string(&lines), expected);
  text_release(&calendar);
  text_release(&lines);
}

static void a_row_with_a_time_is_an_event(void **state) {
  struct result result;
  (void)state;
  sample(&result);
  add_row(&result, 81,
          (struct value[]){value_instant(stamp + 86400), value_text("Acme"),
                           value_text("show the calculation"), value_integer(90)});
  check_unfolded(&result, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Dealwright//Dealwright//EN\n"
                          "X-WR-CALNAME:Agenda\nBEGIN:VEVENT\nUID:81@dealwright\n"
                          "DTSTAMP:20260101T100000Z\nDTSTART:20260102T100000Z\n"
                          "DTEND:20260102T113000Z\nSUMMARY:show the calculation\n"
                          "DESCRIPTION:Client: Acme\nEND:VEVENT\nEND:VCALENDAR");
  result_release(&result);
}

static void what_has_a_meaning_is_escaped(void **state) {
  struct result result;
  (void)state;
  sample(&result);
  add_row(&result, 81,
          (struct value[]){value_instant(stamp), value_null(),
                           value_text("a\\b; c, d\nEND:VEVENT\x1b"), value_null()});
  check_unfolded(&result, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Dealwright//Dealwright//EN\n"
                          "X-WR-CALNAME:Agenda\nBEGIN:VEVENT\nUID:81@dealwright\n"
                          "DTSTAMP:20260101T100000Z\nDTSTART:20260101T100000Z\n"
                          "SUMMARY:a\\\\b\\; c\\, d\\nEND:VEVENT␛\nEND:VEVENT\nEND:VCALENDAR");
  result_release(&result);
}

static void long_lines_are_folded_between_letters(void **state) {
  (void)state;
  for (size_t letters = 1; letters < 200; letters++) {
    struct result result;
    struct text words = {0}, calendar = {0}, lines = {0}, wanted = {0};
    text_append_repeat(&words, letters % 3 ? "ё" : "日", letters);
    sample(&result);
    add_row(&result, 1,
            (struct value[]){value_instant(stamp), value_null(), value_text(text_string(&words)),
                             value_null()});
    write_calendar(&result, &calendar);
    unfold(&calendar, &lines);
    text_format(&wanted, "\nSUMMARY:%s\n", text_string(&words));
    assert_non_null(strstr(text_string(&lines), text_string(&wanted)));
    result_release(&result);
    text_release(&words);
    text_release(&calendar);
    text_release(&lines);
    text_release(&wanted);
  }
}

static void a_day_is_an_event_without_a_time(void **state) {
  struct result result;
  struct error err = {0};
  struct text calendar = {0};
  (void)state;
  assert_true(result_init(&result, "deals", "", &err));
  add_column(&result, "name", FIELD_TEXT);
  add_column(&result, "closes", FIELD_DATE);
  add_row(&result, 5, (struct value[]){value_text("Pumps"), value_date(instant_date(stamp))});
  add_row(&result, 6, (struct value[]){value_text("No day"), value_null()});
  write_calendar(&result, &calendar);
  assert_non_null(strstr(text_string(&calendar), "DTSTART;VALUE=DATE:20260101\r\n"));
  assert_non_null(strstr(text_string(&calendar), "SUMMARY:Pumps\r\n"));
  assert_null(strstr(text_string(&calendar), "No day"));
  text_release(&calendar);
  result_release(&result);
}

static void rows_without_a_time_make_no_calendar(void **state) {
  struct result result;
  struct error err = {0};
  struct text calendar = {0};
  (void)state;
  assert_true(result_init(&result, "clients", "", &err));
  add_column(&result, "name", FIELD_TEXT);
  assert_false(ical_write(&result, &plain, &calendar, &err));
  assert_int_equal(err.code, ERROR_USAGE);
  text_release(&calendar);
  result_release(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_row_with_a_time_is_an_event),
      cmocka_unit_test(what_has_a_meaning_is_escaped),
      cmocka_unit_test(long_lines_are_folded_between_letters),
      cmocka_unit_test(a_day_is_an_event_without_a_time),
      cmocka_unit_test(rows_without_a_time_make_no_calendar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
