/* Columns on a terminal. */
#include <utf8proc.h>

#include "base/text.h"

enum {
  EMOJI_STYLE = 0xFE0F, /* the variation selector that asks for the wide, coloured form */
  FIRST_REGIONAL = 0x1F1E6,
  LAST_REGIONAL = 0x1F1FF,
};

static bool is_regional(utf8proc_int32_t point) {
  return point >= FIRST_REGIONAL && point <= LAST_REGIONAL;
}

/* Bytes of the next code point; a byte that is not UTF-8 stands for U+FFFD. */
static size_t next_point(const char *bytes, size_t length, utf8proc_int32_t *point) {
  utf8proc_ssize_t step =
      utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, point);
  if (step <= 0) {
    *point = 0xFFFD;
    return 1;
  }
  return (size_t)step;
}

static size_t point_width(utf8proc_int32_t point) {
  int width = utf8proc_charwidth(point);
  return width > 0 ? (size_t)width : 0;
}

/* AM of Thai and Lao belongs to the letter before, and yet has a column of its own everywhere. */
static bool is_beside(utf8proc_int32_t point) {
  return utf8proc_get_property(point)->boundclass == UTF8PROC_BOUNDCLASS_SPACINGMARK;
}

/* Two ASCII bytes in a row never join, except CR LF, and those have no width. */
static bool is_plain(const char *bytes, size_t length) {
  unsigned char first = (unsigned char)bytes[0];
  return first >= 0x20 && first < 0x7F && (length == 1 || (unsigned char)bytes[1] < 0x80);
}

/* A cluster is as wide as its widest part: Unicode's emoji are two columns whether they are one
 * code point or seven. Terminals that count code points put what follows elsewhere – tmux
 * before 3.5 takes a skin tone for another emoji and overlooks EMOJI_STYLE –, but no count could be
 * right for them and for those that draw what is written. */
size_t text_grapheme(const char *bytes, size_t length, size_t *width) {
  if (length == 0) {
    *width = 0;
    return 0;
  }
  if (is_plain(bytes, length)) {
    *width = 1;
    return 1;
  }
  utf8proc_int32_t state = 0;
  utf8proc_int32_t before;
  utf8proc_int32_t point;
  size_t at = next_point(bytes, length, &before);
  *width = point_width(before);
  while (at < length) {
    size_t step = next_point(bytes + at, length - at, &point);
    if (utf8proc_grapheme_break_stateful(before, point, &state)) {
      break;
    }
    bool wide = point == EMOJI_STYLE || (is_regional(before) && is_regional(point));
    size_t own = wide ? 2 : point_width(point);
    if (is_beside(point))
      *width += own;
    else
      *width = own > *width ? own : *width;
    before = point;
    at += step;
  }
  return at;
}

size_t text_width(const char *bytes, size_t length) {
  size_t total = 0;
  for (size_t at = 0; at < length;) {
    size_t width;
    at += text_grapheme(bytes + at, length - at, &width);
    total += width;
  }
  return total;
}

size_t text_fit(const char *bytes, size_t length, size_t columns) {
  size_t at = 0;
  size_t used = 0;
  while (at < length) {
    size_t width;
    size_t step = text_grapheme(bytes + at, length - at, &width);
    if (used + width > columns) {
      break;
    }
    used += width;
    at += step;
  }
  return at;
}

const char *text_library_version(void) {
  return utf8proc_version();
}
