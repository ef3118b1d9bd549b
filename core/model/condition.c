#include "model/condition.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "model/condition_stage.h"
#include "model/query_parts.h"

static bool condition_new(struct condition **out, enum condition_shape shape, size_t value_count,
                          struct error *err) {
  struct condition *condition = memory_new(sizeof *condition);
  if (!condition)
    return error_memory(err);
  condition->shape = shape;
  condition->weight = 8;
  condition->values = memory_new_array(value_count, sizeof *condition->values);
  if (!condition->values) {
    memory_free(condition);
    return error_memory(err);
  }
  *out = condition;
  return true;
}

void condition_free(struct condition *condition) {
  if (!condition)
    return;
  path_release(&condition->path);
  for (size_t i = 0; i < condition->value_count; i++)
    value_release(&condition->values[i]);
  memory_free(condition->values);
  for (size_t i = 0; i < condition->part_count; i++)
    condition_free(condition->parts[i]);
  memory_free(condition->parts);
  memory_free(condition->words);
  memory_free(condition);
}

static bool open_path(struct condition *condition, const struct book *book, const struct kind *kind,
                      const char *path, struct error *err) {
  return path_parse(&condition->path, book->catalog, kind, path, err) &&
         path_is_askable(&condition->path, err);
}

/* What is compared need not be what may be stored: 'satisfaction < 6' is a fair question to a
 * field that ends at 5, and a part of an address is no address. */
static struct field asked_field(const struct field *field) {
  struct field asked = *field;
  asked.has_min = asked.has_max = false;
  asked.flags &= ~(unsigned)FIELD_REQUIRED;
  if (asked.type == FIELD_EMAIL || asked.type == FIELD_PHONE || asked.type == FIELD_URL)
    asked.type = FIELD_TEXT;
  return asked;
}

static bool accept_currency(struct value *out, const struct value *value, struct error *err) {
  struct money known;
  if (value->type != VALUE_TEXT)
    return error_set(err, ERROR_INVALID, "a currency is text such as 'USD'");
  return money_from_minor(&known, 0, value->as.text.data, err) && value_copy(out, value, err);
}

static bool accept_id(struct value *out, const struct value *value, struct error *err) {
  if (value->type != VALUE_INTEGER)
    return error_set(err, ERROR_INVALID, "an id is a whole number, not %s",
                     translate(value_type_name(value->type)));
  return value_copy(out, value, err);
}

/* A date and an instant are compared by day. */
static bool accept_time(struct value *out, enum field_type type, const struct value *value,
                        bool *done) {
  *done = true;
  if (type == FIELD_INSTANT && value->type == VALUE_DATE)
    *out = *value;
  else if (type == FIELD_DATE && value->type == VALUE_INSTANT)
    *out = value_date(instant_date(value->as.at));
  else
    *done = false;
  return *done;
}

static bool accept_part(struct value *out, const struct path *path, const struct value *value,
                        struct error *err) {
  if (!field_type_is_text(path_type(path)))
    return error_set(err, ERROR_INVALID, "'%s' is not text: compare it with = or <",
                     path_name(path));
  if (value->type != VALUE_TEXT)
    return error_set(err, ERROR_INVALID, "a part of '%s' is text, not %s", path_name(path),
                     translate(value_type_name(value->type)));
  return value_copy(out, value, err);
}

static bool accept(struct value *out, const struct path *path, const struct value *value,
                   const struct book *book, struct error *err) {
  bool done = false;
  if (value_is_null(value)) {
    *out = value_null();
    return true;
  }
  if (path->is_currency)
    return accept_currency(out, value, err);
  if (!path->field)
    return accept_id(out, value, err);
  if (accept_time(out, path->field->type, value, &done))
    return done;
  struct field asked = asked_field(path->field);
  return field_accept(&asked, value, book->currency, out, err);
}

bool compare_is_part(enum compare compare) {
  return compare == COMPARE_CONTAINS || compare == COMPARE_PREFIX || compare == COMPARE_SUFFIX;
}

static bool fill_compare(struct condition *condition, const struct book *book,
                         const struct value *value, struct error *err) {
  const struct path *path = &condition->path;
  bool is_part = compare_is_part(condition->compare);
  bool accepted = is_part && !value_is_null(value)
                      ? accept_part(&condition->values[0], path, value, err)
                      : accept(&condition->values[0], path, value, book, err);
  condition->value_count = accepted ? 1 : 0;
  return accepted;
}

static bool fill_in(struct condition *condition, const struct book *book,
                    const struct value *values, size_t count, struct error *err) {
  for (size_t i = 0; i < count; i++) {
    if (!accept(&condition->values[i], &condition->path, &values[i], book, err))
      return false;
    condition->value_count++;
    if (value_is_null(&values[i]) || values[i].type == VALUE_DATE ||
        path_type(&condition->path) == FIELD_MONEY)
      condition->weight++; /* becomes a comparison of its own */
  }
  return true;
}

bool condition_compare_of(struct condition **out, const struct book *book, const struct kind *kind,
                          const struct comparison *comparison, struct error *err) {
  struct condition *condition = NULL;
  bool any = comparison->any_of != NULL;
  if (!condition_new(&condition, any ? CONDITION_IN : CONDITION_COMPARE,
                     any ? comparison->any_count : 1, err))
    return false;
  condition->compare = comparison->compare;
  bool done = open_path(condition, book, kind, comparison->path, err) &&
              (any ? fill_in(condition, book, comparison->any_of, comparison->any_count, err)
                   : fill_compare(condition, book, &comparison->value, err));
  if (!done) {
    condition_free(condition);
    return false;
  }
  *out = condition;
  return true;
}

bool condition_same_of(struct condition **out, const struct book *book, const struct kind *kind,
                       const char *path, const char *text, struct error *err) {
  struct condition *condition = NULL;
  struct value value = value_text(text);
  if (!condition_new(&condition, CONDITION_SAME, 1, err))
    return false;
  if (!open_path(condition, book, kind, path, err) ||
      !accept_part(&condition->values[0], &condition->path, &value, err)) {
    condition_free(condition);
    return false;
  }
  condition->value_count = 1;
  *out = condition;
  return true;
}

static bool compare_in(struct condition **out, const struct query *query,
                       const struct comparison *comparison, struct error *err) {
  struct condition *condition = NULL;
  if (!condition_compare_of(&condition, query->book, query->kind, comparison, err))
    return false;
  if (!condition_check_stages(condition, query->book, err)) {
    condition_free(condition);
    return false;
  }
  *out = condition;
  return true;
}

bool condition_compare(struct condition **out, const struct query *query, const char *path,
                       enum compare compare, const struct value *value, struct error *err) {
  const struct comparison comparison = {.path = path, .compare = compare, .value = *value};
  return compare_in(out, query, &comparison, err);
}

bool condition_in(struct condition **out, const struct query *query, const char *path,
                  const struct value *values, size_t count, struct error *err) {
  static const struct value none; /* an empty list may be NULL */
  const struct comparison comparison = {
      .path = path, .any_of = values ? values : &none, .any_count = count};
  return compare_in(out, query, &comparison, err);
}

bool condition_search(struct condition **out, const struct query *query, const char *words,
                      struct error *err) {
  (void)query;
  struct condition *condition = NULL;
  if (words[strspn(words, " \t")] == '\0')
    return error_set(err, ERROR_INVALID, "nothing to search for: write the words after '~'");
  if (!condition_new(&condition, CONDITION_SEARCH, 0, err))
    return false;
  condition->words = memory_copy_text(words);
  if (!condition->words) {
    condition_free(condition);
    return error_memory(err);
  }
  *out = condition;
  return true;
}

static void free_parts(struct condition **parts, size_t count) {
  for (size_t i = 0; i < count; i++)
    condition_free(parts[i]);
}

bool condition_join(struct condition **out, enum junction junction, struct condition **parts,
                    size_t count, struct error *err) {
  struct condition *condition = NULL;
  if (!condition_new(&condition, CONDITION_JOIN, 0, err)) {
    free_parts(parts, count);
    return false;
  }
  condition->parts = memory_new_array(count, sizeof(struct condition *));
  if (!condition->parts) {
    free_parts(parts, count);
    condition_free(condition);
    return error_memory(err);
  }
  int heaviest = 0;
  for (size_t i = 0; i < count; i++) {
    condition->parts[i] = parts[i];
    heaviest = parts[i]->weight > heaviest ? parts[i]->weight : heaviest;
  }
  condition->junction = junction;
  condition->part_count = count;
  if (count > CONDITION_WEIGHT || heaviest + (int)count > CONDITION_WEIGHT) {
    condition_free(condition);
    return error_set(err, ERROR_INVALID,
                     "the condition has too many parts or levels; list values with 'in' instead");
  }
  condition->weight = heaviest + (int)count + 1;
  *out = condition;
  return true;
}

static bool copy_contents(struct condition *copy, const struct condition *condition,
                          struct error *err) {
  copy->compare = condition->compare;
  copy->junction = condition->junction;
  copy->weight = condition->weight;
  if (condition->path.steps && !path_copy(&copy->path, &condition->path, err))
    return false;
  for (; copy->value_count < condition->value_count; copy->value_count++)
    if (!value_copy(&copy->values[copy->value_count], &condition->values[copy->value_count], err))
      return false;
  copy->words = memory_copy_text(condition->words);
  if (condition->words && !copy->words)
    return error_memory(err);
  copy->parts = memory_new_array(condition->part_count, sizeof(struct condition *));
  if (!copy->parts)
    return error_memory(err);
  for (; copy->part_count < condition->part_count; copy->part_count++)
    if (!condition_copy(&copy->parts[copy->part_count], condition->parts[copy->part_count], err))
      return false;
  return true;
}

bool condition_copy(struct condition **out, const struct condition *condition, struct error *err) {
  struct condition *copy = NULL;
  if (!condition_new(&copy, condition->shape, condition->value_count, err))
    return false;
  if (!copy_contents(copy, condition, err)) {
    condition_free(copy);
    return false;
  }
  *out = copy;
  return true;
}

bool condition_searches(const struct condition *condition) {
  if (condition->shape == CONDITION_SEARCH)
    return true;
  for (size_t i = 0; i < condition->part_count; i++)
    if (condition_searches(condition->parts[i]))
      return true;
  return false;
}
