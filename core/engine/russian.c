#include "engine/russian.h"

#include <ctype.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The first is preferred on a tie: by far the most frequent in files of today. */
static const char *const encodings[] = {"CP1251", "KOI8-R", "CP866"};

enum {
  ENCODING_COUNT = sizeof encodings / sizeof *encodings,
  CYRILLIC_SMALL_A = 0x430,
  CYRILLIC_LETTERS = 32, /* а … я, without ё */
  POINTS_PAIR = 4,
  POINTS_RARE_LETTER = 0, /* ё, and the letters of Ukrainian and Belarusian */
  POINTS_CASE_TURNED = -12,
  POINTS_MIXED_WORD = -24,
  POINTS_SIGN = -8,
  POINTS_UNDEFINED = -24,
};

/* 4 × log2(frequency × 128), а … я; the rarest are cut at -6 so that one odd letter does not
 * decide. */
static const signed char letter_points[CYRILLIC_LETTERS] = {
    13, 4,  10, 4, 8,  14, 1,  4, 13, 3,  9,  10, 8, 12, 15, 7,
    10, 11, 12, 7, -6, 1,  -3, 4, 0,  -4, -6, 5,  5, -5, -1, 5,
};

/* The pairs most frequent in running text, and the endings of surnames and firms. */
static const char pairs[] = "стнотонаеновнирановкопороелерренетааллиоросгокапроттьетолскваариантел"
                            "омесаталоладийсяонилмаичвнитдемивиеваяыйогкихвиновнарекс";

enum shape { SHAPE_NONE, SHAPE_LATIN, SHAPE_SMALL, SHAPE_CAPITAL, SHAPE_SIGN, SHAPE_UNDEFINED };

struct glyph {
  unsigned char shape; /* enum shape */
  signed char letter;  /* 0 … 31, -1 for other letters and everything else */
};

struct reading {
  struct glyph glyphs[256];
  bool pairs[CYRILLIC_LETTERS][CYRILLIC_LETTERS];
};

static void classify(struct glyph *glyph, uint32_t code) {
  glyph->letter = -1;
  if (code >= 0x430 && code <= 0x44F)
    *glyph = (struct glyph){SHAPE_SMALL, (signed char)(code - CYRILLIC_SMALL_A)};
  else if (code >= 0x410 && code <= 0x42F)
    *glyph = (struct glyph){SHAPE_CAPITAL, (signed char)(code - 0x410)};
  else if (code >= 0x450 && code <= 0x45F)
    glyph->shape = SHAPE_SMALL;
  else if (code >= 0x400 && code <= 0x40F)
    glyph->shape = SHAPE_CAPITAL;
  else if (code == 0xA0 || code == 0xAB || code == 0xBB || code == 0x2116 ||
           (code >= 0x2010 && code <= 0x2026))
    glyph->shape = SHAPE_NONE; /* space, quotes, dashes, №: at home in Russian text */
  else
    glyph->shape = SHAPE_SIGN;
}

static uint32_t code_of(iconv_t converter, unsigned char byte) {
  char in = (char)byte;
  unsigned char out[4] = {0};
  char *from = &in, *to = (char *)out;
  size_t from_left = 1, to_left = sizeof out;
  if (iconv(converter, &from, &from_left, &to, &to_left) == (size_t)-1)
    return 0;
  return (uint32_t)out[0] | (uint32_t)out[1] << 8 | (uint32_t)out[2] << 16;
}

static bool prepare(struct reading *reading, const char *encoding) {
  iconv_t converter = iconv_open("UTF-32LE", encoding);
  if (converter == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr): so says iconv_open */
    return false;
  memset(reading, 0, sizeof *reading);
  for (int byte = 0; byte < 128; byte++)
    reading->glyphs[byte] = (struct glyph){isalpha(byte) ? SHAPE_LATIN : SHAPE_NONE, -1};
  for (int byte = 128; byte < 256; byte++) {
    uint32_t code = code_of(converter, (unsigned char)byte);
    if (code)
      classify(&reading->glyphs[byte], code);
    else
      reading->glyphs[byte] = (struct glyph){SHAPE_UNDEFINED, -1};
  }
  iconv_close(converter);
  for (size_t i = 0; i + 4 <= sizeof pairs - 1; i += 4) {
    int letters[2];
    for (size_t k = 0; k < 2; k++) {
      const unsigned char *bytes = (const unsigned char *)pairs + i + 2 * k;
      letters[k] = ((bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F)) - CYRILLIC_SMALL_A;
    }
    reading->pairs[letters[0]][letters[1]] = true;
  }
  return true;
}

static long pair_points(const struct reading *reading, struct glyph before, struct glyph glyph) {
  bool before_is_letter = before.shape == SHAPE_SMALL || before.shape == SHAPE_CAPITAL;
  bool is_letter = glyph.shape == SHAPE_SMALL || glyph.shape == SHAPE_CAPITAL;
  if ((before_is_letter && glyph.shape == SHAPE_LATIN) ||
      (before.shape == SHAPE_LATIN && is_letter))
    return POINTS_MIXED_WORD;
  if (before.shape == SHAPE_SMALL && glyph.shape == SHAPE_CAPITAL)
    return POINTS_CASE_TURNED;
  if (before.letter >= 0 && glyph.letter >= 0 && reading->pairs[before.letter][glyph.letter])
    return POINTS_PAIR;
  return 0;
}

static long score(const struct reading *reading, const char *sample, size_t length,
                  size_t *letters) {
  long points = 0;
  struct glyph before = {SHAPE_NONE, -1};
  *letters = 0;
  for (size_t i = 0; i < length; i++) {
    struct glyph glyph = reading->glyphs[(unsigned char)sample[i]];
    points += pair_points(reading, before, glyph);
    if (glyph.shape == SHAPE_UNDEFINED)
      points += POINTS_UNDEFINED;
    else if (glyph.shape == SHAPE_SIGN)
      points += POINTS_SIGN;
    else if (glyph.shape == SHAPE_SMALL || glyph.shape == SHAPE_CAPITAL) {
      points += glyph.letter < 0 ? POINTS_RARE_LETTER : letter_points[glyph.letter];
      ++*letters;
    }
    before = glyph;
  }
  return points;
}

void russian_score(const char *sample, size_t length, struct russian_score *best) {
  struct reading reading;
  long second = 0;
  *best = (struct russian_score){0};
  for (size_t i = 0; i < ENCODING_COUNT; i++) {
    size_t letters = 0;
    if (!prepare(&reading, encodings[i]))
      continue;
    long points = score(&reading, sample, length, &letters);
    if (points > best->points) {
      second = best->points;
      *best = (struct russian_score){encodings[i], points, 0, letters};
    } else if (points > second) {
      second = points;
    }
  }
  best->lead = best->points - second;
}
