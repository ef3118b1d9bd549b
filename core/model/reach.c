#include "model/reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/memory.h"
#include "base/text.h"
#include "store/statement.h"

/* One search: the way from a touched kind, reference by reference, to the kind asked for. */
struct search {
  struct book *book;
  const struct reach *reach;
  struct list *ids; /* of int64_t */
  const struct kind *kinds[REACH_STEPS + 1];
  const struct field *steps[REACH_STEPS]; /* from kinds[i] to kinds[i + 1] */
  int length;
};

/* Where a way begins: at the record as it is, or at what it referred to before. */
enum start { START_LIVE, START_FORMER };

/* $1 is the unit; what a changed or deleted record referred to before stands in its changes. */
static void append_start(struct text *sql, const struct search *search, enum start start) {
  const char *first = search->kinds[0]->name;
  text_format(sql, "select distinct t%d.id from ", search->length);
  if (start == START_LIVE)
    text_format(sql, "record r join \"%s\" t0 on t0.id = r.id", first);
  else
    text_append(sql, "change c join record r on r.id = c.record");
  for (int i = 0; i < search->length; i++) {
    text_format(sql, " join \"%s\" t%d on t%d.id = ", search->kinds[i + 1]->name, i + 1, i + 1);
    if (i == 0 && start == START_FORMER)
      text_append(sql, "c.old");
    else
      text_format(sql, "t%d.%s", i, search->steps[i]->name);
  }
  text_append(sql, start == START_LIVE ? " where r.updated_tx = $1" : " where c.tx = $1");
  text_format(sql, " and r.kind = '%s'", first);
  if (start == START_FORMER)
    text_format(sql, " and c.field = '%s'", search->steps[0]->name);
}

static bool collect(struct search *search, enum start start, struct error *err) {
  const struct reach *reach = search->reach;
  struct text sql = {0};
  struct statement *statement = NULL;
  bool row = false;
  append_start(&sql, search, start);
  text_format(&sql, " and t%d.%s in (", search->length, reach->field->name);
  for (size_t i = 0; i < reach->word_count; i++)
    text_format(&sql, "%s$%zu", i ? ", " : "", i + 2);
  text_append(&sql, ")");
  bool done = text_check(&sql, err) &&
              statement_open(&statement, search->book->store, text_string(&sql), err);
  text_release(&sql);
  if (!done)
    return false;
  statement_bind_integer(statement, 1, search->book->tx);
  for (size_t i = 0; i < reach->word_count; i++)
    statement_bind_text(statement, (int)i + 2, reach->words[i]);
  while ((done = statement_step(statement, &row, err)) && row) {
    int64_t *id = list_add(search->ids, err);
    if (!(done = id != NULL))
      break;
    *id = statement_integer(statement, 0);
  }
  statement_close(statement);
  return done;
}

/* A way does not lead through a kind twice, but may end where it began: a client's parent. */
static bool is_worth_a_step(const struct search *search, const struct kind *next) {
  for (int i = 0; i <= search->length; i++)
    if (search->kinds[i] == next)
      return i == 0 && next == search->reach->kind;
  return true;
}

static bool walk(struct search *search, struct error *err) {
  const struct kind *here = search->kinds[search->length];
  if (here == search->reach->kind && (!collect(search, START_LIVE, err) ||
                                      (search->length > 0 && !collect(search, START_FORMER, err))))
    return false;
  if (search->length == REACH_STEPS)
    return true;
  for (int i = 0; i < here->field_count; i++) {
    const struct field *field = here->fields[i];
    if (field->type != FIELD_REF || !field_is_stored(field))
      continue;
    const struct kind *next = catalog_kind(search->book->catalog, field->target);
    if (!is_worth_a_step(search, next))
      continue;
    search->steps[search->length++] = field;
    search->kinds[search->length] = next;
    bool done = walk(search, err);
    search->length--;
    if (!done)
      return false;
  }
  return true;
}

static bool touched_kinds(struct book *book, struct list *kinds, struct error *err) {
  struct statement *statement;
  bool row = false, done;
  if (!statement_open(&statement, book->store,
                      "select distinct kind from record where updated_tx = $1 order by kind", err))
    return false;
  statement_bind_integer(statement, 1, book->tx);
  while ((done = statement_step(statement, &row, err)) && row) {
    const struct kind *kind = catalog_kind(book->catalog, statement_text(statement, 0));
    const struct kind **slot = kind ? list_add(kinds, err) : NULL;
    if (slot)
      *slot = kind;
    else if (!(done = kind == NULL)) /* of a kind that scripts no longer declare */
      break;
  }
  statement_close(statement);
  return done;
}

static int compare_ids(const void *a, const void *b) {
  const int64_t *left = a, *right = b;
  return (*left > *right) - (*left < *right);
}

static void tidy(struct list *ids) {
  int64_t *items = ids->items;
  size_t kept = 0;
  if (ids->count > 1)
    qsort(items, ids->count, sizeof *items, compare_ids);
  for (size_t i = 0; i < ids->count; i++)
    if (kept == 0 || items[kept - 1] != items[i])
      items[kept++] = items[i];
  ids->count = kept;
}

bool reach_touched(struct book *book, const struct reach *reach, int64_t **ids, size_t *count,
                   struct error *err) {
  struct list kinds = {.size = sizeof(const struct kind *)}, found = {.size = sizeof(int64_t)};
  *ids = NULL;
  *count = 0;
  if (!book->tx || reach->word_count == 0)
    return true;
  bool done = touched_kinds(book, &kinds, err);
  for (size_t i = 0; done && i < kinds.count; i++) {
    struct search search = {.book = book, .reach = reach, .ids = &found};
    search.kinds[0] = *(const struct kind **)list_at(&kinds, i);
    done = walk(&search, err);
  }
  list_release(&kinds);
  if (!done) {
    list_release(&found);
    return false;
  }
  tidy(&found);
  *ids = found.items;
  *count = found.count;
  return true;
}
