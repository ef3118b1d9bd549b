#include "model/kinds/kinds.h"

static const struct value *value_of(const struct record *record, const char *name) {
  return &record->values[kind_field(record->kind, name)->position];
}

bool kind_check_order(const struct record *record, const char *first, const char *second,
                      struct error *err) {
  const struct value *from = value_of(record, first);
  const struct value *to = value_of(record, second);
  if (value_is_null(from) || value_is_null(to) || from->as.day <= to->as.day)
    return true;
  char from_text[DATE_TEXT_SIZE], to_text[DATE_TEXT_SIZE];
  date_write(from->as.day, from_text);
  date_write(to->as.day, to_text);
  return error_set(err, ERROR_INVALID, "%s '%s' lies before %s '%s'", second, to_text, first,
                   from_text);
}

bool kind_check_not_itself(const struct record *record, const char *reference, struct error *err) {
  const struct value *to = value_of(record, reference);
  if (record->id == 0 || value_is_null(to) || to->as.integer != record->id)
    return true;
  return error_set(err, ERROR_INVALID, "%s: #%lld cannot be its own %s", reference,
                   (long long)record->id, reference);
}
