#include "repl/commands/listing.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/view.h"

enum { TELLING_COLUMNS = 7 };

const struct option_entry listing_options[] = {
    {"where", 0, N_("CONDITION"), N_("a condition, as field=value; may be repeated"), 0},
    {NULL,    0, NULL,            NULL,                                               0},
};

static const struct catalog *catalog_of(const struct call *call) {
  return call->session->engine->book->catalog;
}

const struct kind *listing_kind(const struct call *call, const char *word) {
  return word ? catalog_kind(catalog_of(call), word) : NULL;
}

bool listing_is_machine(const struct call *call) {
  const struct settings *settings = &call->settings;
  const struct format *format =
      call->session->output.path ? format_of_file(call->session->output.path) : NULL;
  struct error ignored; /* an unknown format fails where the answer is written */
  if (settings->format && !format_find(settings->format, &format, &ignored))
    return false;
  return call->by_script || (format && format->machine);
}

static bool add_conditions(struct call *call, size_t first, struct query *query,
                           struct error *err) {
  for (size_t i = first; i < call_count(call); i++)
    if (!query_where_word(query, call_word(call, i), err))
      return false;
  for (size_t i = 0; i < call->options.count; i++) {
    const struct option_value *value = list_at(&call->options, i);
    if (strcmp(value->entry->name, "where") == 0 && !query_where_word(query, value->word, err))
      return false;
  }
  return true;
}

bool listing_query(struct call *call, const struct kind *kind, size_t first, struct query **out,
                   struct error *err) {
  struct query *query = NULL;
  if (!query_new(&query, call->session->engine->book, kind, err))
    return false;
  if (!add_conditions(call, first, query, err)) {
    query_free(query);
    return false;
  }
  *out = query;
  return true;
}

static bool select_named(struct query *query, const char *words, struct error *err) {
  struct text name = {0};
  bool ignored = false, done = true;
  while (done && view_next(&words, &name, &ignored))
    done = query_select(query, text_string(&name), text_string(&name), err);
  text_release(&name);
  return done;
}

/* Fields that a workspace adds to a built-in kind are details; those of its own kinds are all there
 * is. */
static bool is_telling(const struct kind *kind, const struct field *field) {
  unsigned details = FIELD_LONG | (kind->custom ? 0 : FIELD_CUSTOM);
  return !(field->flags & details) && strcmp(field->name, "external_id") != 0;
}

static bool select_fields(struct query *query, bool every, struct error *err) {
  const struct kind *kind = query_kind(query);
  int chosen = 0;
  if (every && !query_select(query, "id", "id", err))
    return false;
  if (kind->name_field && !query_select(query, kind->name_field, kind->name_field, err))
    return false;
  for (int i = 0; i < kind->field_count && (every || chosen < TELLING_COLUMNS); i++) {
    const struct field *field = kind->fields[i];
    bool is_name = kind->name_field && strcmp(field->name, kind->name_field) == 0;
    if (!field_is_stored(field) || is_name || !(every || is_telling(kind, field)))
      continue;
    if (!query_select(query, field->name, field->name, err))
      return false;
    chosen++;
  }
  return true;
}

static bool order(struct query *query, const char *words, struct error *err) {
  struct text name = {0};
  bool descending = false, done = true;
  while (done && view_next(&words, &name, &descending))
    done = query_order(query, text_string(&name), descending, err);
  text_release(&name);
  return done;
}

/* What the query has done must not be done again to its result. */
static void settle(struct settings *settings) {
  settings->columns = settings->sort = settings->limit = NULL;
}

static bool shape(struct call *call, struct query *query, bool every, struct error *err) {
  struct settings *settings = &call->settings;
  int64_t limit = -1;
  bool selected = settings->columns ? select_named(query, settings->columns, err)
                                    : select_fields(query, every, err);
  if (!selected || !order(query, settings->sort ? settings->sort : "id", err))
    return false;
  if (settings->limit && !view_limit(settings->limit, &limit, err))
    return false;
  query_limit(query, limit, 0);
  settle(settings);
  return true;
}

static bool run(struct call *call, struct query *query, struct error *err) {
  return call_begin_result(call, query_kind(query)->plural, "", err) &&
         result_from_query(&call->result, call->session->engine, query, err);
}

/* People see the columns that hold something; programs get every column and where the rows are
 * from. */
bool listing_run(struct call *call, struct query *query, bool every, struct error *err) {
  bool chosen = call->settings.columns != NULL;
  if (!shape(call, query, every, err) || !run(call, query, err))
    return false;
  if (listing_is_machine(call))
    return result_stamp(&call->result, call->session->engine, call->line, err);
  return chosen || every || view_drop_empty(&call->result, err);
}
