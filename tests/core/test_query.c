#include "query_fixture.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void every_operator_selects_what_it_says(void **state) {
  struct sales *sales = *state;
  static const struct {
    const char *word, *found;
  } cases[] = {
      {"title=D1",                       "D1"            },
      {"title=d1",                       ""              },
      {"title!=D1",                      "D2;D3;D4;d5"   },
      {"title~d",                        "D1;D2;D3;D4;d5"},
      {"title>D4",                       "d5"            },
      {"title<=D2",                      "D1;D2"         },
      {"title=D1,d5",                    "D1;d5"         },
      {"title!=D1,d5",                   "D2;D3;D4"      },
      {"amount>50",                      "D1;D2"         },
      {"amount>=50.01 USD",              "D1;D2"         },
      {"amount<50 USD",                  "D4"            },
      {"amount=70.00 EUR",               "D3"            },
      {"amount!=100 USD",                "D2;D3;D4"      },
      {"amount=",                        "d5"            },
      {"amount!=",                       "D1;D2;D3;D4"   },
      {"amount.currency=EUR",            "D3"            },
      {"closed_on=2017-q1",              "D1"            },
      {"closed_on=2017-03..2017-04",     "D1;D2"         },
      {"closed_on!=2017-q1",             "D2"            },
      {"closed_on>2017-q1",              "D2"            },
      {"closed_on<2017-04-01",           "D1"            },
      {"closed_on<=2017-04",             "D1;D2"         },
      {"closed_on=2017-03-31",           "D1"            },
      {"client.industry=medical",        "D1;D2"         },
      {"client=Ёлка",                "D1;D2"         },
      {"client=ЕЛКА",                "D1;D2"         },
      {"client~Inc",                     "D3;D4"         },
      {"client=",                        "d5"            },
      {"client!=Ёлка",               "D3;D4"         },
      {"client.owner.manager.name=Anna", "D1;D2"         },
      {"client.owner.region=East,West",  "D1;D2;D3;D4"   },
      {"client.deal_count>1",            "D1;D2;D3;D4"   },
      {"client.deal_count=",             "d5"            },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *found = names(sales->book, "deal", cases[i].word);
    if (strcmp(found, cases[i].found) != 0)
      fail_msg("%s finds '%s', not '%s'", cases[i].word, found, cases[i].found);
  }
}

/* Stages as a process has them; 'lost' is in no list any more. */
static void order_stages(struct book *book) {
  static const char *const stages[] = {"open", "won", NULL};
  struct catalog *catalog = NULL;
  ok(catalog_new(&catalog, &failure));
  ok(catalog_order_field(catalog, "deal", "stage", stages, &failure));
  assert_false(catalog_order_field(catalog, "deal", "client", stages, &failure));
  ok(book_use_catalog(book, catalog, &failure));
}

static void stages_stand_in_the_order_of_their_process(void **state) {
  struct sales *sales = *state;
  const struct aggregate_spec count = {.function = AGGREGATE_COUNT};
  order_stages(sales->book);
  assert_string_equal(names_by(sales->book, "deal", "stage", WORDS("id>0")), "d5;D4;D1;D3;D2");
  assert_string_equal(names_by(sales->book, "deal", "-stage", WORDS("id>0")), "D2;D1;D3;D4;d5");
  assert_string_equal(names(sales->book, "deal", "stage<won"), "D4");
  assert_string_equal(names(sales->book, "deal", "stage>=won"), "D1;D2;D3");
  struct query *query = ask_all(sales->book, "deal");
  ok(query_group(query, "stage", "stage", &failure));
  ok(query_aggregate(query, "n", &count, &failure));
  assert_string_equal(rows_of(query, sales->book), "-|1;open|1;won|2;lost|1");
  query_free(query);
}

static void choices_stand_in_the_order_declared(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  for (const char *const *type = WORDS("task", "call", "note", "meeting"); *type; type++)
    add(book, "activity", "type", *type, "subject", *type, NULL);
  assert_string_equal(names_by(book, "activity", "type", WORDS("id>0")), "meeting;call;note;task");
  assert_string_equal(names_by(book, "activity", "-type", WORDS("id>0")), "task;note;call;meeting");
  assert_string_equal(names(book, "activity", "type>call"), "task;note");
  struct query *query = ask_all(book, "activity");
  ok(query_group(query, "type", "type", &failure));
  assert_string_equal(rows_of(query, book), "meeting;call;note;task");
  ok(query_order_column(query, "type", true, &failure));
  assert_string_equal(rows_of(query, book), "task;note;call;meeting");
  query_free(query);
}

static void the_end_of_a_text_is_found_without_case(void **state) {
  struct sales *sales = *state;
  static const struct {
    const char *part, *found;
  } cases[] = {
      {"@EXAMPLE.com",      "Zeta"},
      {"",                  "Zeta"},
      {"m",                 "Zeta"},
      {"xZeta@Example.com", ""    },
      {"@",                 ""    },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct query *query = ask_all(sales->book, "client");
    struct condition *condition = NULL;
    struct value part = value_text(cases[i].part);
    ok(condition_compare(&condition, query, "email", COMPARE_SUFFIX, &part, &failure));
    ok(query_where(query, condition, &failure));
    ok(query_select(query, "name", "name", &failure));
    assert_string_equal(rows_of(query, sales->book), cases[i].found);
    query_free(query);
  }
}

static void zero_is_not_unset(void **state) {
  struct sales *sales = *state;
  assert_string_equal(names(sales->book, "client", "employees=0"), "acme, Inc");
  assert_string_equal(names(sales->book, "client", "employees="), "Zeta");
  assert_string_equal(names(sales->book, "client", "employees<5"), "acme, Inc");
}

static void a_comma_can_be_written(void **state) {
  struct sales *sales = *state;
  assert_string_equal(names(sales->book, "client", "name=acme\\, Inc"), "acme, Inc");
}

static void none_of_holds_where_nothing_compares_true(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "client");
  struct condition *part = NULL, *none = NULL;
  struct value value = value_text("medical");
  ok(condition_compare(&part, query, "industry", COMPARE_EQUAL, &value, &failure));
  ok(condition_join(&none, JUNCTION_NONE, &part, 1, &failure));
  ok(query_where(query, none, &failure));
  ok(query_select(query, "name", "name", &failure));
  assert_string_equal(rows_of(query, sales->book), "acme, Inc;Zeta");
  query_free(query);
}

static void no_parts_and_no_values_have_a_meaning(void **state) {
  struct sales *sales = *state;
  static const struct {
    enum junction junction;
    int64_t found;
  } cases[] = {
      {JUNCTION_AND,  3},
      {JUNCTION_OR,   0},
      {JUNCTION_NONE, 3}
  };
  int64_t count = 0;
  for (size_t i = 0; i < 3; i++) {
    struct query *query = ask_all(sales->book, "client");
    struct condition *joined = NULL;
    ok(condition_join(&joined, cases[i].junction, NULL, 0, &failure));
    ok(query_where(query, joined, &failure));
    ok(query_count(query, sales->book, &count, &failure));
    assert_int_equal(count, cases[i].found);
    query_free(query);
  }
  struct query *query = ask_all(sales->book, "client");
  struct condition *in = NULL;
  ok(condition_in(&in, query, "name", NULL, 0, &failure));
  ok(query_where(query, in, &failure));
  ok(query_count(query, sales->book, &count, &failure));
  assert_int_equal(count, 0);
  query_free(query);
}

static void hostile_words_are_only_values(void **state) {
  struct sales *sales = *state;
  static const char *const words[] = {
      "title=' OR 1=1 --",
      "title~%",
      "title=\"; DROP TABLE deal; --",
      "~\" OR name : *",
      "~'; DELETE FROM search",
      "title=$1",
      "~NEAR(",
      "~a* OR b",
      "~^ : *",
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    assert_string_equal(names(sales->book, "deal", words[i]), "");
  int64_t count = 0;
  struct query *query = ask_all(sales->book, "deal");
  ok(query_count(query, sales->book, &count, &failure));
  assert_int_equal(count, 5);
  query_free(query);
}

static void mistakes_are_named_with_what_was_meant(void **state) {
  struct sales *sales = *state;
  static const struct {
    const char *kind, *word;
    enum error_code code;
    const char *says;
  } cases[] = {
      {"client",   "emploees=3",          ERROR_NOT_FOUND, "employees"        },
      {"deal",     "client.industri=x",   ERROR_NOT_FOUND, "industry"         },
      {"deal",     "title.name=x",        ERROR_NOT_FOUND, "not a reference"  },
      {"deal",     "amount.currenci=USD", ERROR_NOT_FOUND, "amount.currency"  },
      {"deal",     "amount.currency=USX", ERROR_INVALID,   "USX"              },
      {"deal",     "title",               ERROR_USAGE,     "field=value"      },
      {"deal",     "=3",                  ERROR_USAGE,     "field=value"      },
      {"deal",     ".amount=3",           ERROR_NOT_FOUND, "name is missing"  },
      {"deal",     "amount>",             ERROR_USAGE,     "value is missing" },
      {"deal",     "client=Nobody",       ERROR_NOT_FOUND, "Nobody"           },
      {"deal",     "closed_on>soonish",   ERROR_INVALID,   "soonish"          },
      {"deal",     "amount~3",            ERROR_INVALID,   "not text"         },
      {"activity", "type=meetng",         ERROR_INVALID,   "meeting"          },
      {"client",   "weighted>3",          ERROR_INVALID,   "formula"          },
      {"client",   "~  ",                 ERROR_INVALID,   "nothing to search"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct query *query = ask_all(sales->book, cases[i].kind);
    struct error err = {0};
    if (query_where_word(query, cases[i].word, &err))
      fail_msg("%s was taken", cases[i].word);
    if (err.code != cases[i].code || !strstr(err.message, cases[i].says))
      fail_msg("%s says %d: %s", cases[i].word, (int)err.code, err.message);
    query_free(query);
  }
}

static void cyrillic_is_ordered_as_a_reader_expects(void **state) {
  struct sales *sales = *state;
  add(sales->book, "client", "name", "жук", NULL);
  add(sales->book, "client", "name", "Дом", NULL);
  assert_string_equal(names_by(sales->book, "client", "name", WORDS("id>0")),
                      "acme, Inc;Zeta;Дом;Ёлка;жук");
  assert_string_equal(names_by(sales->book, "client", "-name", WORDS("id>0")),
                      "жук;Ёлка;Дом;Zeta;acme, Inc");
}

static void unset_is_smallest_and_ties_stand_by_id(void **state) {
  struct sales *sales = *state;
  assert_string_equal(names_by(sales->book, "deal", "closed_on", WORDS("id>0")), "D3;D4;d5;D1;D2");
  assert_string_equal(names_by(sales->book, "deal", "-closed_on", WORDS("id>0")), "D2;D1;D3;D4;d5");
  assert_string_equal(names_by(sales->book, "deal", "-client.owner.region", WORDS("id>0")),
                      "D1;D2;D3;D4;d5");
}

static void limit_and_offset_cut_the_order(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  int64_t count = 0;
  ok(query_select(query, "title", "title", &failure));
  query_limit(query, 2, 1);
  assert_string_equal(rows_of(query, sales->book), "D2;D3");
  ok(query_count(query, sales->book, &count, &failure));
  assert_int_equal(count, 2);
  query_limit(query, -1, 3);
  assert_string_equal(rows_of(query, sales->book), "D4;d5");
  query_limit(query, 0, 0);
  assert_string_equal(rows_of(query, sales->book), "");
  query_free(query);
}

static void columns_carry_their_types(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  struct cursor *cursor = NULL;
  const struct value *values = NULL;
  ok(query_select(query, "amount", "amount", &failure));
  ok(query_select(query, "closed", "closed_on", &failure));
  ok(query_select(query, "client", "client", &failure));
  ok(query_select(query, "month", "month(closed_on)", &failure));
  query_limit(query, 1, 0);
  ok(query_run(query, sales->book, &cursor, &failure));
  ok(cursor_next(cursor, &values, &failure));
  assert_int_equal(values[0].type, VALUE_MONEY);
  assert_int_equal(values[0].as.money.minor, 10000);
  assert_string_equal(values[0].as.money.currency, "USD");
  assert_int_equal(values[1].type, VALUE_DATE);
  assert_int_equal(values[2].as.integer, sales->fir);
  assert_string_equal(values[3].as.text.data, "2017-03");
  ok(cursor_next(cursor, &values, &failure));
  assert_null(values);
  cursor_close(cursor);
  assert_int_equal(query_column_at(query, 0).type, FIELD_MONEY);
  assert_string_equal(query_column_at(query, 2).field->target, "client");
  query_free(query);
}

static void aggregate(struct query *query, const char *name, enum aggregate function,
                      const char *path) {
  struct aggregate_spec spec = {.function = function, .path = path, .percentile = 0.5};
  ok(query_aggregate(query, name, &spec, &failure));
}

static void totals_are_exact_and_none_is_not_zero(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  ok(query_where_word(query, "amount.currency=USD", &failure));
  aggregate(query, "count", AGGREGATE_COUNT, NULL);
  aggregate(query, "sum", AGGREGATE_SUM, "amount");
  aggregate(query, "average", AGGREGATE_AVERAGE, "amount");
  aggregate(query, "least", AGGREGATE_MINIMUM, "amount");
  aggregate(query, "median", AGGREGATE_MEDIAN, "amount");
  aggregate(query, "half", AGGREGATE_PERCENTILE, "amount");
  aggregate(query, "last", AGGREGATE_MAXIMUM, "closed_on");
  aggregate(query, "days", AGGREGATE_SUM, "days(opened_on, closed_on)");
  aggregate(query, "clients", AGGREGATE_COUNT_DISTINCT, "client");
  assert_string_equal(rows_of(query, sales->book),
                      "3|180.01|60.00|30.00|50.01|50.01|2017-04-01|147|2");
  ok(query_where_word(query, "title=nothing", &failure));
  assert_string_equal(rows_of(query, sales->book), "0|-|-|-|-|-|-|-|0");
  query_free(query);
}

static void an_average_of_money_rounds_half_away_from_zero(void **state) {
  struct sales *sales = *state;
  static const struct {
    const char *a, *b, *average;
  } cases[] = {
      {"0.01 USD",  "0.02 USD",  "0.02" },
      {"-0.01 USD", "-0.02 USD", "-0.02"},
      {"0.01 USD",  "-0.02 USD", "-0.01"}
  };
  for (size_t i = 0; i < 3; i++) {
    char word[32];
    snprintf(word, sizeof word, "source=s%zu", i);
    add(sales->book, "deal", "title", "x", "source", word + 7, "amount", cases[i].a, NULL);
    add(sales->book, "deal", "title", "y", "source", word + 7, "amount", cases[i].b, NULL);
    struct query *query = ask_all(sales->book, "deal");
    ok(query_where_word(query, word, &failure));
    aggregate(query, "average", AGGREGATE_AVERAGE, "amount");
    assert_string_equal(rows_of(query, sales->book), cases[i].average);
    query_free(query);
  }
}

static void currencies_are_never_added(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  aggregate(query, "worth", AGGREGATE_SUM, "amount");
  const char *said = rows_of(query, sales->book);
  assert_non_null(strstr(said, "EUR, USD"));
  ok(query_group(query, "currency", "amount.currency", &failure));
  assert_string_equal(rows_of(query, sales->book), "-|-;70.00|EUR;180.01|USD");
  query_free(query);
}

static void groups_periods_and_conditional_totals(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  struct condition *won = NULL;
  struct value value = value_text("won");
  ok(query_group(query, "quarter", "quarter(closed_on)", &failure));
  ok(condition_compare(&won, query, "stage", COMPARE_EQUAL, &value, &failure));
  struct aggregate_spec spec = {.function = AGGREGATE_COUNT, .only = won};
  ok(query_aggregate(query, "won", &spec, &failure));
  aggregate(query, "all", AGGREGATE_COUNT, NULL);
  assert_string_equal(rows_of(query, sales->book), "-|1|3;2017-Q1|1|1;2017-Q2|0|1");
  ok(query_order_column(query, "quarter", true, &failure));
  assert_string_equal(rows_of(query, sales->book), "2017-Q2|0|1;2017-Q1|1|1;-|1|3");
  int64_t count = 0;
  ok(query_count(query, sales->book, &count, &failure));
  assert_int_equal(count, 3);
  struct query *copy = NULL;
  ok(query_copy(&copy, query, &failure));
  query_free(query);
  assert_string_equal(rows_of(copy, sales->book), "2017-Q2|0|1;2017-Q1|1|1;-|1|3");
  query_free(copy);
}

static void totals_refuse_what_has_no_total(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  struct aggregate_spec text = {.function = AGGREGATE_SUM, .path = "title"};
  struct aggregate_spec nothing = {.function = AGGREGATE_SUM};
  struct aggregate_spec share = {
      .function = AGGREGATE_PERCENTILE, .path = "amount", .percentile = 9};
  struct error err = {0};
  int64_t *ids = NULL;
  size_t count = 0;
  assert_false(query_aggregate(query, "a", &text, &err));
  assert_non_null(strstr(err.message, "title"));
  assert_false(query_aggregate(query, "a", &nothing, &err));
  assert_false(query_aggregate(query, "a", &share, &err));
  assert_false(query_group(query, "g", "fortnight(closed_on)", &err));
  assert_false(query_group(query, "g", "month(title)", &err));
  aggregate(query, "count", AGGREGATE_COUNT, NULL);
  assert_false(query_group(query, "count", "stage", &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_false(query_order_column(query, "cuont", false, &err));
  assert_non_null(strstr(err.message, "'count'"));
  assert_false(query_ids(query, sales->book, &ids, &count, &err));
  ok(query_select(query, "title", "title", &failure));
  struct cursor *cursor = NULL;
  assert_false(query_run(query, sales->book, &cursor, &err));
  assert_int_equal(err.code, ERROR_INVALID);
  query_free(query);
}

static void explain_shows_the_statement_and_its_values(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  struct text out = {0};
  ok(query_where_word(query, "client.industry=medical", &failure));
  ok(query_explain(query, sales->book, &out, &failure));
  assert_non_null(strstr(text_string(&out), "LEFT JOIN"));
  assert_non_null(strstr(text_string(&out), "$1 = medical"));
  assert_null(strstr(text_string(&out), "'medical'"));
  text_release(&out);
  query_free(query);
}

static void as_of_answers_from_the_history(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  set_clock(book, "2017-05-01T00:00:00Z");
  change(book, sales->fir, "industry", "education");
  change(book, sales->deals[0], "amount", "200.00 USD");
  set_clock(book, "2017-06-01T00:00:00Z");
  drop(book, sales->deals[1]);
  add(book, "deal", "title", "late", NULL);
  assert_string_equal(names(book, "deal", "client.industry=medical"), "");
  assert_string_equal(names(book, "deal", "client.industry=education"), "D1");
  book->has_as_of = true;
  ok(instant_read(&book->as_of, "2017-04-15T00:00:00Z", &failure));
  assert_string_equal(names(book, "deal", "client.industry=medical"), "D1;D2");
  assert_string_equal(names(book, "deal", "amount=100 USD"), "D1");
  assert_string_equal(names(book, "deal", "client.worth=150.01 USD"), "D1;D2");
  assert_string_equal(names(book, "client", "~medic"), "Ёлка");
  assert_string_equal(names(book, "deal", "title=late"), "");
  ok(instant_read(&book->as_of, "2017-05-15T00:00:00Z", &failure));
  assert_string_equal(names(book, "deal", "client.worth=250.01 USD"), "D1;D2");
  ok(instant_read(&book->as_of, "2016-05-15T00:00:00Z", &failure));
  assert_string_equal(names(book, "deal", "id>0"), "");
  book->has_as_of = false;
}

static void too_large_questions_are_refused_in_words(void **state) {
  struct sales *sales = *state;
  struct query *query = ask_all(sales->book, "deal");
  struct error err = {0};
  bool taken = true;
  for (int i = 0; taken && i < 2000; i++)
    taken = query_where_word(query, "title!=x", &err);
  assert_false(taken);
  assert_int_equal(err.code, ERROR_INVALID);
  int64_t count = 0;
  ok(query_count(query, sales->book, &count, &failure));
  assert_int_equal(count, 5);
  query_free(query);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_sales, close_sales)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(every_operator_selects_what_it_says),
      TEST(zero_is_not_unset),
      TEST(stages_stand_in_the_order_of_their_process),
      TEST(choices_stand_in_the_order_declared),
      TEST(the_end_of_a_text_is_found_without_case),
      TEST(a_comma_can_be_written),
      TEST(none_of_holds_where_nothing_compares_true),
      TEST(no_parts_and_no_values_have_a_meaning),
      TEST(hostile_words_are_only_values),
      TEST(mistakes_are_named_with_what_was_meant),
      TEST(cyrillic_is_ordered_as_a_reader_expects),
      TEST(unset_is_smallest_and_ties_stand_by_id),
      TEST(limit_and_offset_cut_the_order),
      TEST(columns_carry_their_types),
      TEST(totals_are_exact_and_none_is_not_zero),
      TEST(an_average_of_money_rounds_half_away_from_zero),
      TEST(currencies_are_never_added),
      TEST(groups_periods_and_conditional_totals),
      TEST(totals_refuse_what_has_no_total),
      TEST(explain_shows_the_statement_and_its_values),
      TEST(as_of_answers_from_the_history),
      TEST(too_large_questions_are_refused_in_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
