#include "engine/result.h"

#include <string.h>

#include "base/memory.h"
#include "engine/chart.h"
#include "engine/document.h"
#include "engine/names.h"
#include "engine/title.h"
#include "model/query.h"
#include "model/record.h"

enum { COLUMNS_SUGGESTED = 256 }; /* that a mistyped name is compared with */

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

static void free_order(char **words) {
  for (char **word = words; word && *word; word++)
    memory_free(*word);
  memory_free(words);
}

static void release_row(const struct result *result, struct result_row *row) {
  for (size_t i = 0; row->values && i < result->columns.count; i++)
    value_release(&row->values[i]);
  memory_free(row->values);
}

static void release_rows(struct result *result) {
  for (size_t i = 0; i < result->rows.count; i++)
    release_row(result, list_at(&result->rows, i));
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
    free_order(column->order);
  }
  list_release(&result->columns);
  for (size_t i = 0; i < result->notes.count; i++)
    memory_free(*(char **)list_at(&result->notes, i));
  list_release(&result->notes);
  document_free(result->document);
  chart_free(result->chart);
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

static bool order_column(struct result_column *column, const char *const *words,
                         struct error *err) {
  size_t count = 0;
  while (words && words[count])
    count++;
  char **copy = words ? memory_new_array(count + 1, sizeof *copy) : NULL;
  bool done = !words || copy;
  for (size_t i = 0; done && i < count; i++)
    done = (copy[i] = memory_copy_text(words[i])) != NULL;
  if (!done) {
    free_order(copy);
    return error_memory(err);
  }
  free_order(column->order);
  column->order = copy;
  return true;
}

bool result_order_column(struct result *result, const char *const *words, struct error *err) {
  return order_column(list_at(&result->columns, result->columns.count - 1), words, err);
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
  return order_column(column, (const char *const *)from->order, err);
}

/* Behind all words when it is none of them. */
static size_t place_of(char *const *words, const struct value *value) {
  size_t place = 0;
  while (words[place] && strcmp(words[place], value->as.text.data) != 0)
    place++;
  return place;
}

int result_compare(const struct result_column *column, const struct value *a,
                   const struct value *b) {
  if (column->order && a->type == VALUE_TEXT && b->type == VALUE_TEXT) {
    size_t left = place_of(column->order, a), right = place_of(column->order, b);
    if (left != right)
      return left < right ? -1 : 1;
  }
  return value_compare(a, b);
}

bool result_is_number(const struct result_column *column) {
  return column->type == FIELD_INTEGER || column->type == FIELD_NUMBER ||
         column->type == FIELD_MONEY || column->type == FIELD_PERCENT ||
         column->type == FIELD_MINUTES;
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

void result_drop_row(struct result *result, size_t index) {
  release_row(result, list_at(&result->rows, index));
  list_remove(&result->rows, index);
}

bool result_find_column(const struct result *result, const char *name, size_t *index,
                        struct error *err) {
  const char *names[COLUMNS_SUGGESTED], *near = NULL;
  size_t count = 0;
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = list_at(&result->columns, i);
    *index = i;
    if (strcmp(column->name, name) == 0)
      return true;
    if (count < COLUMNS_SUGGESTED)
      names[count++] = column->name;
  }
  near = text_suggest(name, names, count);
  if (near)
    return error_set(err, ERROR_USAGE, "no column '%s'; did you mean '%s'?", name, near);
  return error_set(err, ERROR_USAGE, "no column '%s' in this result", name);
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
  enum field_type type = column->type;
  if (column->field && column->formula_of)
    type = column->field->type;
  else if (type == FIELD_REF && !column->field)
    type = FIELD_INTEGER; /* an id is a number, not the name of what it stands for */
  if (!result_add_column(result, column->name, title, type, err) ||
      (column->field && !result_order_column(result, field_words(column->field), err)))
    return false;
  bool is_stored = column->field && column->field->type == column->type && !column->formula_of;
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

/* The formulas of one query, computed when its rows are there: what a script reads meanwhile must
 * not stand in the way of the cursor. */
struct computing {
  struct result *result;
  struct engine *engine;
  struct record record; /* the one loaded last */
  bool loaded;
};

static bool load_for(struct computing *computing, const struct kind *kind, int64_t id,
                     struct error *err) {
  if (computing->loaded && computing->record.kind == kind && computing->record.id == id)
    return true;
  if (computing->loaded)
    record_release(&computing->record);
  computing->loaded = record_load(&computing->record, computing->engine->book, kind, id, err);
  return computing->loaded;
}

/* Told once for each formula: with the first of its failures. */
static bool note_broken(struct computing *computing, const char *column, size_t count,
                        int64_t first, const struct error *failure, struct error *err) {
  struct text note = {0};
  text_format(&note, "formula '%s' is broken for %zu record%s, first #%lld: %s", column, count,
              count == 1 ? "" : "s", (long long)first, failure->message);
  bool done = text_check(&note, err) && result_note(computing->result, text_string(&note), err);
  text_release(&note);
  computing->result->broken += count;
  return done;
}

/* A script that is wrong is told; what ends the whole command does. */
static bool compute_cell(struct computing *computing, const struct query_column *formula,
                         struct value *cell, struct error *failure) {
  int64_t id = cell->as.integer;
  *cell = value_null();
  return load_for(computing, formula->formula_of, id, failure) &&
         engine_formula(computing->engine, &computing->record, formula->field, cell, failure);
}

static bool compute_column(struct computing *computing, const struct query_column *formula,
                           int column, struct error *err) {
  struct error failure, first_failure;
  size_t broken = 0;
  int64_t first = 0;
  for (size_t i = 0; i < computing->result->rows.count; i++) {
    struct value *cell =
        &((struct result_row *)list_at(&computing->result->rows, i))->values[column];
    int64_t id = cell->as.integer;
    if (value_is_null(cell) || compute_cell(computing, formula, cell, &failure))
      continue;
    if (failure.code != ERROR_SCRIPT && failure.code != ERROR_INVALID) {
      *err = failure;
      return false;
    }
    if (broken++ == 0) {
      first = id;
      first_failure = failure;
    }
  }
  return broken == 0 || note_broken(computing, formula->name, broken, first, &first_failure, err);
}

static bool compute_formulas(struct result *result, struct engine *engine,
                             const struct query *query, struct error *err) {
  struct computing computing = {.result = result, .engine = engine};
  bool done = true;
  for (int i = 0; done && i < query_column_count(query); i++) {
    struct query_column column = query_column_at(query, i);
    if (column.formula_of)
      done = compute_column(&computing, &column, i, err);
  }
  if (computing.loaded)
    record_release(&computing.record);
  return done;
}

bool result_from_query(struct result *result, struct engine *engine, struct query *query,
                       struct error *err) {
  struct listing listing;
  bool done = listing_open(&listing, engine, query, err) &&
              add_listing_columns(result, engine, query, err) &&
              read_rows(result, engine, &listing, err) &&
              compute_formulas(result, engine, query, err);
  for (size_t i = 0; done && i < result->columns.count; i++) {
    struct result_column *column = list_at(&result->columns, i);
    if (column->type == FIELD_REF)
      column->type = FIELD_TEXT;
  }
  listing_release(&listing);
  return done;
}
