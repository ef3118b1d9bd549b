#include "repl/format/document.h"

#include <stdio.h>
#include <string.h>

#include "repl/format/cell.h"
#include "repl/format/diagram.h"
#include "repl/format/safe.h"
#include "repl/format/wrap.h"

enum { USUAL_WIDTH = 80, WIDEST = 100, NARROWEST = 20 };

/* Lines longer than this are hard to read, however wide the window is. */
static size_t line_width(const struct style *style) {
  size_t width = style->width ? style->width : USUAL_WIDTH;
  width = width > WIDEST ? WIDEST : width;
  return width < NARROWEST ? NARROWEST : width;
}

static void append_safe(struct text *out, const char *text, const struct style *style) {
  safe_append(out, text, strlen(text), SAFE_KEEP_LINES, style->ascii);
}

static void wrap(struct text *out, const char *text, size_t indent, const struct style *style) {
  struct text safe = {0};
  size_t width = line_width(style);
  append_safe(&safe, text, style);
  const char *at = text_string(&safe);
  for (bool more = true; more;) {
    size_t length = strcspn(at, "\n");
    wrap_line(out, at, length, indent, indent, width);
    more = at[length] == '\n';
    at += length + more;
    text_append_char(out, '\n');
    if (more && *at != '\n' && *at)
      text_append_repeat(out, " ", indent);
  }
  out->failed = out->failed || safe.failed;
  text_release(&safe);
}

static void append_heading(struct text *out, const char *text, int level,
                           const struct style *style) {
  struct text safe = {0};
  safe_append(&safe, text, strlen(text), SAFE_KEEP_NONE, style->ascii);
  paint_begin(out, PAINT_BOLD, style);
  text_append(out, text_string(&safe));
  paint_end(out, PAINT_BOLD, style);
  text_append_char(out, '\n');
  if (level <= 1) {
    text_append_repeat(out,
                       level          ? style->ascii ? "-" : "─"
                       : style->ascii ? "="
                                      : "═",
                       text_width(text_string(&safe), safe.length));
    text_append_char(out, '\n');
  }
  out->failed = out->failed || safe.failed;
  text_release(&safe);
}

static const char *item(const struct block *block, size_t index) {
  return *(char **)list_at(&block->items, index);
}

static void append_list(struct text *out, const struct block *block, const struct style *style) {
  char mark[32];
  for (size_t i = 0; i < block->items.count; i++) {
    snprintf(mark, sizeof mark, style->ascii ? "  - " : "  • ");
    if (block->type == BLOCK_NUMBERED)
      snprintf(mark, sizeof mark, "%3zu. ", i + 1);
    text_append(out, mark);
    wrap(out, item(block, i), text_width(mark, strlen(mark)), style);
  }
}

static void append_facts(struct text *out, const struct block *block, const struct style *style) {
  struct text name = {0};
  size_t widest = 0;
  for (size_t i = 0; i < block->items.count; i += 2) {
    size_t width = text_width(item(block, i), strlen(item(block, i)));
    widest = width > widest ? width : widest;
  }
  for (size_t i = 0; i + 1 < block->items.count; i += 2) {
    text_clear(&name);
    safe_append(&name, item(block, i), strlen(item(block, i)), SAFE_KEEP_NONE, style->ascii);
    size_t width = text_width(text_string(&name), name.length);
    text_append(out, "  ");
    text_append(out, text_string(&name));
    text_append_repeat(out, " ", width < widest ? widest - width + 2 : 2);
    wrap(out, item(block, i + 1), widest + 4, style);
  }
  text_release(&name);
}

/* Its rows are said where the text is about them. */
static bool append_table(const struct result *table, const struct style *style, struct text *out,
                         struct error *err) {
  struct style uncounted = *style;
  uncounted.counts = false;
  return table_write(table, &uncounted, out, err);
}

static bool append_block(struct text *out, const struct block *block, const struct style *style,
                         struct error *err) {
  switch (block->type) {
  case BLOCK_HEADING:
    append_heading(out, block->text, block->level, style);
    break;
  case BLOCK_PARAGRAPH:
    wrap(out, block->text, 0, style);
    break;
  case BLOCK_BULLETS:
  case BLOCK_NUMBERED:
    append_list(out, block, style);
    break;
  case BLOCK_FACTS:
    append_facts(out, block, style);
    break;
  case BLOCK_TABLE:
    return append_table(block->table, style, out, err);
  case BLOCK_DIAGRAM:
    diagram_append_text(out, block->diagram, style);
    break;
  }
  return true;
}

bool document_write(const struct result *result, const struct style *style, struct text *out,
                    struct error *err) {
  const struct list *blocks = &result->document->blocks;
  const char *between = "";
  if (result->title && *result->title) {
    append_heading(out, result->title, 0, style);
    between = "\n";
  }
  for (size_t i = 0; i < blocks->count; i++) {
    text_append(out, between);
    if (!append_block(out, list_at(blocks, i), style, err))
      return false;
    between = "\n";
  }
  if (result->notes.count || result->stamp.command)
    text_append(out, between);
  cell_append_notes(out, result, style);
  return text_check(out, err);
}
