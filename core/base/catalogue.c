#include "base/catalogue.h"

#include <string.h>

enum { HEADER_SIZE = 28, ENTRY_SIZE = 8 };
static const uint32_t magic = 0x950412de;

/* Little-endian on every machine: msgfmt is told so. */
static uint32_t number_at(const struct catalogue *catalogue, size_t at) {
  const unsigned char *byte = catalogue->bytes + at;
  return byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24;
}

static bool holds(const struct catalogue *catalogue, uint64_t at, uint64_t length) {
  return at <= catalogue->length && length <= catalogue->length - at;
}

bool catalogue_init(struct catalogue *catalogue, const void *bytes, size_t length) {
  *catalogue = (struct catalogue){.bytes = bytes, .length = length};
  if (length < HEADER_SIZE || number_at(catalogue, 0) != magic)
    return false;
  catalogue->count = number_at(catalogue, 8);
  catalogue->originals = number_at(catalogue, 12);
  catalogue->translations = number_at(catalogue, 16);
  uint64_t size = (uint64_t)catalogue->count * ENTRY_SIZE;
  return holds(catalogue, catalogue->originals, size) &&
         holds(catalogue, catalogue->translations, size);
}

/* The text an entry of a table points to. *length is without the last terminator. */
static const char *text_at(const struct catalogue *catalogue, uint32_t table, uint32_t index,
                           size_t *length) {
  size_t entry = table + (size_t)index * ENTRY_SIZE;
  uint32_t at = number_at(catalogue, entry + 4);
  *length = number_at(catalogue, entry);
  if (!holds(catalogue, at, (uint64_t)*length + 1) || catalogue->bytes[at + *length] != 0)
    return NULL;
  return (const char *)catalogue->bytes + at;
}

bool catalogue_entry(const struct catalogue *catalogue, uint32_t index, const char **text,
                     const char **translation) {
  size_t length;
  if (index >= catalogue->count)
    return false;
  *text = text_at(catalogue, catalogue->originals, index, &length);
  *translation = text_at(catalogue, catalogue->translations, index, &length);
  return *text && *translation;
}

static const char *form_at(const struct catalogue *catalogue, uint32_t index, size_t form) {
  size_t length;
  const char *text = text_at(catalogue, catalogue->translations, index, &length);
  const char *end = text ? text + length : NULL;
  for (; text && form > 0; form--) {
    const char *next = memchr(text, 0, (size_t)(end - text));
    text = next ? next + 1 : NULL;
  }
  return text && *text ? text : NULL;
}

const char *catalogue_find(const struct catalogue *catalogue, const char *text, size_t form) {
  uint32_t from = 0, to = catalogue->count;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    size_t length;
    const char *found = text_at(catalogue, catalogue->originals, middle, &length);
    int order = found ? strcmp(text, found) : 1;
    if (order == 0)
      return form_at(catalogue, middle, form);
    if (order < 0)
      to = middle;
    else
      from = middle + 1;
  }
  return NULL;
}
