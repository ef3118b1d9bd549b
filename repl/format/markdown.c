/* Markdown as CommonMark with tables. Data never becomes markup: what has a meaning is escaped. */
#include <string.h>

#include "engine/document.h"
#include "repl/format/chart.h"
#include "repl/format/diagram.h"
#include "repl/format/safe.h"

/* "1." "2)" "-" "+" "=" at the beginning of a line make lists and headings. */
static size_t line_mark(const char *line) {
  size_t digits = strspn(line, "0123456789");
  if (digits && (line[digits] == '.' || line[digits] == ')'))
    return digits;
  return strchr("-+=~", *line) && *line ? 0 : SIZE_MAX;
}

/* A break alone is a hard one; an empty line parts paragraphs as it is. */
static void append_break(struct text *out, const char *text, size_t at) {
  bool alone = at > 0 && text[at - 1] != '\n' && text[at + 1] && text[at + 1] != '\n';
  text_append(out, alone ? "\\\n" : "\n");
}

/* lines: what a line break becomes; NULL keeps it. Blanks that begin a line would make it code. */
static void append_escaped(struct text *out, const char *text, const char *lines) {
  bool begins = true;
  size_t mark = SIZE_MAX;
  for (size_t i = 0; text[i]; i++) {
    if (begins && text[i] == ' ')
      continue;
    if (begins) {
      size_t ahead = line_mark(text + i);
      mark = ahead == SIZE_MAX ? SIZE_MAX : i + ahead;
    }
    begins = text[i] == '\n';
    if (begins && lines) {
      text_append(out, lines);
      continue;
    }
    if (begins) {
      append_break(out, text, i);
      continue;
    }
    if (strchr("\\`*_[]<>#|&!", text[i]) || i == mark)
      text_append_char(out, '\\');
    text_append_char(out, text[i]);
  }
}

static void append_text(struct text *out, const char *text, const char *lines) {
  struct text safe = {0};
  safe_append(&safe, text, strlen(text), SAFE_KEEP_LINES, false);
  append_escaped(out, text_string(&safe), lines);
  out->failed = out->failed || safe.failed;
  text_release(&safe);
}

static void append_heading(struct text *out, int level, const char *text) {
  text_append_repeat(out, "#", (size_t)level);
  text_append_char(out, ' ');
  append_text(out, text, " ");
  text_append_char(out, '\n');
}

static void append_header(struct text *out, const struct result *result, const struct style *style,
                          bool ids) {
  struct text title = {0};
  text_append(out, ids ? "| \\# |" : "|");
  for (size_t i = 0; i < result->columns.count; i++) {
    text_clear(&title);
    cell_append_title(&title, list_at(&result->columns, i), style);
    text_append_char(out, ' ');
    append_escaped(out, text_string(&title), " ");
    text_append(out, " |");
  }
  text_append(out, ids ? "\n| ---: |" : "\n|");
  for (size_t i = 0; i < result->columns.count; i++)
    text_append(out, result_is_number(list_at(&result->columns, i)) ? " ---: |" : " --- |");
  text_append_char(out, '\n');
  text_release(&title);
}

static void append_row(struct text *out, const struct result *result, const struct result_row *row,
                       const struct style *style, bool ids) {
  struct text cell = {0};
  const char *strong = row->summary ? "**" : "";
  text_append_char(out, '|');
  if (ids && row->id)
    text_format(out, " \\#%lld |", (long long)row->id);
  else if (ids)
    text_append(out, "  |");
  for (size_t i = 0; i < result->columns.count; i++) {
    bool empty = value_is_null(&row->values[i]);
    text_clear(&cell);
    const struct result_column *column = list_at(&result->columns, i);
    if (!empty)
      cell_append(&cell, column, &row->values[i], style, true);
    text_format(out, " %s", empty ? "" : strong);
    if (result_is_number(column) && row->values[i].type != VALUE_TEXT)
      text_append(out, text_string(&cell)); /* -5 is no list here */
    else
      append_escaped(out, text_string(&cell), " ");
    text_format(out, "%s |", empty ? "" : strong);
  }
  text_append_char(out, '\n');
  text_release(&cell);
}

static void append_table(struct text *out, const struct result *result, const struct style *style) {
  bool ids = cell_shows_ids(result, style);
  append_header(out, result, style, ids);
  for (size_t i = 0; i < result->rows.count; i++)
    append_row(out, result, list_at(&result->rows, i), style, ids);
}

static const char *item(const struct block *block, size_t index) {
  return *(char **)list_at(&block->items, index);
}

static void append_list(struct text *out, const struct block *block) {
  for (size_t i = 0; i < block->items.count; i++) {
    if (block->type == BLOCK_NUMBERED)
      text_format(out, "%zu. ", i + 1);
    else
      text_append(out, "- ");
    append_text(out, item(block, i), " ");
    text_append_char(out, '\n');
  }
}

static void append_facts(struct text *out, const struct block *block) {
  for (size_t i = 0; i + 1 < block->items.count; i += 2) {
    text_append(out, "- **");
    append_text(out, item(block, i), " ");
    text_append(out, "**: ");
    append_text(out, item(block, i + 1), " ");
    text_append_char(out, '\n');
  }
}

static void append_block(struct text *out, const struct block *block, const struct style *style) {
  switch (block->type) {
  case BLOCK_HEADING:
    append_heading(out, block->level + 1, block->text);
    break;
  case BLOCK_PARAGRAPH:
    append_text(out, block->text, NULL);
    text_append_char(out, '\n');
    break;
  case BLOCK_BULLETS:
  case BLOCK_NUMBERED:
    append_list(out, block);
    break;
  case BLOCK_FACTS:
    append_facts(out, block);
    break;
  case BLOCK_TABLE:
    if (block->table->title && *block->table->title) {
      append_text(out, block->table->title, " ");
      text_append(out, "\n\n");
    }
    append_table(out, block->table, style);
    break;
  case BLOCK_DIAGRAM:
    text_append(out, "```mermaid\n");
    diagram_append_mermaid(out, block->diagram);
    text_append(out, "```\n");
    break;
  }
}

static void append_notes(struct text *out, const struct result *result, const struct style *style) {
  struct text stamp = {0};
  for (size_t i = 0; i < result->notes.count; i++) {
    text_append_char(out, '\n');
    append_text(out, *(char **)list_at(&result->notes, i), NULL);
    text_append_char(out, '\n');
  }
  cell_append_stamp(&stamp, &result->stamp, style);
  if (stamp.length) {
    text_append(out, "\n*");
    append_escaped(out, text_string(&stamp), " ");
    text_append(out, "*\n");
  }
  out->failed = out->failed || stamp.failed;
  text_release(&stamp);
}

/* As code, which four blanks make of each line whatever stands in it. */
static bool append_chart(struct text *out, const struct result *result, const struct style *style,
                         struct error *err) {
  struct text chart = {0};
  bool done = chart_append(&chart, result, style, err);
  for (const char *at = text_string(&chart); done && *at;) {
    size_t length = strcspn(at, "\n");
    text_append(out, length ? "    " : "");
    text_append_bytes(out, at, length);
    text_append_char(out, '\n');
    at += length + (at[length] == '\n');
  }
  text_append_char(out, '\n');
  text_release(&chart);
  return done;
}

bool markdown_write(const struct result *result, const struct style *style, struct text *out,
                    struct error *err) {
  struct style plain = *style;
  plain.colour = plain.ascii = false;
  plain.ids = style->ids && !result->document;
  if (result->title && *result->title)
    append_heading(out, 1, result->title);
  for (size_t i = 0; result->document && i < result->document->blocks.count; i++) {
    text_append(out, out->length ? "\n" : "");
    append_block(out, list_at(&result->document->blocks, i), &plain);
  }
  if (!result->document) {
    text_append(out, out->length ? "\n" : "");
    if (result->chart && result->chart->drawn && !append_chart(out, result, &plain, err))
      return false;
    append_table(out, result, &plain);
  }
  append_notes(out, result, &plain);
  return text_check(out, err);
}
