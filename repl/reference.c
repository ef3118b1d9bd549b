/* How people name records: #42, 42, %3, _ or a name. */
#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"
#include "engine/param.h"
#include "model/record.h"
#include "model/search.h"
#include "model/search_suggest.h"
#include "repl/session.h"

static bool row_id(const struct session *session, int64_t number, int64_t *id, struct error *err) {
  if (!session->has_table)
    return error_set(err, ERROR_USAGE,
                     "%%%lld means a row of the last table, and there "
                     "was none yet",
                     (long long)number);
  if (number < 1 || (size_t)number > session->table.count)
    return error_set(err, ERROR_USAGE, "the last table has %zu rows, no row %lld",
                     session->table.count, (long long)number);
  *id = *(const int64_t *)list_at(&session->table, (size_t)number - 1);
  return *id ||
         error_set(err, ERROR_USAGE, "row %lld of the last table is no record", (long long)number);
}

static bool last_id(const struct session *session, int64_t *id, struct error *err) {
  *id = session->recent;
  return *id || error_set(err, ERROR_USAGE,
                          "_ means the record shown last; the last answer was not one record");
}

static bool all_digits(const char *word) {
  return *word && word[strspn(word, "0123456789")] == 0;
}

/* Of which kinds a record may be: of one, or of those that a parameter leads to; else of any. */
struct wanted {
  const struct kind *kind;
  const struct field *param;
};

static bool is_wanted(const struct wanted *wanted, const struct kind *kind) {
  if (wanted->param)
    return param_leads_to(wanted->param, kind->name);
  return !wanted->kind || kind == wanted->kind;
}

static const char *name_of(const struct wanted *wanted) {
  if (wanted->param && strcmp(wanted->param->target, param_any_kind) != 0)
    return wanted->param->target;
  return wanted->kind ? wanted->kind->name : translate("record");
}

enum { SUGGESTIONS_MAX = 64 };

/* The nearest of the names that are nearest within each kind. */
static bool nobody_called(const struct session *session, const char *word,
                          const struct wanted *wanted, struct error *err) {
  struct book *book = session_book(session);
  struct text found[SUGGESTIONS_MAX] = {0};
  const char *names[SUGGESTIONS_MAX];
  size_t count = 0;
  for (int i = 0; i < catalog_count(book->catalog) && count < SUGGESTIONS_MAX; i++) {
    if (is_wanted(wanted, catalog_at(book->catalog, i)))
      search_suggest(book, catalog_at(book->catalog, i), word, &found[count]);
    if (found[count].length) {
      names[count] = text_string(&found[count]);
      count++;
    }
  }
  const char *near = text_suggest(word, names, count);
  near = near || count == 0 ? near : names[0]; /* near by its first word */
  if (near)
    error_set(err, ERROR_NOT_FOUND, "no %s is called '%s'; did you mean '%s'?", name_of(wanted),
              word, near);
  else
    error_set(err, ERROR_NOT_FOUND, "no %s is called '%s'; 'find' searches", name_of(wanted), word);
  for (size_t i = 0; i < SUGGESTIONS_MAX; i++)
    text_release(&found[i]);
  return false;
}

static bool by_name(const struct session *session, const char *word, const struct wanted *wanted,
                    int64_t *id, struct error *err) {
  struct book *book = session_book(session);
  const struct kind *found = NULL;
  for (int i = 0; i < catalog_count(book->catalog); i++) {
    const struct kind *candidate = catalog_at(book->catalog, i);
    int64_t match = 0;
    if (!is_wanted(wanted, candidate))
      continue;
    if (!search_resolve(book, candidate, word, &match, err))
      return false;
    if (match && found)
      return error_set(err, ERROR_USAGE, "'%s' names a %s and a %s; say which, or use #%lld", word,
                       found->name, candidate->name, (long long)*id);
    if (match) {
      found = candidate;
      *id = match;
    }
  }
  return found || nobody_called(session, word, wanted, err);
}

static bool find_id(const struct session *session, const char *word, const struct wanted *wanted,
                    int64_t *id, struct error *err) {
  const char *digits = word + (*word == '#' || *word == '%');
  int64_t number = 0;
  if (strcmp(word, "_") == 0)
    return last_id(session, id, err);
  if (!all_digits(digits))
    return by_name(session, word, wanted, id, err);
  if (!integer_parse(&number, digits, err))
    return false;
  if (*word == '%')
    return row_id(session, number, id, err);
  *id = number;
  return true;
}

bool session_record_id(struct session *session, const char *word, const struct kind *kind,
                       int64_t *id, struct error *err) {
  const struct wanted wanted = {.kind = kind};
  return (find_id(session, word, &wanted, id, err) &&
          (!kind || record_require_kind(session_book(session), kind, *id, err))) ||
         error_blame(err, word);
}

bool session_is_row_word(const char *word) {
  return strcmp(word, "_") == 0 || (*word == '%' && all_digits(word + 1));
}

/* The command may have named its own subject meanwhile; _ in its other words is not that one. */
bool session_row_id(const struct call *call, const char *word, const struct kind *kind, int64_t *id,
                    struct error *err) {
  int64_t now = call->session->recent;
  call->session->recent = call->recent;
  bool done = session_record_id(call->session, word, kind, id, err);
  call->session->recent = now;
  return done;
}

bool session_param_id(struct session *session, const char *word, const struct field *param,
                      int64_t *id, struct error *err) {
  const struct wanted wanted = {.param = param};
  return find_id(session, word, &wanted, id, err) || error_blame(err, word);
}
