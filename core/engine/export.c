#include "engine/export.h"

#include <string.h>

#include "base/memory.h"
#include "engine/csv_write.h"
#include "engine/diagram.h"
#include "engine/document.h"
#include "engine/json.h"

static const struct result_column *column_at(const struct result *result, size_t index) {
  return list_at(&result->columns, index);
}

static const struct result_row *row_at(const struct result *result, size_t index) {
  return list_at(&result->rows, index);
}

/* Whether an amount's currency can be told without a column of its own. */
static bool needs_currency(const struct result *result, size_t column) {
  if (column_at(result, column)->type != FIELD_MONEY)
    return false;
  for (size_t i = 0; i < result->rows.count; i++) {
    const struct value *value = &row_at(result, i)->values[column];
    if (value->type == VALUE_MONEY && strcmp(value->as.money.currency, result->stamp.currency) != 0)
      return true;
  }
  return false;
}

/* One CSV row under way: the bytes of all cells and where each begins. */
struct sheet {
  bool *has_currency;     /* owned, by column of the result */
  struct csv_cell *cells; /* owned, as many as columns of the sheet */
  size_t *ends;           /* owned: where each cell's bytes end in `bytes` */
  size_t count;
  struct text bytes;
  struct csv_style style;
};

static void sheet_release(struct sheet *sheet) {
  memory_free(sheet->has_currency);
  memory_free(sheet->cells);
  memory_free(sheet->ends);
  text_release(&sheet->bytes);
}

static bool sheet_open(struct sheet *sheet, const struct result *result, char delimiter, bool guard,
                       struct error *err) {
  size_t columns = result->columns.count;
  *sheet = (struct sheet){
      .style = {.delimiter = delimiter, .guard = guard}
  };
  sheet->has_currency = memory_new_array(columns, sizeof *sheet->has_currency);
  sheet->cells = memory_new_array(columns * 2, sizeof *sheet->cells);
  sheet->ends = memory_new_array(columns * 2, sizeof *sheet->ends);
  if (!sheet->has_currency || !sheet->cells || !sheet->ends)
    return error_memory(err);
  for (size_t i = 0; i < columns; i++)
    sheet->has_currency[i] = needs_currency(result, i);
  return true;
}

static void end_cell(struct sheet *sheet, bool is_text, bool always_quoted) {
  sheet->ends[sheet->count] = sheet->bytes.length;
  sheet->cells[sheet->count++] =
      (struct csv_cell){.is_text = is_text, .always_quoted = always_quoted};
}

/* The bytes may have moved while cells were added: they are pointed at only now. */
static void end_row(struct sheet *sheet, struct text *out) {
  size_t start = 0;
  const char *bytes = text_string(&sheet->bytes);
  for (size_t i = 0; i < sheet->count; i++) {
    sheet->cells[i].data = bytes + start;
    sheet->cells[i].length = sheet->ends[i] - start;
    start = sheet->ends[i];
  }
  csv_write_row(out, sheet->cells, sheet->count, &sheet->style);
  sheet->count = 0;
  text_clear(&sheet->bytes);
}

static void write_header(struct sheet *sheet, const struct result *result, struct text *out) {
  for (size_t i = 0; i < result->columns.count; i++) {
    text_append(&sheet->bytes, column_at(result, i)->name);
    end_cell(sheet, true, false);
    if (!sheet->has_currency[i])
      continue;
    text_format(&sheet->bytes, "%s_currency", column_at(result, i)->name);
    end_cell(sheet, true, false);
  }
  end_row(sheet, out);
}

static void write_row(struct sheet *sheet, const struct result *result,
                      const struct result_row *row, struct text *out) {
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct value *value = &row->values[i];
    bool is_text = value->type == VALUE_TEXT;
    value_append_plain(&sheet->bytes, value);
    end_cell(sheet, is_text, is_text && value->as.text.length == 0);
    if (!sheet->has_currency[i])
      continue;
    if (value->type == VALUE_MONEY)
      text_append(&sheet->bytes, value->as.money.currency);
    end_cell(sheet, false, false);
  }
  end_row(sheet, out);
}

static bool refuse_document(const char *format, struct error *err) {
  return error_set(err, ERROR_USAGE,
                   "the answer is a document, which has no rows for %s; ask for markdown, html, "
                   "json or text",
                   format);
}

bool export_csv(const struct result *result, char delimiter, bool guard, struct text *out,
                struct error *err) {
  if (result->document)
    return refuse_document(delimiter == '\t' ? "tsv" : "csv", err);
  struct sheet sheet;
  bool done = sheet_open(&sheet, result, delimiter, guard, err);
  if (done) {
    write_header(&sheet, result, out);
    for (size_t i = 0; i < result->rows.count; i++)
      write_row(&sheet, result, row_at(result, i), out);
    done = text_check(&sheet.bytes, err) && text_check(out, err);
  }
  sheet_release(&sheet);
  return done;
}

static void write_object(const struct result *result, const struct result_row *row,
                         struct text *out) {
  text_append_char(out, '{');
  for (size_t i = 0; i < result->columns.count; i++) {
    if (i > 0)
      text_append_char(out, ',');
    json_text(out, column_at(result, i)->name);
    text_append_char(out, ':');
    json_value(out, &row->values[i]);
  }
  text_append_char(out, '}');
}

static void write_columns(const struct result *result, struct text *out) {
  text_append(out, "\"columns\":[");
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = column_at(result, i);
    text_append(out, i ? ",{\"name\":" : "{\"name\":");
    json_text(out, column->name);
    text_append(out, ",\"title\":");
    json_text(out, column->title);
    text_append(out, ",\"type\":");
    json_text(out, field_type_name(column->type));
    if (column->unit) {
      text_append(out, ",\"unit\":");
      json_text(out, column->unit);
    }
    text_append_char(out, '}');
  }
  text_append_char(out, ']');
}

static void write_stamp(const struct stamp *stamp, struct text *out) {
  struct value now = value_instant(stamp->now), as_of = value_instant(stamp->as_of);
  text_format(out, "\"stamp\":{\"position\":%lld,\"ruleset\":", (long long)stamp->position);
  json_text(out, stamp->ruleset[0] ? stamp->ruleset : NULL);
  text_append(out, ",\"now\":");
  json_value(out, &now);
  text_append(out, ",\"as_of\":");
  if (stamp->has_as_of)
    json_value(out, &as_of);
  else
    text_append(out, "null");
  text_append(out, ",\"currency\":");
  json_text(out, stamp->currency);
  text_append(out, ",\"command\":");
  json_text(out, stamp->command);
  text_append_char(out, '}');
}

static void write_rows(const struct result *result, struct text *out) {
  write_columns(result, out);
  text_append(out, ",\"rows\":[");
  for (size_t i = 0; i < result->rows.count; i++) {
    text_append(out, i ? ",\n" : "\n");
    write_object(result, row_at(result, i), out);
  }
  text_append_char(out, ']');
}

static void write_items(const struct block *block, struct text *out) {
  bool pairs = block->type == BLOCK_FACTS;
  size_t step = pairs ? 2 : 1;
  text_append(out, ",\"items\":[");
  for (size_t i = 0; i + step <= block->items.count; i += step) {
    text_append(out, i ? "," : "");
    text_append(out, pairs ? "[" : "");
    json_text(out, *(char **)list_at(&block->items, i));
    if (pairs) {
      text_append_char(out, ',');
      json_text(out, *(char **)list_at(&block->items, i + 1));
      text_append_char(out, ']');
    }
  }
  text_append_char(out, ']');
}

static void write_box(const struct box *box, struct text *out) {
  static const char *const places[] = {"group", "end", "out"};
  const char *const entries[][2] = {
      {"name",   box->name  },
      {"title",  box->title },
      {"detail", box->detail},
      {"label",  box->label }
  };
  text_format(out, "{\"place\":\"%s\"", places[box->place]);
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
    if (!entries[i][1])
      continue;
    text_format(out, ",\"%s\":", entries[i][0]);
    json_text(out, entries[i][1]);
  }
  text_append_char(out, '}');
}

static void write_boxes(const struct diagram *diagram, struct text *out) {
  text_append(out, ",\"name\":");
  json_text(out, diagram->name);
  text_append(out, ",\"boxes\":[");
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    text_append(out, i ? "," : "");
    write_box(list_at(&diagram->boxes, i), out);
  }
  text_append_char(out, ']');
}

static void write_block(const struct block *block, struct text *out) {
  text_format(out, "{\"type\":\"%s\"", block_type_name(block->type));
  if (block->type == BLOCK_HEADING)
    text_format(out, ",\"level\":%d", block->level);
  if (block->text) {
    text_append(out, ",\"text\":");
    json_text(out, block->text);
  }
  if (block->table) {
    text_append(out, ",\"title\":");
    json_text(out, block->table->title);
    text_append_char(out, ',');
    write_rows(block->table, out);
  } else if (block->diagram) {
    write_boxes(block->diagram, out);
  } else if (!block->text) {
    write_items(block, out);
  }
  text_append_char(out, '}');
}

static void write_blocks(const struct document *document, struct text *out) {
  text_append(out, "\"blocks\":[");
  for (size_t i = 0; i < document->blocks.count; i++) {
    text_append(out, i ? ",\n" : "\n");
    write_block(list_at(&document->blocks, i), out);
  }
  text_append_char(out, ']');
}

bool export_json(const struct result *result, struct text *out, struct error *err) {
  text_append(out, "{\"title\":");
  json_text(out, result->title);
  text_append_char(out, ',');
  write_stamp(&result->stamp, out);
  text_append_char(out, ',');
  if (result->document)
    write_blocks(result->document, out);
  else
    write_rows(result, out);
  text_append(out, ",\"notes\":[");
  for (size_t i = 0; i < result->notes.count; i++) {
    if (i > 0)
      text_append_char(out, ',');
    json_text(out, *(char **)list_at(&result->notes, i));
  }
  text_append(out, "]}\n");
  return text_check(out, err);
}

bool export_ndjson(const struct result *result, struct text *out, struct error *err) {
  if (result->document)
    return refuse_document("ndjson", err);
  for (size_t i = 0; i < result->rows.count; i++) {
    write_object(result, row_at(result, i), out);
    text_append_char(out, '\n');
  }
  return text_check(out, err);
}
