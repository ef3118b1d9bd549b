/* Numbered SQL files, embedded at build time, that bring a database from any released schema
 * to this program's. */
#ifndef STORE_MIGRATION_H
#define STORE_MIGRATION_H

#include "store/store.h"

int migration_latest(void); /* the schema version of this program */
/* Runs what is missing, one transaction each, user_version set in the same transaction.
 * Fails with ERROR_NO_DATABASE when the file is newer than this program. */
bool migration_run(struct store *store, struct error *err);

#endif
