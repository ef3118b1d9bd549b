/* Diagrams for a terminal. */
#include "repl/format/diagram.h"

#include <string.h>

#include "repl/format/cell.h"
#include "repl/format/safe.h"

/* The strokes; the second set where there is no Unicode. */
struct strokes {
  const char *top_left, *top_right, *bottom_left, *bottom_right, *across, *down, *leaving,
      *arriving, *dotted;
};
static const struct strokes drawn = {"┌", "┐", "└", "┘", "─", "│", "┬", "▼", "┊"};
static const struct strokes typed = {"+", "+", "+", "+", "-", "|", "+", "v", ":"};

enum { ARROW_AT = 2 }; /* strokes of a box's edge before its arrow */

struct canvas {
  struct text *out;
  const struct style *style;
  const struct strokes *strokes;
  size_t width; /* inside the boxes */
};

static size_t width_of(const char *text) {
  return text ? text_width(text, strlen(text)) : 0;
}

static size_t widest(const struct diagram *diagram) {
  size_t width = 0;
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    const struct box *box = list_at(&diagram->boxes, i);
    size_t title = width_of(box->title), detail = width_of(box->detail);
    width = title > width ? title : width;
    width = detail > width ? detail : width;
  }
  return width;
}

static void append_line(const struct canvas *canvas, const char *text, enum paint paint) {
  struct text safe = {0};
  safe_append(&safe, text, strlen(text), SAFE_KEEP_NONE, canvas->style->ascii);
  size_t width = text_width(text_string(&safe), safe.length);
  text_format(canvas->out, "%s ", canvas->strokes->down);
  paint_begin(canvas->out, paint, canvas->style);
  text_append(canvas->out, text_string(&safe));
  paint_end(canvas->out, paint, canvas->style);
  text_append_repeat(canvas->out, " ", width < canvas->width ? canvas->width - width : 0);
  text_format(canvas->out, " %s\n", canvas->strokes->down);
  canvas->out->failed = canvas->out->failed || safe.failed;
  text_release(&safe);
}

/* mark: where an arrow leaves or arrives; NULL: a plain edge. */
static void append_edge(const struct canvas *canvas, const char *left, const char *mark,
                        const char *right) {
  size_t across = canvas->width + 2;
  text_append(canvas->out, left);
  text_append_repeat(canvas->out, canvas->strokes->across, ARROW_AT);
  text_append(canvas->out, mark ? mark : canvas->strokes->across);
  text_append_repeat(canvas->out, canvas->strokes->across, across - ARROW_AT - 1);
  text_format(canvas->out, "%s\n", right);
}

static void append_box(const struct canvas *canvas, const struct box *box, bool arrives,
                       bool leaves) {
  const struct strokes *strokes = canvas->strokes;
  append_edge(canvas, strokes->top_left, arrives ? strokes->arriving : NULL, strokes->top_right);
  append_line(canvas, box->title, PAINT_BOLD);
  if (box->detail)
    append_line(canvas, box->detail, PAINT_NONE);
  append_edge(canvas, strokes->bottom_left, leaves ? strokes->leaving : NULL,
              strokes->bottom_right);
}

static void append_arrow(const struct canvas *canvas, const char *stroke, const char *label) {
  text_append_repeat(canvas->out, " ", ARROW_AT + 1);
  text_append(canvas->out, stroke);
  if (label) {
    text_append_char(canvas->out, ' ');
    safe_append(canvas->out, label, strlen(label), SAFE_KEEP_NONE, canvas->style->ascii);
  }
  text_append_char(canvas->out, '\n');
}

void diagram_append_text(struct text *out, const struct diagram *diagram,
                         const struct style *style) {
  const struct canvas canvas = {out, style, style->ascii ? &typed : &drawn, widest(diagram)};
  const struct box *before = NULL;
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    const struct box *box = list_at(&diagram->boxes, i);
    const struct box *next = i + 1 < diagram->boxes.count ? list_at(&diagram->boxes, i + 1) : NULL;
    bool out_of_chain = box->place == BOX_OUT;
    if (before && !out_of_chain)
      append_arrow(&canvas, canvas.strokes->down, before->label);
    if (out_of_chain)
      append_arrow(&canvas, canvas.strokes->dotted, diagram->out_label);
    append_box(&canvas, box, before || out_of_chain,
               box->place == BOX_GROUP && next && next->place != BOX_OUT);
    before = box->place == BOX_GROUP ? box : NULL;
  }
}
