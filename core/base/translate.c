#include "base/translate.h"

#include <string.h>

#include "base/catalogue.h"
#include "base/embedded.h"

extern const struct embedded_file translations[]; /* made by the build: "ru.mo" */

/* 1 сделка, 2 сделки, 5 сделок: the rule that Plural-Forms in ru.po states. */
static size_t russian_form(uint64_t number) {
  uint64_t last = number % 10, teens = number % 100;
  if (last == 1 && teens != 11)
    return 0;
  return last >= 2 && last <= 4 && (teens < 12 || teens > 14) ? 1 : 2;
}

struct language {
  const char *name, *file;
  size_t (*form)(uint64_t number);
  const char *group, *decimal; /* marks in numbers */
};

static const struct language languages[] = {
    {"ru", "ru.mo", russian_form, "\u00a0", ","}, /* a space that breaks no line */
};

enum { LANGUAGE_COUNT = sizeof languages / sizeof *languages };

const char *const translate_languages[] = {"en", "ru", NULL};

/* Like the locale of C, one for the thread: a message is made where no engine is in sight. */
static _Thread_local const struct language *current;
static _Thread_local struct catalogue catalogue;

static bool read_catalogue(struct catalogue *out, const struct language *language) {
  for (const struct embedded_file *file = translations; file->name; file++)
    if (strcmp(file->name, language->file) == 0)
      return catalogue_init(out, file->text, file->length);
  return false;
}

static bool load(const struct language *language) {
  struct catalogue loaded;
  if (!read_catalogue(&loaded, language))
    return false;
  catalogue = loaded;
  current = language;
  return true;
}

bool translate_use(const char *language) {
  if (!language || strcmp(language, translate_languages[0]) == 0) {
    current = NULL;
    return true;
  }
  for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
    if (strcmp(languages[i].name, language) == 0)
      return load(&languages[i]);
  }
  return false;
}

const char *translate_language(void) {
  return current ? current->name : translate_languages[0];
}

const char *translate(const char *text) {
  /* the empty text is the catalogue's own header */
  const char *found = current && text && *text ? catalogue_find(&catalogue, text, 0) : NULL;
  return found ? found : text;
}

const char *translate_into(const char *language, const char *text) {
  struct catalogue other;
  for (size_t i = 0; i < LANGUAGE_COUNT; i++)
    if (strcmp(languages[i].name, language) == 0 && read_catalogue(&other, &languages[i])) {
      const char *found = *text ? catalogue_find(&other, text, 0) : NULL;
      return found ? found : text;
    }
  return text;
}

const char *translate_plural(const char *one, const char *many, int64_t number) {
  uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  const char *found = current ? catalogue_find(&catalogue, one, current->form(size)) : NULL;
  if (found)
    return found;
  return size == 1 ? one : many;
}

const char *translate_twin(const char *text, const char *text_ru) {
  return current && current->form == russian_form && text_ru ? text_ru : text;
}

void translate_number(struct text *out, const char *plain, size_t least) {
  const char *group = current ? current->group : ",", *decimal = current ? current->decimal : ".";
  if (*plain == '-')
    text_append_char(out, *plain++);
  size_t whole = strspn(plain, "0123456789");
  for (size_t i = 0; i < whole; i++) {
    if (i > 0 && whole >= least && (whole - i) % 3 == 0)
      text_append(out, group);
    text_append_char(out, plain[i]);
  }
  plain += whole;
  if (*plain == '.') {
    text_append(out, decimal);
    plain++;
  }
  text_append(out, plain);
}
