#include "engine/scorecard.h"
#include "model/score.h"
#include "support/sales.h"

/* Ten points per letter of the city, five for an industry; a client in "Пермь" breaks the rule. */
struct counts {
  int bulk, whole;
  bool teaches; /* the first row asks for itself whole and adds a path */
  const char *paths[3];
};

static void judge(struct score_answer *answer, const struct value *city,
                  const struct value *industry) {
  bool broken = city->type == VALUE_TEXT && strcmp(city->as.text.data, "Пермь") == 0;
  answer->points[0] = city->type == VALUE_TEXT && !broken ? (double)city->as.text.length / 2 : 0;
  answer->points[1] = value_is_null(industry) ? 0 : 5.5;
  answer->broken[0] = broken;
  if (broken && !answer->message)
    answer->message = memory_copy_text("fit.lua:4: no such place");
}

static bool evaluate(struct scorecard *card, struct engine *engine, struct record *record,
                     struct score_answer *answer, struct error *err) {
  (void)engine;
  (void)err;
  struct counts *counts = card->payload;
  counts->whole++;
  counts->paths[1] = "industry";
  judge(answer, sales_value(record, "city"), sales_value(record, "industry"));
  return true;
}

static bool bulk_paths(struct scorecard *card, struct engine *engine, const char *const **paths,
                       struct error *err) {
  (void)engine;
  (void)err;
  *paths = ((struct counts *)card->payload)->paths;
  return true;
}

static bool bulk_evaluate(struct scorecard *card, int64_t id, const struct value *values,
                          struct score_answer *answer, bool *again, struct error *err) {
  (void)id;
  (void)err;
  struct counts *counts = card->payload;
  counts->bulk++;
  *again = counts->teaches && !counts->paths[1];
  if (!*again)
    judge(answer, &values[0], &values[1]);
  return true;
}

static struct scorecard *add_card(struct sales *sales, struct counts *counts) {
  struct error err = {0};
  struct scorecard *card = scorecard_new("fit", &err);
  struct scorecard **slot = list_add(&sales->engine->rules->scorecards, &err);
  assert_non_null(card);
  assert_non_null(slot);
  *slot = card;
  card->kind = sales->client;
  assert_non_null(scorecard_add_rule(card, "city", &err));
  assert_non_null(scorecard_add_rule(card, "industry", &err));
  static const struct grade grades[] = {
      {"A", 8},
      {"B", 5}
  };
  for (size_t i = 0; i < 2; i++) {
    struct grade *grade = list_add(&card->grades, &err);
    assert_non_null(grade);
    *grade = grades[i];
  }
  card->payload = counts;
  card->evaluate = evaluate;
  card->bulk_paths = bulk_paths;
  card->bulk_evaluate = bulk_evaluate;
  return card;
}

static int64_t client(struct sales *sales, const char *name, const char *city,
                      const char *industry) {
  struct error err = {0};
  struct record record;
  must(record_init(&record, sales->client, &err));
  sales_set(sales, &record, "name", name);
  sales_set(sales, &record, "city", city);
  sales_set(sales, &record, "industry", industry);
  must(engine_create(sales->engine, &record, "new", &err));
  int64_t id = record.id;
  record_release(&record);
  return id;
}

static void assert_score(struct sales *sales, int64_t id, double points, const char *grade,
                         const char *parts) {
  struct error err = {0};
  struct score score;
  bool found;
  must(score_load(sales->engine->book, "fit", id, &score, &found, &err));
  assert_true(found);
  assert_true(score.points == points);
  assert_string_equal(score.grade, grade);
  assert_string_equal(score.parts, parts);
  score_release(&score);
}

static void all_records_are_scored_with_their_parts(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct score_summary summary;
  struct counts counts = {
      .paths = {"city", "industry"}
  };
  struct scorecard *card = add_card(sales, &counts);
  int64_t both = client(sales, "Ёлка", "Тверь", "medical");
  int64_t one = client(sales, "Шишка", "", "medical");
  int64_t none = client(sales, "Иголка", "", "");
  int64_t broken = client(sales, "Кора", "Пермь", "medical");
  must(scorecard_score_all(sales->engine, card, NULL, &summary, &err));
  assert_int_equal(summary.scored, 4);
  assert_int_equal(summary.written, 4);
  assert_int_equal(summary.broken, 1);
  assert_string_equal(summary.message, "fit.lua:4: no such place");
  memory_free(summary.message);
  assert_int_equal(counts.whole, 0);
  assert_score(sales, both, 10.5, "A",
               "[{\"id\":\"city\",\"points\":5},{\"id\":\"industry\",\"points\":5.5}]");
  assert_score(sales, one, 5.5, "B", "[{\"id\":\"industry\",\"points\":5.5}]");
  assert_score(sales, none, 0, "", "[]");
  assert_score(sales, broken, 5.5, "B",
               "[{\"id\":\"city\",\"points\":0,\"broken\":true},"
               "{\"id\":\"industry\",\"points\":5.5}]");
}

static bool tell_learned(struct scorecard *card, struct text *out, struct error *err) {
  (void)card;
  text_append(out, "{\"mean\":3}");
  return text_check(out, err);
}

static void assert_learned(struct sales *sales, int64_t id) {
  struct error err = {0};
  struct score score;
  char *source = NULL;
  bool found;
  must(score_load(sales->engine->book, "fit", id, &score, &found, &err));
  assert_true(found);
  must(ruleset_source(sales->engine->book, score.ruleset, &source, &err));
  assert_string_equal(source, "-- what scorecard 'fit' learned under the rules \n{\"mean\":3}");
  memory_free(source);
  score_release(&score);
}

static void what_a_card_learned_is_kept_with_its_scores(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct score_summary summary;
  struct record record;
  struct score_answer answer;
  struct counts counts = {
      .paths = {"city", "industry"}
  };
  struct scorecard *card = add_card(sales, &counts);
  card->learned = tell_learned;
  int64_t first = client(sales, "Ёлка", "Тверь", "medical");
  must(scorecard_score_all(sales->engine, card, NULL, &summary, &err));
  assert_learned(sales, first);
  int64_t second = client(sales, "Шишка", "Тверь", "medical");
  must(record_load(&record, sales->engine->book, sales->client, second, &err));
  must(score_answer_init(&answer, card, &err));
  must(scorecard_score(sales->engine, card, &record, &answer, &err));
  assert_learned(sales, second);
  score_answer_release(&answer);
  record_release(&record);
}

static void scoring_again_writes_only_what_changed(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct score_summary summary;
  struct record record;
  struct counts counts = {
      .paths = {"city", "industry"}
  };
  struct scorecard *card = add_card(sales, &counts);
  client(sales, "Ёлка", "Тверь", "medical");
  int64_t moved = client(sales, "Шишка", "Тверь", "");
  must(scorecard_score_all(sales->engine, card, NULL, &summary, &err));
  must(record_load(&record, sales->engine->book, sales->client, moved, &err));
  sales_set(sales, &record, "city", "Псковск");
  must(engine_save(sales->engine, &record, "set", &err));
  record_release(&record);
  must(scorecard_score_all(sales->engine, card, NULL, &summary, &err));
  assert_int_equal(summary.scored, 2);
  assert_int_equal(summary.written, 1);
  assert_score(sales, moved, 7, "B", "[{\"id\":\"city\",\"points\":7}]");
  int64_t before = sales_units(sales);
  must(scorecard_score_all(sales->engine, card, NULL, &summary, &err));
  assert_int_equal(summary.written, 0);
  assert_int_equal(sales_units(sales), before);
}

static void a_row_that_teaches_new_paths_is_not_the_last(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct score_summary summary;
  struct counts counts = {.teaches = true, .paths = {"city"}};
  struct scorecard *card = add_card(sales, &counts);
  int64_t first = client(sales, "Ёлка", "Тверь", "medical");
  int64_t last = client(sales, "Шишка", "Тверь", "medical");
  must(scorecard_score_all(sales->engine, card, NULL, &summary, &err));
  assert_int_equal(summary.scored, 2);
  assert_int_equal(counts.whole, 1);
  assert_int_equal(counts.bulk, 2);
  const char *parts = "[{\"id\":\"city\",\"points\":5},{\"id\":\"industry\",\"points\":5.5}]";
  assert_score(sales, first, 10.5, "A", parts);
  assert_score(sales, last, 10.5, "A", parts);
}

static void those_asked_for_are_scored_and_no_others(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct score_summary summary;
  struct query *query;
  struct score score;
  bool found;
  struct counts counts = {
      .paths = {"city", "industry"}
  };
  struct scorecard *card = add_card(sales, &counts);
  client(sales, "Ёлка", "Тверь", "medical");
  int64_t other = client(sales, "Шишка", "Псков", "medical");
  must(query_new(&query, sales->engine->book, sales->client, &err));
  must(query_where_word(query, "city=Тверь", &err));
  must(scorecard_score_all(sales->engine, card, &(struct score_options){.query = query}, &summary,
                           &err));
  assert_int_equal(summary.scored, 1);
  must(score_load(sales->engine->book, "fit", other, &score, &found, &err));
  assert_false(found);
  query_free(query);
}

static bool stop(int64_t done, int64_t total, void *payload) {
  *(int64_t *)payload = total;
  return done < 0;
}

static void an_interrupted_scoring_keeps_nothing(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct score_summary summary;
  struct score score;
  bool found;
  int64_t total = 0;
  const struct score_options options = {.progress = stop, .payload = &total};
  struct counts counts = {
      .paths = {"city", "industry"}
  };
  struct scorecard *card = add_card(sales, &counts);
  int64_t id = client(sales, "Ёлка", "Тверь", "medical");
  must_fail(scorecard_score_all(sales->engine, card, &options, &summary, &err), ERROR_INTERRUPTED,
            "nothing was kept");
  assert_int_equal(total, 1);
  must(score_load(sales->engine->book, "fit", id, &score, &found, &err));
  assert_false(found);
  assert_int_equal(sales->engine->book->unit_depth, 0);
}

static void one_record_scores_as_all_do(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct score_summary summary;
  struct score_answer answer;
  struct record record;
  struct counts counts = {
      .paths = {"city", "industry"}
  };
  struct scorecard *card = add_card(sales, &counts);
  int64_t id = client(sales, "Ёлка", "Тверь", "medical");
  must(record_load(&record, sales->engine->book, sales->client, id, &err));
  must(score_answer_init(&answer, card, &err));
  must(scorecard_score(sales->engine, card, &record, &answer, &err));
  assert_score(sales, id, 10.5, "A",
               "[{\"id\":\"city\",\"points\":5},{\"id\":\"industry\",\"points\":5.5}]");
  int64_t before = sales_units(sales);
  must(scorecard_score(sales->engine, card, &record, &answer, &err));
  must(scorecard_score_all(sales->engine, card, NULL, &summary, &err));
  assert_int_equal(summary.written, 0);
  assert_int_equal(sales_units(sales), before);
  score_answer_release(&answer);
  record_release(&record);
}

static void an_unknown_scorecard_gets_a_suggestion(void **state) {
  struct sales *sales = *state;
  struct error err = {0};
  struct scorecard *card;
  struct counts counts = {0};
  must_fail(engine_find_scorecard(sales->engine, "fit", &card, &err), ERROR_NOT_FOUND, "none");
  add_card(sales, &counts);
  must_fail(engine_find_scorecard(sales->engine, "fitt", &card, &err), ERROR_NOT_FOUND,
            "did you mean 'fit'?");
  must(engine_find_scorecard(sales->engine, "fit", &card, &err));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sales_test(all_records_are_scored_with_their_parts),
      sales_test(what_a_card_learned_is_kept_with_its_scores),
      sales_test(scoring_again_writes_only_what_changed),
      sales_test(a_row_that_teaches_new_paths_is_not_the_last),
      sales_test(those_asked_for_are_scored_and_no_others),
      sales_test(an_interrupted_scoring_keeps_nothing),
      sales_test(one_record_scores_as_all_do),
      sales_test(an_unknown_scorecard_gets_a_suggestion),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
