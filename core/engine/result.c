#include "engine/result.h"

#include <string.h>

#include "base/memory.h"
#include "engine/document.h"
#include "engine/names.h"
#include "engine/title.h"
#include "model/query.h"
#include "model/record.h"

bool result_init(struct result *result, const char *name, const char *title, struct error *err) {
  *result = (struct result){.columns = {.size = sizeof(struct result_column)},
                            .rows = {.size = sizeof(struct result_row)},
                            .notes = {.size = sizeof(char *)}};
  result->name = memory_copy_text(name);
  result->title = memory_copy_text(title ? title : name);
  if (result->name && result->title)
    return true;
  result_release(result);
  return error_memory(err);
}

static void release_rows(struct result *result) {
  for (size_t i = 0; i < result->rows.count; i++) {
    struct result_row *row = list_at(&result->rows, i);
    for (size_t j = 0; row->values && j < result->columns.count; j++)
      value_release(&row->values[j]);
    memory_free(row->values);
  }
  list_release(&result->rows);
}

static void release_words(struct result_column *column) {
  for (size_t i = 0; i < column->words.count; i++) {
    struct result_word *word = list_at(&column->words, i);
    memory_free(word->value);
    memory_free(word->title);
  }
  list_release(&column->words);
}

void result_release(struct result *result) {
  release_rows(result);
  for (size_t i = 0; i < result->columns.count; i++) {
    struct result_column *column = list_at(&result->columns, i);
    memory_free(column->name);
    memory_free(column->title);
    memory_free(column->unit);
    release_words(column);
  }
  list_release(&result->columns);
  for (size_t i = 0; i < result->notes.count; i++)
    memory_free(*(char **)list_at(&result->notes, i));
  list_release(&result->notes);
  document_free(result->document);
  memory_free(result->name);
  memory_free(result->title);
  memory_free(result->stamp.command);
  *result = (struct result){0};
}

bool result_add_column(struct result *result, const char *name, const char *title,
                       enum field_type type, struct error *err) {
  struct result_column *column = list_add(&result->columns, err);
  if (!column)
    return false;
  *column = (struct result_column){.name = memory_copy_text(name),
                                   .title = memory_copy_text(title ? title : name),
                                   .type = type,
                                   .words = {.size = sizeof(struct result_word)},
                                   .decimals = -1};
  return (column->name && column->title) || error_memory(err);
}

bool result_add_word(struct result_column *column, const char *value, const char *title,
                     struct error *err) {
  if (strcmp(value, title) == 0)
    return true;
  struct result_word *word = list_add(&column->words, err);
  if (!word)
    return false;
  *word = (struct result_word){memory_copy_text(value), memory_copy_text(title)};
  return (word->value && word->title) || error_memory(err);
}

const char *result_word(const struct result_column *column, const char *value, size_t length) {
  for (size_t i = 0; i < column->words.count; i++) {
    const struct result_word *word = list_at(&column->words, i);
    if (strlen(word->value) == length && memcmp(word->value, value, length) == 0)
      return word->title;
  }
  return NULL;
}

bool result_copy_look(struct result_column *column, const struct result_column *from,
                      struct error *err) {
  column->decimals = from->decimals;
  column->total = from->total;
  column->unit = memory_copy_text(from->unit);
  if (from->unit && !column->unit)
    return error_memory(err);
  for (size_t i = 0; i < from->words.count; i++) {
    const struct result_word *word = list_at(&from->words, i);
    if (!result_add_word(column, word->value, word->title, err))
      return false;
  }
  return true;
}

struct result_row *result_add_row(struct result *result, int64_t id, struct error *err) {
  struct value *values = memory_new_array(result->columns.count, sizeof *values);
  struct result_row *row = values ? list_add(&result->rows, err) : NULL;
  if (!row) {
    memory_free(values);
    error_memory(err);
    return NULL;
  }
  *row = (struct result_row){.id = id, .values = values};
  return row;
}

bool result_set(struct result_row *row, int column, const struct value *value, struct error *err) {
  struct value copy;
  if (!value_copy(&copy, value, err))
    return false;
  value_release(&row->values[column]);
  row->values[column] = copy;
  return true;
}

bool result_note(struct result *result, const char *text, struct error *err) {
  char **note = list_add(&result->notes, err);
  if (!note)
    return false;
  *note = memory_copy_text(text);
  return *note || error_memory(err);
}

bool result_stamp(struct result *result, struct engine *engine, const char *command,
                  struct error *err) {
  const struct book *book = engine->book;
  struct stamp *stamp = &result->stamp;
  char *copy = memory_copy_text(command);
  if (command && !copy)
    return error_memory(err);
  memory_free(stamp->command);
  *stamp = (struct stamp){
      .now = book_now(book), .has_as_of = book->has_as_of, .as_of = book->as_of, .command = copy};
  strcpy(stamp->currency, book->currency);
  if (book->ruleset)
    strncat(stamp->ruleset, book->ruleset, sizeof stamp->ruleset - 1);
  return book_position(engine->book, &stamp->position, err);
}

/* A query with the record's id selected beside what is shown, and names for references. */
struct listing {
  struct query *query; /* owned */
  int count;           /* of columns shown */
  int id;              /* the column that holds the record's id; -1: the rows are groups */
  struct names *names; /* owned */
};

static void listing_release(struct listing *listing) {
  query_free(listing->query);
  names_free(listing->names);
}

static bool listing_open(struct listing *listing, struct engine *engine, const struct query *query,
                         struct error *err) {
  *listing = (struct listing){.count = query_column_count(query), .id = -1};
  if (!names_new(&listing->names, engine->book, err) || !query_copy(&listing->query, query, err))
    return false;
  if (query_is_grouped(query))
    return true;
  listing->id = listing->count; /* without columns a query gives the ids alone */
  return listing->count == 0 || query_select(listing->query, "record id", "id", err);
}

static bool add_listing_column(struct result *result, const struct engine *engine,
                               const struct query_column *column, struct error *err) {
  bool is_field = column->field && strcmp(column->field->name, column->name) == 0;
  const char *title = is_field ? field_title(column->field) : column->name;
  if (!result_add_column(result, column->name, title, column->type, err))
    return false;
  bool is_stored = column->field && column->field->type == column->type;
  return !is_stored || title_column(list_at(&result->columns, result->columns.count - 1), engine,
                                    column->field, err);
}

static bool add_listing_columns(struct result *result, const struct engine *engine,
                                const struct query *query, struct error *err) {
  int count = query_column_count(query);
  if (count == 0)
    return result_add_column(result, "id", "id", FIELD_INTEGER, err);
  for (int i = 0; i < count; i++) {
    struct query_column column = query_column_at(query, i);
    if (!add_listing_column(result, engine, &column, err))
      return false;
  }
  return true;
}

static bool set_shown(struct result_row *row, int column, const struct value *value,
                      struct listing *listing, enum field_type type, struct error *err) {
  if (type != FIELD_REF || value->type != VALUE_INTEGER)
    return result_set(row, column, value, err);
  const char *name;
  if (!names_find(listing->names, value->as.integer, &name, err))
    return false;
  struct value shown = value_text(name);
  return result_set(row, column, &shown, err);
}

static bool add_listing_row(struct result *result, struct listing *listing,
                            const struct value *values, struct error *err) {
  int64_t id = listing->id >= 0 ? values[listing->id].as.integer : 0;
  struct result_row *row = result_add_row(result, id, err);
  if (!row)
    return false;
  if (listing->count == 0)
    return result_set(row, 0, &values[0], err);
  for (int i = 0; i < listing->count; i++) {
    const struct result_column *column = list_at(&result->columns, (size_t)i);
    if (!set_shown(row, i, &values[i], listing, column->type, err))
      return false;
  }
  return true;
}

static bool read_rows(struct result *result, struct engine *engine, struct listing *listing,
                      struct error *err) {
  struct cursor *cursor;
  const struct value *values;
  bool read;
  if (!query_run(listing->query, engine->book, &cursor, err))
    return false;
  while ((read = cursor_next(cursor, &values, err)) && values)
    if (!(read = add_listing_row(result, listing, values, err)))
      break;
  cursor_close(cursor);
  return read;
}

bool result_from_query(struct result *result, struct engine *engine, struct query *query,
                       struct error *err) {
  struct listing listing;
  bool done = listing_open(&listing, engine, query, err) &&
              add_listing_columns(result, engine, query, err) &&
              read_rows(result, engine, &listing, err);
  for (size_t i = 0; done && i < result->columns.count; i++) {
    struct result_column *column = list_at(&result->columns, i);
    if (column->type == FIELD_REF)
      column->type = FIELD_TEXT;
  }
  listing_release(&listing);
  return done;
}

/* Room for one more column in every row. */
static bool widen(struct result *result, struct error *err) {
  size_t count = result->columns.count + 1;
  for (size_t i = 0; i < result->rows.count; i++) {
    struct result_row *row = list_at(&result->rows, i);
    struct value *values = memory_resize(row->values, count * sizeof *values);
    if (!values)
      return error_memory(err);
    values[count - 1] = value_null();
    row->values = values;
  }
  return true;
}

static bool compute(struct engine *engine, const struct kind *kind, const struct field *field,
                    struct result_row *row, int column, struct error *err) {
  struct record record;
  if (!record_load(&record, engine->book, kind, row->id, err))
    return false;
  struct value value = value_null();
  bool done = engine->formula(engine, &record, field, &value, engine->formula_payload, err);
  record_release(&record);
  if (done)
    row->values[column] = value;
  return done;
}

bool result_add_formula(struct result *result, struct engine *engine, const struct kind *kind,
                        const struct field *field, struct error *err) {
  const char *title = field_title(field);
  if (!engine->formula)
    return error_set(err, ERROR_CONFIG, "nothing here computes the formula '%s.%s'", kind->name,
                     field->name);
  /* the cells first: rows must never be narrower than the columns say */
  if (!widen(result, err) || !result_add_column(result, field->name, title, field->type, err))
    return false;
  int column = (int)result->columns.count - 1;
  for (size_t i = 0; i < result->rows.count; i++) {
    struct result_row *row = list_at(&result->rows, i);
    if (row->id != 0 && !compute(engine, kind, field, row, column, err))
      return false;
  }
  return true;
}
