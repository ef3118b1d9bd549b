#include "model/shape.h"

#include <ctype.h>
#include <string.h>

static bool has_blank(const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)bytes[i] <= ' ' || bytes[i] == 0x7f)
      return true;
  return false;
}

/* "example.com": a dot inside, none at the ends, no two in a row. */
static bool is_host(const char *bytes, size_t length) {
  bool dotted = false;
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] != '.')
      continue;
    if (i == 0 || i + 1 == length || bytes[i + 1] == '.')
      return false;
    dotted = true;
  }
  return dotted;
}

bool shape_is_email(const char *bytes, size_t length) {
  const char *at = memchr(bytes, '@', length);
  if (!at || at == bytes || has_blank(bytes, length))
    return false;
  const char *host = at + 1;
  size_t rest = length - (size_t)(host - bytes);
  return !memchr(host, '@', rest) && is_host(host, rest);
}

bool shape_is_phone(const char *bytes, size_t length) {
  size_t digits = 0;
  size_t i = length > 0 && bytes[0] == '+' ? 1 : 0;
  for (; i < length && !(digits >= 3 && isalpha((unsigned char)bytes[i])); i++) {
    if (isdigit((unsigned char)bytes[i]))
      digits++;
    else if ((unsigned char)bytes[i] < 0x80 ? !strchr(" -().,/;#*", bytes[i]) : digits < 3)
      return false;
  }
  return digits >= 3; /* what follows the number is an extension in words */
}

static size_t skip_scheme(const char *bytes, size_t length) {
  size_t i = 0;
  while (i < length && (isalnum((unsigned char)bytes[i]) || strchr("+-.", bytes[i])) && bytes[i])
    i++;
  return i > 0 && i + 3 <= length && memcmp(bytes + i, "://", 3) == 0 ? i + 3 : 0;
}

bool shape_is_url(const char *bytes, size_t length) {
  if (has_blank(bytes, length))
    return false;
  size_t start = skip_scheme(bytes, length);
  size_t end = start;
  while (end < length && !strchr("/?#:", bytes[end]))
    end++;
  if (start > 0 && end - start == 9 && memcmp(bytes + start, "localhost", 9) == 0)
    return true;
  return is_host(bytes + start, end - start);
}
