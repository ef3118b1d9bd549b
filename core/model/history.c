#include "model/history.h"

#include "base/list.h"
#include "base/memory.h"
#include "model/column.h"

void unit_release(struct unit *unit) {
  memory_free(unit->actor);
  memory_free(unit->command);
  memory_free(unit->reason);
  memory_free(unit->ruleset);
  *unit = (struct unit){0};
}

static bool copy_column(char **out, const struct statement *row, int column, struct error *err) {
  const char *text = statement_text(row, column);
  *out = memory_copy_text(text);
  return *out || !text || error_memory(err);
}

/* An undo that was itself undone leaves the unit in force again. */
#define UNIT_COLUMNS                                                                               \
  "select t.id, t.at, t.actor, t.command, t.reason, t.ruleset, t.undoes, "                         \
  "(select max(u.id) from tx u where u.undoes = t.id and not exists "                              \
  "(select 1 from tx v where v.undoes = u.id)), "                                                  \
  "exists (select 1 from transition r where r.tx = t.id and r.outcome = 'refused') from tx t "

static bool read_unit(struct unit *unit, const struct statement *row, struct error *err) {
  *unit = (struct unit){
      .tx = statement_integer(row, 0),
      .undoes = statement_integer(row, 6),
      .undone_by = statement_integer(row, 7),
      .refused = statement_integer(row, 8) != 0,
  };
  return instant_read(&unit->at, statement_text(row, 1), err) &&
         copy_column(&unit->actor, row, 2, err) && copy_column(&unit->command, row, 3, err) &&
         copy_column(&unit->reason, row, 4, err) && copy_column(&unit->ruleset, row, 5, err);
}

bool unit_load(struct unit *unit, struct book *book, int64_t tx, struct error *err) {
  struct statement *statement;
  bool row = false;
  *unit = (struct unit){0};
  if (!statement_open(&statement, book->store, UNIT_COLUMNS "where t.id = $1", err))
    return false;
  statement_bind_integer(statement, 1, tx);
  bool loaded = statement_step(statement, &row, err);
  if (loaded && !row)
    loaded = error_set(err, ERROR_NOT_FOUND, "no unit of work %lld", (long long)tx);
  loaded = loaded && read_unit(unit, statement, err);
  statement_close(statement);
  if (!loaded)
    unit_release(unit);
  return loaded;
}

/* Reads every row of the statement into the list by `read`, then closes the statement. */
typedef bool (*read_fn)(void *item, const struct statement *row, struct error *err);

static bool collect(struct list *list, struct statement *statement, read_fn read,
                    struct error *err) {
  bool row = false, collected;
  while ((collected = statement_step(statement, &row, err)) && row) {
    void *item = list_add(list, err);
    if (!item || !read(item, statement, err)) {
      collected = false;
      break;
    }
  }
  statement_close(statement);
  return collected;
}

static bool read_unit_item(void *item, const struct statement *row, struct error *err) {
  return read_unit(item, row, err);
}

bool unit_list(struct book *book, int64_t limit, struct unit **units, size_t *count,
               struct error *err) {
  struct list list = {.size = sizeof(struct unit)};
  struct statement *statement;
  if (!statement_open(&statement, book->store, UNIT_COLUMNS "order by t.id desc limit $1", err))
    return false;
  statement_bind_integer(statement, 1, limit);
  bool listed = collect(&list, statement, read_unit_item, err);
  for (size_t i = 0; !listed && i < list.count; i++)
    unit_release(list_at(&list, i));
  if (!listed) {
    list_release(&list);
    return false;
  }
  *units = list.items;
  *count = list.count;
  return true;
}

void change_release(struct change *change) {
  memory_free(change->field);
  value_release(&change->old);
  value_release(&change->new);
  *change = (struct change){0};
}

static bool read_change(void *item, const struct statement *row, struct error *err) {
  struct change *change = item;
  struct value old = column_raw(row, 3), new_value = column_raw(row, 4);
  *change = (struct change){.tx = statement_integer(row, 0), .record = statement_integer(row, 1)};
  return copy_column(&change->field, row, 2, err) && value_copy(&change->old, &old, err) &&
         value_copy(&change->new, &new_value, err) &&
         instant_read(&change->at, statement_text(row, 5), err);
}

bool change_list(struct book *book, enum change_scope scope, int64_t id, struct change **list,
                 size_t *count, struct error *err) {
  static const char *const sql[] = {
      [CHANGE_OF_RECORD] = "select tx, record, field, old, new, at from change "
                           "where record = $1 order by id",
      [CHANGE_OF_UNIT] = "select tx, record, field, old, new, at from change "
                         "where tx = $1 order by id",
  };
  struct list changes = {.size = sizeof(struct change)};
  struct statement *statement;
  if (!statement_open(&statement, book->store, sql[scope], err))
    return false;
  statement_bind_integer(statement, 1, id);
  bool listed = collect(&changes, statement, read_change, err);
  for (size_t i = 0; !listed && i < changes.count; i++)
    change_release(list_at(&changes, i));
  if (!listed) {
    list_release(&changes);
    return false;
  }
  *list = changes.items;
  *count = changes.count;
  return true;
}

static bool read_id(void *item, const struct statement *row, struct error *err) {
  (void)err;
  *(int64_t *)item = statement_integer(row, 0);
  return true;
}

bool unit_created(struct book *book, int64_t tx, int64_t **ids, size_t *count, struct error *err) {
  struct list list = {.size = sizeof(int64_t)};
  struct statement *statement;
  if (!statement_open(&statement, book->store,
                      "select id from record where created_tx = $1 order by id", err))
    return false;
  statement_bind_integer(statement, 1, tx);
  if (!collect(&list, statement, read_id, err)) {
    list_release(&list);
    return false;
  }
  *ids = list.items;
  *count = list.count;
  return true;
}
