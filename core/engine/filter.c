#include "engine/filter.h"

#include <string.h>

#include "base/memory.h"
#include "base/words.h"
#include "model/condition_word.h"

/* What a word names: one value, or the days of a period, whose ends may be open. */
struct span {
  struct value from, to; /* owned; the same for one value */
  bool has_from, has_to;
};

struct filter {
  const struct result *result;
  const struct result_column *column; /* NULL: the row's record */
  size_t index;                       /* of the column */
  struct condition_word word;
  const struct field_reading *reading;
  struct list spans; /* of struct span; none: "is unset" */
};

static void span_release(struct span *span) {
  value_release(&span->from);
  value_release(&span->to);
}

static void filter_release(struct filter *filter) {
  for (size_t i = 0; i < filter->spans.count; i++)
    span_release(list_at(&filter->spans, i));
  list_release(&filter->spans);
  memory_free(filter->word.path);
}

static bool find_column(struct filter *filter, struct error *err) {
  const char *name = filter->word.path;
  struct error unknown;
  bool found = result_find_column(filter->result, name, &filter->index, &unknown);
  if (!found && strcmp(name, "id") != 0 && strcmp(name, "#") != 0) {
    *err = unknown;
    return false;
  }
  filter->column = found ? list_at(&filter->result->columns, filter->index) : NULL;
  return true;
}

static enum field_type type_of(const struct filter *filter) {
  return filter->column ? filter->column->type : FIELD_REF;
}

static bool add_span(struct filter *filter, const struct span *span, struct error *err) {
  struct span *slot = list_add(&filter->spans, err);
  if (slot)
    *slot = *span;
  return slot != NULL;
}

/* Both ends own their text. */
static bool add_value(struct filter *filter, struct value *value, struct error *err) {
  struct span span = {.from = *value, .has_from = true, .has_to = true};
  *value = value_null();
  if (value_copy(&span.to, &span.from, err) && add_span(filter, &span, err))
    return true;
  span_release(&span);
  return false;
}

static bool is_same_text(const char *a, const char *b) {
  struct text left = {0}, right = {0};
  text_append_folded(&left, a, strlen(a));
  text_append_folded(&right, b, strlen(b));
  bool same = !left.failed && !right.failed && strcmp(text_string(&left), text_string(&right)) == 0;
  text_release(&left);
  text_release(&right);
  return same;
}

/* The value that people may know by its title; the word itself when it is none. */
static const char *value_called(const struct result_column *column, const char *word) {
  for (size_t i = 0; i < column->words.count; i++) {
    const struct result_word *known = list_at(&column->words, i);
    if (is_same_text(known->title, word) || is_same_text(known->value, word))
      return known->value;
  }
  for (char **known = column->order; known && *known; known++)
    if (is_same_text(*known, word))
      return *known;
  return word;
}

/* A word that the column is ordered by is one of those; a mistyped one must not be an empty answer.
 */
static bool check_choice(const struct result_column *column, const char *word, struct error *err) {
  size_t count = 0;
  for (; column->order && column->order[count]; count++)
    if (strcmp(column->order[count], word) == 0)
      return true;
  const char *near = text_suggest(word, (const char *const *)column->order, count);
  if (near)
    return error_set(err, ERROR_INVALID, "column '%s' has no '%s'; did you mean '%s'?",
                     column->name, word, near);
  return true; /* what is no longer declared may still stand there */
}

static bool read_text(struct filter *filter, const char *word, struct error *err) {
  const char *called = value_called(filter->column, word);
  struct value borrowed = value_text(called), value;
  return check_choice(filter->column, called, err) && value_copy(&value, &borrowed, err) &&
         add_value(filter, &value, err);
}

static bool read_by_type(struct filter *filter, const char *word, struct error *err) {
  struct field field = {.name = filter->word.path, .type = type_of(filter)};
  struct value value;
  if (field.type == FIELD_REF) /* holds a record's number */
    field.type = FIELD_INTEGER;
  if (field.type == FIELD_INTEGER && word[0] == '#')
    word++;
  return field_parse(&field, word, filter->reading, &value, err) && add_value(filter, &value, err);
}

/* A day is meant by its name, a moment only when it is written out. */
static bool read_time(struct filter *filter, const char *word, struct error *err) {
  struct date_range range;
  struct error ignored; /* what is no period may be a moment */
  date day;
  if (date_parse(&day, word, filter->reading->order, filter->reading->today, &ignored)) {
    struct value value = value_date(day);
    return add_value(filter, &value, err);
  }
  if (!date_range_parse(&range, word, filter->reading->today, &ignored))
    return read_by_type(filter, word, err);
  struct span span = {value_date(range.from), value_date(range.to), range.has_from, range.has_to};
  return add_span(filter, &span, err);
}

static bool is_text(const struct filter *filter) {
  enum field_type type = type_of(filter);
  return field_value_type(type) == VALUE_TEXT;
}

static bool read_item(struct filter *filter, const char *word, struct error *err) {
  enum field_type type = type_of(filter);
  if (type == FIELD_DATE || type == FIELD_INSTANT)
    return read_time(filter, word, err);
  return is_text(filter) ? read_text(filter, word, err) : read_by_type(filter, word, err);
}

static bool takes_list(const struct filter *filter) {
  enum field_type type = type_of(filter);
  bool equality =
      filter->word.compare == COMPARE_EQUAL || filter->word.compare == COMPARE_NOT_EQUAL;
  return equality && type != FIELD_MONEY && type != FIELD_NUMBER && type != FIELD_PERCENT;
}

static bool read_items(struct filter *filter, struct error *err) {
  struct text item = {0};
  const char *rest = filter->word.value;
  bool done = true;
  while (done && rest)
    done = condition_word_item(&item, &rest) ? read_item(filter, text_string(&item), err)
                                             : error_memory(err);
  text_release(&item);
  return done;
}

/* A period that has no such end can't be compared with there. */
static bool check_ends(const struct filter *filter, struct error *err) {
  enum compare compare = filter->word.compare;
  const struct span *span = list_at(&filter->spans, 0);
  bool needs_from = compare == COMPARE_LESS || compare == COMPARE_AT_LEAST;
  bool needs_to = compare == COMPARE_GREATER || compare == COMPARE_AT_MOST;
  if ((needs_from && !span->has_from) || (needs_to && !span->has_to))
    return error_set(err, ERROR_INVALID, "'%s' is open at the end that is compared",
                     filter->word.value);
  return true;
}

static bool read_value(struct filter *filter, struct error *err) {
  enum compare compare = filter->word.compare;
  bool equality = compare == COMPARE_EQUAL || compare == COMPARE_NOT_EQUAL;
  if (filter->word.value[0] == '\0')
    return equality ||
           error_set(err, ERROR_USAGE, "a value is missing after '%s'", filter->word.path);
  if (compare == COMPARE_CONTAINS)
    return true;
  if (takes_list(filter))
    return read_items(filter, err);
  return read_item(filter, filter->word.value, err) && check_ends(filter, err);
}

/* <0, 0, >0; false where neither is before the other: NULL, another currency, another kind. */
static bool order(const struct filter *filter, const struct value *cell, const struct value *value,
                  int *out) {
  struct error ignored;
  struct value day;
  if (value_is_null(cell))
    return false;
  if (cell->type == VALUE_MONEY && value->type == VALUE_MONEY)
    return money_compare(out, cell->as.money, value->as.money, &ignored);
  if (cell->type == VALUE_INSTANT && value->type == VALUE_DATE) {
    day = value_date(instant_date(cell->as.at));
    cell = &day;
  }
  bool numbers = (cell->type == VALUE_INTEGER || cell->type == VALUE_NUMBER) &&
                 (value->type == VALUE_INTEGER || value->type == VALUE_NUMBER);
  if (cell->type != value->type && !numbers)
    return false;
  *out = filter->column ? result_compare(filter->column, cell, value) : value_compare(cell, value);
  if (cell->type == VALUE_TEXT && is_same_text(cell->as.text.data, value->as.text.data))
    *out = 0;
  return true;
}

/* Whether a set of choices, held as "a,b", has this one. */
static bool holds_choice(const struct value *cell, const struct value *value) {
  const char *at = cell->as.text.data;
  size_t length = value->as.text.length;
  while (at) {
    const char *comma = strchr(at, ',');
    size_t part = comma ? (size_t)(comma - at) : strlen(at);
    if (part == length && memcmp(at, value->as.text.data, length) == 0)
      return true;
    at = comma ? comma + 1 : NULL;
  }
  return false;
}

static bool is_within(const struct filter *filter, const struct value *cell,
                      const struct span *span) {
  int from = 0, to = 0;
  if (cell->type == VALUE_TEXT && type_of(filter) == FIELD_CHOICES)
    return holds_choice(cell, &span->from);
  return (!span->has_from || (order(filter, cell, &span->from, &from) && from >= 0)) &&
         (!span->has_to || (order(filter, cell, &span->to, &to) && to <= 0));
}

static bool is_among(const struct filter *filter, const struct value *cell) {
  for (size_t i = 0; i < filter->spans.count; i++)
    if (is_within(filter, cell, list_at(&filter->spans, i)))
      return true;
  return false;
}

static void append_words(struct text *out, const struct result_column *column,
                         const struct value *cell) {
  const char *title = NULL;
  value_append_plain(out, cell);
  if (column && cell->type == VALUE_TEXT)
    title = result_word(column, cell->as.text.data, cell->as.text.length);
  text_append_char(out, ' ');
  text_append(out, title ? title : "");
}

static bool contains(const struct filter *filter, const struct value *cell) {
  struct text words = {0};
  append_words(&words, filter->column, cell);
  bool found = text_contains(text_string(&words), filter->word.value);
  text_release(&words);
  return found;
}

static bool is_ordered_so(const struct filter *filter, const struct value *cell) {
  const struct span *span = list_at(&filter->spans, 0);
  int from = 0, to = 0;
  bool has_from = span->has_from && order(filter, cell, &span->from, &from);
  bool has_to = span->has_to && order(filter, cell, &span->to, &to);
  switch (filter->word.compare) {
  case COMPARE_LESS:
    return has_from && from < 0;
  case COMPARE_AT_LEAST:
    return has_from && from >= 0;
  case COMPARE_GREATER:
    return has_to && to > 0;
  default:
    return has_to && to <= 0;
  }
}

static bool holds(const struct filter *filter, const struct result_row *row) {
  struct value id = row->id ? value_integer(row->id) : value_null();
  const struct value *cell = filter->column ? &row->values[filter->index] : &id;
  switch (filter->word.compare) {
  case COMPARE_CONTAINS:
    return contains(filter, cell);
  case COMPARE_EQUAL:
    return filter->spans.count ? is_among(filter, cell) : value_is_null(cell);
  case COMPARE_NOT_EQUAL:
    return !value_is_null(cell) && !is_among(filter, cell);
  default:
    return is_ordered_so(filter, cell);
  }
}

/* Every word occurs somewhere in the row. */
static bool has_words(const struct result *result, const struct result_row *row,
                      const struct words *words) {
  struct text all = {0};
  for (size_t i = 0; i < result->columns.count; i++)
    append_words(&all, list_at(&result->columns, i), &row->values[i]);
  bool found = true;
  for (size_t i = 0; found && i < words->items.count; i++)
    found = text_contains(text_string(&all), words_at(words, i));
  text_release(&all);
  return found;
}

static void keep(struct result *result, bool (*wanted)(const void *, const struct result_row *),
                 const void *payload) {
  size_t kept = 0;
  for (size_t i = 0; i < result->rows.count; i++) {
    struct result_row *row = list_at(&result->rows, i), *slot = list_at(&result->rows, kept);
    struct result_row moved = *row;
    *row = *slot;
    *slot = moved;
    kept += !slot->summary && wanted(payload, slot);
  }
  result->cut_from = result->cut_from ? RESULT_CUT_UNKNOWN : 0;
  while (result->rows.count > kept)
    result_drop_row(result, result->rows.count - 1);
}

static bool row_holds(const void *payload, const struct result_row *row) {
  return holds(payload, row);
}

struct search {
  const struct result *result;
  const struct words *words;
};

static bool row_has_words(const void *payload, const struct result_row *row) {
  const struct search *search = payload;
  return has_words(search->result, row, search->words);
}

static bool search_rows(struct result *result, const char *line, struct error *err) {
  struct words words;
  if (!words_split(&words, line, err))
    return false;
  bool done = words.items.count > 0 ||
              error_set(err, ERROR_INVALID, "nothing to search for: write the words after '~'");
  const struct search search = {result, &words};
  if (done)
    keep(result, row_has_words, &search);
  words_release(&words);
  return done;
}

bool filter_rows(struct result *result, const char *word, const struct field_reading *reading,
                 struct error *err) {
  if (word[0] == '~')
    return search_rows(result, word + 1, err);
  struct filter filter = {
      .result = result, .reading = reading, .spans = {.size = sizeof(struct span)}};
  bool done = condition_word_split(&filter.word, word, err) && find_column(&filter, err) &&
              read_value(&filter, err);
  if (done)
    keep(result, row_holds, &filter);
  filter_release(&filter);
  return done;
}
