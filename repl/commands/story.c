#include "repl/commands/story.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/process.h"
#include "engine/title.h"
#include "model/history.h"
#include "model/record.h"
#include "model/spine.h"
#include "repl/commands/around.h"
#include "repl/format/cell.h"
#include "repl/terminal.h"
#include "repl/view.h"

enum { STORY_MOST = 200 }; /* events, unless --limit says more */

/* One line of the story: a change, a transition, what happened around it; else its beginning. */
struct event {
  int64_t tx; /* 0: of no unit that is told */
  instant at;
  size_t order; /* as read: keeps events of one unit in their order */
  const struct change *change;
  const struct transition *transition;
  const struct happening *happening;
};

struct story {
  struct call *call;
  const struct kind *kind; /* of the record; NULL when it is gone with its kind */
  struct change *changes;
  size_t change_count;
  struct transition *transitions;
  size_t transition_count;
  struct around around;
  struct list events; /* of struct event */
  const char *arrow;
  int64_t most; /* events that are told */
};

/* In one second a unit stays together; what happened around it is told behind. */
static int compare_events(const void *left, const void *right) {
  const struct event *a = left, *b = right;
  if (a->at != b->at)
    return a->at < b->at ? -1 : 1;
  if (!a->happening != !b->happening)
    return a->happening ? 1 : -1;
  if (a->tx != b->tx)
    return a->tx < b->tx ? -1 : 1;
  return a->order < b->order ? -1 : 1;
}

static bool add_event(struct story *story, struct event event, struct error *err) {
  struct event *slot = list_add(&story->events, err);
  if (!slot)
    return false;
  event.order = story->events.count;
  *slot = event;
  return true;
}

/* A stage's change is told by its transition, a currency's by its amount. */
static bool is_told_elsewhere(const struct story *story, const struct change *change) {
  const struct field *field = story->kind ? kind_field(story->kind, change->field) : NULL;
  size_t length = strlen(change->field), tail = strlen("_currency");
  if (!field)
    return length > tail && strcmp(change->field + length - tail, "_currency") == 0;
  for (size_t i = 0; field->flags & FIELD_ENGINE && i < story->transition_count; i++)
    if (story->transitions[i].tx == change->tx)
      return true;
  return false;
}

static bool collect_own(struct story *story, int64_t record, struct error *err) {
  struct book *book = session_book(story->call->session);
  bool done =
      change_list(book, CHANGE_OF_RECORD, record, &story->changes, &story->change_count, err) &&
      transition_list(book, record, &story->transitions, &story->transition_count, err);
  for (size_t i = 0; done && i < story->change_count; i++) {
    const struct change *change = &story->changes[i];
    const struct event event = {.tx = change->tx, .at = change->at, .change = change};
    done = is_told_elsewhere(story, change) || add_event(story, event, err);
  }
  for (size_t i = 0; done && i < story->transition_count; i++) {
    const struct transition *transition = &story->transitions[i];
    const struct event event = {
        .tx = transition->tx, .at = transition->at, .transition = transition};
    done = add_event(story, event, err);
  }
  return done;
}

/* How it began, in the unit that put it at the start of its process, as no change tells of it. */
static bool add_beginning(struct story *story, int64_t record, struct error *err) {
  struct event beginning = {0};
  if (!spine_since(session_book(story->call->session), record, &beginning.at, err))
    return false;
  for (size_t i = 0; i < story->transition_count; i++) {
    const struct transition *first = &story->transitions[i];
    if (!first->from_stage && first->at == beginning.at)
      beginning.tx = first->tx;
  }
  if (!add_event(story, beginning, err))
    return false;
  struct event *added = list_at(&story->events, story->events.count - 1);
  added->order = 0;
  return true;
}

/* How it began, and what happened around it. */
static bool collect_around(struct story *story, int64_t record, struct error *err) {
  story->around.most = story->most;
  if (!add_beginning(story, record, err) ||
      !around_collect(&story->around, story->call, story->kind, record, err))
    return false;
  for (size_t i = 0; i < story->around.happenings.count; i++) {
    const struct happening *happening = list_at(&story->around.happenings, i);
    if (!add_event(story, (struct event){.at = happening->at, .happening = happening}, err))
      return false;
  }
  return true;
}

/* The newest ones, oldest first. */
static bool collect(struct story *story, int64_t record, struct error *err) {
  bool around = story->kind && !call_has(story->call, "changes");
  if (!collect_own(story, record, err) || (around && !collect_around(story, record, err)))
    return false;
  if (story->events.count > 1)
    qsort(story->events.items, story->events.count, sizeof(struct event), compare_events);
  return true;
}

static void story_release(struct story *story) {
  for (size_t i = 0; i < story->change_count; i++)
    change_release(&story->changes[i]);
  for (size_t i = 0; i < story->transition_count; i++)
    transition_release(&story->transitions[i]);
  memory_free(story->changes);
  memory_free(story->transitions);
  around_release(&story->around);
  list_release(&story->events);
}

/* Money is two columns; the currency's change tells its own, else it is what the record has now. */
static const char *currency_of(const struct story *story, const struct change *change, bool old) {
  struct text column = {0};
  const char *found = NULL;
  text_format(&column, "%s_currency", change->field);
  for (size_t i = 0; i < story->change_count && !found; i++) {
    const struct change *other = &story->changes[i];
    const struct value *side = old ? &other->old : &other->new;
    if (other->tx == change->tx && strcmp(other->field, text_string(&column)) == 0 &&
        side->type == VALUE_TEXT)
      found = side->as.text.data;
  }
  text_release(&column);
  return found ? found : session_book(story->call->session)->currency;
}

static void append_reference(const struct story *story, int64_t id, struct text *out) {
  struct record target;
  struct error ignored;
  text_format(out, "#%lld", (long long)id);
  if (!record_load(&target, session_book(story->call->session), NULL, id, &ignored))
    return; /* deleted since: the number says it */
  text_append_char(out, ' ');
  record_append_name(out, &target);
  record_release(&target);
}

static void append_value(const struct story *story, const struct change *change, bool old,
                         struct text *out) {
  const struct value *value = old ? &change->old : &change->new;
  const struct field *field = story->kind ? kind_field(story->kind, change->field) : NULL;
  struct value money = {.type = VALUE_MONEY};
  struct error ignored;
  if (value_is_null(value)) {
    text_append(out, translate("unset"));
  } else if (field && field->type == FIELD_REF && value->type == VALUE_INTEGER) {
    append_reference(story, value->as.integer, out);
  } else if (field && field->type == FIELD_MONEY && value->type == VALUE_INTEGER &&
             money_from_minor(&money.as.money, value->as.integer, currency_of(story, change, old),
                              &ignored)) {
    value_append(out, &money);
  } else if (field && value->type == VALUE_TEXT && value->as.text.length) {
    text_append(out, title_of_value(story->call->session->engine, field, value->as.text.data));
  } else {
    value_append(out, value);
  }
}

/* In English fields are called as they are typed. */
static const char *shown_name(const struct field *field) {
  return translate_twin(field->name, field->title_ru);
}

static void describe_change(const struct story *story, const struct change *change,
                            struct text *out) {
  const struct field *field = story->kind ? kind_field(story->kind, change->field) : NULL;
  text_format(out, "%s: ", field ? shown_name(field) : change->field);
  append_value(story, change, true, out);
  text_format(out, " %s ", story->arrow);
  append_value(story, change, false, out);
}

/* The largest unit of the stay; moves within one minute had none. */
static void append_stay(struct text *out, int64_t seconds) {
  int64_t days = seconds / 86400, hours = seconds % 86400 / 3600, minutes = seconds % 3600 / 60;
  if (days)
    text_format(out, translate(" after %lld d"), (long long)days);
  else if (hours)
    text_format(out, translate(" after %lld h"), (long long)hours);
  else if (minutes)
    text_format(out, translate(" after %lld min"), (long long)minutes);
}

static void describe_transition(const struct story *story, const struct transition *transition,
                                struct text *out) {
  const struct engine *engine = story->call->session->engine;
  const char *moved = transition->process;
  const struct process *process = engine_process(engine, moved);
  text_format(out, "%s: ", process ? translate_twin(moved, process->title_ru) : moved);
  if (transition->from_stage)
    text_format(out, "%s %s ", title_of_stage(engine, moved, transition->from_stage), story->arrow);
  bool stands = transition->to_stage && *transition->to_stage;
  text_append(out,
              stands ? title_of_stage(engine, moved, transition->to_stage) : translate("unset"));
  if (transition->outcome)
    text_format(out, " [%s]", translate(transition->outcome));
  if (transition->seconds >= 0 && transition->from_stage)
    append_stay(out, transition->seconds);
  if (transition->reason)
    text_format(out, " (%s)", transition->reason);
}

static void describe(const struct story *story, const struct event *event, struct text *out) {
  if (event->change)
    describe_change(story, event->change, out);
  else if (event->transition)
    describe_transition(story, event->transition, out);
  else
    text_append(out, event->happening ? event->happening->what : translate("created"));
}

static void append_heading(struct text *out, const struct unit *unit) {
  text_format(out, "#%lld  ", (long long)unit->tx);
  cell_append_instant(out, unit->at);
  text_format(out, "  %s  %s", unit->actor ? unit->actor : "", unit->command ? unit->command : "");
  if (unit->reason)
    text_format(out, translate("  because: %s"), unit->reason);
  if (unit->undoes)
    text_format(out, translate("  (undoes #%lld)"), (long long)unit->undoes);
  if (unit->undone_by)
    text_format(out, translate("  (undone by #%lld)"), (long long)unit->undone_by);
  text_append_char(out, '\n');
}

static bool tell_unit(struct story *story, int64_t tx, struct error *err) {
  struct unit unit = {0};
  if (!unit_load(&unit, session_book(story->call->session), tx, err))
    return false;
  append_heading(&story->call->text, &unit);
  unit_release(&unit);
  return true;
}

static bool add_row(struct story *story, const struct event *event, const char *what,
                    struct error *err) {
  const struct value cells[] = {event->tx ? value_integer(event->tx) : value_null(),
                                value_instant(event->at), value_text(what)};
  int64_t record = event->happening ? event->happening->record : 0;
  struct result_row *row = result_add_row(&story->call->result, record, err);
  return row && result_set(row, 0, &cells[0], err) && result_set(row, 1, &cells[1], err) &&
         result_set(row, 2, &cells[2], err);
}

/* An event dated differently from its unit (imported history) says its own date. */
static bool tell_event(struct story *story, const struct event *event, struct error *err) {
  struct text what = {0};
  describe(story, event, &what);
  text_append(&story->call->text, "    ");
  cell_append_instant(&story->call->text, event->at);
  text_format(&story->call->text, "  %s\n", text_string(&what));
  bool done = add_row(story, event, text_string(&what), err);
  text_release(&what);
  return done;
}

static size_t first_told(struct story *story) {
  size_t count = story->events.count, most = (size_t)story->most;
  if (count <= most)
    return 0;
  text_format(&story->call->text,
              translate_plural("only the newest %lld event; --limit shows more\n",
                               "only the newest %lld events; --limit shows more\n", story->most),
              (long long)story->most);
  return count - most;
}

static bool tell(struct story *story, struct error *err) {
  struct result *result = &story->call->result;
  if (!result_add_column(result, "unit", translate("unit"), FIELD_REF, err) ||
      !result_add_column(result, "at", translate("at"), FIELD_INSTANT, err) ||
      !result_add_column(result, "what", translate("what"), FIELD_TEXT, err))
    return false;
  int64_t tx = 0;
  size_t first = first_told(story);
  result->cut_from = first || story->around.more ? RESULT_CUT_UNKNOWN : 0;
  for (size_t i = first; i < story->events.count; i++) {
    const struct event *event = list_at(&story->events, i);
    if (event->tx && event->tx != tx && !tell_unit(story, event->tx, err))
      return false;
    tx = event->tx ? event->tx : tx;
    if (!tell_event(story, event, err))
      return false;
  }
  if (!story->events.count)
    text_append(&story->call->text, translate("nothing happened to it since it was created\n"));
  return true;
}

static bool read_most(struct story *story, struct error *err) {
  struct settings *settings = &story->call->settings;
  if (settings->limit && !view_limit(settings->limit, &story->most, err))
    return false;
  if (story->most > INT32_MAX)
    story->most = INT32_MAX;
  settings->limit = NULL; /* it is the newest ones that are told */
  return true;
}

bool story_tell(struct call *call, int64_t record, struct error *err) {
  struct story story = {.call = call,
                        .events = {.size = sizeof(struct event)},
                        .arrow = terminal_arrow(),
                        .most = STORY_MOST};
  struct error ignored;
  record_kind_of(session_book(call->session), record, &story.kind, &ignored);
  bool done = read_most(&story, err) && call_begin_result(call, "history", "", err) &&
              collect(&story, record, err) && tell(&story, err);
  story_release(&story);
  return done;
}

static bool add_unit(struct call *call, const struct unit *unit, struct error *err) {
  struct value cells[] = {
      value_integer(unit->tx),
      value_instant(unit->at),
      value_text(unit->actor),
      value_text(unit->command),
      value_text(unit->reason),
      unit->undoes ? value_integer(unit->undoes) : value_null(),
      unit->undone_by ? value_integer(unit->undone_by) : value_null(),
      unit->refused ? value_boolean(true) : value_null(),
  };
  struct result_row *row = result_add_row(&call->result, 0, err);
  bool done = row != NULL;
  for (int i = 0; done && i < (int)(sizeof cells / sizeof *cells); i++)
    done = result_set(row, i, &cells[i], err);
  return done;
}

static bool add_columns(struct result *result, struct error *err) {
  return result_add_column(result, "unit", translate("unit"), FIELD_REF, err) &&
         result_add_column(result, "at", translate("at"), FIELD_INSTANT, err) &&
         result_add_column(result, "actor", translate("who"), FIELD_TEXT, err) &&
         result_add_column(result, "command", translate("command"), FIELD_TEXT, err) &&
         result_add_column(result, "reason", translate("reason"), FIELD_TEXT, err) &&
         result_add_column(result, "undoes", translate("undoes"), FIELD_REF, err) &&
         result_add_column(result, "undone_by", translate("undone by"), FIELD_REF, err) &&
         result_add_column(result, "refused", translate("refused"), FIELD_BOOLEAN, err);
}

bool story_units(struct call *call, int64_t limit, struct error *err) {
  struct unit *units = NULL;
  size_t count = 0;
  int64_t more = limit < INT64_MAX ? limit + 1 : limit; /* one more says whether there are more */
  if (!call_begin_result(call, "history", "", err) || !add_columns(&call->result, err) ||
      !unit_list(session_book(call->session), more, &units, &count, err))
    return false;
  bool done = true;
  call->result.cut_from = (int64_t)count > limit ? RESULT_CUT_UNKNOWN : 0;
  for (size_t i = 0; i < count; i++) {
    done = done && ((int64_t)i >= limit || add_unit(call, &units[i], err));
    unit_release(&units[i]);
  }
  memory_free(units);
  return done;
}
