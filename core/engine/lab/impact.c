#include "engine/lab/impact.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/lab/blame.h"
#include "engine/lab/points.h"
#include "engine/promote.h"
#include "model/query.h"

enum { PROGRESS_STEP = 64 };

/* The records at the open stages of one process. */
struct passing {
  const struct impact *impact;
  struct process *before, *after; /* before NULL: it is new */
  int64_t done, total;
};

static void *entry(const struct list *list, size_t index) {
  return *(void **)list_at(list, index);
}

/* The next move under one of the rule sets. */
struct hearing {
  struct engine *engine;
  struct record record;
  struct move move;
  struct verdict verdict;
  bool stands; /* at a stage that has a next one */
};

static bool hear(struct hearing *hearing, struct engine *engine, struct process *process,
                 int64_t id, struct error *err) {
  *hearing = (struct hearing){.engine = engine};
  verdict_init(&hearing->verdict);
  if (!record_load(&hearing->record, engine->book, process->kind, id, err))
    return false;
  const char *from = judge_stage_of(&hearing->record, process);
  bool covered = process_covers(process, hearing->record.values);
  struct stage *next = from && covered ? process_next(process, from) : NULL;
  hearing->stands = next != NULL;
  if (!next)
    return true;
  hearing->move = (struct move){process, process_stage(process, from), next, next->name};
  return judge_move(&hearing->move, engine, &hearing->record, NULL, &hearing->verdict, err);
}

static void release(struct hearing *hearing) {
  verdict_release(&hearing->verdict);
  record_release(&hearing->record);
}

static bool tell_move(const struct passing *passing, const struct hearing *responsible,
                      const char *effect, struct error *err) {
  const struct impact *impact = passing->impact;
  const struct blame blame = {.move = &responsible->move,
                              .verdict = &responsible->verdict,
                              .record = &responsible->record,
                              .effect = effect};
  return blame_tell(&blame, true, impact->each, impact->payload, err);
}

static bool has_broken(const struct verdict *verdict) {
  for (size_t i = 0; i < verdict->items.count; i++)
    if (((const struct verdict_item *)list_at(&verdict->items, i))->outcome == OUTCOME_BROKEN)
      return true;
  return false;
}

/* Without the hold of who was taken back by hand. */
static bool tell_promotion(const struct passing *passing, struct hearing *after,
                           struct error *err) {
  struct transition taken_back = {0};
  bool held = false;
  struct text id = {0};
  if (!promote_held(after->engine, after->record.id, passing->after, &held, &taken_back, err))
    return false;
  if (held)
    transition_release(&taken_back);
  text_format(&id, "%s.%s", passing->after->name, after->move.to->name);
  const struct lab_finding finding = {.what = "promotion",
                                      .id = text_string(&id),
                                      .effect = "promoted",
                                      .text = stage_title(after->move.to),
                                      .record = &after->record};
  bool done = text_check(&id, err) &&
              (held || passing->impact->each(passing->impact->payload, &finding, err));
  text_release(&id);
  return done;
}

static bool compare(const struct passing *passing, struct hearing *before, struct hearing *after,
                    struct error *err) {
  bool was_free = before->stands && before->verdict.allowed;
  bool is_free = after->stands && after->verdict.allowed;
  bool promotes = is_free && after->move.to->automatic;
  bool promoted = was_free && before->move.to->automatic;
  if (before->stands && !after->stands)
    return tell_move(passing, before, "stageless", err);
  if (is_free && before->stands && !was_free && !tell_move(passing, before, "free", err))
    return false;
  if (was_free && !is_free &&
      !tell_move(passing, after, has_broken(&after->verdict) ? "broken" : "blocked", err))
    return false;
  return !promotes || promoted || tell_promotion(passing, after, err);
}

static bool pass_record(struct passing *passing, int64_t id, struct error *err) {
  const struct impact *impact = passing->impact;
  struct hearing before = {0}, after = {0};
  bool heard = !passing->before || hear(&before, impact->before, passing->before, id, err);
  heard = heard && hear(&after, impact->after, passing->after, id, err);
  bool done = heard && compare(passing, &before, &after, err);
  release(&before);
  release(&after);
  if (!done || ++passing->done % PROGRESS_STEP || !impact->progress ||
      impact->progress(passing->done, passing->total, impact->shown))
    return done;
  return error_set(err, ERROR_INTERRUPTED, "the trial was interrupted");
}

/* Those at its open stages, by id. */
static bool open_query(const struct passing *passing, struct query **out, struct error *err) {
  const struct process *process = passing->after;
  size_t count = process->stages.count, open = 0;
  struct value *names = memory_new_array(count + 1, sizeof *names);
  struct condition *at;
  if (!names)
    return error_memory(err);
  for (size_t i = 0; i < count; i++) {
    const struct stage *stage = entry(&process->stages, i);
    if (stage->end == STAGE_OPEN)
      names[open++] = value_text(stage->name);
  }
  bool done = query_new(out, passing->impact->after->book, process->kind, err);
  if (done && (!condition_in(&at, *out, process->field->name, names, open, err) ||
               !query_where(*out, at, err) || !query_order(*out, "id", false, err))) {
    query_free(*out);
    done = false;
  }
  memory_free(names);
  return done;
}

static bool pass_rows(struct passing *passing, struct query *query, struct error *err) {
  struct cursor *cursor;
  const struct value *values;
  struct book *book = passing->impact->after->book;
  bool done;
  if (!query_count(query, book, &passing->total, err) || !query_run(query, book, &cursor, err))
    return false;
  while ((done = cursor_next(cursor, &values, err)) && values)
    if (!(done = pass_record(passing, values[0].as.integer, err)))
      break;
  cursor_close(cursor);
  return done;
}

static bool pass_process(const struct impact *impact, struct process *after, struct error *err) {
  struct passing passing = {
      .impact = impact, .before = engine_process(impact->before, after->name), .after = after};
  struct query *query;
  if (!open_query(&passing, &query, err))
    return false;
  bool done = pass_rows(&passing, query, err);
  query_free(query);
  return done;
}

static bool find(const struct impact *impact, struct error *err) {
  const struct list *all = &impact->after->rules->processes;
  struct process *only = NULL;
  if (impact->process)
    return engine_find_process(impact->after, impact->process, &only, err) &&
           pass_process(impact, only, err);
  for (size_t i = 0; i < all->count; i++)
    if (!pass_process(impact, entry(all, i), err))
      return false;
  const struct list *cards = &impact->after->rules->scorecards;
  for (size_t i = 0; i < cards->count; i++)
    if (!points_compare(impact, entry(cards, i), err))
      return false;
  return true;
}

/* Both see the same moment only if nobody writes between their beginnings; what comes later neither
 * sees. */
bool impact_find(const struct impact *impact, struct error *err) {
  if (!book_view_begin(impact->before->book, err))
    return false;
  bool done = book_view_begin(impact->after->book, err);
  if (done) {
    done = find(impact, err);
    book_view_end(impact->after->book);
  }
  book_view_end(impact->before->book);
  return done;
}
