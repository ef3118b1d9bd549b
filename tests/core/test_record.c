#include "core/failing.h"
#include "core/model_fixture.h"
#include "model/record.h"

static void a_new_record_has_its_defaults(void **state) {
  struct book *book = *state;
  struct record record;
  ok(record_init(&record, kind_named(book, "activity"), &failure));
  set_word(&record, book, "type", "call");
  ok(record_save(&record, book, &failure));
  assert_string_equal(value_of(book, record.id, "state"), "planned");
  record_release(&record);
}

static void words_are_set_by_the_type_of_the_field(void **state) {
  static const struct {
    const char *kind, *name, *word, *expected;
  } cases[] = {
      {"client",   "name",           "ООО Ёлка",  "ООО Ёлка"     },
      {"client",   "employees",      "250",              "250"                 },
      {"client",   "revenue",        "12 500,00 EUR",    "12500.00 EUR"        },
      {"client",   "revenue",        "1.2M",             "1200000.00 USD"      },
      {"client",   "satisfaction",   "4.5",              "4.5"                 },
      {"deal",     "expected_close", "tomorrow",         "2017-03-02"          },
      {"deal",     "expected_close", "15.04.2021",       "2021-04-15"          },
      {"activity", "due",            "2017-03-05 14:30", "2017-03-05T14:30:00Z"},
      {"contact",  "decision_maker", "да",             "true"                },
      {"activity", "state",          "Held",             "held"                },
      {"client",   "notes",          "",                 "-"                   },
  };
  struct book *book = *state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *required = strcmp(cases[i].kind, "deal") == 0       ? "title"
                           : strcmp(cases[i].kind, "activity") == 0 ? "type"
                                                                    : "name";
    struct record record;
    ok(record_init(&record, kind_named(book, cases[i].kind), &failure));
    set_word(&record, book, required, "call");
    set_word(&record, book, cases[i].name, cases[i].word);
    ok(record_save(&record, book, &failure));
    assert_string_equal(value_of(book, record.id, cases[i].name), cases[i].expected);
    record_release(&record);
  }
}

static bool word(struct book *book, const char *kind, const char *name, const char *text) {
  struct record record;
  ok(record_init(&record, kind_named(book, kind), &failure));
  bool set = record_set_word(&record, book, field_named(&record, name), text, &failure);
  record_release(&record);
  return set;
}

static void what_cannot_be_set_names_the_way(void **state) {
  struct book *book = *state;
  refused(word(book, "deal", "stage", "won"), ERROR_REFUSED, "use 'advance'");
  refused(word(book, "client", "satisfaction", "6"), ERROR_INVALID, "the most is 5");
  refused(word(book, "deal", "expected_close", "03/04/2017"), ERROR_INVALID, "expected_close: ");
}

static void a_reference_is_found_by_number_and_by_name(void **state) {
  struct book *book = *state;
  int64_t client = add(book, "client", "name", "ООО Ёлка", NULL);
  char number[24];
  snprintf(number, sizeof number, "#%lld", (long long)client);
  const char *const words[] = {"ООО Ёлка", "ооо ёлка", "ООО ЕЛКА", number, number + 1};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    struct record deal;
    ok(record_init(&deal, kind_named(book, "deal"), &failure));
    set_word(&deal, book, "title", "D");
    set_word(&deal, book, "client", words[i]);
    ok(record_save(&deal, book, &failure));
    assert_string_equal(value_of(book, deal.id, "client"), number + 1);
    record_release(&deal);
  }
}

static void an_ambiguous_or_unknown_name_is_refused(void **state) {
  struct book *book = *state;
  add(book, "client", "name", "Acme", NULL);
  add(book, "client", "name", "ACME", NULL);
  refused(word(book, "deal", "client", "acme"), ERROR_INVALID, "(#1, #2)");
  refused(word(book, "deal", "client", "Zeta"), ERROR_NOT_FOUND, "no client is called 'Zeta'");
  ok(word(book, "deal", "client", "ACME"));
}

static bool save_deal(struct book *book, const char *name, const char *text) {
  struct record deal;
  ok(record_init(&deal, kind_named(book, "deal"), &failure));
  set_word(&deal, book, "title", "D");
  set_word(&deal, book, name, text);
  bool saved = record_save(&deal, book, &failure);
  if (!saved)
    assert_int_equal(deal.id, 0);
  record_release(&deal);
  return saved;
}

static void a_refused_save_changes_nothing(void **state) {
  struct book *book = *state;
  struct record record;
  int64_t user = add(book, "user", "name", "Anna", NULL);
  int64_t gone = add(book, "client", "name", "Gone", NULL);
  char text[24];
  drop(book, gone);
  char *before = dump(book);
  snprintf(text, sizeof text, "%lld", (long long)gone);
  refused(save_deal(book, "client", text), ERROR_INVALID, "was deleted");
  snprintf(text, sizeof text, "%lld", (long long)user);
  refused(save_deal(book, "client", text), ERROR_INVALID, "is no client but a user");
  refused(save_deal(book, "client", "999"), ERROR_INVALID, "there is no client #999");
  ok(record_init(&record, kind_named(book, "goal"), &failure));
  refused(record_save(&record, book, &failure), ERROR_INVALID, "goal: name is required");
  set_word(&record, book, "name", "G");
  set_word(&record, book, "starts_on", "2017-03-02");
  set_word(&record, book, "ends_on", "2017-03-01");
  refused(record_save(&record, book, &failure), ERROR_INVALID,
          "ends_on '2017-03-01' lies before starts_on '2017-03-02'");
  record_release(&record);
  char *after = dump(book);
  assert_string_equal(before, after);
  assert_int_equal(number(book, "select count(*) from tx"), 3);
  memory_free(before);
  memory_free(after);
}

static void a_client_is_not_its_own_parent(void **state) {
  struct book *book = *state;
  struct record client;
  int64_t id = add(book, "client", "name", "Acme", NULL);
  ok(record_load(&client, book, NULL, id, &failure));
  struct value self = value_integer(id);
  ok(record_set(&client, book, field_named(&client, "parent"), &self, &failure));
  refused(record_save(&client, book, &failure), ERROR_INVALID, "cannot be its own parent");
  record_release(&client);
}

static void only_what_changed_is_written(void **state) {
  struct book *book = *state;
  struct record client;
  int64_t id = add(book, "client", "name", "Acme", "revenue", "100 EUR", "city", "Riga", NULL);
  assert_int_equal(number(book, "select count(*) from change"), 0);
  ok(record_load(&client, book, NULL, id, &failure));
  ok(record_save(&client, book, &failure));
  assert_int_equal(number(book, "select count(*) from tx"), 1);
  set_word(&client, book, "revenue", "200 EUR");
  ok(record_save(&client, book, &failure));
  set_word(&client, book, "revenue", "200 USD");
  set_word(&client, book, "city", "");
  ok(record_save(&client, book, &failure));
  expect_rows(book, "select tx, field, old, new from change order by id",
              "i:2|t:revenue|i:10000|i:20000|\n"
              "i:3|t:revenue_currency|t:EUR|t:USD|\n"
              "i:3|t:city|t:Riga|null:\n");
  expect_rows(book, "select created_tx, updated_tx from record", "i:1|i:3|\n");
  record_release(&client);
}

static void a_record_changed_meanwhile_is_not_overwritten(void **state) {
  struct book *book = *state;
  struct record first, second;
  int64_t id = add(book, "client", "name", "Acme", "city", "Riga", NULL);
  ok(record_load(&first, book, NULL, id, &failure));
  ok(record_load(&second, book, NULL, id, &failure));
  set_word(&first, book, "city", "Oslo");
  ok(record_save(&first, book, &failure));
  set_word(&second, book, "city", "Rome");
  refused(record_save(&second, book, &failure), ERROR_BUSY, "was changed meanwhile");
  assert_string_equal(value_of(book, id, "city"), "Oslo");
  drop(book, id);
  set_word(&first, book, "city", "Bern");
  refused(record_save(&first, book, &failure), ERROR_NOT_FOUND, "was deleted");
  record_release(&first);
  record_release(&second);
}

static void dates_are_changed_like_everything_else(void **state) {
  struct book *book = *state;
  int64_t id = add(book, "deal", "title", "D", "opened_on", "2017-01-01", NULL);
  change(book, id, "opened_on", "2017-02-01");
  change(book, id, "opened_on", "2017-03-01");
  expect_rows(book, "select old, new from change order by id",
              "t:2017-01-01|t:2017-02-01|\nt:2017-02-01|t:2017-03-01|\n");
}

static void a_missing_record_is_explained(void **state) {
  struct book *book = *state;
  struct record record;
  int64_t id = add(book, "client", "name", "Acme", NULL);
  refused(record_load(&record, book, NULL, 99, &failure), ERROR_NOT_FOUND, "no record #99");
  refused(record_load(&record, book, kind_named(book, "deal"), id, &failure), ERROR_NOT_FOUND,
          "#1 is of kind client, not deal");
  drop(book, id);
  refused(record_load(&record, book, NULL, id, &failure), ERROR_NOT_FOUND,
          "client #1 was deleted on 2017-03-01 by ");
}

static void a_deleted_record_comes_back_byte_for_byte(void **state) {
  struct book *book = *state;
  int64_t id = add(book, "deal", "title", "Сделка", "amount", "10.50 EUR", "opened_on",
                   "2017-01-01", "stage", "closing", "notes", "", NULL);
  char *before = dump(book);
  drop(book, id);
  assert_int_equal(number(book, "select count(*) from deal"), 0);
  ok(record_restore(book, id, &failure));
  char *after = dump(book);
  assert_string_equal(before, after);
  expect_rows(book, "select old, new from change where field = 'deleted' order by id",
              "null:i:1|\ni:1|null:\n");
  refused(record_restore(book, id, &failure), ERROR_REFUSED, "is not deleted");
  memory_free(before);
  memory_free(after);
}

static void what_was_unset_before_a_deletion_stays_unset(void **state) {
  struct book *book = *state;
  int64_t id = add(book, "client", "name", "Acme", "city", "Riga", NULL);
  ok(unit_begin(book, "unset and delete", NULL, &failure));
  change(book, id, "city", "");
  drop(book, id);
  ok(unit_commit(book, &failure));
  ok(record_restore(book, id, &failure));
  assert_string_equal(value_of(book, id, "city"), "-");
  assert_string_equal(value_of(book, id, "name"), "Acme");
}

static void a_record_in_use_is_not_deleted(void **state) {
  struct book *book = *state;
  struct record client;
  int64_t id = add(book, "client", "name", "Acme", NULL);
  int64_t deal = add(book, "deal", "title", "D", "client", "1", NULL);
  add(book, "deal", "title", "E", "client", "1", NULL);
  ok(record_load(&client, book, NULL, id, &failure));
  refused(record_delete(&client, book, &failure), ERROR_REFUSED,
          "client #1 is the client of 2 deal records, #2 for one");
  drop(book, deal);
  drop(book, 3);
  ok(record_delete(&client, book, &failure));
  refused(record_restore(book, deal, &failure), ERROR_REFUSED, "client: client #1 was deleted");
  record_release(&client);
}

static void the_engine_alone_dates_changes_back(void **state) {
  struct book *book = *state;
  struct record deal;
  instant then;
  struct value stage = value_text("won");
  int64_t id = add(book, "deal", "title", "D", "stage", "closing", NULL);
  ok(instant_read(&then, "2016-12-24T08:00:00Z", &failure));
  ok(record_load(&deal, book, NULL, id, &failure));
  set_word(&deal, book, "title", "not saved");
  ok(record_put(&deal, book, field_named(&deal, "stage"), &stage, then, &failure));
  assert_string_equal(value_of(book, id, "title"), "D");
  expect_rows(book, "select field, old, new, at from change",
              "t:stage|t:closing|t:won|t:2016-12-24T08:00:00Z|\n");
  ok(record_save(&deal, book, &failure));
  assert_string_equal(value_of(book, id, "title"), "not saved");
  assert_string_equal(value_of(book, id, "stage"), "won");
  record_release(&deal);
}

static void a_writer_adds_rows_dated_back(void **state) {
  struct book *book = *state;
  const struct kind *kind = kind_named(book, "product");
  struct record_writer *writer = NULL;
  struct record record;
  instant then;
  int64_t first = 0, second = 0;
  ok(instant_read(&then, "2016-01-01T00:00:00Z", &failure));
  ok(record_init(&record, kind, &failure));
  set_word(&record, book, "name", "GTX Pro");
  set_word(&record, book, "price", "4821");
  ok(unit_begin(book, "import", NULL, &failure));
  ok(record_writer_open(&writer, book, kind, &failure));
  ok(record_writer_add(writer, record.values, then, &first, &failure));
  ok(record_writer_add(writer, record.values, 0, &second, &failure));
  record_writer_close(writer);
  ok(unit_commit(book, &failure));
  assert_string_equal(value_of(book, second, "price"), "4821.00 USD");
  expect_rows(book, "select id, kind, created_tx, since from record order by id",
              "i:1|t:product|i:1|t:2016-01-01T00:00:00Z|\n"
              "i:2|t:product|i:1|t:2017-03-01T10:00:00Z|\n");
  record_release(&record);
}

static void a_record_is_named_for_people(void **state) {
  struct book *book = *state;
  struct record record;
  struct text name = {0};
  int64_t call = add(book, "activity", "type", "call", NULL);
  int64_t client = add(book, "client", "name", "Ёлка", NULL);
  int64_t deal = add(book, "deal", "external_id", "1C1I7A6R", NULL);
  ok(record_load(&record, book, NULL, call, &failure));
  record_append_name(&name, &record);
  assert_string_equal(text_string(&name), "activity #1");
  record_release(&record);
  text_clear(&name);
  ok(record_load(&record, book, NULL, client, &failure));
  record_append_name(&name, &record);
  assert_string_equal(text_string(&name), "Ёлка");
  record_release(&record);
  text_clear(&name);
  ok(record_load(&record, book, NULL, deal, &failure));
  record_append_name(&name, &record);
  assert_string_equal(text_string(&name), "1C1I7A6R");
  record_release(&record);
  text_release(&name);
}

static struct book *sweep_book;

/* One save that inserts, one that updates, one deletion, one restoration: a unit each. */
static bool save_twice(struct error *err) {
  struct record client;
  struct value name = value_text("ООО Ёлка"), city = value_text("Рига");
  if (!record_init(&client, catalog_kind(sweep_book->catalog, "client"), err))
    return false;
  bool done = record_set(&client, sweep_book, kind_field(client.kind, "name"), &name, err) &&
              unit_begin(sweep_book, "sweep", NULL, err);
  if (done) {
    done = record_save(&client, sweep_book, err) &&
           record_set(&client, sweep_book, kind_field(client.kind, "city"), &city, err) &&
           record_save(&client, sweep_book, err) && record_delete(&client, sweep_book, err) &&
           record_restore(sweep_book, client.id, err);
    if (done)
      done = unit_commit(sweep_book, err);
    else
      unit_cancel(sweep_book);
  }
  record_release(&client);
  return done;
}

static void a_save_without_memory_changes_nothing(void **state) {
  struct failing failing = {0};
  sweep_book = *state;
  char *before = dump(sweep_book);
  for (size_t allowed = 0; allowed < 5000; allowed++) {
    struct error err = {0};
    failing.until = allowed;
    memory_guard(failing_guard, &failing);
    bool done = save_twice(&err);
    memory_guard(NULL, NULL);
    assert_int_equal(sweep_book->unit_depth, 0);
    assert_int_equal(store_depth(sweep_book->store), 0);
    if (done) {
      assert_true(allowed > 20);
      assert_int_equal(number(sweep_book, "select count(*) from client"), 1);
      memory_free(before);
      return;
    }
    if (err.code != ERROR_MEMORY)
      print_error("%zu: %s\n", allowed, err.message);
    assert_int_equal(err.code, ERROR_MEMORY);
    char *after = dump(sweep_book);
    assert_string_equal(before, after);
    memory_free(after);
  }
  fail_msg("it never had memory enough");
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, open_empty, close_empty)
      EACH(a_new_record_has_its_defaults),
      EACH(words_are_set_by_the_type_of_the_field),
      EACH(what_cannot_be_set_names_the_way),
      EACH(a_reference_is_found_by_number_and_by_name),
      EACH(an_ambiguous_or_unknown_name_is_refused),
      EACH(a_refused_save_changes_nothing),
      EACH(a_client_is_not_its_own_parent),
      EACH(only_what_changed_is_written),
      EACH(a_record_changed_meanwhile_is_not_overwritten),
      EACH(dates_are_changed_like_everything_else),
      EACH(a_missing_record_is_explained),
      EACH(a_deleted_record_comes_back_byte_for_byte),
      EACH(what_was_unset_before_a_deletion_stays_unset),
      EACH(a_record_in_use_is_not_deleted),
      EACH(the_engine_alone_dates_changes_back),
      EACH(a_writer_adds_rows_dated_back),
      EACH(a_record_is_named_for_people),
      EACH(a_save_without_memory_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
