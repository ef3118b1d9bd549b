#include "repl/commands/assignment.h"

#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"

static size_t name_length(const char *word) {
  size_t length = 0;
  for (; word[length]; length++) {
    unsigned char byte = (unsigned char)word[length];
    bool letter = (byte | 32) >= 'a' && (byte | 32) <= 'z';
    bool digit = byte >= '0' && byte <= '9';
    if (!letter && byte != '_' && !(digit && length))
      break;
  }
  return length;
}

bool assignment_is(const char *word) {
  size_t length = name_length(word);
  if (!length)
    return false;
  return word[length] == '=' ||
         ((word[length] == '+' || word[length] == '-') && word[length + 1] == '=');
}

bool assignment_read(struct assignment *out, const char *word, struct error *err) {
  size_t length = name_length(word);
  *out = (struct assignment){0};
  if (!assignment_is(word)) {
    error_set(err, ERROR_USAGE, "'%s' sets nothing; write field=value", word);
    return error_blame(err, word);
  }
  text_append_bytes(&out->field, word, length);
  out->change = word[length] == '=' ? 0 : word[length];
  out->word = word + length + (out->change ? 2 : 1);
  if (text_check(&out->field, err))
    return true;
  assignment_release(out);
  return false;
}

void assignment_release(struct assignment *assignment) {
  text_release(&assignment->field);
}

static bool add_values(struct value *out, const struct value *now, const struct value *by,
                       char change, const struct field *field, struct error *err) {
  *out = *by;
  if (now->type == VALUE_MONEY && by->type == VALUE_MONEY)
    return change == '+' ? money_add(&out->as.money, now->as.money, by->as.money, err)
                         : money_subtract(&out->as.money, now->as.money, by->as.money, err);
  if (now->type == VALUE_INTEGER && by->type == VALUE_INTEGER) {
    bool over = change == '+'
                    ? __builtin_add_overflow(now->as.integer, by->as.integer, &out->as.integer)
                    : __builtin_sub_overflow(now->as.integer, by->as.integer, &out->as.integer);
    return !over || error_set(err, ERROR_INVALID, "%s would become too large", field->name);
  }
  if (now->type == VALUE_NUMBER && by->type == VALUE_NUMBER) {
    out->as.number = now->as.number + (change == '+' ? by->as.number : -by->as.number);
    return true;
  }
  return error_set(
      err, ERROR_INVALID, "%s is %s: += and -= change amounts and numbers", field->name,
      now->type == VALUE_NULL ? translate("unset") : translate(value_type_name(now->type)));
}

static bool change_by(const struct assignment *assignment, const struct field *field,
                      struct record *record, struct book *book, struct error *err) {
  struct field_reading reading = {
      .currency = book->currency, .today = book_today(book), .now = book_now(book)};
  const struct value *now = NULL;
  struct value by = {0}, sum = {0};
  bool done = record_get(record, book, field, &now, err) &&
              field_parse(field, assignment->word, &reading, &by, err) &&
              add_values(&sum, now, &by, assignment->change, field, err) &&
              record_set(record, book, field, &sum, err);
  value_release(&by);
  return done;
}

/* client=%3, client=_ */
static bool set_row(const struct call *call, const char *word, const struct field *field,
                    struct record *record, struct error *err) {
  struct book *book = session_book(call->session);
  int64_t id = 0;
  if (!session_row_id(call, word, catalog_kind(book->catalog, field->target), &id, err))
    return false;
  struct value value = value_integer(id);
  return record_set(record, book, field, &value, err);
}

static bool set_word(const struct call *call, const char *word, const struct field *field,
                     struct record *record, struct error *err) {
  if (field->type == FIELD_REF && session_is_row_word(word))
    return set_row(call, word, field, record, err);
  return record_set_word(record, session_book(call->session), field, word, err);
}

bool assignment_apply(const struct call *call, const char *word, struct record *record,
                      struct error *err) {
  struct book *book = session_book(call->session);
  struct assignment assignment;
  const struct field *field = NULL;
  if (!assignment_read(&assignment, word, err))
    return false;
  bool known = kind_find_field(record->kind, text_string(&assignment.field), &field, err);
  bool done = known && (assignment.change ? change_by(&assignment, field, record, book, err)
                                          : set_word(call, assignment.word, field, record, err));
  if (!known)
    error_blame_part(err, word, assignment.field.length);
  else if (!done)
    error_blame(err, assignment.word);
  assignment_release(&assignment);
  return done;
}
