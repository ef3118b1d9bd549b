/* core/engine/merge and core/engine/duplicates: doubles are found and become one. */
#include "core/failing.h"
#include "engine/duplicates.h"
#include "engine/identity.h"
#include "engine/merge.h"
#include "engine/undo.h"
#include "support/dump.h"
#include "support/sales.h"

enum { SEEDS = 8, CLIENTS = 6, DEALS = 10, MANY = 1000, STRIDE = 5 };

static const char *const no_fields[] = {NULL};
static const struct merge_options plain = {.command = "merge", .take = no_fields};

static void set(struct sales *sales, int64_t id, const char *field, const char *word) {
  struct error err = {0};
  struct record record;
  must(record_load(&record, sales->engine->book, NULL, id, &err));
  sales_set(sales, &record, field, word);
  must(engine_save(sales->engine, &record, "set", &err));
  record_release(&record);
}

static void assert_field(struct sales *sales, int64_t id, const char *field, const char *expected) {
  struct error err = {0};
  struct record record;
  struct text text = {0};
  must(record_load(&record, sales->engine->book, NULL, id, &err));
  value_append_plain(&text, sales_value(&record, field));
  assert_string_equal(text_string(&text), expected);
  text_release(&text);
  record_release(&record);
}

static int64_t deal_of(struct sales *sales, int64_t client) {
  struct record deal;
  sales_deal(sales, &deal, client);
  int64_t id = deal.id;
  record_release(&deal);
  return id;
}

static void merge(struct sales *sales, int64_t stays, int64_t goes) {
  struct error err = {0};
  struct merge_summary summary;
  must(merge_records(sales->engine, stays, goes, &plain, &summary, &err));
  merge_summary_release(&summary);
}

static void references_of_every_kind_follow(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct merge_summary summary;
  int64_t stays = sales_client(sales, "Ромашка"), goes = sales_client(sales, "Romashka LLC");
  int64_t deal = deal_of(sales, goes), child = sales_client(sales, "Филиал");
  char word[24];
  snprintf(word, sizeof word, "%lld", (long long)goes);
  set(sales, child, "parent", word);
  must(merge_records(sales->engine, stays, goes, &plain, &summary, &err));
  assert_int_equal(summary.moved.count, 2);
  merge_summary_release(&summary);
  snprintf(word, sizeof word, "%lld", (long long)stays);
  assert_field(sales, deal, "client", word);
  assert_field(sales, child, "parent", word);
  struct record gone;
  must_fail(record_load(&gone, sales->engine->book, NULL, goes, &err), ERROR_NOT_FOUND, "deleted");
}

static void empty_fields_are_filled_and_conflicts_told(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct merge_summary summary;
  int64_t stays = sales_client(sales, "Ромашка"), goes = sales_client(sales, "Romashka");
  set(sales, goes, "city", "Тверь");
  set(sales, stays, "employees", "10");
  set(sales, goes, "employees", "12");
  set(sales, stays, "notes", "first");
  set(sales, goes, "notes", "second");
  must(merge_records(sales->engine, stays, goes, &plain, &summary, &err));
  assert_int_equal(summary.filled.count, 1);
  assert_int_equal(summary.joined.count, 1);
  assert_int_equal(summary.conflicts.count, 2); /* the name and the number of people */
  merge_summary_release(&summary);
  assert_field(sales, stays, "city", "Тверь");
  assert_field(sales, stays, "employees", "10");
  assert_field(sales, stays, "notes", "first\n\nsecond");
}

static bool rename_it(struct record *record, void *payload, struct error *err) {
  struct sales *sales = payload;
  (void)err;
  sales_set(sales, record, "name", "ООО Ромашка");
  return true;
}

static void the_caller_chooses_what_stays(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct merge_summary summary;
  static const char *const take[] = {"employees", NULL};
  struct merge_options options = {"merge", take, rename_it, sales};
  int64_t stays = sales_client(sales, "Ромашка"), goes = sales_client(sales, "Romashka");
  set(sales, stays, "employees", "10");
  set(sales, goes, "employees", "12");
  must(merge_records(sales->engine, stays, goes, &options, &summary, &err));
  assert_int_equal(summary.conflicts.count, 0);
  assert_int_equal(summary.chosen.count, 2);
  merge_summary_release(&summary);
  assert_field(sales, stays, "employees", "12");
  assert_field(sales, stays, "name", "ООО Ромашка");
}

static void what_the_two_say_of_each_other_ends(void **state) {
  struct sales *sales = *state;
  char word[24];
  int64_t stays = sales_client(sales, "A"), goes = sales_client(sales, "B");
  snprintf(word, sizeof word, "%lld", (long long)goes);
  set(sales, stays, "parent", word);
  merge(sales, stays, goes);
  assert_field(sales, stays, "parent", "");
  int64_t other = sales_client(sales, "C");
  snprintf(word, sizeof word, "%lld", (long long)stays);
  set(sales, other, "parent", word);
  merge(sales, stays, other);
  assert_field(sales, stays, "parent", "");
}

static void the_stage_of_the_survivor_stays(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct record deal;
  struct merge_summary summary;
  int64_t client = sales_client(sales, "A"), stays = deal_of(sales, client);
  sales_deal(sales, &deal, client);
  must(sales_move(sales, &deal, "qualifying", NULL, &err));
  must(merge_records(sales->engine, stays, deal.id, &plain, &summary, &err));
  assert_string_equal(summary.stage, "prospecting");
  assert_string_equal(summary.stage_of_other, "qualifying");
  merge_summary_release(&summary);
  assert_stored_stage(sales, stays, "prospecting");
  assert_outcomes(sales, stays, "begun");
  record_release(&deal);
}

static void a_stage_can_not_be_taken_over(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct merge_summary summary;
  static const char *const take[] = {"stage", NULL}, *const unknown[] = {"stge", NULL};
  struct merge_options options = {.command = "merge", .take = take};
  int64_t client = sales_client(sales, "A"), a = deal_of(sales, client), b = deal_of(sales, client);
  must_fail(merge_records(sales->engine, a, b, &options, &summary, &err), ERROR_USAGE,
            "a process moves it");
  merge_summary_release(&summary);
  options.take = unknown;
  must_fail(merge_records(sales->engine, a, b, &options, &summary, &err), ERROR_NOT_FOUND,
            "did you mean 'stage'");
  merge_summary_release(&summary);
}

static void only_two_of_one_kind_become_one(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct merge_summary summary;
  int64_t client = sales_client(sales, "A"), deal = deal_of(sales, client);
  must_fail(merge_records(sales->engine, client, client, &plain, &summary, &err), ERROR_USAGE,
            "into itself");
  must_fail(merge_records(sales->engine, client, deal, &plain, &summary, &err), ERROR_USAGE,
            "only records of one kind");
  must_fail(merge_records(sales->engine, client, 999, &plain, &summary, &err), ERROR_NOT_FOUND,
            "#999");
}

static void the_history_of_the_survivor_says_it(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct change *changes;
  struct undo_summary undone;
  size_t count;
  int64_t stays = sales_client(sales, "Ромашка"), goes = sales_client(sales, "Romashka");
  merge(sales, stays, goes);
  must(change_list(sales->engine->book, CHANGE_OF_RECORD, stays, &changes, &count, &err));
  char expected[64];
  snprintf(expected, sizeof expected, "client #%lld Romashka", (long long)goes);
  const struct change *last = &changes[count - 1];
  assert_string_equal(last->field, "merged");
  assert_text(&last->new, expected);
  for (size_t i = 0; i < count; i++)
    change_release(&changes[i]);
  memory_free(changes);
  must(undo_unit(sales->engine, 0, &undone, &err));
  undo_summary_release(&undone);
  must(change_list(sales->engine->book, CHANGE_OF_RECORD, stays, &changes, &count, &err));
  assert_string_equal(changes[count - 1].field, "merged");
  assert_true(value_is_null(&changes[count - 1].new));
  for (size_t i = 0; i < count; i++)
    change_release(&changes[i]);
  memory_free(changes);
}

static uint32_t roll(uint64_t *dice, uint32_t sides) {
  *dice = *dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*dice >> 33) % sides;
}

static void populate(struct sales *sales, uint64_t *dice, int64_t *clients) {
  static const char *const pairs[][2] = {
      {"city",      "Тверь"},
      {"employees", "12"        },
      {"revenue",   "7.50 USD"  },
      {"revenue",   "8 EUR"     },
      {"notes",     "a\nb"      },
      {"email",     "a@b.com"   },
  };
  for (int i = 0; i < CLIENTS; i++) {
    clients[i] = sales_client(sales, i % 2 ? "Ёлка" : "Fir");
    for (uint32_t j = roll(dice, 5); j > 0; j--) {
      const char *const *pair = pairs[roll(dice, 6)];
      set(sales, clients[i], pair[0], pair[1]);
    }
    char word[24];
    snprintf(word, sizeof word, "%lld", (long long)clients[roll(dice, (uint32_t)i + 1)]);
    if (strtoll(word, NULL, 10) != clients[i] && roll(dice, 2))
      set(sales, clients[i], "parent", word);
  }
  for (int i = 0; i < DEALS; i++)
    deal_of(sales, clients[roll(dice, CLIENTS)]);
}

/* Merges at random until one is left; each undo then gives the tables of before its merge. */
static void any_merge_undone_gives_the_tables_of_before(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    void *fresh;
    struct error err = {0};
    uint64_t dice = seed;
    int64_t clients[CLIENTS];
    char *dumps[CLIENTS];
    int left = CLIENTS, merged = 0;
    assert_int_equal(sales_open(&fresh), 0);
    struct sales *sales = fresh;
    populate(sales, &dice, clients);
    for (; left > 1; left--, merged++) {
      uint32_t stays = roll(&dice, (uint32_t)left), goes = roll(&dice, (uint32_t)left);
      goes = goes == stays ? (stays + 1) % (uint32_t)left : goes;
      dumps[merged] = dump_kinds(sales);
      merge(sales, clients[stays], clients[goes]);
      clients[goes] = clients[left - 1];
    }
    while (merged-- > 0) {
      struct undo_summary undone;
      must(undo_unit(sales->engine, 0, &undone, &err));
      undo_summary_release(&undone);
      char *now = dump_kinds(sales);
      if (strcmp(now, dumps[merged]) != 0)
        print_error("SEED=%llu\n", (unsigned long long)seed);
      assert_string_equal(now, dumps[merged]);
      memory_free(now);
      memory_free(dumps[merged]);
    }
    sales_close(&fresh);
  }
}

/* Each time a later allocation fails. */
static void lack_of_memory_leaves_both_as_they_were(void **state) {
  struct sales *sales = *state;
  int64_t stays = sales_client(sales, "Ромашка"), goes = sales_client(sales, "Romashka");
  set(sales, goes, "notes", "second");
  set(sales, stays, "notes", "first");
  deal_of(sales, goes);
  char *before = dump_kinds(sales);
  bool done = false;
  int failed = 0;
  for (size_t allowed = 0; !done; allowed += STRIDE) {
    struct failing failing = {.until = allowed};
    struct merge_summary summary = {0};
    struct error err = {0};
    memory_guard(failing_guard, &failing);
    done = merge_records(sales->engine, stays, goes, &plain, &summary, &err);
    memory_guard(NULL, NULL);
    merge_summary_release(&summary);
    if (done)
      break;
    assert_int_equal(err.code, ERROR_MEMORY);
    char *after = dump_kinds(sales);
    assert_string_equal(after, before);
    memory_free(after);
    failed++;
  }
  assert_true(failed > 10);
  memory_free(before);
}

/* ---- duplicates --------------------------------------------------------------------------- */

static void declare(struct sales *sales) {
  struct error err = {0};
  struct identity *client = identity_new(sales->engine->rules, "client", &err);
  assert_non_null(client);
  client->paths[IDENTITY_COMPANY] = memory_copy_text("name");
  client->paths[IDENTITY_EMAIL] = memory_copy_text("email");
  client->paths[IDENTITY_PHONE] = memory_copy_text("phone");
  struct identity *contact = identity_new(sales->engine->rules, "contact", &err);
  assert_non_null(contact);
  contact->paths[IDENTITY_PERSON] = memory_copy_text("name");
  contact->paths[IDENTITY_COMPANY] = memory_copy_text("client.name");
  contact->paths[IDENTITY_EMAIL] = memory_copy_text("email");
  contact->paths[IDENTITY_PHONE] = memory_copy_text("phone");
  struct identity *response = identity_new(sales->engine->rules, "response", &err);
  assert_non_null(response);
  response->paths[IDENTITY_PERSON] = memory_copy_text("name");
  response->paths[IDENTITY_COMPANY] = memory_copy_text("company");
  response->paths[IDENTITY_EMAIL] = memory_copy_text("email");
  response->settled = memory_copy_text("outcome");
  must(identity_add_kind(response, "client", &err));
  must(identity_add_kind(response, "contact", &err));
}

static int64_t add(struct sales *sales, const char *kind, const char *const *pairs) {
  struct error err = {0};
  struct record record;
  const struct kind *found;
  must(catalog_find(sales->engine->book->catalog, kind, &found, &err));
  must(record_init(&record, found, &err));
  for (; *pairs; pairs += 2)
    sales_set(sales, &record, pairs[0], pairs[1]);
  must(engine_create(sales->engine, &record, "new", &err));
  int64_t id = record.id;
  record_release(&record);
  return id;
}
#define add(sales, kind, ...) add(sales, kind, (const char *const[]){__VA_ARGS__, NULL})

static struct list search(struct sales *sales, const int64_t *ids, size_t count) {
  struct error err = {0};
  struct list pairs = {.size = sizeof(struct duplicate)};
  struct duplicate_search wanted = {.ids = ids, .count = count, .least = 0.6};
  must(duplicates_find(sales->engine, &wanted, &pairs, &err));
  return pairs;
}

static void doubles_of_two_alphabets_are_found_with_reasons(void **state) {
  struct sales *sales = *state;
  declare(sales);
  int64_t a = add(sales, "client", "name", "ООО «Ромашка»", "phone", "8 495 123-45-67");
  int64_t b = add(sales, "client", "name", "Romashka Ltd", "phone", "+7 (495) 123-45-67");
  add(sales, "client", "name", "Стройинвест");
  struct list pairs = search(sales, NULL, 0);
  assert_int_equal(pairs.count, 1);
  const struct duplicate *pair = list_at(&pairs, 0);
  assert_int_equal(pair->first, a);
  assert_int_equal(pair->second, b);
  assert_float_equal(pair->evidence.company, 1, 1e-9);
  assert_float_equal(pair->evidence.phone, 1, 1e-9);
  assert_false(pair->evidence.email);
  assert_float_equal(pair->score, 0.95, 1e-9);
  list_release(&pairs);
}

static void colleagues_are_no_doubles(void **state) {
  struct sales *sales = *state;
  declare(sales);
  add(sales, "client", "name", "Acme");
  add(sales, "contact", "name", "Ivan Petrov", "client", "Acme", "phone", "+7 495 1234567");
  add(sales, "contact", "name", "Olga Sidorova", "client", "Acme", "phone", "+7 495 1234567");
  struct list pairs = search(sales, NULL, 0);
  assert_int_equal(pairs.count, 0);
  list_release(&pairs);
}

static void namesakes_at_two_companies_are_no_doubles(void **state) {
  struct sales *sales = *state;
  declare(sales);
  add(sales, "client", "name", "Acme");
  add(sales, "client", "name", "Ромашка");
  add(sales, "contact", "name", "Ivan Petrov", "client", "Acme");
  add(sales, "contact", "name", "Иван Петров", "client", "Ромашка");
  struct list pairs = search(sales, NULL, 0);
  assert_int_equal(pairs.count, 0);
  list_release(&pairs);
}

static void a_response_finds_its_client_and_contact(void **state) {
  struct sales *sales = *state;
  declare(sales);
  int64_t client = add(sales, "client", "name", "Acme GmbH");
  int64_t contact = add(sales, "contact", "name", "Ivan Petrov", "client", "Acme GmbH", "email",
                        "ivan@acme.example");
  int64_t settled = add(sales, "response", "name", "Ivan Petrov", "email", "ivan@acme.example",
                        "outcome", "dismissed");
  int64_t response = add(sales, "response", "name", "Петров Иван", "company", "ACME", "email",
                         "Ivan+fair@acme.example");
  struct list pairs = search(sales, &response, 1);
  assert_int_equal(pairs.count, 2);
  const struct duplicate *first = list_at(&pairs, 0), *second = list_at(&pairs, 1);
  assert_int_equal(first->first, contact);
  assert_int_equal(second->first, client);
  assert_true(first->score > second->score);
  list_release(&pairs);
  pairs = search(sales, &settled, 1); /* who asks for a settled one gets an answer */
  assert_int_equal(pairs.count, 2);
  list_release(&pairs);
}

static void a_kind_without_identity_is_refused(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct list pairs = {.size = sizeof(struct duplicate)};
  declare(sales);
  struct duplicate_search wanted = {.kind = sales->deal, .least = 0.6};
  must_fail(duplicates_find(sales->engine, &wanted, &pairs, &err), ERROR_USAGE,
            "declare identity \"deal\"");
}

/* A crowd under one key is compared with its neighbours only, and the doubles in it are found. */
static void a_crowd_of_namesakes_takes_no_time_squared(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  declare(sales);
  must(unit_begin(sales->engine->book, "crowd", NULL, &err));
  for (int i = 0; i < MANY; i++) {
    char name[64], mail[64];
    snprintf(name, sizeof name, "Moscow Clinic %04d", i);
    snprintf(mail, sizeof mail, "info@clinic%d.example", i);
    add(sales, "client", "name", name, "email", mail);
  }
  int64_t a = add(sales, "client", "name", "Moscow Clinic Aurora");
  int64_t b = add(sales, "client", "name", "Moscow Clinic Avrora");
  must(unit_commit(sales->engine->book, &err));
  struct list pairs = search(sales, NULL, 0);
  assert_int_equal(pairs.count, 1);
  const struct duplicate *pair = list_at(&pairs, 0);
  assert_int_equal(pair->first, a);
  assert_int_equal(pair->second, b);
  list_release(&pairs);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(references_of_every_kind_follow),
      sales_test(empty_fields_are_filled_and_conflicts_told),
      sales_test(the_caller_chooses_what_stays),
      sales_test(what_the_two_say_of_each_other_ends),
      sales_test(the_stage_of_the_survivor_stays),
      sales_test(a_stage_can_not_be_taken_over),
      sales_test(only_two_of_one_kind_become_one),
      sales_test(the_history_of_the_survivor_says_it),
      sales_test(lack_of_memory_leaves_both_as_they_were),
      cmocka_unit_test(any_merge_undone_gives_the_tables_of_before),
      sales_test(doubles_of_two_alphabets_are_found_with_reasons),
      sales_test(colleagues_are_no_doubles),
      sales_test(namesakes_at_two_companies_are_no_doubles),
      sales_test(a_response_finds_its_client_and_contact),
      sales_test(a_kind_without_identity_is_refused),
      sales_test(a_crowd_of_namesakes_takes_no_time_squared),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
