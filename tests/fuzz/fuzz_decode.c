/* Any bytes in any encoding: what comes out is UTF-8 in whole characters, and the same whatever the
 * size of the pieces it is read in. */
#include "engine/decode.h"
#include "fuzz/fuzz.h"

static const char *const encodings[] = {NULL,       "utf-8", "cp1251", "koi8-r",
                                        "utf-16le", "cp866", "latin1", "utf-32be"};

/* Reads to the end or to the failure. */
static bool read_all(const uint8_t *data, size_t size, const char *encoding, size_t piece,
                     struct text *out) {
  char buffer[4096];
  struct decode *decode = NULL;
  struct error err;
  size_t length = 1;
  bool read = true;
  PROMISE(decode_open_memory(&decode, (const char *)data, size, encoding, &err));
  while (length > 0 && (read = decode_read(decode, buffer, piece, &length, &err))) {
    PROMISE(length <= piece);
    PROMISE(text_is_utf8(buffer, length, &(size_t){0}));
    text_append_bytes(out, buffer, length);
  }
  PROMISE(read || (err.code == ERROR_DATA && err.message[0]));
  decode_close(decode);
  return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  const char *encoding = encodings[data[0] % (sizeof encodings / sizeof *encodings)];
  struct text whole = {0}, small = {0};
  bool read = read_all(data + 1, size - 1, encoding, 4096, &whole);
  PROMISE(read_all(data + 1, size - 1, encoding, DECODE_READ_MIN, &small) == read);
  PROMISE(whole.length == small.length);
  PROMISE(strcmp(text_string(&whole), text_string(&small)) == 0);
  text_release(&whole);
  text_release(&small);
  return 0;
}
