/* Scoring in bulk is scoring one by one: random clients with every field set or not, rollups,
 * references, rules that break. The same points, grades, parts and broken rules, to the last bit.
 * DEALWRIGHT_SEED repeats a round that failed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "bind/bind.h"
#include "engine/parts.h"
#include "engine/scorecard.h"
#include "model/score.h"
#include "support/unit.h"

enum { NOW = 1767261600, ROUNDS = 12, USERS = 4, CLIENTS = 40, DEALS = 60 };

static struct error err;
static uint64_t dice;

static void must(bool done) {
  if (!done)
    fail_msg("%s", err.message);
}

static uint64_t random_below(uint64_t count) {
  dice ^= dice << 13;
  dice ^= dice >> 7;
  dice ^= dice << 17;
  return (dice >> 11) % count;
}

static const char *pick(const char *const *words, size_t count) {
  return words[random_below(count)];
}

static const char *random_word(const struct field *field) {
  static const char *const regions[] = {"East", "West", "Ёлка"};
  static const char *const industries[] = {"medical", "education", "public"};
  static const char *const names[] = {"Болт и Ко", "acme", "Ёлка", "golf club", "0"};
  static const char *const mails[] = {"a@b.com", "Ann@Mail.Ru", "x@mail.ru"};
  if (strcmp(field->name, "region") == 0)
    return pick(regions, sizeof regions / sizeof *regions);
  if (strcmp(field->name, "industry") == 0)
    return pick(industries, sizeof industries / sizeof *industries);
  return field->type == FIELD_EMAIL ? pick(mails, sizeof mails / sizeof *mails)
                                    : pick(names, sizeof names / sizeof *names);
}

/* What a person could have typed; "" when the field stays unset. */
static void random_text(const struct field *field, int64_t first, int64_t count, char out[64]) {
  static const char *const currencies[] = {"EUR", "EUR", "EUR", "USD"};
  int64_t number = (int64_t)random_below(6) * (int64_t)random_below(40);
  out[0] = '\0';
  switch (field->type) {
  case FIELD_INTEGER:
    snprintf(out, 64, "%lld", (long long)(field->has_min && number < field->min ? 1 : number));
    break;
  case FIELD_NUMBER:
    snprintf(out, 64, "%g", (double)(number % 4) + 0.5 * (double)random_below(2) + 1);
    break;
  case FIELD_PERCENT:
    snprintf(out, 64, "%lld%%", (long long)(number % 100));
    break;
  case FIELD_MINUTES:
    snprintf(out, 64, "%lldm", (long long)number);
    break;
  case FIELD_MONEY:
    snprintf(out, 64, "%lld.50 %s", (long long)(number * 10), pick(currencies, 4));
    break;
  case FIELD_BOOLEAN:
    snprintf(out, 64, "%s", random_below(2) ? "yes" : "no");
    break;
  case FIELD_DATE:
    snprintf(out, 64, "202%d-0%d-15", (int)random_below(7), 1 + (int)random_below(9));
    break;
  case FIELD_INSTANT:
    snprintf(out, 64, "2025-0%d-03T1%d:00:00Z", 1 + (int)random_below(9), (int)random_below(9));
    break;
  case FIELD_CHOICE:
  case FIELD_CHOICES:
    snprintf(out, 64, "%s", field->choices[random_below(2) + random_below(2)]);
    break;
  case FIELD_REF:
    if (count > 0)
      snprintf(out, 64, "#%lld", (long long)(first + (int64_t)random_below((uint64_t)count)));
    break;
  case FIELD_PHONE:
    snprintf(out, 64, "+7 495 1234%03d", (int)number);
    break;
  case FIELD_URL:
    snprintf(out, 64, "https://example.com/%d", (int)number);
    break;
  default:
    snprintf(out, 64, "%s", random_word(field));
  }
}

struct world {
  struct engine *engine;
  struct state *state;
  int64_t users, clients; /* the first of each */
};

/* A record with about two thirds of its fields set. */
static void add(struct world *world, const char *kind_name, int64_t clients) {
  struct record record;
  const struct kind *kind = catalog_kind(world->engine->book->catalog, kind_name);
  must(record_init(&record, kind, &err));
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *field = kind->fields[i];
    bool named = kind->name_field && strcmp(field->name, kind->name_field) == 0;
    char word[64];
    if (!field_is_stored(field) || (field->flags & FIELD_ENGINE) ||
        (!named && random_below(3) == 0))
      continue;
    bool to_user = field->target && strcmp(field->target, "user") == 0;
    bool to_client = field->target && strcmp(field->target, "client") == 0;
    random_text(field, to_user ? world->users : world->clients,
                to_user     ? (strcmp(kind_name, "user") == 0 ? 0 : USERS)
                : to_client ? clients
                            : 0,
                word);
    if (strcmp(field->name, "founded") == 0 || strcmp(field->name, "closed_on") == 0 ||
        strcmp(field->name, "opened_on") == 0)
      continue;
    must(record_set_word(&record, world->engine->book, field, word, &err));
  }
  must(record_save(&record, world->engine->book, &err));
  if (strcmp(kind_name, "user") == 0 && world->users == 0)
    world->users = record.id;
  if (strcmp(kind_name, "client") == 0 && world->clients == 0)
    world->clients = record.id;
  record_release(&record);
}

static void populate(struct world *world) {
  for (int i = 0; i < USERS; i++)
    add(world, "user", 0);
  for (int i = 0; i < CLIENTS; i++)
    add(world, "client", i);
  for (int i = 0; i < DEALS; i++)
    add(world, "deal", CLIENTS);
}

static void open_world(struct world *world) {
  struct book *book;
  const struct state_limits limits = {.milliseconds = 60000, .bytes = 256 * 1024 * 1024};
  *world = (struct world){0};
  must(book_open(&book, "", BOOK_MEMORY, &err));
  book->clock = (struct clock){.fixed = true, .at = NOW};
  must(engine_open(&world->engine, book, &err));
  must(state_load(
      &world->state, world->engine,
      &(struct state_setup){.folder = TEST_ROOT "/tests/lua/scoring", .limits = &limits}, &err));
  populate(world);
}

/* Whether a rule of the client is broken. Its stored score must be what evaluating it alone gives.
 */
static bool compare_one(struct world *world, struct scorecard *card, const struct parts *parts,
                        int64_t id) {
  struct record record;
  struct score_answer answer;
  struct score score = {0};
  struct text expected = {0};
  bool found = false, broken = false;
  must(record_load(&record, world->engine->book, card->kind, id, &err));
  must(score_answer_init(&answer, card, &err));
  must(card->evaluate(card, world->engine, &record, &answer, &err));
  must(parts_write(parts, &answer, &expected, &err));
  must(score_load(world->engine->book, card->name, id, &score, &found, &err));
  double points = scorecard_total(card, &answer);
  if (!found || score.points != points || strcmp(score.grade, scorecard_grade(card, points)) != 0 ||
      strcmp(score.parts, text_string(&expected)) != 0)
    fail_msg("'%s' of #%lld: stored %.17g %s %s, alone %.17g %s %s", card->name, (long long)id,
             score.points, score.grade, found ? score.parts : "nothing", points,
             scorecard_grade(card, points), text_string(&expected));
  for (size_t i = 0; i < card->rules.count; i++)
    broken = broken || answer.broken[i];
  score_release(&score);
  score_answer_release(&answer);
  text_release(&expected);
  record_release(&record);
  return broken;
}

struct totals {
  int64_t scored, broken;
};

static void compare_card(struct world *world, const char *name, struct totals *totals) {
  struct scorecard *card = engine_scorecard(world->engine, name);
  struct score_summary summary;
  struct parts parts;
  int64_t broken = 0;
  assert_non_null(card);
  must(scorecard_score_all(world->engine, card, NULL, &summary, &err));
  assert_int_equal(summary.scored, CLIENTS);
  must(parts_open(&parts, card, &err));
  for (int64_t i = 0; i < CLIENTS; i++)
    broken += compare_one(world, card, &parts, world->clients + i);
  assert_int_equal(summary.broken, broken);
  assert_int_equal(summary.message != NULL, broken > 0);
  totals->scored += summary.scored;
  totals->broken += broken;
  parts_close(&parts);
  memory_free(summary.message);
}

static void bulk_scores_are_single_scores(void **context) {
  (void)context;
  const char *wanted = getenv("DEALWRIGHT_SEED");
  struct totals conditions = {0}, functions = {0};
  for (uint64_t round = 1; round <= (wanted ? 1 : ROUNDS); round++) {
    struct world world;
    uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : round * 7919;
    print_message("DEALWRIGHT_SEED=%llu\n", (unsigned long long)seed);
    dice = seed * 0x9E3779B97F4A7C15U + 1;
    open_world(&world);
    compare_card(&world, "conditions", &conditions);
    compare_card(&world, "functions", &functions);
    state_close(world.state);
    engine_close(world.engine);
  }
  assert_int_equal(conditions.broken, 0);
  assert_true(functions.broken > functions.scored / 4 && functions.broken < functions.scored);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(bulk_scores_are_single_scores)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
