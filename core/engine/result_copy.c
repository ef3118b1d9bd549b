/* Copies of results, whole or by columns. */
#include <string.h>

#include "base/memory.h"
#include "engine/chart.h"
#include "engine/result.h"

static bool copy_columns(struct result *out, const struct result *from, const size_t *columns,
                         size_t count, struct error *err) {
  for (size_t i = 0; i < count; i++) {
    const struct result_column *column = list_at(&from->columns, columns[i]);
    if (!result_add_column(out, column->name, column->title, column->type, err) ||
        !result_copy_look(list_at(&out->columns, i), column, err))
      return false;
  }
  return true;
}

static bool copy_rows(struct result *out, const struct result *from, const size_t *columns,
                      size_t count, struct error *err) {
  for (size_t r = 0; r < from->rows.count; r++) {
    const struct result_row *row = list_at(&from->rows, r);
    struct result_row *copy = result_add_row(out, row->id, err);
    if (!copy)
      return false;
    copy->summary = row->summary;
    for (size_t i = 0; i < count; i++)
      if (!result_set(copy, (int)i, &row->values[columns[i]], err))
        return false;
  }
  return true;
}

static bool copy_rest(struct result *out, const struct result *from, struct error *err) {
  out->single = from->single;
  out->broken = from->broken;
  out->cut_from = from->cut_from;
  out->stamp = from->stamp;
  out->stamp.command = memory_copy_text(from->stamp.command);
  if (from->stamp.command && !out->stamp.command)
    return error_memory(err);
  for (size_t i = 0; i < from->notes.count; i++)
    if (!result_note(out, *(char **)list_at(&from->notes, i), err))
      return false;
  return !from->chart || chart_copy(&out->chart, from->chart, err);
}

bool result_pick(struct result *out, const struct result *from, const size_t *columns, size_t count,
                 struct error *err) {
  if (!result_init(out, from->name, from->title, err))
    return false;
  if (copy_columns(out, from, columns, count, err) && copy_rows(out, from, columns, count, err) &&
      copy_rest(out, from, err))
    return true;
  result_release(out);
  return false;
}

bool result_copy(struct result *out, const struct result *from, struct error *err) {
  size_t count = from->columns.count;
  size_t *columns = memory_new_array(count, sizeof *columns);
  if (!columns)
    return error_memory(err);
  for (size_t i = 0; i < count; i++)
    columns[i] = i;
  bool done = result_pick(out, from, columns, count, err);
  memory_free(columns);
  return done;
}
