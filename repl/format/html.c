/* HTML as one file: no scripts, nothing loaded from anywhere, and a policy that forbids both. All
 * text goes through html_append_text(). */
#include "repl/format/html.h"

#include <string.h>

#include "base/digest.h"
#include "base/translate.h"
#include "engine/document.h"
#include "repl/format/cell.h"
#include "repl/format/count.h"
#include "repl/format/diagram.h"
#include "repl/format/safe.h"
#include "repl/format/style_sheet.h"
#include "repl/format/svg.h"

void html_append_text(struct text *out, const char *text) {
  struct text safe = {0};
  safe_append(&safe, text, strlen(text), SAFE_KEEP_LINES, false);
  for (const char *at = text_string(&safe); *at; at++) {
    switch (*at) {
    case '&':
      text_append(out, "&amp;");
      break;
    case '<':
      text_append(out, "&lt;");
      break;
    case '>':
      text_append(out, "&gt;");
      break;
    case '"':
      text_append(out, "&quot;");
      break;
    case '\'':
      text_append(out, "&#39;");
      break;
    default:
      text_append_char(out, *at);
    }
  }
  out->failed = out->failed || safe.failed;
  text_release(&safe);
}

static void append_element(struct text *out, const char *name, const char *text) {
  text_format(out, "<%s>", name);
  html_append_text(out, text);
  text_format(out, "</%s>\n", name);
}

/* The policy lets nothing but this very sheet style the page. */
static void append_head(struct text *out, const struct result *result) {
  char digest[DIGEST_BASE64_SIZE];
  struct text sheet = {0};
  style_sheet_append_page(&sheet);
  digest_base64(text_string(&sheet), sheet.length, digest);
  text_format(out,
              "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
              translate_language(), digest);
  append_element(out, "title", result->title && *result->title ? result->title : result->name);
  text_format(out, "<style>%s</style>\n</head>\n<body>\n<main>\n", text_string(&sheet));
  out->failed = out->failed || sheet.failed;
  text_release(&sheet);
}

/* How its values stand: numbers at the right, neither they nor days are broken. */
static const char *class_of(const struct result_column *column) {
  if (!column || result_is_number(column))
    return " class=\"n\"";
  bool is_day = column->type == FIELD_DATE || column->type == FIELD_INSTANT;
  return is_day ? " class=\"d\"" : "";
}

static void append_head_cell(struct text *out, const struct result_column *column,
                             const char *scope, const char *class, const struct style *style) {
  struct text title = {0};
  text_format(out, "<th scope=\"%s\"%s>", scope, class);
  cell_append_title(&title, column, style);
  html_append_text(out, text_string(&title));
  text_append(out, "</th>");
  out->failed = out->failed || title.failed;
  text_release(&title);
}

static void append_cell(struct text *out, const struct result_column *column,
                        const struct value *value, const char *class, const struct style *style) {
  struct text cell = {0};
  if (!value_is_null(value))
    cell_append(&cell, column, value, style, true);
  text_format(out, "<td%s>", class);
  html_append_text(out, text_string(&cell));
  text_append(out, "</td>");
  out->failed = out->failed || cell.failed;
  text_release(&cell);
}

static void append_header(struct text *out, const struct result *result, const struct style *style,
                          bool ids) {
  text_append(out, "<thead><tr>");
  if (ids)
    text_format(out, "<th scope=\"col\"%s>#</th>", class_of(NULL));
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = list_at(&result->columns, i);
    append_head_cell(out, column, "col", class_of(column), style);
  }
  text_append(out, "</tr></thead>\n");
}

static void append_row(struct text *out, const struct result *result, const struct result_row *row,
                       const struct style *style, bool ids) {
  text_append(out, row->summary ? "<tr class=\"sum\">" : "<tr>");
  if (ids && row->id)
    text_format(out, "<td%s>#%lld</td>", class_of(NULL), (long long)row->id);
  else if (ids)
    text_append(out, "<td></td>");
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = list_at(&result->columns, i);
    append_cell(out, column, &row->values[i], class_of(column), style);
  }
  text_append(out, "</tr>\n");
}

/* Of one record, which is read downwards. */
static void append_record(struct text *out, const struct result *result,
                          const struct result_row *row, const struct style *style) {
  text_append(out, "<tbody>\n");
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = list_at(&result->columns, i);
    text_append(out, "<tr>");
    append_head_cell(out, column, "row", "", style);
    append_cell(out, column, &row->values[i], "", style);
    text_append(out, "</tr>\n");
  }
  text_append(out, "</tbody>\n");
}

static void append_rows(struct text *out, const struct result *result, const struct style *style) {
  bool ids = cell_shows_ids(result, style);
  append_header(out, result, style, ids);
  text_append(out, "<tbody>\n");
  for (size_t i = 0; i < result->rows.count; i++)
    append_row(out, result, list_at(&result->rows, i), style, ids);
  text_append(out, "</tbody>\n");
}

/* A page with fewer rows than there are says so. */
static void append_count(struct text *out, const struct result *result) {
  struct text count = {0};
  if (result->cut_from)
    count_append(&count, result);
  else if (result->rows.count == 0)
    text_append(&count, translate("(no rows)"));
  if (count.length)
    append_element(out, "p", text_string(&count));
  out->failed = out->failed || count.failed;
  text_release(&count);
}

/* Who can't scroll with a pointer reaches a table that is too wide with the keyboard. */
static void append_table(struct text *out, const struct result *result, const char *caption,
                         const struct style *style) {
  const char *title = result->title && *result->title ? result->title : result->name;
  text_append(out, "<div class=\"t\" role=\"region\" tabindex=\"0\" aria-label=\"");
  html_append_text(out, title);
  text_append(out, "\">\n<table>\n");
  if (caption && *caption)
    append_element(out, "caption", caption);
  if (result->single && result->rows.count == 1)
    append_record(out, result, list_at(&result->rows, 0), style);
  else
    append_rows(out, result, style);
  text_append(out, "</table>\n</div>\n");
  append_count(out, result);
}

/* The table below says the same in any case. */
static void append_chart(struct text *out, const struct result *result, size_t number) {
  struct error err = {0};
  struct plot plot;
  if (!result->chart)
    return;
  if (plot_init(&plot, result, result->chart, &err)) {
    text_append(out, "<div class=\"t\" tabindex=\"0\">\n");
    svg_append(out, &plot, result, number);
    text_append(out, "</div>\n");
    plot_release(&plot);
    return;
  }
  struct text reason = {0};
  text_format(&reason, translate("no chart: %s"), err.message);
  append_element(out, "p", text_string(&reason));
  text_release(&reason);
}

static const char *item(const struct block *block, size_t index) {
  return *(char **)list_at(&block->items, index);
}

static void append_list(struct text *out, const struct block *block, const char *name) {
  text_format(out, "<%s>\n", name);
  for (size_t i = 0; i < block->items.count; i++)
    append_element(out, "li", item(block, i));
  text_format(out, "</%s>\n", name);
}

static void append_facts(struct text *out, const struct block *block) {
  text_append(out, "<dl>\n");
  for (size_t i = 0; i + 1 < block->items.count; i += 2) {
    append_element(out, "dt", item(block, i));
    append_element(out, "dd", item(block, i + 1));
  }
  text_append(out, "</dl>\n");
}

/* number: of the block in its document. */
static void append_block(struct text *out, const struct block *block, size_t number,
                         const struct style *style) {
  static const char *const headings[] = {"h2", "h3", "h4"};
  switch (block->type) {
  case BLOCK_HEADING:
    append_element(out, headings[block->level - 1], block->text);
    break;
  case BLOCK_PARAGRAPH:
    append_element(out, "p", block->text);
    break;
  case BLOCK_BULLETS:
    append_list(out, block, "ul");
    break;
  case BLOCK_NUMBERED:
    append_list(out, block, "ol");
    break;
  case BLOCK_FACTS:
    append_facts(out, block);
    break;
  case BLOCK_TABLE:
    append_chart(out, block->table, number);
    append_table(out, block->table, block->table->title, style);
    break;
  case BLOCK_DIAGRAM:
    diagram_append_svg(out, block->diagram, false);
    break;
  }
}

static void append_foot(struct text *out, const struct result *result, const struct style *style) {
  struct text stamp = {0};
  cell_append_stamp(&stamp, &result->stamp, style);
  text_append(out, "</main>\n");
  if (result->notes.count || stamp.length)
    text_append(out, "<footer>\n");
  for (size_t i = 0; i < result->notes.count; i++)
    append_element(out, "p", *(char **)list_at(&result->notes, i));
  if (stamp.length)
    append_element(out, "p", text_string(&stamp));
  if (result->notes.count || stamp.length)
    text_append(out, "</footer>\n");
  text_append(out, "</body>\n</html>\n");
  out->failed = out->failed || stamp.failed;
  text_release(&stamp);
}

bool html_write(const struct result *result, const struct style *style, struct text *out,
                struct error *err) {
  struct style plain = *style;
  plain.colour = plain.ascii = false;
  plain.ids = style->ids && !result->document;
  append_head(out, result);
  if (result->title && *result->title)
    append_element(out, "h1", result->title);
  for (size_t i = 0; result->document && i < result->document->blocks.count; i++)
    append_block(out, list_at(&result->document->blocks, i), i, &plain);
  if (!result->document) {
    append_chart(out, result, 0);
    append_table(out, result, NULL, &plain);
  }
  append_foot(out, result, &plain);
  return text_check(out, err);
}
