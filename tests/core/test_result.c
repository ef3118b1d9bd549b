#include "engine/result.h"
#include "support/sales.h"

static const struct value *cell(const struct result *result, size_t row, size_t column) {
  assert_true(row < result->rows.count && column < result->columns.count);
  return &((struct result_row *)list_at(&result->rows, row))->values[column];
}

static const struct result_column *column(const struct result *result, size_t index) {
  return list_at(&result->columns, index);
}

static void a_listing_shows_names_for_references(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct query *query;
  struct result result;
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must(query_new(&query, sales->engine->book, sales->deal, &err));
  must(query_select(query, "title", "title", &err));
  must(query_select(query, "client", "client", &err));
  must(query_select(query, "owner", "owner", &err));
  must(result_init(&result, "deals", "Deals", &err));
  must(result_from_query(&result, sales->engine, query, &err));
  assert_int_equal(result.columns.count, 3);
  assert_int_equal(column(&result, 1)->type, FIELD_TEXT);
  assert_text(cell(&result, 0, 0), "a deal");
  assert_text(cell(&result, 0, 1), "Ёлка");
  assert_true(value_is_null(cell(&result, 0, 2)));
  assert_int_equal(((struct result_row *)list_at(&result.rows, 0))->id, deal.id);
  result_release(&result);
  query_free(query);
  record_release(&deal);
}

static void groups_show_names_and_have_no_id(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct query *query;
  struct result result;
  struct aggregate_spec count = {.function = AGGREGATE_COUNT};
  int64_t client = sales_client(sales, "Ёлка");
  for (int i = 0; i < 2; i++) {
    sales_deal(sales, &deal, client);
    record_release(&deal);
  }
  must(query_new(&query, sales->engine->book, sales->deal, &err));
  must(query_group(query, "client", "client", &err));
  must(query_aggregate(query, "deals", &count, &err));
  must(result_init(&result, "by_client", NULL, &err));
  assert_string_equal(result.title, "by_client");
  must(result_from_query(&result, sales->engine, query, &err));
  assert_int_equal(result.rows.count, 1);
  assert_text(cell(&result, 0, 0), "Ёлка");
  assert_int_equal(cell(&result, 0, 1)->as.integer, 2);
  assert_int_equal(((struct result_row *)list_at(&result.rows, 0))->id, 0);
  result_release(&result);
  query_free(query);
}

static bool double_id(struct engine *engine, struct record *record, const struct field *field,
                      struct value *out, void *payload, struct error *err) {
  (void)engine;
  (void)field;
  const int64_t *broken = payload;
  if (broken && *broken == record->id)
    return error_set(err, ERROR_SCRIPT, "kinds/all.lua:3: 'x' is not set");
  *out = value_integer(record->id * 2);
  return true;
}

/* The processes of the fixture know the former kinds: nothing is written from here on. */
static void use_formula(struct sales *sales) {
  struct error err = {0};
  struct catalog *catalog;
  const struct field twice = {.name = "twice", .type = FIELD_INTEGER, .flags = FIELD_FORMULA};
  must(catalog_new(&catalog, &err));
  must(catalog_add_field(catalog, "client", &twice, &err));
  must(book_use_catalog(sales->engine->book, catalog, &err));
  sales->client = catalog_kind(catalog, "client");
  sales->deal = catalog_kind(catalog, "deal");
}

/* Clients by name with their formula. */
static bool list_clients(struct sales *sales, struct result *out, struct error *failure) {
  struct error err = {0};
  struct query *query;
  must(query_new(&query, sales->engine->book, sales->client, &err));
  must(query_select(query, "name", "name", &err));
  must(query_select(query, "twice", "twice", &err));
  must(result_init(out, "clients", NULL, &err));
  bool done = result_from_query(out, sales->engine, query, failure);
  query_free(query);
  return done;
}

static void a_formula_is_computed_for_each_row(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct result result;
  int64_t id = sales_client(sales, "Ёлка"), other = sales_client(sales, "Acme");
  use_formula(sales);
  must_fail(list_clients(sales, &result, &err), ERROR_CONFIG, "client.twice");
  result_release(&result);
  sales->engine->formula = double_id;
  must(list_clients(sales, &result, &err));
  assert_int_equal(result.rows.count, 2);
  assert_int_equal(cell(&result, 0, 1)->as.integer, id * 2);
  assert_int_equal(cell(&result, 1, 1)->as.integer, other * 2);
  result_release(&result);
}

static void a_formula_of_a_reference_is_that_of_the_record_referred_to(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct result result;
  struct query *query;
  int64_t id = sales_client(sales, "Ёлка");
  sales_deal(sales, &deal, id);
  record_release(&deal);
  use_formula(sales);
  sales->engine->formula = double_id;
  must(query_new(&query, sales->engine->book, sales->deal, &err));
  must(query_select(query, "owed", "client.twice", &err));
  must(query_select(query, "nobody's", "decision_maker.client.twice", &err));
  must(result_init(&result, "deals", NULL, &err));
  must(result_from_query(&result, sales->engine, query, &err));
  assert_int_equal(cell(&result, 0, 0)->as.integer, id * 2);
  assert_true(value_is_null(cell(&result, 0, 1)));
  result_release(&result);
  query_free(query);
}

static void a_broken_formula_leaves_a_gap_and_a_note(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct result result;
  int64_t id = sales_client(sales, "Ёлка"), other = sales_client(sales, "Acme");
  use_formula(sales);
  sales->engine->formula = double_id;
  sales->engine->formula_payload = &id;
  must(list_clients(sales, &result, &err));
  assert_true(value_is_null(cell(&result, 0, 1)));
  assert_int_equal(cell(&result, 1, 1)->as.integer, other * 2);
  assert_int_equal(result.broken, 1);
  assert_int_equal(result.notes.count, 1);
  const char *note = *(char **)list_at(&result.notes, 0);
  assert_non_null(strstr(note, "formula 'twice' is broken for 1 record, first #"));
  assert_non_null(strstr(note, "kinds/all.lua:3: 'x' is not set"));
  result_release(&result);
}

static void no_statement_filters_groups_or_adds_up_by_a_formula(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct query *query;
  struct aggregate_spec sum = {.function = AGGREGATE_SUM, .path = "twice"};
  use_formula(sales);
  must(query_new(&query, sales->engine->book, sales->client, &err));
  must_fail(query_where_word(query, "twice>4", &err), ERROR_INVALID, "'twice' is a formula");
  must_fail(query_order(query, "twice", true, &err), ERROR_INVALID, "'twice' is a formula");
  must_fail(query_group(query, "twice", "twice", &err), ERROR_INVALID, "'twice' is a formula");
  must_fail(query_aggregate(query, "all", &sum, &err), ERROR_INVALID, "'twice' is a formula");
  must(query_select(query, "twice", "twice", &err));
  must_fail(query_order_column(query, "twice", true, &err), ERROR_INVALID, "'twice' is a formula");
  query_free(query);
}

static void the_stamp_says_from_when_the_figures_are(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct result result;
  sales_client(sales, "Ёлка");
  must(result_init(&result, "x", NULL, &err));
  must(result_stamp(&result, sales->engine, "list clients", &err));
  assert_int_equal(result.stamp.position, sales_units(sales));
  assert_int_equal(result.stamp.now, SALES_NOW);
  assert_string_equal(result.stamp.command, "list clients");
  assert_string_equal(result.stamp.ruleset, "");
  assert_false(result.stamp.has_as_of);
  result_release(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(a_listing_shows_names_for_references),
      sales_test(groups_show_names_and_have_no_id),
      sales_test(a_formula_is_computed_for_each_row),
      sales_test(a_formula_of_a_reference_is_that_of_the_record_referred_to),
      sales_test(a_broken_formula_leaves_a_gap_and_a_note),
      sales_test(no_statement_filters_groups_or_adds_up_by_a_formula),
      sales_test(the_stamp_says_from_when_the_figures_are),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
