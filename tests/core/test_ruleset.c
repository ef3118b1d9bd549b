#include "core/model_fixture.h"
#include "model/activation.h"

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
  char hash[DIGEST_HEX_SIZE], *source = NULL;
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

static struct ruleset_file file_of(const char *name, const char *text) {
  return (struct ruleset_file){name, text, strlen(name), strlen(text)};
}

static void a_text_gives_back_the_files_it_was_made_of(void **state) {
  static const char *const files[][2] = {
      {"workspace.lua",        "-- one\n"             },
      {"kinds/пусто.lua", ""                     },
      {"a.lua",                "x = 1 -- file: no\n\n"}
  };
  struct text source = {0};
  struct ruleset_file file = {0};
  size_t count = 0;
  (void)state;
  for (size_t i = 0; i < 3; i++) {
    file = file_of(files[i][0], files[i][1]);
    ok(ruleset_append(&source, &file, &failure));
  }
  for (file = (struct ruleset_file){0}; ruleset_next(&file, text_string(&source), source.length);
       count++) {
    assert_int_equal(file.name_length, strlen(files[count][0]));
    assert_memory_equal(file.name, files[count][0], file.name_length);
    assert_int_equal(file.length, strlen(files[count][1]));
    assert_memory_equal(file.text, files[count][1], file.length);
  }
  assert_int_equal(count, 3);
  assert_true(ruleset_is_files(text_string(&source)));
  assert_false(ruleset_is_files("-- what scorecard 'x' learned"));
  text_release(&source);
}

static void a_line_that_looks_like_the_name_of_a_file_is_refused(void **state) {
  struct text source = {0};
  struct ruleset_file file = file_of("a.lua", "x = 1\n-- file: b.lua\n");
  (void)state;
  refused(ruleset_append(&source, &file, &failure), ERROR_CONFIG, "a.lua:2: ");
  file = (struct ruleset_file){"a.lua", "x\0y", 5, 3};
  refused(ruleset_append(&source, &file, &failure), ERROR_CONFIG, "zero byte");
  assert_int_equal(source.length, 0);
}

static void choose(struct book *book, const char *source) {
  char hash[DIGEST_HEX_SIZE] = "";
  ok(unit_begin(book, "rules activate", "why not", &failure));
  if (*source)
    ok(ruleset_keep(book, source, strlen(source), hash, &failure));
  ok(activation_set(book, hash, &failure));
  ok(unit_commit(book, &failure));
}

static const char first[] = "-- file: a\n1\n", second[] = "-- file: a\n2\n";

static void the_newest_choice_of_rules_counts(void **state) {
  struct book *book = *state;
  struct activation now;
  char hash[DIGEST_HEX_SIZE];
  ok(activation_load(&now, book, &failure));
  assert_int_equal(now.tx, 0);
  assert_string_equal(now.ruleset, "");
  choose(book, first);
  choose(book, second);
  digest_hex(second, strlen(second), hash);
  ok(activation_load(&now, book, &failure));
  assert_int_equal(now.tx, 2);
  assert_string_equal(now.ruleset, hash);
  choose(book, "");
  ok(activation_load(&now, book, &failure));
  assert_int_equal(now.tx, 3);
  assert_string_equal(now.ruleset, "");
}

static void versions_are_rule_sets_and_nothing_that_was_learned(void **state) {
  struct book *book = *state;
  struct ruleset_version *versions = NULL;
  size_t count = 0;
  ok(ruleset_activate(book, first, strlen(first), &failure));
  ok(ruleset_keep(book, "-- what was learned", 19, (char[DIGEST_HEX_SIZE]){0}, &failure));
  add(book, "client", "name", "Acme", NULL);
  ok(ruleset_versions(book, &versions, &count, &failure));
  assert_int_equal(count, 1);
  assert_string_equal(versions[0].hash, book->ruleset);
  assert_false(versions[0].activated);
  assert_null(versions[0].reason);
  assert_int_equal(versions[0].units, 1);
  ruleset_versions_free(versions, count);
  choose(book, first);
  ok(ruleset_versions(book, &versions, &count, &failure));
  assert_true(versions[0].activated);
  assert_string_equal(versions[0].reason, "why not");
  assert_int_equal(versions[0].units, 2);
  ruleset_versions_free(versions, count);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, open_empty, close_empty)
      EACH(a_source_is_kept_once_and_found_by_its_hash),
      EACH(a_unit_names_the_rules_in_force),
      EACH(what_was_learned_is_kept_beside_the_rules_in_force),
      EACH(a_hash_that_names_no_one_text_is_refused),
      EACH(a_text_gives_back_the_files_it_was_made_of),
      EACH(a_line_that_looks_like_the_name_of_a_file_is_refused),
      EACH(the_newest_choice_of_rules_counts),
      EACH(versions_are_rule_sets_and_nothing_that_was_learned),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
