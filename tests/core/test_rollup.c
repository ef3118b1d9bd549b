#include "query_fixture.h"

static char *rolled(struct book *book, const char *kind, const char *field, int64_t id) {
  static char out[128];
  const struct kind *of = kind_named(book, kind);
  struct value value;
  struct text text = {0};
  if (!rollup_compute(&value, book, of, kind_field(of, field), id, &failure))
    return failure.message;
  value_append_plain(&text, &value);
  snprintf(out, sizeof out, "%s", value_is_null(&value) ? "-" : text_string(&text));
  value_release(&value);
  text_release(&text);
  return out;
}

static void a_rollup_looks_at_the_records_that_refer_here(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  assert_string_equal(rolled(book, "client", "deal_count", sales->fir), "2");
  assert_string_equal(rolled(book, "client", "deal_count", sales->zeta), "0");
  assert_string_equal(rolled(book, "client", "worth", sales->fir), "150.01");
  assert_string_equal(rolled(book, "client", "won_worth", sales->fir), "100.00");
  assert_string_equal(rolled(book, "client", "worth", sales->zeta), "-");
  assert_string_equal(rolled(book, "user", "clients", sales->boris), "1");
}

static void currencies_are_never_added(void **state) {
  struct sales *sales = *state;
  assert_non_null(strstr(rolled(sales->book, "client", "worth", sales->acme), "EUR, USD"));
  assert_string_equal(rolled(sales->book, "client", "won_worth", sales->acme), "70.00");
}

static void a_record_computes_its_rollups(void **state) {
  struct sales *sales = *state;
  struct record record;
  const struct value *value = NULL;
  ok(record_load(&record, sales->book, NULL, sales->fir, &failure));
  ok(record_get(&record, sales->book, kind_field(record.kind, "deal_count"), &value, &failure));
  assert_int_equal(value->as.integer, 2);
  record_release(&record);
}

static void rollups_select_order_and_add_up(void **state) {
  struct sales *sales = *state;
  assert_string_equal(
      names_by(sales->book, "client", "-deal_count", (const char *const[]){"id>0", NULL}),
      "Ёлка;acme, Inc;Zeta");
  assert_string_equal(names(sales->book, "client", "won_worth>80"), "Ёлка");
  assert_string_equal(names(sales->book, "client", "won_worth="), "Zeta");
  struct query *query = ask_all(sales->book, "client");
  struct aggregate_spec spec = {.function = AGGREGATE_SUM, .path = "deal_count"};
  ok(query_aggregate(query, "deals", &spec, &failure));
  ok(query_group(query, "region", "owner.region", &failure));
  assert_string_equal(rows_of(query, sales->book), "0|-;2|East;2|West");
  query_free(query);
}

static void a_rollup_filters_by_any_of_several_values(void **state) {
  struct sales *sales = *state;
  struct value wanted[] = {value_text("won"), value_text("open")};
  struct value regions[] = {value_text("East"), value_null()};
  const struct comparison filters[] = {
      {.path = "stage",        .any_of = wanted,  .any_count = 2},
      {.path = "owner.region", .any_of = regions, .any_count = 2},
  };
  const struct rollup live = {
      .function = AGGREGATE_COUNT, .kind = "deal", .filters = filters, .filter_count = 2};
  const struct field field = {
      .name = "live", .type = FIELD_INTEGER, .flags = FIELD_ROLLUP, .rollup = &live};
  struct catalog *catalog = NULL;
  ok(catalog_new(&catalog, &failure));
  ok(catalog_add_field(catalog, "client", &field, &failure));
  ok(book_use_catalog(sales->book, catalog, &failure));
  wanted[0] = wanted[1] = value_text("lost"); /* the catalog has copies */
  assert_string_equal(rolled(sales->book, "client", "live", sales->fir), "0");
  assert_string_equal(rolled(sales->book, "client", "live", sales->acme), "2");
  assert_string_equal(names(sales->book, "client", "live>0"), "acme, Inc");
}

static void as_of_counts_what_was_there(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  set_clock(book, "2017-06-01T00:00:00Z");
  drop(book, sales->deals[1]);
  assert_string_equal(rolled(book, "client", "deal_count", sales->fir), "1");
  book->has_as_of = true;
  ok(instant_read(&book->as_of, "2017-05-01T00:00:00Z", &failure));
  assert_string_equal(rolled(book, "client", "deal_count", sales->fir), "2");
  assert_string_equal(rolled(book, "client", "worth", sales->fir), "150.01");
  book->has_as_of = false;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_sales, close_sales)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_rollup_looks_at_the_records_that_refer_here),
      TEST(currencies_are_never_added),
      TEST(a_record_computes_its_rollups),
      TEST(rollups_select_order_and_add_up),
      TEST(a_rollup_filters_by_any_of_several_values),
      TEST(as_of_counts_what_was_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
