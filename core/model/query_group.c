/* Groups as conditions: segment=clinics is what the record "clinics" of the kind "segment" says. */
#include <assert.h>
#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "model/query_parts.h"
#include "model/query_word.h"

enum { GROUPS_DEEP = 8 };

/* Of "client.segment" the reference; NULL of "segment". */
static bool take_head(char **head, const char *path, struct error *err) {
  const char *dot = strrchr(path, '.');
  struct text copy = {0};
  *head = NULL;
  if (!dot)
    return true;
  text_append_bytes(&copy, path, (size_t)(dot - path));
  *head = text_take(&copy, err);
  return *head != NULL;
}

static const struct kind *kind_behind(const struct query *query, const char *head) {
  struct path_info info;
  struct error ignored; /* what is no path is told where it is read as one */
  if (!head)
    return query->kind;
  if (!query_path(query, head, &info, &ignored) || !info.field || info.field->type != FIELD_REF)
    return NULL;
  return catalog_kind(query->book->catalog, info.field->target);
}

const struct kind *group_at(const struct query *query, const char *path,
                            const struct kind **members) {
  char *head = NULL;
  struct error ignored;
  const char *dot = strrchr(path, '.');
  if (!take_head(&head, path, &ignored))
    return NULL;
  *members = kind_behind(query, head);
  memory_free(head);
  return *members ? catalog_group(query->book->catalog, *members, dot ? dot + 1 : path) : NULL;
}

/* What one group is. */
struct group {
  const struct kind *kind, *members;
  const char *name; /* as typed */
  char *of, *line;  /* owned */
};

static bool copy_value(char **out, const struct value *value, struct error *err) {
  *out = memory_copy_text(value->type == VALUE_TEXT ? value->as.text.data : "");
  return *out || error_memory(err);
}

static bool read_columns(struct group *group, struct query *query, const struct book *book,
                         struct error *err) {
  struct cursor *cursor = NULL;
  const struct value *values = NULL;
  bool done = query_select(query, "of", group->kind->members_of, err) &&
              query_select(query, "line", group->kind->members_meet, err) &&
              query_run_indexed(query, book, &cursor, err) && cursor_next(cursor, &values, err);
  if (done && !values)
    done = error_set(err, ERROR_NOT_FOUND, "there is no %s '%s'", group->kind->name, group->name);
  done =
      done && copy_value(&group->of, &values[0], err) && copy_value(&group->line, &values[1], err);
  cursor_close(cursor);
  return done;
}

static bool load(struct group *group, const struct query *query, struct error *err) {
  struct value id;
  struct query *one = NULL;
  struct condition *condition = NULL;
  if (!word_reference(&id, query, group->kind->name, group->name, err) ||
      !query_new(&one, query->book, group->kind, err))
    return false;
  bool done = condition_compare(&condition, one, "id", COMPARE_EQUAL, &id, err) &&
              query_where(one, condition, err) && read_columns(group, one, query->book, err);
  query_free(one);
  return done;
}

static bool is_of_members(const struct group *group, struct error *err) {
  return !*group->of || strcmp(group->of, group->members->name) == 0 ||
         error_set(err, ERROR_INVALID, "the %s '%s' is one of '%s', not of '%s'", group->kind->name,
                   group->name, group->of, group->members->name);
}

static bool condition_of_group(struct condition **out, const struct query *query,
                               const struct word_scope *scope, struct group *group,
                               struct error *err) {
  if (scope->depth == GROUPS_DEEP)
    return error_set(err, ERROR_INVALID,
                     "the %s '%s' stands on others more than %d deep, or on itself",
                     group->kind->name, group->name, GROUPS_DEEP);
  bool done = load(group, query, err) && is_of_members(group, err);
  if (done && !word_conditions(out, query, scope, group->line, err))
    done = error_prefix(err, "%s '%s': ", group->kind->name, group->name);
  memory_free(group->of);
  memory_free(group->line);
  return done;
}

/* Each name of "a,b" becomes a part; all are gone on failure. */
static bool read_groups(struct list *parts, const struct query *query,
                        const struct word_scope *scope, struct group group, const char *names,
                        struct error *err) {
  struct text name = {0};
  bool done = true;
  while (done && names) {
    struct condition *condition = NULL, **slot = NULL;
    done = condition_word_item(&name, &names) || error_memory(err);
    group.name = text_string(&name);
    done = done && condition_of_group(&condition, query, scope, &group, err) &&
           (slot = list_add(parts, err)) != NULL;
    if (slot)
      *slot = condition;
    else
      condition_free(condition);
  }
  text_release(&name);
  for (size_t i = 0; !done && i < parts->count; i++)
    condition_free(*(struct condition **)list_at(parts, i));
  return done;
}

/* As of any reference: who has none is not said to be outside of its groups. */
static bool and_is_set(struct condition **out, const struct query *query, const char *head,
                       struct error *err) {
  const struct value unset = value_null();
  struct condition *parts[] = {*out, NULL};
  *out = NULL;
  if (condition_compare(&parts[1], query, head, COMPARE_NOT_EQUAL, &unset, err))
    return condition_join(out, JUNCTION_AND, parts, 2, err);
  condition_free(parts[0]);
  return false;
}

static bool join(struct condition **out, const struct query *query, const char *head,
                 enum compare compare, struct list *parts, struct error *err) {
  bool none = compare == COMPARE_NOT_EQUAL;
  return condition_join(out, none ? JUNCTION_NONE : JUNCTION_OR, parts->items, parts->count, err) &&
         (!none || !head || and_is_set(out, query, head, err));
}

static bool check_word(const struct kind *kind, const struct condition_word *word,
                       struct error *err) {
  bool equality = word->compare == COMPARE_EQUAL || word->compare == COMPARE_NOT_EQUAL;
  return (equality && *word->value) ||
         error_set(err, ERROR_USAGE, "'%s' takes = or != and the name of a %s: %s=NAME", word->path,
                   kind->name, word->path);
}

bool group_condition(struct condition **out, const struct query *query,
                     const struct word_scope *scope, const struct condition_word *word,
                     struct error *err) {
  struct group group = {0};
  struct list parts = {.size = sizeof(struct condition *)};
  char *head = NULL;
  group.kind = group_at(query, word->path, &group.members);
  assert(group.kind);
  if (!check_word(group.kind, word, err) || !take_head(&head, word->path, err))
    return false;
  const struct word_scope inner = {.prefix = head, .depth = scope->depth + 1};
  bool done = read_groups(&parts, query, &inner, group, word->value, err) &&
              join(out, query, head, word->compare, &parts, err);
  list_release(&parts);
  memory_free(head);
  return done;
}
