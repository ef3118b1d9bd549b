#include "support/sales.h"

static bool passes(struct criterion *criterion, struct engine *engine, struct record *record,
                   struct verdict_item *item, struct error *err) {
  (void)engine;
  (void)record;
  (void)err;
  if (criterion->payload)
    ++*(int *)criterion->payload;
  item->outcome = OUTCOME_PASS;
  return true;
}

static bool fails(struct criterion *criterion, struct engine *engine, struct record *record,
                  struct verdict_item *item, struct error *err) {
  passes(criterion, engine, record, item, err);
  item->outcome = OUTCOME_FAIL;
  return true;
}

static bool breaks(struct criterion *criterion, struct engine *engine, struct record *record,
                   struct verdict_item *item, struct error *err) {
  passes(criterion, engine, record, item, err);
  item->outcome = OUTCOME_BROKEN;
  item->detail = memory_copy_text("rule.lua:3: attempt to index nil");
  return true;
}

static bool says_nothing(struct criterion *criterion, struct engine *engine, struct record *record,
                         struct verdict_item *item, struct error *err) {
  (void)criterion;
  (void)engine;
  (void)record;
  (void)item;
  (void)err;
  return true;
}

static bool interrupted(struct criterion *criterion, struct engine *engine, struct record *record,
                        struct verdict_item *item, struct error *err) {
  (void)criterion;
  (void)engine;
  (void)record;
  (void)item;
  return error_set(err, ERROR_INTERRUPTED, "interrupted");
}

typedef bool (*check_fn)(struct criterion *criterion, struct engine *engine, struct record *record,
                         struct verdict_item *item, struct error *err);

static void gate(struct sales *sales, const char *stage, bool leave, const char *id,
                 enum level level, check_fn check) {
  struct stage *at = sales_stage(sales, stage);
  sales_criterion(leave ? &at->leave : &at->enter, id, level)->check = check;
}

static void a_new_record_begins_at_the_first_stage(void **state) {
  struct sales *sales = *state;
  struct record deal;
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  assert_stage(&deal, "prospecting");
  assert_stored_stage(sales, deal.id, "prospecting");
  assert_outcomes(sales, deal.id, "begun");
  record_release(&deal);
}

static void a_move_writes_the_stage_and_its_story(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct transition *list;
  size_t count;
  gate(sales, "prospecting", true, "met", LEVEL_MUST, passes);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  sales->engine->book->clock.at += 3600;
  must(sales_move(sales, &deal, "qualifying", NULL, &err));
  assert_stored_stage(sales, deal.id, "qualifying");
  must(transition_list(sales->engine->book, deal.id, &list, &count, &err));
  assert_int_equal(count, 2);
  assert_string_equal(list[1].outcome, "moved");
  assert_string_equal(list[1].from_stage, "prospecting");
  assert_string_equal(list[1].to_stage, "qualifying");
  assert_string_equal(list[1].process, "sale");
  assert_int_equal(list[1].seconds, 3600);
  assert_string_equal(list[1].verdict,
                      "{\"allowed\":true,\"items\":[{\"id\":\"met\",\"level\":\"must\","
                      "\"outcome\":\"pass\"}]}");
  for (size_t i = 0; i < count; i++)
    transition_release(&list[i]);
  memory_free(list);
  record_release(&deal);
}

static const struct {
  const char *from, *to, *reason;
  bool skip;
  enum back_rule back;
  const char *refusal; /* NULL: allowed */
} structure[] = {
    {"prospecting", "qualifying",  NULL,             false, BACK_WITH_REASON, NULL                        },
    {"prospecting", "qualifing",   NULL,             false, BACK_WITH_REASON, "did you mean 'qualifying'?"},
    {"prospecting", "prospecting", NULL,             false, BACK_WITH_REASON, "already"                   },
    {"prospecting", "closing",     NULL,             false, BACK_WITH_REASON, "'qualifying' comes before" },
    {"prospecting", "closing",     NULL,             true,  BACK_WITH_REASON, NULL                        },
    {"prospecting", "won",         NULL,             false, BACK_WITH_REASON, "comes before 'won'"        },
    {"prospecting", "won",         NULL,             true,  BACK_WITH_REASON, NULL                        },
    {"closing",     "won",         NULL,             false, BACK_WITH_REASON, NULL                        },
    {"prospecting", "lost",        "no money",       false, BACK_WITH_REASON, NULL                        },
    {"closing",     "lost",        "no money",       false, BACK_NEVER,       NULL                        },
    {"prospecting", "lost",        NULL,             false, BACK_WITH_REASON, "needs a reason"            },
    {"prospecting", "lost",        "",               false, BACK_FREE,        "needs a reason"            },
    {"closing",     "qualifying",  NULL,             false, BACK_WITH_REASON, "needs a reason"            },
    {"closing",     "qualifying",  "too early",      false, BACK_WITH_REASON, NULL                        },
    {"closing",     "prospecting", NULL,             false, BACK_FREE,        NULL                        },
    {"closing",     "qualifying",  "too early",      false, BACK_NEVER,       "never goes back"           },
    {"won",         "closing",     NULL,             false, BACK_WITH_REASON, "needs a reason"            },
    {"won",         "closing",     "they cancelled", false, BACK_WITH_REASON, NULL                        },
    {"won",         "closing",     "they cancelled", false, BACK_NEVER,       "never goes back"           },
    {"won",         "lost",        "they cancelled", false, BACK_FREE,        "is an end"                 },
    {"lost",        "won",         "a miracle",      true,  BACK_FREE,        "is an end"                 },
    {"lost",        "prospecting", "they called",    false, BACK_WITH_REASON, NULL                        },
};

static void the_process_decides_which_moves_there_are(void **state) {
  struct sales *sales = *state;
  int64_t client = sales_client(sales, "Ёлка");
  for (size_t i = 0; i < sizeof structure / sizeof structure[0]; i++) {
    struct error err = {0};
    struct record deal;
    struct value from = value_text(structure[i].from);
    sales_deal(sales, &deal, client);
    must(record_put(&deal, sales->engine->book, sales->sale->field, &from, 0, &err));
    sales->sale->skip = structure[i].skip;
    sales->sale->back = structure[i].back;
    bool moved = sales_move(sales, &deal, structure[i].to, structure[i].reason, &err);
    if (moved != !structure[i].refusal)
      print_error("%s > %s: %s\n", structure[i].from, structure[i].to, err.message);
    assert_int_equal(moved, !structure[i].refusal);
    assert_stored_stage(sales, deal.id, moved ? structure[i].to : structure[i].from);
    assert_outcomes(sales, deal.id, moved ? "begun>moved" : "begun>refused");
    if (!moved) {
      assert_int_equal(err.code, ERROR_REFUSED);
      assert_non_null(strstr(err.message, structure[i].refusal));
    }
    record_release(&deal);
  }
}

static void a_stage_that_is_no_more_can_be_left(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct value from = value_text("dreaming");
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must(record_put(&deal, sales->engine->book, sales->sale->field, &from, 0, &err));
  must(sales_move(sales, &deal, "closing", NULL, &err));
  assert_stored_stage(sales, deal.id, "closing");
  record_release(&deal);
}

static void a_refused_move_changes_nothing(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal, after;
  struct change *changes;
  size_t count;
  gate(sales, "prospecting", true, "met", LEVEL_MUST, passes);
  gate(sales, "prospecting", true, "budget", LEVEL_MUST, fails);
  gate(sales, "qualifying", false, "fit", LEVEL_MUST, fails);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must_fail(sales_move(sales, &deal, "qualifying", NULL, &err), ERROR_REFUSED, "budget, fit");
  must(record_load(&after, sales->engine->book, sales->deal, deal.id, &err));
  for (int i = 0; i < sales->deal->field_count; i++) {
    assert_true(value_equal(&after.values[i], &deal.values[i]));
    assert_true(value_equal(&deal.stored[i], &deal.values[i]));
  }
  must(
      change_list(sales->engine->book, CHANGE_OF_UNIT, sales_units(sales), &changes, &count, &err));
  assert_int_equal(count, 0);
  memory_free(changes);
  assert_outcomes(sales, deal.id, "begun>refused");
  record_release(&after);
  record_release(&deal);
}

static void a_broken_criterion_blocks_and_so_does_a_silent_one(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  gate(sales, "qualifying", false, "crashed", LEVEL_MUST, breaks);
  gate(sales, "closing", false, "silent", LEVEL_MUST, says_nothing);
  sales->sale->skip = true;
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must_fail(sales_move(sales, &deal, "qualifying", NULL, &err), ERROR_REFUSED, "crashed (broken)");
  must_fail(sales_move(sales, &deal, "closing", NULL, &err), ERROR_REFUSED, "silent (broken)");
  assert_stored_stage(sales, deal.id, "prospecting");
  record_release(&deal);
}

static void what_should_be_warns_and_lets_pass(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct verdict verdict;
  struct move_options options = {.command = "advance"};
  gate(sales, "qualifying", false, "polite", LEVEL_SHOULD, fails);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  verdict_init(&verdict);
  must(process_move(sales->engine, &deal, "qualifying", &options, &verdict, &err));
  assert_true(verdict.allowed);
  assert_int_equal(verdict_warnings(&verdict), 1);
  assert_int_equal(verdict_blocking(&verdict), 0);
  verdict_release(&verdict);
  record_release(&deal);
}

static void each_criterion_is_asked_once(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  int leave = 0, enter = 0, other = 0;
  gate(sales, "prospecting", true, "a", LEVEL_MUST, fails);
  gate(sales, "qualifying", false, "b", LEVEL_MUST, fails);
  gate(sales, "qualifying", true, "c", LEVEL_MUST, fails);
  (*(struct criterion **)list_at(&sales_stage(sales, "prospecting")->leave, 0))->payload = &leave;
  (*(struct criterion **)list_at(&sales_stage(sales, "qualifying")->enter, 0))->payload = &enter;
  (*(struct criterion **)list_at(&sales_stage(sales, "qualifying")->leave, 0))->payload = &other;
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  assert_false(sales_move(sales, &deal, "qualifying", NULL, &err));
  assert_int_equal(leave, 1);
  assert_int_equal(enter, 1);
  assert_int_equal(other, 0);
  record_release(&deal);
}

static void losing_does_not_ask_what_leaving_asks(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  gate(sales, "prospecting", true, "met", LEVEL_MUST, fails);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must(sales_move(sales, &deal, "lost", "they went silent", &err));
  assert_stored_stage(sales, deal.id, "lost");
  record_release(&deal);
}

static void forcing_needs_a_reason_and_is_recorded(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct verdict verdict;
  struct move_options options = {.force = true, .command = "advance --force"};
  gate(sales, "qualifying", false, "fit", LEVEL_MUST, fails);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  verdict_init(&verdict);
  must_fail(process_move(sales->engine, &deal, "qualifying", &options, &verdict, &err), ERROR_USAGE,
            "needs a reason");
  assert_outcomes(sales, deal.id, "begun");
  options.reason = "the boss knows them";
  must(process_move(sales->engine, &deal, "qualifying", &options, &verdict, &err));
  assert_true(verdict.forced);
  assert_false(verdict.allowed);
  assert_outcomes(sales, deal.id, "begun>forced");
  verdict_release(&verdict);
  record_release(&deal);
}

static void forcing_obeys_the_structure(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct verdict verdict;
  struct move_options options = {.force = true, .reason = "hurry"};
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  verdict_init(&verdict);
  must_fail(process_move(sales->engine, &deal, "won", &options, &verdict, &err), ERROR_REFUSED,
            "comes before");
  assert_false(verdict.forced);
  assert_non_null(verdict.structural);
  verdict_release(&verdict);
  record_release(&deal);
}

static void why_writes_nothing(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct verdict verdict;
  gate(sales, "qualifying", false, "fit", LEVEL_MUST, fails);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  int64_t before = sales_units(sales);
  verdict_init(&verdict);
  must(process_judge(sales->engine, &deal, "qualifying", &verdict, &err));
  assert_false(verdict.allowed);
  assert_int_equal(verdict.items.count, 1);
  verdict_release(&verdict);
  assert_int_equal(sales_units(sales), before);
  assert_outcomes(sales, deal.id, "begun");
  record_release(&deal);
}

static void an_interrupted_check_leaves_no_trace(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  gate(sales, "qualifying", false, "slow", LEVEL_MUST, interrupted);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  int64_t before = sales_units(sales);
  must_fail(sales_move(sales, &deal, "qualifying", NULL, &err), ERROR_INTERRUPTED, "interrupted");
  assert_int_equal(sales_units(sales), before);
  assert_int_equal(sales->engine->book->unit_depth, 0);
  record_release(&deal);
}

static void older_records_are_exempt_from_newer_criteria(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  gate(sales, "qualifying", false, "fit", LEVEL_MUST, fails);
  struct criterion *fit =
      *(struct criterion **)list_at(&sales_stage(sales, "qualifying")->enter, 0);
  fit->has_since = true;
  must(date_read(&fit->since, "2026-01-01", &err));
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must_fail(sales_move(sales, &deal, "qualifying", NULL, &err), ERROR_REFUSED, "fit");
  fit->since++;
  must(sales_move(sales, &deal, "qualifying", NULL, &err));
  record_release(&deal);
}

static void hints_name_the_records_meant(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct verdict verdict;
  char expected[128];
  int64_t client = sales_client(sales, "Ёлка");
  gate(sales, "qualifying", false, "fit", LEVEL_MUST, fails);
  struct criterion *fit =
      *(struct criterion **)list_at(&sales_stage(sales, "qualifying")->enter, 0);
  fit->fix = memory_copy_text(
      "set {deal} of {deal.client} ({deal.client.name}) amount={deal.amount} {x} {deal.nothing}");
  sales_deal(sales, &deal, client);
  verdict_init(&verdict);
  must(process_judge(sales->engine, &deal, "qualifying", &verdict, &err));
  snprintf(expected, sizeof expected, "set #%lld of #%lld (Ёлка) amount=? {x} ?",
           (long long)deal.id, (long long)client);
  const struct verdict_item *item = list_at(&verdict.items, 0);
  assert_string_equal(item->fix, expected);
  verdict_release(&verdict);
  record_release(&deal);
}

static bool refuses(struct engine *engine, struct record *record, void *payload,
                    struct error *err) {
  const struct field *field = kind_field(record->kind, "title");
  struct value title = value_text("changed by the action");
  (void)payload;
  return record_set(record, engine->book, field, &title, err) &&
         record_save(record, engine->book, err) &&
         error_set(err, ERROR_INVALID, "no calendar today");
}

static void an_action_that_fails_undoes_the_whole_move(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct stage *stage = sales_stage(sales, "qualifying");
  stage->on_enter = refuses;
  stage->place = (struct place){memory_copy_text("stages/sale/qualifying.lua"), 12};
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  int64_t before = sales_units(sales);
  must_fail(sales_move(sales, &deal, "qualifying", NULL, &err), ERROR_SCRIPT,
            "stages/sale/qualifying.lua:12: no calendar today");
  assert_int_equal(sales_units(sales), before);
  assert_stage(&deal, "prospecting");
  assert_text(sales_value(&deal, "title"), "a deal");
  assert_stored_stage(sales, deal.id, "prospecting");
  assert_outcomes(sales, deal.id, "begun");
  record_release(&deal);
}

static bool moves_on(struct engine *engine, struct record *record, void *payload,
                     struct error *err) {
  struct verdict verdict;
  struct move_options options = {.reason = "round and round"};
  verdict_init(&verdict);
  bool moved = process_move(engine, record, payload, &options, &verdict, err);
  verdict_release(&verdict);
  return moved;
}

static void stages_that_send_a_record_round_are_reported_as_a_loop(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  char forward[] = "qualifying", back[] = "prospecting";
  sales_stage(sales, "qualifying")->on_enter = moves_on;
  sales_stage(sales, "qualifying")->enter_payload = back;
  sales_stage(sales, "prospecting")->on_enter = moves_on;
  sales_stage(sales, "prospecting")->enter_payload = forward;
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must_fail(sales_move(sales, &deal, "qualifying", NULL, &err), ERROR_SCRIPT, "more than 8 deep");
  assert_stored_stage(sales, deal.id, "prospecting");
  assert_int_equal(sales->engine->action_depth, 0);
  record_release(&deal);
}

static void a_batch_of_moves_is_one_unit(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record first, second;
  int64_t client = sales_client(sales, "Ёлка");
  sales_deal(sales, &first, client);
  sales_deal(sales, &second, client);
  int64_t before = sales_units(sales);
  must(unit_begin(sales->engine->book, "advance all", NULL, &err));
  must(sales_move(sales, &first, "qualifying", NULL, &err));
  must_fail(sales_move(sales, &second, "won", NULL, &err), ERROR_REFUSED, "comes before");
  must(unit_commit(sales->engine->book, &err));
  assert_int_equal(sales_units(sales), before + 1);
  assert_outcomes(sales, second.id, "begun>refused");
  record_release(&first);
  record_release(&second);
}

static void the_next_stage_is_known(void **state) {
  struct sales *sales = *state;
  assert_string_equal(process_next(sales->sale, "prospecting")->name, "qualifying");
  assert_string_equal(process_next(sales->sale, "closing")->name, "won");
  assert_null(process_next(sales->sale, "won"));
  assert_null(process_next(sales->sale, "nowhere"));
}

/* A deal that exists since a day, without a stage: as imports make them. */
static void bare_deal(struct sales *sales, struct record *deal, const char *since) {
  struct error err = {0};
  struct record_writer *writer;
  instant at;
  int64_t id;
  struct record blank;
  must(instant_read(&at, since, &err));
  must(record_init(&blank, sales->deal, &err));
  sales_set(sales, &blank, "title", "imported");
  must(unit_begin(sales->engine->book, "import", NULL, &err));
  must(record_writer_open(&writer, sales->engine->book, sales->deal, &err));
  must(record_writer_add(writer, blank.values, at, &id, &err));
  record_writer_close(writer);
  must(unit_commit(sales->engine->book, &err));
  record_release(&blank);
  must(record_load(deal, sales->engine->book, sales->deal, id, &err));
}

static instant at(const char *iso) {
  struct error err = {0};
  instant read;
  must(instant_read(&read, iso, &err));
  return read;
}

static void history_brought_from_elsewhere_is_dated(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal, then;
  bare_deal(sales, &deal, "2017-01-01T00:00:00Z");
  struct stage_entry entries[] = {
      {"prospecting", 0                         },
      {"closing",     at("2017-03-01T00:00:00Z")},
      {"won",         at("2017-05-01T00:00:00Z")}
  };
  static const struct {
    const char *at, *stage;
  } past[] = {
      {"2017-01-02T00:00:00Z", "prospecting"},
      {"2017-02-28T23:59:59Z", "prospecting"},
      {"2017-03-01T00:00:00Z", "closing"    },
      {"2017-06-01T00:00:00Z", "won"        }
  };
  must(process_import(sales->engine, &deal, sales->sale, entries, 3, &err));
  assert_stage(&deal, "won");
  assert_outcomes(sales, deal.id, "imported>imported>imported");
  for (size_t i = 0; i < sizeof past / sizeof past[0]; i++) {
    sales->engine->book->has_as_of = true;
    sales->engine->book->as_of = at(past[i].at);
    must(record_load(&then, sales->engine->book, sales->deal, deal.id, &err));
    assert_stage(&then, past[i].stage);
    record_release(&then);
  }
  sales->engine->book->has_as_of = false;
  record_release(&deal);
}

static void histories_that_could_not_be_are_refused(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  bare_deal(sales, &deal, "2017-01-01T00:00:00Z");
  struct stage_entry backwards[] = {
      {"closing",     0},
      {"prospecting", 0}
  };
  struct stage_entry unknown[] = {
      {"prospectin", 0}
  };
  struct stage_entry early_end[] = {
      {"won",  0},
      {"lost", 0}
  };
  struct stage_entry time_travel[] = {
      {"prospecting", at("2017-03-01T00:00:00Z")},
      {"closing",     at("2017-02-01T00:00:00Z")}
  };
  must_fail(process_import(sales->engine, &deal, sales->sale, backwards, 2, &err), ERROR_INVALID,
            "cannot come after");
  must_fail(process_import(sales->engine, &deal, sales->sale, unknown, 1, &err), ERROR_NOT_FOUND,
            "did you mean 'prospecting'?");
  must_fail(process_import(sales->engine, &deal, sales->sale, early_end, 2, &err), ERROR_INVALID,
            "must come last");
  must_fail(process_import(sales->engine, &deal, sales->sale, time_travel, 2, &err), ERROR_INVALID,
            "was entered before");
  assert_outcomes(sales, deal.id, "");
  record_release(&deal);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(a_new_record_begins_at_the_first_stage),
      sales_test(a_move_writes_the_stage_and_its_story),
      sales_test(the_process_decides_which_moves_there_are),
      sales_test(a_stage_that_is_no_more_can_be_left),
      sales_test(a_refused_move_changes_nothing),
      sales_test(a_broken_criterion_blocks_and_so_does_a_silent_one),
      sales_test(what_should_be_warns_and_lets_pass),
      sales_test(each_criterion_is_asked_once),
      sales_test(losing_does_not_ask_what_leaving_asks),
      sales_test(forcing_needs_a_reason_and_is_recorded),
      sales_test(forcing_obeys_the_structure),
      sales_test(why_writes_nothing),
      sales_test(an_interrupted_check_leaves_no_trace),
      sales_test(older_records_are_exempt_from_newer_criteria),
      sales_test(hints_name_the_records_meant),
      sales_test(an_action_that_fails_undoes_the_whole_move),
      sales_test(stages_that_send_a_record_round_are_reported_as_a_loop),
      sales_test(a_batch_of_moves_is_one_unit),
      sales_test(the_next_stage_is_known),
      sales_test(history_brought_from_elsewhere_is_dated),
      sales_test(histories_that_could_not_be_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
