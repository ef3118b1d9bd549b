#include "repl/commands/listing.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/translate.h"
#include "model/condition_word.h"
#include "repl/terminal.h"
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
  const struct format *format = NULL;
  struct error ignored; /* an unknown format fails where the answer is written */
  if (!session_format(call->session, &call->settings, &format, &ignored))
    return false;
  return call->by_script || (format && format->machine);
}

/* "~word", "field~part", "field=value" */
static bool is_condition(const char *word) {
  size_t name = strspn(word, "abcdefghijklmnopqrstuvwxyz_0123456789.");
  return word[name] == '~' || strpbrk(word, "=<>") != NULL;
}

/* deal=%3 and deal=_ as deal=#42; *out stays empty when it is neither. */
static bool name_row(const struct call *call, const struct query *query, const char *word,
                     struct text *out, struct error *err) {
  struct condition_word parts = {0};
  struct path_info info;
  struct error ignored; /* what is no condition is told where it is read as one */
  const struct kind *kind = NULL;
  int64_t id = 0;
  if (*word == '~' || !condition_word_split(&parts, word, &ignored))
    return true;
  bool row = session_is_row_word(parts.value) && query_path(query, parts.path, &info, &ignored);
  if (row)
    kind = !info.field                     ? info.kind
           : info.field->type == FIELD_REF ? catalog_kind(catalog_of(call), info.field->target)
                                           : NULL;
  memory_free(parts.path);
  if (!kind)
    return true;
  if (!session_row_id(call, parts.value, kind, &id, err))
    return false;
  text_format(out, "%.*s#%lld", (int)(parts.value - word), word, (long long)id);
  return text_check(out, err);
}

static bool where(const struct call *call, struct query *query, const char *word,
                  struct error *err) {
  struct text named = {0};
  bool done = name_row(call, query, word, &named, err);
  if (done && named.length)
    done = query_where_word(query, text_string(&named), err) || error_blame(err, word);
  else if (done)
    done = query_where_word(query, word, err);
  text_release(&named);
  return done;
}

static bool add_options(struct call *call, struct query *query, struct error *err) {
  for (size_t i = 0; i < call->options.count; i++) {
    const struct option_value *value = list_at(&call->options, i);
    if (strcmp(value->entry->name, "where") == 0 && !where(call, query, value->word, err))
      return false;
  }
  return true;
}

static bool add_conditions(struct call *call, size_t first, struct query *query,
                           struct error *err) {
  for (size_t i = first; i < call_count(call); i++)
    if (!where(call, query, call_word(call, i), err))
      return false;
  return add_options(call, query, err);
}

/* Bare words are searched for together: the order of FTS is theirs. */
static bool add_words(struct call *call, size_t first, struct query *query, struct error *err) {
  struct text all = {0};
  bool done = true;
  for (size_t i = first; done && i < call_count(call); i++) {
    const char *word = call_word(call, i);
    if (is_condition(word))
      done = where(call, query, word, err);
    else
      text_format(&all, "%s%s", all.length ? " " : "~", word);
  }
  done = done && text_check(&all, err) &&
         (!all.length || query_where_word(query, text_string(&all), err)) &&
         add_options(call, query, err);
  text_release(&all);
  return done;
}

typedef bool (*add_fn)(struct call *call, size_t first, struct query *query, struct error *err);

static bool build(struct call *call, const struct kind *kind, size_t first, add_fn add,
                  struct query **out, struct error *err) {
  struct query *query = NULL;
  if (!query_new(&query, call->session->engine->book, kind, err))
    return false;
  if (!add(call, first, query, err)) {
    query_free(query);
    return false;
  }
  *out = query;
  return true;
}

bool listing_query(struct call *call, const struct kind *kind, size_t first, struct query **out,
                   struct error *err) {
  return build(call, kind, first, add_conditions, out, err);
}

bool listing_searches(const struct call *call) {
  for (size_t i = 0; i < call_count(call); i++) {
    const char *word = call_word(call, i);
    if (*word == '~' || (!is_condition(word) && !(i == 0 && listing_kind(call, word))))
      return true;
  }
  return false;
}

/* Conditions without a kind: nobody asks for anything else as often as for the command's. */
bool listing_find(struct call *call, struct query **out, struct error *err) {
  const struct kind *kind = listing_kind(call, call_word(call, 0));
  bool conditions = call_has(call, "where");
  *out = NULL;
  for (size_t i = 0; i < call_count(call); i++)
    conditions = conditions || (is_condition(call_word(call, i)) && *call_word(call, i) != '~');
  if (!kind && !conditions)
    return true;
  return build(call, kind ? kind : listing_kind(call, call->command->kind), kind != NULL, add_words,
               out, err);
}

void listing_append_words(const struct call *call, struct text *out) {
  for (size_t i = 0; i < call_count(call); i++) {
    const char *word = call_word(call, i);
    text_format(out, "%s%s", i ? " " : "", word + (*word == '~'));
  }
}

static bool select_named(struct query *query, const char *words, struct error *err) {
  struct text name = {0};
  bool ignored = false, done = true;
  while (done && view_next(&words, &name, &ignored))
    done = query_select(query, text_string(&name), text_string(&name), err) ||
           view_blame(words, &name, err);
  text_release(&name);
  return done;
}

/* Fields that a workspace adds to a built-in kind are details; those of its own kinds are all there
 * is. */
static bool is_telling(const struct kind *kind, const struct field *field) {
  unsigned details = FIELD_LONG | (kind->custom ? 0 : FIELD_CUSTOM);
  return !(field->flags & details) && strcmp(field->name, "external_id") != 0;
}

static bool is_shown(const struct kind *kind, const struct field *field, bool every) {
  return every || (field_is_stored(field) && is_telling(kind, field));
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
    if (is_name || !is_shown(kind, field, every))
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
    done = query_order(query, text_string(&name), descending, err) || view_blame(words, &name, err);
  text_release(&name);
  return done;
}

/* No statement sorts by a formula: the rows are sorted when they are there. */
static bool sorts_by_formula(const struct query *query, const char *words, bool *out,
                             struct error *err) {
  struct text name = {0};
  struct path_info info;
  bool descending = false, done = true;
  *out = false;
  while (done && view_next(&words, &name, &descending)) {
    if (strchr(text_string(&name), '('))
      continue; /* a period, not a field */
    done = query_path(query, text_string(&name), &info, err) || view_blame(words, &name, err);
    *out = *out || (done && info.field && info.field->flags & FIELD_FORMULA);
  }
  text_release(&name);
  return done;
}

static bool has_column(const struct query *query, const char *name) {
  for (int i = 0; i < query_column_count(query); i++)
    if (strcmp(query_column_at(query, i).name, name) == 0)
      return true;
  return false;
}

/* What the rows are sorted by is among the columns until they are sorted. */
static bool select_keys(struct query *query, const char *words, struct error *err) {
  struct text name = {0};
  bool ignored = false, done = true;
  while (done && view_next(&words, &name, &ignored))
    done = has_column(query, text_string(&name)) ||
           query_select(query, text_string(&name), text_string(&name), err);
  text_release(&name);
  return done;
}

/* Columns, order and limit (-1: none); *late holds what is left to do with the rows. */
static bool shape(struct call *call, struct query *query, bool every, struct settings *late,
                  int64_t *limit, struct error *err) {
  struct settings *settings = &call->settings;
  const char *sort = settings->sort ? settings->sort : "id";
  bool by_formula = false;
  bool selected = settings->columns ? select_named(query, settings->columns, err)
                                    : select_fields(query, every, err);
  if (!selected || !sorts_by_formula(query, sort, &by_formula, err))
    return false;
  if (settings->limit && !view_limit(settings->limit, limit, err))
    return false;
  if (by_formula) {
    *limit = -1;
    *late = (struct settings){
        .columns = settings->columns, .sort = settings->sort, .limit = settings->limit};
    return select_keys(query, sort, err);
  }
  query_limit(query, *limit, 0);
  return order(query, sort, err);
}

/* What is wrong with a formula is told to people below the rows, to programs beside them. */
static void tell_broken(struct call *call) {
  if (call->result.broken == 0)
    return;
  call->exit_code = 1;
  for (size_t i = 0; listing_is_machine(call) && i < call->result.notes.count; i++)
    text_format(&call->complaint, "%s\n", *(char **)list_at(&call->result.notes, i));
}

/* Counting all costs about as much as listing them: only who looks at a part is told of the whole.
 */
static bool count_cut(struct call *call, struct query *query, int64_t limit, struct error *err) {
  int64_t all = 0;
  const struct session *session = call->session;
  bool told =
      session->output.path ? terminal_is_error() : session_style(session, &call->settings).counts;
  if (!told || limit < 0 || call->result.rows.count < (size_t)limit)
    return true;
  query_limit(query, -1, 0);
  if (!query_count(query, session_book(session), &all, err))
    return false;
  call->result.cut_from = all > limit ? all : 0;
  return true;
}

static bool run(struct call *call, struct query *query, int64_t limit, struct error *err) {
  return call_begin_result(call, query_kind(query)->plural, "", err) &&
         result_from_query(&call->result, call->session->engine, query, err) &&
         count_cut(call, query, limit, err);
}

/* People see the columns that hold something; programs get every column and where the rows are
 * from. What the query has done must not be done again to its result. */
bool listing_run(struct call *call, struct query *query, bool every, struct error *err) {
  bool chosen = call->settings.columns != NULL;
  struct settings late = {0};
  int64_t limit = -1;
  if (!shape(call, query, every, &late, &limit, err) || !run(call, query, limit, err))
    return false;
  tell_broken(call);
  call->settings.columns = call->settings.sort = call->settings.limit = NULL;
  if (late.sort && !view_apply(&call->result, &late, NULL, err))
    return false;
  if (listing_is_machine(call))
    return result_stamp(&call->result, call->session->engine, call->line, err);
  return chosen || every || view_drop_empty(&call->result, err);
}
