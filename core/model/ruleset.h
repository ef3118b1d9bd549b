/* The text of every rule set ever in force, kept by the digest of its source, so that a score or a
 * refusal can be explained years later. */
#ifndef MODEL_RULESET_H
#define MODEL_RULESET_H

#include "base/digest.h"
#include "model/book.h"

/* A file of a rule set's text, which is all files one after the other, each behind a line with its
 * name. */
struct ruleset_file {
  const char *name, *text; /* borrowed; neither is terminated */
  size_t name_length, length;
};
/* Appends a file. Fails with ERROR_CONFIG when one of its lines looks like the name of a file, and
 * for a zero byte. */
bool ruleset_append(struct text *source, const struct ruleset_file *file, struct error *err);
/* The file behind this one, the first behind {0}; false at the end. */
bool ruleset_next(struct ruleset_file *file, const char *source, size_t length);
/* Whether the text is that of a rule set: what a scorecard learned is not. */
bool ruleset_is_files(const char *source);

/* Keeps the source if its hash is new, and makes it the book's rule set. */
bool ruleset_activate(struct book *book, const char *source, size_t length, struct error *err);
/* Keeps a source that is not the book's rule set, if its hash is new: what a scorecard learned from
 * the data under it. */
bool ruleset_keep(struct book *book, const char *source, size_t length, char hash[DIGEST_HEX_SIZE],
                  struct error *err);
/* The text of a kept rule set; the hash may be shortened to a unique prefix. *source owned. */
bool ruleset_source(struct book *book, const char *hash, char **source, struct error *err);

#endif
