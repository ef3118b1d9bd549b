/* HTML as one file: no scripts, nothing loaded from anywhere, and a policy that forbids both. All
 * text goes through html_append_text(). */
#include "repl/format/html.h"

#include <string.h>

#include "base/digest.h"
#include "base/translate.h"
#include "engine/document.h"
#include "repl/format/chart.h"
#include "repl/format/diagram.h"
#include "repl/format/safe.h"

static const char style_sheet[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;"
    "color:#222;background:#fff}"
    "h1,h2,h3,h4{line-height:1.2}"
    "table{border-collapse:collapse;margin:1em 0}"
    "caption{text-align:left;font-weight:bold}"
    "th,td{padding:.25em .75em;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}"
    ".sum td{font-weight:bold}"
    "dl{display:grid;grid-template-columns:max-content auto;gap:.25em 1em}"
    "dt{font-weight:bold}dd{margin:0}"
    "p,td,dd,li{white-space:pre-line;overflow-wrap:break-word}"
    "svg{display:block;max-width:100%;height:auto;margin:1em 0;font-size:13px}"
    "svg text{fill:currentColor}"
    ".axis{stroke:currentColor;opacity:.25}"
    ".s0{fill:#0072b2;color:#0072b2}.s1{fill:#e69f00;color:#e69f00}"
    ".s2{fill:#009e73;color:#009e73}.s3{fill:#cc79a7;color:#cc79a7}"
    ".s4{fill:#56b4e9;color:#56b4e9}.s5{fill:#d55e00;color:#d55e00}"
    ".s6{fill:#f0e442;color:#f0e442}.s7{fill:#999;color:#999}"
    ".up{fill:#009e73}.down{fill:#d55e00}.line{fill:none;stroke:currentColor;stroke-width:2}"
    "footer{margin-top:2em;color:#666;font-size:.8em}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}"
    "th,td{border-color:#444}footer{color:#999}}"
    "@media print{body{margin:0;max-width:none;color:#000;background:#fff}"
    "tr,li,dd{break-inside:avoid}h1,h2,h3,h4{break-after:avoid}}";
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
  digest_base64(style_sheet, strlen(style_sheet), digest);
  text_format(out,
              "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
              translate_language(), digest);
  append_element(out, "title", result->title && *result->title ? result->title : result->name);
  text_format(out, "<style>%s</style>\n</head>\n<body>\n", style_sheet);
}

static bool shows_ids(const struct result *result, const struct style *style) {
  for (size_t i = 0; style->ids && i < result->rows.count; i++)
    if (((struct result_row *)list_at(&result->rows, i))->id)
      return true;
  return false;
}

static void open_cell(struct text *out, const char *name, const struct result_column *column) {
  text_format(out, "<%s%s%s>", name, strcmp(name, "th") == 0 ? " scope=\"col\"" : "",
              !column || result_is_number(column) ? " class=\"n\"" : "");
}

static void append_header(struct text *out, const struct result *result, const struct style *style,
                          bool ids) {
  struct text title = {0};
  text_append(out, "<thead><tr>");
  if (ids) {
    open_cell(out, "th", NULL);
    text_append(out, "#</th>");
  }
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = list_at(&result->columns, i);
    text_clear(&title);
    cell_append_title(&title, column, style);
    open_cell(out, "th", column);
    html_append_text(out, text_string(&title));
    text_append(out, "</th>");
  }
  text_append(out, "</tr></thead>\n");
  text_release(&title);
}

static void append_row(struct text *out, const struct result *result, const struct result_row *row,
                       const struct style *style, bool ids) {
  struct text cell = {0};
  text_append(out, row->summary ? "<tr class=\"sum\">" : "<tr>");
  if (ids) {
    open_cell(out, "td", NULL);
    if (row->id)
      text_format(out, "#%lld", (long long)row->id);
    text_append(out, "</td>");
  }
  for (size_t i = 0; i < result->columns.count; i++) {
    const struct result_column *column = list_at(&result->columns, i);
    text_clear(&cell);
    if (!value_is_null(&row->values[i]))
      cell_append(&cell, column, &row->values[i], style, true);
    open_cell(out, "td", column);
    html_append_text(out, text_string(&cell));
    text_append(out, "</td>");
  }
  text_append(out, "</tr>\n");
  text_release(&cell);
}

static void append_table(struct text *out, const struct result *result, const char *caption,
                         const struct style *style) {
  bool ids = shows_ids(result, style);
  text_append(out, "<table>\n");
  if (caption && *caption)
    append_element(out, "caption", caption);
  append_header(out, result, style, ids);
  text_append(out, "<tbody>\n");
  for (size_t i = 0; i < result->rows.count; i++)
    append_row(out, result, list_at(&result->rows, i), style, ids);
  text_append(out, "</tbody>\n</table>\n");
}

/* The table below says the same in any case. */
static void append_chart(struct text *out, const struct result *result, size_t number) {
  struct error err = {0};
  struct plot plot;
  if (!result->chart)
    return;
  if (plot_init(&plot, result, result->chart, &err)) {
    svg_append(out, &plot, result->title, number);
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
    diagram_append_svg(out, block->diagram);
    break;
  }
}

static void append_foot(struct text *out, const struct result *result, const struct style *style) {
  struct text stamp = {0};
  cell_append_stamp(&stamp, &result->stamp, style);
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
