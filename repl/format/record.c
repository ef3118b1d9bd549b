#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "engine/chart.h"
#include "repl/format/cell.h"
#include "repl/format/count.h"
#include "repl/format/document.h"
#include "repl/format/wrap.h"

static size_t title_width(const struct result *result, const struct style *style) {
  size_t widest = 0;
  struct text title = {0};
  for (size_t i = 0; i < result->columns.count; i++) {
    text_clear(&title);
    cell_append_title(&title, list_at(&result->columns, i), style);
    size_t width = text_width(text_string(&title), title.length);
    widest = width > widest ? width : widest;
  }
  text_release(&title);
  return widest;
}

/* Lines after the first stand under the first; a terminal gets them no longer than it is wide. */
static void append_lines(struct text *out, const char *lines, size_t indent,
                         const struct style *style) {
  size_t width = style->terminal && style->width > indent ? style->width : SIZE_MAX;
  for (bool more = true; more;) {
    size_t length = strcspn(lines, "\n");
    wrap_line(out, lines, length, indent, indent, width);
    more = lines[length] == '\n';
    lines += length + more;
    if (more) {
      text_append_char(out, '\n');
      text_append_repeat(out, " ", indent);
    }
  }
}

static enum paint paint_of(const struct value *value, bool changed) {
  if (changed)
    return PAINT_CHANGED;
  return value->type == VALUE_NULL ? PAINT_DIM : PAINT_NONE;
}

/* width: of the titles. */
static void append_pair(struct text *out, const struct result *result, size_t row, size_t index,
                        size_t width, const struct style *style) {
  struct text part = {0};
  const struct result_column *column = list_at(&result->columns, index);
  const struct value *value = &((struct result_row *)list_at(&result->rows, row))->values[index];
  bool changed = cell_is_changed(result, style, row, index);
  enum paint paint = paint_of(value, changed);
  text_append(out, "  ");
  cell_append_title(&part, column, style);
  size_t used = text_width(text_string(&part), part.length);
  text_append(out, text_string(&part));
  text_append_repeat(out, " ", width - used + 2);
  text_clear(&part);
  cell_append(&part, column, value, style, true);
  paint_begin(out, paint, style);
  append_lines(out, text_string(&part), width + 4, style);
  text_append(out, changed && !style->colour ? "*" : "");
  paint_end(out, paint, style);
  text_append_char(out, '\n');
  out->failed = out->failed || part.failed;
  text_release(&part);
}

static void append_heading(struct text *out, size_t number, const struct result_row *row,
                           const struct style *style) {
  paint_begin(out, PAINT_BOLD, style);
  text_append(out, style->ascii ? "-- " : "── ");
  if (row->summary)
    text_append(out, translate("total"));
  else
    text_format(out, "%zu", number);
  if (row->id)
    text_format(out, "  #%lld", (long long)row->id);
  paint_end(out, PAINT_BOLD, style);
  text_append_char(out, '\n');
}

bool record_write(const struct result *result, const struct style *style, struct text *out,
                  struct error *err) {
  if (result->document)
    return document_write(result, style, out, err);
  if (result->chart && result->chart->drawn)
    return chart_write(result, style, out, err);
  size_t width = title_width(result, style);
  cell_append_title_line(out, result, style);
  for (size_t r = 0; r < result->rows.count; r++) {
    const struct result_row *row = list_at(&result->rows, r);
    if (!result->single)
      append_heading(out, r + 1, row, style);
    for (size_t c = 0; c < result->columns.count; c++)
      append_pair(out, result, r, c, width, style);
  }
  if (result->rows.count == 0)
    text_format(out, "%s\n", translate("(no rows)"));
  count_append_line(out, result, style);
  cell_append_notes(out, result, style);
  return text_check(out, err);
}
