/* A typed line cut into words, with where its output should go. Not for: what the words mean. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/list.h"
#include "base/text.h"

/* Where a word stands in the line, with its quotes, in bytes. */
struct word_span {
  size_t at, length;
};

struct words {
  struct list items; /* of char *, owned */
  struct list spans; /* of struct word_span: of each item */
  char *file;        /* owned: of "> file.ext" at the end; or NULL */
  char *pipe;        /* owned: the rest of the line after "|", verbatim; or NULL */
};

/* Blanks separate words. "…" keeps blanks together anywhere in a word (\" and \\ inside); '…' does
 * at the start of a word or after =. A lone > or | redirects. *out is overwritten; released by the
 * caller. Fails with ERROR_USAGE: a quote never closed, a redirection without its target. */
bool words_split(struct words *out, const char *line, struct error *err);
/* The same of a line that is still being typed: as if it ended here, an open quote closed and a
 * redirection with a target. *quote: the sign of the open quote, 0: none is open. */
bool words_split_typed(struct words *out, const char *line, char *quote, struct error *err);
void words_release(struct words *words);
const char *words_at(const struct words *words, size_t index); /* index < items.count */

/* Appends the word as it would have to be typed: in quotes where it needs them. */
void words_quote(struct text *out, const char *word);
void words_quote_always(struct text *out, const char *word); /* as Lua writes texts too */
/* In '…'; false, and nothing appended, when the word has an apostrophe itself. */
bool words_quote_single(struct text *out, const char *word);

#endif
