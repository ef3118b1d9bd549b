/* book_use_catalog(): the tables follow what the catalog declares. */
#include "model/schema.h"

#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/map.h"
#include "base/memory.h"
#include "model/column.h"

/* What stands in the tables already: "deal.amount" → "money", "deal.client" → "ref client". */
struct schema {
  struct map places; /* key → index in types */
  struct list types; /* of char *, owned */
};

static void release(struct schema *schema) {
  for (size_t i = 0; i < schema->types.count; i++)
    memory_free(*(char **)list_at(&schema->types, i));
  list_release(&schema->types);
  map_release(&schema->places);
}

static bool read_row(struct schema *schema, const struct statement *row, struct error *err) {
  struct text key = {0}, type = {0};
  text_format(&key, "%s.%s", statement_text(row, 0), statement_text(row, 1));
  const char *target = statement_text(row, 3);
  text_format(&type, "%s%s%s", statement_text(row, 2), target ? " " : "", target ? target : "");
  bool read = text_check(&key, err);
  char **slot = read ? list_add(&schema->types, err) : NULL;
  read = slot && (*slot = text_take(&type, err)) != NULL &&
         map_set(&schema->places, text_string(&key), (int64_t)schema->types.count - 1, err);
  text_release(&key);
  text_release(&type);
  return read;
}

static bool load(struct schema *schema, struct store *store, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, store, "select kind, name, type, target from field", err))
    return false;
  bool row = false;
  bool loaded;
  while ((loaded = statement_step(statement, &row, err)) && row)
    if (!read_row(schema, statement, err)) {
      loaded = false;
      break;
    }
  statement_close(statement);
  return loaded;
}

/* NULL: no such column yet. */
static const char *stored_type(const struct schema *schema, const struct kind *kind,
                               const struct field *field) {
  char key[160];
  int64_t place;
  snprintf(key, sizeof key, "%s.%s", kind->name, field->name);
  if (!map_find(&schema->places, key, &place))
    return NULL;
  return *(char **)list_at(&schema->types, (size_t)place);
}

/* A reference is another type when it leads to another kind. */
static bool is_same_type(const struct field *field, const char *stored) {
  const char *name = field_type_name(field->type);
  size_t length = strlen(name);
  if (strncmp(stored, name, length) != 0)
    return false;
  if (field->type != FIELD_REF)
    return stored[length] == '\0';
  return stored[length] == ' ' && strcmp(stored + length + 1, field->target) == 0;
}

static bool check_types(const struct schema *schema, const struct kind *kind, int *missing,
                        struct error *err) {
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *field = kind->fields[i];
    if (!field_is_stored(field))
      continue;
    const char *stored = stored_type(schema, kind, field);
    if (!stored)
      ++*missing;
    else if (!is_same_type(field, stored))
      return error_set(err, ERROR_INVALID,
                       "%s.%s is declared as %s%s%s but the book keeps it as %s; give the new "
                       "field another name",
                       kind->name, field->name, field_type_name(field->type),
                       field->target ? " " : "", field->target ? field->target : "", stored);
  }
  return true;
}

static bool run(struct store *store, struct text *sql, struct error *err) {
  bool ran = text_check(sql, err) && store_run(store, text_string(sql), err);
  text_clear(sql);
  return ran;
}

static bool is_named_by(const struct kind *kind, const struct field *field) {
  return kind->name_field && strcmp(kind->name_field, field->name) == 0;
}

/* The dot keeps names of indexes apart from those of tables. Most references and foreign codes
 * are unset: those rows cost the index nothing. */
static void append_index(struct text *sql, const struct kind *kind, const struct field *field) {
  bool sparse = field->type == FIELD_REF || strcmp(field->name, "external_id") == 0;
  if (!sparse && !(field->flags & FIELD_INDEXED) && !is_named_by(kind, field))
    return;
  text_format(sql, "create index \"%s.%s\" on \"%s\"(%s)", kind->name, field->name, kind->name,
              field->name);
  if (sparse)
    text_format(sql, " where %s is not null", field->name);
  text_append(sql, ";\n");
}

static void append_columns(struct text *sql, const struct field *field, const char *before) {
  for (int part = 0; part < column_count(field); part++) {
    text_append(sql, before);
    column_append_name(sql, field, part);
    text_format(sql, " %s", column_sql_type(field, part));
  }
}

static bool note_kind(struct store *store, const struct kind *kind, struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, store,
                      "insert into kind (name, custom) values ($1, $2) on conflict do nothing",
                      err))
    return false;
  statement_bind_text(statement, 1, kind->name);
  statement_bind_integer(statement, 2, kind->custom);
  bool noted = statement_run(statement, err);
  statement_close(statement);
  return noted;
}

static bool note_field(struct store *store, const struct kind *kind, const struct field *field,
                       struct error *err) {
  struct statement *statement;
  if (!statement_open(&statement, store,
                      "insert into field (kind, name, type, target, custom) "
                      "values ($1, $2, $3, $4, $5)",
                      err))
    return false;
  statement_bind_text(statement, 1, kind->name);
  statement_bind_text(statement, 2, field->name);
  statement_bind_text(statement, 3, field_type_name(field->type));
  statement_bind_text(statement, 4, field->type == FIELD_REF ? field->target : NULL);
  statement_bind_integer(statement, 5, (field->flags & FIELD_CUSTOM) != 0);
  bool noted = statement_run(statement, err);
  statement_close(statement);
  return noted;
}

static bool create_table(struct store *store, const struct kind *kind, struct text *sql,
                         struct error *err) {
  text_format(sql, "create table \"%s\" (id integer primary key not null references record(id)",
              kind->name);
  for (int i = 0; i < kind->field_count; i++)
    append_columns(sql, kind->fields[i], ", ");
  text_append(sql, ") strict;\n");
  for (int i = 0; i < kind->field_count; i++)
    if (field_is_stored(kind->fields[i]))
      append_index(sql, kind, kind->fields[i]);
  if (!run(store, sql, err) || !note_kind(store, kind, err))
    return false;
  for (int i = 0; i < kind->field_count; i++)
    if (field_is_stored(kind->fields[i]) && !note_field(store, kind, kind->fields[i], err))
      return false;
  return true;
}

static bool add_field(struct store *store, const struct kind *kind, const struct field *field,
                      struct text *sql, struct error *err) {
  char before[80];
  snprintf(before, sizeof before, ";\nalter table \"%s\" add column ", kind->name);
  append_columns(sql, field, before);
  text_append(sql, ";\n");
  append_index(sql, kind, field);
  return run(store, sql, err) && note_field(store, kind, field, err);
}

static bool complete_kind(struct store *store, const struct schema *schema, const struct kind *kind,
                          struct text *sql, struct error *err) {
  if (!stored_type(schema, kind, kind->fields[0]))
    return create_table(store, kind, sql, err);
  for (int i = 0; i < kind->field_count; i++) {
    const struct field *field = kind->fields[i];
    if (field_is_stored(field) && !stored_type(schema, kind, field) &&
        !add_field(store, kind, field, sql, err))
      return false;
  }
  return true;
}

static bool complete(struct store *store, const struct schema *schema,
                     const struct catalog *catalog, struct error *err) {
  struct text sql = {0};
  bool completed = true;
  for (int i = 0; completed && i < catalog_count(catalog); i++)
    completed = complete_kind(store, schema, catalog_at(catalog, i), &sql, err);
  text_release(&sql);
  return completed;
}

static bool count_missing(const struct schema *schema, const struct catalog *catalog, int *missing,
                          struct error *err) {
  *missing = 0;
  for (int i = 0; i < catalog_count(catalog); i++)
    if (!check_types(schema, catalog_at(catalog, i), missing, err))
      return false;
  return true;
}

/* Another process may have added the same columns since: look again inside the transaction. */
static bool migrate(struct store *store, const struct catalog *catalog, struct error *err) {
  struct schema schema = {.types.size = sizeof(char *)};
  int missing;
  if (!store_begin(store, err))
    return false;
  bool done = load(&schema, store, err) && count_missing(&schema, catalog, &missing, err) &&
              complete(store, &schema, catalog, err);
  release(&schema);
  if (done)
    return store_commit(store, err);
  store_cancel(store);
  return false;
}

static void append_column_names(struct text *names, const struct field *field) {
  for (int part = 0; part < column_count(field); part++) {
    text_append(names, names->length ? "," : "");
    column_append_name(names, field, part);
  }
}

static bool pretend_kind(struct store *store, const struct schema *schema, const struct kind *kind,
                         struct error *err) {
  struct text names = {0};
  bool is_new = !stored_type(schema, kind, kind->fields[0]);
  for (int i = 0; i < kind->field_count; i++)
    if (field_is_stored(kind->fields[i]) && !stored_type(schema, kind, kind->fields[i]))
      append_column_names(&names, kind->fields[i]);
  bool done = text_check(&names, err);
  if (done && is_new)
    done = store_imagine(store, kind->name, text_string(&names), err);
  else if (done && names.length)
    done = store_widen(store, kind->name, text_string(&names), err);
  text_release(&names);
  return done;
}

/* A book for reading can't be given columns: rules that are only tried read the fields as unset. */
static bool pretend(struct store *store, const struct catalog *catalog, struct error *err) {
  struct schema schema = {.types.size = sizeof(char *)};
  bool done = load(&schema, store, err);
  for (int i = 0; done && i < catalog_count(catalog); i++)
    done = pretend_kind(store, &schema, catalog_at(catalog, i), err);
  release(&schema);
  return done;
}

bool schema_apply(struct store *store, const struct catalog *catalog, struct error *err) {
  struct schema schema = {.types.size = sizeof(char *)};
  int missing;
  bool known = load(&schema, store, err) && count_missing(&schema, catalog, &missing, err);
  release(&schema);
  if (!known)
    return false;
  if (missing == 0)
    return true;
  return store_is_read_only(store) ? pretend(store, catalog, err) : migrate(store, catalog, err);
}
