/* Scoring many records in one pass: rows are streamed by id, only what changed is written. */
#include <string.h>

#include "base/memory.h"
#include "engine/parts.h"
#include "model/score.h"

enum { PROGRESS_STEP = 4096 };

struct scoring {
  struct engine *engine;
  struct scorecard *card;
  struct query *base;  /* borrowed: those asked for; NULL: all of the kind */
  struct query *query; /* owned: base with the columns the rules read, by id */
  size_t path_count;
  struct score_answer answer;
  score_fn each; /* told of each answer */
  void *told;
  int64_t done, total;
  progress_fn progress;
  void *payload;
  int64_t last; /* id of the row done last */
  bool whole;   /* the row under way was evaluated by itself: it may have taught new paths */
};

static void scoring_release(struct scoring *scoring) {
  query_free(scoring->query);
  score_answer_release(&scoring->answer);
}

static bool learned_paths(struct scoring *scoring, const char *const **paths, size_t *count,
                          struct error *err) {
  static const char *const none[] = {NULL};
  *paths = none;
  if (scoring->card->bulk_paths &&
      !scoring->card->bulk_paths(scoring->card, scoring->engine, paths, err))
    return false;
  for (*count = 0; (*paths)[*count];)
    ++*count;
  return true;
}

static bool after_last(struct scoring *scoring, struct error *err) {
  struct condition *rest;
  struct value last = value_integer(scoring->last);
  return condition_compare(&rest, scoring->query, "id", COMPARE_GREATER, &last, err) &&
         query_where(scoring->query, rest, err);
}

/* The ids of `base` with the columns that the rules read, after the last record done. */
static bool prepare_query(struct scoring *scoring, struct error *err) {
  const char *const *paths;
  struct book *book = scoring->engine->book;
  query_free(scoring->query);
  scoring->query = NULL;
  bool made = scoring->base ? query_copy(&scoring->query, scoring->base, err)
                            : query_new(&scoring->query, book, scoring->card->kind, err);
  if (!made || !learned_paths(scoring, &paths, &scoring->path_count, err) ||
      !query_select(scoring->query, "id", "id", err))
    return false;
  for (size_t i = 0; i < scoring->path_count; i++)
    if (!query_select(scoring->query, paths[i], paths[i], err))
      return false;
  return query_order(scoring->query, "id", false, err) &&
         (scoring->last == 0 || after_last(scoring, err));
}

static bool evaluate_whole(struct scoring *scoring, int64_t id, struct error *err) {
  struct record record;
  if (!record_load(&record, scoring->engine->book, scoring->card->kind, id, err))
    return false;
  bool done = scorecard_evaluate(scoring->card, scoring->engine, &record, &scoring->answer, err);
  record_release(&record);
  return done;
}

static bool evaluate(struct scoring *scoring, const struct value *values, struct error *err) {
  struct scorecard *card = scoring->card;
  struct score_answer *answer = &scoring->answer;
  int64_t id = values[0].as.integer;
  scoring->whole = !card->bulk_evaluate;
  memset(answer->points, 0, card->rules.count * sizeof *answer->points);
  memset(answer->broken, 0, card->rules.count * sizeof *answer->broken);
  if (card->bulk_evaluate &&
      !card->bulk_evaluate(card, id, values + 1, answer, &scoring->whole, err))
    return false;
  if (scoring->whole)
    return evaluate_whole(scoring, id, err);
  scorecard_count(card, answer);
  return true;
}

static bool score_row(struct scoring *scoring, const struct value *values, struct error *err) {
  int64_t id = values[0].as.integer;
  if (!evaluate(scoring, values, err) || !scoring->each(scoring->told, id, &scoring->answer, err))
    return false;
  memory_free(scoring->answer.message);
  scoring->answer.message = NULL;
  scoring->last = id;
  if (++scoring->done % PROGRESS_STEP == 0 && scoring->progress &&
      !scoring->progress(scoring->done, scoring->total, scoring->payload))
    return error_set(err, ERROR_INTERRUPTED, "scoring was interrupted; nothing was kept");
  return true;
}

/* A row that taught the rules new paths makes the rest worth reading with them. Not for a part of
 * the records: `base` may hold a limit, which counts from its first row. */
static bool has_learned(struct scoring *scoring, bool *learned, struct error *err) {
  const char *const *paths;
  size_t count = scoring->path_count;
  if (scoring->whole && !scoring->base && !learned_paths(scoring, &paths, &count, err))
    return false;
  *learned = count > scoring->path_count;
  return true;
}

static bool score_rows(struct scoring *scoring, bool *learned, struct error *err) {
  struct cursor *cursor;
  const struct value *values;
  bool done;
  *learned = false;
  if (!prepare_query(scoring, err) ||
      !query_run(scoring->query, scoring->engine->book, &cursor, err))
    return false;
  while ((done = cursor_next(cursor, &values, err)) && values)
    if (!(done = score_row(scoring, values, err) && has_learned(scoring, learned, err)) || *learned)
      break;
  cursor_close(cursor);
  return done;
}

static bool score_all(struct scoring *scoring, struct error *err) {
  bool learned = true;
  if (scoring->progress &&
      !query_count(scoring->query, scoring->engine->book, &scoring->total, err))
    return false;
  while (learned)
    if (!score_rows(scoring, &learned, err))
      return false;
  return !scoring->progress || scoring->progress(scoring->done, scoring->total, scoring->payload) ||
         error_set(err, ERROR_INTERRUPTED, "scoring was interrupted; nothing was kept");
}

static bool begin(struct scoring *scoring, const struct score_options *options, struct error *err) {
  if (options) {
    scoring->base = options->query;
    scoring->progress = options->progress;
    scoring->payload = options->payload;
  }
  return score_answer_init(&scoring->answer, scoring->card, err) && prepare_query(scoring, err);
}

bool scorecard_each(struct engine *engine, struct scorecard *card,
                    const struct score_options *options, score_fn each, void *payload,
                    struct error *err) {
  struct scoring scoring = {.engine = engine, .card = card, .each = each, .told = payload};
  bool done = begin(&scoring, options, err) && score_all(&scoring, err);
  scoring_release(&scoring);
  return done;
}

/* What is scored is stored where it differs. */
struct storing {
  struct scorecard *card;
  struct score_writer *writer;
  struct parts parts;
  struct text text; /* the parts of the row under way */
  struct score_summary *summary;
};

static void count_row(struct storing *storing, struct score_answer *answer, bool written) {
  struct score_summary *summary = storing->summary;
  bool broken = false;
  for (size_t i = 0; i < storing->card->rules.count; i++)
    broken = broken || answer->broken[i];
  summary->scored++;
  summary->written += written;
  summary->broken += broken;
  if (!summary->message) {
    summary->message = answer->message;
    answer->message = NULL;
  }
}

static bool store_row(void *payload, int64_t id, struct score_answer *answer, struct error *err) {
  struct storing *storing = payload;
  bool written;
  if (!parts_write(&storing->parts, answer, &storing->text, err))
    return false;
  double points = scorecard_total(storing->card, answer);
  const struct score_row row = {.record = id,
                                .points = points,
                                .grade = scorecard_grade(storing->card, points),
                                .parts = text_string(&storing->text)};
  if (!score_writer_put(storing->writer, &row, &written, err))
    return false;
  count_row(storing, answer, written);
  return true;
}

static bool store_all(struct scoring *scoring, struct storing *storing,
                      const struct score_options *options, struct error *err) {
  struct book *book = scoring->engine->book;
  char kept[DIGEST_HEX_SIZE];
  return parts_open(&storing->parts, storing->card, err) && begin(scoring, options, err) &&
         scorecard_keep_learned(scoring->engine, storing->card, kept, err) &&
         score_writer_open(&storing->writer, book, storing->card->name, kept[0] ? kept : NULL,
                           err) &&
         score_all(scoring, err);
}

static void storing_release(struct storing *storing) {
  if (storing->writer)
    score_writer_close(storing->writer);
  parts_close(&storing->parts);
  text_release(&storing->text);
}

bool scorecard_score_all(struct engine *engine, struct scorecard *card,
                         const struct score_options *options, struct score_summary *summary,
                         struct error *err) {
  struct storing storing = {.card = card, .summary = summary};
  struct scoring scoring = {.engine = engine, .card = card, .each = store_row, .told = &storing};
  struct text command = {0};
  *summary = (struct score_summary){0};
  text_format(&command, "score %s", card->name);
  bool begun =
      text_check(&command, err) && unit_begin(engine->book, text_string(&command), NULL, err);
  bool done = begun && store_all(&scoring, &storing, options, err);
  scoring_release(&scoring); /* before the end of the unit: the writer may hold rows back */
  storing_release(&storing);
  if (begun && !done)
    unit_cancel(engine->book);
  else if (begun)
    done = unit_commit(engine->book, err);
  text_release(&command);
  if (!done) {
    memory_free(summary->message);
    *summary = (struct score_summary){0};
  }
  return done;
}
