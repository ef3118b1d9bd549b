/* Whole files out, all or nothing; and durable. Not for: reading (engine/decode), databases
 * (core/store). */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Writes to a temporary file beside `path`, syncs it and renames it to `path`; what stood there
 * stays until then. Fails with ERROR_WRITE or ERROR_PERMISSION; nothing is left behind. */
bool file_write(const char *path, const char *bytes, size_t length, struct error *err);

/* Makes durable what the file holds, or which files its folder holds. False: errno says why. */
bool file_sync(const char *path);
bool file_sync_folder_of(const char *path);

/* False too when there is nothing of that name. */
bool file_is_folder(const char *path);

/* The whole file as terminated bytes owned by the caller (memory_free). Fails with ERROR_NOT_FOUND,
 * ERROR_PERMISSION, or ERROR_DATA when it is larger than `limit` bytes. */
bool file_read(const char *path, size_t limit, char **bytes, size_t *length, struct error *err);

#endif
