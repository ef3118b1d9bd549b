/* Typed conditions, seen by the query's own files only. */
#ifndef MODEL_QUERY_WORD_H
#define MODEL_QUERY_WORD_H

#include "model/condition_word.h"
#include "model/query.h"

/* Where the words of a condition stand: those of a group are about its members, which a query may
 * reach over references. */
struct word_scope {
  const char *prefix; /* "client": every path is meant behind it; NULL: none */
  int depth;          /* of groups inside groups */
};

/* As query_where_word() takes one, and condition_words() several. */
bool word_condition(struct condition **out, const struct query *query,
                    const struct word_scope *scope, const char *word, struct error *err);
bool word_conditions(struct condition **out, const struct query *query,
                     const struct word_scope *scope, const char *line, struct error *err);
/* A record by #42, 42 or its name, as its id. */
bool word_reference(struct value *out, const struct query *query, const char *target,
                    const char *word, struct error *err);

/* ---- query_group.c ---- */

/* The kind of groups that a path ends at, "segment" or "client.segment", and whose groups they are;
 * NULL: it ends at a field, or nowhere. */
const struct kind *group_at(const struct query *query, const char *path,
                            const struct kind **members);
/* What belongs to one of the groups that the word names, or to none of them (!=). */
bool group_condition(struct condition **out, const struct query *query,
                     const struct word_scope *scope, const struct condition_word *word,
                     struct error *err);

#endif
