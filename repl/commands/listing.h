/* Listings of one kind: conditions, columns, order and limit from the words of a call. */
#ifndef COMMANDS_LISTING_H
#define COMMANDS_LISTING_H

#include "model/query.h"
#include "repl/session.h"

/* What --where adds to a table of options. */
extern const struct option_entry listing_options[];

/* Conditions from the words at `first` and behind, and from --where. *out: owned by the caller. */
bool listing_query(struct call *call, const struct kind *kind, size_t first, struct query **out,
                   struct error *err);
/* What `find` asks: words and conditions of one kind, named or the command's own. *out: owned by
 * the caller; NULL when it is only words, of whatever kind. */
bool listing_find(struct call *call, struct query **out, struct error *err);
/* Appends what such words look for, one beside the other. */
void listing_append_words(const struct call *call, struct text *out);
/* Whether words of its call are looked for in the index of words. */
bool listing_searches(const struct call *call);
/* Gives the query its columns (--columns, else the telling ones, or `every` field), order
 * and limit, runs it and makes it the call's result. */
bool listing_run(struct call *call, struct query *query, bool every, struct error *err);

/* Whether the answer goes to a program rather than to a person. */
bool listing_is_machine(const struct call *call);
/* The kind named by a word, singular or plural; NULL when it names none. */
const struct kind *listing_kind(const struct call *call, const char *word);

#endif
