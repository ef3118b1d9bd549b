#include <string.h>

#include "base/catalogue.h"
#include "base/embedded.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/translate.h"
#include "support/unit.h"

extern const struct embedded_file translations[];

static int english(void **state) {
  (void)state;
  return translate_use("en") ? 0 : 1;
}

static void english_is_the_texts_themselves(void **state) {
  (void)state;
  assert_string_equal(translate_language(), "en");
  assert_string_equal(translate("not known: {path}"), "not known: {path}");
  assert_string_equal(translate_plural("one", "many", 1), "one");
  assert_string_equal(translate_plural("one", "many", 21), "many");
  assert_string_equal(translate_plural("one", "many", -1), "one");
  assert_null(translate(NULL));
}

static void a_chosen_language_is_spoken_until_another_is_chosen(void **state) {
  (void)state;
  assert_true(translate_use("ru"));
  assert_string_equal(translate_language(), "ru");
  assert_string_equal(translate("not known: {path}"), "не известно: {path}");
  assert_string_equal(translate("no catalogue has this"), "no catalogue has this");
  assert_string_equal(translate(""), "");
  assert_true(translate_use(NULL));
  assert_string_equal(translate("not known: {path}"), "not known: {path}");
}

static void a_language_without_a_catalogue_changes_nothing(void **state) {
  (void)state;
  assert_true(translate_use("ru"));
  assert_false(translate_use("tlh"));
  assert_string_equal(translate_language(), "ru");
}

static void every_language_on_the_list_can_be_chosen(void **state) {
  (void)state;
  for (const char *const *name = translate_languages; *name; name++) {
    assert_true(translate_use(*name));
    assert_string_equal(translate_language(), *name);
  }
}

static void russian_has_three_forms(void **state) {
  static const struct {
    int64_t number;
    const char *form;
  } cases[] = {
      {0,         "%lld записей"},
      {1,         "%lld запись"  },
      {2,         "%lld записи"  },
      {4,         "%lld записи"  },
      {5,         "%lld записей"},
      {11,        "%lld записей"},
      {12,        "%lld записей"},
      {14,        "%lld записей"},
      {21,        "%lld запись"  },
      {22,        "%lld записи"  },
      {25,        "%lld записей"},
      {100,       "%lld записей"},
      {101,       "%lld запись"  },
      {111,       "%lld записей"},
      {112,       "%lld записей"},
      {-1,        "%lld запись"  },
      {-3,        "%lld записи"  },
      {INT64_MIN, "%lld записей"},
  };
  (void)state;
  assert_true(translate_use("ru"));
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(translate_plural("%lld record", "%lld records", cases[i].number),
                        cases[i].form);
}

/* The catalogue that the program carries, in memory of its own, so that reading past it is seen. */
static unsigned char *copy(size_t length) {
  unsigned char *bytes = memory_new_array(length + 1, 1);
  memcpy(bytes, translations[0].text, length);
  return bytes;
}

static void a_catalogue_that_was_cut_off_is_refused_or_has_less(void **state) {
  (void)state;
  for (size_t length = 0; length < translations[0].length; length += 1 + length / 50) {
    struct catalogue catalogue;
    unsigned char *bytes = copy(length);
    if (catalogue_init(&catalogue, bytes, length))
      catalogue_find(&catalogue, "not known: {path}", 0);
    memory_free(bytes);
  }
}

static void a_damaged_catalogue_is_never_read_past(void **state) {
  (void)state;
  size_t length = translations[0].length;
  unsigned char *bytes = copy(length);
  for (size_t at = 0; at < length && at < 400; at++) {
    struct catalogue catalogue;
    unsigned char before = bytes[at];
    bytes[at] = 0xFF;
    if (catalogue_init(&catalogue, bytes, length)) {
      const char *text, *translation;
      catalogue_find(&catalogue, "%lld record", 2);
      catalogue_entry(&catalogue, 0, &text, &translation);
    }
    bytes[at] = before;
  }
  memory_free(bytes);
}

/* The {places} of a text, sorted, as one line. */
static void collect_places(struct text *out, const char *text) {
  const char *places[32];
  size_t count = 0;
  for (const char *at = text; (at = strchr(at, '{')) && count < 32; at++) {
    if (at[1] == '{')
      at++;
    else
      places[count++] = at;
  }
  for (size_t i = 0; i < count; i++) {
    for (size_t j = i + 1; j < count; j++) {
      if (strcmp(places[j], places[i]) < 0) {
        const char *swapped = places[i];
        places[i] = places[j];
        places[j] = swapped;
      }
    }
    text_append_bytes(out, places[i], strcspn(places[i], "}"));
  }
}

static void a_translation_has_the_places_of_its_text(void **state) {
  struct catalogue catalogue;
  (void)state;
  assert_true(catalogue_init(&catalogue, translations[0].text, translations[0].length));
  assert_true(catalogue.count > 1);
  for (uint32_t i = 0; i < catalogue.count; i++) {
    const char *text, *translation;
    struct text wanted = {0}, found = {0};
    assert_true(catalogue_entry(&catalogue, i, &text, &translation));
    collect_places(&wanted, text);
    collect_places(&found, translation);
    assert_string_equal(text_string(&found), text_string(&wanted));
    text_release(&wanted);
    text_release(&found);
  }
}

static void numbers_have_the_marks_of_the_language(void **state) {
  static const struct {
    const char *plain, *english, *russian;
  } cases[] = {
      {"0",         "0",          "0"                  },
      {"999.5",     "999.5",      "999,5"              },
      {"1054",      "1054",       "1054"               },
      {"-12500.75", "-12,500.75", "-12\u00a0500,75"    },
      {"1234567",   "1,234,567",  "1\u00a0234\u00a0567"},
      {"1e+30",     "1e+30",      "1e+30"              },
      {"nan",       "nan",        "nan"                },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct text english = {0}, russian = {0};
    assert_true(translate_use("en"));
    translate_number(&english, cases[i].plain, 5);
    assert_true(translate_use("ru"));
    translate_number(&russian, cases[i].plain, 5);
    assert_string_equal(text_string(&english), cases[i].english);
    assert_string_equal(text_string(&russian), cases[i].russian);
    text_release(&english);
    text_release(&russian);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(english_is_the_texts_themselves, english),
      cmocka_unit_test_setup(a_chosen_language_is_spoken_until_another_is_chosen, english),
      cmocka_unit_test_setup(a_language_without_a_catalogue_changes_nothing, english),
      cmocka_unit_test_setup(every_language_on_the_list_can_be_chosen, english),
      cmocka_unit_test_setup(russian_has_three_forms, english),
      cmocka_unit_test_setup(numbers_have_the_marks_of_the_language, english),
      cmocka_unit_test(a_catalogue_that_was_cut_off_is_refused_or_has_less),
      cmocka_unit_test(a_damaged_catalogue_is_never_read_past),
      cmocka_unit_test(a_translation_has_the_places_of_its_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
