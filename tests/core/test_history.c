#include "core/model_fixture.h"
#include "model/history.h"

static void at(struct book *book, const char *instant_text) {
  set_clock(book, instant_text);
}

static void look_back(struct book *book, const char *instant_text) {
  book->has_as_of = instant_text != NULL;
  if (instant_text)
    ok(instant_read(&book->as_of, instant_text, &failure));
}

static void put_dated(struct book *book, int64_t id, const char *name, const char *text,
                      const char *when) {
  struct record record;
  struct value value;
  struct field_reading reading = {.decimal = '.', .currency = "USD"};
  instant then;
  ok(instant_read(&then, when, &failure));
  ok(record_load(&record, book, NULL, id, &failure));
  ok(field_parse(field_named(&record, name), text, &reading, &value, &failure));
  ok(record_put(&record, book, field_named(&record, name), &value, then, &failure));
  value_release(&value);
  record_release(&record);
}

static void a_value_is_seen_as_it_stood_then(void **state) {
  struct book *book = *state;
  at(book, "2017-01-01T00:00:00Z");
  int64_t id = add(book, "deal", "title", "D", "amount", "100 EUR", NULL);
  at(book, "2017-02-01T00:00:00Z");
  change(book, id, "amount", "200 EUR");
  at(book, "2017-03-01T00:00:00Z");
  change(book, id, "amount", "300 USD");
  change(book, id, "opened_on", "2017-02-28");
  static const struct {
    const char *when, *amount, *opened;
  } cases[] = {
      {"2017-01-15T00:00:00Z", "100.00 EUR", "-"         },
      {"2017-01-31T23:59:59Z", "100.00 EUR", "-"         },
      {"2017-02-01T00:00:00Z", "200.00 EUR", "-"         },
      {"2017-03-01T00:00:00Z", "300.00 USD", "2017-02-28"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    look_back(book, cases[i].when);
    assert_string_equal(value_of(book, id, "amount"), cases[i].amount);
    assert_string_equal(value_of(book, id, "opened_on"), cases[i].opened);
  }
}

static void a_change_dated_back_counts_from_its_own_day(void **state) {
  struct book *book = *state;
  at(book, "2017-01-01T00:00:00Z");
  int64_t id = add(book, "deal", "title", "D", "stage", "prospecting", NULL);
  at(book, "2017-12-31T00:00:00Z");
  put_dated(book, id, "stage", "closing", "2017-02-01T00:00:00Z");
  put_dated(book, id, "stage", "won", "2017-03-01T00:00:00Z");
  look_back(book, "2017-01-31T00:00:00Z");
  assert_string_equal(value_of(book, id, "stage"), "prospecting");
  look_back(book, "2017-02-15T00:00:00Z");
  assert_string_equal(value_of(book, id, "stage"), "closing");
  look_back(book, "2017-03-02T00:00:00Z");
  assert_string_equal(value_of(book, id, "stage"), "won");
}

static void nothing_is_seen_before_it_began_or_while_it_was_deleted(void **state) {
  struct book *book = *state;
  struct record record;
  at(book, "2017-01-01T00:00:00Z");
  int64_t id = add(book, "client", "name", "Ёлка", "city", "Тверь", NULL);
  at(book, "2017-02-01T00:00:00Z");
  drop(book, id);
  at(book, "2017-03-01T00:00:00Z");
  ok(record_restore(book, id, &failure));
  look_back(book, "2016-12-31T00:00:00Z");
  refused(record_load(&record, book, NULL, id, &failure), ERROR_NOT_FOUND,
          "did not exist yet on 2016-12-31");
  look_back(book, "2017-01-15T00:00:00Z");
  assert_string_equal(value_of(book, id, "city"), "Тверь");
  look_back(book, "2017-02-15T00:00:00Z");
  refused(record_load(&record, book, NULL, id, &failure), ERROR_NOT_FOUND,
          "was already deleted on 2017-02-15");
  look_back(book, "2017-03-15T00:00:00Z");
  assert_string_equal(value_of(book, id, "city"), "Тверь");
}

static void a_deleted_record_is_seen_as_it_stood_before(void **state) {
  struct book *book = *state;
  at(book, "2017-01-01T00:00:00Z");
  int64_t id = add(book, "client", "name", "Acme", "revenue", "7 EUR", NULL);
  at(book, "2017-02-01T00:00:00Z");
  drop(book, id);
  look_back(book, "2017-01-15T00:00:00Z");
  assert_string_equal(value_of(book, id, "name"), "Acme");
  assert_string_equal(value_of(book, id, "revenue"), "7.00 EUR");
}

static void units_are_listed_newest_first(void **state) {
  struct book *book = *state;
  struct unit *units = NULL;
  size_t count = 0;
  for (int i = 0; i < 3; i++)
    add(book, "client", "name", "Acme", NULL);
  ok(unit_list(book, 2, &units, &count, &failure));
  assert_int_equal(count, 2);
  assert_int_equal(units[0].tx, 3);
  assert_int_equal(units[1].tx, 2);
  assert_string_equal(units[0].command, "save");
  assert_null(units[0].reason);
  for (size_t i = 0; i < count; i++)
    unit_release(&units[i]);
  memory_free(units);
  struct unit unit;
  refused(unit_load(&unit, book, 99, &failure), ERROR_NOT_FOUND, "no unit of work 99");
}

static int64_t undone_by(struct book *book, int64_t tx) {
  struct unit unit;
  ok(unit_load(&unit, book, tx, &failure));
  int64_t by = unit.undone_by;
  unit_release(&unit);
  return by;
}

static void an_undone_unit_names_its_undo_until_that_is_undone(void **state) {
  struct book *book = *state;
  int64_t id = add(book, "client", "name", "Acme", NULL);
  change(book, id, "city", "Riga");
  take_back(book, 2);
  assert_string_equal(value_of(book, id, "city"), "-");
  assert_int_equal(undone_by(book, 2), 3);
  take_back(book, 3);
  assert_string_equal(value_of(book, id, "city"), "Riga");
  assert_int_equal(undone_by(book, 2), 0);
  assert_int_equal(undone_by(book, 3), 4);
}

static void a_change_that_changes_nothing_is_not_written(void **state) {
  struct book *book = *state;
  int64_t id = add(book, "client", "name", "Acme", "city", "Riga", NULL);
  struct value riga = value_text("Riga"), one = value_integer(1);
  ok(change_apply(book, id, "city", &riga, &failure));
  assert_int_equal(number(book, "select count(*) from change"), 0);
  assert_int_equal(number(book, "select count(*) from tx"), 1);
  refused(change_apply(book, id, "city = 1 --", &riga, &failure), ERROR_INVALID, "is no column");
  ok(change_apply(book, id, "deleted", &one, &failure));
  refused(change_apply(book, id, "city", &riga, &failure), ERROR_REFUSED, "is deleted");
}

static void taking_back_never_leads_to_a_deleted_record(void **state) {
  struct book *book = *state;
  int64_t old_client = add(book, "client", "name", "Old", NULL);
  add(book, "client", "name", "New", NULL);
  int64_t deal = add(book, "deal", "title", "D", "client", "1", NULL);
  change(book, deal, "client", "2");
  drop(book, old_client);
  struct value old_id = value_integer(old_client);
  refused(change_apply(book, deal, "client", &old_id, &failure), ERROR_REFUSED, "was deleted");
  assert_string_equal(value_of(book, deal, "client"), "2");
}

static void move(struct book *book, int64_t record, const char *from, const char *to,
                 const char *outcome) {
  struct transition transition = {
      .record = record,
      .process = (char *)"sale",
      .from_stage = (char *)from,
      .to_stage = (char *)to,
      .outcome = (char *)outcome,
      .at = book_now(book),
  };
  ok(unit_begin(book, "move", NULL, &failure));
  ok(transition_add(book, &transition, &failure));
  ok(unit_commit(book, &failure));
}

static void a_transition_knows_how_long_the_stage_lasted(void **state) {
  struct book *book = *state;
  struct transition *list = NULL;
  size_t count = 0;
  int64_t id = add(book, "deal", "title", "D", NULL);
  at(book, "2017-01-01T00:00:00Z");
  move(book, id, NULL, "qualifying", "moved");
  at(book, "2017-01-01T00:01:00Z");
  move(book, id, "qualifying", "closing", "refused");
  at(book, "2017-01-01T00:02:00Z");
  move(book, id, "qualifying", "closing", "moved");
  at(book, "2017-01-01T00:02:30Z");
  move(book, id, "closing", "won", "moved");
  ok(transition_list(book, id, &list, &count, &failure));
  assert_int_equal(count, 4);
  static const int64_t seconds[] = {-1, 60, 120, 30};
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(list[i].seq, i + 1);
    assert_int_equal(list[i].seconds, seconds[i]);
    transition_release(&list[i]);
  }
  memory_free(list);
}

/* A small generator of its own, so that a seed gives the same run everywhere. */
static uint32_t next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

static bool pick(struct book *book, const char *kind, uint32_t chance, int64_t *id) {
  char sql[96];
  snprintf(sql, sizeof sql, "select count(*) from \"%s\"", kind);
  int64_t count = number(book, sql);
  if (count == 0)
    return false;
  snprintf(sql, sizeof sql, "select id from \"%s\" order by id limit 1 offset %lld", kind,
           (long long)(chance % count));
  *id = number(book, sql);
  return true;
}

/* One random thing done to the book; refused ones are part of the game. */
static void act(struct book *book, uint32_t *seed) {
  static const char *const cities[] = {"Рига", "Oslo", ""};
  static const char *const amounts[] = {"1 EUR", "2 EUR", "2 USD", ""};
  struct record record;
  struct error refusal;
  int64_t id = 0;
  char target[24];
  uint32_t chance = next_random(seed);
  switch (chance % 7) {
  case 0:
    add(book, "client", "name", cities[chance / 7 % 2], NULL);
    return;
  case 1:
    if (pick(book, "client", chance / 7, &id)) {
      snprintf(target, sizeof target, "%lld", (long long)id);
      add(book, "deal", "title", "D", "client", target, NULL);
    }
    return;
  case 2:
    if (pick(book, "client", chance / 7, &id))
      change(book, id, "city", cities[next_random(seed) % 3]);
    return;
  case 3:
    if (pick(book, "deal", chance / 7, &id))
      change(book, id, "amount", amounts[next_random(seed) % 4]);
    return;
  case 4:
    if (pick(book, "deal", chance / 7, &id))
      drop(book, id);
    return;
  case 5:
    id = number(book, "select max(id) from record where deleted_tx is not null");
    if (id > 0)
      (void)record_restore(book, id, &refusal);
    return;
  default:
    if (pick(book, "client", chance / 7, &id)) {
      ok(record_load(&record, book, NULL, id, &failure));
      (void)record_delete(&record, book, &refusal);
      record_release(&record);
    }
  }
}

static void act_in_unit(struct book *book, uint32_t *seed) {
  ok(unit_begin(book, "random", NULL, &failure));
  for (uint32_t steps = next_random(seed) % 4 + 1; steps > 0; steps--)
    act(book, seed);
  ok(unit_commit(book, &failure));
}

static void any_sequence_taken_back_gives_the_same_bytes(void **state) {
  enum { UNITS = 25 };
  struct book *book = *state;
  struct text faults = {0};
  for (uint32_t run = 1; run <= 12; run++) {
    uint32_t seed = run * 7919;
    char *dumps[UNITS];
    int64_t units[UNITS];
    for (int i = 0; i < UNITS; i++) {
      dumps[i] = dump(book);
      int64_t before = number(book, "select max(id) from tx");
      act_in_unit(book, &seed);
      units[i] = number(book, "select max(id) from tx");
      units[i] = units[i] == before ? 0 : units[i];
    }
    for (int i = UNITS - 1; i >= 0; i--) {
      if (units[i])
        take_back(book, units[i]);
      char *now = dump(book);
      if (strcmp(now, dumps[i]) != 0)
        fail_msg("run %u, unit %lld:\n%s\nwanted:\n%s", run, (long long)units[i], now, dumps[i]);
      memory_free(now);
      memory_free(dumps[i]);
    }
  }
  ok(book_check(book, true, &faults, &failure));
  assert_string_equal(text_string(&faults), "");
  text_release(&faults);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, open_empty, close_empty)
      EACH(a_value_is_seen_as_it_stood_then),
      EACH(a_change_dated_back_counts_from_its_own_day),
      EACH(nothing_is_seen_before_it_began_or_while_it_was_deleted),
      EACH(a_deleted_record_is_seen_as_it_stood_before),
      EACH(units_are_listed_newest_first),
      EACH(an_undone_unit_names_its_undo_until_that_is_undone),
      EACH(a_change_that_changes_nothing_is_not_written),
      EACH(taking_back_never_leads_to_a_deleted_record),
      EACH(a_transition_knows_how_long_the_stage_lasted),
      EACH(any_sequence_taken_back_gives_the_same_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
