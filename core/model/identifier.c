#include "model/identifier.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 48 };

/* Reserved in SQLite, PostgreSQL or Lua; sorted. */
static const char *const reserved[] = {
    "add",
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "begin",
    "between",
    "both",
    "break",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "commit",
    "constraint",
    "create",
    "cross",
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "elseif",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "filter",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "function",
    "glob",
    "goto",
    "grant",
    "group",
    "having",
    "if",
    "in",
    "index",
    "initially",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "local",
    "localtime",
    "localtimestamp",
    "match",
    "natural",
    "nil",
    "not",
    "nothing",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "raise",
    "references",
    "repeat",
    "return",
    "returning",
    "right",
    "rollback",
    "rowid",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "transaction",
    "true",
    "union",
    "unique",
    "until",
    "update",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "while",
    "window",
    "with",
};

static const char *const tables[] = {
    "change",       "field", "kind",   "known_schedule", "meta",       "record", "ruleset",
    "schedule_run", "score", "search", "sequence",       "transition", "tx"};

static int compare(const void *word, const void *entry) {
  return strcmp(word, *(const char *const *)entry);
}

static bool is_in(const char *name, const char *const *list, size_t count) {
  return bsearch(name, list, count, sizeof *list, compare) != NULL;
}

static bool is_spelled_well(const char *name) {
  size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
  return length > 0 && length <= LONGEST && !name[length] && name[0] >= 'a' && name[0] <= 'z';
}

bool identifier_check(const char *name, const char *what, struct error *err) {
  if (!name || !*name)
    return error_set(err, ERROR_INVALID, "the %s needs a name", what);
  if (!is_spelled_well(name))
    return error_set(err, ERROR_INVALID,
                     "'%s' cannot name a %s; use small letters a-z, digits and underscores, a "
                     "letter first, %d at most",
                     name, what, LONGEST);
  if (is_in(name, reserved, sizeof reserved / sizeof *reserved))
    return error_set(err, ERROR_INVALID, "'%s' is a word of the language; choose another %s name",
                     name, what);
  return true;
}

bool identifier_is_table(const char *name) {
  return strncmp(name, "sqlite_", 7) == 0 || strncmp(name, "pg_", 3) == 0 ||
         strncmp(name, "search_", 7) == 0 || is_in(name, tables, sizeof tables / sizeof *tables);
}
