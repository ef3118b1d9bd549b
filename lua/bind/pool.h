/* The memory of one lua_State: small blocks are cut from chunks and used again by size, which takes
 * a few instructions where a general allocator takes a hundred; large ones are base/memory's.
 * Chunks are given back when the pool is released, not before. Not for: counting or limiting
 * (state.c). */
#ifndef BIND_POOL_H
#define BIND_POOL_H

#include <stddef.h>

enum { POOL_STEP = 16, POOL_SMALL = 256, POOL_CLASSES = POOL_SMALL / POOL_STEP };

struct pool {
  struct pool_chunk *chunks;            /* owned */
  char *at;                             /* what is left of the newest chunk */
  size_t left;                          /* bytes */
  struct pool_free *free[POOL_CLASSES]; /* blocks given back, by size */
};

/* As realloc: new_size 0 frees, block NULL allocates. old_size is what the block was asked with.
 * NULL when out of memory; the block is then as it was. */
void *pool_resize(struct pool *pool, void *block, size_t old_size, size_t new_size);
/* Every block dies with it; large ones must have been freed. */
void pool_release(struct pool *pool);

#endif
