#include "engine/automation.h"
#include "support/sales.h"

struct diary {
  char text[512];
};

static bool note(struct engine *engine, const struct event *event, void *payload,
                 struct error *err) {
  struct diary *diary = payload;
  (void)engine;
  (void)err;
  strcat(diary->text, event->name);
  if (event->field) {
    struct text values = {0};
    value_append_plain(&values, &event->old);
    text_append_char(&values, '>');
    value_append_plain(&values, &event->new);
    strcat(diary->text, ":");
    strcat(diary->text, text_string(&values));
    text_release(&values);
  }
  strcat(diary->text, " ");
  return true;
}

static bool refuse(struct engine *engine, const struct event *event, void *payload,
                   struct error *err) {
  (void)engine;
  (void)event;
  (void)payload;
  return error_set(err, ERROR_INVALID, "no calendar today");
}

static bool create_another(struct engine *engine, const struct event *event, void *payload,
                           struct error *err) {
  struct record record;
  struct value name = value_text("another");
  (void)payload;
  if (!record_init(&record, event->record->kind, err))
    return false;
  bool done = record_set(&record, engine->book, kind_field(record.kind, "name"), &name, err) &&
              engine_create(engine, &record, NULL, err);
  record_release(&record);
  return done;
}

typedef bool (*run_fn)(struct engine *engine, const struct event *event, void *payload,
                       struct error *err);

static void on(struct sales *sales, const char *event, run_fn run, void *payload) {
  struct error err = {0};
  struct action *action = list_add(&sales->engine->rules->actions, &err);
  assert_non_null(action);
  action->event = memory_copy_text(event);
  action->place = (struct place){memory_copy_text("rules.lua"), 7};
  action->run = run;
  action->payload = payload;
}

static void a_move_tells_the_stage_the_end_and_the_change(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct diary diary = {""};
  sales->sale->skip = true;
  on(sales, "deal.created", note, &diary);
  on(sales, "deal.qualifying", note, &diary);
  on(sales, "deal.won", note, &diary);
  on(sales, "deal.changed.stage", note, &diary);
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must(sales_move(sales, &deal, "qualifying", NULL, &err));
  must(sales_move(sales, &deal, "won", NULL, &err));
  assert_string_equal(diary.text,
                      "deal.created deal.qualifying deal.changed.stage:prospecting>qualifying "
                      "deal.won deal.changed.stage:qualifying>won ");
  record_release(&deal);
}

static void a_save_tells_each_field_that_changed(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record record;
  struct diary diary = {""};
  int64_t id = sales_client(sales, "Ёлка");
  on(sales, "client.changed", note, &diary);
  on(sales, "client.changed.city", note, &diary);
  on(sales, "client.changed.industry", note, &diary);
  must(record_load(&record, sales->engine->book, sales->client, id, &err));
  must(engine_save(sales->engine, &record, "set", &err));
  assert_string_equal(diary.text, "");
  sales_set(sales, &record, "city", "Тверь");
  must(engine_save(sales->engine, &record, "set", &err));
  assert_string_equal(diary.text, "client.changed.city:>Тверь client.changed ");
  record_release(&record);
}

static void an_action_that_fails_undoes_what_caused_it(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record record;
  int64_t id = sales_client(sales, "Ёлка");
  int64_t before = sales_units(sales);
  on(sales, "client.changed.city", refuse, NULL);
  must(record_load(&record, sales->engine->book, sales->client, id, &err));
  sales_set(sales, &record, "city", "Тверь");
  must_fail(engine_save(sales->engine, &record, "set", &err), ERROR_INVALID,
            "rules.lua:7: no calendar today");
  assert_int_equal(sales_units(sales), before);
  sales_rules(sales);
  must(engine_save(sales->engine, &record, "set", &err));
  assert_int_equal(sales_units(sales), before + 1);
  record_release(&record);
}

static void a_record_whose_creation_failed_can_be_created_again(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  on(sales, "deal.created", refuse, NULL);
  must(record_init(&deal, sales->deal, &err));
  sales_set(sales, &deal, "title", "a deal");
  must_fail(engine_create(sales->engine, &deal, "new", &err), ERROR_INVALID, "no calendar");
  assert_int_equal(deal.id, 0);
  sales_rules(sales);
  must(engine_create(sales->engine, &deal, "new", &err));
  assert_outcomes(sales, deal.id, "begun");
  record_release(&deal);
}

static void actions_that_cause_each_other_are_reported_as_a_loop(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record record;
  on(sales, "client.created", create_another, NULL);
  must(record_init(&record, sales->client, &err));
  sales_set(sales, &record, "name", "Ёлка");
  int64_t before = sales_units(sales);
  must_fail(engine_create(sales->engine, &record, "new", &err), ERROR_SCRIPT,
            "client.created < client.created");
  assert_int_equal(sales_units(sales), before);
  assert_int_equal(sales->engine->action_depth, 0);
  assert_null(sales->engine->event);
  record_release(&record);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(a_move_tells_the_stage_the_end_and_the_change),
      sales_test(a_save_tells_each_field_that_changed),
      sales_test(an_action_that_fails_undoes_what_caused_it),
      sales_test(a_record_whose_creation_failed_can_be_created_again),
      sales_test(actions_that_cause_each_other_are_reported_as_a_loop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
