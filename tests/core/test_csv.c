#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "engine/csv.h"
#include "engine/csv_write.h"
#include "support/unit.h"

/* Rows as "a|b/c|d", malformed ones as "!line:column", the failure that ends all as "#". */
static void show(struct csv *csv, struct text *shown) {
  const struct csv_row *row = NULL;
  struct error err;
  for (;;) {
    if (!csv_next(csv, &row, &err)) {
      const char *stop = strstr(err.message, ": ");
      text_format(shown, "!%.*s/", stop ? (int)(stop - err.message) : 0, err.message);
      if (!csv_can_continue(csv)) {
        text_append(shown, "#");
        return;
      }
      continue;
    }
    if (!row)
      return;
    for (size_t i = 0; i < row->count; i++) {
      const struct csv_field *field = &row->fields[i];
      assert_int_equal(strlen(field->data), field->length);
      text_format(shown, field->was_quoted ? "%s[%s]" : "%s%s", i ? "|" : "", field->data);
    }
    text_append(shown, "/");
  }
}

static void reads(const char *input, size_t length, const struct csv_options *options,
                  const char *expected) {
  struct csv *csv = NULL;
  struct error err = {0};
  struct text shown = {0};
  assert_true(csv_open_memory(&csv, input, length, options, &err));
  show(csv, &shown);
  assert_string_equal(text_string(&shown), expected);
  text_release(&shown);
  csv_close(csv);
}

static void rows_are_read_as_written(void **state) {
  static const struct {
    const char *input, *expected;
  } cases[] = {
      {"",                           ""                  },
      {"a",                          "a/"                },
      {"a,b\n1,2\n",                 "a|b/1|2/"          },
      {"a,b\r\n1,2\r\n",             "a|b/1|2/"          },
      {"a,b\r1,2\r",                 "a|b/1|2/"          },
      {"a,b\n1,2\r3,4\r\n5,6",       "a|b/1|2/3|4/5|6/"  },
      {"\n\n",                       "//"                },
      {"\"\"\n",                     "[]/"               },
      {"a,b,\n",                     "a|b|/"             },
      {"a,b\n1\n1,2,3\n",            "a|b/1/1|2|3/"      },
      {" a , b\n",                   " a | b/"           },
      {"\"a,\"\"b\"\"\",c",          "[a,\"b\"]|c/"      },
      {"\"a\r\nb\nc\rd\",e\n",       "[a\r\nb\nc\rd]|e/" },
      {"\xEF\xBB\xBF\"имя\",b\n", "[имя]|b/"       },
      {"a;b,5\n1;2,5\n3;4,5\n",      "a|b,5/1|2,5/3|4,5/"},
      {"1;2,5;x\n3;4,5;y\n",         "1|2,5|x/3|4,5|y/"  },
      {"a\tb\n1\t2\n",               "a|b/1|2/"          },
      {"a|b\n1|2\n",                 "a|b/1|2/"          },
      {"sep=;\na;b,c,d\n",           "a|b,c,d/"          },
      {"sep=|\r\na|b,c,d\r\n",       "a|b,c,d/"          },
      {"\"x;\"\"y;z;\",b\n1,2\n",    "[x;\"y;z;]|b/1|2/" },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    reads(cases[i].input, strlen(cases[i].input), NULL, cases[i].expected);
}

static void a_malformed_row_is_told_and_the_next_line_is_read(void **state) {
  static const struct {
    const char *input, *expected;
  } cases[] = {
      {"a,b\n\"x\" y,2\n3,4\n",           "a|b/!2:4/3|4/"    },
      {"a,b\nЖук \"Ж\",2\n3,4\n",     "a|b/!2:5/3|4/"    },
      {"a,b\n1,\"open\n3,4\n5,6",         "a|b/!2:3/3|4/5|6/"},
      {"a,b\n\"x\ny\",\"open\r\n3,4\r\n", "a|b/!3:4/3|4/"    },
      {"a,b\n\"x\ny\"z\n3,4",             "a|b/!3:3/3|4/"    },
      {"\"",                              "!1:1/"            },
      {"a,b\n1,2\"",                      "a|b/!2:4/"        },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    reads(cases[i].input, strlen(cases[i].input), NULL, cases[i].expected);
}

static void a_stray_quote_is_kept_when_allowed(void **state) {
  static const struct csv_options options = {.delimiter = ',', .stray_quotes = true};
  static const char input[] = "5\" pipe,\"x\"\n";
  (void)state;
  reads(input, sizeof input - 1, &options, "5\" pipe|[x]/");
}

static void what_is_not_text_ends_the_reading_after_the_rows_before_it(void **state) {
  static const char nul[] = "a,b\n1,2\nж,\0,3\n4,5\n";
  static const char foreign[] = "aж,bжжжжжжжжжжжжжжжжжжжжжж\n1,\xFF\n3,4\n";
  static const char in_quotes[] = "aж,bжжжжжжжжжжжжжжжжжжжжжж\n1,\"\xFF\"\n3,4\n";
  static const char after_end[] = "a,b\n1,2\n\0";
  static const struct csv_options utf8 = {.encoding = "utf-8"};
  (void)state;
  reads(nul, sizeof nul - 1, &utf8, "a|b/1|2/!3:3/#");
  reads(foreign, sizeof foreign - 1, NULL, "aж|bжжжжжжжжжжжжжжжжжжжжжж/!2:3/#");
  reads(in_quotes, sizeof in_quotes - 1, NULL, "aж|bжжжжжжжжжжжжжжжжжжжжжж/!2:4/#");
  reads(after_end, sizeof after_end - 1, &utf8, "a|b/1|2/!3:1/#");
}

static void a_field_knows_where_it_starts(void **state) {
  static const char input[] = "имя,\"б\n\nв\",к\r\nд,е\n";
  struct csv *csv = NULL;
  const struct csv_row *row = NULL;
  struct error err = {0};
  (void)state;
  assert_true(csv_open_memory(&csv, input, sizeof input - 1, NULL, &err));
  assert_true(csv_next(csv, &row, &err));
  assert_int_equal(row->fields[1].line, 1);
  assert_int_equal(row->fields[1].column, 5);
  assert_int_equal(row->fields[2].line, 3);
  assert_int_equal(row->fields[2].column, 4);
  assert_true(csv_next(csv, &row, &err));
  assert_int_equal(row->line, 4);
  assert_int_equal(row->fields[1].column, 3);
  assert_int_equal(csv_dialect(csv)->line_end, CSV_END_CRLF);
  csv_close(csv);
}

static void limits_are_told_and_passed(void **state) {
  struct text input = {0};
  (void)state;
  text_append_repeat(&input, "x", CSV_FIELD_MAX + 1);
  text_append(&input, ",b\n1,2\n\"");
  text_append_repeat(&input, "\"\"", CSV_FIELD_MAX / 2 + 1);
  text_append(&input, "\n3,4\n");
  text_append_repeat(&input, ",", CSV_FIELDS_MAX);
  text_append(&input, "\n5,6\n");
  static const struct csv_options comma = {.delimiter = ','};
  reads(text_string(&input), input.length, &comma, "!1:1/1|2/!3:1/3|4/!5:16385/5|6/");
  text_release(&input);
}

static void a_long_file_is_read_across_buffers(void **state) {
  struct text input = {0};
  struct csv *csv = NULL;
  const struct csv_row *row = NULL;
  struct error err = {0};
  size_t count = 0;
  (void)state;
  for (int i = 0; i < 60000; i++)
    text_format(&input, "%d,\"строка \"\"%d\"\"\r\n\",ы\r\n", i, i);
  assert_true(csv_open_memory(&csv, text_string(&input), input.length, NULL, &err));
  for (; csv_next(csv, &row, &err) && row; count++) {
    char expected[64];
    snprintf(expected, sizeof expected, "строка \"%zu\"\r\n", count);
    assert_int_equal(row->count, 3);
    assert_string_equal(row->fields[1].data, expected);
    assert_int_equal(row->line, 2 * count + 1);
  }
  assert_int_equal(count, 60000);
  uint64_t bytes = 0, total = 0;
  csv_position(csv, &bytes, &total);
  assert_int_equal(bytes, total);
  csv_close(csv);
  text_release(&input);
}

static void a_missing_file_and_a_wrong_delimiter_are_refused(void **state) {
  static const struct csv_options quote = {.delimiter = '"'};
  struct csv *csv = NULL;
  struct error err = {0};
  (void)state;
  assert_false(csv_open_file(&csv, TEST_ROOT "/no such file", NULL, &err));
  assert_int_equal(err.code, ERROR_NOT_FOUND);
  assert_false(csv_open_memory(&csv, "a", 1, &quote, &err));
  assert_int_equal(err.code, ERROR_INVALID);
}

enum { TABLE_ROWS = 30, TABLE_COLUMNS = 4 };

static void random_cell(char *cell) {
  static const char *const pieces[] = {"a", "Ж",  "ё",  "\"", ",", ";", "\t",
                                       "|", "\n", "\r", " ",  "0", "="};
  *cell = 0;
  for (int left = rand() % 6; left > 0; left--)
    strcat(cell, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
}

static void encode(const struct text *text, const char *encoding, struct text *out) {
  char buffer[64 * 1024], *to = buffer, *from = text->data;
  size_t from_left = text->length, to_left = sizeof buffer;
  iconv_t converter = iconv_open(encoding, "UTF-8");
  assert_true(iconv(converter, &from, &from_left, &to, &to_left) != (size_t)-1);
  iconv_close(converter);
  text_append_bytes(out, buffer, sizeof buffer - to_left);
}

static void round_trip(char delimiter, const char *line_end, const char *encoding) {
  static char cells[TABLE_ROWS][TABLE_COLUMNS][32];
  const struct csv_style style = {.delimiter = delimiter, .line_end = line_end};
  const struct csv_options options = {.delimiter = delimiter, .encoding = encoding};
  struct text text = {0}, encoded = {0};
  struct csv *csv = NULL;
  const struct csv_row *row = NULL;
  struct error err = {0};
  for (int i = 0; i < TABLE_ROWS; i++) {
    struct csv_cell written[TABLE_COLUMNS] = {0};
    for (int k = 0; k < TABLE_COLUMNS; k++) {
      random_cell(cells[i][k]);
      written[k] = (struct csv_cell){.data = cells[i][k], .length = strlen(cells[i][k])};
    }
    csv_write_row(&text, written, TABLE_COLUMNS, &style);
  }
  encode(&text, encoding, &encoded);
  assert_true(csv_open_memory(&csv, encoded.data, encoded.length, &options, &err));
  for (int i = 0; i < TABLE_ROWS; i++) {
    assert_true(csv_next(csv, &row, &err));
    assert_int_equal(row->count, TABLE_COLUMNS);
    for (int k = 0; k < TABLE_COLUMNS; k++)
      assert_string_equal(row->fields[k].data, cells[i][k]);
  }
  assert_true(csv_next(csv, &row, &err));
  assert_null(row);
  csv_close(csv);
  text_release(&text);
  text_release(&encoded);
}

static void random_tables_come_back_equal(void **state) {
  static const char *const ends[] = {"\n", "\r\n", "\r"};
  static const char *const encodings[] = {"UTF-8",  "UTF-16LE", "UTF-16BE",
                                          "CP1251", "KOI8-R",   "CP866"};
  unsigned seed = (unsigned)time(NULL);
  (void)state;
  print_message("seed %u\n", seed);
  srand(seed);
  for (const char *delimiter = ",;\t|"; *delimiter; delimiter++)
    for (size_t i = 0; i < 3; i++)
      for (size_t k = 0; k < 6; k++)
        round_trip(*delimiter, ends[i], encodings[k]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_read_as_written),
      cmocka_unit_test(a_malformed_row_is_told_and_the_next_line_is_read),
      cmocka_unit_test(a_stray_quote_is_kept_when_allowed),
      cmocka_unit_test(what_is_not_text_ends_the_reading_after_the_rows_before_it),
      cmocka_unit_test(a_field_knows_where_it_starts),
      cmocka_unit_test(limits_are_told_and_passed),
      cmocka_unit_test(a_long_file_is_read_across_buffers),
      cmocka_unit_test(a_missing_file_and_a_wrong_delimiter_are_refused),
      cmocka_unit_test(random_tables_come_back_equal),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
