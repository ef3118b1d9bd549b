#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "store/sqlite.h"

/* SQLite asks for the size of a block; it stands in front of each. */
enum { HEADER = 8 };

/* What a savepoint may have to put back stays in memory up to so many bytes, instead of a file.
 * SQLite moves them there in one write, of whose length it keeps 17 bits: beyond, it takes the disk
 * for full. */
enum { SAVEPOINT_BYTES = 120 * 1024 };

static void *library_malloc(int size) {
  char *block = memory_resize(NULL, (size_t)size + HEADER);
  if (!block)
    return NULL;
  memcpy(block, &size, sizeof size);
  return block + HEADER;
}

static void library_free(void *memory) {
  if (memory)
    memory_free((char *)memory - HEADER);
}

static void *library_realloc(void *memory, int size) {
  char *block = memory_resize((char *)memory - HEADER, (size_t)size + HEADER);
  if (!block)
    return NULL;
  memcpy(block, &size, sizeof size);
  return block + HEADER;
}

static int library_size(void *memory) {
  int size = 0;
  if (memory)
    memcpy(&size, (char *)memory - HEADER, sizeof size);
  return size;
}

static int library_roundup(int size) {
  return (size + 7) & ~7;
}

static int library_init(void *payload) {
  (void)payload;
  return SQLITE_OK;
}

static void library_shutdown(void *payload) {
  (void)payload;
}

static const sqlite3_mem_methods methods = {
    library_malloc,  library_free, library_realloc,  library_size,
    library_roundup, library_init, library_shutdown, NULL,
};

static pthread_once_t started = PTHREAD_ONCE_INIT;
static int start_result;

static void start(void) {
  start_result = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
  if (start_result == SQLITE_OK)
    start_result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (start_result == SQLITE_OK)
    start_result = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, SAVEPOINT_BYTES);
}

bool store_library_start(struct error *err) {
  pthread_once(&started, start);
  if (start_result != SQLITE_OK)
    return error_set(err, ERROR_STORE, "SQLite was used before the store was opened");
  int code = sqlite3_initialize();
  if (code == SQLITE_NOMEM)
    return error_memory(err);
  if (code != SQLITE_OK)
    return error_set(err, ERROR_STORE, "SQLite does not start (%s)", sqlite3_errstr(code));
  return true;
}
