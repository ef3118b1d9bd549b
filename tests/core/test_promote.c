#include "engine/promote.h"
#include "support/sales.h"

/* A check that counts how often it was asked, and answers as told. */
struct gatekeeper {
  enum outcome answer;
  int asked;
  bool interrupts;
};

static bool answers(struct criterion *criterion, struct engine *engine, struct record *record,
                    struct verdict_item *item, struct error *err) {
  struct gatekeeper *gatekeeper = criterion->payload;
  (void)engine;
  (void)record;
  gatekeeper->asked++;
  item->outcome = gatekeeper->answer;
  return !gatekeeper->interrupts || error_set(err, ERROR_INTERRUPTED, "interrupted");
}

/* Qualifying is entered as soon as the gatekeeper lets a deal out of prospecting. */
static void guard(struct sales *sales, struct gatekeeper *gatekeeper) {
  struct criterion *criterion =
      sales_criterion(&sales_stage(sales, "prospecting")->leave, "ready", LEVEL_MUST);
  criterion->check = answers;
  criterion->payload = gatekeeper;
  sales_stage(sales, "qualifying")->automatic = true;
}

static bool rename_deal(struct sales *sales, struct record *deal, const char *title,
                        struct error *err) {
  sales_set(sales, deal, "title", title);
  return engine_save(sales->engine, deal, "set", err);
}

static void a_save_promotes_what_it_made_ready_and_asks_once(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct gatekeeper gatekeeper = {.answer = OUTCOME_FAIL};
  guard(sales, &gatekeeper);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  assert_stored_stage(sales, deal.id, "prospecting");
  assert_int_equal(gatekeeper.asked, 1);
  int64_t before = sales_units(sales);
  gatekeeper.answer = OUTCOME_PASS;
  must(rename_deal(sales, &deal, "ready", &err));
  assert_stored_stage(sales, deal.id, "qualifying");
  assert_outcomes(sales, deal.id, "begun>promoted");
  assert_int_equal(gatekeeper.asked, 2);
  assert_int_equal(sales_units(sales), before + 1);
  assert_int_equal(sales->engine->promotions.count, 1);
  record_release(&deal);
}

static void what_refers_to_nothing_that_waits_asks_nobody(void **state) {
  struct sales *sales = *state;
  struct record deal;
  struct gatekeeper gatekeeper = {.answer = OUTCOME_FAIL};
  guard(sales, &gatekeeper);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  gatekeeper.asked = 0;
  sales_client(sales, "Сокол"); /* no deal of it was touched */
  assert_int_equal(gatekeeper.asked, 0);
  record_release(&deal);
}

static void a_deal_taken_back_by_hand_stays_and_says_why(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct transition taken_back;
  bool held = false;
  struct gatekeeper gatekeeper = {.answer = OUTCOME_PASS};
  guard(sales, &gatekeeper);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  int64_t id = deal.id;
  record_release(&deal);
  must(record_load(&deal, sales->engine->book, sales->deal, id, &err));
  assert_stage(&deal, "qualifying");
  must(sales_move(sales, &deal, "prospecting", "a mistake", &err));
  must(rename_deal(sales, &deal, "still ready", &err));
  assert_stored_stage(sales, deal.id, "prospecting");
  must(promote_held(sales->engine, deal.id, sales->sale, &held, &taken_back, &err));
  assert_true(held);
  assert_string_equal(taken_back.reason, "a mistake");
  transition_release(&taken_back);
  must(sales_move(sales, &deal, "qualifying", NULL, &err));
  must(promote_held(sales->engine, deal.id, sales->sale, &held, &taken_back, &err));
  assert_false(held);
  record_release(&deal);
}

static void a_broken_criterion_is_kept_to_be_told_and_the_save_stands(void **state) {
  struct sales *sales = *state;
  struct record deal;
  struct gatekeeper gatekeeper = {.answer = OUTCOME_BROKEN};
  guard(sales, &gatekeeper);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  assert_stored_stage(sales, deal.id, "prospecting");
  assert_outcomes(sales, deal.id, "begun");
  assert_int_equal(sales->engine->promotions.count, 1);
  const struct promotion *promotion = list_at(&sales->engine->promotions, 0);
  assert_non_null(strstr(promotion->trouble, "criterion 'ready' is broken"));
  promote_forget(sales->engine);
  record_release(&deal);
}

static void an_interrupted_criterion_takes_the_command_back(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct gatekeeper gatekeeper = {.answer = OUTCOME_FAIL};
  guard(sales, &gatekeeper);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  int64_t before = sales_units(sales);
  gatekeeper.interrupts = true;
  must_fail(rename_deal(sales, &deal, "never", &err), ERROR_INTERRUPTED, "interrupted");
  assert_int_equal(sales_units(sales), before);
  assert_int_equal(sales->engine->promotions.count, 0);
  record_release(&deal);
}

static void a_unit_that_is_taken_back_promoted_nobody(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  int64_t client = sales_client(sales, "Ёлка");
  struct gatekeeper gatekeeper = {.answer = OUTCOME_PASS};
  guard(sales, &gatekeeper);
  must(unit_begin(sales->engine->book, "outer", NULL, &err));
  sales_deal(sales, &deal, client);
  must(engine_settle(sales->engine, &err));
  assert_int_equal(sales->engine->promotions.count, 1);
  unit_cancel(sales->engine->book);
  assert_int_equal(sales->engine->promotions.count, 0);
  record_release(&deal);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(a_save_promotes_what_it_made_ready_and_asks_once),
      sales_test(what_refers_to_nothing_that_waits_asks_nobody),
      sales_test(a_deal_taken_back_by_hand_stays_and_says_why),
      sales_test(a_broken_criterion_is_kept_to_be_told_and_the_save_stands),
      sales_test(an_interrupted_criterion_takes_the_command_back),
      sales_test(a_unit_that_is_taken_back_promoted_nobody),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
