/* A diagram: boxes in a chain, one leading to the next, and boxes outside of it that any box of the
 * group leads to. One definition for terminal, Markdown, HTML and Graphviz. Not for: how it looks
 * (repl/format). */
#ifndef ENGINE_DIAGRAM_H
#define ENGINE_DIAGRAM_H

#include "base/error.h"
#include "base/list.h"

enum box_place {
  BOX_GROUP, /* in the chain, and in the group that others are reached from */
  BOX_END,   /* ends the chain */
  BOX_OUT,   /* reached from any box of the group */
};

struct box {
  enum box_place place;
  char *name;   /* owned: a word of its own in the diagram */
  char *title;  /* owned */
  char *detail; /* owned: a second line; or NULL */
  char *label;  /* owned: of the arrow that leads on from it; or NULL */
};

struct diagram {
  char *name;        /* owned */
  char *out_label;   /* owned: of the arrows that lead out; or NULL */
  struct list boxes; /* of struct box: the group in order, the end, what is outside */
};

struct diagram *diagram_new(const char *name, struct error *err);
void diagram_free(struct diagram *diagram); /* NULL is fine */
/* Copies the texts. */
bool diagram_add(struct diagram *diagram, const struct box *box, struct error *err);
bool diagram_set_out_label(struct diagram *diagram, const char *label, struct error *err);

#endif
