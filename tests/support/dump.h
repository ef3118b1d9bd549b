/* Everything that the live records of a book say, as one text to compare. */
#ifndef SUPPORT_DUMP_H
#define SUPPORT_DUMP_H

#include "support/sales.h"

/* All values of all live records of all kinds, in order. The caller frees it. */
static inline char *dump_kinds(struct sales *sales) {
  struct error err = {0};
  struct book *book = sales->engine->book;
  struct text text = {0};
  for (int i = 0; i < catalog_count(book->catalog); i++) {
    struct query *query;
    int64_t *ids;
    size_t count;
    must(query_new(&query, book, catalog_at(book->catalog, i), &err));
    must(query_order(query, "id", false, &err));
    must(query_ids(query, book, &ids, &count, &err));
    for (size_t j = 0; j < count; j++) {
      struct record record;
      must(record_load(&record, book, NULL, ids[j], &err));
      text_format(&text, "%s %lld", record.kind->name, (long long)record.id);
      for (int k = 0; k < record.kind->field_count; k++) {
        text_format(&text, "|%d:", (int)record.values[k].type);
        value_append_plain(&text, &record.values[k]);
        if (record.values[k].type == VALUE_MONEY)
          text_append(&text, record.values[k].as.money.currency);
      }
      text_append(&text, "\n");
      record_release(&record);
    }
    memory_free(ids);
    query_free(query);
  }
  char *taken = text_take(&text, &err);
  assert_non_null(taken);
  return taken;
}

#endif
