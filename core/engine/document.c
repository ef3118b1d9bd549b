#include "engine/document.h"

#include <string.h>

#include "base/memory.h"
#include "engine/diagram.h"

static const char *const names[] = {
    [BLOCK_HEADING] = "heading",   [BLOCK_PARAGRAPH] = "paragraph", [BLOCK_BULLETS] = "bullets",
    [BLOCK_NUMBERED] = "numbered", [BLOCK_FACTS] = "facts",         [BLOCK_TABLE] = "table",
    [BLOCK_DIAGRAM] = "diagram",
};
enum { TYPE_COUNT = sizeof names / sizeof *names };

const char *block_type_name(enum block_type type) {
  return names[type];
}

bool block_type_from_name(enum block_type *out, const char *name) {
  for (int i = 0; i < TYPE_COUNT; i++)
    if (strcmp(names[i], name) == 0) {
      *out = (enum block_type)i;
      return true;
    }
  return false;
}

struct document *document_new(struct error *err) {
  struct document *document = memory_new(sizeof *document);
  if (document)
    document->blocks.size = sizeof(struct block);
  else
    error_memory(err);
  return document;
}

static void release_block(struct block *block) {
  for (size_t i = 0; i < block->items.count; i++)
    memory_free(*(char **)list_at(&block->items, i));
  list_release(&block->items);
  if (block->table)
    result_release(block->table);
  memory_free(block->table);
  diagram_free(block->diagram);
  memory_free(block->text);
}

void document_free(struct document *document) {
  if (!document)
    return;
  for (size_t i = 0; i < document->blocks.count; i++)
    release_block(list_at(&document->blocks, i));
  list_release(&document->blocks);
  memory_free(document);
}

struct block *document_add(struct document *document, enum block_type type, const char *text,
                           struct error *err) {
  struct block *block = list_add(&document->blocks, err);
  if (!block)
    return NULL;
  *block = (struct block){.type = type, .level = 1, .items = {.size = sizeof(char *)}};
  block->text = memory_copy_text(text);
  if (!text || block->text)
    return block;
  error_memory(err);
  return NULL;
}

bool block_add_item(struct block *block, const char *text, struct error *err) {
  char **slot = list_add(&block->items, err);
  if (!slot)
    return false;
  *slot = memory_copy_text(text);
  return *slot || error_memory(err);
}
