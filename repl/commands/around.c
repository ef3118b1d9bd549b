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

void happening_release(struct happening *happening) {
  memory_free(happening->what);
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
  struct text name = {0}, number = {0};
  if (telling->words[0])
    append_fields(out, engine, record, telling->words, "", ", ");
  else
    text_append_lower(out, kind, strlen(kind));
  record_append_name(&name, record);
  text_format(&number, "%s #%lld", record->kind->name, (long long)record->id);
  text_format(out, " #%lld", (long long)record->id);
  if (strcmp(text_string(&name), text_string(&number)) != 0)
    text_format(out, ": %s", text_string(&name));
  text_release(&name);
  text_release(&number);
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

/* The newest records that the field leads from. */
static bool find(struct book *book, const struct kind *kind, const struct field *field,
                 int64_t record, int64_t most, int64_t **ids, size_t *count, struct error *err) {
  struct query *query = NULL;
  struct condition *condition = NULL;
  const struct value id = value_integer(record);
  if (!query_new(&query, book, kind, err))
    return false;
  bool done = condition_compare(&condition, query, field->name, COMPARE_EQUAL, &id, err) &&
              query_where(query, condition, err) && query_order(query, "id", true, err);
  query_limit(query, most, 0);
  done = done && query_ids(query, book, ids, count, err);
  query_free(query);
  return done;
}

/* Of an owner everything would be told: belonging is the field of the kind's own name. */
static bool belongs(const struct field *field, const struct kind *to) {
  return field && field->type == FIELD_REF && field_is_stored(field) &&
         strcmp(field->target, to->name) == 0;
}

bool around_collect(struct call *call, const struct kind *kind, int64_t record, int64_t most,
                    struct list *out, bool *more, struct error *err) {
  struct book *book = session_book(call->session);
  for (int k = 0; k < catalog_count(book->catalog); k++) {
    const struct kind *other = catalog_at(book->catalog, k);
    const struct field *field = kind_field(other, kind->name);
    int64_t *ids = NULL;
    size_t count = 0;
    if (!belongs(field, kind))
      continue;
    bool done = find(book, other, field, record, most, &ids, &count, err);
    *more = *more || (done && (int64_t)count == most);
    for (size_t i = count; done && i-- > 0;)
      done = add_record(call, other, ids[i], out, err);
    memory_free(ids);
    if (!done)
      return false;
  }
  return true;
}
