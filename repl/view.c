#include "repl/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { KEYS_MAX = 8, COLUMNS_MAX = 256 };

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

bool view_limit(const char *word, int64_t *limit, struct error *err) {
  if (integer_parse(limit, word, err) && *limit >= 0)
    return true;
  return error_set(err, ERROR_USAGE, "--limit is a number of rows, not '%s'", word);
}

static bool find_column(const struct result *result, const char *name, size_t *index,
                        struct error *err) {
  const char *names[COLUMNS_MAX];
  size_t count = result->columns.count < COLUMNS_MAX ? result->columns.count : COLUMNS_MAX;
  for (size_t i = 0; i < count; i++) {
    names[i] = ((struct result_column *)list_at(&result->columns, i))->name;
    *index = i;
    if (strcmp(names[i], name) == 0)
      return true;
  }
  const char *near = text_suggest(name, names, count);
  if (near)
    return error_set(err, ERROR_USAGE, "no column '%s'; did you mean '%s'?", name, near);
  return error_set(err, ERROR_USAGE, "no column '%s' in this result", name);
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
      done = find_column(result, text_string(&name), &keys->columns[keys->count], err);
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

static void drop_row(struct result *result, size_t index) {
  struct result_row *row = list_at(&result->rows, index);
  for (size_t c = 0; c < result->columns.count; c++)
    value_release(&row->values[c]);
  memory_free(row->values);
  list_remove(&result->rows, index);
}

static bool limit(struct result *result, const char *word, struct error *err) {
  int64_t most = 0, seen = 0;
  if (!view_limit(word, &most, err))
    return false;
  for (size_t i = 0; i < result->rows.count; i++)
    seen += !((struct result_row *)list_at(&result->rows, i))->summary;
  for (size_t i = result->rows.count; seen > most && i-- > 0;) {
    if (((struct result_row *)list_at(&result->rows, i))->summary)
      continue;
    drop_row(result, i);
    seen--;
  }
  return true;
}

/* A copy of the result with these columns takes its place. */
static bool take_columns(struct result *result, const size_t *chosen, size_t count,
                         struct error *err) {
  struct result picked;
  if (!result_init(&picked, result->name, result->title, err))
    return false;
  bool done = true;
  for (size_t i = 0; done && i < count; i++) {
    const struct result_column *from = list_at(&result->columns, chosen[i]);
    done = result_add_column(&picked, from->name, from->title, from->type, err);
    if (!done)
      break;
    done = result_copy_look(list_at(&picked.columns, i), from, err);
  }
  for (size_t r = 0; done && r < result->rows.count; r++) {
    const struct result_row *from = list_at(&result->rows, r);
    struct result_row *to = result_add_row(&picked, from->id, err);
    done = to != NULL;
    if (to)
      to->summary = from->summary;
    for (size_t i = 0; done && i < count; i++)
      done = result_set(to, (int)i, &from->values[chosen[i]], err);
  }
  if (!done) {
    result_release(&picked);
    return false;
  }
  struct list notes = picked.notes;
  struct stamp stamp = picked.stamp;
  picked.notes = result->notes;
  picked.stamp = result->stamp;
  picked.single = result->single;
  picked.broken = result->broken;
  result->notes = notes;
  result->stamp = stamp;
  result_release(result);
  *result = picked;
  return true;
}

static bool choose(struct result *result, const char *words, struct error *err) {
  size_t chosen[COLUMNS_MAX], count = 0;
  struct text name = {0};
  bool ignored = false, done = true;
  while (done && count < COLUMNS_MAX && view_next(&words, &name, &ignored))
    done = find_column(result, text_string(&name), &chosen[count++], err);
  text_release(&name);
  return done && take_columns(result, chosen, count, err);
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

bool view_apply(struct result *result, const struct settings *settings, struct error *err) {
  if (result->document && (settings->sort || settings->limit || settings->columns))
    return error_set(err, ERROR_USAGE,
                     "the answer is a document: --columns, --sort and --limit are for tables");
  if (settings->sort && !sort(result, settings->sort, err))
    return false;
  if (settings->limit && !limit(result, settings->limit, err))
    return false;
  return !settings->columns || choose(result, settings->columns, err);
}
