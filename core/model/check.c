/* book_check(): whether the records fit together, on top of the store's own check. */
#include "base/translate.h"
#include "model/book.h"
#include "store/statement.h"

/* Runs "select id …" and appends one line per id. */
static bool report(struct book *book, const struct text *sql, const char *fault,
                   struct text *faults, struct error *err) {
  struct statement *statement;
  bool row = false, asked;
  if (!text_check(sql, err) || !statement_open(&statement, book->store, text_string(sql), err))
    return false;
  while ((asked = statement_step(statement, &row, err)) && row)
    text_format(faults, "#%lld %s\n", (long long)statement_integer(statement, 0), fault);
  statement_close(statement);
  return asked;
}

static bool check_spine(struct book *book, const char *kind, struct text *faults,
                        struct error *err) {
  struct text sql = {0}, fault = {0};
  text_format(&sql,
              "select r.id from record r where r.kind = '%s' and r.deleted_tx is null "
              "and not exists (select 1 from \"%s\" k where k.id = r.id) order by r.id",
              kind, kind);
  text_format(&fault, translate("is a live %s without a row in its table"), kind);
  bool checked = report(book, &sql, text_string(&fault), faults, err);
  text_clear(&sql);
  text_clear(&fault);
  text_format(&sql,
              "select k.id from \"%s\" k where not exists (select 1 from record r "
              "where r.id = k.id and r.kind = '%s' and r.deleted_tx is null) order by k.id",
              kind, kind);
  text_format(&fault, translate("stands in table %s but is no live %s"), kind, kind);
  checked = checked && report(book, &sql, text_string(&fault), faults, err);
  text_release(&sql);
  text_release(&fault);
  return checked;
}

static bool check_references(struct book *book, const char *kind, const char *field,
                             const char *target, struct text *faults, struct error *err) {
  struct text sql = {0}, fault = {0};
  text_format(&sql,
              "select k.id from \"%s\" k where k.%s is not null and not exists "
              "(select 1 from \"%s\" t where t.id = k.%s) order by k.id",
              kind, field, target, field);
  text_format(&fault, translate("has a %s that is no live %s"), field, target);
  bool checked = report(book, &sql, text_string(&fault), faults, err);
  text_release(&sql);
  text_release(&fault);
  return checked;
}

/* Every stored kind begins with its external_id; so each kind is looked at once. */
static bool check_field(struct book *book, const struct statement *field, struct text *faults,
                        struct error *err) {
  const char *kind = statement_text(field, 0), *name = statement_text(field, 1);
  const char *target = statement_text(field, 2);
  if (target)
    return check_references(book, kind, name, target, faults, err);
  return check_spine(book, kind, faults, err);
}

static bool check_records(struct book *book, struct text *faults, struct error *err) {
  struct statement *statement;
  bool row = false, checked;
  if (!statement_open(&statement, book->store,
                      "select kind, name, target from field "
                      "where type = 'ref' or name = 'external_id' order by kind, name",
                      err))
    return false;
  while ((checked = statement_step(statement, &row, err)) && row)
    if (!check_field(book, statement, faults, err)) {
      checked = false;
      break;
    }
  statement_close(statement);
  return checked && text_check(faults, err);
}

bool book_check(struct book *book, bool full, struct text *faults, struct error *err) {
  if (!store_check(book->store, full ? STORE_CHECK_FULL : STORE_CHECK_QUICK, faults, err))
    return false;
  return !full || check_records(book, faults, err);
}
