/* What a person searches for, as the full-text index wants it. Seen by query and search only. */
#ifndef MODEL_SEARCH_WORDS_H
#define MODEL_SEARCH_WORDS_H

#include "base/text.h"

/* Every word, folded, the last as a prefix. Without any word: what matches nothing. Appended. */
void search_match_words(struct text *out, const char *words);
/* Names that begin with these words. False when there is nothing to look for in them. */
bool search_match_prefix(struct text *out, const char *prefix);

#endif
