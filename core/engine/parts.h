/* A score's parts as the book keeps them: [{"id":"industry","points":25}, …]. Written millions of
 * times, so what does not change is put together once. */
#ifndef ENGINE_PARTS_H
#define ENGINE_PARTS_H

#include "engine/scorecard.h"

struct parts {
  size_t count;      /* of rules */
  struct text heads; /* "{\"id\":\"industry\",\"points\":" of every rule, one after the other */
  size_t *ends;      /* owned: where each head ends */
};

bool parts_open(struct parts *parts, const struct scorecard *card, struct error *err);
void parts_close(struct parts *parts);
/* Replaces the text. Only rules that gave points or are broken are listed: what is not there
 * gave none. */
bool parts_write(const struct parts *parts, const struct score_answer *answer, struct text *out,
                 struct error *err);

#endif
