/* A copy of the database taken while others write, verified before it takes its place. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/store.h"

/* Writes to a temporary file beside `path`, checks it fully, syncs it, then renames it to
 * `path`; an existing file there stays until then. Fails with ERROR_WRITE, ERROR_STORE,
 * ERROR_BUSY, ERROR_INTERRUPTED; the old backup is then untouched and the temporary file gone.
 * ERROR_USAGE inside a transaction, which holds what may yet be taken back. */
bool backup_write(struct store *store, const char *path, struct error *err);
/* Opens the file read-only and runs the full check, except of the word index, which SQLite can
 * only check where it may write (backup_write() did). Fails with ERROR_STORE and the first fault,
 * or as store_open() does. */
bool backup_verify(const char *path, struct error *err);

/* Opens for reading whatever its schema is. Fails as store_open() does, and with ERROR_STORE when a
 * newer program wrote it. */
bool backup_open(struct store **out, const char *path, struct error *err);
/* Verifies the backup, writes the present database at `path` to `keep` (as backup_write() does),
 * then puts the backup's pages in its place in one transaction of the file: killed at any time it
 * leaves the old content or the new, and others who have the file open see the new. A database that
 * is damaged is linked to `keep` as it is, with its journals, and replaced by renaming; a missing
 * one is made. Fails with ERROR_BUSY while another process uses it; it is then as it was. */
bool backup_restore(const char *path, const char *backup, const char *keep, struct error *err);

#endif
