/* A small book of clients and deals for the tests of queries, and short words to ask it. */
#ifndef TESTS_QUERY_FIXTURE_H
#define TESTS_QUERY_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/history.h"
#include "model/query.h"
#include "model/record.h"
#include "model/rollup.h"
#include "model/search.h"
#include "support/unit.h"

#define UNUSED __attribute__((unused))

static struct error failure;

static UNUSED void ok(bool done) {
  if (!done)
    fail_msg("%s", failure.message);
}

static UNUSED void set_clock(struct book *book, const char *at) {
  book->clock.fixed = true;
  ok(instant_read(&book->clock.at, at, &failure));
}

static UNUSED const struct kind *kind_named(const struct book *book, const char *name) {
  const struct kind *kind = catalog_kind(book->catalog, name);
  assert_non_null(kind);
  return kind;
}

/* Pairs of field and word, ended by NULL. */
static UNUSED int64_t add(struct book *book, const char *kind, ...) {
  struct record record;
  va_list pairs;
  ok(record_init(&record, kind_named(book, kind), &failure));
  va_start(pairs, kind);
  for (const char *name; (name = va_arg(pairs, const char *));) {
    const struct field *field = NULL;
    struct value value;
    struct field_reading reading = {.decimal = '.', .currency = "USD"};
    ok(kind_find_field(record.kind, name, &field, &failure));
    ok(field_parse(field, va_arg(pairs, const char *), &reading, &value, &failure));
    ok(record_put(&record, book, field, &value, 0, &failure));
    value_release(&value);
  }
  va_end(pairs);
  ok(record_save(&record, book, &failure));
  int64_t id = record.id;
  record_release(&record);
  return id;
}

static UNUSED void change(struct book *book, int64_t id, const char *name, const char *word) {
  struct record record;
  const struct field *field = NULL;
  struct value value;
  struct field_reading reading = {.decimal = '.', .currency = "USD"};
  ok(record_load(&record, book, NULL, id, &failure));
  ok(kind_find_field(record.kind, name, &field, &failure));
  ok(field_parse(field, word, &reading, &value, &failure));
  ok(record_put(&record, book, field, &value, 0, &failure));
  ok(record_save(&record, book, &failure));
  value_release(&value);
  record_release(&record);
}

static UNUSED void drop(struct book *book, int64_t id) {
  struct record record;
  ok(record_load(&record, book, NULL, id, &failure));
  ok(record_delete(&record, book, &failure));
  record_release(&record);
}

static UNUSED struct query *ask_all(const struct book *book, const char *kind) {
  struct query *query = NULL;
  ok(query_new(&query, book, kind_named(book, kind), &failure));
  return query;
}

/* All rows as text: cells parted by '|', rows by ';', NULL as '-'. */
static UNUSED char *rows_of(struct query *query, struct book *book) {
  static char out[4096];
  struct cursor *cursor = NULL;
  const struct value *values = NULL;
  struct text text = {0};
  int columns = query_column_count(query);
  ok(query_run(query, book, &cursor, &failure));
  bool done;
  while ((done = cursor_next(cursor, &values, &failure)) && values) {
    text_append(&text, text.length > 0 ? ";" : "");
    for (int i = 0; i < (columns > 0 ? columns : 1); i++) {
      text_append(&text, i > 0 ? "|" : "");
      if (value_is_null(&values[i]))
        text_append(&text, "-");
      else
        value_append_plain(&text, &values[i]);
    }
  }
  cursor_close(cursor);
  snprintf(out, sizeof out, "%s", done ? text_string(&text) : failure.message);
  text_release(&text);
  return out;
}

/* The names of what the words select, in the order of the path ("-path" falls). */
static UNUSED char *names_by(struct book *book, const char *kind, const char *order,
                             const char *const *words) {
  struct query *query = ask_all(book, kind);
  for (; *words; words++)
    ok(query_where_word(query, *words, &failure));
  if (order)
    ok(query_order(query, order + (*order == '-'), *order == '-', &failure));
  ok(query_select(query, "name", query_kind(query)->name_field, &failure));
  char *rows = rows_of(query, book);
  query_free(query);
  return rows;
}

static UNUSED char *names(struct book *book, const char *kind, const char *word) {
  return names_by(book, kind, NULL, (const char *const[]){word, NULL});
}

struct sales {
  struct book *book;
  int64_t anna, boris, fir, acme, zeta, deals[5];
};

/* Rollups on client: deal_count, worth, biggest; on user: clients. */
static UNUSED void use_rollups(struct book *book) {
  static const struct comparison won[] = {
      {.path = "stage",
       .compare = COMPARE_EQUAL,
       .value = {.type = VALUE_TEXT, .as.text = {"won", 3}}},
  };
  static const struct rollup count = {.function = AGGREGATE_COUNT, .kind = "deal"};
  static const struct rollup worth = {.function = AGGREGATE_SUM, .kind = "deal", .path = "amount"};
  static const struct rollup won_worth = {.function = AGGREGATE_SUM,
                                          .kind = "deal",
                                          .path = "amount",
                                          .via = "client",
                                          .filters = won,
                                          .filter_count = 1};
  static const struct rollup clients = {.function = AGGREGATE_COUNT, .kind = "client"};
  const struct field fields[] = {
      {.name = "deal_count", .type = FIELD_INTEGER, .flags = FIELD_ROLLUP, .rollup = &count    },
      {.name = "worth",      .type = FIELD_MONEY,   .flags = FIELD_ROLLUP, .rollup = &worth    },
      {.name = "won_worth",  .type = FIELD_MONEY,   .flags = FIELD_ROLLUP, .rollup = &won_worth},
  };
  const struct field of_user = {
      .name = "clients", .type = FIELD_INTEGER, .flags = FIELD_ROLLUP, .rollup = &clients};
  const struct field formula = {
      .name = "weighted", .type = FIELD_NUMBER, .flags = FIELD_FORMULA, .formula = &failure};
  struct catalog *catalog = NULL;
  ok(catalog_new(&catalog, &failure));
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    ok(catalog_add_field(catalog, "client", &fields[i], &failure));
  ok(catalog_add_field(catalog, "user", &of_user, &failure));
  ok(catalog_add_field(catalog, "client", &formula, &failure));
  ok(catalog_check(catalog, &failure));
  ok(book_use_catalog(book, catalog, &failure));
}

static UNUSED int open_sales(void **state) {
  static struct sales sales;
  char anna[24], boris[24], fir[24], acme[24];
  memset(&sales, 0, sizeof sales);
  ok(book_open(&sales.book, "", BOOK_MEMORY, &failure));
  struct book *book = sales.book;
  set_clock(book, "2017-01-01T00:00:00Z");
  use_rollups(book);
  sales.anna = add(book, "user", "name", "Anna", "region", "East", NULL);
  snprintf(anna, sizeof anna, "%lld", (long long)sales.anna);
  sales.boris = add(book, "user", "name", "Boris", "region", "West", "manager", anna, NULL);
  snprintf(boris, sizeof boris, "%lld", (long long)sales.boris);
  sales.fir = add(book, "client", "name", "Ёлка", "industry", "medical", "owner", boris,
                  "employees", "10", "notes", "звонить Утром", NULL);
  sales.acme = add(book, "client", "name", "acme, Inc", "industry", "retail", "owner", anna,
                   "employees", "0", NULL);
  sales.zeta = add(book, "client", "name", "Zeta", "email", "Zeta@Example.com", NULL);
  snprintf(fir, sizeof fir, "%lld", (long long)sales.fir);
  snprintf(acme, sizeof acme, "%lld", (long long)sales.acme);
  sales.deals[0] =
      add(book, "deal", "title", "D1", "client", fir, "owner", boris, "stage", "won", "amount",
          "100.00 USD", "opened_on", "2017-01-02", "closed_on", "2017-03-31", NULL);
  sales.deals[1] =
      add(book, "deal", "title", "D2", "client", fir, "owner", anna, "stage", "lost", "amount",
          "50.01 USD", "opened_on", "2017-02-01", "closed_on", "2017-04-01", NULL);
  sales.deals[2] = add(book, "deal", "title", "D3", "client", acme, "owner", anna, "stage", "won",
                       "amount", "70.00 EUR", "opened_on", "2017-03-01", NULL);
  sales.deals[3] = add(book, "deal", "title", "D4", "client", acme, "stage", "open", "amount",
                       "30.00 USD", NULL);
  sales.deals[4] = add(book, "deal", "title", "d5", NULL);
  *state = &sales;
  return 0;
}

static UNUSED int close_sales(void **state) {
  struct sales *sales = *state;
  book_close(sales->book);
  return 0;
}

#endif
