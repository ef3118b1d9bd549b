#include "repl/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "base/words.h"
#include "engine/filter.h"

enum { KEYS_MAX = 8, COLUMNS_MAX = 256 };

static struct field_reading reading_of(const struct book *book) {
  struct field_reading reading = {.order = DATE_ORDER_UNKNOWN, .currency = "USD"};
  struct clock clock = {0};
  if (book)
    reading.currency = book->currency;
  reading.today = book ? book_today(book) : clock_today(&clock);
  reading.now = book ? book_now(book) : clock_now(&clock);
  return reading;
}

/* The conditions become a part of the line that gives these rows again. */
static bool extend_stamp(struct result *result, const char *condition, struct error *err) {
  struct text command = {0};
  if (!result->stamp.command || !*result->stamp.command)
    return true;
  text_format(&command, "%s --where ", result->stamp.command);
  words_quote(&command, condition);
  char *longer = text_take(&command, err);
  if (!longer)
    return false;
  memory_free(result->stamp.command);
  result->stamp.command = longer;
  return true;
}

static bool filter(struct result *result, const struct settings *settings, const struct book *book,
                   struct error *err) {
  const struct field_reading reading = reading_of(book);
  for (size_t i = 0; i < WHERE_MAX && settings->where[i]; i++)
    if (!filter_rows(result, settings->where[i], &reading, err) ||
        !extend_stamp(result, settings->where[i], err))
      return false;
  return true;
}

bool view_next(const char **at, struct text *name, bool *descending) {
  *at += strspn(*at, ", ");
  *descending = **at == '-';
  *at += *descending || **at == '+';
  size_t length = strcspn(*at, ", ");
  text_clear(name);
  text_append_bytes(name, *at, length);
  *at += length;
  return length > 0;
}

bool view_blame(const char *behind, const struct text *name, struct error *err) {
  return error_blame_part(err, behind - name->length, name->length);
}

bool view_limit(const char *word, int64_t *limit, struct error *err) {
  if (integer_parse(limit, word, err) && *limit >= 0)
    return true;
  error_set(err, ERROR_USAGE, "--limit is a number of rows, not '%s'", word);
  return error_blame(err, word);
}

struct keys {
  const struct result *result;
  size_t columns[KEYS_MAX];
  bool descending[KEYS_MAX];
  size_t count;
};

static bool read_keys(const struct result *result, const char *words, struct keys *keys,
                      struct error *err) {
  struct text name = {0};
  bool descending = false, done = true;
  while (done && view_next(&words, &name, &descending)) {
    if (keys->count == KEYS_MAX)
      done = error_set(err, ERROR_USAGE, "at most %d columns to sort by", KEYS_MAX);
    else
      done = result_find_column(result, text_string(&name), &keys->columns[keys->count], err) ||
             view_blame(words, &name, err);
    if (done)
      keys->descending[keys->count++] = descending;
  }
  text_release(&name);
  return done;
}

/* A row and where it stood: rows that are equal stay in their order. */
struct placed {
  struct result_row row;
  size_t place;
};

static int compare_rows(const void *left, const void *right, void *payload) {
  const struct placed *l = left, *r = right;
  const struct result_row *a = &l->row, *b = &r->row;
  const struct keys *keys = payload;
  if (a->summary != b->summary)
    return a->summary ? 1 : -1;
  for (size_t i = 0; !a->summary && i < keys->count; i++) {
    size_t column = keys->columns[i];
    int order = result_compare(list_at(&keys->result->columns, column), &a->values[column],
                               &b->values[column]);
    if (order)
      return keys->descending[i] ? -order : order;
  }
  return l->place < r->place ? -1 : l->place > r->place;
}

static bool sort(struct result *result, const char *words, struct error *err) {
  struct keys keys = {.result = result};
  if (!read_keys(result, words, &keys, err))
    return false;
  struct placed *rows = memory_new_array(result->rows.count, sizeof *rows);
  if (!rows)
    return error_memory(err);
  for (size_t i = 0; i < result->rows.count; i++)
    rows[i] = (struct placed){*(struct result_row *)list_at(&result->rows, i), i};
  qsort_r(rows, result->rows.count, sizeof *rows, compare_rows, &keys);
  for (size_t i = 0; i < result->rows.count; i++)
    *(struct result_row *)list_at(&result->rows, i) = rows[i].row;
  memory_free(rows);
  return true;
}

static bool limit(struct result *result, const char *word, struct error *err) {
  int64_t most = 0, seen = 0;
  if (!view_limit(word, &most, err))
    return false;
  for (size_t i = 0; i < result->rows.count; i++)
    seen += !((struct result_row *)list_at(&result->rows, i))->summary;
  if (seen > most && !result->cut_from)
    result->cut_from = seen;
  for (size_t i = result->rows.count; seen > most && i-- > 0;) {
    if (((struct result_row *)list_at(&result->rows, i))->summary)
      continue;
    result_drop_row(result, i);
    seen--;
  }
  return true;
}

/* A copy of the result with these columns takes its place. */
static bool take_columns(struct result *result, const size_t *chosen, size_t count,
                         struct error *err) {
  struct result picked;
  if (!result_pick(&picked, result, chosen, count, err))
    return false;
  result_release(result);
  *result = picked;
  return true;
}

static bool read_columns(const struct result *result, const char *words, size_t *chosen,
                         size_t *count, struct error *err) {
  struct text name = {0};
  bool ignored = false, done = true;
  while (done && *count < COLUMNS_MAX && view_next(&words, &name, &ignored))
    done = result_find_column(result, text_string(&name), &chosen[(*count)++], err) ||
           view_blame(words, &name, err);
  text_release(&name);
  return done;
}

static bool choose(struct result *result, const char *words, struct error *err) {
  size_t chosen[COLUMNS_MAX], count = 0;
  return read_columns(result, words, chosen, &count, err) &&
         take_columns(result, chosen, count, err);
}

static bool is_empty(const struct result *result, size_t column) {
  for (size_t r = 0; r < result->rows.count; r++)
    if (!value_is_null(&((struct result_row *)list_at(&result->rows, r))->values[column]))
      return false;
  return true;
}

bool view_drop_empty(struct result *result, struct error *err) {
  size_t kept[COLUMNS_MAX], count = 0;
  for (size_t c = 0; c < result->columns.count && c < COLUMNS_MAX; c++)
    if (c == 0 || !result->rows.count || !is_empty(result, c))
      kept[count++] = c;
  return count == result->columns.count || take_columns(result, kept, count, err);
}

void view_forget(struct settings *settings) {
  settings->columns = settings->sort = settings->limit = NULL;
  memset(settings->where, 0, sizeof settings->where);
}

static bool is_for(const struct result *result, const struct settings *settings,
                   struct error *err) {
  if (result->document &&
      (settings->where[0] || settings->sort || settings->limit || settings->columns))
    return error_set(
        err, ERROR_USAGE,
        "the answer is a document: --where, --columns, --sort and --limit are for tables");
  return true;
}

bool view_check(const struct result *result, const struct settings *settings, struct error *err) {
  size_t chosen[COLUMNS_MAX], count = 0;
  struct keys keys = {.result = result};
  return is_for(result, settings, err) &&
         (!settings->sort || read_keys(result, settings->sort, &keys, err)) &&
         (!settings->columns || read_columns(result, settings->columns, chosen, &count, err));
}

bool view_apply(struct result *result, const struct settings *settings, const struct book *book,
                struct error *err) {
  if (!is_for(result, settings, err) || !filter(result, settings, book, err))
    return false;
  if (settings->sort && !sort(result, settings->sort, err))
    return false;
  if (settings->limit && !limit(result, settings->limit, err))
    return false;
  return !settings->columns || choose(result, settings->columns, err);
}
