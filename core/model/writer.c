/* record_writer: rows in at the speed of the store. */
#include <assert.h>

#include "base/memory.h"
#include "model/column.h"
#include "model/record.h"

struct record_writer {
  struct book *book;
  const struct kind *kind;
  struct statement *spine, *row;
};

static bool open_row(struct record_writer *writer, struct error *err) {
  struct text sql = {0};
  int columns = 0;
  text_format(&sql, "insert into \"%s\" (id, %s) values ($1", writer->kind->name,
              text_string(&writer->kind->columns));
  for (int i = 0; i < writer->kind->field_count; i++)
    columns += column_count(writer->kind->fields[i]);
  for (int i = 0; i < columns; i++)
    text_format(&sql, ", $%d", i + 2);
  text_append(&sql, ")");
  bool opened = text_check(&sql, err) &&
                statement_open(&writer->row, writer->book->store, text_string(&sql), err);
  text_release(&sql);
  return opened;
}

bool record_writer_open(struct record_writer **out, struct book *book, const struct kind *kind,
                        struct error *err) {
  assert(book->unit_depth > 0);
  if (!kind_check_written(kind, err))
    return false;
  struct record_writer *writer = memory_new(sizeof *writer);
  if (!writer)
    return error_memory(err);
  writer->book = book;
  writer->kind = kind;
  if (!statement_open(&writer->spine, book->store,
                      "insert into record (id, kind, created_tx, updated_tx, since) "
                      "values ($1, $2, $3, $3, $4)",
                      err) ||
      !open_row(writer, err)) {
    record_writer_close(writer);
    return false;
  }
  *out = writer;
  return true;
}

static bool add_spine(struct record_writer *writer, int64_t id, instant since, struct error *err) {
  struct book *book = writer->book;
  char since_text[INSTANT_TEXT_SIZE];
  int64_t tx;
  if (!unit_tx(book, &tx, err))
    return false;
  instant_write(since ? since : book->tx_at, since_text);
  statement_bind_integer(writer->spine, 1, id);
  statement_bind_text(writer->spine, 2, writer->kind->name);
  statement_bind_integer(writer->spine, 3, tx);
  statement_bind_text(writer->spine, 4, since_text);
  return statement_run(writer->spine, err);
}

bool record_writer_add(struct record_writer *writer, const struct value *values, instant since,
                       int64_t *id, struct error *err) {
  int64_t fresh;
  if (!store_next_id(writer->book->store, &fresh, err) || !add_spine(writer, fresh, since, err))
    return false;
  statement_bind_integer(writer->row, 1, fresh);
  int index = 2;
  for (int i = 0; i < writer->kind->field_count; i++) {
    const struct field *field = writer->kind->fields[i];
    if (field_is_stored(field))
      index = column_bind(writer->row, index, field, &values[i]);
  }
  if (!statement_run(writer->row, err))
    return false;
  *id = fresh;
  return true;
}

void record_writer_close(struct record_writer *writer) {
  if (!writer)
    return;
  statement_close(writer->spine);
  statement_close(writer->row);
  memory_free(writer);
}
