/* Normalisation and folding. */
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"
#include "base/text.h"

enum {
  STACK_POINTS = 256,
  SMALL_IE = 0x435,
  DIAERESIS = 0x308,
};

bool text_is_utf8(const char *bytes, size_t length, size_t *position) {
  for (size_t at = 0; at < length;) {
    if ((unsigned char)bytes[at] < 0x80) {
      at++;
      continue;
    }
    utf8proc_int32_t point;
    utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                             (utf8proc_ssize_t)(length - at), &point);
    if (step <= 0) {
      if (position) {
        *position = at;
      }
      return false;
    }
    at += (size_t)step;
  }
  return true;
}

/* The bytes with U+FFFD for each that is not UTF-8. */
static void append_repaired(struct text *text, const char *bytes, size_t length) {
  size_t bad;
  while (!text_is_utf8(bytes, length, &bad)) {
    text_append_bytes(text, bytes, bad);
    text_append(text, "\xEF\xBF\xBD");
    bytes += bad + 1;
    length -= bad + 1;
  }
  text_append_bytes(text, bytes, length);
}

/* Ё and ё are written as Е and е at will, so they must compare equal. */
static utf8proc_ssize_t drop_yo_dots(utf8proc_int32_t *points, utf8proc_ssize_t count) {
  utf8proc_ssize_t kept = 0;
  for (utf8proc_ssize_t i = 0; i < count; i++) {
    if (points[i] != DIAERESIS || kept == 0 || points[kept - 1] != SMALL_IE) {
      points[kept++] = points[i];
    }
  }
  return kept;
}

/* Works on decomposed points of the caller and re-encodes them in place. */
static void compose(struct text *text, utf8proc_int32_t *points, utf8proc_ssize_t count,
                    utf8proc_option_t options) {
  if (options & UTF8PROC_CASEFOLD) {
    count = drop_yo_dots(points, count);
  }
  utf8proc_ssize_t length = utf8proc_reencode(points, count, options);
  if (length < 0) {
    text->failed = true;
    return;
  }
  text_append_bytes(text, (const char *)points, (size_t)length);
}

static void append_mapped_utf8(struct text *text, const char *bytes, size_t length,
                               utf8proc_option_t options) {
  utf8proc_int32_t stack[STACK_POINTS + 1];
  const utf8proc_uint8_t *source = (const utf8proc_uint8_t *)bytes;
  utf8proc_ssize_t count =
      utf8proc_decompose(source, (utf8proc_ssize_t)length, stack, STACK_POINTS, options);
  if (count >= 0 && count <= STACK_POINTS) {
    compose(text, stack, count, options);
    return;
  }
  utf8proc_int32_t *heap = count < 0 ? NULL : memory_new_array((size_t)count + 1, sizeof *heap);
  if (!heap) {
    text->failed = true;
    return;
  }
  count = utf8proc_decompose(source, (utf8proc_ssize_t)length, heap, count, options);
  compose(text, heap, count, options);
  memory_free(heap);
}

static void append_mapped(struct text *text, const char *bytes, size_t length, int options) {
  if (text_is_utf8(bytes, length, NULL)) {
    append_mapped_utf8(text, bytes, length, (utf8proc_option_t)options);
    return;
  }
  struct text repaired = {0};
  append_repaired(&repaired, bytes, length);
  if (repaired.failed) {
    text->failed = true;
  } else {
    append_mapped_utf8(text, repaired.data, repaired.length, (utf8proc_option_t)options);
  }
  text_release(&repaired);
}

/* Below U+0300 and in the first half of the Cyrillic block there are no marks that could combine
 * with what stands before them, and nothing that NFC would replace. */
bool text_is_normal(const char *bytes, size_t length) {
  for (size_t at = 0; at < length; at++) {
    unsigned char first = (unsigned char)bytes[at];
    if (first < 0x80) {
      continue;
    }
    bool simple = (first >= 0xC2 && first <= 0xCB) || first == 0xD0 || first == 0xD1;
    if (!simple || at + 1 == length || ((unsigned char)bytes[at + 1] & 0xC0) != 0x80) {
      return false;
    }
    at++;
  }
  return true;
}

void text_append_normal(struct text *text, const char *bytes, size_t length) {
  if (text_is_normal(bytes, length)) {
    text_append_bytes(text, bytes, length);
    return;
  }
  append_mapped(text, bytes, length, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

static void append_cased(struct text *text, const char *bytes, size_t length,
                         utf8proc_int32_t (*cased)(utf8proc_int32_t point)) {
  for (size_t at = 0; at < length;) {
    utf8proc_int32_t point;
    utf8proc_uint8_t room[4];
    utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                             (utf8proc_ssize_t)(length - at), &point);
    if (step > 0) {
      utf8proc_ssize_t size = utf8proc_encode_char(cased(point), room);
      text_append_bytes(text, (const char *)room, (size_t)size);
      at += (size_t)step;
    } else {
      text_append_char(text, bytes[at++]);
    }
  }
}

void text_append_lower(struct text *text, const char *bytes, size_t length) {
  append_cased(text, bytes, length, utf8proc_tolower);
}

void text_append_upper(struct text *text, const char *bytes, size_t length) {
  append_cased(text, bytes, length, utf8proc_toupper);
}

/* ASCII and the Russian alphabet fold to as many bytes and need no tables; nearly all names
 * are made of them, and names are folded once per row of a scan. Returns the folded code
 * point and moves on, 0 at the end, -1 for everything else. */
static int32_t next_simple(const char **bytes, const char *end) {
  if (*bytes == end) {
    return 0;
  }
  unsigned char first = (unsigned char)**bytes;
  if (first < 0x80) {
    (*bytes)++;
    return first >= 'A' && first <= 'Z' ? first + ('a' - 'A') : first;
  }
  if ((first != 0xD0 && first != 0xD1) || end - *bytes < 2) {
    return -1;
  }
  unsigned char second = (unsigned char)(*bytes)[1];
  if ((second & 0xC0) != 0x80) {
    return -1;
  }
  int32_t point = (first & 0x1F) << 6 | (second & 0x3F);
  if (point == 0x401 || point == 0x451) {
    point = SMALL_IE;
  } else if (point >= 0x410 && point <= 0x42F) {
    point += 0x20;
  } else if (point < 0x430 || point > 0x44F) {
    return -1;
  }
  *bytes += 2;
  return point;
}

/* Leaves the text as it was and returns false if something is not simple. */
static bool append_simple(struct text *text, const char *bytes, size_t length) {
  const char *end = bytes + length;
  size_t start = text->length;
  text_append_bytes(text, bytes, length); /* the room, overwritten below */
  if (text->failed) {
    return true;
  }
  char *out = text->data + start;
  while (bytes < end) {
    int32_t point = next_simple(&bytes, end);
    if (point < 0) {
      text->length = start;
      text->data[start] = '\0';
      return false;
    }
    if (point < 0x80) {
      *out++ = (char)point;
    } else {
      *out++ = (char)(0xC0 | point >> 6);
      *out++ = (char)(0x80 | (point & 0x3F));
    }
  }
  return true;
}

void text_append_folded(struct text *text, const char *bytes, size_t length) {
  if (append_simple(text, bytes, length)) {
    return;
  }
  append_mapped(text, bytes, length,
                UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_IGNORE |
                    UTF8PROC_CASEFOLD);
}

void text_append_bare(struct text *text, const char *bytes, size_t length) {
  append_mapped(text, bytes, length,
                UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_IGNORE |
                    UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
}

/* *known is false if the answer takes the full tables. The character after a difference is
 * looked at too: it could be a mark that changes the one before. */
static int compare_simple(const char *a, const char *b, bool *known) {
  const char *a_end = a + strlen(a);
  const char *b_end = b + strlen(b);
  int32_t left;
  int32_t right;
  do {
    left = next_simple(&a, a_end);
    right = next_simple(&b, b_end);
    *known = left >= 0 && right >= 0;
  } while (*known && left == right && left != 0);
  if (*known && left != right) {
    *known = next_simple(&a, a_end) >= 0 && next_simple(&b, b_end) >= 0;
  }
  return left < right ? -1 : left > right;
}

int text_compare(const char *a, const char *b) {
  bool known;
  int order = compare_simple(a, b, &known);
  if (!known) {
    struct text left = {0};
    struct text right = {0};
    text_append_folded(&left, a, strlen(a));
    text_append_folded(&right, b, strlen(b));
    order = left.failed || right.failed ? 0 : strcmp(text_string(&left), text_string(&right));
    text_release(&left);
    text_release(&right);
  }
  return order != 0 ? order : strcmp(a, b);
}

/* The folded forms of both, or both as they are when memory lacks. */
struct folded_pair {
  struct text a, b;
  const char *whole, *part;
};

static struct folded_pair fold_both(const char *whole, const char *part) {
  struct folded_pair pair = {.whole = whole, .part = part};
  text_append_folded(&pair.a, whole, strlen(whole));
  text_append_folded(&pair.b, part, strlen(part));
  if (!pair.a.failed && !pair.b.failed) {
    pair.whole = text_string(&pair.a);
    pair.part = text_string(&pair.b);
  }
  return pair;
}

static bool release_both(struct folded_pair *pair, bool answer) {
  text_release(&pair->a);
  text_release(&pair->b);
  return answer;
}

bool text_contains(const char *whole, const char *part) {
  struct folded_pair pair = fold_both(whole, part);
  return release_both(&pair, strstr(pair.whole, pair.part) != NULL);
}

bool text_starts(const char *whole, const char *part) {
  struct folded_pair pair = fold_both(whole, part);
  return release_both(&pair, strncmp(pair.whole, pair.part, strlen(pair.part)) == 0);
}

/* Scores ask this of every address: what is ASCII is compared where it stands. */
static bool ends_simple(const char *end, const char *part, bool *known) {
  bool same = true;
  size_t length = strlen(part);
  for (size_t i = 0; i < length; i++) {
    unsigned char a = (unsigned char)end[i], b = (unsigned char)part[i];
    *known = *known && a < 0x80 && b < 0x80;
    same = same && (a >= 'A' && a <= 'Z' ? a + 32 : a) == (b >= 'A' && b <= 'Z' ? b + 32 : b);
  }
  return same;
}

bool text_ends(const char *whole, const char *part) {
  size_t length = strlen(whole), wanted = strlen(part);
  bool known = length >= wanted;
  bool same = known && ends_simple(whole + length - wanted, part, &known);
  if (known)
    return same;
  struct folded_pair pair = fold_both(whole, part);
  length = strlen(pair.whole);
  wanted = strlen(pair.part);
  return release_both(&pair,
                      length >= wanted && strcmp(pair.whole + length - wanted, pair.part) == 0);
}
