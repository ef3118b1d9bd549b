/* Draws that look like chance and are the same on every machine: the same seed gives the same
 * numbers for ever. Integers only. Not for: secrets. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* PCG-XSH-RR 64/32 (O'Neill 2014, pcg-random.org). */
struct random {
  uint64_t state;
  uint64_t increment;
};

void random_init(struct random *source, uint64_t seed, uint64_t stream);
/* The seed is the FNV-1a hash of the bytes (Fowler, Noll & Vo; RFC 9923), the stream 0. */
void random_init_text(struct random *source, const char *bytes, size_t length);

uint32_t random_next(struct random *source);
/* 0 … limit - 1, each as likely; limit > 0. */
uint32_t random_below(struct random *source, uint32_t limit);
/* 0 <= number < 1, a multiple of 2^-32. */
double random_share(struct random *source);

/* Chooses `size` of `count` places, each set of them as likely, and writes them in rising order,
 * from 0: selection sampling (Fan, Muller & Rezucha 1962). size <= count. */
void random_sample(struct random *source, uint32_t *places, uint32_t size, uint32_t count);

#endif
