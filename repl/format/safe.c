#include "repl/format/safe.h"

#include <string.h>

/* Length of the well-formed UTF-8 character at the start, 0 if there is none; *code is it. */
static size_t decode(const char *bytes, size_t length, unsigned *code) {
  static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *at = (const unsigned char *)bytes;
  size_t size = at[0] < 0x80 ? 1 : at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : at[0] >= 0xc0 ? 2 : 0;
  if (size == 0 || size > length || at[0] > 0xf4)
    return 0;
  unsigned value = size == 1 ? at[0] : at[0] & (0xffU >> (size + 1));
  for (size_t i = 1; i < size; i++) {
    if ((at[i] & 0xc0) != 0x80)
      return 0;
    value = value << 6 | (at[i] & 0x3fU);
  }
  if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    return 0;
  *code = value;
  return size;
}

struct span {
  unsigned from, to;
};

/* C1 controls, marks and overrides of direction, line separators, invisible operators, specials,
 * tags. */
static const struct span shown_as_number[] = {
    {0x80,    0x9f   },
    {0x61c,   0x61c  },
    {0x200e,  0x200f },
    {0x2028,  0x202e },
    {0x2060,  0x206f },
    {0xfeff,  0xfeff },
    {0xfff9,  0xfffb },
    {0xe0000, 0xe001f},
};

static bool is_numbered(unsigned code) {
  for (size_t i = 0; i < sizeof shown_as_number / sizeof *shown_as_number; i++)
    if (code >= shown_as_number[i].from && code <= shown_as_number[i].to)
      return true;
  return false;
}

static bool is_kept(unsigned code, unsigned keep) {
  return (code == '\n' && (keep & SAFE_KEEP_LINES)) || (code == '\t' && (keep & SAFE_KEEP_TABS));
}

/* A picture of the control character: U+2400 + its code. */
static void append_control(struct text *out, unsigned code, bool ascii) {
  if (ascii && code == '\n')
    text_append(out, "\\n");
  else if (ascii && code == '\t')
    text_append(out, "\\t");
  else if (ascii)
    text_format(out, "\\x%02x", code);
  else if (code == '\n')
    text_append(out, "↵");
  else
    text_format(out, "\xe2\x90%c", code == 0x7f ? 0xa1 : (int)(0x80 + code));
}

void safe_append(struct text *out, const char *bytes, size_t length, unsigned keep, bool ascii) {
  size_t clean = 0; /* bytes before `at` that are not yet appended */
  for (size_t at = 0; at < length;) {
    unsigned code = 0;
    size_t size = decode(bytes + at, length - at, &code);
    bool control = size == 1 && (code < 0x20 || code == 0x7f) && !is_kept(code, keep);
    if (size && !control && !is_numbered(code)) {
      at += size;
      continue;
    }
    text_append_bytes(out, bytes + clean, at - clean);
    if (!size)
      text_format(out, "\\x%02x", (unsigned char)bytes[at]);
    else if (control)
      append_control(out, code, ascii);
    else
      text_format(out, "<U+%04X>", code);
    at += size ? size : 1;
    clean = at;
  }
  text_append_bytes(out, bytes + clean, length - clean);
}
