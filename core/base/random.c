#include "base/random.h"

uint32_t random_next(struct random *source) {
  uint64_t state = source->state;
  source->state = state * UINT64_C(6364136223846793005) + source->increment;
  uint32_t mixed = (uint32_t)(((state >> 18) ^ state) >> 27);
  uint32_t turn = (uint32_t)(state >> 59);
  return (mixed >> turn) | (mixed << (-turn & 31));
}

void random_init(struct random *source, uint64_t seed, uint64_t stream) {
  *source = (struct random){.state = 0, .increment = stream << 1 | 1};
  random_next(source);
  source->state += seed;
  random_next(source);
}

void random_init_text(struct random *source, const char *bytes, size_t length) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
  random_init(source, hash, 0);
}

/* What is left over when 2^32 is divided by the limit would make small numbers more likely: it is
 * drawn again. */
uint32_t random_below(struct random *source, uint32_t limit) {
  uint32_t leftover = -limit % limit, drawn;
  do {
    drawn = random_next(source);
  } while (drawn < leftover);
  return drawn % limit;
}

double random_share(struct random *source) {
  return random_next(source) / 4294967296.0;
}

void random_sample(struct random *source, uint32_t *places, uint32_t size, uint32_t count) {
  uint32_t chosen = 0;
  for (uint32_t i = 0; chosen < size; i++)
    if (random_below(source, count - i) < size - chosen)
      places[chosen++] = i;
}
