#include "model/condition_word.h"

#include <string.h>

/* The longer first, so that '>' does not hide '>='. */
static const struct {
  const char *text;
  enum compare compare;
} operators[] = {
    {"!=", COMPARE_NOT_EQUAL},
    {">=", COMPARE_AT_LEAST },
    {"<=", COMPARE_AT_MOST  },
    {"=",  COMPARE_EQUAL    },
    {">",  COMPARE_GREATER  },
    {"<",  COMPARE_LESS     },
    {"~",  COMPARE_CONTAINS },
};

static bool take_path(struct condition_word *out, const char *word, size_t length,
                      struct error *err) {
  struct text path = {0};
  size_t start = strspn(word, " ");
  while (length > start && word[length - 1] == ' ')
    length--;
  text_append_bytes(&path, word + start, length > start ? length - start : 0);
  out->path = text_take(&path, err);
  return out->path != NULL;
}

bool condition_word_split(struct condition_word *out, const char *word, struct error *err) {
  size_t at = strcspn(word, "!=<>~");
  for (size_t i = 0; word[at] && i < sizeof operators / sizeof *operators; i++) {
    size_t length = strlen(operators[i].text);
    if (strncmp(word + at, operators[i].text, length) != 0)
      continue;
    if (strspn(word, " ") == at && operators[i].compare != COMPARE_CONTAINS)
      break; /* a field is missing */
    out->compare = operators[i].compare;
    out->value = word + at + length;
    return take_path(out, word, at, err);
  }
  return error_set(err, ERROR_USAGE,
                   "'%s' is not a condition; write field=value, field>value, field~part or ~words",
                   word);
}

bool condition_word_item(struct text *item, const char **rest) {
  text_clear(item);
  const char *at = *rest;
  for (; *at && *at != ','; at++) {
    if (at[0] == '\\' && at[1] == ',')
      at++;
    text_append_char(item, *at);
  }
  *rest = *at ? at + 1 : NULL;
  return !item->failed;
}
