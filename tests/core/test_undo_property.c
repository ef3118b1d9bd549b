/* Any sequence of units, undone to the last, leaves the tables of all kinds as they were. */
#include <time.h>

#include "engine/undo.h"
#include "model/query.h"
#include "support/dump.h"
#include "support/sales.h"

enum { SEEDS = 12, STEPS = 60, PEOPLED = 12, SECONDS = 15 };

struct dice {
  uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides) {
  dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(dice->state >> 33) % sides;
}

/* A live record of the kind, or 0. */
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

static void change(struct sales *sales, struct dice *dice, const struct kind *kind) {
  static const char *const clients[][2] = {
      {"city",      "Тверь"},
      {"city",      ""          },
      {"revenue",   "10 EUR"    },
      {"revenue",   "7.50 USD"  },
      {"employees", "12"        }
  };
  static const char *const deals[][2] = {
      {"amount",    "100 USD"     },
      {"amount",    ""            },
      {"title",     "другая"},
      {"closed_on", "2026-01-05"  },
      {"notes",     "a\nb"        }
  };
  struct error err = {0};
  struct record record;
  int64_t id = pick(sales, dice, kind);
  if (id == 0)
    return;
  must(record_load(&record, sales->engine->book, kind, id, &err));
  const char *const *pair = kind == sales->deal ? deals[roll(dice, 5)] : clients[roll(dice, 5)];
  sales_set(sales, &record, pair[0], pair[1]);
  must(engine_save(sales->engine, &record, "set", &err));
  record_release(&record);
}

static void lead(struct sales *sales, struct dice *dice) {
  struct error err = {0};
  struct record record;
  char word[24];
  int64_t id = pick(sales, dice, sales->client), parent = pick(sales, dice, sales->client);
  if (id == 0 || id == parent)
    return;
  snprintf(word, sizeof word, "%lld", (long long)parent);
  must(record_load(&record, sales->engine->book, sales->client, id, &err));
  sales_set(sales, &record, "parent", word);
  must(engine_save(sales->engine, &record, "set", &err));
  record_release(&record);
}

/* May be refused: records that are referred to stay. */
static void drop(struct sales *sales, struct dice *dice) {
  struct error err = {0};
  struct record record;
  int64_t id = pick(sales, dice, roll(dice, 2) ? sales->deal : sales->client);
  if (id == 0)
    return;
  must(record_load(&record, sales->engine->book, NULL, id, &err));
  if (!engine_delete(sales->engine, &record, "delete", &err))
    assert_int_equal(err.code, ERROR_REFUSED);
  record_release(&record);
}

static void advance(struct sales *sales, struct dice *dice) {
  static const char *const stages[] = {"prospecting", "qualifying", "closing", "won", "lost"};
  struct error err = {0};
  struct record record;
  int64_t id = pick(sales, dice, sales->deal);
  if (id == 0)
    return;
  must(record_load(&record, sales->engine->book, sales->deal, id, &err));
  if (!sales_move(sales, &record, stages[roll(dice, 5)], "dice", &err))
    assert_int_equal(err.code, ERROR_REFUSED);
  record_release(&record);
}

static void create(struct sales *sales, struct dice *dice) {
  struct record deal;
  int64_t client = pick(sales, dice, sales->client);
  if (client == 0 || roll(dice, 2)) {
    sales_client(sales, "Ёлка");
    return;
  }
  sales_deal(sales, &deal, client);
  record_release(&deal);
}

static void act(struct sales *sales, struct dice *dice) {
  switch (roll(dice, 6)) {
  case 0:
    create(sales, dice);
    break;
  case 1:
    change(sales, dice, sales->deal);
    break;
  case 2:
    change(sales, dice, sales->client);
    break;
  case 3:
    lead(sales, dice);
    break;
  case 4:
    advance(sales, dice);
    break;
  default:
    drop(sales, dice);
  }
}

static bool take_back(struct sales *sales, bool again) {
  struct error err = {0};
  struct undo_summary summary;
  bool done = again ? redo_unit(sales->engine, &summary, &err)
                    : undo_unit(sales->engine, 0, &summary, &err);
  undo_summary_release(&summary);
  bool at_the_end = err.code == ERROR_NOT_FOUND || (again && err.code == ERROR_REFUSED);
  if (!done && !at_the_end)
    print_error("%s\n", err.message);
  assert_true(done || at_the_end);
  return done;
}

static void step(struct sales *sales, struct dice *dice) {
  struct error err = {0};
  uint32_t what = roll(dice, 10);
  sales->engine->book->clock.at += roll(dice, 3);
  if (what == 0) {
    take_back(sales, true);
  } else if (what < 3) {
    take_back(sales, false);
  } else if (what < 5) {
    must(unit_begin(sales->engine->book, "batch", NULL, &err));
    for (uint32_t i = roll(dice, 8) + 1; i > 0; i--)
      act(sales, dice);
    must(unit_commit(sales->engine->book, &err));
  } else {
    act(sales, dice);
  }
}

/* In an empty book most of what the dice say comes to nothing. */
static void populate(struct sales *sales, struct dice *dice) {
  for (int i = 0; i < PEOPLED; i++)
    create(sales, dice);
}

/* The number of units that could be taken back: none, when the dice undid all they did. */
static int run(struct sales *sales, uint64_t seed) {
  struct dice dice = {seed};
  char *before = dump_kinds(sales);
  populate(sales, &dice);
  for (int i = 0; i < STEPS; i++)
    step(sales, &dice);
  char *busy = dump_kinds(sales);
  int undone = 0, redone = 0;
  while (take_back(sales, false))
    undone++;
  char *after = dump_kinds(sales);
  assert_string_equal(after, before);
  while (redone < undone && take_back(sales, true))
    redone++;
  char *again = dump_kinds(sales);
  assert_int_equal(redone, undone);
  assert_string_equal(again, busy);
  while (take_back(sales, false))
    redone--;
  assert_int_equal(redone, 0);
  char *last = dump_kinds(sales);
  assert_string_equal(last, before);
  memory_free(before);
  memory_free(busy);
  memory_free(after);
  memory_free(again);
  memory_free(last);
  return undone;
}

static void any_sequence_undone_gives_the_tables_of_before(void **state) {
  (void)state;
  time_t start = time(NULL);
  const char *given = getenv("SEED");
  uint64_t first = given ? strtoull(given, NULL, 10) : (uint64_t)start;
  int runs = 0, undone = 0;
  for (uint64_t seed = first; seed < first + SEEDS && time(NULL) - start < SECONDS; seed++) {
    void *fresh;
    print_message("SEED=%llu\n", (unsigned long long)seed);
    assert_int_equal(sales_open(&fresh), 0);
    undone += run(fresh, seed);
    runs++;
    sales_close(&fresh);
  }
  assert_true(undone >= runs);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(any_sequence_undone_gives_the_tables_of_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
