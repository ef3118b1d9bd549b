/* Lines into words, and words into options. */
#include <string.h>

#include "base/words.h"
#include "repl/option.h"
#include "support/unit.h"

/* The words joined by | for comparing. */
static void check_split(const char *line, const char *expected) {
  struct words words;
  struct error err = {0};
  struct text joined = {0};
  if (!words_split(&words, line, &err))
    fail_msg("'%s': %s", line, err.message);
  for (size_t i = 0; i < words.items.count; i++)
    text_format(&joined, "%s%s", i ? "|" : "", words_at(&words, i));
  if (words.file)
    text_format(&joined, "|>%s", words.file);
  if (words.pipe)
    text_format(&joined, "||%s", words.pipe);
  assert_string_equal(text_string(&joined), expected);
  text_release(&joined);
  words_release(&words);
}

static void blanks_separate_and_quotes_hold_together(void **state) {
  (void)state;
  check_split("", "");
  check_split("  show   #42 ", "show|#42");
  check_split("new client name=\"Acme  Ltd\"", "new|client|name=Acme  Ltd");
  check_split("find \"a b\" 'c d'", "find|a b|c d");
  check_split("x name='a b'", "x|name=a b");
  check_split("find O'Brien", "find|O'Brien");
  check_split("note 1 \"say \\\"hi\\\" \\\\\"", "note|1|say \"hi\" \\");
  check_split("note 1 'a \"b\"'", "note|1|a \"b\"");
  check_split("set 1 notes=\"\"", "set|1|notes=");
  check_split("x \"\"", "x|");
  check_split("find amount>5000 a|b", "find|amount>5000|a|b");
  check_split("новый клиент=\"ООО Ёлка\"", "новый|клиент=ООО Ёлка");
}

static void redirections_end_the_words(void **state) {
  (void)state;
  check_split("list deal > deals.csv", "list|deal|>deals.csv");
  check_split("list deal > \"my deals.csv\" ", "list|deal|>my deals.csv");
  check_split("list deal | head -1 | wc", "list|deal||head -1 | wc");
}

/* As long as a line is typed it may end anywhere. */
static void check_typed(const char *line, char expected, size_t count) {
  struct words words;
  struct error err = {0};
  char quote = 'x';
  assert_true(words_split_typed(&words, line, &quote, &err));
  if (quote != expected || words.items.count != count)
    fail_msg("'%s': %zu words, quote %c", line, words.items.count, quote ? quote : '-');
  words_release(&words);
}

static void a_line_that_is_typed_may_end_in_a_quote(void **state) {
  (void)state;
  check_typed("", 0, 0);
  check_typed("show \"Acme Cl", '"', 2);
  check_typed("show 'Acme Cl", '\'', 2);
  check_typed("set 3 client='Клиника С", '\'', 3);
  check_typed("show O'Br", 0, 2);
  check_typed("show \"it's", '"', 2);
  check_typed("show 'a \"b", '\'', 2);
  check_typed("show 'Acme' \"", '"', 3);
  check_typed("list deal > ", 0, 2);
  check_typed("list deal >", 0, 3); /* a blank makes it a redirection */
  check_typed("list deal > \"my d", '"', 2);
  check_typed("list deal | grep 'a", 0, 2);
}

static void a_word_in_single_quotes_has_no_apostrophe(void **state) {
  struct text quoted = {0};
  (void)state;
  assert_true(words_quote_single(&quoted, "Acme \"Ltd\""));
  assert_false(words_quote_single(&quoted, "O'Brien"));
  assert_string_equal(text_string(&quoted), "'Acme \"Ltd\"'");
  check_split(text_string(&quoted), "Acme \"Ltd\"");
  text_release(&quoted);
}

static void broken_lines_are_refused_with_the_place(void **state) {
  static const char *const lines[] = {"show \"a", "x 'a",       "list >",
                                      "list |",   "list > a b", "x a=\"b"};
  (void)state;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    struct words words;
    struct error err = {0};
    assert_false(words_split(&words, lines[i], &err));
    assert_int_equal(err.code, ERROR_USAGE);
  }
  struct words words;
  struct error err = {0};
  words_split(&words, "ab \"c", &err);
  assert_non_null(strstr(err.message, "column 4"));
}

static void a_quoted_word_reads_back_as_itself(void **state) {
  static const char *const samples[] = {"",       "a",       "a b", "a\"b",
                                        "a\\b c", "O'Brien", "x>y", "таб\tв"};
  (void)state;
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    struct text quoted = {0};
    struct words words;
    struct error err = {0};
    words_quote(&quoted, samples[i]);
    assert_true(words_split(&words, text_string(&quoted), &err));
    assert_int_equal(words.items.count, 1);
    assert_string_equal(words_at(&words, 0), samples[i]);
    words_release(&words);
    text_release(&quoted);
  }
}

static const struct option_entry own[] = {
    {"force",   0,   NULL,   "past criteria", 0},
    {"rejects", 'r', "FILE", "rejected rows", 0},
    {NULL,      0,   NULL,   NULL,            0},
};

struct reading {
  struct settings settings;
  struct list values, rest;
  struct error err;
  bool done;
};

static struct reading read_words(const char *const *words, size_t count, bool stop) {
  struct reading reading = {.values = {.size = sizeof(struct option_value)},
                            .rest = {.size = sizeof(const char *)}};
  struct option_reading how = {own, stop, &reading.settings, &reading.values, &reading.rest};
  reading.done = option_read(&how, words, count, &reading.err);
  return reading;
}

static void release(struct reading *reading) {
  list_release(&reading->values);
  list_release(&reading->rest);
}

static const char *rest_at(const struct reading *reading, size_t index) {
  return *(const char **)list_at(&reading->rest, index);
}

static void options_stand_anywhere_among_the_words(void **state) {
  static const char *const words[] = {"deal",    "--sort",    "-amount", "stage=won", "-n",
                                      "--force", "--limit=5", "-fcsv",   "--",        "-x"};
  (void)state;
  struct reading reading = read_words(words, sizeof words / sizeof *words, false);
  assert_true(reading.done);
  assert_string_equal(reading.settings.sort, "-amount");
  assert_string_equal(reading.settings.limit, "5");
  assert_string_equal(reading.settings.format, "csv");
  assert_true(reading.settings.dry_run);
  assert_false(reading.settings.yes);
  assert_int_equal(reading.rest.count, 3);
  assert_string_equal(rest_at(&reading, 0), "deal");
  assert_string_equal(rest_at(&reading, 1), "stage=won");
  assert_string_equal(rest_at(&reading, 2), "-x");
  assert_int_equal(reading.values.count, 1);
  release(&reading);
}

static void the_first_other_word_can_end_the_options(void **state) {
  static const char *const words[] = {"-d", "x.db", "list", "--force", "-n"};
  (void)state;
  struct reading reading = read_words(words, sizeof words / sizeof *words, true);
  assert_true(reading.done);
  assert_string_equal(reading.settings.database, "x.db");
  assert_int_equal(reading.rest.count, 3);
  assert_false(reading.settings.dry_run);
  release(&reading);
}

struct refused {
  const char *word, *said;
};

static void wrong_options_are_named_with_a_suggestion(void **state) {
  static const struct refused samples[] = {
      {"--formt",       "did you mean '--format'?"},
      {"--forse",       "did you mean '--force'?" },
      {"--zzzzzzzz",    "'help' lists"            },
      {"-Q",            "no option '-Q'"          },
      {"--format",      "needs a value"           },
      {"-f",            "needs a value"           },
      {"--dry-run=yes", "takes no value"          },
  };
  (void)state;
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    struct reading reading = read_words(&samples[i].word, 1, false);
    assert_false(reading.done);
    assert_int_equal(reading.err.code, ERROR_USAGE);
    if (!strstr(reading.err.message, samples[i].said))
      fail_msg("%s: %s", samples[i].word, reading.err.message);
    release(&reading);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blanks_separate_and_quotes_hold_together),
      cmocka_unit_test(redirections_end_the_words),
      cmocka_unit_test(a_line_that_is_typed_may_end_in_a_quote),
      cmocka_unit_test(a_word_in_single_quotes_has_no_apostrophe),
      cmocka_unit_test(broken_lines_are_refused_with_the_place),
      cmocka_unit_test(a_quoted_word_reads_back_as_itself),
      cmocka_unit_test(options_stand_anywhere_among_the_words),
      cmocka_unit_test(the_first_other_word_can_end_the_options),
      cmocka_unit_test(wrong_options_are_named_with_a_suggestion),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
