#include "model/archive.h"

#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/backup.h"
#include "store/statement.h"

enum { LINES_MAX = 1000 };

/* The last unit of work, by which states of one book are told apart. */
struct newest {
  int64_t tx;
  char *at, *actor, *command; /* owned */
};

static void newest_release(struct newest *newest) {
  memory_free(newest->at);
  memory_free(newest->actor);
  memory_free(newest->command);
}

static bool copy_cell(char **out, const struct statement *row, int column, struct error *err) {
  *out = memory_copy_text(statement_text(row, column));
  return *out || error_memory(err);
}

/* tx INT64_MAX: the newest of all. newest->tx stays 0 when there is none. */
static bool newest_load(struct newest *newest, struct store *store, int64_t tx, struct error *err) {
  struct statement *statement;
  bool row = false;
  *newest = (struct newest){0};
  if (!statement_open(
          &statement, store,
          "select id, at, actor, command from tx where id <= $1 order by id desc limit 1", err))
    return false;
  statement_bind_integer(statement, 1, tx);
  bool done = statement_step(statement, &row, err);
  if (done && row) {
    newest->tx = statement_integer(statement, 0);
    done = copy_cell(&newest->at, statement, 1, err) &&
           copy_cell(&newest->actor, statement, 2, err) &&
           copy_cell(&newest->command, statement, 3, err);
  }
  statement_close(statement);
  if (!done)
    newest_release(newest);
  return done;
}

static bool is_same(const struct newest *a, const struct newest *b) {
  return a->tx == b->tx &&
         (a->tx == 0 || (strcmp(a->at, b->at) == 0 && strcmp(a->actor, b->actor) == 0 &&
                         strcmp(a->command, b->command) == 0));
}

static bool read_archive(struct archive *archive, struct store *store, struct error *err) {
  struct newest newest;
  if (!newest_load(&newest, store, INT64_MAX, err))
    return false;
  archive->units = newest.tx; /* numbered from 1 without gaps */
  bool done = !newest.at || instant_read(&archive->at, newest.at, err);
  newest_release(&newest);
  return done;
}

bool archive_read(struct archive *archive, const char *path, struct error *err) {
  struct store *store;
  *archive = (struct archive){0};
  if (!backup_verify(path, err) || !backup_open(&store, path, err))
    return false;
  bool done = read_archive(archive, store, err);
  store_close(store);
  return done;
}

static bool append_unit(struct text *out, const struct statement *row, struct error *err) {
  text_format(out, "#%lld  %.10s %.5s  %s  %s\n", (long long)statement_integer(row, 0),
              statement_text(row, 1), statement_text(row, 1) + 11, statement_text(row, 2),
              statement_text(row, 3));
  return text_check(out, err);
}

static bool list_units(struct archive_loss *loss, struct store *book, int64_t after,
                       struct error *err) {
  struct statement *statement;
  bool row = false, listed;
  if (!statement_open(
          &statement, book,
          "select id, at, actor, command from tx where id > $1 order by id desc limit $2", err))
    return false;
  statement_bind_integer(statement, 1, after);
  statement_bind_integer(statement, 2, LINES_MAX);
  while ((listed = statement_step(statement, &row, err)) && row)
    if (!append_unit(&loss->lines, statement, err)) {
      listed = false;
      break;
    }
  statement_close(statement);
  return listed;
}

static bool count_units(struct archive_loss *loss, struct store *book, int64_t after,
                        struct error *err) {
  struct statement *statement;
  bool row = false;
  if (!statement_open(&statement, book,
                      "select count(*), count(distinct actor) from tx where id > $1", err))
    return false;
  statement_bind_integer(statement, 1, after);
  bool counted = statement_step(statement, &row, err);
  if (counted && row) {
    loss->units = statement_integer(statement, 0);
    loss->people = statement_integer(statement, 1);
  }
  statement_close(statement);
  return counted;
}

/* Whether the one's last unit is in the other; *tx: its number. */
static bool find_last(struct store *one, struct store *other, bool *found, int64_t *tx,
                      struct error *err) {
  struct newest last, there;
  if (!newest_load(&last, one, INT64_MAX, err))
    return false;
  bool done = newest_load(&there, other, last.tx, err);
  if (done) {
    *found = is_same(&last, &there);
    *tx = last.tx;
    newest_release(&there);
  }
  newest_release(&last);
  return done;
}

/* Of two books that have nothing in common, all of the present one is lost. */
static bool compare(struct archive_loss *loss, struct store *book, struct store *backup,
                    struct error *err) {
  int64_t after = 0;
  bool later = false;
  if (!find_last(backup, book, &loss->related, &after, err))
    return false;
  if (!loss->related && !find_last(book, backup, &later, &after, err))
    return false;
  if (!loss->related && !later)
    after = 0;
  loss->related = loss->related || later;
  return count_units(loss, book, after, err) && list_units(loss, book, after, err);
}

bool archive_compare(struct archive_loss *loss, const char *book, const char *backup,
                     struct error *err) {
  struct store *present, *former;
  struct error unreadable;
  *loss = (struct archive_loss){0};
  if (!backup_verify(backup, err))
    return false;
  if (access(book, F_OK) != 0 || !backup_open(&present, book, &unreadable))
    return true;
  bool done = backup_open(&former, backup, err);
  if (done) {
    loss->readable = compare(loss, present, former, &unreadable);
    store_close(former);
  }
  store_close(present);
  return done;
}

bool archive_restore(const char *book, const char *backup, const char *keep, struct error *err) {
  return backup_restore(book, backup, keep, err);
}
