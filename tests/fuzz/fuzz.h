/* What the fuzzers share. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The fuzzer keeps the input that broke a promise. */
#define PROMISE(holds)                                                                             \
  do {                                                                                             \
    if (!(holds)) {                                                                                \
      fprintf(stderr, "broken promise: %s\n", #holds);                                             \
      abort();                                                                                     \
    }                                                                                              \
  } while (0)

/* The bytes as a string that ends at the first zero; the caller frees it. */
static inline char *fuzz_word(const uint8_t *data, size_t size) {
  char *word = malloc(size + 1);
  PROMISE(word);
  if (size > 0)
    memcpy(word, data, size);
  word[size] = '\0';
  return word;
}

#endif
