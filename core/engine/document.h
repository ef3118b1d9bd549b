/* A document: what a briefing, a letter or a plan says, as blocks. Commands and reports may answer
 * one. Not for: how it looks (repl/format). */
#ifndef ENGINE_DOCUMENT_H
#define ENGINE_DOCUMENT_H

#include "engine/result.h"

enum block_type {
  BLOCK_HEADING,
  BLOCK_PARAGRAPH,
  BLOCK_BULLETS,
  BLOCK_NUMBERED,
  BLOCK_FACTS, /* names and what they are, in pairs */
  BLOCK_TABLE,
  BLOCK_DIAGRAM,
};

enum { HEADING_DEEPEST = 3 };

struct block {
  enum block_type type;
  int level;               /* of a heading: 1 to HEADING_DEEPEST */
  char *text;              /* owned: of a heading or a paragraph; lines are kept */
  struct list items;       /* of char *, owned: of a list; of facts by turns name and text */
  struct result *table;    /* owned: of a table; its title stands above it when it has one */
  struct diagram *diagram; /* owned (engine/diagram.h): of a diagram */
};

/* Title, notes and stamp are those of the result that holds it. */
struct document {
  struct list blocks; /* of struct block */
};

struct document *document_new(struct error *err);
void document_free(struct document *document); /* NULL is fine */
/* Borrowed until the next; NULL when out of memory. text: copied; may be NULL. */
struct block *document_add(struct document *document, enum block_type type, const char *text,
                           struct error *err);
bool block_add_item(struct block *block, const char *text, struct error *err);
/* "heading" "paragraph" … as scripts and JSON write it, and back. */
const char *block_type_name(enum block_type type);
bool block_type_from_name(enum block_type *out, const char *name);

#endif
