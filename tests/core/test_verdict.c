#include "engine/verdict.h"
#include "support/sales.h"

static struct verdict_item *add(struct verdict *verdict, const struct criterion *criterion,
                                enum outcome outcome) {
  struct error err = {0};
  struct verdict_item *item = list_add(&verdict->items, &err);
  assert_non_null(item);
  item->criterion = criterion;
  item->outcome = outcome;
  item->reads.size = sizeof(struct verdict_read);
  return item;
}

static void only_what_must_be_blocks(void **state) {
  struct verdict verdict;
  char id[] = "x";
  struct criterion must_ = {.id = id, .level = LEVEL_MUST};
  struct criterion should = {.id = id, .level = LEVEL_SHOULD};
  static const enum outcome outcomes[] = {OUTCOME_PASS, OUTCOME_FAIL, OUTCOME_BROKEN,
                                          OUTCOME_EXEMPT};
  (void)state;
  verdict_init(&verdict);
  for (size_t i = 0; i < 4; i++) {
    add(&verdict, &must_, outcomes[i]);
    add(&verdict, &should, outcomes[i]);
  }
  assert_int_equal(verdict_blocking(&verdict), 2);
  assert_int_equal(verdict_warnings(&verdict), 2);
  verdict_release(&verdict);
}

static void what_was_read_is_noted_once_and_written_as_json(void **state) {
  struct error err = {0};
  struct verdict verdict;
  struct text json = {0};
  struct value city = value_text("\"Тверь\"\n"), none = value_null();
  struct money amount;
  char id[] = "fit";
  struct criterion fit = {.id = id, .level = LEVEL_MUST};
  (void)state;
  must(money_from_minor(&amount, 105400, "USD", &err));
  struct value money = value_money(amount);
  verdict_init(&verdict);
  struct verdict_item *item = add(&verdict, &fit, OUTCOME_BROKEN);
  item->detail = memory_copy_text("fit.lua:3: oh");
  must(verdict_note(item, "client.city", &city, &err));
  must(verdict_note(item, "client.city", &none, &err));
  must(verdict_note(item, "deal.amount", &money, &err));
  must(verdict_note(item, "deal.owner", &none, &err));
  must(verdict_note_reference(item, "deal.client", 14, &err));
  must(verdict_write(&verdict, &json, &err));
  assert_string_equal(text_string(&json),
                      "{\"allowed\":false,\"items\":[{\"id\":\"fit\",\"level\":\"must\","
                      "\"outcome\":\"broken\",\"detail\":\"fit.lua:3: oh\",\"reads\":{"
                      "\"client.city\":\"\\\"Тверь\\\"\\n\","
                      "\"deal.amount\":{\"amount\":\"1054.00\",\"currency\":\"USD\"},"
                      "\"deal.owner\":null,\"deal.client\":14}}]}");
  text_release(&json);
  verdict_release(&verdict);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_what_must_be_blocks),
      cmocka_unit_test(what_was_read_is_noted_once_and_written_as_json),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
