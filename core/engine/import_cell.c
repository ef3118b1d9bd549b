#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/accept.h"
#include "engine/import_sheet.h"

static const struct csv_field *cell_at(const struct csv_row *row, size_t position) {
  return position < row->count ? &row->fields[position] : NULL;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

/* The cell without blanks around it: its own bytes if they end there, else a copy in the buffer. */
static bool take_cell(const struct csv_row *row, size_t position, struct text *buffer,
                      const char **word, struct error *err) {
  const struct csv_field *cell = cell_at(row, position);
  *word = "";
  if (cell == NULL || cell->length == 0)
    return true;
  const char *end = cell->data + cell->length;
  *word = cell->data + strspn(cell->data, " \t");
  if (!is_blank(end[-1]) || *word == end)
    return true;
  while (is_blank(end[-1]))
    end--;
  text_clear(buffer);
  text_append_bytes(buffer, *word, (size_t)(end - *word));
  *word = text_string(buffer);
  return text_check(buffer, err);
}

/* What the mapping's `values` make of the word. *word NULL: nothing. */
static void replace_word(const struct import_binding *binding, const char **word) {
  int64_t index = 0;
  if (binding->translations.count == 0 || !map_find(&binding->translations, *word, &index))
    return;
  *word = ((struct import_translation *)list_at(&binding->column->values, (size_t)index))->to;
}

static bool defer(struct import_sheet *sheet, const struct csv_row *row, size_t index,
                  const char *name, struct error *err) {
  const struct import_binding *binding = list_at(&sheet->bindings, index);
  const struct csv_field *cell = cell_at(row, binding->position);
  struct import_deferred *deferred = list_add(&sheet->deferred, err);
  if (deferred == NULL)
    return false;
  *deferred = (struct import_deferred){
      .binding = index, .name = memory_copy_text(name), .line = cell->line, .column = cell->column};
  return deferred->name != NULL || error_memory(err);
}

/* One that is not accepted goes with the row that wanted it, not with the whole import. */
static bool create_accepted(struct engine *engine, struct record *record, struct error *err) {
  bool warned = false;
  if (!unit_begin(engine->book, NULL, NULL, err))
    return false;
  bool done = engine_create(engine, record, NULL, err) && accept_row(engine, record, &warned, err);
  if (done)
    return unit_commit(engine->book, err);
  unit_cancel(engine->book);
  return error_prefix(err, "%s: ", record->kind->name);
}

static bool create_target(struct import_sheet *sheet, const struct import_binding *binding,
                          const char *word, int64_t *id, struct error *err) {
  struct engine *engine = sheet->engine;
  const struct kind *kind = binding->names->kind;
  struct record record;
  if (!record_init(&record, kind, err))
    return false;
  const char *by = binding->names->by != NULL ? binding->names->by : kind->name_field;
  struct value name = value_text(word);
  const struct field *field = NULL;
  bool done = kind_find_field(kind, by, &field, err) &&
              record_set(&record, engine->book, field, &name, err) &&
              create_accepted(engine, &record, err) &&
              import_names_add(binding->names, word, record.id, err);
  *id = record.id;
  record_release(&record);
  return done;
}

static bool read_reference(struct import_sheet *sheet, const struct csv_row *row, size_t index,
                           const char *word, struct value *out, struct error *err) {
  const struct import_binding *binding = list_at(&sheet->bindings, index);
  int64_t id = 0;
  if (!import_names_find(sheet, binding, word, &id, err))
    return false;
  if (id == 0 && binding->column->create && !create_target(sheet, binding, word, &id, err))
    return false;
  if (id == 0 && binding->names->kind == sheet->kind)
    return defer(sheet, row, index, word, err);
  if (id == 0)
    return false;
  *out = value_integer(id);
  return true;
}

/* Whether the refused word is a date if only somebody says which number is the day. */
static bool note_ambiguous(struct import_sheet *sheet, enum field_type type, const char *word,
                           const struct error *err) {
  struct error ignored; /* it was refused already */
  instant day_first, month_first, now = sheet->reading.now;
  bool is_time = type == FIELD_DATE || type == FIELD_INSTANT;
  if (is_time && sheet->reading.order == DATE_ORDER_UNKNOWN && err->code == ERROR_INVALID)
    sheet->ambiguous = instant_parse(&day_first, word, DATE_ORDER_DMY, now, &ignored) &&
                       instant_parse(&month_first, word, DATE_ORDER_MDY, now, &ignored) &&
                       day_first != month_first;
  return false;
}

/* What was noted to the second happened on that day. */
static bool parse_value(const struct import_sheet *sheet, const struct field *field,
                        const char *word, struct value *out, struct error *err) {
  struct error ignored; /* the message about the date says what is expected */
  instant at;
  if (field_parse(field, word, &sheet->reading, out, err))
    return true;
  if (field->type != FIELD_DATE ||
      !instant_parse(&at, word, sheet->reading.order, sheet->reading.now, &ignored))
    return false;
  *out = value_date(instant_date(at));
  return true;
}

static bool read_word(struct import_sheet *sheet, const struct csv_row *row, size_t index,
                      const char *word, struct error *err) {
  const struct import_binding *binding = list_at(&sheet->bindings, index);
  struct value *out = &sheet->values[binding->field->position];
  if (binding->field->type == FIELD_REF)
    return read_reference(sheet, row, index, word, out, err);
  if (binding->column->suffix == NULL)
    return parse_value(sheet, binding->field, word, out, err) ||
           note_ambiguous(sheet, binding->field->type, word, err);
  struct text whole = {0};
  text_format(&whole, "%s%s", word, binding->column->suffix);
  bool done = text_check(&whole, err) &&
              field_parse(binding->field, text_string(&whole), &sheet->reading, out, err);
  text_release(&whole);
  return done;
}

static bool read_binding(struct import_sheet *sheet, const struct csv_row *row, size_t index,
                         struct text *buffer, struct error *err) {
  const struct import_binding *binding = list_at(&sheet->bindings, index);
  const char *word = NULL;
  if (!take_cell(row, binding->position, buffer, &word, err))
    return false;
  replace_word(binding, &word);
  if (word == NULL || word[0] == '\0') {
    if (!binding->column->required)
      return true;
    error_set(err, ERROR_DATA, "%s is empty", binding->column->header);
    return import_complain(sheet, row, binding->position, err);
  }
  value_release(&sheet->values[binding->field->position]);
  return read_word(sheet, row, index, word, err) ||
         import_complain(sheet, row, binding->position, err);
}

/* A date cell as an instant; 0 when it is empty. */
static bool read_instant(struct import_sheet *sheet, const struct csv_row *row, int position,
                         struct text *buffer, instant *out, struct error *err) {
  *out = 0;
  if (position == IMPORT_ABSENT)
    return true;
  const char *word = NULL;
  if (!take_cell(row, (size_t)position, buffer, &word, err))
    return false;
  if (word[0] == '\0')
    return true;
  return instant_parse(out, word, sheet->reading.order, sheet->reading.now, err) ||
         note_ambiguous(sheet, FIELD_INSTANT, word, err) ||
         import_complain(sheet, row, (size_t)position, err);
}

static bool find_word(const struct import_sheet *sheet, const char *cell, int64_t *index,
                      struct error *err) {
  struct text folded = {0};
  text_append(&folded, "");
  text_append_folded(&folded, cell, strlen(cell));
  *index = IMPORT_ABSENT;
  bool done = text_check(&folded, err);
  if (done)
    (void)map_find(&sheet->words, text_string(&folded), index);
  text_release(&folded);
  return done;
}

/* The first of the word's steps in sheet->steps, which hold those of all words in a row. */
static size_t first_step(const struct import_stages *stages, size_t index) {
  size_t first = 0;
  for (size_t i = 0; i < index; i++)
    first += ((struct import_word *)list_at(&stages->words, i))->stages.count;
  return first;
}

static bool read_entries(struct import_sheet *sheet, const struct csv_row *row, size_t index,
                         struct text *buffer, struct error *err) {
  const struct import_word *word = list_at(&sheet->file->stages.words, index);
  size_t first = first_step(&sheet->file->stages, index);
  for (size_t i = 0; i < word->stages.count; i++) {
    const struct import_stage *stage = list_at(&word->stages, i);
    int position = *(int *)list_at(&sheet->steps, first + i);
    struct stage_entry *entry = list_add(&sheet->entries, err);
    if (entry == NULL)
      return false;
    entry->stage = stage->stage;
    if (!read_instant(sheet, row, position, buffer, &entry->at, err))
      return false;
  }
  return true;
}

static bool read_stages(struct import_sheet *sheet, const struct csv_row *row, struct text *buffer,
                        struct error *err) {
  list_clear(&sheet->entries);
  if (sheet->process == NULL)
    return true;
  if (sheet->stage_position == IMPORT_ABSENT)
    return read_entries(sheet, row, 0, buffer, err);
  size_t position = (size_t)sheet->stage_position;
  const char *word = NULL;
  if (!take_cell(row, position, buffer, &word, err))
    return false;
  int64_t index = IMPORT_ABSENT;
  if (!find_word(sheet, word, &index, err))
    return false;
  if (index == IMPORT_ABSENT && *word == '\0' && !process_covers(sheet->process, sheet->values))
    return true; /* the row is in another process, of whose stages the column tells nothing */
  if (index == IMPORT_ABSENT) {
    error_set(err, ERROR_DATA, "the mapping has no word \"%s\" for the stage", word);
    return import_complain(sheet, row, position, err);
  }
  return read_entries(sheet, row, (size_t)index, buffer, err);
}

static bool start_values(struct import_sheet *sheet, struct error *err) {
  for (int i = 0; i < sheet->kind->field_count; i++) {
    value_release(&sheet->values[i]);
    sheet->known[i] = 0;
    const struct value *fallback = &sheet->kind->fields[i]->fallback;
    if (!value_is_null(fallback) && !value_copy(&sheet->values[i], fallback, err))
      return false;
  }
  return true;
}

static bool check_width(const struct import_sheet *sheet, const struct csv_row *row,
                        struct error *err) {
  if (row->count == sheet->header.count)
    return true;
  error_set(err, ERROR_DATA,
            "the row has %zu cells, the header %zu; is a quote or a delimiter missing?", row->count,
            sheet->header.count);
  return import_complain(sheet, row, row->count, err);
}

bool import_sheet_read(struct import_sheet *sheet, const struct csv_row *row, instant *since,
                       struct error *err) {
  struct text buffer = {0};
  sheet->ambiguous = false;
  bool done = check_width(sheet, row, err) && start_values(sheet, err);
  for (size_t i = 0; done && i < sheet->bindings.count; i++) {
    const struct import_binding *binding = list_at(&sheet->bindings, i);
    done = read_binding(sheet, row, i, &buffer, err) &&
           read_instant(sheet, row, binding->since, &buffer,
                        &sheet->known[binding->field->position], err);
  }
  done = done && read_stages(sheet, row, &buffer, err) &&
         read_instant(sheet, row, sheet->since_position, &buffer, since, err);
  text_release(&buffer);
  return done;
}
