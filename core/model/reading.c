/* field_parse(): how a field reads what a person typed. */
#include <string.h>

#include "base/minutes.h"
#include "base/translate.h"
#include "model/field.h"

static const char *const yes[] = {"yes", "y", "true", "1", "on", "да", "истина", NULL};
static const char *const no[] = {"no", "n", "false", "0", "off", "нет", "ложь", NULL};

static bool is_same(const char *a, const char *b, size_t length) {
  struct text folded_a = {0}, folded_b = {0};
  text_append_folded(&folded_a, a, strlen(a));
  text_append_folded(&folded_b, b, length);
  bool same = !folded_a.failed && !folded_b.failed &&
              strcmp(text_string(&folded_a), text_string(&folded_b)) == 0;
  text_release(&folded_a);
  text_release(&folded_b);
  return same;
}

/* The entry of the list that is the word without regard to case, or NULL. */
static const char *find_word(const char *const *list, const char *word, size_t length) {
  for (; *list; list++)
    if (is_same(*list, word, length))
      return *list;
  return NULL;
}

/* What people read for the choice in one language. */
static const char *title_in(const struct field *field, int index, const char *language) {
  const char *title = field->choice_titles ? field->choice_titles[index] : field->choices[index];
  bool russian = strcmp(language, "ru") == 0;
  if (russian && field->choice_titles_ru && field->choice_titles_ru[index])
    return field->choice_titles_ru[index];
  return translate_into(language, title);
}

static bool is_titled(const struct field *field, int index, const char *word, size_t length) {
  for (const char *const *language = translate_languages; *language; language++)
    if (is_same(title_in(field, index, *language), word, length))
      return true;
  return false;
}

const char *field_choice_called(const struct field *field, const char *word, size_t length,
                                bool *several) {
  const char *found = find_word(field->choices, word, length);
  *several = false;
  if (found)
    return found;
  for (int i = 0; field->choices[i]; i++) {
    if (!is_titled(field, i, word, length))
      continue;
    *several = *several || found;
    found = found ? found : field->choices[i];
  }
  return found;
}

static bool parse_boolean(struct value *out, const char *word, struct error *err) {
  size_t length = strlen(word);
  bool truth = find_word(yes, word, length) != NULL;
  if (!truth && !find_word(no, word, length))
    return error_set(err, ERROR_INVALID, "'%s' is neither yes nor no", word);
  *out = value_boolean(truth);
  return true;
}

static bool parse_reference(struct value *out, const char *word, struct error *err) {
  int64_t id;
  if (!integer_parse(&id, word[0] == '#' ? word + 1 : word, err) || id < 1)
    return error_set(err, ERROR_INVALID, "'%s' is not a reference; write it as #42", word);
  *out = value_integer(id);
  return true;
}

/* Spells the word as the field's choices do; what is unknown stays for field_accept() to refuse. */
static bool append_choice(struct text *out, const struct field *field, const char *word,
                          size_t length, struct error *err) {
  bool several = false;
  const char *choice = field_choice_called(field, word, length, &several);
  if (several)
    return error_set(err, ERROR_INVALID,
                     "%s: '%.*s' is the title of several choices; write the one that is meant, "
                     "'%s' for one",
                     field->name, (int)length, word, choice);
  if (choice)
    text_append(out, choice);
  else
    text_append_bytes(out, word, length);
  return true;
}

/* Each item of "A, b; c". */
static bool append_choices(struct text *out, const struct field *field, const char *word,
                           struct error *err) {
  while (*word) {
    word += strspn(word, " ,;");
    size_t length = strcspn(word, ",;");
    size_t rest = length;
    while (rest > 0 && word[rest - 1] == ' ')
      rest--;
    if (rest)
      text_append(out, out->length ? "," : "");
    if (rest && !append_choice(out, field, word, rest, err))
      return false;
    word += length;
  }
  return true;
}

static bool accept_text(const struct field *field, const struct text *text, struct value *out,
                        struct error *err) {
  if (!text_check(text, err))
    return false;
  struct value value = value_text_bytes(text_string(text), text->length);
  return field_accept(field, &value, NULL, out, err);
}

static bool parse_words(const struct field *field, const char *word, struct value *out,
                        struct error *err) {
  struct text text = {0};
  bool parsed = true;
  if (field->type == FIELD_CHOICE)
    parsed = append_choice(&text, field, word, strlen(word), err);
  else if (field->type == FIELD_CHOICES)
    parsed = append_choices(&text, field, word, err);
  else
    text_append(&text, word);
  parsed = parsed && accept_text(field, &text, out, err);
  text_release(&text);
  return parsed;
}

static bool parse_value(const struct field *field, const char *word,
                        const struct field_reading *reading, struct value *out, struct error *err) {
  switch (field->type) {
  case FIELD_INTEGER:
    out->type = VALUE_INTEGER;
    return integer_parse(&out->as.integer, word, err);
  case FIELD_MINUTES:
    out->type = VALUE_INTEGER;
    return minutes_parse(&out->as.integer, word, err);
  case FIELD_NUMBER:
  case FIELD_PERCENT:
    out->type = VALUE_NUMBER;
    return number_parse(&out->as.number, word, reading->decimal, err);
  case FIELD_MONEY:
    out->type = VALUE_MONEY;
    return money_parse(&out->as.money, word, reading->currency, reading->decimal, err);
  case FIELD_DATE:
    out->type = VALUE_DATE;
    return date_parse(&out->as.day, word, reading->order, reading->today, err);
  case FIELD_INSTANT:
    out->type = VALUE_INSTANT;
    return instant_parse(&out->as.at, word, reading->order, reading->now, err);
  case FIELD_BOOLEAN:
    return parse_boolean(out, word, err);
  default:
    return parse_reference(out, word, err);
  }
}

bool field_parse(const struct field *field, const char *word, const struct field_reading *reading,
                 struct value *out, struct error *err) {
  if (!*word) {
    *out = value_null();
    return true;
  }
  if (field_value_type(field->type) == VALUE_TEXT)
    return parse_words(field, word, out, err);
  struct value value = value_null();
  if (!parse_value(field, word, reading, &value, err))
    return error_prefix(err, "%s: ", field->name);
  return field_accept(field, &value, reading->currency, out, err);
}
