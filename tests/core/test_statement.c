#include <pthread.h>
#include <string.h>

#include "store/statement.h"
#include "support/store.h"

static struct statement *opened(struct store *store, const char *sql) {
  struct error err = {0};
  struct statement *statement = NULL;
  must(statement_open(&statement, store, sql, &err));
  return statement;
}

static void the_same_text_is_prepared_once(void **state) {
  struct store *store = scratch_open(*state, STORE_MEMORY);
  const char *sql = "select $1";
  struct statement *first = opened(store, sql);
  struct statement *nested = opened(store, sql);
  assert_ptr_not_equal(first, nested);
  statement_close(first);
  struct statement *again = opened(store, sql);
  assert_ptr_equal(again, first);
  statement_close(again);
  statement_close(nested);
  statement_close(NULL);
  store_close(store);
}

static void nested_use_of_one_text_does_not_disturb(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  const char *sql = "select 1 union all select 2 union all select 3";
  struct statement *outer = opened(store, sql);
  bool row;
  int pairs = 0;
  for (must(statement_step(outer, &row, &err)); row; must(statement_step(outer, &row, &err))) {
    struct statement *inner = opened(store, sql);
    for (must(statement_step(inner, &row, &err)); row; must(statement_step(inner, &row, &err)))
      pairs++;
    statement_close(inner);
  }
  assert_int_equal(pairs, 9);
  statement_close(outer);
  store_close(store);
}

static void the_cache_is_bounded(void **state) {
  struct store *store = scratch_open(*state, STORE_MEMORY);
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 1000; i++) {
      char sql[40];
      snprintf(sql, sizeof sql, "select %d", i);
      assert_int_equal(ask(store, sql), i);
    }
  store_close(store);
}

static void every_type_comes_back_as_it_went(void **state) {
  struct error err = {0};
  bool row;
  struct store *store = scratch_open(*state, STORE_MEMORY);
  struct statement *statement = opened(store, "select $1 as a, $2, $3, $4, $5, $6");
  statement_bind_null(statement, 1);
  statement_bind_integer(statement, 2, INT64_MIN);
  statement_bind_number(statement, 3, 0.1);
  statement_bind_text(statement, 4, "Ёлка");
  statement_bind_text_bytes(statement, 5, "abc", 2);
  statement_bind_text(statement, 6, NULL);
  must(statement_step(statement, &row, &err));
  assert_true(row);
  assert_int_equal(statement_columns(statement), 6);
  assert_string_equal(statement_column_name(statement, 0), "a");
  assert_int_equal(statement_type(statement, 0), CELL_NULL);
  assert_null(statement_text(statement, 0));
  assert_int_equal(statement_type(statement, 1), CELL_INTEGER);
  assert_true(statement_integer(statement, 1) == INT64_MIN);
  assert_int_equal(statement_type(statement, 2), CELL_NUMBER);
  assert_true(statement_number(statement, 2) == 0.1);
  assert_int_equal(statement_type(statement, 3), CELL_TEXT);
  assert_string_equal(statement_text(statement, 3), "Ёлка");
  assert_int_equal(statement_length(statement, 3), strlen("Ёлка"));
  assert_string_equal(statement_text(statement, 4), "ab");
  assert_int_equal(statement_type(statement, 5), CELL_NULL);
  statement_close(statement);
  store_close(store);
}

static void values_are_bound_in_their_stored_form(void **state) {
  struct error err = {0};
  bool row;
  struct store *store = scratch_open(*state, STORE_MEMORY);
  struct statement *statement = opened(store, "select $1, $2, $3, $4, $5, $6, $7, $8");
  const struct value values[] = {
      {.type = VALUE_NULL              },
      { .type = VALUE_BOOLEAN,              .as.boolean = true},
      { .type = VALUE_INTEGER,                .as.integer = -7},
      { .type = VALUE_NUMBER,              .as.number = 63.15},
      { .type = VALUE_TEXT,            .as.text = {NULL, 0}},
      { .type = VALUE_DATE,                 .as.day = 17226},
      { .type = VALUE_INSTANT, .as.at = 17226 * INT64_C(86400)},
      { .type = VALUE_MONEY,     .as.money = {105400, "USD"}},
  };
  const char *const texts[] = {
      NULL, "1", "-7", "63.15", "", "2017-03-01", "2017-03-01T00:00:00Z", "105400"};
  for (int i = 0; i < 8; i++)
    statement_bind_value(statement, i + 1, &values[i]);
  must(statement_step(statement, &row, &err));
  for (int i = 0; i < 8; i++) {
    const char *text = statement_text(statement, i);
    if (texts[i])
      assert_string_equal(text, texts[i]);
    else
      assert_null(text);
  }
  statement_close(statement);
  store_close(store);
}

static void a_wrong_index_shows_when_stepping(void **state) {
  struct error err = {0};
  bool row = true;
  struct store *store = scratch_open(*state, STORE_MEMORY);
  struct statement *statement = opened(store, "select $1");
  statement_bind_integer(statement, 2, 5);
  assert_false(statement_step(statement, &row, &err));
  assert_int_equal(err.code, ERROR_STORE);
  statement_reset(statement);
  must(statement_step(statement, &row, &err));
  statement_close(statement);
  store_close(store);
}

static void changes_are_counted_and_bindings_cleared(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  must(store_begin(store, &err));
  struct statement *insert = opened(store, "insert into meta (key, value) values ($1, $2)");
  for (int i = 0; i < 3; i++) {
    char key[8];
    snprintf(key, sizeof key, "k%d", i);
    statement_bind_text(insert, 1, key);
    if (i == 0)
      statement_bind_text(insert, 2, "first");
    must(statement_run(insert, &err));
    assert_int_equal(statement_changes(insert), 1);
  }
  statement_close(insert);
  assert_int_equal(ask(store, "select count(*) from meta where value is null"), 2);
  struct statement *update = opened(store, "update meta set value = 'x'");
  must(statement_run(update, &err));
  assert_int_equal(statement_changes(update), 3);
  statement_close(update);
  must(store_commit(store, &err));
  store_close(store);
}

static const char *const malformed[] = {
    "",
    ";",
    "selec 1",
    "select 1; select 2",
    "select * from nowhere",
    "select fold()",
    "select $x",
    "select $0",
    "select $99999999999",
};

static void a_malformed_statement_is_refused_with_the_reason(void **state) {
  struct store *store = scratch_open(*state, STORE_MEMORY);
  for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
    struct error err = {0};
    struct statement *statement;
    assert_false(statement_open(&statement, store, malformed[i], &err));
    assert_int_equal(err.code, ERROR_STORE);
    assert_true(strlen(err.message) > 0);
  }
  store_close(store);
}

static void a_broken_rule_names_the_column(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  must(store_begin(store, &err));
  run(store, "insert into meta (key, value) values ('a', 'b')");
  struct statement *insert = opened(store, "insert into meta (key, value) values ('a', 'c')");
  assert_false(statement_run(insert, &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_non_null(strstr(err.message, "meta.key"));
  statement_close(insert);
  must(store_commit(store, &err));
  assert_int_equal(ask(store, "select count(*) from meta"), 1);
  store_close(store);
}

static void *interrupt_later(void *payload) {
  usleep(100000);
  store_interrupt(payload);
  return NULL;
}

static const char *const endless =
    "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n";

static void a_running_statement_can_be_interrupted(void **state) {
  struct error err = {0};
  bool row;
  pthread_t thread;
  struct store *store = scratch_open(*state, STORE_MEMORY);
  struct statement *statement = opened(store, endless);
  assert_int_equal(pthread_create(&thread, NULL, interrupt_later, store), 0);
  assert_false(statement_step(statement, &row, &err));
  assert_int_equal(err.code, ERROR_INTERRUPTED);
  pthread_join(thread, NULL);
  statement_close(statement);
  assert_int_equal(ask(store, "select 7"), 7);
  store_close(store);
}

/* SQLite takes the whole transaction back when a write is interrupted. */
static void an_interrupted_write_undoes_every_level(void **state) {
  struct error err = {0};
  pthread_t thread;
  struct store *store = scratch_open(*state, STORE_MEMORY);
  must(store_begin(store, &err));
  run(store, "insert into meta (key, value) values ('a', 'b')");
  must(store_begin(store, &err));
  struct statement *insert =
      opened(store, "with recursive n (i) as (select 1 union all select i + 1 from n) "
                    "insert into meta (key, value) select i, i from n");
  assert_int_equal(pthread_create(&thread, NULL, interrupt_later, store), 0);
  assert_false(statement_run(insert, &err));
  assert_int_equal(err.code, ERROR_INTERRUPTED);
  pthread_join(thread, NULL);
  statement_close(insert);
  assert_int_equal(store_depth(store), 2);
  assert_false(store_run(store, "insert into meta (key, value) values ('c', 'd')", &err));
  assert_false(store_begin(store, &err));
  store_cancel(store);
  assert_false(store_commit(store, &err));
  assert_int_equal(store_depth(store), 0);
  assert_int_equal(ask(store, "select count(*) from meta"), 0);
  commit_unit(store);
  store_close(store);
}

static void waiting_for_another_writer_can_be_interrupted(void **state) {
  struct error err = {0};
  pthread_t thread;
  struct store *writer = scratch_open(*state, STORE_CREATE);
  struct store *store = scratch_open(*state, STORE_EXISTING);
  must(store_begin(writer, &err));
  assert_int_equal(pthread_create(&thread, NULL, interrupt_later, store), 0);
  assert_false(store_begin(store, &err));
  assert_int_equal(err.code, ERROR_INTERRUPTED);
  pthread_join(thread, NULL);
  store_cancel(writer);
  commit_unit(store);
  store_close(store);
  store_close(writer);
}

/* Expressions and what they give, as text. NULL: it gives NULL. */
static const struct {
  const char *expression;
  const char *result;
} functions[] = {
    {"fold('ООО Ёлка')",                                        "ооо елка"},
    {"fold('ABC def 1')",                                              "abc def 1"      },
    {"fold('Straße')",                                                "strasse"        },
    {"fold('')",                                                       ""               },
    {"fold(NULL)",                                                     NULL             },
    {"fold(12)",                                                       "12"             },
    {"text_contains('ООО Ёлка', 'елк')",                     "1"              },
    {"text_contains('ООО Ёлка', 'ель')",                     "0"              },
    {"text_contains('Acme Corp', 'CORP')",                             "1"              },
    {"text_contains('Acme', '')",                                      "1"              },
    {"text_contains('', 'a')",                                         "0"              },
    {"text_contains(NULL, 'a')",                                       NULL             },
    {"text_contains('a', NULL)",                                       NULL             },
    {"days_between('2017-01-31', '2017-03-01')",                       "29"             },
    {"days_between('2017-03-01', '2017-01-31')",                       "-29"            },
    {"days_between('2017-03-01T23:00:00Z', '2017-03-02T01:00:00Z')",   "0"              },
    {"days_between('2017-03-01', '2017-03-02T01:00:00Z')",             "1"              },
    {"days_between(NULL, '2017-03-02')",                               NULL             },
    {"period_name('2017-03-01', 'quarter')",                           "2017-Q1"        },
    {"period_name('2017-12-31T10:00:00Z', 'month')",                   "2017-12"        },
    {"period_name(NULL, 'month')",                                     NULL             },
    {"(select median(column1) from (values (1), (NULL), (10), (3)))",  "3.0"            },
    {"(select median(column1) from (values (1), (2)))",                "1.5"            },
    {"(select median(column1) from (values (NULL)))",                  NULL             },
    {"(select percentile(column1, 90) from (values (0), (10), (20)))", "18.0"           },
    {"(select percentile(column1, 0) from (values (5), (4)))",         "4.0"            },
    {"(select percentile(column1, 100) from (values (5), (4)))",       "5.0"            },
};

static void the_functions_give_what_the_header_says(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    char sql[256];
    bool row;
    snprintf(sql, sizeof sql, "select %s", functions[i].expression);
    struct statement *statement = opened(store, sql);
    must(statement_step(statement, &row, &err));
    const char *text = statement_text(statement, 0);
    const char *wanted = functions[i].result;
    if ((text == NULL) != (wanted == NULL) || (text && strcmp(text, wanted) != 0))
      fail_msg("%s gives %s", sql, text ? text : "NULL");
    statement_close(statement);
  }
  store_close(store);
}

static const char *const failing[] = {
    "days_between('yesterday', '2017-03-02')",
    "days_between('2017-02-30', '2017-03-02')",
    "period_name('2017-03-01', 'fortnight')",
    "period_name('2017-03-01', NULL)",
    "percentile(1, 101)",
    "percentile(1, -1)",
};

static void the_functions_refuse_what_they_cannot_answer(void **state) {
  struct store *store = scratch_open(*state, STORE_MEMORY);
  for (size_t i = 0; i < sizeof failing / sizeof *failing; i++) {
    char sql[256];
    bool row;
    struct error err = {0};
    snprintf(sql, sizeof sql, "select %s", failing[i]);
    struct statement *statement = opened(store, sql);
    assert_false(statement_step(statement, &row, &err));
    assert_int_equal(err.code, ERROR_STORE);
    statement_close(statement);
  }
  store_close(store);
}

/* The quick way of fold() for ASCII gives what the whole way gives. */
static void folding_ascii_is_the_same_both_ways(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  struct statement *statement = opened(store, "select fold($1)");
  for (char byte = 1; byte < 127; byte++) {
    char text[3] = {byte, 'A', '\0'};
    bool row;
    struct text folded = {0};
    text_append_folded(&folded, text, 2);
    statement_bind_text(statement, 1, text);
    must(statement_step(statement, &row, &err));
    assert_string_equal(statement_text(statement, 0), text_string(&folded));
    text_release(&folded);
    statement_reset(statement);
  }
  statement_close(statement);
  store_close(store);
}

static void words_are_found_in_both_alphabets(void **state) {
  struct error err = {0};
  struct store *store = scratch_open(*state, STORE_MEMORY);
  must(store_begin(store, &err));
  run(store, "insert into search (rowid, name, body) values (1, 'ООО Ромашка', 'цветы'), "
             "(2, 'Acme', 'anvils')");
  must(store_commit(store, &err));
  assert_int_equal(ask(store, "select rowid from search where search match 'ромаш*'"), 1);
  assert_int_equal(ask(store, "select rowid from search where search match 'ACME'"), 2);
  store_close(store);
}

#define scratch_test(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_free)

int main(void) {
  const struct CMUnitTest tests[] = {
      scratch_test(the_same_text_is_prepared_once),
      scratch_test(nested_use_of_one_text_does_not_disturb),
      scratch_test(the_cache_is_bounded),
      scratch_test(every_type_comes_back_as_it_went),
      scratch_test(values_are_bound_in_their_stored_form),
      scratch_test(a_wrong_index_shows_when_stepping),
      scratch_test(changes_are_counted_and_bindings_cleared),
      scratch_test(a_malformed_statement_is_refused_with_the_reason),
      scratch_test(a_broken_rule_names_the_column),
      scratch_test(a_running_statement_can_be_interrupted),
      scratch_test(an_interrupted_write_undoes_every_level),
      scratch_test(waiting_for_another_writer_can_be_interrupted),
      scratch_test(the_functions_give_what_the_header_says),
      scratch_test(the_functions_refuse_what_they_cannot_answer),
      scratch_test(folding_ascii_is_the_same_both_ways),
      scratch_test(words_are_found_in_both_alphabets),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
