#include "model/kind.h"

#include <ctype.h>
#include <string.h>

#include "base/error_place.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/translate.h"
#include "model/column.h"
#include "model/identifier.h"
#include "model/rollup.h"

enum { LOG_COUNT = 2 };

struct catalog {
  struct list kinds;            /* of struct kind *, owned */
  struct kind *logs[LOG_COUNT]; /* owned */
  struct list kept;             /* of void *: texts and tables that kinds and fields point to */
};

static const struct kind_entry *const built_in[] = {
    &user_kind, &client_kind,   &contact_kind,  &product_kind, &campaign_kind,
    &deal_kind, &activity_kind, &response_kind, &goal_kind,
};
enum { BUILT_IN_COUNT = sizeof built_in / sizeof *built_in };

/* Every kind of records has it, first. */
static const struct field external_id = {
    .name = "external_id",
    .title = "External id",
    .title_ru = "Внешний код",
    .help = N_("what the record is called where it came from"),
    .flags = FIELD_INDEXED,
};

static void *keep(struct catalog *catalog, void *block, struct error *err) {
  if (!block) {
    error_memory(err);
    return NULL;
  }
  void **slot = list_add(&catalog->kept, err);
  if (!slot) {
    memory_free(block);
    return NULL;
  }
  *slot = block;
  return block;
}

/* *text becomes a copy that lives as long as the catalog. */
static bool keep_text(struct catalog *catalog, const char **text, struct error *err) {
  if (!*text)
    return true;
  *text = keep(catalog, memory_copy_text(*text), err);
  return *text != NULL;
}

static bool keep_value(struct catalog *catalog, struct value *value, struct error *err) {
  if (value->type != VALUE_TEXT)
    return true;
  value->owned = false;
  return keep_text(catalog, &value->as.text.data, err);
}

/* *words becomes a copy that lives as long as the catalog. */
static bool keep_words(struct catalog *catalog, const char *const **words, struct error *err) {
  if (!*words)
    return true;
  size_t count = 0;
  while ((*words)[count])
    count++;
  const char **copy = keep(catalog, memory_new_array(count + 1, sizeof *copy), err);
  if (!copy)
    return false;
  for (size_t i = 0; i < count; i++) {
    copy[i] = (*words)[i];
    if (!keep_text(catalog, &copy[i], err))
      return false;
  }
  *words = copy;
  return true;
}

static bool keep_filter(struct catalog *catalog, struct comparison *filter, struct error *err) {
  if (!keep_text(catalog, &filter->path, err) || !keep_value(catalog, &filter->value, err))
    return false;
  if (!filter->any_of)
    return true;
  struct value *copy =
      keep(catalog, memory_new_array(filter->any_count, sizeof *filter->any_of), err);
  if (!copy)
    return false;
  for (size_t i = 0; i < filter->any_count; i++) {
    copy[i] = filter->any_of[i];
    if (!keep_value(catalog, &copy[i], err))
      return false;
  }
  filter->any_of = copy;
  return true;
}

static bool keep_rollup(struct catalog *catalog, struct field *field, struct error *err) {
  if (!field->rollup)
    return true;
  struct rollup *copy = keep(catalog, memory_new(sizeof *copy), err);
  if (!copy)
    return false;
  *copy = *field->rollup;
  struct comparison *filters =
      keep(catalog, memory_new_array(copy->filter_count, sizeof *filters), err);
  if (!filters || !keep_text(catalog, &copy->kind, err) || !keep_text(catalog, &copy->path, err) ||
      !keep_text(catalog, &copy->via, err))
    return false;
  for (size_t i = 0; i < copy->filter_count; i++) {
    filters[i] = copy->filters[i];
    if (!keep_filter(catalog, &filters[i], err))
      return false;
  }
  copy->filters = filters;
  field->rollup = copy;
  return true;
}

static bool keep_field(struct catalog *catalog, struct field *field, struct error *err) {
  return keep_text(catalog, &field->name, err) && keep_text(catalog, &field->title, err) &&
         keep_text(catalog, &field->title_ru, err) && keep_text(catalog, &field->help, err) &&
         keep_text(catalog, &field->help_ru, err) && keep_text(catalog, &field->target, err) &&
         keep_value(catalog, &field->fallback, err) && keep_words(catalog, &field->choices, err) &&
         keep_words(catalog, &field->choice_titles, err) &&
         keep_words(catalog, &field->choice_titles_ru, err) && keep_rollup(catalog, field, err);
}

/* "decision_maker" is "Decision maker" for people. */
static bool make_title(struct catalog *catalog, const char **title, const char *name,
                       struct error *err) {
  if (*title)
    return true;
  char *made = keep(catalog, memory_copy_text(name), err);
  if (!made)
    return false;
  made[0] = (char)toupper((unsigned char)made[0]);
  for (char *mark = strchr(made, '_'); mark; mark = strchr(mark, '_'))
    *mark = ' ';
  *title = made;
  return true;
}

static bool append_columns(struct kind *kind, const struct field *field, struct error *err) {
  for (int part = 0; part < column_count(field); part++) {
    text_append(&kind->columns, kind->columns.length ? ", " : "");
    column_append_name(&kind->columns, field, part);
  }
  return text_check(&kind->columns, err);
}

static bool append_field(struct catalog *catalog, struct kind *kind, const struct field *field,
                         struct error *err) {
  struct field *own = keep(catalog, memory_new(sizeof *own), err);
  if (!own)
    return false;
  *own = *field;
  own->position = kind->field_count;
  if ((own->flags & FIELD_CUSTOM) && !keep_field(catalog, own, err))
    return false;
  if (!make_title(catalog, &own->title, own->name, err) || !append_columns(kind, own, err))
    return false;
  struct field **fields =
      memory_resize(kind->fields, (size_t)(kind->field_count + 1) * sizeof *fields);
  if (!fields)
    return error_memory(err);
  kind->fields = fields;
  kind->fields[kind->field_count++] = own;
  return true;
}

static void free_kind(struct kind *kind) {
  memory_free(kind->fields);
  text_release(&kind->columns);
  memory_free(kind);
}

/* With its first field; the kind is the catalog's on success only. */
static bool append_kind(struct catalog *catalog, const struct kind *kind, struct error *err) {
  struct kind *own = memory_new(sizeof *own);
  if (!own)
    return error_memory(err);
  *own = *kind;
  own->fields = NULL;
  own->field_count = 0;
  own->columns = (struct text){0};
  struct kind **slot = NULL;
  if (kind->is_log || append_field(catalog, own, &external_id, err))
    slot = list_add(&catalog->kinds, err);
  if (!slot) {
    free_kind(own);
    return false;
  }
  *slot = own;
  return true;
}

static struct kind *kind_at(const struct catalog *catalog, int index) {
  return *(struct kind **)list_at(&catalog->kinds, (size_t)index);
}

static bool add_entry_fields(struct catalog *catalog, struct kind *kind,
                             const struct kind_entry *entry, struct error *err) {
  for (const struct field *field = entry->fields; field->name; field++)
    if (!append_field(catalog, kind, field, err))
      return false;
  return true;
}

static bool add_entry(struct catalog *catalog, const struct kind_entry *entry, struct error *err) {
  struct kind kind = {
      .name = entry->name,
      .plural = entry->plural,
      .title = entry->title,
      .title_ru = entry->title_ru,
      .belongs_to = entry->belongs_to,
      .name_field = entry->name_field,
      .is_log = entry->is_log,
      .check = entry->check,
  };
  if (!append_kind(catalog, &kind, err))
    return false;
  return add_entry_fields(catalog, kind_at(catalog, catalog_count(catalog) - 1), entry, err);
}

static bool add_logs(struct catalog *catalog, struct error *err) {
  static const struct kind_entry *const entries[LOG_COUNT] = {&transition_kind, &verdict_kind};
  for (int i = 0; i < LOG_COUNT; i++) {
    if (!add_entry(catalog, entries[i], err))
      return false;
    catalog->logs[i] = kind_at(catalog, catalog_count(catalog) - 1);
    catalog->kinds.count--;
  }
  return true;
}

bool catalog_new(struct catalog **out, struct error *err) {
  struct catalog *catalog = memory_new(sizeof *catalog);
  if (!catalog)
    return error_memory(err);
  catalog->kinds.size = sizeof(struct kind *);
  catalog->kept.size = sizeof(void *);
  bool added = add_logs(catalog, err);
  for (int i = 0; added && i < BUILT_IN_COUNT; i++)
    added = add_entry(catalog, built_in[i], err);
  if (added)
    *out = catalog;
  else
    catalog_free(catalog);
  return added;
}

void catalog_free(struct catalog *catalog) {
  if (!catalog)
    return;
  for (int i = 0; i < catalog_count(catalog); i++)
    free_kind(kind_at(catalog, i));
  for (int i = 0; i < LOG_COUNT && catalog->logs[i]; i++)
    free_kind(catalog->logs[i]);
  for (size_t i = 0; i < catalog->kept.count; i++)
    memory_free(*(void **)list_at(&catalog->kept, i));
  list_release(&catalog->kinds);
  list_release(&catalog->kept);
  memory_free(catalog);
}

int catalog_count(const struct catalog *catalog) {
  return (int)catalog->kinds.count;
}

const struct kind *catalog_at(const struct catalog *catalog, int index) {
  return kind_at(catalog, index);
}

const struct kind *catalog_log(const struct catalog *catalog, int index) {
  return index < LOG_COUNT ? catalog->logs[index] : NULL;
}

static bool is_called(const struct kind *kind, const char *name) {
  return strcmp(kind->name, name) == 0 || strcmp(kind->plural, name) == 0;
}

static struct kind *find_kind(const struct catalog *catalog, const char *name) {
  for (int i = 0; i < catalog_count(catalog); i++)
    if (is_called(kind_at(catalog, i), name))
      return kind_at(catalog, i);
  for (int i = 0; i < LOG_COUNT; i++)
    if (catalog->logs[i] && is_called(catalog->logs[i], name))
      return catalog->logs[i];
  return NULL;
}

const struct kind *catalog_kind(const struct catalog *catalog, const char *name) {
  return find_kind(catalog, name);
}

static bool unknown_kind(const struct catalog *catalog, const char *name, struct error *err) {
  int count = catalog_count(catalog);
  const char **names = memory_new_array((size_t)count, sizeof *names);
  if (!names)
    return error_memory(err);
  for (int i = 0; i < count; i++)
    names[i] = kind_at(catalog, i)->name;
  const char *meant = text_suggest(name, names, (size_t)count);
  memory_free(names);
  if (meant)
    error_set(err, ERROR_NOT_FOUND, "no kind '%s'; did you mean '%s'?", name, meant);
  else
    error_set(err, ERROR_NOT_FOUND, "no kind '%s'", name);
  return error_blame(err, name);
}

bool catalog_find(const struct catalog *catalog, const char *name, const struct kind **out,
                  struct error *err) {
  *out = find_kind(catalog, name);
  return *out || unknown_kind(catalog, name, err);
}

const struct kind *catalog_group(const struct catalog *catalog, const struct kind *members,
                                 const char *name) {
  const struct kind *kind = kind_field(members, name) ? NULL : find_kind(catalog, name);
  return kind && kind->members_meet && strcmp(kind->name, name) == 0 ? kind : NULL;
}

bool catalog_add_kind(struct catalog *catalog, const struct kind *kind, struct error *err) {
  struct kind own = *kind;
  own.custom = true;
  if (!own.plural)
    own.plural = own.name;
  const char *names[] = {own.name, own.plural};
  for (int i = 0; i < 2; i++) {
    if (!identifier_check(names[i], "kind", err))
      return false;
    if (find_kind(catalog, names[i]) || identifier_is_table(names[i]))
      return error_set(err, ERROR_INVALID, "the name '%s' is taken; choose another for the kind",
                       names[i]);
  }
  return keep_text(catalog, &own.name, err) && keep_text(catalog, &own.plural, err) &&
         keep_text(catalog, &own.title, err) && keep_text(catalog, &own.title_ru, err) &&
         keep_text(catalog, &own.belongs_to, err) && keep_text(catalog, &own.name_field, err) &&
         keep_text(catalog, &own.members_of, err) && keep_text(catalog, &own.members_meet, err) &&
         make_title(catalog, &own.title, own.name, err) && append_kind(catalog, &own, err);
}

/* Whether one of two names is the currency column of an amount with the other name. */
static bool is_currency_of(const char *column, const struct field *money) {
  size_t length = strlen(money->name);
  return money->type == FIELD_MONEY && strncmp(column, money->name, length) == 0 &&
         strcmp(column + length, "_currency") == 0;
}

static bool check_name(const struct kind *kind, const struct field *field, struct error *err) {
  if (!identifier_check(field->name, "field", err))
    return false;
  if (strcmp(field->name, "id") == 0 || strcmp(field->name, "deleted") == 0 ||
      strcmp(field->name, "merged") == 0)
    return error_set(err, ERROR_INVALID, "the field name '%s' is the program's; choose another",
                     field->name);
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *other = kind->fields[i];
    if (strcmp(other->name, field->name) == 0 || is_currency_of(field->name, other) ||
        is_currency_of(other->name, field))
      return error_set(err, ERROR_INVALID, "%s already has a field '%s'; choose another name",
                       kind->name, other->name);
  }
  return true;
}

static bool check_choices(const struct field *field, struct error *err) {
  if (field->type != FIELD_CHOICE && field->type != FIELD_CHOICES)
    return true;
  if (!field->choices || !field->choices[0])
    return error_set(err, ERROR_INVALID, "%s: a %s needs its choices listed", field->name,
                     field_type_name(field->type));
  for (int i = 0; field->choices[i]; i++) {
    if (!field->choices[i][0] || strchr(field->choices[i], ','))
      return error_set(err, ERROR_INVALID, "%s: a choice may not be empty or hold a comma: '%s'",
                       field->name, field->choices[i]);
    for (int j = 0; j < i; j++)
      if (strcmp(field->choices[i], field->choices[j]) == 0)
        return error_set(err, ERROR_INVALID, "%s: '%s' is listed twice", field->name,
                         field->choices[i]);
  }
  return true;
}

static bool check_fallback(const struct field *field, struct error *err) {
  if (!field_is_stored(field))
    return true;
  struct value accepted;
  if (!field_accept(field, &field->fallback, NULL, &accepted, err))
    return error_prefix(err, "default of ");
  bool as_it_is = value_equal(&accepted, &field->fallback) &&
                  (value_is_null(&accepted) || accepted.type == field_value_type(field->type));
  value_release(&accepted);
  return as_it_is || error_set(err, ERROR_INVALID, "default of %s: write it as %s keeps it",
                               field->name, field_type_name(field->type));
}

static bool check_declaration(const struct field *field, struct error *err) {
  if (field->type == FIELD_REF && !field->target)
    return error_set(err, ERROR_INVALID, "%s: a ref needs the kind it leads to", field->name);
  if ((field->flags & FIELD_ROLLUP) && !field->rollup)
    return error_set(err, ERROR_INVALID, "%s: a rollup needs to say what it computes", field->name);
  if (field->has_min && field->has_max && field->min > field->max)
    return error_set(err, ERROR_INVALID, "%s: min %.15g is above max %.15g", field->name,
                     field->min, field->max);
  return check_choices(field, err) && check_fallback(field, err);
}

bool catalog_add_field(struct catalog *catalog, const char *kind, const struct field *field,
                       struct error *err) {
  struct kind *own = find_kind(catalog, kind);
  if (!own)
    return unknown_kind(catalog, kind, err);
  if (!check_name(own, field, err) || !check_declaration(field, err))
    return false;
  struct field custom = *field;
  custom.flags |= FIELD_CUSTOM;
  return append_field(catalog, own, &custom, err);
}

bool catalog_order_field(struct catalog *catalog, const char *kind, const char *field,
                         const char *const *stages, struct error *err) {
  const struct field *found = NULL;
  struct kind *own = find_kind(catalog, kind);
  if (!own)
    return unknown_kind(catalog, kind, err);
  if (!kind_find_field(own, field, &found, err))
    return false;
  if (found->type != FIELD_TEXT && found->type != FIELD_CHOICE)
    return error_set(err, ERROR_INVALID, "%s is %s: only a text or a choice has words in an order",
                     field, field_type_name(found->type));
  if (!keep_words(catalog, &stages, err))
    return false;
  own->fields[found->position]->stages = stages;
  return true;
}

bool catalog_title_stages(struct catalog *catalog, const char *kind, const char *field,
                          const char *const *titles, const char *const *titles_ru,
                          struct error *err) {
  const struct field *found = NULL;
  struct kind *own = find_kind(catalog, kind);
  if (!own)
    return unknown_kind(catalog, kind, err);
  if (!kind_find_field(own, field, &found, err) || !keep_words(catalog, &titles, err) ||
      !keep_words(catalog, &titles_ru, err))
    return false;
  own->fields[found->position]->stage_titles = titles;
  own->fields[found->position]->stage_titles_ru = titles_ru;
  return true;
}

const struct field *kind_field(const struct kind *kind, const char *name) {
  for (int i = 0; i < kind->field_count; i++)
    if (strcmp(kind->fields[i]->name, name) == 0)
      return kind->fields[i];
  return NULL;
}

bool kind_find_field(const struct kind *kind, const char *name, const struct field **out,
                     struct error *err) {
  *out = kind_field(kind, name);
  if (*out)
    return true;
  const char **names = memory_new_array((size_t)kind->field_count, sizeof *names);
  if (!names)
    return error_memory(err);
  for (int i = 0; i < kind->field_count; i++)
    names[i] = kind->fields[i]->name;
  const char *meant = text_suggest(name, names, (size_t)kind->field_count);
  memory_free(names);
  if (meant)
    return error_set(err, ERROR_NOT_FOUND, "%s has no field '%s'; did you mean '%s'?", kind->name,
                     name, meant);
  return error_set(err, ERROR_NOT_FOUND, "%s has no field '%s'", kind->name, name);
}

bool kind_check_written(const struct kind *kind, struct error *err) {
  return !kind->is_log ||
         error_set(err, ERROR_INVALID, "%s are written by moves only: advance, move or back",
                   kind->plural);
}

const char *kind_title(const struct kind *kind) {
  return translate_twin(kind->title, kind->title_ru);
}

const char *field_help(const struct field *field) {
  return translate_twin(translate(field->help), field->help_ru);
}

const char *field_title(const struct field *field) {
  return translate_twin(field->title, field->title_ru);
}
