#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_CAPACITY = 32 };

static bool grow(struct text *text, size_t extra) {
  size_t needed;
  if (__builtin_add_overflow(text->length, extra, &needed) ||
      __builtin_add_overflow(needed, 1u, &needed)) {
    text->failed = true;
    return false;
  }
  size_t capacity = text->capacity > needed / 2 ? text->capacity * 2 : needed;
  capacity = capacity < FIRST_CAPACITY ? FIRST_CAPACITY : capacity;
  char *data = memory_resize(text->data, capacity);
  if (!data) {
    text->failed = true;
    return false;
  }
  text->data = data;
  text->capacity = capacity;
  return true;
}

/* Room for `extra` bytes and the terminator. */
static bool reserve(struct text *text, size_t extra) {
  if (text->failed) {
    return false;
  }
  return extra < text->capacity - text->length || grow(text, extra);
}

void text_release(struct text *text) {
  memory_free(text->data);
  *text = (struct text){0};
}

void text_clear(struct text *text) {
  text->length = 0;
  text->failed = false;
  if (text->data) {
    text->data[0] = '\0';
  }
}

void text_append(struct text *text, const char *string) {
  text_append_bytes(text, string, strlen(string));
}

void text_append_bytes(struct text *text, const char *bytes, size_t length) {
  if (!reserve(text, length)) {
    return;
  }
  if (length > 0) {
    memcpy(text->data + text->length, bytes, length);
  }
  text->length += length;
  text->data[text->length] = '\0';
}

void text_append_char(struct text *text, char byte) {
  if (reserve(text, 1)) {
    text->data[text->length++] = byte;
    text->data[text->length] = '\0';
  }
}

void text_append_integer(struct text *text, int64_t integer) {
  char digits[24];
  size_t at = sizeof digits;
  uint64_t rest = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
  do {
    digits[--at] = (char)('0' + rest % 10);
  } while (rest /= 10);
  if (integer < 0) {
    digits[--at] = '-';
  }
  text_append_bytes(text, digits + at, sizeof digits - at);
}

void text_append_repeat(struct text *text, const char *string, size_t times) {
  size_t length = strlen(string);
  for (size_t i = 0; i < times && !text->failed; i++) {
    text_append_bytes(text, string, length);
  }
}

void text_format(struct text *text, const char *format, ...) {
  va_list args;
  va_start(args, format);
  text_format_list(text, format, args);
  va_end(args);
}

/* Most of it fits into the room that is there; the rest is written again into more. */
void text_format_list(struct text *text, const char *format, va_list args) {
  va_list again;
  if (!reserve(text, 0)) {
    return;
  }
  va_copy(again, args);
  size_t room = text->capacity - text->length;
  int length = vsnprintf(text->data + text->length, room, format, args);
  if (length < 0) {
    text->failed = true;
  } else if ((size_t)length >= room && reserve(text, (size_t)length)) {
    vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
  }
  text->length += text->failed ? 0 : (size_t)length;
  text->data[text->length] = '\0';
  va_end(again);
}

bool text_check(const struct text *text, struct error *err) {
  return text->failed ? error_memory(err) : true;
}

char *text_take(struct text *text, struct error *err) {
  reserve(text, 0);
  if (!text_check(text, err)) {
    text_release(text);
    return NULL;
  }
  char *data = text->data;
  data[text->length] = '\0';
  *text = (struct text){0};
  return data;
}

const char *text_string(const struct text *text) {
  return text->data ? text->data : "";
}
