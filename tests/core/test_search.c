#include "query_fixture.h"

typedef bool (*search_fn)(struct book *book, const struct search *search, struct search_hit **hits,
                          size_t *count, struct error *err);

static char *found(search_fn find, struct book *book, const char *words, const char *kind) {
  static char out[256];
  struct search_hit *hits = NULL;
  size_t count = 0;
  struct text text = {0};
  const struct search search = {words, kind ? kind_named(book, kind) : NULL, 10};
  ok(find(book, &search, &hits, &count, &failure));
  for (size_t i = 0; i < count; i++)
    text_format(&text, "%s%s", i > 0 ? ";" : "", hits[i].name);
  snprintf(out, sizeof out, "%s", text_string(&text));
  text_release(&text);
  search_release(hits, count);
  return out;
}

static void words_are_found_without_case(void **state) {
  struct sales *sales = *state;
  static const struct {
    const char *words, *kind, *found;
  } cases[] = {
      {"ёлка",              NULL,   "Ёлка" },
      {"ЕЛК",                NULL,   "Ёлка" },
      {"утром ёл",       NULL,   "Ёлка" },
      {"утр звонить", NULL,   ""         },
      {"zeta@example",          NULL,   "Zeta"     },
      {"елка",              "deal", ""         },
      {"d1",                    "deal", "D1"       },
      {"— acme",              NULL,   "acme, Inc"},
      {"—",                   NULL,   ""         },
      {"",                      NULL,   ""         },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *hits = found(search_find, sales->book, cases[i].words, cases[i].kind);
    if (strcmp(hits, cases[i].found) != 0)
      fail_msg("'%s' finds '%s', not '%s'", cases[i].words, hits, cases[i].found);
  }
}

static void the_index_follows_changes_and_deletions(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  assert_string_equal(found(search_find, book, "zeta", NULL), "Zeta");
  change(book, sales->zeta, "name", "Omega");
  assert_string_equal(found(search_find, book, "omega", NULL), "Omega");
  change(book, sales->zeta, "email", "");
  assert_string_equal(found(search_find, book, "zeta", NULL), "");
  drop(book, sales->zeta);
  assert_string_equal(found(search_find, book, "omega", NULL), "");
}

static void a_cancelled_unit_leaves_nothing_in_the_index(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  ok(unit_begin(book, "test", NULL, &failure));
  add(book, "client", "name", "Ghost", NULL);
  assert_string_equal(found(search_find, book, "ghost", NULL), "Ghost");
  add(book, "client", "name", "Ghost two", NULL);
  assert_string_equal(found(search_find, book, "two", NULL), "Ghost two");
  unit_cancel(book);
  assert_string_equal(found(search_find, book, "ghost", NULL), "");
  add(book, "client", "name", "Real", NULL);
  assert_string_equal(found(search_find, book, "real", NULL), "Real");
}

static void a_search_inside_an_open_cursor_reads_what_is_indexed(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  struct query *query = ask_all(book, "client");
  struct cursor *cursor = NULL;
  assert_string_equal(found(search_find, book, "zeta", NULL), "Zeta");
  add(book, "client", "name", "Fresh", NULL);
  ok(query_run(query, book, &cursor, &failure));
  assert_string_equal(found(search_find, book, "fresh", NULL), "");
  cursor_close(cursor);
  assert_string_equal(found(search_find, book, "fresh", NULL), "Fresh");
  query_free(query);
}

static void names_are_completed_from_their_start(void **state) {
  struct sales *sales = *state;
  assert_string_equal(found(search_names, sales->book, "ел", "client"), "Ёлка");
  assert_string_equal(found(search_names, sales->book, "ACME, I", NULL), "acme, Inc");
  assert_string_equal(found(search_names, sales->book, "inc", NULL), "");
  assert_string_equal(found(search_names, sales->book, "d", "deal"), "D1;D2;D3;D4;d5");
  assert_string_equal(found(search_names, sales->book, "", "client"), "Ёлка;acme, Inc;Zeta");
}

static void a_name_resolves_exactly_then_folded_then_by_external_id(void **state) {
  struct sales *sales = *state;
  struct book *book = sales->book;
  const struct kind *client = kind_named(book, "client");
  int64_t id = 0;
  int64_t lower = add(book, "client", "name", "zeta", "external_id", "X-1", NULL);
  ok(search_resolve(book, client, "Zeta", &id, &failure));
  assert_int_equal(id, sales->zeta);
  ok(search_resolve(book, client, "zeta", &id, &failure));
  assert_int_equal(id, lower);
  ok(search_resolve(book, client, "елка", &id, &failure));
  assert_int_equal(id, sales->fir);
  ok(search_resolve(book, client, "X-1", &id, &failure));
  assert_int_equal(id, lower);
  ok(search_resolve(book, client, "nobody", &id, &failure));
  assert_int_equal(id, 0);
  struct error err = {0};
  assert_false(search_resolve(book, client, "ZETA", &id, &err));
  assert_int_equal(err.code, ERROR_INVALID);
  assert_non_null(strstr(err.message, "several clients"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_sales, close_sales)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(words_are_found_without_case),
      TEST(the_index_follows_changes_and_deletions),
      TEST(a_cancelled_unit_leaves_nothing_in_the_index),
      TEST(a_search_inside_an_open_cursor_reads_what_is_indexed),
      TEST(names_are_completed_from_their_start),
      TEST(a_name_resolves_exactly_then_folded_then_by_external_id),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
