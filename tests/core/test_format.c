/* Tables, records and the filter before a terminal. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repl/format/format.h"
#include "repl/format/safe.h"
#include "repl/format/sheet_cell.h"
#include "repl/format/short.h"
#include "repl/format/wrap.h"
#include "repl/format/xlsx.h"
#include "support/unit.h"

static const struct style plain = {.ids = true};
static const struct style ascii = {.ids = true, .ascii = true};

static struct value money(const char *word) {
  struct value value = {.type = VALUE_MONEY};
  struct error err = {0};
  if (!money_parse(&value.as.money, word, "USD", '.', &err))
    fail_msg("%s", err.message);
  return value;
}

static void add_row(struct result *result, int64_t id, const struct value *values) {
  struct error err = {0};
  struct result_row *row = result_add_row(result, id, &err);
  assert_non_null(row);
  for (size_t i = 0; i < result->columns.count; i++)
    assert_true(result_set(row, (int)i, &values[i], &err));
}

static void add_column(struct result *result, const char *name, enum field_type type) {
  struct error err = {0};
  assert_true(result_add_column(result, name, name, type, &err));
}

static void sample(struct result *result) {
  struct error err = {0};
  assert_true(result_init(result, "deals", "Deals", &err));
  add_column(result, "name", FIELD_TEXT);
  add_column(result, "amount", FIELD_MONEY);
  add_column(result, "share", FIELD_PERCENT);
  add_row(result, 7, (struct value[]){value_text("Acme"), money("10005534"), value_number(0.6315)});
  add_row(result, 42, (struct value[]){value_text("ООО Ёлка"), value_null(), value_number(1)});
}

static void check(const struct result *result, const struct style *style, const char *format_name,
                  const char *expected) {
  struct text out = {0};
  struct error err = {0};
  const struct format *format = NULL;
  assert_true(format_find(format_name, &format, &err));
  if (!format->write(result, style, &out, &err))
    fail_msg("%s", err.message);
  assert_string_equal(text_string(&out), expected);
  text_release(&out);
}

static void a_table_aligns_numbers_right_and_shows_null(void **state) {
  struct result result;
  (void)state;
  sample(&result);
  check(&result, &plain, "table",
        "Deals\n"
        "  # │ Name     │            Amount │    Share\n"
        "────┼──────────┼───────────────────┼─────────\n"
        " #7 │ Acme     │ 10,005,534.00 USD │  63.15 %\n"
        "#42 │ ООО Ёлка │                 ∅ │ 100.00 %\n");
  check(&result, &ascii, "table",
        "Deals\n"
        "  # | Name     |            Amount |    Share\n"
        "----+----------+-------------------+---------\n"
        " #7 | Acme     | 10,005,534.00 USD |  63.15 %\n"
        "#42 | ООО Ёлка |            (none) | 100.00 %\n");
  result_release(&result);
}

static void a_first_column_of_ids_looks_like_that_of_listings(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "id", FIELD_INTEGER);
  add_column(&result, "deal", FIELD_TEXT);
  add_row(&result, 137, (struct value[]){value_integer(137), value_text("Acme")});
  add_row(&result, 0, (struct value[]){value_integer(9), value_text("Bear")});
  check(&result, &plain, "table",
        "   # │ Deal\n"
        "─────┼─────\n"
        "#137 │ Acme\n"
        "  #9 │ Bear\n");
  check(&result, &plain, "csv", "id,deal\n137,Acme\n9,Bear\n");
  result_release(&result);
}

static void the_number_of_rows_stands_below_them(void **state) {
  struct result result;
  struct style counting = {.counts = true};
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "n", FIELD_INTEGER);
  check(&result, &counting, "table", "N\n─\n(no rows)\n");
  add_row(&result, 0, (struct value[]){value_integer(1)});
  check(&result, &counting, "table", "N\n─\n1\n(1 row)\n");
  result.cut_from = 1589;
  check(&result, &counting, "table", "N\n─\n1\n(first 1 of 1,589 rows)\n");
  result.cut_from = RESULT_CUT_UNKNOWN;
  check(&result, &counting, "table", "N\n─\n1\n(1 row, and there are more)\n");
  check(&result, &plain, "table", "N\n─\n1\n");
  result_release(&result);
}

static void check_wrapped(const char *lines, size_t width, const char *expected) {
  struct text out = {0};
  wrap_append(&out, lines, strlen(lines), width);
  assert_string_equal(text_string(&out), expected);
  text_release(&out);
}

static void texts_break_between_words_and_hang_under_where_they_began(void **state) {
  (void)state;
  check_wrapped("one two three\n", 0, "one two three\n");
  check_wrapped("one two three\n", 13, "one two three\n");
  check_wrapped("one two three\n", 12, "one two\nthree\n");
  check_wrapped("unset: one, two\nthree", 11, "unset: one,\n  two\nthree");
  check_wrapped("  - ёлка, ёжик, ёрш\n", 14, "  - ёлка,\n    ёжик, ёрш\n");
  check_wrapped("  --all  show all there is\n", 20, "  --all  show all\n         there is\n");
  check_wrapped("  ok   a/place/that/is:1\n", 16, "  ok\n    a/place/that/is:1\n");
  check_wrapped("東京 大阪 京都\n", 9, "東京 大阪\n京都\n");
  check_wrapped("unbreakable!!\n\nx\n", 5, "unbreakable!!\n\nx\n");
}

static void a_record_shows_a_field_a_line(void **state) {
  struct result result;
  (void)state;
  sample(&result);
  result.single = true;
  check(&result, &plain, "table",
        "Deals\n"
        "  Name    Acme\n"
        "  Amount  10,005,534.00 USD\n"
        "  Share   63.15 %\n"
        "  Name    ООО Ёлка\n"
        "  Amount  ∅\n"
        "  Share   100.00 %\n");
  result_release(&result);
}

static void a_table_too_wide_is_cut_and_then_becomes_records(void **state) {
  struct result result;
  struct style narrow = plain;
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "a", FIELD_TEXT);
  add_column(&result, "b", FIELD_TEXT);
  add_row(&result, 0,
          (struct value[]){value_text("123456789012345678901234567890"), value_text("бегемот")});
  narrow.width = 25;
  check(&result, &narrow, "table",
        "A               │ B\n"
        "────────────────┼────────\n"
        "12345678901234… │ бегемот\n");
  result_release(&result);
}

static void a_part_of_a_day_or_a_figure_is_never_shown(void **state) {
  struct result result;
  struct style narrow = plain;
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "at", FIELD_INSTANT);
  add_column(&result, "what", FIELD_TEXT);
  assert_true(result_add_column(&result, "n", "how many there were", FIELD_INTEGER, &err));
  add_row(&result, 0,
          (struct value[]){value_instant(0), value_text("call them back"), value_integer(7)});
  narrow.width = 42;
  check(&result, &narrow, "table",
        "At               │ What       │ How many …\n"
        "─────────────────┼────────────┼───────────\n"
        "1970-01-01 00:00 │ call them… │          7\n");
  result_release(&result);
}

static void nothing_and_an_empty_text_look_different(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "a", FIELD_TEXT);
  add_column(&result, "b", FIELD_TEXT);
  add_row(&result, 0, (struct value[]){value_null(), value_text("")});
  check(&result, &plain, "table", "A │ B\n──┼──\n∅ │ \n");
  check(&result, &plain, "csv", "a,b\n,\"\"\n");
  check(&result, &plain, "ndjson", "{\"a\":null,\"b\":\"\"}\n");
  result_release(&result);
}

static void wide_letters_count_by_what_is_seen(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "w", FIELD_TEXT);
  add_column(&result, "n", FIELD_INTEGER);
  const char *const words[] = {"日本", "e\xcc\x81", "👩‍👩‍👧", "abcd"};
  for (size_t i = 0; i < 4; i++)
    add_row(&result, 0, (struct value[]){value_text(words[i]), value_integer((int64_t)i)});
  check(&result, &plain, "table",
        "W    │ N\n"
        "─────┼──\n"
        "日本 │ 0\n"
        "e\xcc\x81    │ 1\n"
        "👩‍👩‍👧   │ 2\n"
        "abcd │ 3\n");
  result_release(&result);
}

struct width_case {
  size_t width;
  bool records;
};

static void no_line_is_wider_than_the_terminal(void **state) {
  static const struct width_case cases[] = {
      {40,  true },
      {80,  false},
      {200, false}
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct result result;
    struct style style = plain;
    struct text out = {0};
    struct error err = {0};
    assert_true(result_init(&result, "x", "Ширина", &err));
    for (int c = 0; c < 5; c++)
      add_column(&result, (const char *[]){"один", "два", "три", "четыре", "пять"}[c], FIELD_TEXT);
    struct value long_word = value_text("название очень длинной компании 株式会社");
    add_row(&result, 1, (struct value[]){long_word, long_word, long_word, long_word, long_word});
    style.width = cases[i].width;
    assert_true(table_write(&result, &style, &out, &err));
    assert_int_equal(strstr(text_string(&out), "──  1") != NULL ||
                         strstr(text_string(&out), "── 1") != NULL,
                     cases[i].records);
    for (const char *at = text_string(&out); *at && !cases[i].records;) {
      size_t length = strcspn(at, "\n");
      assert_true(text_width(at, length) <= cases[i].width);
      at += length + 1;
    }
    text_release(&out);
    result_release(&result);
  }
}

static void an_empty_table_says_so(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "name", FIELD_TEXT);
  assert_true(result_note(&result, "nothing was sold", &err));
  check(&result, &ascii, "table", "Name\n----\n(no rows)\nnothing was sold\n");
  result_release(&result);
}

static void totals_stand_below_a_line(void **state) {
  struct result result;
  struct error err = {0};
  (void)state;
  assert_true(result_init(&result, "x", "", &err));
  add_column(&result, "who", FIELD_TEXT);
  add_column(&result, "n", FIELD_INTEGER);
  add_row(&result, 0, (struct value[]){value_text("a"), value_integer(1589)});
  add_row(&result, 0, (struct value[]){value_text("all"), value_integer(12345)});
  ((struct result_row *)list_at(&result.rows, 1))->summary = true;
  check(&result, &ascii, "table",
        "Who |      N\n"
        "----+-------\n"
        "a   |   1589\n"
        "----+-------\n"
        "all | 12,345\n");
  result_release(&result);
}

static void colours_come_only_where_wanted(void **state) {
  struct result result;
  struct style coloured = plain;
  struct text out = {0};
  struct error err = {0};
  (void)state;
  sample(&result);
  coloured.colour = true;
  assert_true(table_write(&result, &coloured, &out, &err));
  assert_non_null(strstr(text_string(&out), "\x1b[1m"));
  text_clear(&out);
  assert_true(table_write(&result, &plain, &out, &err));
  assert_null(strchr(text_string(&out), '\x1b'));
  text_release(&out);
  result_release(&result);
}

struct filtered {
  const char *bytes, *shown, *shown_ascii;
};

static void nothing_dangerous_reaches_a_terminal(void **state) {
  static const struct filtered samples[] = {
      {"plain Ёлка 日本", "plain Ёлка 日本", "plain Ёлка 日本"},
      {"\x1b[31mred",           "␛[31mred",            "\\x1b[31mred"         },
      {"a\rb",                  "a␍b",                 "a\\x0db"              },
      {"a\x7f"
       "b",              "a␡b",                 "a\\x7fb"              },
      {"a\nb",                  "a↵b",                 "a\\nb"                },
      {"\xc2\x9b"
       "31m",            "<U+009B>31m",           "<U+009B>31m"          },
      {"\xe2\x80\xae"
       "evil",           "<U+202E>evil",          "<U+202E>evil"         },
      {"\xe2\x81\xa6x",         "<U+2066>x",             "<U+2066>x"            },
      {"\xff\xfe",              "\\xff\\xfe",            "\\xff\\xfe"           },
      {"\xe2\x82",              "\\xe2\\x82",            "\\xe2\\x82"           },
      {"\xed\xa0\x80",          "\\xed\\xa0\\x80",       "\\xed\\xa0\\x80"      },
      {"👩‍👩‍👧",    "👩‍👩‍👧",    "👩‍👩‍👧"   },
  };
  (void)state;
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    struct text out = {0};
    safe_append(&out, samples[i].bytes, strlen(samples[i].bytes), SAFE_KEEP_NONE, false);
    assert_string_equal(text_string(&out), samples[i].shown);
    text_clear(&out);
    safe_append(&out, samples[i].bytes, strlen(samples[i].bytes), SAFE_KEEP_NONE, true);
    assert_string_equal(text_string(&out), samples[i].shown_ascii);
    text_release(&out);
  }
}

static void every_byte_is_filtered(void **state) {
  (void)state;
  for (unsigned first = 0; first < 256; first++)
    for (unsigned second = 0; second < 256; second++) {
      char bytes[] = {(char)first, (char)second};
      struct text out = {0};
      size_t position = 0;
      safe_append(&out, bytes, 2, SAFE_KEEP_NONE, false);
      assert_true(text_is_utf8(text_string(&out), out.length, &position));
      for (size_t i = 0; i < out.length; i++)
        assert_true((unsigned char)out.data[i] >= 0x20 && out.data[i] != 0x7f);
      text_release(&out);
    }
}

static void a_format_is_found_by_name_and_by_ending(void **state) {
  const struct format *format = NULL;
  struct error err = {0};
  (void)state;
  assert_true(format_find("ndjson", &format, &err));
  assert_string_equal(format->name, "ndjson");
  assert_string_equal(format_of_file("a.b/deals.csv")->name, "csv");
  assert_null(format_of_file("deals"));
  assert_null(format_of_file("deals.doc"));
  assert_false(format_find("jsn", &format, &err));
  assert_non_null(strstr(err.message, "did you mean 'json'?"));
  assert_false(format_find("qqqqqq", &format, &err));
  assert_null(strstr(err.message, "did you mean"));
}

/* The limits are looked at before anything is written. */
static void a_workbook_takes_no_more_rows_than_a_sheet_has(void **state) {
  struct result result;
  struct text out = {0};
  struct error err = {0};
  const struct format *format = NULL;
  (void)state;
  assert_true(format_find("xlsx", &format, &err));
  if (!xlsx_can(&err))
    skip();
  sample(&result);
  size_t rows = result.rows.count;
  result.rows.count = 1048576;
  assert_false(format->write(&result, &plain, &out, &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_non_null(strstr(err.message, "1048576 rows do not fit"));
  result.rows.count = rows;
  assert_true(format->write(&result, &plain, &out, &err));
  assert_memory_equal(out.data, "PK", 2);
  text_release(&out);
  result_release(&result);
}

static bool stopped(void) {
  return true;
}

static void a_workbook_that_nobody_wants_any_more_is_left(void **state) {
  struct result result;
  struct text out = {0};
  struct error err = {0};
  const struct style style = {.stopped = stopped};
  (void)state;
  if (!xlsx_can(&err))
    skip();
  sample(&result);
  assert_false(xlsx_write(&result, &style, &out, &err));
  assert_int_equal(err.code, ERROR_INTERRUPTED);
  assert_int_equal(out.length, 0);
  text_release(&out);
  result_release(&result);
}

static void a_workbook_is_not_for_a_terminal(void **state) {
  const struct format *format = NULL;
  struct error err = {0};
  (void)state;
  assert_true(format_find("xlsx", &format, &err));
  assert_false(format_can(format, true, &err));
  assert_int_equal(err.code, ERROR_USAGE);
  assert_true(format_can(format_of_file("a.csv"), true, &err));
}

/* 15 digits are what a spreadsheet keeps. */
static void what_a_spreadsheet_would_round_is_text(void **state) {
  static const struct {
    int64_t minor;
    const char *text; /* NULL: a number */
  } cases[] = {
      {999999999999999,  NULL                       },
      {-999999999999999, NULL                       },
      {1000000000000000, "10000000000000.00 USD"    },
      {INT64_MIN + 1,    "-92233720368547758.07 USD"},
  };
  struct result_column column = {.type = FIELD_MONEY, .decimals = -1};
  struct sheet_cell cell = {0};
  struct error err = {0};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct value value = {.type = VALUE_MONEY};
    assert_true(money_from_minor(&value.as.money, cases[i].minor, "USD", &err));
    sheet_cell_fill(&cell, &column, &value);
    assert_int_equal(cell.type, cases[i].text ? SHEET_TEXT : SHEET_NUMBER);
    if (cases[i].text)
      assert_string_equal(text_string(&cell.text), cases[i].text);
    char digits[32]; /* as the library writes them, and a reader reads them */
    snprintf(digits, sizeof digits, "%.16g", cell.number);
    assert_true(cases[i].text || llround(strtod(digits, NULL) * 100) == cases[i].minor);
  }
  sheet_cell_release(&cell);
}

static void days_before_march_1900_are_text(void **state) {
  static const struct {
    const char *day;
    double number; /* 0: text */
  } cases[] = {
      {"1900-02-28", 0    },
      {"1900-03-01", 61   },
      {"1970-01-01", 25569},
      {"2026-05-01", 46143},
  };
  struct result_column column = {.type = FIELD_DATE, .decimals = -1};
  struct sheet_cell cell = {0};
  struct error err = {0};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct value value = {.type = VALUE_DATE};
    assert_true(date_read(&value.as.day, cases[i].day, &err));
    sheet_cell_fill(&cell, &column, &value);
    assert_int_equal(cell.type, cases[i].number > 0 ? SHEET_NUMBER : SHEET_TEXT);
    assert_true(cell.number == cases[i].number);
    assert_string_equal(text_string(&cell.text), cases[i].number > 0 ? "" : cases[i].day);
  }
  sheet_cell_release(&cell);
}

static void text_of_a_cell_is_what_xml_can_hold(void **state) {
  static const char *const cases[][2] = {
      {"=1+1",                            "=1+1"                              },
      {"_x0041_ _x004_ _xg041_",          "_x005F_x0041_ _x004_ _xg041_"      },
      {"a\033\r\nb\t",                    "a_x001B__x000D_\nb\t"              },
      {"\xef\xbf\xbf \xff Ёлка 🚀", "_xFFFF_ \xef\xbf\xbd Ёлка 🚀"},
  };
  struct sheet_cell cell = {0};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sheet_cell_fill_text(&cell, cases[i][0], strlen(cases[i][0]));
    assert_string_equal(text_string(&cell.text), cases[i][1]);
    assert_int_equal(cell.lines, strchr(cases[i][0], '\n') != NULL);
  }
  sheet_cell_fill_text(&cell, "a\0b", 3);
  assert_string_equal(text_string(&cell.text), "a_x0000_b");
  sheet_cell_fill_text(&cell, "ж🚀", strlen("ж🚀"));
  assert_int_equal(cell.length, 3);
  sheet_cell_release(&cell);
}

static void a_day_is_shown_with_its_weekday(void **state) {
  struct text out = {0};
  (void)state;
  short_day(&out, 0);
  assert_string_equal(text_string(&out), "Thu 1970-01-01");
  text_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_table_aligns_numbers_right_and_shows_null),
      cmocka_unit_test(a_first_column_of_ids_looks_like_that_of_listings),
      cmocka_unit_test(the_number_of_rows_stands_below_them),
      cmocka_unit_test(texts_break_between_words_and_hang_under_where_they_began),
      cmocka_unit_test(a_record_shows_a_field_a_line),
      cmocka_unit_test(a_table_too_wide_is_cut_and_then_becomes_records),
      cmocka_unit_test(a_part_of_a_day_or_a_figure_is_never_shown),
      cmocka_unit_test(nothing_and_an_empty_text_look_different),
      cmocka_unit_test(wide_letters_count_by_what_is_seen),
      cmocka_unit_test(no_line_is_wider_than_the_terminal),
      cmocka_unit_test(an_empty_table_says_so),
      cmocka_unit_test(totals_stand_below_a_line),
      cmocka_unit_test(colours_come_only_where_wanted),
      cmocka_unit_test(nothing_dangerous_reaches_a_terminal),
      cmocka_unit_test(every_byte_is_filtered),
      cmocka_unit_test(a_format_is_found_by_name_and_by_ending),
      cmocka_unit_test(a_workbook_takes_no_more_rows_than_a_sheet_has),
      cmocka_unit_test(a_workbook_that_nobody_wants_any_more_is_left),
      cmocka_unit_test(a_workbook_is_not_for_a_terminal),
      cmocka_unit_test(what_a_spreadsheet_would_round_is_text),
      cmocka_unit_test(days_before_march_1900_are_text),
      cmocka_unit_test(text_of_a_cell_is_what_xml_can_hold),
      cmocka_unit_test(a_day_is_shown_with_its_weekday),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
