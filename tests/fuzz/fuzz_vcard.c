/* Any bytes read as business cards: no crash, each step moves on, and the end is reached. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/vcard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_card(const struct vcard *card) {
  if (!card->version || card->properties.count > VCARD_PROPERTIES_MAX)
    abort();
  for (size_t i = 0; i < card->properties.count; i++) {
    const struct vcard_property *property = list_at(&card->properties, i);
    if (!property->name || !property->value || property->line < card->line)
      abort();
    if (!property->binary && (property->parts.count == 0 ||
                              !text_is_utf8(property->value, strlen(property->value), NULL)))
      abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct vcard_reader *reader = NULL;
  const struct vcard *card = NULL;
  struct error err;
  if (!vcard_open(&reader, (const char *)data, size, &err))
    return 0;
  for (size_t steps = 0;; steps++) {
    bool read = vcard_next(reader, &card, &err);
    if (read && !card)
      break;
    if (read)
      check_card(card);
    if (steps > size)
      abort(); /* every step takes at least one byte */
  }
  vcard_close(reader);
  return 0;
}
