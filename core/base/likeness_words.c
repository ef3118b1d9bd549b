/* One word as it sounds and as it looks. */
#include <string.h>
#include <utf8proc.h>

#include "base/likeness.h"

/* What a letter is in Latin letters, and the Latin letter that its capital looks like; 0: none. */
struct letter {
  utf8proc_int32_t point;
  const char *latin;
  char shape;
};

/* Small letters without marks, in the order of their code points. */
static const struct letter letters[] = {
    {0xE6,  "ae",   0  },
    {0xF0,  "d",    0  },
    {0xF8,  "o",    'o'},
    {0xFE,  "th",   0  },
    {0x111, "d",    'd'},
    {0x131, "i",    'i'},
    {0x142, "l",    'l'},
    {0x153, "oe",   0  },
    {0x430, "a",    'a'},
    {0x431, "b",    0  },
    {0x432, "v",    'b'},
    {0x433, "g",    0  },
    {0x434, "d",    0  },
    {0x435, "e",    'e'},
    {0x436, "zh",   0  },
    {0x437, "z",    '3'},
    {0x438, "i",    0  },
    {0x439, "i",    0  },
    {0x43A, "k",    'k'},
    {0x43B, "l",    0  },
    {0x43C, "m",    'm'},
    {0x43D, "n",    'h'},
    {0x43E, "o",    'o'},
    {0x43F, "p",    0  },
    {0x440, "r",    'p'},
    {0x441, "s",    'c'},
    {0x442, "t",    't'},
    {0x443, "u",    'y'},
    {0x444, "f",    0  },
    {0x445, "h",    'x'},
    {0x446, "ts",   0  },
    {0x447, "ch",   0  },
    {0x448, "sh",   0  },
    {0x449, "shch", 0  },
    {0x44A, "",     0  },
    {0x44B, "i",    0  },
    {0x44C, "",     'b'},
    {0x44D, "e",    0  },
    {0x44E, "iu",   0  },
    {0x44F, "ia",   0  },
    {0x451, "e",    'e'},
    {0x454, "e",    0  },
    {0x455, "s",    's'},
    {0x456, "i",    'i'},
    {0x458, "i",    'j'},
    {0x491, "g",    0  },
};

enum { LETTER_COUNT = sizeof letters / sizeof *letters };

static const struct letter *find_letter(utf8proc_int32_t point) {
  size_t low = 0, high = LETTER_COUNT;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (letters[middle].point == point)
      return &letters[middle];
    if (letters[middle].point < point)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

static bool is_cyrillic(utf8proc_int32_t point) {
  return point >= 0x400 && point < 0x530;
}

static bool is_latin(utf8proc_int32_t point) {
  return (point >= 'a' && point <= 'z') || (point >= 0xC0 && point < 0x250);
}

/* The next code point; moves on. Bytes that are not UTF-8 count as themselves. */
static utf8proc_int32_t next_point(const char **at, const char *end) {
  utf8proc_int32_t point;
  utf8proc_ssize_t step =
      utf8proc_iterate((const utf8proc_uint8_t *)*at, (utf8proc_ssize_t)(end - *at), &point);
  if (step <= 0) {
    point = (unsigned char)**at;
    step = 1;
  }
  *at += step;
  return point;
}

/* The Cyrillic letter that looks like this Latin one; 0: none. */
static utf8proc_int32_t cyrillic_of(utf8proc_int32_t latin) {
  for (size_t i = 0; i < LETTER_COUNT; i++)
    if (is_cyrillic(letters[i].point) && letters[i].shape == (char)latin && latin < 0x80)
      return letters[i].point;
  return 0;
}

static void append_point(struct text *out, utf8proc_int32_t point) {
  utf8proc_uint8_t room[4];
  utf8proc_ssize_t size = utf8proc_encode_char(point, room);
  text_append_bytes(out, (const char *)room, (size_t)size);
}

static void append_mended_point(struct text *out, utf8proc_int32_t point, bool to_cyrillic) {
  const struct letter *letter = find_letter(point);
  utf8proc_int32_t twin = to_cyrillic && !is_cyrillic(point) ? cyrillic_of(point) : 0;
  if (!to_cyrillic && is_cyrillic(point) && letter && letter->shape)
    twin = (unsigned char)letter->shape;
  append_point(out, twin ? twin : point);
}

void likeness_append_mended(struct text *out, const char *word, size_t length) {
  const char *end = word + length;
  size_t cyrillic = 0, latin = 0;
  for (const char *at = word; at < end;) {
    utf8proc_int32_t point = next_point(&at, end);
    cyrillic += is_cyrillic(point);
    latin += is_latin(point);
  }
  if (!cyrillic || !latin) {
    text_append_bytes(out, word, length);
    return;
  }
  for (const char *at = word; at < end;)
    append_mended_point(out, next_point(&at, end), cyrillic >= latin);
}

void likeness_append_shape(struct text *out, const char *word, size_t length) {
  for (const char *at = word, *end = word + length; at < end;) {
    utf8proc_int32_t point = next_point(&at, end);
    const struct letter *letter = find_letter(point);
    append_point(out, letter && letter->shape ? (unsigned char)letter->shape : point);
  }
}

/* Ways of writing one sound in Latin letters, the longer ones first. */
static const struct {
  const char *written, *sound;
} sounds[] = {
    {"shch", "sh"},
    {"tsch", "ch"},
    {"sch",  "sh"},
    {"tch",  "ch"},
    {"kh",   "h" },
    {"ck",   "k" },
    {"ch",   "ch"},
    {"ph",   "f" },
    {"th",   "t" },
    {"tz",   "ts"},
    {"ae",   "a" },
    {"oe",   "o" },
    {"ue",   "u" },
    {"ce",   "se"},
    {"ci",   "si"},
    {"cy",   "si"},
    {"c",    "k" },
    {"j",    "i" },
    {"q",    "k" },
    {"w",    "v" },
    {"x",    "ks"},
    {"y",    "i" },
};

/* The sound at the start of the text; *used: how many letters of it. */
static const char *sound_at(const char *at, size_t *used) {
  for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++) {
    *used = strlen(sounds[i].written);
    if (strncmp(at, sounds[i].written, *used) == 0)
      return sounds[i].sound;
  }
  *used = 1;
  return NULL;
}

/* A letter said twice is heard once, but a digit is not. */
static void append_once(struct text *out, size_t start, char byte) {
  bool digit = byte >= '0' && byte <= '9';
  if (!digit && (unsigned char)byte < 0x80 && out->length > start &&
      out->data[out->length - 1] == byte)
    return;
  text_append_char(out, byte);
}

/* "Yevgeni" begins like "Evgeni". */
static const char *skip_glide(const char *at) {
  return (at[0] == 'y' || at[0] == 'j' || at[0] == 'i') && at[1] == 'e' ? at + 1 : at;
}

static void append_heard(struct text *out, const char *latin) {
  size_t start = out->length, used;
  for (const char *at = skip_glide(latin); *at; at += used) {
    const char *sound = sound_at(at, &used);
    if (!sound)
      append_once(out, start, *at);
    for (; sound && *sound; sound++)
      append_once(out, start, *sound);
  }
}

void likeness_append_sound(struct text *out, const char *word, size_t length) {
  struct text latin = {0};
  for (const char *at = word, *end = word + length; at < end;) {
    utf8proc_int32_t point = next_point(&at, end);
    const struct letter *letter = find_letter(point);
    if (letter)
      text_append(&latin, letter->latin);
    else
      append_point(&latin, point);
  }
  out->failed = out->failed || latin.failed;
  append_heard(out, text_string(&latin));
  text_release(&latin);
}
