/* The name that was meant by one that is not there. */
#include "model/search_suggest.h"

#include <string.h>

#include "base/list.h"
#include "base/memory.h"
#include "model/query_parts.h"

/* Nobody waits for a suggestion: of very many records the last ones are looked at. */
enum { NAMES_MAX = 20000 };

static bool add_name(struct list *names, const char *name, struct error *err) {
  char **slot = list_add(names, err);
  if (slot)
    *slot = memory_copy_text(name);
  return slot && (*slot || error_memory(err));
}

static bool ask(struct cursor **cursor, struct query **query, const struct book *book,
                const struct kind *kind, struct error *err) {
  if (!query_new(query, book, kind, err) || !query_select(*query, "name", kind->name_field, err) ||
      !query_order(*query, "id", true, err))
    return false;
  query_limit(*query, NAMES_MAX, 0);
  return query_run_indexed(*query, book, cursor, err);
}

static bool read_names(struct list *names, const struct book *book, const struct kind *kind,
                       struct error *err) {
  struct query *query = NULL;
  struct cursor *cursor = NULL;
  const struct value *values = NULL;
  bool done = ask(&cursor, &query, book, kind, err);
  while (done && (done = cursor_next(cursor, &values, err)) && values)
    if (values[0].type == VALUE_TEXT)
      done = add_name(names, values[0].as.text.data, err);
  cursor_close(cursor);
  query_free(query);
  return done;
}

static void release_names(struct list *names) {
  for (size_t i = 0; i < names->count; i++)
    memory_free(*(char **)list_at(names, i));
  list_release(names);
}

/* "Acmee" is meant for "Acme Clinic", too. */
static const char *by_first_word(const struct list *names, const char *word) {
  struct list firsts = {.size = sizeof(char *)};
  struct error ignored;
  const char *found = NULL;
  bool done = true;
  for (size_t i = 0; done && i < names->count; i++) {
    done = add_name(&firsts, *(char **)list_at(names, i), &ignored);
    if (done)
      (*(char **)list_at(&firsts, i))[strcspn(*(char **)list_at(names, i), " ")] = '\0';
  }
  const char *first =
      done ? text_suggest(word, (const char *const *)firsts.items, firsts.count) : NULL;
  for (size_t i = 0; first && !found && i < firsts.count; i++)
    if (*(char **)list_at(&firsts, i) == first)
      found = *(char **)list_at(names, i);
  release_names(&firsts);
  return found;
}

void search_suggest(const struct book *book, const struct kind *kind, const char *name,
                    struct text *near) {
  struct list names = {.size = sizeof(char *)};
  struct error ignored; /* without a suggestion the message says enough */
  if (kind->name_field && read_names(&names, book, kind, &ignored)) {
    const char *found = text_suggest(name, (const char *const *)names.items, names.count);
    found = found || strchr(name, ' ') ? found : by_first_word(&names, name);
    text_append(near, found ? found : "");
  }
  release_names(&names);
}
