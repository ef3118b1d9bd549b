/* Diagrams as SVG: no style and no script of its own, so that the policy of a page allows it. What
 * is written in it is read out in order, so it is no image but a group. */
#include <string.h>

#include "repl/format/diagram.h"
#include "repl/format/html.h"
#include "repl/format/svg.h"

/* In pixels; a column is what a letter of the page's font takes at most. */
enum {
  COLUMN = 9,
  LINE = 20,
  PADDING = 12,
  BETWEEN = 44,
  MARGIN = 4,
  PADDINGS = 2 * PADDING,
  MARGINS = 2 * MARGIN,
  LABEL_AT = PADDINGS + PADDING
};

static size_t columns_of(const char *text) {
  return text ? text_width(text, strlen(text)) : 0;
}

static size_t wider(size_t columns, const char *text) {
  size_t other = columns_of(text);
  return other > columns ? other : columns;
}

static size_t box_width(const struct diagram *diagram) {
  size_t columns = 10;
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    const struct box *box = list_at(&diagram->boxes, i);
    columns = wider(wider(columns, box->title), box->detail);
  }
  return columns * COLUMN + PADDINGS;
}

/* Of the boxes and of what stands beside the arrows. */
static size_t total_width(const struct diagram *diagram) {
  size_t columns = columns_of(diagram->out_label), boxes = box_width(diagram);
  for (size_t i = 0; i < diagram->boxes.count; i++)
    columns = wider(columns, ((const struct box *)list_at(&diagram->boxes, i))->label);
  size_t labels = columns * COLUMN + LABEL_AT;
  return (labels > boxes ? labels : boxes) + MARGINS;
}

static size_t box_height(const struct box *box) {
  return (box->detail ? 2 : 1) * LINE + PADDINGS;
}

static size_t total_height(const struct diagram *diagram) {
  size_t height = MARGINS;
  for (size_t i = 0; i < diagram->boxes.count; i++)
    height += box_height(list_at(&diagram->boxes, i)) + (i ? BETWEEN : 0);
  return height;
}

static void append_words(struct text *out, size_t x, size_t y, const char *look, const char *text) {
  text_format(out, "<text x=\"%zu\" y=\"%zu\"%s>", x, y, look);
  html_append_text(out, text);
  text_append(out, "</text>\n");
}

static void append_box(struct text *out, const struct box *box, size_t width, size_t y) {
  text_format(out,
              "<rect x=\"%d\" y=\"%zu\" width=\"%zu\" height=\"%zu\" rx=\"%d\" fill=\"none\" "
              "stroke=\"currentColor\"%s/>\n",
              MARGIN, y, width, box_height(box), box->place == BOX_GROUP ? 2 : 14,
              box->place == BOX_END ? " stroke-width=\"2\"" : "");
  append_words(out, MARGIN + PADDING, y + PADDING + LINE - 6, " font-weight=\"bold\"", box->title);
  if (box->detail)
    append_words(out, MARGIN + PADDING, y + PADDING + LINE + LINE - 6, "", box->detail);
}

static void append_arrow(struct text *out, size_t y, bool dashed, const char *label) {
  size_t x = MARGIN + PADDINGS;
  text_format(out,
              "<path d=\"M%zu %zuv%d\" fill=\"none\" stroke=\"currentColor\"%s/>\n"
              "<path d=\"M%zu %zul-5 -9h10z\" fill=\"currentColor\"/>\n",
              x, y, BETWEEN, dashed ? " stroke-dasharray=\"4 4\"" : "", x, y + BETWEEN);
  if (label)
    append_words(out, x + PADDING, y + BETWEEN / 2 + 5, " font-size=\"14\"", label);
}

static void open_svg(struct text *out, const struct diagram *diagram, bool alone) {
  size_t height = total_height(diagram), width = total_width(diagram);
  text_format(
      out,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" width=\"%zu\" height=\"%zu\" "
      "viewBox=\"0 0 %zu %zu\" font-size=\"16\" fill=\"currentColor\">\n",
      width, height, width, height);
  if (alone)
    svg_append_sheet(out);
  text_append(out, "<title>");
  html_append_text(out, diagram->name);
  text_append(out, "</title>\n");
}

void diagram_append_svg(struct text *out, const struct diagram *diagram, bool alone) {
  size_t width = box_width(diagram), y = MARGIN;
  const struct box *before = NULL;
  open_svg(out, diagram, alone);
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    const struct box *box = list_at(&diagram->boxes, i);
    bool outside = box->place == BOX_OUT;
    if (before) {
      append_arrow(out, y, outside, outside ? diagram->out_label : before->label);
      y += BETWEEN;
    }
    append_box(out, box, width, y);
    y += box_height(box);
    before = box;
  }
  text_append(out, "</svg>\n");
}
