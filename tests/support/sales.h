/* A small sales process on a book in memory, with checks in C, for the tests of core/engine. */
#ifndef SUPPORT_SALES_H
#define SUPPORT_SALES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/automation.h"
#include "engine/process.h"
#include "model/history.h"
#include "model/query.h"
#include "support/unit.h"

#define must(call) must_((call), &err, __FILE__, __LINE__)
#define must_fail(call, code_, part)                                                               \
  do {                                                                                             \
    assert_false(call);                                                                            \
    if (err.code != (code_) || !strstr(err.message, part))                                         \
      print_error("%s:%d: %s\n", __FILE__, __LINE__, err.message);                                 \
    assert_int_equal(err.code, code_);                                                             \
    assert_non_null(strstr(err.message, part));                                                    \
  } while (0)

static inline void must_(bool done, const struct error *err, const char *file, int line) {
  if (done)
    return;
  print_error("%s:%d: %s\n", file, line, err->message);
  _fail(file, line);
}

struct sales {
  struct engine *engine;
  struct process *sale;
  const struct kind *client, *deal;
};

enum { SALES_NOW = 1767225600 }; /* 2026-01-01T00:00:00Z */

static inline struct criterion *sales_criterion(struct list *criteria, const char *id,
                                                enum level level) {
  struct error err = {0};
  struct criterion *criterion = stage_add_criterion(criteria, &err);
  assert_non_null(criterion);
  criterion->id = memory_copy_text(id);
  criterion->text = memory_copy_text(id);
  criterion->level = level;
  return criterion;
}

static inline struct stage *sales_stage(struct sales *sales, const char *name) {
  struct stage *stage = process_stage(sales->sale, name);
  assert_non_null(stage);
  return stage;
}

/* Processes and actions go with the rules; `again` gives a fresh set to an engine in use. */
static inline void sales_rules(struct sales *sales) {
  static const struct {
    const char *name;
    enum stage_end end;
  } stages[] = {
      {"prospecting", STAGE_OPEN},
      {"qualifying",  STAGE_OPEN},
      {"closing",     STAGE_OPEN},
      {"won",         STAGE_WON },
      {"lost",        STAGE_LOST}
  };
  struct error err = {0};
  struct rules *rules = rules_new(&err);
  assert_non_null(rules);
  sales->sale = process_new("sale", &err);
  assert_non_null(sales->sale);
  sales->sale->kind = sales->deal;
  must(kind_find_field(sales->deal, "stage", &sales->sale->field, &err));
  struct process **slot = list_add(&rules->processes, &err);
  assert_non_null(slot);
  *slot = sales->sale;
  for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
    struct stage *stage = process_add_stage(sales->sale, stages[i].name, &err);
    assert_non_null(stage);
    stage->end = stages[i].end;
  }
  engine_use_rules(sales->engine, rules);
}

static inline int sales_open(void **state) {
  struct error err = {0};
  struct sales *sales = calloc(1, sizeof *sales);
  struct book *book;
  assert_non_null(sales);
  must(book_open(&book, NULL, BOOK_MEMORY, &err));
  book->clock = (struct clock){.fixed = true, .at = SALES_NOW};
  must(engine_open(&sales->engine, book, &err));
  must(catalog_find(book->catalog, "client", &sales->client, &err));
  must(catalog_find(book->catalog, "deal", &sales->deal, &err));
  sales_rules(sales);
  *state = sales;
  return 0;
}

static inline int sales_close(void **state) {
  struct sales *sales = *state;
  engine_close(sales->engine);
  free(sales);
  return 0;
}

static inline void sales_set(struct sales *sales, struct record *record, const char *field,
                             const char *word) {
  struct error err = {0};
  const struct field *found;
  must(kind_find_field(record->kind, field, &found, &err));
  must(record_set_word(record, sales->engine->book, found, word, &err));
}

static inline int64_t sales_client(struct sales *sales, const char *name) {
  struct error err = {0};
  struct record client;
  must(record_init(&client, sales->client, &err));
  sales_set(sales, &client, "name", name);
  must(engine_create(sales->engine, &client, "new client", &err));
  int64_t id = client.id;
  record_release(&client);
  return id;
}

/* The caller releases *deal. */
static inline void sales_deal(struct sales *sales, struct record *deal, int64_t client) {
  struct error err = {0};
  char word[24];
  must(record_init(deal, sales->deal, &err));
  snprintf(word, sizeof word, "%lld", (long long)client);
  sales_set(sales, deal, "title", "a deal");
  sales_set(sales, deal, "client", word);
  must(engine_create(sales->engine, deal, "new deal", &err));
}

static inline const struct value *sales_value(const struct record *record, const char *field) {
  const struct field *found = kind_field(record->kind, field);
  assert_non_null(found);
  return &record->values[found->position];
}

static inline void assert_text(const struct value *value, const char *text) {
  assert_int_equal(value->type, VALUE_TEXT);
  assert_string_equal(value->as.text.data, text);
}

static inline void assert_stage(const struct record *record, const char *stage) {
  assert_text(sales_value(record, "stage"), stage);
}

/* The record as the book has it, not as memory does. */
static inline void assert_stored_stage(struct sales *sales, int64_t id, const char *stage) {
  struct error err = {0};
  struct record record;
  must(record_load(&record, sales->engine->book, sales->deal, id, &err));
  assert_stage(&record, stage);
  record_release(&record);
}

/* A move without ceremony; the verdict is thrown away. */
static inline bool sales_move(struct sales *sales, struct record *deal, const char *to,
                              const char *reason, struct error *err) {
  struct verdict verdict;
  struct move_options options = {.reason = reason, .command = "move"};
  verdict_init(&verdict);
  bool moved = process_move(sales->engine, deal, to, &options, &verdict, err);
  verdict_release(&verdict);
  return moved;
}

/* "begun>moved>refused": the outcomes of a record's transitions. The caller frees. */
static inline char *sales_outcomes(struct sales *sales, int64_t id) {
  struct error err = {0};
  struct transition *list;
  struct text text = {0};
  size_t count;
  must(transition_list(sales->engine->book, id, &list, &count, &err));
  for (size_t i = 0; i < count; i++) {
    text_format(&text, "%s%s", i ? ">" : "", list[i].outcome);
    transition_release(&list[i]);
  }
  memory_free(list);
  char *taken = text_take(&text, &err);
  assert_non_null(taken);
  return taken;
}

static inline void assert_outcomes(struct sales *sales, int64_t id, const char *expected) {
  char *outcomes = sales_outcomes(sales, id);
  assert_string_equal(outcomes, expected);
  memory_free(outcomes);
}

static inline int64_t sales_units(struct sales *sales) {
  struct error err = {0};
  int64_t position;
  must(book_position(sales->engine->book, &position, &err));
  return position;
}

#define sales_test(name) cmocka_unit_test_setup_teardown(name, sales_open, sales_close)

#endif
