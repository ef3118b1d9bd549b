#include "engine/import_sheet.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "model/query.h"

/* Headers are compared as people read them: without case and without blanks around. */
static bool same_header(const char *a, const char *b) {
  return text_compare(a, b) == 0 || text_distance(a, b) == 0;
}

static int find_header(const struct import_sheet *sheet, const char *header) {
  for (size_t i = 0; i < sheet->header.count; i++)
    if (same_header(*(char **)list_at(&sheet->header, i), header))
      return (int)i;
  return IMPORT_ABSENT;
}

static bool fail_missing(const struct import_sheet *sheet, const char *header, struct error *err) {
  const char *near =
      text_suggest(header, (const char *const *)sheet->header.items, sheet->header.count);
  if (near == NULL)
    return error_set(err, ERROR_DATA, "'%s' has no column '%s'", sheet->path, header);
  return error_set(err, ERROR_DATA, "'%s' has no column '%s'; did you mean '%s'?", sheet->path,
                   header, near);
}

static bool require_header(const struct import_sheet *sheet, const char *header, int *position,
                           struct error *err) {
  *position = header == NULL ? IMPORT_ABSENT : find_header(sheet, header);
  return header == NULL || *position != IMPORT_ABSENT || fail_missing(sheet, header, err);
}

static bool trim_copy(const struct csv_field *cell, char **out, struct error *err) {
  const char *start = cell->data;
  size_t length = cell->length;
  while (length > 0 && (start[0] == ' ' || start[0] == '\t'))
    start++, length--;
  while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
    length--;
  struct text copy = {0};
  text_append_bytes(&copy, start, length);
  *out = text_take(&copy, err);
  return *out != NULL;
}

static bool read_header(struct import_sheet *sheet, struct error *err) {
  const struct csv_row *row = NULL;
  if (!csv_next(sheet->csv, &row, err)) {
    error_name_file(err, sheet->path);
    return error_prefix(err, "%s:", sheet->path);
  }
  if (row == NULL)
    return error_set(err, ERROR_DATA, "'%s' is empty; its first row must name the columns",
                     sheet->path);
  for (size_t i = 0; i < row->count; i++) {
    char *header = NULL;
    if (!trim_copy(&row->fields[i], &header, err))
      return false;
    int twice = find_header(sheet, header);
    char **place = list_add(&sheet->header, err);
    if (place == NULL) {
      memory_free(header);
      return false;
    }
    *place = header;
    if (twice != IMPORT_ABSENT && header[0] != '\0')
      return error_set(err, ERROR_DATA, "'%s' has two columns called '%s'", sheet->path, header);
  }
  return true;
}

static bool bind_translations(struct import_binding *binding, struct error *err) {
  const struct list *values = &binding->column->values;
  for (size_t i = 0; i < values->count; i++) {
    const struct import_translation *value = list_at(values, i);
    if (!map_set(&binding->translations, value->from, (int64_t)i, err))
      return false;
  }
  return true;
}

static bool bind_reference(struct import_sheet *sheet, struct import_binding *binding,
                           struct error *err) {
  if (binding->field->type != FIELD_REF)
    return true;
  const struct kind *target = NULL;
  return catalog_find(sheet->engine->book->catalog, binding->field->target, &target, err) &&
         import_names_open(sheet, target, binding->column->by, &binding->names, err);
}

static bool bind_column(struct import_sheet *sheet, const struct import_column *column,
                        struct error *err) {
  struct import_binding *binding = list_add(&sheet->bindings, err);
  int position = IMPORT_ABSENT;
  if (binding == NULL || !require_header(sheet, column->header, &position, err) ||
      !kind_find_field(sheet->kind, column->field, &binding->field, err) ||
      !require_header(sheet, column->since, &binding->since, err))
    return false;
  binding->column = column;
  binding->position = (size_t)position;
  if (binding->field->flags & FIELD_ENGINE)
    return error_set(err, ERROR_CONFIG,
                     "'%s' is moved through stages; use stages { column = \"%s\" … }",
                     column->field, column->header);
  if (!field_is_stored(binding->field))
    return error_set(err, ERROR_CONFIG, "'%s' is computed and can't be imported", column->field);
  if (sheet->file->match != NULL && strcmp(sheet->file->match, column->field) == 0)
    sheet->match_binding = (int)sheet->bindings.count - 1;
  return bind_translations(binding, err) && bind_reference(sheet, binding, err);
}

static bool is_bound(const struct import_sheet *sheet, int position) {
  const struct import_file *file = sheet->file;
  for (size_t i = 0; i < sheet->bindings.count; i++) {
    const struct import_binding *binding = list_at(&sheet->bindings, i);
    if ((int)binding->position == position || binding->since == position)
      return true;
  }
  const char *header = *(char **)list_at(&sheet->header, (size_t)position);
  for (size_t i = 0; i < file->ignore.count; i++)
    if (same_header(*(char **)list_at(&file->ignore, i), header))
      return true;
  for (size_t i = 0; i < file->stages.words.count; i++) {
    const struct import_word *word = list_at(&file->stages.words, i);
    for (size_t k = 0; k < word->stages.count; k++) {
      const struct import_stage *stage = list_at(&word->stages, k);
      if (stage->at != NULL && same_header(stage->at, header))
        return true;
    }
  }
  return position == sheet->stage_position || position == sheet->since_position;
}

static bool check_all_bound(const struct import_sheet *sheet, struct error *err) {
  for (size_t i = 0; i < sheet->header.count; i++) {
    const char *header = *(char **)list_at(&sheet->header, i);
    if (header[0] != '\0' && !is_bound(sheet, (int)i))
      return error_set(err, ERROR_DATA,
                       "'%s' has a column '%s' that the mapping does not know; map it, or say "
                       "ignore { \"%s\" }",
                       sheet->path, header, header);
  }
  return true;
}

static bool bind_word(struct import_sheet *sheet, const struct import_word *word, int64_t index,
                      struct error *err) {
  for (size_t i = 0; i < word->stages.count; i++) {
    const struct import_stage *stage = list_at(&word->stages, i);
    struct stage *found = NULL;
    int *position = list_add(&sheet->steps, err);
    if (position == NULL || !process_find_stage(sheet->process, stage->stage, &found, err) ||
        !require_header(sheet, stage->at, position, err))
      return false;
  }
  struct text folded = {0};
  text_append_folded(&folded, word->word, strlen(word->word));
  bool done = text_check(&folded, err) && map_set(&sheet->words, text_string(&folded), index, err);
  text_release(&folded);
  return done;
}

/* NULL when the kind has none or several. */
static const struct process *only_process(const struct import_sheet *sheet) {
  const struct list *all = &sheet->engine->rules->processes;
  const struct process *found = NULL;
  for (size_t i = 0; i < all->count; i++) {
    const struct process *process = *(struct process **)list_at(all, i);
    if (process->kind != sheet->kind)
      continue;
    if (found != NULL)
      return NULL;
    found = process;
  }
  return found;
}

static bool bind_stages(struct import_sheet *sheet, struct error *err) {
  const struct import_stages *stages = &sheet->file->stages;
  if (stages->column == NULL && stages->words.count == 0)
    return true;
  sheet->process = stages->process != NULL ? engine_process(sheet->engine, stages->process)
                                           : only_process(sheet);
  if (sheet->process == NULL || sheet->process->kind != sheet->kind)
    return error_set(err, ERROR_CONFIG, "kind %s has no process '%s'", sheet->kind->name,
                     stages->process == NULL ? "" : stages->process);
  for (size_t i = 0; i < stages->words.count; i++)
    if (!bind_word(sheet, list_at(&stages->words, i), (int64_t)i, err))
      return false;
  return require_header(sheet, stages->column, &sheet->stage_position, err);
}

static bool bind_columns(struct import_sheet *sheet, struct error *err) {
  for (size_t i = 0; i < sheet->file->columns.count; i++)
    if (!bind_column(sheet, list_at(&sheet->file->columns, i), err))
      return false;
  if (!bind_stages(sheet, err) ||
      !require_header(sheet, sheet->file->since, &sheet->since_position, err))
    return false;
  if (sheet->file->match != NULL && sheet->match_binding == IMPORT_ABSENT)
    return error_set(err, ERROR_CONFIG, "match = \"%s\" needs a column that is mapped to it",
                     sheet->file->match);
  return check_all_bound(sheet, err);
}

static bool read_existing(struct import_sheet *sheet, struct error *err) {
  if (sheet->match_binding == IMPORT_ABSENT)
    return true;
  struct query *query = NULL;
  struct cursor *cursor = NULL;
  const struct value *values = NULL;
  struct book *book = sheet->engine->book;
  bool done = query_new(&query, book, sheet->kind, err) && query_select(query, "id", "id", err) &&
              query_select(query, "match", sheet->file->match, err) &&
              query_run(query, book, &cursor, err);
  struct text key = {0};
  while (done && (done = cursor_next(cursor, &values, err)) && values != NULL) {
    text_clear(&key);
    value_append_plain(&key, &values[1]);
    done = text_check(&key, err) && (key.length == 0 || map_set(&sheet->existing, text_string(&key),
                                                                values[0].as.integer, err));
  }
  text_release(&key);
  cursor_close(cursor);
  query_free(query);
  return done;
}

static void prepare(struct import_sheet *sheet, struct engine *engine,
                    const struct import_file *file, const char *path) {
  *sheet = (struct import_sheet){.engine = engine, .file = file, .path = path};
  sheet->bindings.size = sizeof(struct import_binding);
  sheet->names.size = sizeof(struct import_names *);
  sheet->deferred.size = sizeof(struct import_deferred);
  sheet->header.size = sizeof(char *);
  sheet->steps.size = sizeof(int);
  sheet->entries.size = sizeof(struct stage_entry);
  sheet->stage_position = sheet->since_position = sheet->match_binding = IMPORT_ABSENT;
}

static void prepare_reading(struct import_sheet *sheet, enum date_order order) {
  const struct book *book = sheet->engine->book;
  const struct import_file *file = sheet->file;
  sheet->reading = (struct field_reading){
      .order = order != DATE_ORDER_UNKNOWN ? order : file->order,
      .decimal = file->decimal,
      .currency = file->currency != NULL ? file->currency : book->currency,
      .today = book_today(book),
      .now = book_now(book),
  };
}

bool import_sheet_open(struct import_sheet *sheet, struct engine *engine,
                       const struct import_file *file, const char *path, enum date_order order,
                       struct error *err) {
  prepare(sheet, engine, file, path);
  prepare_reading(sheet, order);
  struct csv_options options = {.encoding = file->encoding};
  if (file->delimiter != NULL)
    options.delimiter = file->delimiter[0];
  if (!catalog_find(engine->book->catalog, file->kind, &sheet->kind, err))
    return false;
  size_t count = (size_t)sheet->kind->field_count;
  sheet->values = memory_new_array(count, sizeof *sheet->values);
  sheet->known = memory_new_array(count, sizeof *sheet->known);
  if (sheet->values == NULL || sheet->known == NULL)
    return error_memory(err);
  return csv_open_file(&sheet->csv, path, &options, err) && read_header(sheet, err) &&
         bind_columns(sheet, err) && read_existing(sheet, err);
}

void import_sheet_close(struct import_sheet *sheet) {
  for (size_t i = 0; i < sheet->bindings.count; i++)
    map_release(&((struct import_binding *)list_at(&sheet->bindings, i))->translations);
  for (size_t i = 0; i < sheet->names.count; i++)
    import_names_free(*(struct import_names **)list_at(&sheet->names, i));
  for (size_t i = 0; i < sheet->deferred.count; i++) {
    struct import_deferred *deferred = list_at(&sheet->deferred, i);
    memory_free(deferred->name);
  }
  for (size_t i = 0; i < sheet->header.count; i++)
    memory_free(*(char **)list_at(&sheet->header, i));
  for (int i = 0; sheet->values != NULL && i < sheet->kind->field_count; i++)
    value_release(&sheet->values[i]);
  list_release(&sheet->bindings);
  list_release(&sheet->names);
  list_release(&sheet->deferred);
  list_release(&sheet->header);
  list_release(&sheet->entries);
  list_release(&sheet->steps);
  map_release(&sheet->words);
  map_release(&sheet->existing);
  memory_free(sheet->values);
  memory_free(sheet->known);
  csv_close(sheet->csv);
}
