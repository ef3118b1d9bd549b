#include "core/model_fixture.h"
#include "model/book.h"
#include "support/store.h"

static struct book *open_at(const struct scratch *scratch, enum book_mode mode) {
  struct book *book = NULL;
  ok(book_open(&book, scratch->path, mode, &failure));
  set_clock(book, "2017-03-01T10:00:00Z");
  return book;
}

static const struct field budget = {.name = "budget", .type = FIELD_MONEY};
static const struct field as_text = {.name = "budget", .type = FIELD_TEXT};

static struct catalog *declare(const struct field *field, bool with_need) {
  static const struct kind need = {
      .name = "need", .plural = "needs", .belongs_to = "deal", .name_field = "statement"};
  static const struct field statement = {.name = "statement", .flags = FIELD_REQUIRED};
  static const struct field deal = {.name = "deal", .type = FIELD_REF, .target = "deal"};
  struct catalog *catalog = NULL;
  ok(catalog_new(&catalog, &failure));
  if (field)
    ok(catalog_add_field(catalog, "client", field, &failure));
  if (with_need) {
    ok(catalog_add_kind(catalog, &need, &failure));
    ok(catalog_add_field(catalog, "need", &statement, &failure));
    ok(catalog_add_field(catalog, "need", &deal, &failure));
  }
  return catalog;
}

static void custom_kinds_and_fields_join_an_existing_file(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  int64_t client = add(book, "client", "name", "Ёлка", NULL);
  ok(book_use_catalog(book, declare(&budget, true), &failure));
  change(book, client, "budget", "100 EUR");
  int64_t need = add(book, "need", "statement", "быстрее", NULL);
  book_close(book);

  book = open_at(*state, BOOK_EXISTING);
  ok(book_use_catalog(book, declare(&budget, true), &failure));
  assert_string_equal(value_of(book, client, "budget"), "100.00 EUR");
  assert_string_equal(value_of(book, need, "statement"), "быстрее");
  book_close(book);
}

static void what_scripts_no_longer_declare_is_kept(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  ok(book_use_catalog(book, declare(&budget, true), &failure));
  int64_t client = add(book, "client", "name", "Acme", "budget", "7 USD", NULL);
  book_close(book);

  book = open_at(*state, BOOK_EXISTING);
  drop(book, client);
  ok(record_restore(book, client, &failure));
  ok(book_use_catalog(book, declare(&budget, false), &failure));
  assert_string_equal(value_of(book, client, "budget"), "7.00 USD");
  book_close(book);
}

static void a_changed_type_is_refused_naming_both(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  ok(book_use_catalog(book, declare(&budget, false), &failure));
  const struct catalog *before = book->catalog;
  struct catalog *catalog = declare(&as_text, true);
  refused(book_use_catalog(book, catalog, &failure), ERROR_INVALID,
          "client.budget is declared as text but the book keeps it as money");
  assert_ptr_equal(book->catalog, before);
  expect_rows(book, "select count(*) from kind where name = 'need'", "i:0|\n");
  catalog_free(catalog);
  book_close(book);
}

static void a_reference_to_another_kind_is_another_type(void **state) {
  static const struct field to_user = {.name = "guide", .type = FIELD_REF, .target = "user"};
  static const struct field to_contact = {.name = "guide", .type = FIELD_REF, .target = "contact"};
  struct book *book = open_at(*state, BOOK_CREATE);
  ok(book_use_catalog(book, declare(&to_user, false), &failure));
  struct catalog *catalog = declare(&to_contact, false);
  refused(book_use_catalog(book, catalog, &failure), ERROR_INVALID,
          "declared as ref contact but the book keeps it as ref user");
  catalog_free(catalog);
  book_close(book);
}

static void opening_again_writes_nothing(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  ok(book_use_catalog(book, declare(&budget, true), &failure));
  book_close(book);
  char before[64], after[64];
  book = open_at(*state, BOOK_EXISTING);
  snprintf(before, sizeof before, "%lld", (long long)number(book, "pragma data_version"));
  struct book *other = open_at(*state, BOOK_EXISTING);
  ok(book_use_catalog(other, declare(&budget, true), &failure));
  book_close(other);
  snprintf(after, sizeof after, "%lld", (long long)number(book, "pragma data_version"));
  assert_string_equal(before, after);
  book_close(book);
}

static void a_book_for_reading_takes_no_changes(void **state) {
  book_close(open_at(*state, BOOK_CREATE));
  struct book *book = open_at(*state, BOOK_READ_ONLY);
  assert_true(book_is_read_only(book));
  refused(unit_begin(book, "test", NULL, &failure), ERROR_PERMISSION, "reading only");
  refused(book_set_setting(book, "a", "b", &failure), ERROR_PERMISSION, "");
  book_close(book);
}

static void what_a_book_for_reading_has_no_columns_for_reads_as_unset(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  int64_t client = add(book, "client", "name", "Ёлка", NULL);
  book_close(book);
  book = open_at(*state, BOOK_READ_ONLY);
  for (int i = 0; i < 2; i++) { /* declared again it is the same */
    ok(book_use_catalog(book, declare(&budget, true), &failure));
    assert_string_equal(value_of(book, client, "name"), "Ёлка");
    assert_string_equal(value_of(book, client, "budget"), "-");
    assert_int_equal(number(book, "select count(*) from need where deal is null"), 0);
  }
  ok(book_use_catalog(book, declare(NULL, false), &failure));
  assert_string_equal(value_of(book, client, "name"), "Ёлка");
  assert_int_equal(number(book, "select count(*) from field where name = 'budget'"), 0);
  book_close(book);
}

static void an_earlier_day_takes_no_changes(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  book->has_as_of = true;
  ok(instant_read(&book->as_of, "2016-05-01T12:00:00Z", &failure));
  refused(unit_begin(book, "test", NULL, &failure), ERROR_PERMISSION, "as of");
  assert_int_equal(book_now(book), book->as_of);
  assert_int_equal(book_today(book), instant_date(book->as_of));
  book_close(book);
}

static void a_unit_that_changes_nothing_leaves_no_trace(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  ok(unit_begin(book, "look", NULL, &failure));
  ok(unit_commit(book, &failure));
  assert_int_equal(number(book, "select count(*) from tx"), 0);
  book_close(book);
}

static void a_unit_names_its_command_reason_and_actor(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  ok(unit_begin(book, "new client", "первый", &failure));
  ok(unit_begin(book, "inner", NULL, &failure));
  add(book, "client", "name", "Acme", NULL);
  ok(unit_commit(book, &failure));
  add(book, "client", "name", "Zeta", NULL);
  assert_int_not_equal(book->tx, 0);
  ok(unit_commit(book, &failure));
  assert_int_equal(book->tx, 0);
  expect_rows(book, "select id, at, command, reason from tx",
              "i:1|t:2017-03-01T10:00:00Z|t:new client|t:первый|\n");
  book_close(book);
}

static void a_cancelled_savepoint_takes_its_row_of_tx_along(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  ok(unit_begin(book, "outer", NULL, &failure));
  ok(unit_begin(book, "inner", NULL, &failure));
  add(book, "client", "name", "Acme", NULL);
  unit_cancel(book);
  assert_int_equal(book->tx, 0);
  add(book, "client", "name", "Zeta", NULL);
  ok(unit_begin(book, "inner", NULL, &failure));
  add(book, "client", "name", "Lost", NULL);
  unit_cancel(book);
  assert_int_equal(book->tx, 1);
  ok(unit_commit(book, &failure));
  expect_rows(book, "select name from client", "t:Zeta|\n");
  assert_int_equal(number(book, "select count(*) from tx"), 1);
  book_close(book);
}

static void settings_are_kept_and_unset(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  char *value = NULL;
  ok(book_setting(book, "theme", &value, &failure));
  assert_null(value);
  ok(book_set_setting(book, "theme", "тёмная", &failure));
  ok(book_set_setting(book, "theme", "светлая", &failure));
  ok(book_setting(book, "theme", &value, &failure));
  assert_string_equal(value, "светлая");
  memory_free(value);
  ok(book_set_setting(book, "theme", NULL, &failure));
  ok(book_setting(book, "theme", &value, &failure));
  assert_null(value);
  book_close(book);
}

static void expect_fault(struct book *book, const char *words) {
  struct text faults = {0};
  ok(book_check(book, true, &faults, &failure));
  if (!strstr(text_string(&faults), words))
    fail_msg("faults: %s", text_string(&faults));
  text_release(&faults);
}

static void run_in(struct book *book, const char *sql) {
  ok(store_begin(book->store, &failure));
  ok(store_run(book->store, sql, &failure));
  ok(store_commit(book->store, &failure));
}

static void the_full_check_finds_what_does_not_fit(void **state) {
  struct book *book = open_at(*state, BOOK_CREATE);
  struct text faults = {0};
  add(book, "client", "name", "Acme", NULL);
  add(book, "deal", "title", "D", "client", "1", NULL);
  ok(book_check(book, true, &faults, &failure));
  assert_string_equal(text_string(&faults), "");
  run_in(book, "update deal set client = 99");
  expect_fault(book, "#2 has a client that is no live client");
  run_in(book, "update deal set client = 1; update record set deleted_tx = 1 where id = 2");
  expect_fault(book, "#2 stands in table deal but is no live deal");
  run_in(book, "update record set deleted_tx = null; delete from deal");
  expect_fault(book, "#2 is a live deal without a row");
  text_release(&faults);
  book_close(book);
}

static void a_backup_is_a_book(void **state) {
  const struct scratch *scratch = *state;
  struct scratch copy = *scratch;
  struct book *book = open_at(scratch, BOOK_CREATE);
  int64_t client = add(book, "client", "name", "Ёлка", NULL);
  int64_t position = 0;
  snprintf(copy.path, sizeof copy.path, "%.60s/copy.db", scratch->folder);
  ok(book_backup(book, copy.path, &failure));
  ok(book_position(book, &position, &failure));
  assert_int_equal(position, 1);
  assert_string_equal(book_path(book), scratch->path);
  book_close(book);
  book = open_at(&copy, BOOK_READ_ONLY);
  assert_string_equal(value_of(book, client, "name"), "Ёлка");
  book_close(book);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_free)
      EACH(custom_kinds_and_fields_join_an_existing_file),
      EACH(what_scripts_no_longer_declare_is_kept),
      EACH(a_changed_type_is_refused_naming_both),
      EACH(a_reference_to_another_kind_is_another_type),
      EACH(opening_again_writes_nothing),
      EACH(a_book_for_reading_takes_no_changes),
      EACH(what_a_book_for_reading_has_no_columns_for_reads_as_unset),
      EACH(an_earlier_day_takes_no_changes),
      EACH(a_unit_that_changes_nothing_leaves_no_trace),
      EACH(a_unit_names_its_command_reason_and_actor),
      EACH(a_cancelled_savepoint_takes_its_row_of_tx_along),
      EACH(settings_are_kept_and_unset),
      EACH(the_full_check_finds_what_does_not_fit),
      EACH(a_backup_is_a_book),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
