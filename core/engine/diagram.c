#include "engine/diagram.h"

#include "base/memory.h"

static void release_box(struct box *box) {
  memory_free(box->name);
  memory_free(box->title);
  memory_free(box->detail);
  memory_free(box->label);
}

void diagram_free(struct diagram *diagram) {
  if (!diagram)
    return;
  for (size_t i = 0; i < diagram->boxes.count; i++)
    release_box(list_at(&diagram->boxes, i));
  list_release(&diagram->boxes);
  memory_free(diagram->name);
  memory_free(diagram->out_label);
  memory_free(diagram);
}

struct diagram *diagram_new(const char *name, struct error *err) {
  struct diagram *diagram = memory_new(sizeof *diagram);
  if (diagram)
    diagram->name = memory_copy_text(name);
  if (!diagram || !diagram->name) {
    diagram_free(diagram);
    error_memory(err);
    return NULL;
  }
  diagram->boxes.size = sizeof(struct box);
  return diagram;
}

/* NULL stays NULL. */
static bool copy(char **out, const char *text) {
  *out = memory_copy_text(text);
  return *out || !text;
}

bool diagram_add(struct diagram *diagram, const struct box *box, struct error *err) {
  struct box *slot = list_add(&diagram->boxes, err);
  if (!slot)
    return false;
  *slot = (struct box){.place = box->place};
  return (copy(&slot->name, box->name) && copy(&slot->title, box->title) &&
          copy(&slot->detail, box->detail) && copy(&slot->label, box->label)) ||
         error_memory(err);
}

bool diagram_set_out_label(struct diagram *diagram, const char *label, struct error *err) {
  memory_free(diagram->out_label);
  return copy(&diagram->out_label, label) || error_memory(err);
}
