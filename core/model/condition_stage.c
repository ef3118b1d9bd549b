#include "model/condition_stage.h"

#include <string.h>

#include "base/memory.h"
#include "model/query_parts.h"

static bool is_in_use(const struct book *book, const struct kind *kind, const struct field *field,
                      const char *word, bool *out, struct error *err) {
  const struct comparison same = {
      .path = field->name, .compare = COMPARE_EQUAL, .value = value_text(word)};
  struct query *users = NULL;
  struct condition *condition = NULL;
  int64_t *ids = NULL;
  size_t count = 0;
  bool done = query_new(&users, book, kind, err) &&
              condition_compare_of(&condition, book, kind, &same, err) &&
              query_where(users, condition, err);
  if (done)
    query_limit(users, 1, 0);
  done = done && query_ids_indexed(users, book, &ids, &count, err);
  *out = count > 0;
  memory_free(ids);
  query_free(users);
  return done;
}

static bool is_stage(const struct field *field, const char *word) {
  for (size_t i = 0; field->stages[i]; i++)
    if (strcmp(field->stages[i], word) == 0)
      return true;
  return false;
}

/* In the words in which a choice is refused. */
static bool refuse(const struct field *field, const char *word, struct error *err) {
  struct field choice = *field;
  const struct value value = value_text(word);
  struct value none;
  choice.type = FIELD_CHOICE;
  choice.choices = field->stages;
  return field_accept(&choice, &value, "", &none, err);
}

bool condition_check_stage(const struct book *book, const struct kind *kind,
                           const struct field *field, const char *word, struct error *err) {
  bool in_use = false;
  if (is_stage(field, word))
    return true;
  if (!is_in_use(book, kind, field, word, &in_use, err))
    return false;
  return in_use || refuse(field, word, err);
}

bool condition_check_stages(const struct condition *condition, const struct book *book,
                            struct error *err) {
  const struct path *path = &condition->path;
  if (!path->field || !path->field->stages || compare_is_part(condition->compare))
    return true;
  for (size_t i = 0; i < condition->value_count; i++)
    if (condition->values[i].type == VALUE_TEXT &&
        !condition_check_stage(book, path->kind, path->field, condition->values[i].as.text.data,
                               err))
      return false;
  return true;
}
