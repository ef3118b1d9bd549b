/* Diagrams in the languages that other programs draw: Mermaid and Graphviz. */
#include <string.h>

#include "engine/document.h"
#include "repl/format/diagram.h"
#include "repl/format/safe.h"

/* What the two languages differ in. */
struct language {
  const char *line; /* between the lines of a label */
  const struct {
    char byte;
    const char *written;
  } escapes[6];
};

static const struct language mermaid = {
    "<br/>", {{'"', "#quot;"}, {'<', "#lt;"}, {'>', "#gt;"}, {'#', "#35;"}, {'&', "#amp;"}}
};
static const struct language dot = {
    "\\n", {{'"', "\\\""}, {'\\', "\\\\"}, {'&', "&amp;"}}  /* it reads what HTML calls characters */
};

static const char *escape_of(const struct language *language, char byte) {
  for (size_t i = 0; language->escapes[i].written; i++)
    if (language->escapes[i].byte == byte)
      return language->escapes[i].written;
  return NULL;
}

/* In quotes, on one line. */
static void append_quoted(struct text *out, const char *text, const char *more,
                          const struct language *language) {
  struct text safe = {0};
  safe_append(&safe, text, strlen(text), SAFE_KEEP_NONE, false);
  size_t first = safe.length;
  if (more)
    safe_append(&safe, more, strlen(more), SAFE_KEEP_NONE, false);
  text_append_char(out, '"');
  for (size_t i = 0; i < safe.length; i++) {
    if (more && i == first)
      text_append(out, language->line);
    const char *written = escape_of(language, text_string(&safe)[i]);
    if (written)
      text_append(out, written);
    else
      text_append_char(out, text_string(&safe)[i]);
  }
  text_append_char(out, '"');
  out->failed = out->failed || safe.failed;
  text_release(&safe);
}

static const struct box *box_at(const struct diagram *diagram, size_t index) {
  return index < diagram->boxes.count ? list_at(&diagram->boxes, index) : NULL;
}

static bool leads_on(const struct diagram *diagram, size_t index) {
  const struct box *next = box_at(diagram, index + 1);
  return next && next->place != BOX_OUT && box_at(diagram, index)->place == BOX_GROUP;
}

static void append_mermaid_box(struct text *out, const struct box *box, size_t index) {
  bool group = box->place == BOX_GROUP;
  text_format(out, "%ss%zu%s", group ? "    " : "  ", index, group ? "[" : "([");
  append_quoted(out, box->title, box->detail, &mermaid);
  text_append(out, group ? "]\n" : "])\n");
}

static void append_mermaid_edge(struct text *out, const char *from, const char *stroke,
                                const char *label, size_t to) {
  text_format(out, "  %s %s", from, stroke);
  if (label) {
    text_append_char(out, '|');
    append_quoted(out, label, NULL, &mermaid);
    text_append_char(out, '|');
  }
  text_format(out, " s%zu\n", to);
}

/* Arrows to what is outside are longer: else their labels lie on the boxes. */
void diagram_append_mermaid(struct text *out, const struct diagram *diagram) {
  struct text from = {0};
  text_append(out, "flowchart TD\n  subgraph open [\" \"]\n");
  for (size_t i = 0; i < diagram->boxes.count; i++)
    if (box_at(diagram, i)->place == BOX_GROUP)
      append_mermaid_box(out, box_at(diagram, i), i);
  text_append(out, "  end\n");
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    const struct box *box = box_at(diagram, i);
    if (box->place != BOX_GROUP)
      append_mermaid_box(out, box, i);
    text_clear(&from);
    text_format(&from, "s%zu", i);
    if (leads_on(diagram, i))
      append_mermaid_edge(out, text_string(&from), "-->", box->label, i + 1);
    if (box->place == BOX_OUT)
      append_mermaid_edge(out, "open", "-..->", diagram->out_label, i);
  }
  text_release(&from);
}

static void append_dot_box(struct text *out, const struct box *box, size_t index) {
  text_format(out, "  s%zu [label=", index);
  append_quoted(out, box->title, box->detail, &dot);
  text_append(out, box->place == BOX_GROUP ? "];\n" : ", style=rounded];\n");
}

static void append_dot_edge(struct text *out, size_t from, size_t to, const char *label,
                            const char *look) {
  text_format(out, "  s%zu -> s%zu [label=", from, to);
  append_quoted(out, label ? label : "", NULL, &dot);
  text_format(out, "%s];\n", look);
}

/* Graphviz draws an arrow from a group as one from a box in it, cut where the group ends. */
void diagram_append_dot(struct text *out, const struct diagram *diagram) {
  size_t last = 0;
  text_append(out, "digraph ");
  append_quoted(out, diagram->name, NULL, &dot);
  text_append(out, " {\n  compound=true;\n  node [shape=box];\n  subgraph cluster_open {\n");
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    if (box_at(diagram, i)->place != BOX_GROUP)
      continue;
    last = i;
    text_append(out, "  ");
    append_dot_box(out, box_at(diagram, i), i);
  }
  text_append(out, "  }\n");
  for (size_t i = 0; i < diagram->boxes.count; i++) {
    const struct box *box = box_at(diagram, i);
    if (box->place != BOX_GROUP)
      append_dot_box(out, box, i);
    if (leads_on(diagram, i))
      append_dot_edge(out, i, i + 1, box->label, "");
    if (box->place == BOX_OUT)
      append_dot_edge(out, last, i, diagram->out_label, ", ltail=cluster_open, style=dashed");
  }
  text_append(out, "}\n");
}

bool dot_write(const struct result *result, const struct style *style, struct text *out,
               struct error *err) {
  bool any = false;
  (void)style;
  for (size_t i = 0; result->document && i < result->document->blocks.count; i++) {
    const struct block *block = list_at(&result->document->blocks, i);
    if (block->type != BLOCK_DIAGRAM)
      continue;
    diagram_append_dot(out, block->diagram);
    any = true;
  }
  if (!any)
    return error_set(
        err, ERROR_USAGE,
        "a graph is made of a diagram; this answer has none: try 'rules graph -f dot'");
  return text_check(out, err);
}
