#include "bind/pool.h"

#include <sanitizer/asan_interface.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"

enum { CHUNK_SIZE = 32 * 1024 };

struct pool_chunk {
  struct pool_chunk *next;
  max_align_t blocks[];
};

struct pool_free {
  struct pool_free *next;
};

static size_t class_of(size_t size) {
  return (size - 1) / POOL_STEP;
}

static bool add_chunk(struct pool *pool) {
  struct pool_chunk *chunk = memory_resize(NULL, CHUNK_SIZE);
  if (!chunk)
    return false;
  chunk->next = pool->chunks;
  pool->chunks = chunk;
  pool->at = (char *)chunk->blocks;
  pool->left = CHUNK_SIZE - offsetof(struct pool_chunk, blocks);
  ASAN_POISON_MEMORY_REGION(pool->at, pool->left);
  return true;
}

static void *cut(struct pool *pool, size_t size) {
  size_t room = (class_of(size) + 1) * POOL_STEP;
  if (pool->left < room && !add_chunk(pool))
    return NULL;
  void *block = pool->at;
  pool->at += room;
  pool->left -= room;
  return block;
}

static void *take(struct pool *pool, size_t size) {
  if (size > POOL_SMALL)
    return memory_resize(NULL, size);
  struct pool_free **list = &pool->free[class_of(size)];
  void *block = *list;
  if (block) {
    ASAN_UNPOISON_MEMORY_REGION(block, size > sizeof **list ? size : sizeof **list);
    *list = (*list)->next;
  } else {
    block = cut(pool, size);
    if (block)
      ASAN_UNPOISON_MEMORY_REGION(block, size);
  }
  return block;
}

static void give(struct pool *pool, void *block, size_t size) {
  if (size > POOL_SMALL) {
    memory_free(block);
    return;
  }
  struct pool_free *freed = block;
  ASAN_UNPOISON_MEMORY_REGION(block, sizeof *freed);
  freed->next = pool->free[class_of(size)];
  pool->free[class_of(size)] = freed;
  ASAN_POISON_MEMORY_REGION(block, (class_of(size) + 1) * POOL_STEP);
}

void *pool_resize(struct pool *pool, void *block, size_t old_size, size_t new_size) {
  if (!block)
    return new_size ? take(pool, new_size) : NULL;
  if (new_size == 0) {
    give(pool, block, old_size);
    return NULL;
  }
  if (old_size > POOL_SMALL && new_size > POOL_SMALL)
    return memory_resize(block, new_size);
  if (class_of(old_size) == class_of(new_size)) {
    ASAN_POISON_MEMORY_REGION(block, (class_of(new_size) + 1) * POOL_STEP);
    ASAN_UNPOISON_MEMORY_REGION(block, new_size);
    return block;
  }
  void *moved = take(pool, new_size);
  if (!moved)
    return NULL;
  memcpy(moved, block, old_size < new_size ? old_size : new_size);
  give(pool, block, old_size);
  return moved;
}

void pool_release(struct pool *pool) {
  while (pool->chunks) {
    struct pool_chunk *chunk = pool->chunks;
    pool->chunks = chunk->next;
    ASAN_UNPOISON_MEMORY_REGION(chunk, CHUNK_SIZE);
    memory_free(chunk);
  }
  *pool = (struct pool){0};
}
