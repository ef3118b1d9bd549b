#include "repl/commands/glance.h"

#include <string.h>

#include "base/translate.h"
#include "engine/verb.h"
#include "model/search.h"
#include "repl/commands/differences.h"
#include "repl/commands/listing.h"
#include "repl/commands/subject.h"

static bool group_by_currency(struct query *query, const struct field *worth, struct error *err) {
  struct text path = {0};
  text_format(&path, "%s.currency", worth->name);
  bool done = text_check(&path, err) && query_group(query, "currency", text_string(&path), err) &&
              query_aggregate(query, "worth",
                              &(struct aggregate_spec){AGGREGATE_SUM, worth->name, 0, NULL}, err);
  text_release(&path);
  return done;
}

static bool add_row(struct effect_part *size, const struct value *values, bool has_worth,
                    struct error *err) {
  const struct value *worth = &values[has_worth ? 1 : 0];
  const struct value *count = &values[has_worth ? 2 : 0];
  size->count += count->type == VALUE_INTEGER ? count->as.integer : 0;
  if (!has_worth || worth->type != VALUE_MONEY)
    return true;
  struct money *slot = list_add(&size->worth, err);
  if (slot)
    *slot = worth->as.money;
  return slot != NULL;
}

/* Takes the query over. */
static bool measure(struct call *call, struct query *query, struct effect_part *size,
                    struct error *err) {
  const struct field *worth = effect_worth_field(query_kind(query));
  const struct value *values = NULL;
  struct cursor *cursor = NULL;
  *size = (struct effect_part){.kind = query_kind(query), .worth = {.size = sizeof(struct money)}};
  bool done = (!worth || group_by_currency(query, worth, err)) &&
              query_aggregate(query, "count",
                              &(struct aggregate_spec){AGGREGATE_COUNT, NULL, 0, NULL}, err) &&
              query_run(query, session_book(call->session), &cursor, err);
  while (done && (done = cursor_next(cursor, &values, err)) && values)
    done = add_row(size, values, worth != NULL, err);
  cursor_close(cursor);
  query_free(query);
  return done;
}

static bool glance_query(struct call *call, struct query *query, struct text *out,
                         struct error *err) {
  struct effect_part size;
  bool done = measure(call, query, &size, err);
  if (done)
    differences_append_part(out, &size);
  list_release(&size.worth);
  return done;
}

/* An index of words that is behind would find too few, and nothing is written here. */
static bool can_search(struct call *call, struct error *err) {
  bool behind = false;
  return !listing_searches(call) ||
         (search_is_behind(session_book(call->session), &behind, err) && !behind);
}

bool glance_list(struct call *call, struct text *out, struct error *err) {
  const struct kind *kind = listing_kind(call, call_word(call, 0));
  struct query *query = NULL;
  return kind && can_search(call, err) && listing_query(call, kind, 1, &query, err) &&
         glance_query(call, query, out, err);
}

static bool glance_found(struct call *call, const struct kind *kind, const char *words,
                         struct text *out, struct error *err) {
  struct query *query = NULL;
  struct effect_part size;
  if (!query_new(&query, session_book(call->session), kind, err))
    return false;
  if (!query_where_word(query, words, err)) {
    query_free(query);
    return false;
  }
  bool done = measure(call, query, &size, err);
  if (done && size.count) {
    text_append(out, out->length ? ", " : "");
    differences_append_part(out, &size);
  }
  list_release(&size.worth);
  return done;
}

/* Words alone are found in records of every kind. */
static bool glance_words(struct call *call, struct text *out, struct error *err) {
  const struct catalog *catalog = session_book(call->session)->catalog;
  struct text words = {0}, found = {0};
  text_append_char(&words, '~');
  listing_append_words(call, &words);
  bool done = text_check(&words, err);
  for (int i = 0; done && i < catalog_count(catalog); i++)
    done = glance_found(call, catalog_at(catalog, i), text_string(&words), &found, err);
  if (done && !found.length)
    text_format(&found, translate_plural("%lld record", "%lld records", 0), 0LL);
  if (done)
    text_append(out, text_string(&found));
  text_release(&words);
  text_release(&found);
  return done;
}

bool glance_find(struct call *call, struct text *out, struct error *err) {
  struct query *query = NULL;
  if (!call_count(call) || !can_search(call, err) || !listing_find(call, &query, err))
    return false;
  return query ? glance_query(call, query, out, err) : glance_words(call, out, err);
}

static bool has_conditions(const struct call *call) {
  return listing_kind(call, call_word(call, 0)) && call_has(call, "where");
}

static bool glance_many(struct call *call, struct text *out, struct error *err) {
  struct query *query = NULL;
  return listing_query(call, listing_kind(call, call_word(call, 0)), call_count(call), &query,
                       err) &&
         glance_query(call, query, out, err);
}

bool glance_append_name(struct call *call, int64_t id, struct text *out, struct error *err) {
  struct record record;
  if (!record_load(&record, session_book(call->session), NULL, id, err))
    return false;
  subject_append(out, &record);
  record_release(&record);
  return true;
}

bool glance_append_ids(struct call *call, const struct list *ids, struct text *out,
                       struct error *err) {
  if (ids->count == 1)
    return glance_append_name(call, *(int64_t *)list_at(ids, 0), out, err);
  text_format(out, translate_plural("%lld record", "%lld records", (int64_t)ids->count),
              (long long)ids->count);
  return true;
}

/* What is only typed is not what _ means. */
bool glance_ids(struct call *call, struct list *ids, struct error *err) {
  int64_t recent = call->session->recent;
  size_t next = 0;
  bool done = subject_list(call, ids, &next, err);
  call->session->recent = recent;
  return done;
}

static bool glance_subjects(struct call *call, struct text *out, struct error *err) {
  struct list ids;
  if (!glance_ids(call, &ids, err))
    return false;
  bool done = glance_append_ids(call, &ids, out, err);
  list_release(&ids);
  return done;
}

bool glance_set(struct call *call, struct text *out, struct error *err) {
  struct text size = {0};
  bool many = has_conditions(call);
  bool done = many ? glance_many(call, &size, err) : glance_subjects(call, &size, err);
  if (done && many)
    text_format(out, translate("changes %s"), text_string(&size));
  else if (done)
    text_append(out, text_string(&size));
  text_release(&size);
  return done;
}

bool glance_delete(struct call *call, struct text *out, struct error *err) {
  struct text size = {0};
  bool done =
      has_conditions(call) ? glance_many(call, &size, err) : glance_subjects(call, &size, err);
  if (done)
    text_format(out, translate("deletes %s"), text_string(&size));
  text_release(&size);
  return done;
}

/* Of a command of the workspace: the record that its first parameter with one leads to. */
static bool find_declared(struct call *call, int64_t *id, struct error *err) {
  const struct verb *verb = call->command->declared;
  struct declared_words given = {0};
  bool found = false;
  if (declared_assign(verb, call->session->engine, call->words.items, call_count(call), &given,
                      err))
    for (size_t i = 0; !found && i < verb->params.count; i++) {
      const struct field *param = list_at(&verb->params, i);
      found = param->type == FIELD_REF && given.of[i] &&
              session_param_id(call->session, given.of[i], param, id, err);
    }
  declared_words_release(&given);
  return found;
}

static bool find_subject(struct call *call, int64_t *id, struct error *err) {
  if (call->command->declared)
    return find_declared(call, id, err);
  const struct kind *kind = listing_kind(call, call_word(call, 0));
  const char *word = call_word(call, kind != NULL);
  return word && session_record_id(call->session, word, kind, id, err);
}

bool glance_subject(struct call *call, struct text *out, struct error *err) {
  int64_t id = 0;
  return find_subject(call, &id, err) && glance_append_name(call, id, out, err);
}
