#include "model/field.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "model/shape.h"

struct type_entry {
  const char *name;
  enum value_type value;
  const char *wanted; /* finishes "is not …" */
};

static const struct type_entry types[] = {
    [FIELD_TEXT] = {"text",    VALUE_TEXT,    N_("a text")                                          },
    [FIELD_INTEGER] = {"integer", VALUE_INTEGER, N_("a whole number")                                  },
    [FIELD_NUMBER] = {"number",  VALUE_NUMBER,  N_("a number")                                        },
    [FIELD_MONEY] = {"money",   VALUE_MONEY,   N_("an amount of money; write it as 1200 or 1200 EUR")},
    [FIELD_PERCENT] = {"percent", VALUE_NUMBER,
                    /* xgettext:no-c-format */ N_("a share; write it as 15% or 0.15")               },
    [FIELD_BOOLEAN] = {"boolean", VALUE_BOOLEAN, N_("yes or no")                                       },
    [FIELD_DATE] = {"date",    VALUE_DATE,    N_("a date; write it as 2017-03-01")                  },
    [FIELD_INSTANT] = {"instant", VALUE_INSTANT, N_("a time; write it as 2017-03-01T14:30:00Z")        },
    [FIELD_CHOICE] = {"choice",  VALUE_TEXT,    N_("a choice")                                        },
    [FIELD_CHOICES] = {"choices", VALUE_TEXT,    N_("a list of choices")                               },
    [FIELD_REF] = {"ref",     VALUE_INTEGER, N_("a reference; write it as #42")                    },
    [FIELD_EMAIL] = {"email",   VALUE_TEXT,    N_("an e-mail address; write it as ann@example.com")  },
    [FIELD_PHONE] = {"phone",   VALUE_TEXT,    N_("a phone number; write it as +7 495 123-45-67")    },
    [FIELD_URL] = {"url",     VALUE_TEXT,    N_("a web address; write it as https://example.com")  },
    [FIELD_MINUTES] = {"minutes", VALUE_INTEGER, N_("a length of time; write it as 45m or 1h30m")      },
};
enum { TYPE_COUNT = sizeof types / sizeof *types };

const char *field_type_name(enum field_type type) {
  return types[type].name;
}

bool field_type_from_name(enum field_type *out, const char *name) {
  for (int i = 0; i < TYPE_COUNT; i++)
    if (strcmp(types[i].name, name) == 0) {
      *out = (enum field_type)i;
      return true;
    }
  return false;
}

enum value_type field_value_type(enum field_type type) {
  return types[type].value;
}

const char *field_choice_title(const struct field *field, int index) {
  const char *title = field->choice_titles ? field->choice_titles[index] : field->choices[index];
  return translate_twin(translate(title),
                        field->choice_titles_ru ? field->choice_titles_ru[index] : NULL);
}

bool field_is_stored(const struct field *field) {
  return !(field->flags & (FIELD_ROLLUP | FIELD_FORMULA));
}

const char *const *field_words(const struct field *field) {
  return field->stages || field->type != FIELD_CHOICE ? field->stages : field->choices;
}

static bool refuse(const struct field *field, const struct value *value, const char *wanted,
                   struct error *err) {
  struct text shown = {0};
  value_append(&shown, value);
  error_set(err, ERROR_INVALID, "%s: '%s' is not %s", field->name, text_string(&shown), wanted);
  text_release(&shown);
  return false;
}

static bool refuse_type(const struct field *field, const struct value *value, struct error *err) {
  return refuse(field, value, translate(types[field->type].wanted), err);
}

static bool take_text(struct value *out, struct text *text, struct error *err) {
  size_t length = text->length;
  char *data = text_take(text, err);
  if (!data)
    return false;
  *out = value_text_bytes(data, length);
  out->owned = true;
  return true;
}

/* Texts are kept in NFC, so that what looks equal is found as equal. */
static bool accept_text(const struct field *field, const struct value *value, struct value *out,
                        struct error *err) {
  const char *data = value->as.text.data;
  size_t length = value->as.text.length;
  if (memchr(data, 0, length))
    return error_set(err, ERROR_INVALID, "%s: a text may not hold a zero byte", field->name);
  if (text_is_normal(data, length))
    return value_copy(out, value, err);
  size_t position;
  if (!text_is_utf8(data, length, &position))
    return error_set(err, ERROR_INVALID, "%s: the text is not UTF-8 at byte %zu", field->name,
                     position + 1);
  struct text normal = {0};
  text_append_normal(&normal, data, length);
  if (text_check(&normal, err))
    return take_text(out, &normal, err);
  text_release(&normal);
  return false;
}

static bool accept_shape(const struct field *field, const struct value *value, struct value *out,
                         struct error *err) {
  const char *data = value->as.text.data;
  size_t length = value->as.text.length;
  bool fits = field->type == FIELD_EMAIL   ? shape_is_email(data, length)
              : field->type == FIELD_PHONE ? shape_is_phone(data, length)
                                           : shape_is_url(data, length);
  return fits ? accept_text(field, value, out, err) : refuse_type(field, value, err);
}

static int find_choice(const struct field *field, const char *word, size_t length) {
  for (int i = 0; field->choices[i]; i++)
    if (strlen(field->choices[i]) == length && memcmp(field->choices[i], word, length) == 0)
      return i;
  return -1;
}

static bool refuse_choice(const struct field *field, const char *word, size_t length,
                          struct error *err) {
  struct text list = {0}, given = {0};
  size_t count = 0;
  for (; field->choices[count]; count++)
    text_format(&list, "%s%s", count ? ", " : "", field->choices[count]);
  text_append_bytes(&given, word, length);
  const char *meant = text_suggest(text_string(&given), field->choices, count);
  if (meant)
    error_set(err, ERROR_INVALID, "%s: '%s' is none of: %s; did you mean '%s'?", field->name,
              text_string(&given), text_string(&list), meant);
  else
    error_set(err, ERROR_INVALID, "%s: '%s' is none of: %s", field->name, text_string(&given),
              text_string(&list));
  text_release(&list);
  text_release(&given);
  return false;
}

static bool accept_choice(const struct field *field, const struct value *value, struct value *out,
                          struct error *err) {
  const char *word = value->as.text.data;
  size_t length = value->as.text.length;
  int choice = find_choice(field, word, length);
  if (choice < 0)
    return refuse_choice(field, word, length, err);
  return value_copy(out, value, err);
}

/* Marks the choices named in "a,b"; the order they were written in says nothing. */
static bool mark_choices(const struct field *field, const struct value *value, bool *marked,
                         struct error *err) {
  const char *word = value->as.text.data, *end = word + value->as.text.length;
  while (word < end) {
    const char *comma = memchr(word, ',', (size_t)(end - word));
    size_t length = (size_t)((comma ? comma : end) - word);
    int choice = find_choice(field, word, length);
    if (choice < 0)
      return refuse_choice(field, word, length, err);
    marked[choice] = true;
    word = comma ? comma + 1 : end;
  }
  return true;
}

static bool accept_choices(const struct field *field, const struct value *value, struct value *out,
                           struct error *err) {
  size_t count = 0;
  while (field->choices[count])
    count++;
  bool *marked = memory_new_array(count, sizeof *marked);
  if (!marked)
    return error_memory(err);
  struct text list = {0};
  bool accepted = mark_choices(field, value, marked, err);
  for (size_t i = 0; accepted && i < count; i++)
    if (marked[i])
      text_format(&list, "%s%s", list.length ? "," : "", field->choices[i]);
  memory_free(marked);
  accepted = accepted && text_check(&list, err) && take_text(out, &list, err);
  text_release(&list);
  return accepted;
}

/* Doubles hold every whole number up to 2^53. */
static const double exact_max = 9007199254740992.0;

static bool accept_integer(const struct field *field, const struct value *value, struct value *out,
                           struct error *err) {
  if (value->type == VALUE_INTEGER)
    *out = *value;
  else if (value->type == VALUE_NUMBER && trunc(value->as.number) == value->as.number &&
           fabs(value->as.number) <= exact_max)
    *out = value_integer((int64_t)value->as.number);
  else
    return refuse_type(field, value, err);
  if (field->type == FIELD_REF && out->as.integer < 1)
    return refuse_type(field, value, err);
  return true;
}

static bool accept_number(const struct field *field, const struct value *value, struct value *out,
                          struct error *err) {
  double number;
  if (value->type == VALUE_NUMBER)
    number = value->as.number;
  else if (value->type == VALUE_INTEGER && fabs((double)value->as.integer) <= exact_max)
    number = (double)value->as.integer;
  else
    return refuse_type(field, value, err);
  if (!isfinite(number))
    return refuse_type(field, value, err);
  *out = value_number(number);
  return true;
}

static bool accept_money(const struct field *field, const struct value *value, const char *currency,
                         struct value *out, struct error *err) {
  if (value->type == VALUE_MONEY) {
    *out = *value;
    return true;
  }
  if ((value->type != VALUE_NUMBER && value->type != VALUE_INTEGER) || !currency)
    return refuse_type(field, value, err);
  double major = value->type == VALUE_NUMBER ? value->as.number : (double)value->as.integer;
  struct money money;
  if (!isfinite(major) || fabs(major) > exact_max)
    return refuse_type(field, value, err);
  if (!money_from_number(&money, major, currency, err))
    return error_prefix(err, "%s: ", field->name);
  /* what 0.1 + 0.2 leaves behind is no fraction of a cent */
  if (fabs(money_to_number(money) - major) > 1e-9 * fmax(1, fabs(major)))
    return error_set(err, ERROR_INVALID, "%s: %.15g has more decimals than %s; round it first",
                     field->name, major, currency);
  *out = value_money(money);
  return true;
}

static bool accept_date(const struct field *field, const struct value *value, struct value *out,
                        struct error *err) {
  date day;
  struct error unread;
  if (value->type == VALUE_DATE)
    *out = *value;
  else if (value->type == VALUE_TEXT && date_read(&day, value->as.text.data, &unread))
    *out = value_date(day);
  else
    return refuse_type(field, value, err);
  return true;
}

static bool accept_instant(const struct field *field, const struct value *value, struct value *out,
                           struct error *err) {
  instant at;
  struct error unread;
  if (value->type == VALUE_INSTANT)
    *out = *value;
  else if (value->type == VALUE_DATE)
    *out = value_instant(date_instant(value->as.day));
  else if (value->type == VALUE_TEXT && instant_read(&at, value->as.text.data, &unread))
    *out = value_instant(at);
  else
    return refuse_type(field, value, err);
  return true;
}

static bool accept_words(const struct field *field, const struct value *value, struct value *out,
                         struct error *err) {
  if (value->type != VALUE_TEXT)
    return refuse_type(field, value, err);
  switch (field->type) {
  case FIELD_CHOICE:
    return accept_choice(field, value, out, err);
  case FIELD_CHOICES:
    return accept_choices(field, value, out, err);
  case FIELD_TEXT:
    return accept_text(field, value, out, err);
  default:
    return accept_shape(field, value, out, err);
  }
}

static bool accept_boolean(const struct field *field, const struct value *value, struct value *out,
                           struct error *err) {
  if (value->type != VALUE_BOOLEAN)
    return refuse_type(field, value, err);
  *out = *value;
  return true;
}

static bool accept_type(const struct field *field, const struct value *value, const char *currency,
                        struct value *out, struct error *err) {
  switch (types[field->type].value) {
  case VALUE_INTEGER:
    return accept_integer(field, value, out, err);
  case VALUE_NUMBER:
    return accept_number(field, value, out, err);
  case VALUE_MONEY:
    return accept_money(field, value, currency, out, err);
  case VALUE_BOOLEAN:
    return accept_boolean(field, value, out, err);
  case VALUE_DATE:
    return accept_date(field, value, out, err);
  case VALUE_INSTANT:
    return accept_instant(field, value, out, err);
  default:
    return accept_words(field, value, out, err);
  }
}

static bool accept_range(const struct field *field, const struct value *value, struct error *err) {
  double number;
  if (value->type == VALUE_INTEGER)
    number = (double)value->as.integer;
  else if (value->type == VALUE_NUMBER)
    number = value->as.number;
  else if (value->type == VALUE_MONEY)
    number = money_to_number(value->as.money);
  else
    return true;
  if (field->has_min && number < field->min)
    return error_set(err, ERROR_INVALID, "%s: %.15g is too small; the least is %.15g", field->name,
                     number, field->min);
  if (field->has_max && number > field->max)
    return error_set(err, ERROR_INVALID, "%s: %.15g is too large; the most is %.15g", field->name,
                     number, field->max);
  return true;
}

bool field_accept(const struct field *field, const struct value *value, const char *currency,
                  struct value *out, struct error *err) {
  struct value accepted = value_null();
  if (value_is_null(value)) {
    *out = accepted;
    return true;
  }
  if (!accept_type(field, value, currency, &accepted, err))
    return false;
  if (!accept_range(field, &accepted, err)) {
    value_release(&accepted);
    return false;
  }
  *out = accepted;
  out->owned = accepted.type == VALUE_TEXT;
  return true;
}
