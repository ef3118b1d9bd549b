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
  (void)payload;
  (void)err;
  *out = value_integer(record->id * 2);
  return true;
}

static void a_formula_becomes_a_column(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct result result;
  struct query *query;
  struct field formula = {.name = "twice", .type = FIELD_INTEGER, .flags = FIELD_FORMULA};
  int64_t id = sales_client(sales, "Ёлка");
  must(query_new(&query, sales->engine->book, sales->client, &err));
  must(query_select(query, "name", "name", &err));
  must(result_init(&result, "clients", NULL, &err));
  must(result_from_query(&result, sales->engine, query, &err));
  must_fail(result_add_formula(&result, sales->engine, sales->client, &formula, &err), ERROR_CONFIG,
            "client.twice");
  sales->engine->formula = double_id;
  must(result_add_formula(&result, sales->engine, sales->client, &formula, &err));
  assert_int_equal(cell(&result, 0, 1)->as.integer, id * 2);
  result_release(&result);
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
      sales_test(a_formula_becomes_a_column),
      sales_test(the_stamp_says_from_when_the_figures_are),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
