#include <string.h>

#include "base/text.h"
#include "core/failing.h"
#include "support/unit.h"

static void appended_pieces_make_one_text(void **state) {
  (void)state;
  struct text text = {0};
  struct error err = {0};
  assert_string_equal(text_string(&text), "");
  text_append(&text, "а");
  text_append_char(&text, '-');
  text_append_repeat(&text, "б", 3);
  text_append_bytes(&text, "xyz", 2);
  text_format(&text, " %d %s", 42, "в");
  assert_true(text_check(&text, &err));
  assert_string_equal(text_string(&text), "а-бббxy 42 в");
  text_clear(&text);
  assert_string_equal(text_string(&text), "");
  char *taken = text_take(&text, &err);
  assert_string_equal(taken, "");
  assert_null(text.data);
  memory_free(taken);
}

static void integers_are_appended_in_digits(void **state) {
  (void)state;
  struct text text = {0};
  text_append_integer(&text, 0);
  text_append_integer(&text, -7);
  text_append_integer(&text, INT64_MAX);
  text_append_integer(&text, INT64_MIN);
  assert_string_equal(text_string(&text), "0-79223372036854775807-9223372036854775808");
  text_release(&text);
}

static void a_formatted_piece_may_be_longer_than_the_room_left(void **state) {
  (void)state;
  for (int length = 0; length < 200; length++) {
    struct text text = {0};
    struct error err = {0};
    text_append(&text, "start");
    text_format(&text, "%0*d|", length + 1, 7);
    text_format(&text, "%s", "end");
    assert_true(text_check(&text, &err));
    assert_int_equal(text.length, strlen(text_string(&text)));
    assert_int_equal(text.length, 5 + length + 1 + 1 + 3);
    assert_string_equal(text_string(&text) + 5 + length, "7|end");
    text_release(&text);
  }
}

static void what_is_surely_normal_is_told_without_tables(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool normal;
  } cases[] = {
      {"",                       true },
      {"plain",                  true },
      {"ООО Ёлка й",     true },
      {"M\xC3\xBCller \xCB\xBF", true },
      {"e\xCC\x81",              false}, /* a mark to be composed */
      {"\xD0\x98\xCC\x86",       false}, /* И and a breve: Й */
      {"\xD2\x83",               false}, /* Cyrillic, and a mark */
      {"\xCD\xBE",               false}, /* the Greek question mark becomes ; */
      {"\xD0",                   false},
      {"\xC2 ",                  false},
      {"\xC1\x81",               false},
      {"\x80",                   false},
      {"\xFF",                   false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (text_is_normal(cases[i].text, strlen(cases[i].text)) != cases[i].normal)
      fail_msg("'%s' is wrong", cases[i].text);
  struct text text = {0};
  text_append_normal(&text, "\xD0\x98\xCC\x86 e\xCC\x81", 8);
  assert_string_equal(text_string(&text), "Й é");
  text_release(&text);
}

static bool write_all(struct error *err) {
  struct text text = {0};
  text_append(&text, "start ");
  text_append_folded(&text, "Ünïted Ltd", strlen("Ünïted Ltd"));
  text_append_normal(&text,
                     "a\xFF"
                     "e\xCC\x81",
                     5);
  for (int i = 0; i < 40; i++) {
    text_format(&text, "%d, ", i);
    text_append_repeat(&text, "é", 10);
  }
  char *taken = text_take(&text, err);
  memory_free(taken);
  return taken != NULL;
}

static void running_out_of_memory_is_reported_once_at_the_end(void **state) {
  (void)state;
  assert_true(failing_count(write_all) > 3);
}

static void a_long_word_that_cannot_be_folded_fails(void **state) {
  (void)state;
  struct text word = {0};
  struct text folded = {0};
  struct error err = {0};
  struct failing failing = {.until = 0};
  text_append_repeat(&word, "é", 400);
  memory_guard(failing_guard, &failing);
  text_append_folded(&folded, word.data, word.length);
  memory_guard(NULL, NULL);
  assert_false(text_check(&folded, &err));
  text_clear(&folded);
  text_append_folded(&folded, word.data, word.length);
  assert_true(text_check(&folded, &err));
  assert_int_equal(folded.length, 800);
  text_release(&word);
  text_release(&folded);
}

static void bytes_that_are_not_utf8_are_found(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t bad; /* SIZE_MAX: good */
  } cases[] = {
      {"",                 SIZE_MAX},
      {"abc",              SIZE_MAX},
      {"Ёлка €😀", SIZE_MAX},
      {"ab\xFF",           2       },
      {"\xD0",             0       },
      {"a\xC0\xAF",        1       },
      {"\xED\xA0\x80",     0       },
      {"\xF4\x90\x80\x80", 0       },
      {"ok\xE2\x82",       2       },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t at = SIZE_MAX;
    bool good = text_is_utf8(cases[i].bytes, strlen(cases[i].bytes), &at);
    assert_int_equal(good, cases[i].bad == SIZE_MAX);
    assert_int_equal(at, cases[i].bad);
  }
}

static void assert_folds(const char *word, const char *expected) {
  struct text folded = {0};
  text_append_folded(&folded, word, strlen(word));
  assert_string_equal(text_string(&folded), expected);
  text_release(&folded);
}

static void folding_makes_equal_what_readers_take_for_equal(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"ACME Ltd. [A@Z`{",        "acme ltd. [a@z`{"     },
      {"ООО Ёлка",         "ооо елка"      },
      {"ё\xCC\x88ж",            "еж"                 },
      {"ооо е\xCC\x88лка", "ооо елка"      },
      {"ЯЙЦО Россия",   "яйцо россия"},
      {"и\xCC\x86",              "й"                   },
      {"Є Ў ї",                "є ў ї"             },
      {"STRASSE Straße",         "strasse strasse"      },
      {"E\xCC\x81",               "é"                   },
      {"ＡＢＣ １２",        "abc 12"               },
      {"a\xC2\xA0"
       "b",                "a b"                  },
      {"co\xC2\xADop",            "coop"                 },
      {"ΣΊΣΥΦΟΣ",          "σίσυφοσ"       },
      {"x\xFFЁ",                 "x\xEF\xBF\xBDе"      },
      {"",                        ""                     },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_folds(cases[i][0], cases[i][1]);
  }
}

static void folding_appends_to_what_is_there(void **state) {
  (void)state;
  struct text text = {0};
  text_append(&text, "A ");
  text_append_folded(&text, "Ж\xC3\x89", 4);
  text_append_folded(&text, "Ж", 2);
  assert_string_equal(text_string(&text), "A жéж");
  text_release(&text);
}

static void normal_forms_of_equal_words_are_equal_bytes(void **state) {
  (void)state;
  struct text text = {0};
  text_append_normal(&text, "Cafe\xCC\x81 Е\xCC\x88 \xFF", strlen("Cafe\xCC\x81 Е\xCC\x88 \xFF"));
  assert_string_equal(text_string(&text), "Café Ё \xEF\xBF\xBD");
  text_release(&text);
}

static void words_are_ordered_as_a_reader_expects(void **state) {
  (void)state;
  static const char *const sorted[] = {"",     "Acme", "acme", "acme b", "Bob",  "cafe",
                                       "cafz", "café", "Авто", "ежик",   "Ёлка", "жук"};
  size_t count = sizeof sorted / sizeof *sorted;
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < count; j++) {
      int order = text_compare(sorted[i], sorted[j]);
      assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
    }
  }
  assert_true(text_compare("cafe\xCC\x81", "cafz") > 0);
}

static void a_part_is_found_in_any_case(void **state) {
  (void)state;
  assert_true(text_contains("ООО «Зелёная Ёлка»", "ЕЛКА"));
  assert_true(text_contains("Café", "E\xCC\x81"));
  assert_true(text_contains("abc", ""));
  assert_false(text_contains("ООО Ёлка", "сосна"));
  assert_true(text_starts("Ёлка", "ЕЛ"));
  assert_true(text_starts("Ёлка", ""));
  assert_false(text_starts("Зелёная ёлка", "ёл"));
  assert_false(text_starts("Ёл", "ёлка"));
}

static void widths_are_terminal_columns(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t width;
  } cases[] = {
      {"",                   0},
      {"abc",                3},
      {"Ёлка",           4},
      {"е\xCC\x88лка",   4},
      {"日本語",          6},
      {"한국",             4},
      {"é",                 1},
      {"e\xCC\x81",          1},
      {"a\xE2\x80\x8B"
       "b",           2},
      {"\x1B[",              1},
      {"a\r\nb",             2},
      {"👨‍👩‍👧", 2},
      {"🇷🇺",           2},
      {"🇷🇺🇩🇪",   4},
      {"❤️",             2},
      {"❤",                1},
      {"👍🏽",           2},
      {"1️⃣",            2},
      {"😀x",              3},
      {"น้ำ",          2},
      {"a\xFF"
       "b",           3},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t width = text_width(cases[i].text, strlen(cases[i].text));
    if (width != cases[i].width) {
      print_message("width of '%s'\n", cases[i].text);
    }
    assert_int_equal(width, cases[i].width);
  }
}

static void a_grapheme_is_never_split(void **state) {
  (void)state;
  size_t width;
  assert_int_equal(text_grapheme("👨‍👩‍👧x", strlen("👨‍👩‍👧x"), &width),
                   strlen("👨‍👩‍👧"));
  assert_int_equal(text_grapheme("e\xCC\x81x", 4, &width), 3);
  assert_int_equal(text_grapheme("", 0, &width), 0);
  assert_int_equal(width, 0);
  assert_int_equal(text_fit("日本語", 9, 5), 6);
  assert_int_equal(text_fit("Ёлка", 8, 2), 4);
  assert_int_equal(text_fit("ae\xCC\x81"
                            "b",
                            5, 2),
                   4);
  assert_int_equal(text_fit("abc", 3, 0), 0);
  assert_int_equal(text_fit("abc", 3, 9), 3);
}

static void distance_counts_edits_of_letters(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    size_t distance;
  } cases[] = {
      {"",             "",             0},
      {"",             "abc",          3},
      {"stage",        "Stage",        0},
      {"stage",        "satge",        1},
      {"сделка", "зделка", 1},
      {"kitten",       "sitting",      3},
      {"ёлка",     "елки",     1},
      {"ab",           "ba",           1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(text_distance(cases[i].a, cases[i].b), cases[i].distance);
    assert_int_equal(text_distance(cases[i].b, cases[i].a), cases[i].distance);
  }
}

static void only_what_was_probably_meant_is_suggested(void **state) {
  (void)state;
  static const char *const words[] = {"client", "deal",        "contact",    "campaign",  "сделка",
                                      "import", "lost_reason", "closed_day", "opened_day"};
  static const struct {
    const char *word, *meant;
  } cases[] = {
      {"cleint",       "client"      },
      {"dela",         "deal"        },
      {"camp",         "campaign"    },
      {"зделка", "сделка"},
      {"DEAL",         "deal"        },
      {"con",          "contact"     },
      {"co",           NULL          },
      {"xyz",          NULL          },
      {"",             NULL          },
      {"lead",         NULL          },
      {"conatct",      "contact"     },
      {"reason",       "lost_reason" },
      {"day",          NULL          }, /* of two */
      {"eason",        NULL          },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *meant = text_suggest(cases[i].word, words, sizeof words / sizeof *words);
    if (cases[i].meant) {
      assert_non_null(meant);
      assert_string_equal(meant, cases[i].meant);
    } else {
      assert_null(meant);
    }
  }
}

static void letters_become_small_and_capital(void **state) {
  (void)state;
  static const struct {
    const char *text, *lower, *upper;
  } cases[] = {
      {"",            "",            ""           },
      {"Deal 1",      "deal 1",      "DEAL 1"     },
      {"Ёлка Щ", "ёлка щ", "ЁЛКА Щ"},
      {"Ünïted",    "ünïted",    "ÜNÏTED"   },
      {"a\xFF\xD0",   "a\xFF\xD0",   "A\xFF\xD0"  },
      {"Ⱥ",          "ⱥ",         "Ⱥ"         },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct text lower = {0}, upper = {0};
    text_append_lower(&lower, cases[i].text, strlen(cases[i].text));
    text_append_upper(&upper, cases[i].text, strlen(cases[i].text));
    assert_string_equal(text_string(&lower), cases[i].lower);
    assert_string_equal(text_string(&upper), cases[i].upper);
    text_release(&lower);
    text_release(&upper);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_surely_normal_is_told_without_tables),
      cmocka_unit_test(appended_pieces_make_one_text),
      cmocka_unit_test(integers_are_appended_in_digits),
      cmocka_unit_test(a_formatted_piece_may_be_longer_than_the_room_left),
      cmocka_unit_test(running_out_of_memory_is_reported_once_at_the_end),
      cmocka_unit_test(a_long_word_that_cannot_be_folded_fails),
      cmocka_unit_test(bytes_that_are_not_utf8_are_found),
      cmocka_unit_test(folding_makes_equal_what_readers_take_for_equal),
      cmocka_unit_test(letters_become_small_and_capital),
      cmocka_unit_test(folding_appends_to_what_is_there),
      cmocka_unit_test(normal_forms_of_equal_words_are_equal_bytes),
      cmocka_unit_test(words_are_ordered_as_a_reader_expects),
      cmocka_unit_test(a_part_is_found_in_any_case),
      cmocka_unit_test(widths_are_terminal_columns),
      cmocka_unit_test(a_grapheme_is_never_split),
      cmocka_unit_test(distance_counts_edits_of_letters),
      cmocka_unit_test(only_what_was_probably_meant_is_suggested),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
