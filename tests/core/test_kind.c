#include "base/translate.h"
#include "core/failing.h"
#include "core/model_fixture.h"
#include "model/column.h"

static int open_catalog(void **state) {
  struct catalog *catalog = NULL;
  ok(catalog_new(&catalog, &failure));
  *state = catalog;
  return 0;
}

static int close_catalog(void **state) {
  catalog_free(*state);
  return 0;
}

static void the_built_in_kinds_fit_together(void **state) {
  static const char *const names[] = {"user",     "client",   "contact",  "product", "deal",
                                      "activity", "campaign", "response", "goal"};
  ok(catalog_check(*state, &failure));
  assert_int_equal(catalog_count(*state), 9);
  for (size_t i = 0; i < 9; i++) {
    const struct kind *kind = catalog_kind(*state, names[i]);
    assert_non_null(kind);
    assert_ptr_equal(catalog_kind(*state, kind->plural), kind);
    assert_string_equal(kind->fields[0]->name, "external_id");
    for (int position = 0; position < kind->field_count; position++)
      assert_int_equal(kind->fields[position]->position, position);
  }
}

static void a_kind_lists_its_stored_columns_in_the_order_of_its_fields(void **state) {
  const struct kind *goal = catalog_kind(*state, "goal");
  struct text columns = {0};
  for (int i = 0; i < goal->field_count; i++)
    for (int part = 0; part < column_count(goal->fields[i]); part++) {
      text_append(&columns, columns.length ? ", " : "");
      column_append_name(&columns, goal->fields[i], part);
    }
  assert_string_equal(text_string(&goal->columns), text_string(&columns));
  text_release(&columns);
  const struct field extra = {.name = "stake", .type = FIELD_MONEY, .flags = FIELD_CUSTOM};
  ok(catalog_add_field(*state, "goal", &extra, &failure));
  assert_non_null(strstr(text_string(&goal->columns), ", stake, stake_currency"));
}

static void the_log_is_asked_like_a_kind_and_written_like_none(void **state) {
  const struct kind *log = catalog_kind(*state, "transitions");
  assert_non_null(log);
  for (int i = 0; i < catalog_count(*state); i++)
    assert_ptr_not_equal(catalog_at(*state, i), log);
  struct record record;
  refused(kind_check_written(log, &failure), ERROR_INVALID,
          "transitions are written by moves only");
  refused(record_init(&record, log, &failure), ERROR_INVALID,
          "transitions are written by moves only");
  ok(kind_check_written(catalog_kind(*state, "deal"), &failure));
}

static void every_field_has_a_title_in_both_languages(void **state) {
  for (int i = 0; i < catalog_count(*state); i++) {
    const struct kind *kind = catalog_at(*state, i);
    for (int position = 0; position < kind->field_count; position++) {
      const struct field *field = kind->fields[position];
      assert_non_null(field->title_ru);
      assert_null(strchr(field_title(field), '_'));
    }
  }
  const struct kind *deal = catalog_kind(*state, "deal");
  assert_true(translate_use("ru"));
  assert_string_equal(kind_title(deal), "Сделка");
  assert_string_equal(field_title(kind_field(deal, "amount")), "Сумма");
  assert_true(translate_use("en"));
  assert_string_equal(kind_title(deal), "Deal");
  assert_string_equal(field_title(kind_field(deal, "decision_maker")), "Decision maker");
}

static void an_unknown_name_is_met_with_a_suggestion(void **state) {
  const struct kind *kind;
  const struct field *field;
  refused(catalog_find(*state, "cleint", &kind, &failure), ERROR_NOT_FOUND,
          "no kind 'cleint'; did you mean 'client'?");
  refused(kind_find_field(catalog_kind(*state, "client"), "emploees", &field, &failure),
          ERROR_NOT_FOUND, "client has no field 'emploees'; did you mean 'employees'?");
}

static void a_custom_kind_keeps_its_own_copy_of_everything(void **state) {
  char name[] = "need", title[] = "Need", choice[] = "cost";
  const char *choices[] = {choice, NULL};
  struct kind kind = {.name = name, .plural = "needs", .title = title, .belongs_to = "deal"};
  struct field benefit = {.name = name, .type = FIELD_CHOICE, .choices = choices};
  struct field deal = {.name = "deal", .type = FIELD_REF, .target = "deal"};
  ok(catalog_add_kind(*state, &kind, &failure));
  ok(catalog_add_field(*state, "need", &benefit, &failure));
  ok(catalog_add_field(*state, "needs", &deal, &failure));
  memset(name, 'x', 4);
  memset(title, 'x', 4);
  memset(choice, 'x', 4);
  ok(catalog_check(*state, &failure));
  const struct kind *need = catalog_kind(*state, "need");
  assert_true(need->custom);
  assert_string_equal(need->title, "Need");
  assert_string_equal(kind_field(need, "need")->choices[0], "cost");
  assert_true(kind_field(need, "need")->flags & FIELD_CUSTOM);
}

static void a_kind_needs_a_free_and_sound_name(void **state) {
  static const struct {
    const char *name, *complaint;
  } cases[] = {
      {"deal",       "is taken"              },
      {"deals",      "is taken"              },
      {"change",     "is taken"              },
      {"sqlite_x",   "is taken"              },
      {"order",      "a word of the language"},
      {"end",        "a word of the language"},
      {"Need",       "small letters"         },
      {"9need",      "small letters"         },
      {"нужда", "small letters"         },
      {"a b",        "small letters"         },
      {"",           "needs a name"          },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct kind kind = {.name = cases[i].name, .plural = "others"};
    refused(catalog_add_kind(*state, &kind, &failure), ERROR_INVALID, cases[i].complaint);
  }
  assert_int_equal(catalog_count(*state), 9);
}

static void a_field_is_refused_with_the_reason(void **state) {
  static const char *const twice[] = {"a", "a", NULL};
  static const char *const comma[] = {"a,b", NULL};
  const struct {
    struct field field;
    const char *complaint;
  } cases[] = {
      {{.name = "amount", .type = FIELD_TEXT},                                                      "already has"     },
      {{.name = "amount_currency", .type = FIELD_TEXT},                                             "already has"     },
      {{.name = "id", .type = FIELD_TEXT},                                                          "is the program's"},
      {{.name = "deleted", .type = FIELD_TEXT},                                                     "is the program's"},
      {{.name = "select", .type = FIELD_TEXT},                                                      "a word of the"   },
      {{.name = "x", .type = FIELD_REF},                                                            "needs the kind"  },
      {{.name = "x", .type = FIELD_CHOICE},                                                         "choices listed"  },
      {{.name = "x", .type = FIELD_CHOICE, .choices = twice},                                       "listed twice"    },
      {{.name = "x", .type = FIELD_CHOICE, .choices = comma},                                       "comma"           },
      {{.name = "x", .flags = FIELD_ROLLUP},                                                        "what it computes"},
      {{.name = "x", .type = FIELD_NUMBER, .has_min = true, .min = 2, .has_max = true, .max = 1},
       "above max"                                                                                                    },
      {{.name = "x", .type = FIELD_INTEGER, .fallback = {.type = VALUE_TEXT, .as.text = {"a", 1}}},
       "default of x"                                                                                                 },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    refused(catalog_add_field(*state, "deal", &cases[i].field, &failure), ERROR_INVALID,
            cases[i].complaint);
  refused(catalog_add_field(*state, "dael", &cases[0].field, &failure), ERROR_NOT_FOUND, "'deal'");
}

static void loose_ends_are_found_after_the_last_declaration(void **state) {
  static const struct rollup no_kind = {.function = AGGREGATE_COUNT, .kind = "visit"};
  static const struct rollup no_way = {.function = AGGREGATE_COUNT, .kind = "product"};
  static const struct rollup no_path = {.function = AGGREGATE_SUM, .kind = "deal"};
  static const struct rollup bad_path = {
      .function = AGGREGATE_SUM, .kind = "deal", .path = "amuont"};
  static const struct rollup bad_via = {
      .function = AGGREGATE_COUNT, .kind = "deal", .via = "owner"};
  const struct {
    struct field field;
    const char *complaint;
  } cases[] = {
      {{.name = "x", .type = FIELD_REF, .target = "shop"},        "client.x: no kind 'shop'" },
      {{.name = "x", .flags = FIELD_ROLLUP, .rollup = &no_kind},  "no kind 'visit'"          },
      {{.name = "x", .flags = FIELD_ROLLUP, .rollup = &no_way},   "no reference to client"   },
      {{.name = "x", .flags = FIELD_ROLLUP, .rollup = &no_path},  "which field of deal"      },
      {{.name = "x", .flags = FIELD_ROLLUP, .rollup = &bad_path}, "did you mean 'amount'?"   },
      {{.name = "x", .flags = FIELD_ROLLUP, .rollup = &bad_via},  "not a reference to client"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct catalog *catalog = NULL;
    ok(catalog_new(&catalog, &failure));
    ok(catalog_add_field(catalog, "client", &cases[i].field, &failure));
    refused(catalog_check(catalog, &failure), ERROR_INVALID, cases[i].complaint);
    catalog_free(catalog);
  }
}

static bool declare(struct error *err) {
  static const char *const choices[] = {"a", "b", NULL};
  static const struct comparison filter = {
      .path = "stage", .value = {.type = VALUE_TEXT, .as.text = {"w", 1}}
  };
  static const struct rollup rollup = {
      .function = AGGREGATE_COUNT, .kind = "deal", .filters = &filter, .filter_count = 1};
  const struct kind kind = {.name = "need", .plural = "needs"};
  const struct field choice = {.name = "x", .type = FIELD_CHOICE, .choices = choices};
  const struct field count = {
      .name = "y", .type = FIELD_INTEGER, .flags = FIELD_ROLLUP, .rollup = &rollup};
  struct catalog *catalog = NULL;
  bool done = catalog_new(&catalog, err) && catalog_add_kind(catalog, &kind, err) &&
              catalog_add_field(catalog, "need", &choice, err) &&
              catalog_add_field(catalog, "client", &count, err);
  catalog_free(catalog);
  return done;
}

static void no_failed_allocation_leaves_anything_behind(void **state) {
  (void)state;
  assert_true(failing_count(declare) > 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_built_in_kinds_fit_together),
      cmocka_unit_test_setup_teardown(a_kind_lists_its_stored_columns_in_the_order_of_its_fields,
                                      open_catalog, close_catalog),
      cmocka_unit_test(the_log_is_asked_like_a_kind_and_written_like_none),
      cmocka_unit_test(every_field_has_a_title_in_both_languages),
      cmocka_unit_test(an_unknown_name_is_met_with_a_suggestion),
      cmocka_unit_test_setup_teardown(a_custom_kind_keeps_its_own_copy_of_everything, open_catalog,
                                      close_catalog),
      cmocka_unit_test(a_kind_needs_a_free_and_sound_name),
      cmocka_unit_test(a_field_is_refused_with_the_reason),
      cmocka_unit_test(loose_ends_are_found_after_the_last_declaration),
      cmocka_unit_test(no_failed_allocation_leaves_anything_behind),
  };
  return cmocka_run_group_tests(tests, open_catalog, close_catalog);
}
