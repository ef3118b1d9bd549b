#include "repl/commands/around.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/process.h"
#include "engine/title.h"
#include "model/history.h"
#include "model/query.h"
#include "model/spine.h"
#include "repl/commands/differences.h"
#include "repl/terminal.h"

enum { NAMES_MAX = 3 };

/* How records of a kind are told; of the others it is told that and when they came to be. */
static const struct telling {
  const char *kind;
  const char *moments[NAMES_MAX]; /* fields that say when: the first that is set */
  const char *words[NAMES_MAX];   /* fields in place of the kind's name: "call, held" */
  const char *behind[NAMES_MAX];  /* fields behind the name */
} tellings[] = {
    {"activity", {"done_at", "due"}, {"type", "state"}, {"outcome"}},
    {"deal",     {"opened_on"},      {NULL},            {"amount"} },
    {"response", {"received_at"},    {"type"},          {"outcome"}},
};

static const struct telling *telling_of(const struct kind *kind) {
  static const struct telling plain = {0};
  for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++)
    if (strcmp(tellings[i].kind, kind->name) == 0)
      return &tellings[i];
  return &plain;
}

void around_release(struct around *around) {
  for (size_t i = 0; i < around->happenings.count; i++)
    memory_free(((struct happening *)list_at(&around->happenings, i))->what);
  list_release(&around->happenings);
}

static const struct value *value_of(const struct record *record, const char *name) {
  static const struct value unset = {0};
  const struct field *field = kind_field(record->kind, name);
  return field ? &record->values[field->position] : &unset;
}

static bool moment_of(struct book *book, const struct record *record, instant *at,
                      struct error *err) {
  const struct telling *telling = telling_of(record->kind);
  for (int i = 0; i < NAMES_MAX && telling->moments[i]; i++) {
    const struct value *value = value_of(record, telling->moments[i]);
    if (value->type == VALUE_INSTANT)
      *at = value->as.at;
    else if (value->type == VALUE_DATE)
      *at = date_instant(value->as.day);
    else
      continue;
    return true;
  }
  return spine_since(book, record->id, at, err);
}

static void append_fields(struct text *out, const struct engine *engine,
                          const struct record *record, const char *const *names, const char *before,
                          const char *between) {
  for (int i = 0; i < NAMES_MAX && names[i]; i++) {
    const struct field *field = kind_field(record->kind, names[i]);
    if (!field || value_is_null(&record->values[field->position]))
      continue;
    text_append(out, before);
    differences_append_value(out, engine, field, &record->values[field->position]);
    before = between;
  }
}

/* "call, held #81: wants an offer – sent"; "deal #17: Scanners – 12,500.00 USD" */
static void describe(struct text *out, const struct engine *engine, const struct record *record) {
  const struct telling *telling = telling_of(record->kind);
  const char *kind = translate_twin(record->kind->name, record->kind->title_ru);
  if (telling->words[0])
    append_fields(out, engine, record, telling->words, "", ", ");
  else
    text_append_lower(out, kind, strlen(kind));
  text_format(out, " #%lld", (long long)record->id);
  if (record_is_named(record)) {
    text_append(out, ": ");
    record_append_name(out, record);
  }
  append_fields(out, engine, record, telling->behind, terminal_is_utf8() ? " – " : " - ", ", ");
}

/* Takes what was written. */
static bool add(struct list *out, int64_t record, instant at, struct text *what,
                struct error *err) {
  char *words = text_take(what, err);
  struct happening *happening = words ? list_add(out, err) : NULL;
  if (!happening) {
    memory_free(words);
    return false;
  }
  *happening = (struct happening){record, at, words};
  return true;
}

static enum stage_end end_of(const struct engine *engine, const struct transition *transition) {
  const struct process *process = engine_process(engine, transition->process);
  const struct stage *stage =
      process && transition->to_stage ? process_stage(process, transition->to_stage) : NULL;
  return stage && strcmp(transition->outcome ? transition->outcome : "", "refused") != 0
             ? stage->end
             : STAGE_OPEN;
}

/* How a sale ended is the story of its client, too. */
static bool add_ends(struct call *call, const struct record *record, struct list *out,
                     struct error *err) {
  const struct engine *engine = call->session->engine;
  struct transition *transitions = NULL;
  size_t count = 0;
  bool done = transition_list(engine->book, record->id, &transitions, &count, err);
  for (size_t i = 0; i < count; i++) {
    const struct transition *transition = &transitions[i];
    struct text what = {0};
    if (done && end_of(engine, transition) != STAGE_OPEN) {
      describe(&what, engine, record);
      text_format(&what, ": %s", title_of_stage(engine, transition->process, transition->to_stage));
      done = add(out, record->id, transition->at, &what, err);
    }
    text_release(&what);
    transition_release(&transitions[i]);
  }
  memory_free(transitions);
  return done;
}

static bool add_record(struct call *call, const struct kind *kind, int64_t id, struct list *out,
                       struct error *err) {
  struct engine *engine = call->session->engine;
  struct record record;
  struct text what = {0};
  instant at = 0;
  if (!record_load(&record, engine->book, kind, id, err))
    return false;
  describe(&what, engine, &record);
  bool done = moment_of(engine->book, &record, &at, err) && add(out, id, at, &what, err) &&
              add_ends(call, &record, out, err);
  text_release(&what);
  record_release(&record);
  return done;
}

/* Of an owner everything would be told: belonging is the field of the kind's own name. */
static const struct field *belonging(const struct kind *kind, const struct kind *to) {
  const struct field *field = kind_field(kind, to->name);
  bool belongs = field && field->type == FIELD_REF && field_is_stored(field) &&
                 strcmp(field->target, to->name) == 0;
  return belongs ? field : NULL;
}

/* The newest records that the field leads to this one. */
static bool find(struct query *query, struct book *book, const struct field *field, int64_t record,
                 struct list *out, struct error *err) {
  struct condition *condition = NULL;
  const struct value id = value_integer(record);
  int64_t *ids = NULL;
  size_t count = 0;
  bool done = condition_compare(&condition, query, field->name, COMPARE_EQUAL, &id, err) &&
              query_where(query, condition, err) && query_order(query, "id", true, err) &&
              query_ids(query, book, &ids, &count, err);
  for (size_t i = count; done && i-- > 0;) {
    int64_t *slot = list_add(out, err);
    done = slot != NULL;
    if (slot)
      *slot = ids[i];
  }
  memory_free(ids);
  return done;
}

static bool collect_kind(struct around *around, struct call *call, const struct kind *kind,
                         const struct field *field, int64_t record, struct error *err) {
  struct book *book = session_book(call->session);
  struct list ids = {.size = sizeof(int64_t)};
  struct query *query = NULL;
  if (!query_new(&query, book, kind, err))
    return false;
  query_limit(query, around->most, 0);
  bool done = find(query, book, field, record, &ids, err);
  query_free(query);
  around->more = around->more || (int64_t)ids.count == around->most;
  for (size_t i = 0; done && i < ids.count; i++)
    done = add_record(call, kind, *(int64_t *)list_at(&ids, i), &around->happenings, err);
  list_release(&ids);
  return done;
}

bool around_collect(struct around *around, struct call *call, const struct kind *kind,
                    int64_t record, struct error *err) {
  const struct catalog *catalog = session_book(call->session)->catalog;
  around->happenings.size = sizeof(struct happening);
  for (int k = 0; k < catalog_count(catalog); k++) {
    const struct kind *other = catalog_at(catalog, k);
    const struct field *field = belonging(other, kind);
    if (field && !collect_kind(around, call, other, field, record, err))
      return false;
  }
  return true;
}
