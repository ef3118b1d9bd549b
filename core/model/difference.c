#include "model/difference.h"

#include "base/list.h"
#include "model/past.h"
#include "store/statement.h"

/* A record that was touched. */
struct touched {
  int64_t id;
  bool existed, exists;
};

/* Whether it existed before tells the first change of its being deleted since. */
static const char touched_sql[] =
    "select r.id, r.deleted_tx is null, case when r.created_tx > $1 then 0 else coalesce("
    "(select case when c.old is null then 1 else 0 end from change c where c.record = r.id "
    "and c.tx > $1 and c.field = 'deleted' order by c.id limit 1), "
    "case when r.deleted_tx is null then 1 else 0 end) end "
    "from record r where r.id in (select record from change where tx > $1 "
    "union select id from record where updated_tx > $1 and created_tx > $1) order by r.id";

static bool list_touched(struct list *touched, struct book *book, int64_t tx, struct error *err) {
  struct statement *statement;
  bool row = false, listed;
  if (!statement_open(&statement, book->store, touched_sql, err))
    return false;
  statement_bind_integer(statement, 1, tx);
  while ((listed = statement_step(statement, &row, err)) && row) {
    struct touched *slot = list_add(touched, err);
    if (!(listed = slot != NULL))
      break;
    *slot = (struct touched){.id = statement_integer(statement, 0),
                             .exists = statement_integer(statement, 1) != 0,
                             .existed = statement_integer(statement, 2) != 0};
  }
  statement_close(statement);
  return listed;
}

/* Without the defaults of a new one. */
static bool init_empty(struct record *record, const struct kind *kind, int64_t id,
                       struct error *err) {
  if (!record_init(record, kind, err))
    return false;
  record->id = id;
  for (int i = 0; i < kind->field_count; i++)
    value_release(&record->values[i]);
  return true;
}

/* What is there now, or nothing. */
static bool load_present(struct record *record, struct book *book, const struct kind *kind,
                         const struct touched *touched, struct error *err) {
  return touched->exists ? record_load(record, book, kind, touched->id, err)
                         : init_empty(record, kind, touched->id, err);
}

static bool load_before(struct difference *difference, struct book *book,
                        const struct touched *touched, int64_t tx, struct error *err) {
  if (!touched->existed)
    return init_empty(&difference->before, difference->kind, touched->id, err);
  if (!load_present(&difference->before, book, difference->kind, touched, err))
    return false;
  if (past_before(&difference->before, book, tx, err))
    return true;
  record_release(&difference->before);
  return false;
}

bool difference_has(const struct difference *difference, const struct field *field) {
  return field_is_stored(field) && !value_equal(&difference->before.values[field->position],
                                                &difference->after.values[field->position]);
}

static bool is_one(const struct difference *difference) {
  if (difference->existed != difference->exists)
    return true;
  for (int i = 0; i < difference->kind->field_count; i++)
    if (difference_has(difference, difference->kind->fields[i]))
      return true;
  return false;
}

static bool tell(struct book *book, const struct touched *touched, int64_t tx, difference_fn each,
                 void *payload, struct error *err) {
  struct difference difference = {
      .id = touched->id, .existed = touched->existed, .exists = touched->exists};
  if (!touched->existed && !touched->exists)
    return true;
  if (!record_kind_of(book, touched->id, &difference.kind, err) ||
      !load_present(&difference.after, book, difference.kind, touched, err))
    return false;
  bool done = load_before(&difference, book, touched, tx, err);
  if (done) {
    done = !is_one(&difference) || each(&difference, payload, err);
    record_release(&difference.before);
  }
  record_release(&difference.after);
  return done;
}

bool difference_each(struct book *book, int64_t tx, difference_fn each, void *payload,
                     struct error *err) {
  struct list touched = {.size = sizeof(struct touched)};
  bool done = list_touched(&touched, book, tx, err);
  for (size_t i = 0; done && i < touched.count; i++)
    done = tell(book, list_at(&touched, i), tx, each, payload, err);
  list_release(&touched);
  return done;
}
