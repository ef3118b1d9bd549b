#include "repl/language.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/translate.h"

/* The name of the locale of a category: LC_ALL, the category's own, LANG; the first that says
 * something. */
static const char *locale_name(const char *category) {
  const char *const names[] = {"LC_ALL", category, "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && *value)
      return value;
  }
  return "C";
}

static bool is_plain(const char *locale) {
  return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

/* Whether the encoding of letters is UTF-8: as the locale's name says it, for where it is not
 * installed there is nobody else to ask. "ru_RU" and "ru" leave it to us. */
static bool wants_utf8(const char *locale) {
  const char *encoding = strchr(locale, '.');
  if (!encoding)
    return !is_plain(locale);
  size_t length = strcspn(encoding + 1, "@");
  return (length == 5 && strncasecmp(encoding + 1, "UTF-8", length) == 0) ||
         (length == 4 && strncasecmp(encoding + 1, "utf8", length) == 0);
}

void language_set_locale(void) {
  setlocale(LC_ALL, "");
  if (wants_utf8(locale_name("LC_CTYPE")) && strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
    setlocale(LC_CTYPE, "C.UTF-8"); /* the locale is not installed, or not in UTF-8 */
  setlocale(LC_NUMERIC, "C");
  setlocale(LC_COLLATE, "C");
  setlocale(LC_MESSAGES, "C");
}

/* The language that a name such as "ru_RU.UTF-8" begins with, NULL when it is not spoken. */
static const char *language_named(const char *locale) {
  size_t length = strcspn(locale, "_.@:");
  for (const char *const *known = translate_languages; *known; known++)
    if (strlen(*known) == length && strncmp(*known, locale, length) == 0)
      return *known;
  return NULL;
}

/* NULL: it says nothing, or what is not spoken. */
static const char *language_asked_for(void) {
  const char *locale = locale_name("LC_MESSAGES"), *wishes = getenv("LANGUAGE");
  if (is_plain(locale) || !wants_utf8(locale_name("LC_CTYPE")))
    return "en";
  for (const char *at = wishes; at && *at; at += strcspn(at, ":"), at += *at == ':')
    if (language_named(at))
      return language_named(at);
  return language_named(locale);
}

const char *language_of_environment(void) {
  const char *language = language_asked_for();
  return language ? language : "en";
}

bool language_is_told(void) {
  return language_asked_for() != NULL;
}

bool language_use(const char *code, struct error *err) {
  struct text known = {0};
  if (translate_use(code ? code : language_of_environment()))
    return true;
  for (const char *const *name = translate_languages; *name; name++)
    text_format(&known, "%s%s", known.length ? ", " : "", *name);
  error_set(err, ERROR_USAGE, "language '%s' is not spoken here; there are %s", code,
            text_string(&known));
  text_release(&known);
  return false;
}
