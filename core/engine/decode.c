#include "engine/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "engine/russian.h"

enum { NAME_SIZE = 40, LEAD_CLEAR = 24, MARK_MAX = 4, TAIL_MAX = 2 * MARK_MAX };

struct decode {
  int file;           /* -1 when reading memory */
  const char *memory; /* borrowed */
  size_t memory_length;
  uint64_t taken; /* bytes read from the source */
  uint64_t total; /* 0 when unknown */
  bool seekable;
  bool over; /* the source has no more */
  iconv_t converter;
  bool converts;
  struct decode_guess guess;
  char name[NAME_SIZE];
  bool failed;
  struct error failure; /* told once everything before it was given */
  size_t begin, end;    /* what of raw is still to decode */
  char raw[DECODE_SAMPLE];
};

static const struct {
  const char *name, *encoding;
} names[] = {
    {"utf8",         "UTF-8"     },
    {"utf-8",        "UTF-8"     },
    {"utf16le",      "UTF-16LE"  },
    {"utf16be",      "UTF-16BE"  },
    {"1251",         "CP1251"    },
    {"win1251",      "CP1251"    },
    {"windows-1251", "CP1251"    },
    {"cp1251",       "CP1251"    },
    {"koi8",         "KOI8-R"    },
    {"koi8r",        "KOI8-R"    },
    {"koi8-r",       "KOI8-R"    },
    {"dos",          "CP866"     },
    {"866",          "CP866"     },
    {"cp866",        "CP866"     },
    {"latin1",       "ISO-8859-1"},
    {"1252",         "CP1252"    },
    {"win1252",      "CP1252"    },
    {"windows-1252", "CP1252"    },
};

/* The longer mark first: that of UTF-32LE begins like that of UTF-16LE. */
static const struct {
  const char *encoding, *bytes;
  size_t length;
} marks[] = {
    {"UTF-32LE", "\xFF\xFE\0\0", 4},
    {"UTF-32BE", "\0\0\xFE\xFF", 4},
    {"UTF-8",    "\xEF\xBB\xBF", 3},
    {"UTF-16LE", "\xFF\xFE",     2},
    {"UTF-16BE", "\xFE\xFF",     2},
};

const char *decode_certainty_name(enum decode_certainty certainty) {
  static const char *const words[] = {"named", "certain", "likely", "doubtful"};
  return words[certainty];
}

static bool detect_mark(const char *sample, size_t length, struct decode_guess *guess) {
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (length >= marks[i].length && memcmp(sample, marks[i].bytes, marks[i].length) == 0) {
      *guess = (struct decode_guess){marks[i].encoding, DECODE_CERTAIN, marks[i].length};
      return true;
    }
  return false;
}

static bool detect_pairs(const char *sample, size_t length, struct decode_guess *guess) {
  size_t zeros[2] = {0, 0};
  for (size_t i = 0; i < length; i++)
    zeros[i % 2] += sample[i] == 0;
  if (zeros[0] + zeros[1] < length / 32 + 1 || (zeros[0] && zeros[1]))
    return false;
  *guess = (struct decode_guess){zeros[1] ? "UTF-16LE" : "UTF-16BE", DECODE_LIKELY, 0};
  return true;
}

static size_t sequence_length(char lead) {
  unsigned char byte = (unsigned char)lead;
  return byte >= 0xF0 && byte < 0xF5   ? 4
         : byte >= 0xE0 && byte < 0xF0 ? 3
         : byte >= 0xC2 && byte < 0xE0 ? 2
                                       : 1;
}

/* Whether the bytes may be a character of which the rest has not been read yet. */
static bool is_cut_short(const char *bytes, size_t length) {
  if (length == 0 || length >= sequence_length(*bytes))
    return false;
  for (size_t i = 1; i < length; i++)
    if (((unsigned char)bytes[i] & 0xC0) != 0x80)
      return false;
  return true;
}

static bool is_high(char byte) {
  return (unsigned char)byte >= 0x80;
}

static size_t count_sequences(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++)
    count += (unsigned char)bytes[i] >= 0xC0;
  return count;
}

static bool detect_utf8(const char *sample, size_t length, bool whole, struct decode_guess *guess) {
  size_t good = 0, bad = 0;
  for (size_t at = 0, position; at < length; at += position + 1) {
    if (text_is_utf8(sample + at, length - at, &position)) {
      good += count_sequences(sample + at, length - at);
      break;
    }
    good += count_sequences(sample + at, position);
    if (!whole && is_cut_short(sample + at + position, length - at - position))
      break;
    bad++;
  }
  if (bad > 0 && good < 20 * bad)
    return false;
  bool is_plain = good == 0;
  *guess = (struct decode_guess){"UTF-8",
                                 bad || (is_plain && !whole) ? DECODE_LIKELY : DECODE_CERTAIN, 0};
  return true;
}

static bool is_windows_western(const char *sample, size_t length) {
  static const char undefined[] = {'\x81', '\x8D', '\x8F', '\x90', '\x9D'};
  for (size_t i = 0; i < length; i++)
    if (is_high(sample[i]) && memchr(undefined, sample[i], sizeof undefined))
      return false;
  return true;
}

void decode_detect(const char *sample, size_t length, bool whole, struct decode_guess *guess) {
  if (detect_mark(sample, length, guess) || detect_pairs(sample, length, guess) ||
      detect_utf8(sample, length, whole, guess))
    return;
  struct russian_score best;
  russian_score(sample, length, &best);
  if (best.encoding) {
    bool is_clear = best.letters >= 4 && best.lead >= LEAD_CLEAR;
    *guess = (struct decode_guess){best.encoding, is_clear ? DECODE_LIKELY : DECODE_DOUBTFUL, 0};
    return;
  }
  *guess = (struct decode_guess){is_windows_western(sample, length) ? "CP1252" : "ISO-8859-1",
                                 DECODE_DOUBTFUL, 0};
}

static bool take(struct decode *decode, char *buffer, size_t size, size_t *length,
                 struct error *err) {
  if (decode->file < 0) {
    size_t left = decode->memory_length - (size_t)decode->taken;
    *length = left < size ? left : size;
    if (*length)
      memcpy(buffer, decode->memory + decode->taken, *length);
  } else {
    ssize_t got;
    do
      got = read(decode->file, buffer, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
      return error_set(err, ERROR_DATA, "the file could not be read: %s", error_system_text(errno));
    *length = (size_t)got;
  }
  decode->taken += *length;
  decode->over = *length == 0;
  return true;
}

/* Fills raw behind what is still to decode. */
static bool refill(struct decode *decode, struct error *err) {
  if (decode->begin) {
    memmove(decode->raw, decode->raw + decode->begin, decode->end - decode->begin);
    decode->end -= decode->begin;
    decode->begin = 0;
  }
  while (decode->end < sizeof decode->raw && !decode->over) {
    size_t length = 0;
    if (!take(decode, decode->raw + decode->end, sizeof decode->raw - decode->end, &length, err))
      return false;
    decode->end += length;
  }
  return true;
}

static size_t plain_length(const char *bytes, size_t length) {
  const uint64_t high = UINT64_C(0x8080808080808080);
  size_t at = 0;
  for (uint64_t word; at + sizeof word <= length; at += sizeof word) {
    memcpy(&word, bytes + at, sizeof word);
    if (word & high)
      break;
  }
  while (at < length && !is_high(bytes[at]))
    at++;
  return at;
}

/* Looks ahead in the source without taking anything. */
static size_t look(const struct decode *decode, uint64_t offset, char *buffer, size_t size) {
  if (decode->file >= 0) {
    ssize_t got = pread(decode->file, buffer, size, (off_t)offset);
    return got > 0 ? (size_t)got : 0;
  }
  size_t left = offset < decode->memory_length ? decode->memory_length - (size_t)offset : 0;
  size_t length = left < size ? left : size;
  if (length)
    memcpy(buffer, decode->memory + offset, length);
  return length;
}

static bool detect_far(struct decode *decode, struct error *err) {
  char *sample = memory_new(DECODE_SAMPLE);
  if (!sample)
    return error_memory(err);
  uint64_t offset = decode->taken;
  for (size_t length; (length = look(decode, offset, sample, DECODE_SAMPLE)) > 0; offset += length)
    if (plain_length(sample, length) < length) {
      decode_detect(sample, length, offset + length == decode->total, &decode->guess);
      decode->guess.mark = 0; /* what looks like one is not at the start */
      break;
    }
  memory_free(sample);
  return true;
}

static bool detect(struct decode *decode, struct error *err) {
  decode_detect(decode->raw, decode->end, decode->over, &decode->guess);
  if (decode->over || !decode->seekable || plain_length(decode->raw, decode->end) < decode->end ||
      strcmp(decode->guess.encoding, "UTF-8") != 0)
    return true;
  return detect_far(decode, err);
}

static bool is_side_unsaid(const char *name) {
  return strcasecmp(name, "utf16") == 0 || strcasecmp(name, "utf-16") == 0 ||
         strcasecmp(name, "utf32") == 0 || strcasecmp(name, "utf-32") == 0;
}

static bool use_name(struct decode *decode, const char *name, struct error *err) {
  struct decode_guess found;
  bool has_mark = detect_mark(decode->raw, decode->end, &found);
  const char *encoding = name;
  if (strlen(name) >= NAME_SIZE || strchr(name, '/') || *name == 0)
    return error_set(err, ERROR_INVALID, "no encoding '%.40s'; see iconv -l", name);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcasecmp(names[i].name, name) == 0)
      encoding = names[i].encoding;
  if (is_side_unsaid(name)) {
    bool is_wide = strstr(name, "32") != NULL;
    bool knows = has_mark || detect_pairs(decode->raw, decode->end, &found);
    encoding = knows && (strstr(found.encoding, "32") != NULL) == is_wide ? found.encoding
               : is_wide                                                  ? "UTF-32LE"
                                                                          : "UTF-16LE";
  }
  memcpy(decode->name, encoding, strlen(encoding) + 1);
  size_t mark = has_mark && strcasecmp(found.encoding, encoding) == 0 ? found.mark : 0;
  decode->guess = (struct decode_guess){decode->name, DECODE_NAMED, mark};
  return true;
}

static bool prepare(struct decode *decode, const char *encoding, struct error *err) {
  if (!refill(decode, err))
    return false;
  if (!(encoding ? use_name(decode, encoding, err) : detect(decode, err)))
    return false;
  decode->begin = decode->guess.mark;
  if (strcasecmp(decode->guess.encoding, "UTF-8") == 0)
    return true;
  decode->converter = iconv_open("UTF-8", decode->guess.encoding);
  if (decode->converter == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr): so says iconv_open */
    return error_set(err, ERROR_INVALID, "no encoding '%s'; see iconv -l", decode->guess.encoding);
  decode->converts = true;
  return true;
}

static bool open_source(struct decode *decode, const char *path, struct error *err) {
  struct stat about;
  decode->file = open(path, O_RDONLY | O_CLOEXEC);
  if (decode->file < 0) {
    enum error_code code = errno == ENOENT   ? ERROR_NOT_FOUND
                           : errno == EACCES ? ERROR_PERMISSION
                                             : ERROR_DATA;
    return error_set(err, code, "'%s' could not be opened: %s", path, error_system_text(errno));
  }
  if (fstat(decode->file, &about) == 0 && S_ISREG(about.st_mode)) {
    decode->seekable = true;
    decode->total = (uint64_t)about.st_size;
  }
  return true;
}

bool decode_open_file(struct decode **out, const char *path, const char *encoding,
                      struct error *err) {
  struct decode *decode = memory_new(sizeof *decode);
  if (!decode)
    return error_memory(err);
  decode->file = -1;
  if (!open_source(decode, path, err) || !prepare(decode, encoding, err)) {
    decode_close(decode);
    return false;
  }
  *out = decode;
  return true;
}

bool decode_open_memory(struct decode **out, const char *bytes, size_t length, const char *encoding,
                        struct error *err) {
  struct decode *decode = memory_new(sizeof *decode);
  if (!decode)
    return error_memory(err);
  decode->file = -1;
  decode->memory = bytes;
  decode->memory_length = length;
  decode->total = length;
  decode->seekable = true;
  if (!prepare(decode, encoding, err)) {
    decode_close(decode);
    return false;
  }
  *out = decode;
  return true;
}

void decode_close(struct decode *decode) {
  if (!decode)
    return;
  if (decode->converts)
    iconv_close(decode->converter);
  if (decode->file >= 0)
    close(decode->file);
  memory_free(decode);
}

static void refuse_byte(struct decode *decode) {
  uint64_t position = decode->taken - (decode->end - decode->begin);
  decode->failed = true;
  error_set(&decode->failure, ERROR_DATA,
            "byte 0x%02X at byte %" PRIu64 " of the file means nothing in %s (%s); name the "
            "file's encoding or mend the byte",
            (unsigned char)decode->raw[decode->begin], position + 1, decode->guess.encoding,
            decode_certainty_name(decode->guess.certainty));
}

static void copy_utf8(struct decode *decode, char *buffer, size_t size, size_t *length) {
  const char *from = decode->raw + decode->begin;
  size_t available = decode->end - decode->begin;
  size_t amount = available < size ? available : size;
  size_t good = plain_length(from, amount), more = 0;
  if (good < amount && !text_is_utf8(from + good, amount - good, &more)) {
    good += more;
    bool is_cut = is_cut_short(from + good, amount - good);
    if (!is_cut || (decode->over && amount == available)) {
      memcpy(buffer, from, good);
      decode->begin += good;
      *length = good;
      refuse_byte(decode);
      return;
    }
    amount = good;
  }
  memcpy(buffer, from, amount);
  decode->begin += amount;
  *length = amount;
}

static void convert(struct decode *decode, char *buffer, size_t size, size_t *length) {
  char *from = decode->raw + decode->begin, *to = buffer;
  size_t from_left = decode->end - decode->begin, to_left = size;
  size_t done = iconv(decode->converter, &from, &from_left, &to, &to_left);
  int reason = done == (size_t)-1 ? errno : 0;
  decode->begin = decode->end - from_left;
  *length = size - to_left;
  bool is_stuck = reason == EINVAL && *length == 0 && from_left > TAIL_MAX;
  if (reason == EILSEQ || (reason == EINVAL && decode->over) || is_stuck)
    refuse_byte(decode);
}

bool decode_read(struct decode *decode, char *buffer, size_t size, size_t *length,
                 struct error *err) {
  *length = 0;
  while (*length == 0 && !decode->failed) {
    bool is_low = decode->end - decode->begin < TAIL_MAX;
    if (is_low && !decode->over && !refill(decode, &decode->failure))
      decode->failed = true;
    else if (decode->begin == decode->end)
      return true;
    else if (decode->converts)
      convert(decode, buffer, size, length);
    else
      copy_utf8(decode, buffer, size, length);
  }
  if (*length == 0) {
    *err = decode->failure;
    return false;
  }
  return true;
}

const struct decode_guess *decode_guess(const struct decode *decode) {
  return &decode->guess;
}

void decode_position(const struct decode *decode, uint64_t *bytes, uint64_t *total) {
  *bytes = decode->taken;
  *total = decode->total;
}
