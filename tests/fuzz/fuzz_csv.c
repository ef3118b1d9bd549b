/* Any bytes read as CSV: no crash, every row within its limits, and the end is reached. */
#include "engine/csv.h"
#include "fuzz/fuzz.h"

static void check_row(const struct csv_row *row) {
  PROMISE(row->count > 0 && row->count <= CSV_FIELDS_MAX);
  for (size_t i = 0; i < row->count; i++) {
    const struct csv_field *field = &row->fields[i];
    PROMISE(strlen(field->data) == field->length);
    PROMISE(field->line >= row->line && field->column > 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const encodings[] = {NULL, "utf-8", "cp1251", "utf-16le"};
  if (size == 0)
    return 0;
  const struct csv_options options = {.delimiter = data[0] & 8 ? ',' : 0,
                                      .stray_quotes = data[0] & 4,
                                      .encoding = encodings[data[0] & 3]};
  struct csv *csv = NULL;
  const struct csv_row *row = NULL;
  struct error err;
  PROMISE(csv_open_memory(&csv, (const char *)data + 1, size - 1, &options, &err));
  for (size_t rows = 0; rows <= size; rows++) {
    if (csv_next(csv, &row, &err)) {
      if (!row)
        break;
      check_row(row);
    } else if (!csv_can_continue(csv)) {
      break;
    }
    PROMISE(rows < size); /* every row takes at least one byte */
  }
  csv_close(csv);
  return 0;
}
