/* Random questions to random records, answered by SQL and by a plain loop; also as of a random
 * day. A seed that failed is repeated by DEALWRIGHT_SEED=… */
#include <time.h>

#include "query_fixture.h"

enum { DEALS = 40, CLIENTS = 8, DAYS = 30, QUERIES = 2400 };

enum attribute { SOURCE, AMOUNT, CLOSED, CLIENT, INDUSTRY, EMPLOYEES, ID, COUNT, ATTRIBUTES };
static const char *const paths[ATTRIBUTES] = {"source", "amount",           "closed_on",
                                              "client", "client.industry",  "client.employees",
                                              "id",     "client.deal_count"};

struct row {
  int64_t id;
  bool alive;
  struct value values[2 + ATTRIBUTES]; /* a deal's, or a client's at INDUSTRY and EMPLOYEES */
};
struct day {
  struct row deals[DEALS], clients[CLIENTS];
};
static struct day days[DAYS];
static struct book *book;
static unsigned long long state;

static unsigned roll(unsigned sides) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (unsigned)(state >> 33) % sides;
}

static struct value money(int64_t minor, const char *currency) {
  struct money made;
  ok(money_from_minor(&made, minor, currency, &failure));
  return value_money(made);
}

static struct value random_value(enum attribute attribute) {
  static const char *const sources[] = {"Ёлка", "елка", "ABC", "abc", "жук", "100%", "a'b", "Ab"};
  static const char *const industries[] = {"medical", "Retail", "связь", "Связь"};
  static const int64_t amounts[] = {0, 100, 250, -5, 100};
  if (roll(6) == 0)
    return value_null();
  switch (attribute) {
  case SOURCE:
    return value_text(sources[roll(8)]);
  case AMOUNT:
    return money(amounts[roll(5)], roll(3) ? "USD" : "EUR");
  case CLOSED:
    return value_date(17000 + (date)roll(6));
  case CLIENT:
    return value_integer(days[0].clients[roll(CLIENTS)].id);
  case INDUSTRY:
    return value_text(industries[roll(4)]);
  case ID:
    return value_integer(days[0].deals[roll(DEALS)].id);
  default:
    return value_integer(roll(6));
  }
}

static void put(struct row *row, enum attribute attribute) {
  static const char *const columns[] = {"source", "amount",   "closed_on",
                                        "client", "industry", "employees"};
  struct record record;
  struct value value = random_value(attribute);
  ok(record_load(&record, book, NULL, row->id, &failure));
  ok(record_put(&record, book, kind_field(record.kind, columns[attribute]), &value, 0, &failure));
  ok(record_save(&record, book, &failure));
  record_release(&record);
  row->values[attribute] = value;
}

static void live_one_day(struct day *day) {
  for (int i = 0; i < 8; i++) {
    struct row *deal = &day->deals[roll(DEALS)];
    if (roll(4) == 0)
      put(&day->clients[roll(CLIENTS)], INDUSTRY + roll(2));
    else if (!deal->id || !deal->alive)
      continue;
    else if (roll(12) == 0) {
      drop(book, deal->id);
      deal->alive = false;
    } else
      put(deal, roll(4));
  }
}

/* Most deals begin on the first day, the rest one a day. */
static void make_days(void) {
  for (int d = 0; d < DAYS; d++) {
    if (d > 0)
      days[d] = days[d - 1];
    book->clock.at = (instant)d * 86400;
    ok(unit_begin(book, "live", NULL, &failure));
    for (int i = 0; d == 0 && i < CLIENTS; i++)
      days[0].clients[i] =
          (struct row){.id = add(book, "client", "name", "c", NULL), .alive = true};
    for (int i = 0; i < DEALS; i++)
      if (!days[d].deals[i].id && (i < DEALS - DAYS + 1 ? d == 0 : i == DEALS - DAYS + d))
        days[d].deals[i] = (struct row){.id = add(book, "deal", "title", "t", NULL), .alive = true};
    live_one_day(&days[d]);
    ok(unit_commit(book, &failure));
  }
}

static const struct row *client_of(const struct day *day, const struct row *deal) {
  for (int i = 0; i < CLIENTS; i++)
    if (deal->values[CLIENT].type == VALUE_INTEGER &&
        day->clients[i].id == deal->values[CLIENT].as.integer)
      return &day->clients[i];
  return NULL;
}

static struct value read_plainly(const struct day *day, const struct row *deal,
                                 enum attribute attribute) {
  const struct row *client = client_of(day, deal);
  int64_t count = 0;
  switch (attribute) {
  case ID:
    return value_integer(deal->id);
  case INDUSTRY:
  case EMPLOYEES:
    return client ? client->values[attribute] : value_null();
  case COUNT:
    for (int i = 0; client && i < DEALS; i++)
      count += day->deals[i].alive && client_of(day, &day->deals[i]) == client;
    return client ? value_integer(count) : value_null();
  default:
    return deal->values[attribute];
  }
}

struct question {
  enum { LEAF, LIST, BRANCH } shape;
  enum attribute attribute;
  enum compare compare;
  struct value values[3];
  size_t count;
  enum junction junction;
  struct question *parts[3];
};

static struct question pool[64];
static size_t pooled;

static bool is_text(enum attribute attribute) {
  return attribute == SOURCE || attribute == INDUSTRY;
}

static struct question *random_question(int depth) {
  struct question *question = &pool[pooled++];
  *question = (struct question){.attribute = roll(ATTRIBUTES)};
  if (depth > 0 && roll(2)) {
    question->shape = BRANCH;
    question->junction = roll(3);
    question->count = 1 + roll(3);
    for (size_t i = 0; i < question->count; i++)
      question->parts[i] = random_question(depth - 1);
    return question;
  }
  question->shape = roll(5) ? LEAF : LIST;
  question->count = question->shape == LEAF ? 1 : roll(4);
  for (size_t i = 0; i < question->count; i++)
    question->values[i] = random_value(question->attribute);
  question->compare = roll(is_text(question->attribute) ? 8 : 6);
  return question;
}

static bool starts(const char *whole, const char *part) {
  struct text a = {0}, b = {0};
  text_append_folded(&a, whole, strlen(whole));
  text_append_folded(&b, part, strlen(part));
  bool is = strncmp(text_string(&a), text_string(&b), b.length) == 0;
  text_release(&a);
  text_release(&b);
  return is;
}

static bool holds_for(const struct value *left, enum compare compare, const struct value *right) {
  if (value_is_null(right))
    return compare == COMPARE_EQUAL       ? value_is_null(left)
           : compare == COMPARE_NOT_EQUAL ? !value_is_null(left)
                                          : false;
  if (value_is_null(left))
    return false;
  if (compare == COMPARE_CONTAINS)
    return text_contains(left->as.text.data, right->as.text.data);
  if (compare == COMPARE_PREFIX)
    return starts(left->as.text.data, right->as.text.data);
  if (compare == COMPARE_EQUAL || compare == COMPARE_NOT_EQUAL)
    return value_equal(left, right) == (compare == COMPARE_EQUAL);
  if (left->type == VALUE_MONEY && strcmp(left->as.money.currency, right->as.money.currency) != 0)
    return false;
  int order = value_compare(left, right);
  return compare == COMPARE_LESS      ? order < 0
         : compare == COMPARE_AT_MOST ? order <= 0
         : compare == COMPARE_GREATER ? order > 0
                                      : order >= 0;
}

static bool holds(const struct question *question, const struct day *day, const struct row *deal) {
  size_t held = 0;
  for (size_t i = 0; question->shape == BRANCH && i < question->count; i++)
    held += holds(question->parts[i], day, deal);
  if (question->shape == BRANCH)
    return question->junction == JUNCTION_AND  ? held == question->count
           : question->junction == JUNCTION_OR ? held > 0
                                               : held == 0;
  struct value value = read_plainly(day, deal, question->attribute);
  enum compare compare = question->shape == LIST ? COMPARE_EQUAL : question->compare;
  for (size_t i = 0; i < question->count; i++)
    held += holds_for(&value, compare, &question->values[i]);
  return held > 0;
}

static struct condition *condition_of(const struct question *question, struct query *query) {
  struct condition *out = NULL, *parts[3];
  const char *path = paths[question->attribute];
  for (size_t i = 0; question->shape == BRANCH && i < question->count; i++)
    parts[i] = condition_of(question->parts[i], query);
  if (question->shape == BRANCH)
    ok(condition_join(&out, question->junction, parts, question->count, &failure));
  else if (question->shape == LIST)
    ok(condition_in(&out, query, path, question->values, question->count, &failure));
  else
    ok(condition_compare(&out, query, path, question->compare, &question->values[0], &failure));
  return out;
}

struct order_by {
  enum attribute attribute;
  bool descending;
};
static struct order_by orders[2];
static size_t order_count;
static const struct day *sorted_day;

static int compare_rows(const void *a, const void *b) {
  const struct row *left = *(const struct row *const *)a, *right = *(const struct row *const *)b;
  for (size_t i = 0; i < order_count; i++) {
    struct value x = read_plainly(sorted_day, left, orders[i].attribute);
    struct value y = read_plainly(sorted_day, right, orders[i].attribute);
    int order = value_compare(&x, &y);
    if (order != 0)
      return orders[i].descending ? -order : order;
  }
  return left->id < right->id ? -1 : left->id > right->id;
}

static size_t answer_plainly(const struct day *day, const struct question *question, int64_t limit,
                             int64_t offset, int64_t ids[DEALS]) {
  const struct row *rows[DEALS];
  size_t count = 0, given = 0;
  for (int i = 0; i < DEALS; i++)
    if (day->deals[i].alive && holds(question, day, &day->deals[i]))
      rows[count++] = &day->deals[i];
  sorted_day = day;
  qsort(rows, count, sizeof *rows, compare_rows);
  for (size_t i = (size_t)offset; i < count && (limit < 0 || given < (size_t)limit); i++)
    ids[given++] = rows[i]->id;
  return given;
}

static void explain_difference(struct query *query, int number, unsigned long long seed) {
  struct text sql = {0};
  query_explain(query, book, &sql, &failure);
  print_error("query %d of seed %llu:\n%s", number, seed, text_string(&sql));
  text_release(&sql);
  fail();
}

static void ask_one(int number, unsigned long long seed) {
  int which = roll(2) ? DAYS - 1 : (int)roll(DAYS);
  int64_t limit = roll(3) ? -1 : (int64_t)roll(10), offset = roll(4) ? 0 : roll(5);
  int64_t expected[DEALS], *ids = NULL;
  size_t count = 0;
  struct query *query = ask_all(book, "deal");
  pooled = 0;
  struct question *question = random_question(3);
  ok(query_where(query, condition_of(question, query), &failure));
  order_count = roll(3);
  for (size_t i = 0; i < order_count; i++) {
    orders[i] = (struct order_by){roll(ATTRIBUTES), roll(2)};
    ok(query_order(query, paths[orders[i].attribute], orders[i].descending, &failure));
  }
  query_limit(query, limit, offset);
  book->has_as_of = which < DAYS - 1;
  book->as_of = (instant)which * 86400 + 3600;
  ok(query_ids(query, book, &ids, &count, &failure));
  size_t wanted = answer_plainly(&days[which], question, limit, offset, expected);
  if (count != wanted || (count > 0 && memcmp(ids, expected, count * sizeof *ids) != 0))
    explain_difference(query, number, seed);
  memory_free(ids);
  query_free(query);
}

static void a_query_answers_as_a_plain_loop_does(void **unused) {
  (void)unused;
  const char *given = getenv("DEALWRIGHT_SEED");
  unsigned long long seed = given ? strtoull(given, NULL, 10) : (unsigned long long)time(NULL);
  print_message("seed %llu\n", seed);
  state = seed;
  ok(book_open(&book, "", BOOK_MEMORY, &failure));
  book->clock.fixed = true;
  use_rollups(book);
  make_days();
  for (int i = 0; i < QUERIES; i++)
    ask_one(i, seed);
  book->has_as_of = false;
  book_close(book);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_query_answers_as_a_plain_loop_does)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
