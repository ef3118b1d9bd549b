#include "core/model_fixture.h"
#include "model/ruleset.h"

static void the_hash_is_sha_256(void **state) {
  char hash[RULESET_HASH_SIZE];
  (void)state;
  ruleset_hash("abc", 3, hash);
  assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  ruleset_hash("", 0, hash);
  assert_string_equal(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_source_is_kept_once_and_found_by_its_hash(void **state) {
  struct book *book = *state;
  char *source = NULL;
  ok(ruleset_activate(book, "abc", 3, &failure));
  ok(ruleset_activate(book, "правило", strlen("правило"), &failure));
  ok(ruleset_activate(book, "abc", 3, &failure));
  assert_int_equal(number(book, "select count(*) from ruleset"), 2);
  assert_memory_equal(book->ruleset, "ba7816bf", 8);
  ok(ruleset_source(book, "ba7816bf", &source, &failure));
  assert_string_equal(source, "abc");
  memory_free(source);
  ok(ruleset_source(book, book->ruleset, &source, &failure));
  assert_string_equal(source, "abc");
  memory_free(source);
}

static void a_unit_names_the_rules_in_force(void **state) {
  struct book *book = *state;
  struct unit unit;
  ok(ruleset_activate(book, "abc", 3, &failure));
  add(book, "client", "name", "Acme", NULL);
  ok(unit_load(&unit, book, 1, &failure));
  assert_string_equal(unit.ruleset, book->ruleset);
  unit_release(&unit);
}

static void what_was_learned_is_kept_beside_the_rules_in_force(void **state) {
  struct book *book = *state;
  char hash[RULESET_HASH_SIZE], *source = NULL;
  ok(ruleset_activate(book, "abc", 3, &failure));
  for (int i = 0; i < 2; i++) {
    ok(store_begin(book->store, &failure));
    ok(ruleset_keep(book, "learned", 7, hash, &failure));
    ok(store_commit(book->store, &failure));
  }
  assert_int_equal(number(book, "select count(*) from ruleset"), 2);
  assert_memory_equal(book->ruleset, "ba7816bf", 8);
  ok(ruleset_source(book, hash, &source, &failure));
  assert_string_equal(source, "learned");
  memory_free(source);
}

static void a_hash_that_names_no_one_text_is_refused(void **state) {
  struct book *book = *state;
  char *source = NULL;
  ok(ruleset_activate(book, "abc", 3, &failure));
  refused(ruleset_source(book, "0000", &source, &failure), ERROR_NOT_FOUND, "ever in force");
  refused(ruleset_source(book, "ba7", &source, &failure), ERROR_INVALID, "no hash");
  refused(ruleset_source(book, "BA78", &source, &failure), ERROR_INVALID, "no hash");
  ok(store_begin(book->store, &failure));
  ok(store_run(book->store,
               "insert into ruleset select 'ba78ffff', at, actor, 'other' from ruleset", &failure));
  ok(store_commit(book->store, &failure));
  refused(ruleset_source(book, "ba78", &source, &failure), ERROR_INVALID, "several rule sets");
  assert_null(source);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, open_empty, close_empty)
      EACH(the_hash_is_sha_256),
      EACH(a_source_is_kept_once_and_found_by_its_hash),
      EACH(a_unit_names_the_rules_in_force),
      EACH(what_was_learned_is_kept_beside_the_rules_in_force),
      EACH(a_hash_that_names_no_one_text_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
