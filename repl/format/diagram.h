/* Diagrams in each shape that text can have. What is written in them comes from scripts and is
 * escaped for each. */
#ifndef FORMAT_DIAGRAM_H
#define FORMAT_DIAGRAM_H

#include "engine/diagram.h"
#include "repl/format/format.h"

/* Boxes and arrows of characters. */
void diagram_append_text(struct text *out, const struct diagram *diagram,
                         const struct style *style);
/* A flowchart of Mermaid, without the fence around it. */
void diagram_append_mermaid(struct text *out, const struct diagram *diagram);
/* One <svg> element that has the colour of the text around it; alone: in a file of its own. */
void diagram_append_svg(struct text *out, const struct diagram *diagram, bool alone);
/* A digraph of Graphviz. */
void diagram_append_dot(struct text *out, const struct diagram *diagram);

#endif
