#include "repl/commands/why_not.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/hint.h"
#include "engine/judge.h"
#include "engine/promote.h"
#include "engine/route.h"
#include "engine/title.h"
#include "repl/commands/reasons.h"
#include "repl/commands/subject.h"
#include "repl/terminal.h"

/* What a row of the answer is about. */
static const char do_line[] = N_("do"), move_line[] = N_("move"), by_itself[] = N_("by itself"),
                  ask_again[] = N_("ask again"), broken[] = N_("broken"), refused[] = N_("refused");

/* The answer under construction, for people and as rows. */
struct advice {
  struct call *call;
  const struct record *record;
  const struct route *route;
  struct list said; /* of char *, owned: lines that stand above already */
};

/* One row; what is NULL stays unset. */
struct entry {
  const char *what, *stage, *line, *criterion, *text, *detail;
  const struct place *place;
};

static const char *arrow(void) {
  return terminal_is_utf8() ? "→" : "->";
}

static const char *shown(const struct advice *advice, const struct stage *stage) {
  return stage ? title_of_value(advice->call->session->engine, advice->route->process->field,
                                stage->name)
               : "";
}

static bool add_row(const struct advice *advice, const struct entry *entry, struct error *err) {
  struct text place = {0};
  if (entry->place && entry->place->file)
    text_format(&place, "%s:%d", entry->place->file, entry->place->line);
  const char *cells[] = {entry->what,      entry->stage, entry->line,
                         entry->criterion, entry->text,  place.length ? text_string(&place) : NULL,
                         entry->detail};
  struct result_row *row = result_add_row(&advice->call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++) {
    struct value value = value_text(cells[i]);
    done = result_set(row, i, &value, err);
  }
  text_release(&place);
  return done;
}

/* Whether the line stands above already; notes it. */
static bool is_said(struct advice *advice, const char *line, bool *said, struct error *err) {
  *said = false;
  for (size_t i = 0; i < advice->said.count && !*said; i++)
    *said = strcmp(*(char **)list_at(&advice->said, i), line) == 0;
  if (*said)
    return true;
  char *copy = memory_copy_text(line);
  char **slot = copy ? list_add(&advice->said, err) : NULL;
  if (!slot) {
    memory_free(copy);
    return error_memory(err);
  }
  *slot = copy;
  return true;
}

static struct entry entry_of(const char *what, const struct stage *stage,
                             const struct verdict_item *item) {
  const struct criterion *criterion = item->criterion;
  return (struct entry){
      what,         stage ? stage->name : NULL, NULL, criterion->id, reasons_sentence(criterion),
      item->detail, &criterion->place};
}

/* What was set may be all it takes, or not: only then it can be told. */
static bool say_again(struct advice *advice, const struct stage *goal, struct entry entry,
                      struct error *err) {
  struct text line = {0};
  text_format(&line, "why-not #%lld %s", (long long)advice->record->id, goal->name);
  entry.what = ask_again;
  entry.line = text_string(&line);
  bool done = text_check(&line, err) && add_row(advice, &entry, err);
  text_release(&line);
  return done;
}

static const struct stage *goal_of(const struct route *route) {
  return ((struct route_step *)list_at(&route->steps, route->steps.count - 1))->to;
}

/* The lines of the fix, each of them once in the whole answer. */
static bool say_lines(struct advice *advice, const struct stage *stage,
                      const struct verdict_item *item, struct error *err) {
  struct entry entry = entry_of(do_line, stage, item);
  struct text line = {0};
  struct text *out = &advice->call->text;
  const char *at = item->fix ? item->fix : "";
  bool done = true, said = false, above = false;
  while (done && hint_next_line(&at, &line)) {
    entry.line = text_string(&line);
    done = text_check(&line, err) && is_said(advice, entry.line, &said, err);
    above = above || said;
    if (!done || said)
      continue;
    text_format(out, translate("      do: %s\n"), entry.line);
    done = add_row(advice, &entry, err);
  }
  text_release(&line);
  if (above)
    text_append(out, translate("      do: what stands above\n"));
  if (done && (!item->fix || !*item->fix))
    done = add_row(advice, &entry, err);
  if (done && item->partial) {
    text_append(out, translate("      then ask again: what else it takes depends on that\n"));
    done = say_again(advice, goal_of(advice->route), entry, err);
  }
  return done;
}

static bool say_broken(const struct advice *advice, const struct stage *stage,
                       const struct verdict_item *item, struct error *err) {
  struct entry entry = entry_of(broken, stage, item);
  text_append(&advice->call->text, translate("      its script has to be mended first\n"));
  return add_row(advice, &entry, err);
}

static bool say_later(struct advice *advice, const struct route_step *step, enum route_need need,
                      const struct verdict_item *item, struct error *err) {
  if (need == ROUTE_DEPENDS)
    text_append(&advice->call->text,
                translate("      may be asked for once that is done: ask again then\n"));
  else
    text_format(&advice->call->text,
                translate("      known only in '%s': ask again when it is there\n"),
                shown(advice, step->from));
  return say_again(advice, goal_of(advice->route), entry_of(ask_again, step->to, item), err);
}

/* The item as it is shown: what was found on the walk, where that counts. */
static const struct verdict_item *item_of(const struct route_step *step, size_t i,
                                          enum route_need need) {
  return list_at(need == ROUTE_LATER ? &step->arrived.items : &step->now.items, i);
}

/* One that is missing or broken now. */
static bool say_need(struct advice *advice, const struct stage *to, const struct verdict_item *item,
                     enum route_need need, struct error *err) {
  reasons_append_item(&advice->call->text, item, advice->call);
  return need == ROUTE_BROKEN ? say_broken(advice, to, item, err)
                              : say_lines(advice, to, item, err);
}

static bool say_on_way(struct advice *advice, const struct route_step *step, size_t i,
                       enum route_need need, struct error *err) {
  const struct verdict_item *item = item_of(step, i, need);
  if (need != ROUTE_DEPENDS && need != ROUTE_LATER)
    return say_need(advice, step->to, item, need, err);
  reasons_append_item(&advice->call->text, item, advice->call);
  return say_later(advice, step, need, item, err);
}

static void say_heading(const struct advice *advice, const struct route_step *step) {
  const char *between = step->from ? arrow() : "";
  text_format(&advice->call->text, "%s%s%s%s%s\n", shown(advice, step->from), step->from ? " " : "",
              between, step->from ? " " : "", shown(advice, step->to));
}

/* Whether the verb's end is that stage: `win` goes to the first won one. */
static bool is_first_end(const struct process *process, const struct stage *stage) {
  for (size_t i = 0; i < process->stages.count; i++) {
    const struct stage *each = *(struct stage **)list_at(&process->stages, i);
    if (each->end == stage->end)
      return each == stage;
  }
  return false;
}

static bool is_just_before(const struct process *process, const struct stage *stage,
                           const struct stage *of) {
  return process_stage_index(process, stage->name) + 1 == process_stage_index(process, of->name);
}

/* The move as it is typed: the short verb where there is one. */
static void append_move(struct text *out, const struct advice *advice,
                        const struct route_step *step) {
  const struct process *process = advice->route->process;
  const struct stage *from = step->from, *to = step->to;
  long long id = (long long)advice->record->id;
  const struct move move = {
      .process = (struct process *)process, .from = step->from, .to = step->to};
  bool back = judge_is_back(&move), lost = to->end == STAGE_LOST;
  if (from && to == process_next(process, from->name))
    text_format(out, "advance #%lld", id);
  else if (lost && is_first_end(process, to))
    text_format(out, "lose #%lld", id);
  else if (to->end == STAGE_WON && is_first_end(process, to))
    text_format(out, "win #%lld", id);
  else if (back && is_just_before(process, to, from))
    text_format(out, "back #%lld", id);
  else
    text_format(out, "move #%lld %s", id, to->name);
  if (lost || (back && process->back == BACK_WITH_REASON))
    text_append(out, " --reason \"…\"");
}

/* Whether the engine moves on as soon as it can. Not one that was taken back by hand: it waits for
 * the first move. */
static bool is_by_itself(const struct advice *advice, const struct route_step *step, bool *itself,
                         struct error *err) {
  const struct process *process = advice->route->process;
  struct transition taken_back;
  bool held = false;
  *itself =
      step->from && step->to->automatic && step->to == process_next(process, step->from->name);
  if (!*itself || step != list_at(&advice->route->steps, 0))
    return true;
  if (!promote_held(advice->call->session->engine, advice->record->id, process, &held, &taken_back,
                    err))
    return false;
  if (held)
    transition_release(&taken_back);
  *itself = !held;
  return true;
}

static bool say_move(const struct advice *advice, const struct route_step *step,
                     struct error *err) {
  struct text line = {0};
  bool itself;
  if (!is_by_itself(advice, step, &itself, err))
    return false;
  struct entry entry = {.what = itself ? by_itself : move_line, .stage = step->to->name};
  if (!itself) {
    append_move(&line, advice, step);
    entry.line = text_string(&line);
  }
  bool done = text_check(&line, err) && add_row(advice, &entry, err);
  text_format(&advice->call->text, "  %s\n", itself ? translate(by_itself) : entry.line);
  text_release(&line);
  return done;
}

/* Also why nobody knows what comes behind it. */
static bool say_trouble(struct advice *advice, const struct route_step *step, struct error *err) {
  if (!step->trouble)
    return true;
  text_format(&advice->call->text,
              translate("  what the actions of '%s' do can't be known before: %s\n"),
              shown(advice, step->to), step->trouble);
  return say_again(advice, goal_of(advice->route),
                   (struct entry){.stage = step->to->name, .detail = step->trouble}, err);
}

/* What is missing first, then the move: some of it can only be done in that stage. */
static bool say_step(struct advice *advice, size_t index, struct error *err) {
  const struct route_step *step = list_at(&advice->route->steps, index);
  say_heading(advice, step);
  for (size_t i = 0; i < step->now.items.count; i++) {
    enum route_need need = route_need(advice->route, index, i);
    if (need != ROUTE_FINE && !say_on_way(advice, step, i, need, err))
      return false;
  }
  return say_move(advice, step, err) && say_trouble(advice, step, err);
}

static bool say_accepted(struct advice *advice, struct error *err) {
  bool headed = false;
  for (size_t i = 0; i < advice->route->accepted.items.count; i++) {
    enum route_need need = route_need_accepted(advice->route, i);
    if (need == ROUTE_FINE)
      continue;
    if (!headed)
      text_append(&advice->call->text, translate("before anything of it is saved\n"));
    headed = true;
    if (!say_need(advice, NULL, list_at(&advice->route->accepted.items, i), need, err))
      return false;
  }
  return true;
}

static bool say_refusal(const struct advice *advice, struct error *err) {
  const struct entry entry = {
      .what = refused, .stage = goal_of(advice->route)->name, .detail = advice->route->refusal};
  text_format(&advice->call->text, translate("  there is no such way: %s\n"), entry.detail);
  return add_row(advice, &entry, err);
}

static bool say_way(struct advice *advice, struct error *err) {
  const struct list *steps = &advice->route->steps;
  if (!say_accepted(advice, err))
    return false;
  for (size_t i = 0; i < steps->count; i++)
    if (!say_step(advice, i, err))
      return false;
  return true;
}

static const char *const columns[] = {N_("what"), N_("stage"), N_("line"),  N_("criterion"),
                                      N_("text"), N_("place"), N_("detail")};

static bool begin(struct call *call, struct error *err) {
  static const char *const whats[] = {do_line, move_line, by_itself, ask_again, broken, refused};
  if (!call_begin_result(call, "why_not", "", err))
    return false;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (!result_add_column(&call->result, columns[i], translate(columns[i]), FIELD_TEXT, err))
      return false;
  for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
    if (!result_add_word(list_at(&call->result.columns, 0), whats[i], translate(whats[i]), err))
      return false;
  return true;
}

static bool say(struct advice *advice, struct error *err) {
  const struct route *route = advice->route;
  const struct route_step *first = list_at(&route->steps, 0);
  subject_append(&advice->call->text, advice->record);
  text_format(&advice->call->text, ": %s%s%s %s\n", shown(advice, first->from),
              first->from ? " " : "", arrow(), shown(advice, goal_of(route)));
  return route->refusal ? say_refusal(advice, err) : say_way(advice, err);
}

static void release_said(struct list *said) {
  for (size_t i = 0; i < said->count; i++)
    memory_free(*(char **)list_at(said, i));
  list_release(said);
}

static bool answer(struct call *call, struct record *record, struct error *err) {
  struct engine *engine = call->session->engine;
  const struct process *process = engine_process_of(engine, record);
  const char *to = call_word(call, 1);
  struct route route = {0};
  struct advice advice = {
      .call = call, .record = record, .route = &route, .said = {.size = sizeof(char *)}};
  if (!process)
    return process_refuse_none(engine, record, err);
  bool done = begin(call, err) &&
              route_find(&route, engine, record, to ? to : route_goal(process), err) &&
              say(&advice, err);
  release_said(&advice.said);
  route_release(&route);
  return done;
}

bool why_not_run(struct call *call, struct error *err) {
  struct record record;
  if (!call_expect(call, 1, 2, err) || !subject_load(call, call_word(call, 0), &record, err))
    return false;
  bool done = answer(call, &record, err);
  record_release(&record);
  return done;
}
