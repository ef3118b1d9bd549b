/* Backups as files beside a book: what is in one, what it lacks, and how it takes the book's place.
 * Not for: making one (book_backup()). */
#ifndef MODEL_ARCHIVE_H
#define MODEL_ARCHIVE_H

#include "base/text.h"
#include "base/value.h"

struct archive {
  int64_t units; /* of work */
  instant at;    /* of the last one; 0 when there is none */
};
/* Checks the backup fully and reads what is in it. Fails with ERROR_STORE and the first fault, also
 * when it was written by a newer program; with ERROR_NO_DATABASE when it is none. */
bool archive_read(struct archive *archive, const char *path, struct error *err);

/* What a book has and the backup has not. */
struct archive_loss {
  bool readable; /* the book can be read; else nothing is known of it */
  bool related;  /* the backup is an earlier state of it, or a later one */
  int64_t units, people;
  struct text lines; /* owned: a line for each unit, the newest first */
};
/* Fails as archive_read() does. The caller releases loss->lines. */
bool archive_compare(struct archive_loss *loss, const char *book, const char *backup,
                     struct error *err);

/* Puts the content of the backup into the book's file, which nobody may be using at that moment,
 * after the present content was copied to `keep`. Killed at any time it leaves the one or the
 * other. A book that can't be read any more, or is missing, is replaced as a file. Fails with
 * ERROR_BUSY, ERROR_WRITE and as archive_read() does; the book is then as it was. */
bool archive_restore(const char *book, const char *backup, const char *keep, struct error *err);

#endif
