#include <string.h>

#include "base/memory.h"
#include "model/compile.h"
#include "model/search.h"
#include "store/statement.h"

struct cursor {
  struct compiled compiled;
  struct store *store;
  struct statement *statement;
  struct value *values; /* owned: one per reader */
  bool reading;
};

static bool cursor_start(struct cursor *cursor, struct error *err) {
  if (!store_read_begin(cursor->store, err))
    return false;
  cursor->reading = true;
  cursor->values = memory_new_array(cursor->compiled.readers.count, sizeof *cursor->values);
  if (!cursor->values)
    return error_memory(err);
  if (!statement_open(&cursor->statement, cursor->store, cursor->compiled.sql, err))
    return false;
  for (size_t i = 0; i < cursor->compiled.parameters.count; i++)
    statement_bind_value(cursor->statement, (int)i + 1, list_at(&cursor->compiled.parameters, i));
  return true;
}

static bool cursor_open(struct cursor **out, const struct query *query, const struct book *book,
                        enum compile_goal goal, struct error *err) {
  struct cursor *cursor = memory_new(sizeof *cursor);
  if (!cursor)
    return error_memory(err);
  cursor->store = book->store;
  if (!compile_query(&cursor->compiled, query, book, goal, err) || !cursor_start(cursor, err)) {
    cursor_close(cursor);
    return false;
  }
  *out = cursor;
  return true;
}

static bool catch_up(const struct query *query, struct book *book, struct error *err) {
  return !query_searches(query) || search_refresh(book, err);
}

bool query_run_indexed(const struct query *query, const struct book *book, struct cursor **out,
                       struct error *err) {
  return cursor_open(out, query, book, COMPILE_ROWS, err);
}

bool query_run(struct query *query, struct book *book, struct cursor **out, struct error *err) {
  return catch_up(query, book, err) && cursor_open(out, query, book, COMPILE_ROWS, err);
}

static bool read_money(struct value *out, const struct statement *statement, int at,
                       struct error *err) {
  struct money money;
  const char *currency = statement_text(statement, at + 1);
  if (!currency)
    return error_set(err, ERROR_STORE, "an amount of money has no currency; run 'check'");
  if (!money_from_minor(&money, statement_integer(statement, at), currency, err))
    return false;
  *out = value_money(money);
  return true;
}

static bool read_time(struct value *out, enum field_type type, const char *text,
                      struct error *err) {
  date day = 0;
  instant at = 0;
  if (type == FIELD_DATE && date_read(&day, text, err))
    *out = value_date(day);
  else if (type == FIELD_INSTANT && instant_read(&at, text, err))
    *out = value_instant(at);
  else
    return false;
  return true;
}

static bool read_value(struct value *out, const struct reader *reader,
                       const struct statement *statement, int at, struct error *err) {
  enum cell_type cell = statement_type(statement, at);
  *out = value_null();
  if (cell == CELL_NULL)
    return true;
  switch (reader->type) {
  case FIELD_MONEY:
    return read_money(out, statement, at, err);
  case FIELD_DATE:
  case FIELD_INSTANT:
    return read_time(out, reader->type, statement_text(statement, at), err);
  case FIELD_BOOLEAN:
    *out = value_boolean(statement_integer(statement, at) != 0);
    return true;
  case FIELD_NUMBER:
  case FIELD_PERCENT:
    *out = value_number(statement_number(statement, at));
    return true;
  case FIELD_INTEGER:
  case FIELD_MINUTES:
  case FIELD_REF:
    *out = cell == CELL_NUMBER ? value_number(statement_number(statement, at))
                               : value_integer(statement_integer(statement, at));
    return true;
  default:
    *out = value_text_bytes(statement_text(statement, at), statement_length(statement, at));
    return true;
  }
}

static bool check_mixed(const struct reader *reader, const struct statement *statement, int at,
                        struct error *err) {
  const char *currencies = statement_text(statement, at);
  if (!currencies)
    return true;
  return error_set(err, ERROR_INVALID,
                   "'%s' would add amounts of several currencies (%s); group by the currency, or "
                   "ask for one",
                   reader->name, currencies);
}

static bool read_row(struct cursor *cursor, struct error *err) {
  int at = 0;
  for (size_t i = 0; i < cursor->compiled.readers.count; i++) {
    const struct reader *reader = list_at(&cursor->compiled.readers, i);
    int mixed = at + 1 + reader->has_currency;
    if (reader->has_mixed && !check_mixed(reader, cursor->statement, mixed, err))
      return false;
    if (!read_value(&cursor->values[i], reader, cursor->statement, at, err))
      return false;
    at = mixed + reader->has_mixed;
  }
  return true;
}

bool cursor_next(struct cursor *cursor, const struct value **values, struct error *err) {
  bool row = false;
  *values = NULL;
  if (!statement_step(cursor->statement, &row, err))
    return false;
  if (!row)
    return true;
  if (!read_row(cursor, err))
    return false;
  *values = cursor->values;
  return true;
}

void cursor_close(struct cursor *cursor) {
  if (!cursor)
    return;
  statement_close(cursor->statement);
  if (cursor->reading)
    store_read_end(cursor->store);
  compiled_release(&cursor->compiled);
  memory_free(cursor->values); /* their texts are the statement's */
  memory_free(cursor);
}

bool query_count(struct query *query, struct book *book, int64_t *count, struct error *err) {
  struct cursor *cursor = NULL;
  bool row = false;
  if (!catch_up(query, book, err) || !cursor_open(&cursor, query, book, COMPILE_COUNT, err))
    return false;
  bool done = statement_step(cursor->statement, &row, err);
  if (done)
    *count = row ? statement_integer(cursor->statement, 0) : 0;
  cursor_close(cursor);
  return done;
}

bool query_ids_indexed(const struct query *query, const struct book *book, int64_t **ids,
                       size_t *count, struct error *err) {
  struct list found = {.size = sizeof(int64_t)};
  struct cursor *cursor = NULL;
  bool row = true;
  if (query->kind->is_log)
    return error_set(err, ERROR_INVALID,
                     "%s are rows of the history, not records; select the columns that are wanted",
                     query->kind->plural);
  if (!cursor_open(&cursor, query, book, COMPILE_IDS, err))
    return false;
  bool done = true;
  while ((done = statement_step(cursor->statement, &row, err)) && row) {
    int64_t *id = list_add(&found, err);
    if (!(done = id != NULL))
      break;
    *id = statement_integer(cursor->statement, 0);
  }
  cursor_close(cursor);
  if (done) {
    *ids = found.items;
    *count = found.count;
  } else
    list_release(&found);
  return done;
}

bool query_ids(struct query *query, struct book *book, int64_t **ids, size_t *count,
               struct error *err) {
  return catch_up(query, book, err) && query_ids_indexed(query, book, ids, count, err);
}

bool query_explain(struct query *query, struct book *book, struct text *out, struct error *err) {
  struct compiled compiled;
  if (!compile_query(&compiled, query, book, COMPILE_ROWS, err))
    return false;
  text_format(out, "%s\n", compiled.sql);
  for (size_t i = 0; i < compiled.parameters.count; i++) {
    text_format(out, "$%zu = ", i + 1);
    value_append_plain(out, list_at(&compiled.parameters, i));
    text_append(out, "\n");
  }
  compiled_release(&compiled);
  return text_check(out, err);
}
