#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/text.h"
#include "store/sqlite.h"

static bool is_ascii(const char *bytes, size_t length) {
  unsigned char all = 0;
  for (size_t i = 0; i < length; i++)
    all |= (unsigned char)bytes[i];
  return all < 0x80;
}

/* The same as text_append_folded(), at once for what is ASCII. */
static void append_folded(struct text *out, const char *bytes, size_t length) {
  if (!is_ascii(bytes, length)) {
    text_append_folded(out, bytes, length);
    return;
  }
  size_t start = out->length;
  text_append_bytes(out, bytes, length);
  if (out->failed)
    return;
  for (size_t i = start; i < out->length; i++)
    if (out->data[i] >= 'A' && out->data[i] <= 'Z')
      out->data[i] = (char)(out->data[i] + ('a' - 'A'));
}

static bool is_folded_already(const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)bytes[i] >= 0x80 || (bytes[i] >= 'A' && bytes[i] <= 'Z'))
      return false;
  return true;
}

static void fold(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  if (sqlite3_value_type(values[0]) == SQLITE_NULL)
    return;
  const char *bytes = (const char *)sqlite3_value_text(values[0]);
  size_t length = (size_t)sqlite3_value_bytes(values[0]);
  if (!bytes) {
    sqlite3_result_error_nomem(context);
    return;
  }
  if (is_folded_already(bytes, length)) {
    sqlite3_result_text64(context, bytes, length, SQLITE_TRANSIENT, SQLITE_UTF8);
    return;
  }
  struct text folded = {0};
  append_folded(&folded, bytes, length);
  if (folded.failed)
    sqlite3_result_error_nomem(context);
  else
    sqlite3_result_text64(context, text_string(&folded), folded.length, SQLITE_TRANSIENT,
                          SQLITE_UTF8);
  text_release(&folded);
}

/* Kept between the rows of one statement, where `part` is the same. */
struct search {
  struct text part;  /* folded */
  struct text whole; /* folded, of the row before */
};

static void search_free(void *payload) {
  struct search *search = payload;
  text_release(&search->part);
  text_release(&search->whole);
  memory_free(search);
}

static bool search_run(struct search *search, sqlite3_value *whole, bool *found) {
  const char *bytes = (const char *)sqlite3_value_text(whole);
  text_clear(&search->whole);
  if (!bytes)
    return false;
  append_folded(&search->whole, bytes, (size_t)sqlite3_value_bytes(whole));
  if (search->whole.failed || search->part.failed)
    return false;
  *found = search->part.length == 0 || memmem(text_string(&search->whole), search->whole.length,
                                              text_string(&search->part), search->part.length);
  return true;
}

static void contains(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL)
    return;
  struct search *search = sqlite3_get_auxdata(context, 1);
  bool fresh = !search;
  if (fresh) {
    const char *part = (const char *)sqlite3_value_text(values[1]);
    search = part ? memory_new(sizeof *search) : NULL;
    if (!search) {
      sqlite3_result_error_nomem(context);
      return;
    }
    append_folded(&search->part, part, (size_t)sqlite3_value_bytes(values[1]));
  }
  bool found = false;
  if (search_run(search, values[0], &found))
    sqlite3_result_int(context, found);
  else
    sqlite3_result_error_nomem(context);
  if (fresh)
    sqlite3_set_auxdata(context, 1, search, search_free);
}

/* A date is its midnight. */
static bool read_instant(sqlite3_context *context, sqlite3_value *value, instant *out) {
  const char *text = (const char *)sqlite3_value_text(value);
  struct error err;
  date day;
  if (!text) {
    sqlite3_result_error_nomem(context);
    return false;
  }
  if (strlen(text) == DATE_TEXT_SIZE - 1 && date_read(&day, text, &err)) {
    *out = date_instant(day);
    return true;
  }
  if (strlen(text) == INSTANT_TEXT_SIZE - 1 && instant_read(out, text, &err))
    return true;
  error_set(&err, ERROR_INVALID, "'%.40s' is neither a date nor an instant", text);
  sqlite3_result_error(context, err.message, -1);
  return false;
}

static void days_between(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  instant from, to;
  if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL)
    return;
  if (read_instant(context, values[0], &from) && read_instant(context, values[1], &to))
    sqlite3_result_int64(context, (to - from) / 86400);
}

static void period_name(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  instant at;
  enum period period;
  const char *word = (const char *)sqlite3_value_text(values[1]);
  if (sqlite3_value_type(values[0]) == SQLITE_NULL || !read_instant(context, values[0], &at))
    return;
  if (!word || !period_from_name(&period, word)) {
    sqlite3_result_error(context, "a period is day, week, month, quarter or year", -1);
    return;
  }
  struct text name = {0};
  date_period_name(&name, instant_date(at), period);
  if (name.failed)
    sqlite3_result_error_nomem(context);
  else
    sqlite3_result_text(context, text_string(&name), -1, SQLITE_TRANSIENT);
  text_release(&name);
}

/* What an aggregate has seen of its group. */
struct sample {
  double *numbers; /* owned */
  size_t count;
  size_t capacity;
  double percent;
};

static bool sample_add(struct sample *sample, double number) {
  if (sample->count == sample->capacity) {
    size_t capacity = sample->capacity ? sample->capacity * 2 : 64;
    double *numbers = memory_resize(sample->numbers, capacity * sizeof *numbers);
    if (!numbers)
      return false;
    sample->numbers = numbers;
    sample->capacity = capacity;
  }
  sample->numbers[sample->count++] = number;
  return true;
}

static void sample_step(sqlite3_context *context, int count, sqlite3_value **values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL)
    return;
  struct sample *sample = sqlite3_aggregate_context(context, sizeof *sample);
  double percent = count == 2 ? sqlite3_value_double(values[1]) : 50.0;
  if (!(percent >= 0.0 && percent <= 100.0)) {
    sqlite3_result_error(context, "a percentile is between 0 and 100", -1);
    return;
  }
  if (!sample || !sample_add(sample, sqlite3_value_double(values[0]))) {
    sqlite3_result_error_nomem(context);
    return;
  }
  sample->percent = percent;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

static void sample_end(sqlite3_context *context) {
  struct sample *sample = sqlite3_aggregate_context(context, 0);
  if (!sample || sample->count == 0)
    return;
  qsort(sample->numbers, sample->count, sizeof *sample->numbers, by_size);
  double rank = sample->percent / 100.0 * (double)(sample->count - 1);
  size_t below = (size_t)floor(rank);
  size_t above = below + 1 < sample->count ? below + 1 : below;
  double low = sample->numbers[below];
  double high = sample->numbers[above];
  sqlite3_result_double(context, low + (high - low) * (rank - (double)below));
  memory_free(sample->numbers);
}

typedef void (*scalar_fn)(sqlite3_context *, int, sqlite3_value **);

struct function {
  const char *name;
  int arguments;
  scalar_fn scalar; /* NULL: one of the aggregates over a sample */
};

static const struct function functions[] = {
    {"fold",          1, fold        },
    {"text_contains", 2, contains    },
    {"days_between",  2, days_between},
    {"period_name",   2, period_name },
    {"median",        1, NULL        },
    {"percentile",    2, NULL        },
};

bool store_add_functions(struct store *store, struct error *err) {
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    const struct function *function = &functions[i];
    bool scalar = function->scalar != NULL;
    int code = sqlite3_create_function_v2(store->db, function->name, function->arguments, flags,
                                          NULL, function->scalar, scalar ? NULL : sample_step,
                                          scalar ? NULL : sample_end, NULL);
    if (code != SQLITE_OK)
      return store_failure(store, code, err);
  }
  return true;
}
