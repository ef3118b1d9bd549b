#include "model/activation.h"

#include <stdio.h>

#include "base/list.h"
#include "base/memory.h"
#include "store/statement.h"

static void copy_hash(char out[DIGEST_HEX_SIZE], const char *hash) {
  snprintf(out, DIGEST_HEX_SIZE, "%s", hash ? hash : "");
}

/* The newest row below a unit. */
static bool load_before(struct activation *activation, struct book *book, int64_t tx,
                        struct error *err) {
  struct statement *statement;
  bool row = false;
  *activation = (struct activation){0};
  if (!statement_open(&statement, book->store,
                      "select tx, ruleset from activation where tx < $1 order by tx desc limit 1",
                      err))
    return false;
  statement_bind_integer(statement, 1, tx);
  bool loaded = statement_step(statement, &row, err);
  if (loaded && row) {
    activation->tx = statement_integer(statement, 0);
    copy_hash(activation->ruleset, statement_text(statement, 1));
  }
  statement_close(statement);
  return loaded;
}

bool activation_load(struct activation *activation, struct book *book, struct error *err) {
  return load_before(activation, book, INT64_MAX, err);
}

bool activation_set(struct book *book, const char *ruleset, struct error *err) {
  struct statement *statement;
  int64_t tx;
  if (!unit_tx(book, &tx, err) ||
      !statement_open(&statement, book->store,
                      "insert into activation (tx, ruleset) values ($1, $2) "
                      "on conflict (tx) do update set ruleset = excluded.ruleset",
                      err))
    return false;
  statement_bind_integer(statement, 1, tx);
  statement_bind_text(statement, 2, *ruleset ? ruleset : NULL);
  bool set = statement_run(statement, err);
  statement_close(statement);
  return set;
}

bool activation_of_unit(struct book *book, int64_t tx, bool *found, struct activation *before,
                        struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, book->store, "select 1 from activation where tx = $1", err))
    return false;
  statement_bind_integer(statement, 1, tx);
  bool asked = statement_step(statement, found, err);
  statement_close(statement);
  return asked && load_before(before, book, tx, err);
}

bool activation_take_back(struct book *book, int64_t tx, struct error *err) {
  struct activation before;
  bool found = false;
  return activation_of_unit(book, tx, &found, &before, err) &&
         (!found || activation_set(book, before.ruleset, err));
}

/* What a scorecard learned begins with other words than the name of a file. */
static const char versions_sql[] =
    "select r.hash, coalesce(t.at, r.at), coalesce(t.actor, r.actor), t.reason, t.id is not null, "
    "(select count(*) from tx u where u.ruleset = r.hash) from ruleset r "
    "left join tx t on t.id = (select max(a.tx) from activation a where a.ruleset = r.hash) "
    "where substr(r.source, 1, 9) = '-- file: ' order by 2 desc, r.hash";

static bool read_version(struct list *list, const struct statement *row, struct error *err) {
  struct ruleset_version *version = list_add(list, err);
  if (!version)
    return false;
  copy_hash(version->hash, statement_text(row, 0));
  version->actor = memory_copy_text(statement_text(row, 2));
  version->reason = memory_copy_text(statement_text(row, 3));
  version->activated = statement_integer(row, 4);
  version->units = statement_integer(row, 5);
  if (!version->actor || (statement_text(row, 3) && !version->reason))
    return error_memory(err);
  return instant_read(&version->at, statement_text(row, 1), err);
}

bool ruleset_versions(struct book *book, struct ruleset_version **versions, size_t *count,
                      struct error *err) {
  struct list list = {.size = sizeof(struct ruleset_version)};
  struct statement *statement;
  bool row = false, read;
  if (!statement_open(&statement, book->store, versions_sql, err))
    return false;
  while ((read = statement_step(statement, &row, err)) && row)
    if (!(read = read_version(&list, statement, err)))
      break;
  statement_close(statement);
  if (!read) {
    ruleset_versions_free(list.items, list.count);
    return false;
  }
  *versions = list.items;
  *count = list.count;
  return true;
}

void ruleset_versions_free(struct ruleset_version *versions, size_t count) {
  for (size_t i = 0; i < count; i++) {
    memory_free(versions[i].actor);
    memory_free(versions[i].reason);
  }
  memory_free(versions);
}
