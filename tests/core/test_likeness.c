/* core/base/likeness: the same name, address or number, however it is written. */
#include <string.h>

#include "base/likeness.h"
#include "base/memory.h"
#include "core/failing.h"
#include "support/unit.h"

static double alike(const char *a, const char *b, enum name_of of) {
  struct error err;
  struct likeness left, right;
  assert_true(likeness_init(&left, a, of, &err));
  assert_true(likeness_init(&right, b, of, &err));
  double found = likeness_compare(&left, &right);
  assert_true(found >= 0 && found <= 1);
  assert_float_equal(found, likeness_compare(&right, &left), 1e-12);
  likeness_release(&left);
  likeness_release(&right);
  return found;
}

static void assert_sound(const char *name, const char *expected) {
  struct error err;
  struct likeness likeness;
  assert_true(likeness_init(&likeness, name, NAME_OF_COMPANY, &err));
  assert_string_equal(text_string(&likeness.sound), expected);
  likeness_release(&likeness);
}

static void legal_forms_do_not_count(void **state) {
  static const char *const same[] = {
      "ООО «Ромашка»",
      "Ромашка, ООО",
      "OOO Ромашка" /* Latin letters */,
      "Общество с ограниченной ответственностью \"Ромашка\"",
      "ЗАО Ромашка",
      "3AO Ромашка",
      "ИП Ромашка",
      "РОМАШКА Ltd.",
      "о.о.о. Ромашка",
      "Ромашка GmbH",
      "Romashka LLC",
      "Romashka S.A.",
      "Romashka, Inc.",
      "Romashka AG",
      "АО ромашка",
      "Romaschka Sp. z o.o.",
  };
  (void)state;
  for (size_t i = 0; i < sizeof same / sizeof *same; i++)
    assert_sound(same[i], "romashka");
  assert_sound("ООО", "o"); /* nothing else would be left */
}

static void one_name_in_two_alphabets_is_the_same(void **state) {
  (void)state;
  assert_float_equal(alike("Юрий Петров", "Yuri Petrov", NAME_OF_PERSON), 1, 1e-9);
  assert_float_equal(alike("Юрий Петров", "Petrov Yury", NAME_OF_PERSON), 1, 1e-9);
  assert_float_equal(alike("Наталья Щукина", "Natalia Shchukina", NAME_OF_PERSON), 1, 1e-9);
  assert_float_equal(alike("Алексей Хабаров", "Alexey Khabarov", NAME_OF_PERSON), 1, 1e-9);
  assert_float_equal(alike("Евгений Цветков", "Yevgeny Tsvetkov", NAME_OF_PERSON), 1, 1e-9);
  assert_float_equal(alike("Müller Maschinen", "Mueller Maschinen GmbH", NAME_OF_COMPANY), 1, 1e-9);
}

static void look_alike_letters_are_seen_through(void **state) {
  (void)state;
  /* Рoмaшкa with Latin o and a */
  assert_sound("Р\x6Fм\x61шк\x61", "romashka");
  /* a whole word that only looks Cyrillic: POMA */
  assert_float_equal(alike("РОМА", "POMA", NAME_OF_COMPANY), 1, 1e-9);
  assert_true(alike("РОМА", "POMB", NAME_OF_COMPANY) < 0.9);
}

static void order_initials_and_patronymics_of_people_matter_little(void **state) {
  (void)state;
  assert_true(alike("Петров Иван Сергеевич", "Ivan Petrov", NAME_OF_PERSON) > 0.9);
  assert_true(alike("И. Петров", "Иван Петров", NAME_OF_PERSON) > 0.85);
  assert_true(alike("Иван", "Иван Петров", NAME_OF_PERSON) < 0.8);
}

static void different_names_are_far_apart(void **state) {
  (void)state;
  assert_true(alike("Ivan Petrov", "Ivan Sidorov", NAME_OF_PERSON) < 0.6);
  assert_true(alike("Acme Clinic", "Beta Clinic", NAME_OF_COMPANY) < 0.7);
  assert_true(alike("Школа 12", "Школа 13", NAME_OF_COMPANY) < 0.8);
  assert_true(alike("", "Acme", NAME_OF_COMPANY) < 1e-9);
  assert_true(alike("«»", "«»", NAME_OF_COMPANY) < 1e-9);
}

static void a_slip_of_the_pen_stays_near(void **state) {
  (void)state;
  assert_true(alike("Rosewater Clinic", "Rosewatre Clinic", NAME_OF_COMPANY) > 0.9);
  assert_true(alike("Стройинвест", "Стройинвестт", NAME_OF_COMPANY) > 0.9);
}

/* Winkler 1990, as given in many textbooks. */
static void words_are_measured_as_jaro_and_winkler_did(void **state) {
  (void)state;
  assert_float_equal(likeness_of_words("martha", 6, "marhta", 6), 0.9611, 1e-4);
  assert_float_equal(likeness_of_words("dixon", 5, "dicksonx", 8), 0.8133, 1e-4);
  assert_float_equal(likeness_of_words("dwayne", 6, "duane", 5), 0.8400, 1e-4);
  assert_float_equal(likeness_of_words("abc", 3, "xyz", 3), 0, 1e-9);
}

static void assert_appended(void (*append)(struct text *, const char *), const char *in,
                            const char *expected) {
  struct text out = {0};
  append(&out, in);
  assert_string_equal(text_string(&out), expected);
  text_release(&out);
}

static void addresses_are_compared_without_what_means_nothing(void **state) {
  (void)state;
  assert_appended(likeness_append_email, "Ivan@ACME.example", "ivan@acme.example");
  assert_appended(likeness_append_email, "ivan+fair@acme.example", "ivan@acme.example");
  assert_appended(likeness_append_email, "I.Petrov@googlemail.com", "ipetrov@gmail.com");
  assert_appended(likeness_append_email, "i.petrov@acme.example", "i.petrov@acme.example");
  assert_appended(likeness_append_email, "ИВАН@почта.рф", "иван@почта.рф");
  assert_appended(likeness_append_email, "no address", "");
  assert_appended(likeness_append_email, "@", "");
}

static void numbers_are_compared_by_their_digits(void **state) {
  (void)state;
  assert_appended(likeness_append_phone, "+7 (495) 123-45-67", "74951234567");
  assert_appended(likeness_append_phone, "8 495 123 45 67", "74951234567");
  assert_appended(likeness_append_phone, "8 (495) 123-45-67 доб. 12", "74951234567");
  assert_appended(likeness_append_phone, "+49 30 123456 ext 5", "4930123456");
  assert_appended(likeness_append_phone, "0049 30 123456", "4930123456");
  assert_appended(likeness_append_phone, "123-45-67", "1234567");
  assert_appended(likeness_append_phone, "+86 10 1234 5678", "861012345678");
  assert_appended(likeness_append_phone, "none", "");
}

static bool take_apart(struct error *err) {
  struct likeness likeness;
  if (!likeness_init(&likeness, "ООО «Ромашка и партнёры»", NAME_OF_COMPANY, err))
    return false;
  likeness_release(&likeness);
  return true;
}

static void lack_of_memory_is_an_error(void **state) {
  (void)state;
  assert_true(failing_count(take_apart) > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(legal_forms_do_not_count),
      cmocka_unit_test(one_name_in_two_alphabets_is_the_same),
      cmocka_unit_test(look_alike_letters_are_seen_through),
      cmocka_unit_test(order_initials_and_patronymics_of_people_matter_little),
      cmocka_unit_test(different_names_are_far_apart),
      cmocka_unit_test(a_slip_of_the_pen_stays_near),
      cmocka_unit_test(words_are_measured_as_jaro_and_winkler_did),
      cmocka_unit_test(addresses_are_compared_without_what_means_nothing),
      cmocka_unit_test(numbers_are_compared_by_their_digits),
      cmocka_unit_test(lack_of_memory_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
