/* The bytes of a foreign file as UTF-8, a piece at a time: finds out which encoding they are in
 * and converts with iconv. Memory stays flat whatever the size. Not for: what the text means
 * (engine/csv), text that is already ours (base/text).
 *
 * How the encoding is found, first match wins:
 *  1. a byte order mark (UTF-8, UTF-16, UTF-32): certain;
 *  2. zero bytes on one side of byte pairs only: UTF-16 without a mark, likely;
 *  3. well-formed UTF-8: certain. With a few bad bytes among many good sequences: UTF-8, likely,
 *     so that the bad byte is complained about and the rest is not garbled;
 *  4. windows-1251, KOI8-R and CP866 compete. Every byte above 0x7F scores by the frequency of
 *     the letter it would be in Russian (National Corpus, Lyashevskaya & Sharov 2009) against
 *     an even spread over the 128 bytes, four points a bit; frequent pairs add; what words do
 *     not do subtracts: a small letter followed by a capital one (KOI8-R and windows-1251 have
 *     their cases swapped), a Cyrillic letter touching a Latin one, frames and signs in a word.
 *     The best one above zero wins; its lead over the second says how sure;
 *  5. otherwise a Western file: windows-1252, or ISO-8859-1 where a byte has no meaning in that.
 *
 * The sample is the first DECODE_SAMPLE bytes. Where those are plain ASCII and the file can be
 * read twice, it is the first piece that is not. */
#ifndef ENGINE_DECODE_H
#define ENGINE_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
  DECODE_SAMPLE = 64 * 1024,
  DECODE_READ_MIN = 16, /* the smallest buffer decode_read takes */
};

enum decode_certainty {
  DECODE_NAMED,    /* the caller said so */
  DECODE_CERTAIN,  /* a byte order mark, or well-formed UTF-8 */
  DECODE_LIKELY,   /* clearly ahead of every other reading */
  DECODE_DOUBTFUL, /* the best of poor readings: worth showing to the user */
};

struct decode_guess {
  const char *encoding; /* the name as iconv knows it; lives as long as the program or decode */
  enum decode_certainty certainty;
  size_t mark; /* bytes of the byte order mark, 0 without */
};

struct decode;

/* `encoding` NULL finds it out. Names are iconv's, and the usual ones: utf8, win1251, cp1251,
 * koi8, dos, cp866, latin1, utf16 … in any case. Fails with ERROR_NOT_FOUND, ERROR_PERMISSION or
 * ERROR_DATA when the file cannot be read, ERROR_INVALID for an encoding nobody knows. */
bool decode_open_file(struct decode **out, const char *path, const char *encoding,
                      struct error *err);
/* The bytes are borrowed until decode_close. */
bool decode_open_memory(struct decode **out, const char *bytes, size_t length, const char *encoding,
                        struct error *err);
void decode_close(struct decode *decode); /* NULL is fine */

/* Puts the next whole characters into the buffer, at most `size` ≥ DECODE_READ_MIN bytes;
 * *length is 0 only at the end. Byte order marks at the start are gone. Nothing is replaced:
 * bytes that mean nothing in the encoding fail with ERROR_DATA, naming byte and position, after
 * everything before them was given. The failure is final: calling again repeats it. */
bool decode_read(struct decode *decode, char *buffer, size_t size, size_t *length,
                 struct error *err);

/* Borrowed until decode_close. */
const struct decode_guess *decode_guess(const struct decode *decode);
/* Bytes of the file read so far, and all of them: 0 when that is unknown (a pipe). */
void decode_position(const struct decode *decode, uint64_t *bytes, uint64_t *total);

/* The guess for a sample alone; `whole` says that nothing follows it. */
void decode_detect(const char *sample, size_t length, bool whole, struct decode_guess *guess);
/* For a message: "named", "certain", "likely", "doubtful". */
const char *decode_certainty_name(enum decode_certainty certainty);

#endif
