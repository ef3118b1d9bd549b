/* catalog_check(): what can be known only after the last declaration. */
#include <string.h>

#include "base/translate.h"
#include "model/kind.h"
#include "model/rollup.h"

static bool find_target(const struct catalog *catalog, const struct kind *kind,
                        const struct field *field, const char *name, const struct kind **out,
                        struct error *err) {
  if (catalog_find(catalog, name, out, err))
    return true;
  err->code = ERROR_INVALID;
  return error_prefix(err, "%s.%s: ", kind->name, field->name);
}

/* The first step of a path; the rest is followed by the query that uses it. */
static bool check_path(const struct kind *kind, const char *path, struct error *err) {
  char step[64];
  size_t length = strcspn(path, ".");
  if (length >= sizeof step)
    return error_set(err, ERROR_INVALID, "'%s' is no path of fields", path);
  memcpy(step, path, length);
  step[length] = '\0';
  const struct field *field;
  return strcmp(step, "id") == 0 || strchr(path, '(') || kind_find_field(kind, step, &field, err);
}

/* The one reference of `from` that leads to `to`. */
static bool check_only_reference(const struct kind *from, const struct kind *to,
                                 struct error *err) {
  int count = 0;
  for (int i = 0; i < from->field_count; i++)
    if (from->fields[i]->type == FIELD_REF && field_is_stored(from->fields[i]) &&
        strcmp(from->fields[i]->target, to->name) == 0)
      count++;
  if (count == 1)
    return true;
  return error_set(err, ERROR_INVALID,
                   count ? N_("%s refers to %s in several fields; say which")
                         : N_("%s has no reference to %s"),
                   from->name, to->name);
}

static bool check_via(const struct kind *from, const struct kind *to, const char *via,
                      struct error *err) {
  if (!via)
    return check_only_reference(from, to, err);
  const struct field *field;
  if (!kind_find_field(from, via, &field, err))
    return false;
  if (field->type == FIELD_REF && strcmp(field->target, to->name) == 0)
    return true;
  return error_set(err, ERROR_INVALID, "%s.%s is not a reference to %s", from->name, via, to->name);
}

static bool check_rollup_parts(const struct kind *kind, const struct kind *from,
                               const struct rollup *rollup, struct error *err) {
  if (!rollup->path && rollup->function != AGGREGATE_COUNT)
    return error_set(err, ERROR_INVALID, "say which field of %s is summed up", from->name);
  if (rollup->path && !check_path(from, rollup->path, err))
    return false;
  for (size_t i = 0; i < rollup->filter_count; i++)
    if (!check_path(from, rollup->filters[i].path, err))
      return false;
  return check_via(from, kind, rollup->via, err);
}

static bool check_rollup(const struct catalog *catalog, const struct kind *kind,
                         const struct field *field, struct error *err) {
  const struct kind *from;
  if (!field->rollup->kind)
    return true;
  if (!find_target(catalog, kind, field, field->rollup->kind, &from, err))
    return false;
  if (check_rollup_parts(kind, from, field->rollup, err))
    return true;
  err->code = ERROR_INVALID;
  return error_prefix(err, "%s.%s: ", kind->name, field->name);
}

static bool check_field(const struct catalog *catalog, const struct kind *kind,
                        const struct field *field, struct error *err) {
  const struct kind *target;
  if (field->flags & FIELD_ROLLUP)
    return check_rollup(catalog, kind, field, err);
  return field->type != FIELD_REF || find_target(catalog, kind, field, field->target, &target, err);
}

static bool check_belongs(const struct kind *kind, struct error *err) {
  if (!kind->belongs_to)
    return true;
  const struct field *field = kind_field(kind, kind->belongs_to);
  if (field && field->type == FIELD_REF && strcmp(field->target, kind->belongs_to) == 0)
    return true;
  return error_set(err, ERROR_INVALID, "%s belongs to %s but has no reference field '%s'",
                   kind->name, kind->belongs_to, kind->belongs_to);
}

static bool is_text(const struct kind *kind, const char *name) {
  const struct field *field = kind_field(kind, name);
  return field && field_is_stored(field) && field_value_type(field->type) == VALUE_TEXT;
}

static bool check_members(const struct kind *kind, struct error *err) {
  if (!kind->members_of != !kind->members_meet)
    return error_set(err, ERROR_INVALID, "%s: members_of and members_meet go together", kind->name);
  const char *const names[] = {kind->members_of, kind->members_meet};
  for (size_t i = 0; kind->members_of && i < sizeof names / sizeof *names; i++)
    if (!is_text(kind, names[i]))
      return error_set(err, ERROR_INVALID, "%s: %s = \"%s\" names no text field of it", kind->name,
                       i == 0 ? "members_of" : "members_meet", names[i]);
  return true;
}

static bool check_kind(const struct catalog *catalog, const struct kind *kind, struct error *err) {
  const struct field *name = kind->name_field ? kind_field(kind, kind->name_field) : NULL;
  if (kind->name_field && (!name || field_value_type(name->type) != VALUE_TEXT))
    return error_set(err, ERROR_INVALID, "%s: name_field = \"%s\" names no text field of it",
                     kind->name, kind->name_field);
  if (!check_belongs(kind, err) || !check_members(kind, err))
    return false;
  for (int i = 0; i < kind->field_count; i++)
    if (!check_field(catalog, kind, kind->fields[i], err))
      return false;
  return true;
}

bool catalog_check(const struct catalog *catalog, struct error *err) {
  for (int i = 0; i < catalog_count(catalog); i++)
    if (!check_kind(catalog, catalog_at(catalog, i), err))
      return false;
  return true;
}
