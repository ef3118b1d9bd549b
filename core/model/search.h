/* Full-text search and names: kept up to date on demand, a unit behind at most while searching. */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "model/book.h"

/* Indexes what changed since the last time. Cheap when nothing did; called by every search, by
 * nothing that writes. Works in steps that stay done when a later one fails or is interrupted. On a
 * read-only book, under as_of and while a cursor is open does nothing: the search then looks at
 * what is indexed. */
bool search_refresh(struct book *book, struct error *err);
/* The same for at most so many records, for those who cannot wait. */
bool search_refresh_some(struct book *book, int records, struct error *err);

/* Whether something changed since the last time: what is found now may not be all. */
bool search_is_behind(struct book *book, bool *behind, struct error *err);

struct search_hit {
  int64_t id;
  const char *kind; /* borrowed from the catalog */
  char *name;       /* owned */
};
/* What is looked for, and at most how many are wanted. */
struct search {
  const char *words;
  const struct kind *kind; /* NULL: any */
  int limit;
};
/* The best matches for the words (case ignored, last word a prefix). *hits owned. */
bool search_find(struct book *book, const struct search *search, struct search_hit **hits,
                 size_t *count, struct error *err);
/* Records whose name starts with the words: for completion. After an import of very many records it
 * finds them by and by: each call indexes some. */
bool search_names(struct book *book, const struct search *search, struct search_hit **hits,
                  size_t *count, struct error *err);
void search_release(struct search_hit *hits, size_t count);

/* The record of the kind with exactly this name, else the one with this folded name, else this
 * external_id. *id 0: none. Fails with ERROR_INVALID when several match, naming them. */
bool search_resolve(const struct book *book, const struct kind *kind, const char *name, int64_t *id,
                    struct error *err);

#endif
