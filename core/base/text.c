#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_CAPACITY = 32 };

/* Room for `extra` bytes and the terminator. */
static bool reserve(struct text *text, size_t extra) {
  if (text->failed) {
    return false;
  }
  size_t needed;
  if (__builtin_add_overflow(text->length, extra, &needed) ||
      __builtin_add_overflow(needed, 1u, &needed)) {
    text->failed = true;
    return false;
  }
  if (needed <= text->capacity) {
    return true;
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
  text_append_bytes(text, &byte, 1);
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

void text_format_list(struct text *text, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int length = vsnprintf(NULL, 0, format, args);
  if (length < 0) {
    text->failed = true;
  } else if (reserve(text, (size_t)length)) {
    vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
    text->length += (size_t)length;
  }
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
