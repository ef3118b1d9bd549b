/* A rewound copy is the book as it was; a backtest judges by it. */
#include "engine/lab/backtest.h"
#include "engine/lab/comparison.h"
#include "engine/undo.h"
#include "model/rewind.h"
#include "support/sales.h"

enum { SEEDS = 6, STEPS = 120 };

struct dice {
  uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides) {
  dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(dice->state >> 33) % sides;
}

/* Units of work a minute apart from each other. */
static void tick(struct sales *sales) {
  sales->engine->book->clock.at += 60;
}

static int64_t pick(struct sales *sales, struct dice *dice, const struct kind *kind) {
  struct error err = {0};
  struct query *query;
  int64_t *ids;
  size_t count;
  must(query_new(&query, sales->engine->book, kind, &err));
  must(query_ids(query, sales->engine->book, &ids, &count, &err));
  int64_t id = count ? ids[roll(dice, (uint32_t)count)] : 0;
  memory_free(ids);
  query_free(query);
  return id;
}

static bool load(struct sales *sales, struct record *record, const struct kind *kind, int64_t id) {
  struct error err = {0};
  return id && record_load(record, sales->engine->book, kind, id, &err);
}

static void set(struct sales *sales, const struct kind *kind, int64_t id, const char *field,
                const char *word) {
  struct error err = {0};
  struct record record;
  if (!load(sales, &record, kind, id))
    return;
  sales_set(sales, &record, field, word);
  must(engine_save(sales->engine, &record, "set", &err));
  record_release(&record);
}

static void move(struct sales *sales, int64_t id, const char *to) {
  struct error err = {0};
  struct record deal;
  if (!load(sales, &deal, sales->deal, id))
    return;
  if (!sales_move(sales, &deal, to, "dice", &err))
    assert_int_equal(err.code, ERROR_REFUSED);
  record_release(&deal);
}

static void drop(struct sales *sales, int64_t id) {
  struct error err = {0};
  struct record record;
  if (!load(sales, &record, NULL, id))
    return;
  if (!engine_delete(sales->engine, &record, "delete", &err))
    assert_int_equal(err.code, ERROR_REFUSED);
  record_release(&record);
}

static int64_t new_deal(struct sales *sales, int64_t client) {
  struct record deal;
  sales_deal(sales, &deal, client);
  int64_t id = deal.id;
  record_release(&deal);
  return id;
}

static void take_back(struct sales *sales) {
  struct error err = {0};
  struct undo_summary summary;
  if (!undo_unit(sales->engine, 0, &summary, &err))
    assert_true(err.code == ERROR_NOT_FOUND || err.code == ERROR_REFUSED);
  undo_summary_release(&summary);
}

static void act(struct sales *sales, struct dice *dice) {
  static const char *const stages[] = {"prospecting", "qualifying", "closing", "won", "lost"};
  static const char *const amounts[] = {"100 USD", "7.50 EUR", ""};
  int64_t client = pick(sales, dice, sales->client), deal = pick(sales, dice, sales->deal);
  tick(sales);
  switch (roll(dice, 8)) {
  case 0:
    sales_client(sales, "Ёлка");
    break;
  case 1:
    if (client)
      new_deal(sales, client);
    break;
  case 2:
    set(sales, sales->deal, deal, "amount", amounts[roll(dice, 3)]);
    break;
  case 3:
    set(sales, sales->client, client, "city", roll(dice, 2) ? "Тверь" : "");
    break;
  case 4:
    drop(sales, roll(dice, 3) ? deal : client);
    break;
  case 5:
    take_back(sales);
    break;
  default:
    move(sales, deal, stages[roll(dice, 5)]);
  }
}

/* The record as the copy has it now, and as the book had it a second before the move. */
static void assert_same(struct book *copy, struct book *book, int64_t id) {
  struct error err = {0}, other = {0};
  struct record in_copy, then;
  bool copied = record_load(&in_copy, copy, NULL, id, &err);
  bool existed = record_load(&then, book, NULL, id, &other);
  assert_int_equal(copied, existed);
  if (!copied)
    return;
  for (int i = 0; i < in_copy.kind->field_count; i++)
    assert_true(!field_is_stored(in_copy.kind->fields[i]) ||
                value_equal(&in_copy.values[i], &then.values[i]));
  record_release(&in_copy);
  record_release(&then);
}

static void assert_no_later_moves(struct book *copy, int64_t id, instant at) {
  struct error err = {0};
  struct transition *list;
  size_t count;
  must(transition_list(copy, id, &list, &count, &err));
  for (size_t i = 0; i < count; i++) {
    assert_true(list[i].at < at);
    transition_release(&list[i]);
  }
  memory_free(list);
}

static int64_t go_back(struct sales *sales, struct book *copy, int64_t last) {
  struct error err = {0};
  struct book *book = sales->engine->book;
  struct rewind *rewind;
  const struct transition *made;
  int64_t moves = 0;
  must(rewind_open(&rewind, copy, &err));
  for (;;) {
    must(rewind_next(rewind, &made, &err));
    if (!made)
      break;
    moves++;
    book->has_as_of = true;
    book->as_of = made->at - 1;
    for (int64_t id = 1; id <= last; id++) {
      assert_same(copy, book, id);
      assert_no_later_moves(copy, id, made->at);
    }
  }
  book->has_as_of = false;
  rewind_close(rewind);
  return moves;
}

static int64_t count_moves(struct sales *sales, int64_t last) {
  struct error err = {0};
  int64_t count = 0;
  for (int64_t id = 1; id <= last; id++) {
    struct transition *list;
    size_t length;
    must(transition_list(sales->engine->book, id, &list, &length, &err));
    for (size_t i = 0; i < length; i++) {
      count += strcmp(list[i].outcome, "moved") == 0 || strcmp(list[i].outcome, "refused") == 0;
      transition_release(&list[i]);
    }
    memory_free(list);
  }
  return count;
}

static void a_rewound_copy_is_the_book_as_it_was_before_each_move(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct dice dice = {20260101};
  for (int seed = 0; seed < SEEDS; seed++) {
    struct book *copy;
    for (int step = 0; step < STEPS; step++)
      act(sales, &dice);
    int64_t last = sales_client(sales, "last");
    must(book_copy(&copy, sales->engine->book, &err));
    int64_t moves = go_back(sales, copy, last);
    assert_true(moves > 5);
    assert_int_equal(moves, count_moves(sales, last));
    book_close(copy);
  }
}

static void the_book_itself_stays_as_it_is(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct book *copy;
  int64_t deal = new_deal(sales, sales_client(sales, "Acme"));
  tick(sales);
  move(sales, deal, "qualifying");
  must(book_copy(&copy, sales->engine->book, &err));
  go_back(sales, copy, deal);
  book_close(copy);
  assert_stored_stage(sales, deal, "qualifying");
  assert_outcomes(sales, deal, "begun>moved");
}

/* Within one second the order of the units, and within a unit that of its changes, decides. */
static void what_was_set_with_a_move_was_known_to_it_and_what_followed_was_not(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct book *copy, *book = sales->engine->book;
  struct rewind *rewind;
  struct record deal;
  const struct transition *made;
  int64_t id = new_deal(sales, sales_client(sales, "Acme"));
  must(unit_begin(book, "advance", NULL, &err));
  set(sales, sales->deal, id, "amount", "5 USD");
  move(sales, id, "qualifying");
  set(sales, sales->deal, id, "amount", "9 USD");
  must(unit_commit(book, &err));
  set(sales, sales->deal, id, "amount", "11 USD");
  must(book_copy(&copy, book, &err));
  must(rewind_open(&rewind, copy, &err));
  must(rewind_next(rewind, &made, &err));
  assert_int_equal(made->record, id);
  must(record_load(&deal, copy, NULL, id, &err));
  assert_int_equal(sales_value(&deal, "amount")->as.money.minor, 500);
  assert_stage(&deal, "prospecting");
  record_release(&deal);
  must(rewind_next(rewind, &made, &err));
  assert_null(made);
  rewind_close(rewind);
  book_close(copy);
}

/* ---- judging -------------------------------------------------------------------------------- */

static bool asks_for_1000(struct criterion *criterion, struct engine *engine, struct record *record,
                          struct verdict_item *item, struct error *err) {
  const struct value *amount = sales_value(record, "amount");
  (void)criterion;
  (void)engine;
  (void)err;
  bool enough = amount->type == VALUE_MONEY && amount->as.money.minor >= 100000;
  item->outcome = enough ? OUTCOME_PASS : OUTCOME_FAIL;
  return true;
}

/* The rules to be tried, on a copy. */
static void open_stricter(struct sales *stricter, struct sales *sales) {
  struct error err = {0};
  struct book *copy;
  must(book_copy(&copy, sales->engine->book, &err));
  must(engine_open(&stricter->engine, copy, &err));
  must(catalog_find(copy->catalog, "client", &stricter->client, &err));
  must(catalog_find(copy->catalog, "deal", &stricter->deal, &err));
  sales_rules(stricter);
  sales_criterion(&sales_stage(stricter, "prospecting")->leave, "amount", LEVEL_MUST)->check =
      asks_for_1000;
}

static void backtest_into(struct lab_tally *tally, struct sales *sales, instant since,
                          instant until) {
  struct error err = {0};
  struct sales stricter = {0};
  open_stricter(&stricter, sales);
  lab_tally_init(tally, sales->engine);
  const struct backtest backtest = {.now = sales->engine,
                                    .rules = stricter.engine,
                                    .since = since,
                                    .until = until,
                                    .each = lab_tally_add,
                                    .payload = tally};
  must(backtest_run(&backtest, &err));
  lab_tally_sort(tally);
  engine_close(stricter.engine);
}

static const struct lab_tally_row *row_of(const struct lab_tally *tally, const char *id,
                                          const char *effect) {
  for (size_t i = 0; i < tally->rows.count; i++) {
    const struct lab_tally_row *row = list_at(&tally->rows, i);
    if (strcmp(row->id, id) == 0 && strcmp(row->effect, effect) == 0)
      return row;
  }
  return NULL;
}

/* Cheap: moved with 100, won later with 5000. Dear: moved with 2000, lost. Both a minute apart. */
static void make_history(struct sales *sales) {
  int64_t client = sales_client(sales, "Acme"), cheap = new_deal(sales, client);
  int64_t dear = new_deal(sales, client);
  tick(sales);
  set(sales, sales->deal, cheap, "amount", "100 USD");
  set(sales, sales->deal, dear, "amount", "2000 USD");
  tick(sales);
  move(sales, cheap, "qualifying");
  tick(sales);
  move(sales, dear, "qualifying");
  tick(sales);
  set(sales, sales->deal, cheap, "amount", "5000 USD");
  move(sales, cheap, "closing");
  tick(sales);
  move(sales, cheap, "won");
  move(sales, dear, "lost");
}

static void moves_are_judged_by_what_was_known_then(void **state) {
  struct sales *sales = *state;
  struct lab_tally tally;
  make_history(sales);
  backtest_into(&tally, sales, 0, 0);
  const struct lab_tally_row *refused = row_of(&tally, "sale.prospecting.amount", "refused");
  assert_non_null(refused);
  assert_int_equal(refused->records, 1);
  assert_int_equal(refused->of[LAB_WON], 1);
  assert_int_equal(refused->worth[LAB_WON].minor, 500000);
  const struct lab_tally_row *same = row_of(&tally, "sale.prospecting", "same");
  assert_int_equal(same->records, 1);
  assert_int_equal(same->of[LAB_LOST], 1);
  assert_int_equal(row_of(&tally, "sale.closing", "same")->records, 1);
  assert_null(row_of(&tally, "sale.closing", "refused"));
  lab_tally_release(&tally);
}

static void only_moves_of_the_time_asked_for_are_judged(void **state) {
  struct sales *sales = *state;
  struct lab_tally tally;
  make_history(sales);
  backtest_into(&tally, sales, SALES_NOW + 180, SALES_NOW + 180);
  assert_null(row_of(&tally, "sale.prospecting", "refused"));
  assert_int_equal(row_of(&tally, "sale.prospecting", "same")->records, 1);
  assert_int_equal(tally.rows.count, 1);
  lab_tally_release(&tally);
}

static bool stop(int64_t done, int64_t total, void *payload) {
  (void)done;
  (void)total;
  (void)payload;
  return false;
}

static void a_backtest_can_be_interrupted(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct sales stricter = {0};
  struct lab_tally tally;
  make_history(sales);
  open_stricter(&stricter, sales);
  lab_tally_init(&tally, sales->engine);
  const struct backtest backtest = {.now = sales->engine,
                                    .rules = stricter.engine,
                                    .each = lab_tally_add,
                                    .payload = &tally,
                                    .progress = stop};
  must_fail(backtest_run(&backtest, &err), ERROR_INTERRUPTED, "interrupted");
  lab_tally_release(&tally);
  engine_close(stricter.engine);
}

/* ---- comparing ------------------------------------------------------------------------------ */

static void add(struct lab_rules *rules, const char *what, const char *id, int line, int last) {
  struct error err = {0};
  const struct lab_item item = {
      .what = (char *)what, .id = (char *)id, .place = {(char[]){"a.lua"}, line},
                .last = last
  };
  must(lab_rules_add(rules, &item, &err));
}

static bool append_change(void *payload, enum lab_change change, const struct lab_item *item,
                          struct error *err) {
  text_format(payload, "%s %s %s; ", lab_change_name(change), item->what, item->id);
  return text_check(payload, err);
}

static void assert_changes(const char *before, const char *after, const char *expected) {
  struct error err = {0};
  struct lab_rules old, new;
  struct text said = {0};
  lab_rules_init(&old, before, strlen(before));
  lab_rules_init(&new, after, strlen(after));
  add(&old, "stage", "s", 1, 3);
  add(&old, "must", "s.m", 2, 2);
  add(&new, "stage", "s", 1, 3);
  add(&new, "should", "s.m", 2, 2);
  must(lab_rules_close(&old, &err));
  must(lab_rules_close(&new, &err));
  must(lab_compare(&old, &new, append_change, &said, &err));
  assert_string_equal(text_string(&said), expected);
  text_release(&said);
  lab_rules_release(&old);
  lab_rules_release(&new);
}

static void a_change_is_told_of_the_innermost_declaration(void **state) {
  (void)state;
  assert_changes("-- file: a.lua\nstage {\nmust\n}\n\n", "-- file: a.lua\nstage {\nshould\n}\n\n",
                 "changed should s.m; ");
  assert_changes("-- file: a.lua\nstage {\nsame\n}\nx = 1\n\n",
                 "-- file: a.lua\nstage { rot = 1\nsame\n}\nx = 2\n\n",
                 "changed stage s; changed should s.m; changed file a.lua; ");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(a_rewound_copy_is_the_book_as_it_was_before_each_move),
      sales_test(the_book_itself_stays_as_it_is),
      sales_test(what_was_set_with_a_move_was_known_to_it_and_what_followed_was_not),
      sales_test(moves_are_judged_by_what_was_known_then),
      sales_test(only_moves_of_the_time_asked_for_are_judged),
      sales_test(a_backtest_can_be_interrupted),
      cmocka_unit_test(a_change_is_told_of_the_innermost_declaration),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
