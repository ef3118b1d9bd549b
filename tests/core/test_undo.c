#include "engine/effect.h"
#include "engine/undo.h"
#include "model/activation.h"
#include "support/sales.h"

static bool undo(struct sales *sales, int64_t tx, struct error *err) {
  struct undo_summary summary;
  bool done = undo_unit(sales->engine, tx, &summary, err);
  undo_summary_release(&summary);
  return done;
}

static bool redo(struct sales *sales, struct error *err) {
  struct undo_summary summary;
  bool done = redo_unit(sales->engine, &summary, err);
  undo_summary_release(&summary);
  return done;
}

/* Saves one field in a unit of its own and gives the unit's id. */
static int64_t change(struct sales *sales, const struct kind *kind, int64_t id, const char *field,
                      const char *word) {
  struct error err = {0};
  struct record record;
  must(record_load(&record, sales->engine->book, kind, id, &err));
  sales_set(sales, &record, field, word);
  must(engine_save(sales->engine, &record, "set", &err));
  record_release(&record);
  return sales_units(sales);
}

static void assert_field(struct sales *sales, const struct kind *kind, int64_t id,
                         const char *field, const char *text) {
  struct error err = {0};
  struct record record;
  must(record_load(&record, sales->engine->book, kind, id, &err));
  if (text)
    assert_text(sales_value(&record, field), text);
  else
    assert_true(value_is_null(sales_value(&record, field)));
  record_release(&record);
}

static bool is_live(struct sales *sales, int64_t id) {
  struct error err = {0};
  struct record record;
  if (!record_load(&record, sales->engine->book, NULL, id, &err))
    return false;
  record_release(&record);
  return true;
}

static void put_into_force(struct sales *sales, const char *source) {
  struct error err = {0};
  char hash[DIGEST_HEX_SIZE];
  must(unit_begin(sales->engine->book, "rules activate", NULL, &err));
  must(ruleset_keep(sales->engine->book, source, strlen(source), hash, &err));
  must(activation_set(sales->engine->book, hash, &err));
  must(unit_commit(sales->engine->book, &err));
}

static void assert_in_force(struct sales *sales, const char *source) {
  struct error err = {0};
  struct activation now;
  char hash[DIGEST_HEX_SIZE] = "";
  if (*source)
    digest_hex(source, strlen(source), hash);
  must(activation_load(&now, sales->engine->book, &err));
  assert_string_equal(now.ruleset, hash);
}

static void the_choice_of_rules_is_taken_back_and_put_back(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  int64_t before = sales_units(sales);
  put_into_force(sales, "one");
  put_into_force(sales, "two");
  must_fail(undo(sales, before + 1, &err), ERROR_REFUSED, "built on");
  must(undo(sales, 0, &err));
  assert_in_force(sales, "one");
  must(undo(sales, 0, &err));
  assert_in_force(sales, "");
  must(redo(sales, &err));
  assert_in_force(sales, "one");
}

static void nothing_to_undo_is_said(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  must_fail(undo(sales, 0, &err), ERROR_NOT_FOUND, "nothing to undo");
  must_fail(redo(sales, &err), ERROR_NOT_FOUND, "nothing to redo");
  must_fail(undo(sales, 77, &err), ERROR_NOT_FOUND, "77");
}

static void units_are_taken_back_newest_first_and_put_back(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  int64_t client = sales_client(sales, "Ёлка");
  change(sales, sales->client, client, "city", "Тверь");
  change(sales, sales->client, client, "city", "Псков");
  must(undo(sales, 0, &err));
  assert_field(sales, sales->client, client, "city", "Тверь");
  must(undo(sales, 0, &err));
  assert_field(sales, sales->client, client, "city", NULL);
  must(undo(sales, 0, &err));
  assert_false(is_live(sales, client));
  must_fail(undo(sales, 0, &err), ERROR_NOT_FOUND, "nothing to undo");
  must(redo(sales, &err));
  must(redo(sales, &err));
  assert_field(sales, sales->client, client, "city", "Тверь");
  must(redo(sales, &err));
  assert_field(sales, sales->client, client, "city", "Псков");
  must_fail(redo(sales, &err), ERROR_NOT_FOUND, "nothing to redo");
  must(undo(sales, 0, &err));
  assert_field(sales, sales->client, client, "city", "Тверь");
}

static void an_undo_is_a_unit_that_names_what_it_took_back(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct undo_summary summary;
  struct unit unit;
  int64_t client = sales_client(sales, "Ёлка");
  int64_t tx = change(sales, sales->client, client, "city", "Тверь");
  must(undo_unit(sales->engine, 0, &summary, &err));
  assert_int_equal(summary.tx, tx);
  assert_int_equal(summary.records, 1);
  assert_int_equal(summary.changes, 1);
  assert_string_equal(summary.command, "set");
  undo_summary_release(&summary);
  must(unit_load(&unit, sales->engine->book, sales_units(sales), &err));
  assert_int_equal(unit.undoes, tx);
  assert_string_equal(unit.command, "undo");
  unit_release(&unit);
  must_fail(undo(sales, tx, &err), ERROR_REFUSED, "already");
}

static void a_later_change_of_the_same_field_stands_in_the_way(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  char naming[64];
  int64_t client = sales_client(sales, "Ёлка");
  int64_t first = change(sales, sales->client, client, "city", "Тверь");
  int64_t other = change(sales, sales->client, client, "industry", "medical");
  int64_t second = change(sales, sales->client, client, "city", "Псков");
  snprintf(naming, sizeof naming, "undo %lld first", (long long)second);
  must_fail(undo(sales, first, &err), ERROR_REFUSED, naming);
  assert_field(sales, sales->client, client, "city", "Псков");
  must(undo(sales, other, &err));
  must(undo(sales, second, &err));
  must(undo(sales, first, &err));
  assert_field(sales, sales->client, client, "city", NULL);
}

static void a_record_that_others_lean_on_is_not_taken_away(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  char naming[64];
  int64_t client = sales_client(sales, "Ёлка");
  int64_t made = sales_units(sales);
  sales_deal(sales, &deal, client);
  snprintf(naming, sizeof naming, "undo %lld first", (long long)sales_units(sales));
  must_fail(undo(sales, made, &err), ERROR_REFUSED, naming);
  assert_true(is_live(sales, client));
  must(undo(sales, 0, &err));
  must(undo(sales, made, &err));
  assert_false(is_live(sales, client));
  record_release(&deal);
}

static void a_move_is_put_back_and_logged(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  must(sales_move(sales, &deal, "qualifying", NULL, &err));
  must_fail(sales_move(sales, &deal, "won", NULL, &err), ERROR_REFUSED, "comes before");
  must(undo(sales, 0, &err));
  assert_stored_stage(sales, deal.id, "prospecting");
  assert_outcomes(sales, deal.id, "begun>moved>refused>undone");
  must(redo(sales, &err));
  assert_stored_stage(sales, deal.id, "qualifying");
  record_release(&deal);
}

static void a_deleted_record_comes_back_whole(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  sales_deal(sales, &deal, sales_client(sales, "Ёлка"));
  int64_t id = deal.id;
  must(engine_delete(sales->engine, &deal, "delete", &err));
  record_release(&deal);
  assert_false(is_live(sales, id));
  must(undo(sales, 0, &err));
  assert_field(sales, sales->deal, id, "title", "a deal");
  assert_stored_stage(sales, id, "prospecting");
  must(redo(sales, &err));
  assert_false(is_live(sales, id));
  must(undo(sales, 0, &err));
  assert_stored_stage(sales, id, "prospecting");
}

static void records_that_refer_to_each_other_go_and_come_together(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  char word[24];
  must(unit_begin(sales->engine->book, "import", NULL, &err));
  int64_t mother = sales_client(sales, "Ёлка");
  int64_t daughter = sales_client(sales, "Шишка");
  snprintf(word, sizeof word, "%lld", (long long)daughter);
  change(sales, sales->client, mother, "parent", word);
  snprintf(word, sizeof word, "%lld", (long long)mother);
  change(sales, sales->client, daughter, "parent", word);
  must(unit_commit(sales->engine->book, &err));
  for (int round = 0; round < 3; round++) {
    must(undo(sales, 0, &err));
    assert_false(is_live(sales, mother));
    assert_false(is_live(sales, daughter));
    must(redo(sales, &err));
    assert_field(sales, sales->client, mother, "name", "Ёлка");
    assert_true(is_live(sales, daughter));
  }
}

static void a_change_after_an_undo_stops_the_redo(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  int64_t client = sales_client(sales, "Ёлка");
  change(sales, sales->client, client, "city", "Тверь");
  must(undo(sales, 0, &err));
  change(sales, sales->client, client, "industry", "medical");
  must_fail(redo(sales, &err), ERROR_REFUSED, "came after the undo");
}

static int64_t count_of(const struct effect *effect, enum effect_way way, const char *kind) {
  for (size_t i = 0; i < effect->parts.count; i++) {
    const struct effect_part *part = list_at(&effect->parts, i);
    if (part->way == way && strcmp(part->kind->name, kind) == 0)
      return part->count;
  }
  return 0;
}

static void several_units_are_taken_back_together_or_not_at_all(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct effect effect;
  int64_t kept = sales_client(sales, "Ёлка");
  change(sales, sales->client, kept, "city", "Тверь");
  int64_t before = change(sales, sales->client, kept, "city", "Псков");
  int64_t made = sales_client(sales, "Сосна");
  int64_t last = change(sales, sales->client, made, "city", "Омск");
  must(unit_group_begin(sales->engine->book, &err));
  for (int i = 0; i < 3; i++)
    must(undo(sales, 0, &err));
  must(effect_read(&effect, sales->engine, last, &err));
  assert_int_equal(count_of(&effect, EFFECT_CHANGES, "client"), 1);
  assert_int_equal(count_of(&effect, EFFECT_DELETES, "client"), 1);
  assert_int_equal(effect.records, 2);
  effect_release(&effect);
  unit_group_cancel(sales->engine->book);
  assert_int_equal(sales_units(sales), last);
  must(effect_read(&effect, sales->engine, last, &err));
  assert_int_equal(effect.parts.count, 0);
  effect_release(&effect);
  must(effect_read(&effect, sales->engine, before, &err));
  assert_int_equal(count_of(&effect, EFFECT_ADDS, "client"), 1);
  assert_int_equal(effect.records, 0);
  effect_release(&effect);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(nothing_to_undo_is_said),
      sales_test(the_choice_of_rules_is_taken_back_and_put_back),
      sales_test(units_are_taken_back_newest_first_and_put_back),
      sales_test(an_undo_is_a_unit_that_names_what_it_took_back),
      sales_test(a_later_change_of_the_same_field_stands_in_the_way),
      sales_test(a_record_that_others_lean_on_is_not_taken_away),
      sales_test(a_move_is_put_back_and_logged),
      sales_test(a_deleted_record_comes_back_whole),
      sales_test(records_that_refer_to_each_other_go_and_come_together),
      sales_test(a_change_after_an_undo_stops_the_redo),
      sales_test(several_units_are_taken_back_together_or_not_at_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
