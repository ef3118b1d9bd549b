/* The one door to the allocator: everything the program, Lua and SQLite allocate
 * passes here, so that a test can make the n-th allocation fail. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* Zeroed; NULL when out of memory. A size of 0 gives a valid pointer. */
void *memory_new(size_t size);

/* count × size, zeroed; NULL when out of memory or when the product overflows. */
void *memory_new_array(size_t count, size_t size);

/* Like realloc: keeps the contents, NULL (and the old block alive) when out of memory. */
void *memory_resize(void *block, size_t size);

void memory_free(void *block); /* NULL is fine */

/* The caller owns the copy. NULL in, NULL out; also NULL when out of memory. */
char *memory_copy_text(const char *text);

/* Tests only: called before each allocation of `size` bytes; false makes it fail.
 * NULL removes it. */
typedef _Bool (*memory_guard_fn)(size_t size, void *payload);
void memory_guard(memory_guard_fn guard, void *payload);

#endif
