#include <iconv.h>
#include <string.h>

#include "base/text.h"
#include "engine/decode.h"
#include "support/unit.h"

static void encode(const char *text, const char *encoding, struct text *out) {
  char buffer[4096], *to = buffer, *from = (char *)text;
  size_t from_left = strlen(text), to_left = sizeof buffer;
  iconv_t converter = iconv_open(encoding, "UTF-8");
  assert_true(iconv(converter, &from, &from_left, &to, &to_left) != (size_t)-1);
  iconv_close(converter);
  text_append_bytes(out, buffer, sizeof buffer - to_left);
}

static bool decode_all(const char *bytes, size_t length, const char *encoding, struct text *out,
                       struct decode_guess *guess, struct error *err) {
  struct decode *decode = NULL;
  char buffer[DECODE_READ_MIN + 1];
  size_t got = 0;
  if (!decode_open_memory(&decode, bytes, length, encoding, err))
    return false;
  bool worked = true;
  while ((worked = decode_read(decode, buffer, sizeof buffer, &got, err)) && got > 0)
    text_append_bytes(out, buffer, got);
  if (guess)
    *guess = *decode_guess(decode);
  decode_close(decode);
  return worked;
}

static void an_encoding_is_found_from_what_people_write(void **state) {
  static const char *const texts[] = {
      "Иванов",
      "клиент;город\n",
      "ООО РОМАШКА",
      "id,name,city\n1,Иван Петров,Москва\n2,Ольга,Тверь\n",
      "Название;Сумма;Стадия\nПоставка станков;12 500,00;переговоры\n",
      "съёмка, объект «Заря» № 5",
  };
  static const char *const encodings[] = {"CP1251", "KOI8-R",   "CP866",
                                          "UTF-8",  "UTF-16LE", "UTF-16BE"};
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (size_t k = 0; k < sizeof encodings / sizeof *encodings; k++) {
      bool has_quotes = i == 5 && (k == 1 || k == 2);
      bool has_no_ascii = i == 0 && k >= 4; /* nothing tells UTF-16 without a mark there */
      if (has_quotes || has_no_ascii)
        continue;
      struct text encoded = {0}, decoded = {0};
      struct decode_guess guess = {0};
      struct error err = {0};
      encode(texts[i], encodings[k], &encoded);
      bool worked = decode_all(encoded.data, encoded.length, NULL, &decoded, &guess, &err);
      if (!worked || strcmp(guess.encoding, encodings[k]) != 0)
        print_error("%s in %s\n", texts[i], encodings[k]);
      assert_true(worked);
      assert_string_equal(guess.encoding, encodings[k]);
      assert_string_equal(text_string(&decoded), texts[i]);
      text_release(&encoded);
      text_release(&decoded);
    }
}

static void a_western_file_is_not_taken_for_russian(void **state) {
  static const char *const texts[] = {"Müller,Köln\n",  "café à la carte", "“Smith” – 5 €",
                                      "naïve Ångström", "España,niño",     "Größe;Straße"};
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct text encoded = {0}, decoded = {0};
    struct decode_guess guess = {0};
    struct error err = {0};
    encode(texts[i], "CP1252", &encoded);
    assert_true(decode_all(encoded.data, encoded.length, NULL, &decoded, &guess, &err));
    if (strcmp(guess.encoding, "CP1252") != 0)
      print_error("%s as %s\n", texts[i], guess.encoding);
    assert_string_equal(guess.encoding, "CP1252");
    assert_string_equal(text_string(&decoded), texts[i]);
    text_release(&encoded);
    text_release(&decoded);
  }
}

static void a_mark_is_certain_and_gone(void **state) {
  static const struct {
    const char *bytes;
    size_t length;
    const char *encoding;
  } cases[] = {
      {"\xEF\xBB\xBF"
       "a",            4, "UTF-8"   },
      {"\xFF\xFE"
       "a\0",          4, "UTF-16LE"},
      {"\xFE\xFF\0a",         4, "UTF-16BE"},
      {"\xFF\xFE\0\0a\0\0\0", 8, "UTF-32LE"},
      {"\0\0\xFE\xFF\0\0\0a", 8, "UTF-32BE"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct text decoded = {0};
    struct decode_guess guess = {0};
    struct error err = {0};
    assert_true(decode_all(cases[i].bytes, cases[i].length, NULL, &decoded, &guess, &err));
    assert_string_equal(guess.encoding, cases[i].encoding);
    assert_int_equal(guess.certainty, DECODE_CERTAIN);
    assert_string_equal(text_string(&decoded), "a");
    text_release(&decoded);
  }
}

static void an_encoding_may_be_named_as_people_say_it(void **state) {
  static const char *const said[] = {"win1251", "Windows-1251", "CP1251", "1251"};
  (void)state;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    struct text decoded = {0};
    struct decode_guess guess = {0};
    struct error err = {0};
    assert_true(decode_all("\xC6\xF3\xEA", 3, said[i], &decoded, &guess, &err));
    assert_string_equal(text_string(&decoded), "Жук");
    assert_int_equal(guess.certainty, DECODE_NAMED);
    text_release(&decoded);
  }
  struct error err = {0};
  struct decode *decode = NULL;
  assert_false(decode_open_memory(&decode, "a", 1, "klingon", &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_false(decode_open_memory(&decode, "a", 1, "CP1251//IGNORE", &err));
}

static void a_byte_without_meaning_is_told_after_what_came_before(void **state) {
  static const struct {
    const char *bytes, *encoding, *before, *told;
  } cases[] = {
      {"ab\xFF"
       "c", "utf8",     "ab", "byte 0xFF at byte 3 "},
      {"ab\xD0",   "utf8",     "ab", "byte 0xD0 at byte 3 "},
      {"\xC6\x98", "cp1251",   "Ж", "byte 0x98 at byte 2 "},
      {"a\0b",     "utf-16le", "a",  "byte 0x62 at byte 3 "},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct text decoded = {0};
    struct error err = {0};
    size_t length = i == 3 ? 3 : strlen(cases[i].bytes);
    assert_false(decode_all(cases[i].bytes, length, cases[i].encoding, &decoded, NULL, &err));
    assert_int_equal(err.code, ERROR_DATA);
    assert_string_equal(text_string(&decoded), cases[i].before);
    assert_non_null(strstr(err.message, cases[i].told));
    text_release(&decoded);
  }
}

static void cyrillic_far_behind_plain_text_is_found(void **state) {
  struct text input = {0}, decoded = {0};
  struct decode_guess guess = {0};
  struct error err = {0};
  (void)state;
  text_append_repeat(&input, "id,name\n", 3 * DECODE_SAMPLE / 8 + 5);
  text_append(&input, "\xC8\xE2\xE0\xED\xEE\xE2\n");
  assert_true(decode_all(input.data, input.length, NULL, &decoded, &guess, &err));
  assert_string_equal(guess.encoding, "CP1251");
  assert_non_null(strstr(text_string(&decoded), "Иванов"));
  text_release(&input);
  text_release(&decoded);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_encoding_is_found_from_what_people_write),
      cmocka_unit_test(a_western_file_is_not_taken_for_russian),
      cmocka_unit_test(a_mark_is_certain_and_gone),
      cmocka_unit_test(an_encoding_may_be_named_as_people_say_it),
      cmocka_unit_test(a_byte_without_meaning_is_told_after_what_came_before),
      cmocka_unit_test(cyrillic_far_behind_plain_text_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
